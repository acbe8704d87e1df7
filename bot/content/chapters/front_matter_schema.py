"""Schema of a chapter's front matter."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, PlainValidator, WithJsonSchema
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
    """Readers get the note when this number rises."""
    note: Text
    """What changed."""


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


_UNTIL_FORM = {"type": "string", "examples": ["next release", "2026-12-01 18:00"]}


class PromptSchema(Schema):
    """A question to readers after this chapter, with its deadline."""

    prompt: Text | None = None
    """A question to the readers after this chapter."""
    until: (
        Annotated[datetime | PromptDeadline, PlainValidator(_until), WithJsonSchema(_UNTIL_FORM)] | None
    ) = None
    """Until when ideas are taken: a moment, or “next release”."""

    def asking(self, zone: ZoneInfo) -> Prompt | None:
        """Return the prompt with its deadline as an instant in the story's time zone; None if it is empty."""
        until = to_instant(self.until, zone) if isinstance(self.until, datetime) else self.until
        return Prompt(self.prompt, until) if self.prompt or until is not None else None


class FrontMatterSchema(Schema):
    """All keys of front matter; each is optional."""

    id: Annotated[Name, Field(min_length=1, max_length=LONGEST_NAME)] | None = None
    """A name that stays the same whatever happens to the file."""
    title: Annotated[Name, Field(min_length=1, max_length=200)] | None = None
    """The chapter’s title."""
    publish_at: Moment | None = None
    """A day and time of its own, instead of the schedule’s next one."""
    draft: bool = False
    """Held back until this is taken away; the chapters after it come out."""
    warnings: Words = ()
    """What to know before reading."""
    note_before: Text | None = None
    """Your words to the readers, before the text."""
    note_after: Text | None = None
    """Your words to the readers, after the text."""
    pov: Annotated[Name, Field(max_length=200)] | None = None
    """Who tells it."""
    thanks: tuple[Annotated[int, Field(ge=1, le=_LARGEST)], ...] = ()
    """The numbers of the ideas that it uses: their readers are thanked."""
    revision: RevisionSchema | None = None
    """Tells readers of a change to a chapter that is out."""
    suggestions: PromptSchema | None = None
    """A question of its own."""
    lines: LineMode | None = None
    """How line ends are read, where they are read wrongly."""
    part: Annotated[Name, Field(min_length=1, max_length=200)] | None = None
    """The name of the part it belongs to."""
    extra: bool = False
    """A side story, map or the like, which is not counted as a chapter."""
