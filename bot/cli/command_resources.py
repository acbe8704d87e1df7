"""Settings, content, stories and database, opened for any command."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import click

from bot.cli.output import UsageFailure, diagnostic_line, reading_progress
from bot.config import ConfigErrors, Settings, load_settings
from bot.content.content_check import find_missing_stories, is_part_of_story
from bot.content.content_folder import ContentFolder
from bot.domain.stories.story import Chapter, Serial
from bot.domain.text.fuzzy_search import SearchEntry, resolve_entry
from bot.schemas.base import nearest_word
from bot.store.transaction import Transaction

T = TypeVar("T")

config_option = click.option(
    "-c", "--config", type=click.Path(path_type=Path), help="The configuration; config.yaml if there is one."
)
content_option = click.option(
    "--content",
    type=click.Path(path_type=Path),
    help="The folder with the stories, instead of the configured one.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def load_settings_or_fail(config: Path | None) -> Settings:
    """Load the settings.

    Raises:
        UsageFailure: they are faulty; the message lists all faults, one a line.
    """
    try:
        return load_settings(config, os.environ)
    except ConfigErrors as error:
        raise UsageFailure("\n".join(map(str, error.faults))) from error


def read_content(folder: Path) -> ContentFolder:
    """Read the stories in a folder, showing progress on a terminal.

    Raises:
        UsageFailure: there is no such folder, or no story in it.
    """
    require_stories(folder)
    content_folder = ContentFolder(folder)
    with reading_progress() as progress:
        content_folder.load_now(progress)
    return content_folder


def require_stories(folder: Path) -> None:
    """Require a folder with stories.

    Raises:
        UsageFailure: there is no such folder, or no story in it; the message names the likely reason.
    """
    here = Path()
    if not folder.exists() and is_part_of_story(here):
        folder = here
    if not folder.exists():
        raise UsageFailure(f"{folder}: there is no such folder. Name the one with your stories in --content.")
    if (missing := find_missing_stories(folder)) is not None:
        raise UsageFailure(diagnostic_line(missing))


def find_story(name: str, titles: dict[str, str]) -> str:
    """Return the slug of the story with that slug or title, out of `titles` by slug.

    Raises:
        UsageFailure: there is none (the message names the nearest) or there are several.
    """
    if name in titles:
        return name
    found = resolve_entry([SearchEntry(slug, title, (slug,)) for slug, title in titles.items()], name)
    if len(found) == 1:
        return found[0].item
    if found:
        raise UsageFailure(
            f"Several stories could be “{name}”: {', '.join(each.item for each in found)}. Name one."
        )
    raise UsageFailure(f"There is no story “{name}”. {_hint(name, list(titles))}")


def find_chapter(name: str, serial: Serial) -> Chapter:
    """Return the chapter with that number in file order, title or identity.

    Raises:
        UsageFailure: there is none (the message names the nearest) or there are several.
    """
    entries = [
        SearchEntry(each, f"{number}. {each.title}", (each.title, each.key), number)
        for number, each in enumerate(serial.chapters, 1)
    ]
    found = resolve_entry(entries, name)
    if len(found) == 1:
        return found[0].item
    if found:
        numbers = ", ".join(str(each.number) for each in found)
        raise UsageFailure(
            f"“{serial.story.title}” has several chapters that could be “{name}”: {numbers}. Give a number."
        )
    keys = [chapter.key for chapter in serial.chapters]
    raise UsageFailure(f"“{serial.story.title}” has no chapter “{name}”. {_hint(name, keys)}")


def _hint(name: str, known: Sequence[str]) -> str:
    if near := nearest_word(name, list(known)):
        return f"Did you mean “{near}”?"
    listed = ", ".join(sorted(known)[:10])
    return f"There are: {listed}{', …' if len(known) > 10 else ''}." if known else "There is none at all."


def read_database(url: str, use: Callable[[Transaction], Awaitable[T]]) -> T:
    """Return what `use` reads from the database, which is neither locked nor changed.

    A bot may run meanwhile.

    Raises:
        UsageFailure: the database cannot be read.
    """
    from bot.store.database import Database
    from bot.store.engine.errors import StoreError

    async def looking() -> T:
        store = await Database.open(url, read_only=True)
        try:
            async with store.read() as tx:
                return await use(tx)
        finally:
            await store.close()

    try:
        return asyncio.run(looking())
    except StoreError as error:
        raise UsageFailure(str(error)) from error


def to_iso(instant: datetime) -> str:
    """Return an instant as in JSON: `2026-12-01T18:00:00Z`."""
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"
