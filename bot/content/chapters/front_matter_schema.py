"""Schema of a chapter's front matter."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from bot.content.dates import Moment, WrittenMoment, parse_moment, to_instant
from bot.content.files.file_names import LONGEST_NAME
from bot.domain.manuscript.lines.line_breaks import LineMode
from bot.domain.stories.chapter_prompts import Prompt, PromptDeadline
from bot.schemas.base import Name, Schema, Text, Words, validation_error

_LARGEST = 2**31 - 1


class RevisionSchema(Schema):
    """An announced revision: readers get the note when the number rises."""

    number: int = Field(ge=1, le=_LARGEST)
    """The number of the revision; a higher one than before announces it."""
    note: Text
    """What readers are told of the change."""


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
    """The question."""
    until: (
        Annotated[
            datetime | PromptDeadline,
            PlainValidator(_until, json_schema_input_type=Literal["next release"] | WrittenMoment),
        ]
        | None
    ) = None
    """Until when ideas are taken: `next release`, or a moment."""

    def asking(self, zone: ZoneInfo) -> Prompt | None:
        """Return the prompt with its deadline as an instant in the story's time zone; None if it is empty."""
        until = to_instant(self.until, zone) if isinstance(self.until, datetime) else self.until
        return Prompt(self.prompt, until) if self.prompt or until is not None else None


class FrontMatterSchema(Schema):
    """All keys of front matter; each is optional."""

    id: Annotated[Name, Field(min_length=1, max_length=LONGEST_NAME)] | None = None
    """The chapter’s identity, if it is not to be its file name."""
    title: Annotated[Name, Field(min_length=1, max_length=200)] | None = None
    """The title; otherwise a heading at the top, else the file name."""
    publish_at: Moment | None = None
    """When the chapter comes out, instead of taking a slot. Without offset, in the story’s time zone."""
    draft: bool = False
    """Keeps the chapter, and all after it, from coming out."""
    warnings: Words = ()
    """Content warnings shown above the chapter."""
    note_before: Text | None = None
    """A word to the readers before the chapter. Markdown."""
    note_after: Text | None = None
    """A word to the readers after the chapter. Markdown."""
    pov: Annotated[Name, Field(max_length=200)] | None = None
    """Whose point of view the chapter has."""
    thanks: tuple[Annotated[int, Field(ge=1, le=_LARGEST)], ...] = ()
    """Numbers of the ideas that the chapter uses; their senders are named."""
    revision: RevisionSchema | None = None
    """Announces a changed chapter that is out already."""
    suggestions: PromptSchema | None = None
    """The question after this chapter."""
    lines: LineMode | None = None
    """How line ends in the text are read, if the bot guesses wrong."""
    part: Annotated[Name, Field(min_length=1, max_length=200)] | None = None
    """The part of the story that the chapter belongs to."""
    extra: bool = False
    """Set for a side story that stands outside the count of chapters."""
