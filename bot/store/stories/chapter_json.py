"""Conversion of a chapter to and from JSON data.

Unknown fields are ignored, missing ones have their defaults.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from bot.clock import utc
from bot.domain.stories.chapter_prompts import Prompt
from bot.domain.stories.story import Chapter, RevisionNote


def encode_chapter(chapter: Chapter) -> dict[str, Any]:
    """Convert a chapter to plain data."""
    revision = chapter.revision
    return {
        "key": chapter.key,
        "title": chapter.title,
        "text": chapter.text,
        "publish_at": None if chapter.publish_at is None else chapter.publish_at.isoformat(),
        "draft": chapter.draft,
        "warnings": chapter.warnings,
        "note_before": chapter.note_before,
        "note_after": chapter.note_after,
        "pov": chapter.pov,
        "thanks": chapter.thanks,
        "revision": None if revision is None else [revision.number, revision.note],
        "pictures": chapter.pictures,
        "asking": None if chapter.prompt is None else chapter.prompt.to_data(),
        "file": chapter.file,
        "named": chapter.named,
        "part": chapter.part,
    }


def decode_chapter(data: Mapping[str, Any]) -> Chapter:
    """Convert plain data to a chapter."""
    publish_at, revision = data.get("publish_at"), data.get("revision")
    return Chapter(
        key=data["key"],
        title=data["title"],
        text=data["text"],
        publish_at=None if publish_at is None else utc(datetime.fromisoformat(publish_at)),
        draft=data.get("draft", False),
        warnings=tuple(data.get("warnings", ())),
        note_before=data.get("note_before"),
        note_after=data.get("note_after"),
        pov=data.get("pov"),
        thanks=tuple(data.get("thanks", ())),
        revision=None if revision is None else RevisionNote(*revision),
        pictures=tuple(data.get("pictures", ())),
        prompt=Prompt.from_data(data.get("asking")),
        file=data.get("file", ""),
        named=data.get("named", False),
        part=data.get("part"),
    )
