"""Pages, faults and front matter of a text that is not saved, as they will be when it is published."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.content.chapters.chapter_file import ChapterFile, read_chapter_text
from bot.content.chapters.front_matter import Parts, read_matter, split
from bot.content.chapters.front_matter_forms import MatterForm
from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.dates import to_instant
from bot.desk.desk_content import DeskContent, DeskStory
from bot.desk.page_payload import PagePayloads
from bot.desk.page_places import Utf16Offsets, find_page_starts
from bot.desk.typed_words import count_typed_words
from bot.domain.diagnostics import Diagnostic
from bot.domain.pages import paginate
from bot.domain.stories.story import Story
from bot.schemas.text_file import DecodedText


class ChapterPages:
    """Reads a text as the bot will read its file, without touching the file."""

    def __init__(self, content: DeskContent, page_length: int) -> None:
        self._content = content
        self._length = page_length
        self._payloads = PagePayloads()

    def look(self, story: DeskStory, file: str, text: str, known: Collection[str]) -> dict[str, Any]:
        """Return pages, faults and form of a text.

        Pages whose `id` is `known` come without their content. Without `pages` nothing can be shown of the text.
        """
        path = self._content.chapters(story.slug) / file
        parts = split(text)
        chapter_file, faults = read_chapter_text(path, DecodedText(text), self._content.chapters(story.slug))
        if chapter_file is not None:
            faults = [*faults, *self._content.picture_faults(story.slug, chapter_file)]
        answer: dict[str, Any] = {
            "faults": [tell(fault) for fault in sorted(faults)],
            **_form(story, str(path), text, parts),
        }
        if chapter_file is None:
            return answer
        number = _number(story, chapter_file)
        first = len(text) - len(parts.body)
        made = self.make(story.story, chapter_file, text, number=number, first=first)
        pages = [_without_content(page) if page["id"] in known else page for page in made["pages"]]
        return {**answer, **made, "pages": pages}

    def make(
        self,
        story: Story,
        file: ChapterFile,
        text: str,
        *,
        number: int,
        first: int = 0,
        folder: Path | None = None,
    ) -> dict[str, Any]:
        """Return the pages of a chapter that was read from a text, and how many words it has.

        Args:
            story: The story's description.
            file: The chapter.
            text: The text, as it is written.
            number: The chapter's number.
            first: Where the chapter begins in the text, after the front matter.
            folder: Where its pictures are; the story's folder unless given.
        """
        chapter = file.chapter(story.release_rules.zone)
        pages = paginate(
            chapter.text,
            limit=self._length,
            note_before=chapter.note_before,
            note_after=chapter.note_after,
            pov=chapter.pov,
        )
        words = count_typed_words(chapter.text)
        made = self._payloads.make(
            folder or self._content.root / story.slug, story, chapter, pages, number=number, words=words
        )
        starts = find_page_starts(text, first, chapter.text, [page.start for page in pages])
        units = Utf16Offsets(text)
        shown = [
            {
                **payload,
                "start": units.of(start),
                "length": page.length,
                "cut": page.cut.value,
            }
            for page, payload, start in zip(pages, made, starts, strict=True)
        ]
        return {"pages": shown, "words": words, "limit": self._length, "title": chapter.title}


def _without_content(page: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in page.items() if name not in ("components", "attachments")}


def tell(fault: Diagnostic) -> dict[str, Any]:
    """Return a fault as the page shows it."""
    return {
        "file": Path(fault.file).name,
        "line": fault.line,
        "column": fault.column,
        "problem": fault.problem,
        "mend": fault.mend,
        "warning": fault.warning,
    }


def _number(story: DeskStory, file: ChapterFile) -> int:
    keys = [part.key for part in story.loaded.parts]
    return keys.index(file.key) + 1 if file.key in keys else len(keys) + 1


def _form(story: DeskStory, name: str, text: str, parts: Parts) -> dict[str, Any]:
    """Return the front matter as a form, and how much of the text it is.

    There is no form of front matter that is at fault, or has another shape than YAML at the top: that is edited as
    text.
    """
    if parts.matter is None and parts.closed:
        return {"head": 0, "form": _values(FrontMatterSchema(), story)}
    plain = len(parts.blocks) == 1 and parts.blocks[0].form is MatterForm.YAML and text.endswith(parts.body)
    matter = read_matter(name, parts) if parts.closed and plain and text.startswith("---") else None
    if matter is None or matter.form is None:
        return {"head": 0, "form": None}
    head = Utf16Offsets(text).of(len(text) - len(parts.body))
    return {"head": head, "form": _values(matter.form, story)}


def _values(form: FrontMatterSchema, story: DeskStory) -> dict[str, Any]:
    at = form.publish_at
    zone = story.story.release_rules.zone
    local: datetime | None = None if at is None else to_instant(at, zone).astimezone(zone)
    return {
        "title": form.title or "",
        "part": form.part or "",
        "pov": form.pov or "",
        "note_before": form.note_before or "",
        "note_after": form.note_after or "",
        "warnings": list(form.warnings),
        "publish_at": "" if local is None else f"{local:%Y-%m-%dT%H:%M}",
        "draft": form.draft,
        "extra": form.extra,
        "suggestions.prompt": form.suggestions.prompt or "" if form.suggestions else "",
    }
