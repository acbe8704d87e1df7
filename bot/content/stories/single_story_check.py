"""Check of a single story's folder or a single chapter, where the folder with all stories was expected."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bot.content.chapters.chapter_file import read_chapter
from bot.content.pictures.picture_cache import VerifiedPictures
from bot.content.pictures.picture_files import PictureChecks
from bot.content.stories.load_cache import LoadCache
from bot.content.stories.story_folders import CHAPTERS, STORY_FILE
from bot.content.stories.story_loader import load_story
from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import printable


def check_alone(root: Path) -> tuple[Diagnostic, ...]:
    """Return the faults of the story or chapter at `root`, which may also be a story's folder of chapters.

    Their files are named as seen from where `root` is. There are none if it is something else.
    """
    given = root.resolve()
    if given.is_file():
        return _shown(read_chapter(given)[1], root) if given.suffix.lower() == ".md" else ()
    if given.name == CHAPTERS and not (given / STORY_FILE).exists():
        given = given.parent
    if not (given / CHAPTERS).is_dir() or not (given / STORY_FILE).is_file():
        return ()
    loaded = load_story(given, LoadCache(PictureChecks(VerifiedPictures(given.parent))))
    return _shown(loaded.faults, root)


def _shown(faults: Iterable[Diagnostic], root: Path) -> tuple[Diagnostic, ...]:
    """Return the faults with their files named as `root` is: from here, or from the top."""
    if root.is_absolute():
        return tuple(faults)
    return tuple(replace(fault, file=printable(os.path.relpath(fault.file))) for fault in faults)
