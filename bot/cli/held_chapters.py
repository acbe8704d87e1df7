"""Chapters held back because they are published already, or published under another name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from bot.cli.command_resources import read_database
from bot.cli.output import UsageFailure
from bot.config import Settings
from bot.content.content_folder import ContentFolder
from bot.content.files.directory_scan import printable_path
from bot.content.stories.story_folders import CHAPTERS
from bot.domain.diagnostics import Diagnostic
from bot.domain.stories.story import HeldChapter, Serial
from bot.services.stories.publishable_content import foreseen
from bot.store.transaction import Transaction

MEND = "If it is meant as a new chapter, give it an id of its own in its front matter; else delete it."


def check_held_chapters(settings: Settings, root: Path) -> tuple[Diagnostic, ...]:
    """Return a fault for each file that is held back; none if there is no database to compare with."""
    content_folder = ContentFolder(root)
    content_folder.load_now()
    try:
        serials = foresee_serials(settings, list(content_folder.serials().values()))
    except UsageFailure:
        return ()
    return tuple(
        Diagnostic(printable_path(root / slug / CHAPTERS / held.file), 0, held_reason(held), MEND)
        for slug, serial in serials.items()
        for held in serial.held
    )


def foresee_serials(settings: Settings, serials: Sequence[Serial]) -> Mapping[str, Serial]:
    """Return the serials by slug as the bot will take them.

    Raises:
        UsageFailure: the database cannot be read.
    """

    async def look(tx: Transaction) -> dict[str, Serial]:
        return {serial.story.slug: await foreseen(tx, serial) for serial in serials}

    return read_database(settings.database.url, look)


def held_reason(held: HeldChapter) -> str:
    """Return the reason in words."""
    if held.part:
        return f"it is held: its text is a part of “{held.title}”, which is out"
    return f"it is held: its text is (nearly) that of “{held.title}”"
