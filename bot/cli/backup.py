"""The command `fascicle backup`: database and stories in one file, while the bot runs."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import click

from bot.cli.command_resources import config_option, content_option, load_settings_or_fail
from bot.cli.output import UsageFailure
from bot.cli.output_files import allow_replacing, require_parent
from bot.clock import SystemClock
from bot.config import Settings
from bot.domain.text.terminal_escaping import printable
from bot.store.database_inspection import is_missing
from bot.store.engine.errors import StoreError
from bot.store.engine.urls import parse_url

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
    from bot.backup.backup_writer import write_backup

    settings = load_settings_or_fail(config)
    root = content if content is not None else settings.content.path
    require_parent(file)
    if file.is_dir():
        raise UsageFailure(f"{file}: this is a folder. Name a file, such as {file / 'fascicle-backup.zip'}.")
    try:
        if is_missing(settings.database.url):
            where = parse_url(settings.database.url).where
            raise UsageFailure(f"There is no database at {where} yet, so there is nothing to keep.")
        allow_replacing(file, force=force)
        besides = _not_content(settings, config)
        made = asyncio.run(write_backup(file, settings.database.url, root, SystemClock().now(), besides))
    except StoreError as error:
        raise UsageFailure(str(error)) from error
    for name in made.left_out[:_SHOWN]:
        click.echo(printable(f"{root / name}: left out; it leads elsewhere, or cannot be read."), err=True)
    if (more := len(made.left_out) - _SHOWN) > 0:
        click.echo(f"and {more} more", err=True)
    kept = f"{made.rows} rows of the database and {len(made.manifest.files)} files of {root}"
    click.echo(printable(f"{file}: {kept}. Configuration and token are not in it."))


def _not_content(settings: Settings, config: Path | None) -> list[Path]:
    """List the files that may lie among the stories and must not be in a backup: secrets, and the database."""
    files = [config or Path("config.yaml"), Path(".env")]
    if token_file := os.environ.get("DISCORD_TOKEN_FILE"):
        files.append(Path(token_file))
    if (database := parse_url(settings.database.url).file) is not None:
        files += [database.with_name(database.name + end) for end in ("", "-wal", "-shm", ".lock")]
    return files
