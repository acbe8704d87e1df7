"""The beginning of the program: `fascicle`, and `python -m bot`, which is the same."""

from bot.memory import one_line_if_too_small


def main() -> None:
    """Run a command."""
    with one_line_if_too_small():
        from bot.cli import main as fascicle

        fascicle(prog_name="fascicle")


if __name__ == "__main__":
    main()
