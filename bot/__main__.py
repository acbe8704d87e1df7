"""`python -m bot` is the same as `fascicle`."""

from bot.cli import main

if __name__ == "__main__":
    main(prog_name="fascicle")
