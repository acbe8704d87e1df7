"""The beginning of the program: `fascicle`, and `python -m bot`, which is the same."""

import sys

from bot.process.out_of_memory import one_line_if_too_small
from bot.process.signals import heed_early

_LASTING = ("run", "demo", "sandbox")
"""The commands that go on until they are told to stop; the others end as any program does."""


def main() -> None:
    """Run a command."""
    if sys.argv[1:2] and sys.argv[1] in _LASTING:
        heed_early()
    with one_line_if_too_small():
        from bot.cli import main as fascicle

        fascicle(prog_name="fascicle")


if __name__ == "__main__":
    main()
