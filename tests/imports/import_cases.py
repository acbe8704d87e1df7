"""The inputs, and their chapters as text: fields as `key: "value"`, a line `---`, and the body."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path

from bot.content.source_formats.read_source import ReadSource
from bot.content.source_formats.source_reader import read_source
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.imported_story import ImportedChapter, ImportedStory
from tests.imports.packed_inputs import pack_input

ROOT = Path(__file__).parent
INPUTS = ROOT / "inputs"
EXPECTED = ROOT / "expected"

_FIELDS = ("title", "part", "pov", "note_before", "note_after", "warnings", "publish_at", "draft")


def inputs() -> list[Path]:
    """Return the files and folders to import."""
    return sorted(INPUTS.iterdir())


def read_input(source: Path, folder: Path) -> ReadSource:
    """Read a file or folder, which is packed into an empty folder if it is a container."""
    return read_source(pack_input(source, folder))


def import_input(source: Path) -> ImportedStory:
    """Import a file or folder."""
    with tempfile.TemporaryDirectory() as folder:
        return import_source(read_input(source, Path(folder)).source)


def chapter_texts(story: ImportedStory) -> dict[str, str]:
    """Return the text of each chapter, by the name of the file in which it is kept."""
    return {f"{number:02}.md": _text(story, chapter) for number, chapter in enumerate(story.chapters, 1)}


def kept_texts(source: Path) -> dict[str, str]:
    """Return the texts that are kept for an input."""
    folder = EXPECTED / source.stem
    return {file.name: file.read_text(encoding="utf-8") for file in sorted(folder.glob("*.md"))}


def _text(story: ImportedStory, chapter: ImportedChapter) -> str:
    values = {name: getattr(chapter, name) for name in _FIELDS}
    if chapter is story.chapters[0]:
        values["disclaimer"] = story.disclaimer
    lines = [f"{name}: {_value(value)}" for name, value in values.items() if value]
    return "\n".join([*lines, "---", chapter.body])


def _value(value: object) -> str:
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
