"""Entry point of the program: `fascicle`, or `python -m bot`."""

import gc
import sys

from bot.process.out_of_memory import exit_if_out_of_memory
from bot.process.signals import handle_signals_early

_LASTING = ("run", "demo", "sandbox", "desk")
"""The commands that go on until they are told to stop; the others end as any program does."""


def main() -> None:
    """Run a command."""
    if sys.argv[1:2] and sys.argv[1] in _LASTING:
        handle_signals_early()
    with exit_if_out_of_memory():
        # Nothing that importing makes is ever garbage, and looking for some takes an eighth of the start.
        gc.disable()
        try:
            from bot.cli import main as fascicle
        except KeyboardInterrupt:
            # Commands say themselves what became of their work; here none has begun.
            sys.exit("Stopped.")

        gc.freeze()
        gc.enable()
        fascicle(prog_name="fascicle")


if __name__ == "__main__":
    main()
