"""The command `fascicle backup`: database and stories in one file, while the bot runs."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.command_resources import config_option, content_option, load_settings_or_fail
from bot.cli.output import FAULTS_FOUND, UsageFailure, describe_os_error
from bot.cli.output_files import allow_replacing, require_parent
from bot.cli.progress_bar import progress_bar
from bot.clock import SystemClock
from bot.config import Settings
from bot.domain.text.terminal_escaping import printable
from bot.store.database_inspection import is_missing
from bot.store.engine.errors import DatabaseEmpty, StoreError
from bot.store.engine.urls import parse_url

if TYPE_CHECKING:
    from bot.backup.backup_writer import MadeBackup

_SHOWN = 5
"""Files left out that are named."""


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace FILE without asking.")
@content_option
@config_option
def backup(file: Path, force: bool, content: Path | None, config: Path | None) -> None:
    """Keep the database and the stories in FILE, a ZIP archive. The bot may be running.

    It holds what readers sent and did, so keep it where only you can read it. Configuration and token are not in it.
    """
    settings = load_settings_or_fail(config)
    root = content if content is not None else settings.content.path
    require_parent(file)
    if file.is_dir():
        raise UsageFailure(f"{file}: this is a folder. Name a file, such as {file / 'fascicle-backup.zip'}.")
    try:
        allow_replacing(file, force=force)
        made = _write(file, settings, root, _not_content(settings, config))
    except StoreError as error:
        raise UsageFailure(str(error)) from error
    except OSError as error:
        raise UsageFailure(
            f"No backup was made. {describe_os_error(error)} Make room there, or name a file elsewhere."
        ) from error
    except KeyboardInterrupt:
        click.echo("Stopped. No backup was made.", err=True)
        raise SystemExit(FAULTS_FOUND) from None
    for name in made.left_out[:_SHOWN]:
        click.echo(printable(f"{root / name}: left out; it leads elsewhere, or cannot be read."), err=True)
    if (more := len(made.left_out) - _SHOWN) > 0:
        click.echo(f"and {more} more", err=True)
    rows = f"{made.rows} rows of the database and " if made.manifest.has_database else ""
    kept = f"{rows}{len(made.manifest.files)} files of {root}"
    click.echo(printable(f"{file}: {kept}. Configuration and token are not in it."))


def _write(file: Path, settings: Settings, root: Path, besides: Collection[Path]) -> MadeBackup:
    """Write the backup; while there is no database yet, of the stories alone.

    Raises:
        UsageFailure: there is nothing at all.
        StoreError: the database cannot be read.
    """
    from bot.backup.backup_writer import BackupStep, write_backup

    words = {BackupStep.DATABASE: "Keeping the database", BackupStep.CONTENT: "Keeping the stories"}

    def write(url: str | None) -> MadeBackup:
        with progress_bar() as tell:
            return asyncio.run(
                write_backup(
                    file,
                    url,
                    root,
                    SystemClock().now(),
                    besides,
                    lambda step, done, total: tell(words[step], done, total),
                )
            )

    url = settings.database.url
    if not is_missing(url):
        try:
            return write(url)
        except DatabaseEmpty:
            pass
    where = parse_url(url).where
    if not (root.is_dir() and any(root.iterdir())):
        raise UsageFailure(
            f"There is no database at {where} yet, and no story in {root}, so there is nothing to keep."
        )
    click.echo(printable(f"There is no database at {where} yet, so I keep the stories alone."), err=True)
    return write(None)


def _not_content(settings: Settings, config: Path | None) -> list[Path]:
    """List the files that may lie among the stories and must not be in a backup: secrets, and the database."""
    files = [config or Path("config.yaml"), Path(".env")]
    if token_file := os.environ.get("DISCORD_TOKEN_FILE"):
        files.append(Path(token_file))
    if (database := parse_url(settings.database.url).file) is not None:
        files += [database.with_name(database.name + end) for end in ("", "-wal", "-shm", ".lock")]
    return files
