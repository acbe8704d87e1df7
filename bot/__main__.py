"""Entry point of the program: `fascicle`, or `python -m bot`."""

import sys

from bot.process.out_of_memory import exit_if_out_of_memory
from bot.process.program_imports import program_imports
from bot.process.signals import handle_signals_early

_LASTING = ("run", "demo", "sandbox", "desk")
"""The commands that go on until they are told to stop; the others end as any program does."""


def main() -> None:
    """Run a command."""
    if sys.argv[1:2] and sys.argv[1] in _LASTING:
        handle_signals_early()
    with exit_if_out_of_memory():
        with program_imports():
            from bot.cli import main as fascicle

        fascicle(prog_name="fascicle")


if __name__ == "__main__":
    main()
