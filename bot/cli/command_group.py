"""Group of commands of which only the one that is called is imported."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

import click

from bot.cli.output import UsageFailure, describe_os_error
from bot.process.out_of_memory import is_out_of_memory
from bot.process.program_imports import program_imports


class CommandGroup(click.Group):
    """Command group in which an operating system error is one line and exit code 2, but for a lack of memory.

    Args:
        modules: The module of each command by its name, with `:` and the function's name where that is another.
    """

    def __init__(self, *args: Any, modules: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._modules = modules

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click passes it
        """Return the names of all commands, in the order of their table."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, which is imported now; None if there is none of that name."""
        if cmd_name not in self._modules:
            return None
        module, _, function = self._modules[cmd_name].partition(":")
        with program_imports():
            command = getattr(import_module(module), function or cmd_name)
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except OSError as error:
            if is_out_of_memory(error):
                raise
            raise UsageFailure(
                f"The system refused something that this needs: {describe_os_error(error)}"
            ) from error
