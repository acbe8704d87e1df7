"""Command line, one module a command."""

from __future__ import annotations

import click

from bot import __version__
from bot.cli.backup import backup
from bot.cli.check import check
from bot.cli.demo import demo
from bot.cli.desk import desk
from bot.cli.doctor import doctor
from bot.cli.export import export
from bot.cli.import_command import import_manuscript
from bot.cli.new import new
from bot.cli.output import CommandGroup
from bot.cli.plan import plan
from bot.cli.preview import preview
from bot.cli.restore import restore
from bot.cli.run import run
from bot.cli.sandbox import sandbox
from bot.cli.schema import schema
from bot.cli.suggestions import suggestions

__all__ = ["main"]


@click.group(cls=CommandGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "--version", message="fascicle %(version)s")
def main() -> None:
    """Publish serial fiction in Discord, chapter by chapter, and read its readers' ideas."""


for command in (
    run,
    demo,
    sandbox,
    desk,
    import_manuscript,
    new,
    check,
    plan,
    preview,
    suggestions,
    doctor,
    export,
    backup,
    restore,
    schema,
):
    main.add_command(command)
