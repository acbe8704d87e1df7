"""The command `fascicle restore`: database and stories as a backup has them."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import click

from bot.cli.command_resources import config_option, content_option, load_settings_or_fail
from bot.cli.output import UsageFailure
from bot.cli.progress_bar import progress_bar
from bot.clock import SystemClock
from bot.domain.text.terminal_escaping import printable
from bot.store.database_inspection import describe_location
from bot.store.engine.errors import StoreError


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace a database or a folder that is not empty.")
@content_option
@config_option
def restore(file: Path, force: bool, content: Path | None, config: Path | None) -> None:
    """Put back what FILE holds, into the configured database and content folder. Stop the bot first.

    Nothing is changed unless all of it can be. The restored bot looks for each chapter in its channel before it
    posts it, so whatever went out after the backup does not come twice.
    """
    from bot.backup.backup_manifest import BackupFault
    from bot.backup.backup_reader import open_backup
    from bot.backup.backup_restore import list_occupied, restore_backup

    settings = load_settings_or_fail(config)
    url = settings.database.url
    root = content if content is not None else settings.content.path
    try:
        with ExitStack() as opened:
            with progress_bar() as tell:
                backup = opened.enter_context(open_backup(file, partial(tell, "Looking through the backup")))
            occupied = asyncio.run(list_occupied(url if backup.manifest.has_database else None, root))
            if occupied and not force:
                there = " and ".join(occupied)
                raise UsageFailure(
                    f"Restoring would replace {there}, which {'are' if len(occupied) > 1 else 'is'} not empty. "
                    "Make a backup of what is there, then add --force."
                )
            with progress_bar() as tell:
                tell("Putting it back", 0, 0)
                asyncio.run(restore_backup(backup, url, root, SystemClock().now()))
    except (BackupFault, StoreError) as error:
        raise UsageFailure(str(error)) from error
    made = backup.manifest.made_at
    database = (
        f"the database is in {describe_location(url)}, the stories in {root}."
        if backup.manifest.has_database
        else f"the stories are in {root}. It holds no database, so yours is as it was."
    )
    click.echo(printable(f"{file}, made {made}: {database}"))
