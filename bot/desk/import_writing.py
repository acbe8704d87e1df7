"""Writing of an accepted import into the content folder."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any

from bot.content.authoring.story_files import StoryFiles
from bot.content.pictures.picture_paths import IMAGES
from bot.domain.manuscript_import.imported_story import ImportedChapter, ImportedStory

_NAMED = re.compile(r"\]\((?:<(?P<path>[^<>\n]++)>|(?P<bare>[^()\s]++))\)")
_UNFIT = re.compile(r"[^\w.-]+")
_FIELDS = ("part", "pov", "note_before", "note_after", "publish_at")

Pictures = Mapping[str, Callable[[], bytes]]


def front_matter_of(chapter: ImportedChapter) -> dict[str, Any]:
    """Return the front matter of a chapter, but for its title, as keys and values."""
    found: dict[str, Any] = {name: getattr(chapter, name) for name in _FIELDS if getattr(chapter, name)}
    if chapter.warnings:
        found["warnings"] = list(chapter.warnings)
    if chapter.draft:
        found["draft"] = True
    return found


def create_imported(
    root: Path, slug: str, story: ImportedStory, pictures: Pictures, settings: Mapping[str, Any]
) -> None:
    """Make a story of an import; it is there as a whole or not at all.

    Raises:
        ValueError: there is a story of that name already.
        OSError: a file cannot be written.
    """
    said = {"disclaimer": story.disclaimer, "summary": story.summary}
    with tempfile.TemporaryDirectory(dir=root, prefix=".import-") as beside:
        made = StoryFiles(Path(beside))
        made.create_story(slug, {**{name: value for name, value in said.items() if value}, **settings})
        _add(made, Path(beside) / slug, slug, story.chapters, pictures)
        if (root / slug).exists():
            raise ValueError("There is a story of that name already.")
        (Path(beside) / slug).rename(root / slug)


def add_imported(root: Path, slug: str, story: ImportedStory, pictures: Pictures) -> None:
    """Add an import's chapters at the end of a story.

    Raises:
        ValueError: a chapter cannot be added.
        OSError: a file cannot be written.
    """
    _add(StoryFiles(root), root / slug, slug, story.chapters, pictures)


def _add(
    files: StoryFiles, folder: Path, slug: str, chapters: Sequence[ImportedChapter], pictures: Pictures
) -> None:
    placed: dict[str, str] = {}
    for chapter in chapters:
        named: dict[str, str] = {}
        for key, path in chapter.pictures.items():
            if key not in placed and key in pictures:
                placed[key] = _place(folder / IMAGES, key, pictures[key]())
            if key in placed:
                named[path] = f"{IMAGES}/{placed[key]}"
        # All in one pass: a picture's new path may be the one that another had.
        body = _NAMED.sub(partial(_rename, named), chapter.body)
        file = files.add_chapter(slug, chapter.title, body)
        matter = front_matter_of(chapter)
        if matter:
            files.set_front_matter(slug, file, matter)


def _rename(named: Mapping[str, str], found: re.Match[str]) -> str:
    path = found["path"] or found["bare"]
    return f"]({named[path]})" if path in named else found[0]


def _place(images: Path, key: str, data: bytes) -> str:
    """Write a picture under a name that is free, and return the name."""
    images.mkdir(exist_ok=True)
    name = _UNFIT.sub("-", PurePosixPath(key).name).strip("-.") or "picture"
    place, number = images / name, 2
    while place.exists() and place.read_bytes() != data:
        place, number = images / f"{Path(name).stem}-{number}{Path(name).suffix}", number + 1
    beside = place.with_name(f".{place.name}.new")
    beside.write_bytes(data)
    shutil.move(beside, place)
    return place.name
