"""Command line, one module a command."""

from __future__ import annotations

import click

from bot import __version__
from bot.cli.command_group import CommandGroup

__all__ = ["main"]


# In the order of `--help`; each is read when it is called, because some need half of the program.
@click.group(
    cls=CommandGroup,
    modules={
        "run": "bot.cli.run",
        "demo": "bot.cli.demo",
        "sandbox": "bot.cli.sandbox",
        "desk": "bot.cli.desk",
        "import": "bot.cli.import_command:import_manuscript",
        "new": "bot.cli.new",
        "check": "bot.cli.check",
        "plan": "bot.cli.plan",
        "preview": "bot.cli.preview",
        "suggestions": "bot.cli.suggestions",
        "doctor": "bot.cli.doctor",
        "export": "bot.cli.export",
        "backup": "bot.cli.backup",
        "restore": "bot.cli.restore",
        "schema": "bot.cli.schema",
    },
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, "--version", message="fascicle %(version)s")
def main() -> None:
    """Publish serial fiction in Discord, chapter by chapter, and read its readers' ideas."""
