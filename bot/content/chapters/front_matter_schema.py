"""Schema of a chapter's front matter."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from bot.content.dates import Moment, parse_moment, to_instant
from bot.content.files.file_names import LONGEST_NAME
from bot.domain.manuscript.lines.line_breaks import LineMode
from bot.domain.stories.chapter_prompts import Prompt, PromptDeadline
from bot.schemas.base import Name, Schema, Text, Words, validation_error

_LARGEST = 2**31 - 1


class RevisionSchema(Schema):
    """An announced revision: readers get the note when the number rises."""

    number: int = Field(ge=1, le=_LARGEST)
    note: Text


def _until(value: Any) -> datetime | PromptDeadline:
    words = " ".join(str(value).casefold().split()).removeprefix("the ")
    if words == PromptDeadline.NEXT_RELEASE:
        return PromptDeadline.NEXT_RELEASE
    try:
        return parse_moment(value)
    except PydanticCustomError:
        raise validation_error(
            "this is not until when ideas can be taken",
            "Write next release, or a moment such as 2026-12-01 18:00.",
        ) from None


class PromptSchema(Schema):
    """A question to readers after this chapter, with its deadline."""

    prompt: Text | None = None
    until: Annotated[datetime | PromptDeadline, PlainValidator(_until)] | None = None

    def asking(self, zone: ZoneInfo) -> Prompt | None:
        """Return the prompt with its deadline as an instant in the story's time zone; None if it is empty."""
        until = to_instant(self.until, zone) if isinstance(self.until, datetime) else self.until
        return Prompt(self.prompt, until) if self.prompt or until is not None else None


class FrontMatterSchema(Schema):
    """All keys of front matter; each is optional."""

    id: Annotated[Name, Field(min_length=1, max_length=LONGEST_NAME)] | None = None
    title: Annotated[Name, Field(min_length=1, max_length=200)] | None = None
    publish_at: Moment | None = None
    draft: bool = False
    warnings: Words = ()
    note_before: Text | None = None
    note_after: Text | None = None
    pov: Annotated[Name, Field(max_length=200)] | None = None
    thanks: tuple[Annotated[int, Field(ge=1, le=_LARGEST)], ...] = ()
    revision: RevisionSchema | None = None
    suggestions: PromptSchema | None = None
    lines: LineMode | None = None
    part: Annotated[Name, Field(min_length=1, max_length=200)] | None = None
    extra: bool = False
