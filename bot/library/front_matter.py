"""A chapter's front matter: the YAML between two `---` lines at the top of the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import Field, PlainValidator
from pydantic_core import PydanticCustomError

from bot.domain.asking import Asking, Till
from bot.forms.model import Form, Name, wrong
from bot.library.moments import Moment, instant, read_moment
from bot.library.names import LONGEST_NAME
from bot.library.story_form import Text, Words

_LARGEST = 2**31 - 1
_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")


class RevisionForm(Form):
    """An announced change: readers are told the note when the number rises."""

    number: int = Field(ge=1, le=_LARGEST)
    note: Text


def _until(value: Any) -> datetime | Till:
    words = " ".join(str(value).casefold().split()).removeprefix("the ")
    if words == Till.NEXT_RELEASE:
        return Till.NEXT_RELEASE
    try:
        return read_moment(value)
    except PydanticCustomError:
        raise wrong(
            "this is not until when ideas can be taken",
            "Write next release, or a moment such as 2026-12-01 18:00.",
        ) from None


class AskingForm(Form):
    """What readers are asked after this chapter, and until when."""

    prompt: Text | None = None
    until: Annotated[datetime | Till, PlainValidator(_until)] | None = None

    def asking(self, zone: ZoneInfo) -> Asking | None:
        """The same with an instant, in a story of that time zone; None if it says nothing."""
        until = instant(self.until, zone) if isinstance(self.until, datetime) else self.until
        return Asking(self.prompt, until) if self.prompt or until is not None else None


class ChapterForm(Form):
    """Everything front matter may say, all of it optional."""

    id: Annotated[Name, Field(min_length=1, max_length=LONGEST_NAME)] | None = None
    title: Annotated[Name, Field(min_length=1, max_length=200)] | None = None
    publish_at: Moment | None = None
    draft: bool = False
    warnings: Words = ()
    note_before: Text | None = None
    note_after: Text | None = None
    pov: Annotated[Name, Field(max_length=200)] | None = None
    thanks: tuple[Annotated[int, Field(ge=1, le=_LARGEST)], ...] = ()
    revision: RevisionForm | None = None
    suggestions: AskingForm | None = None


@dataclass(frozen=True, slots=True)
class Parts:
    """A chapter file taken apart. `matter` is None without front matter; `body_line` is the body's first line."""

    matter: str | None
    body: str
    body_line: int
    closed: bool = True


def split(text: str) -> Parts:
    """Take a chapter's text apart. Only a `---` on the very first line opens front matter; further down it is a
    scene break."""
    first, newline, rest = text.partition("\n")
    if not _FENCE.fullmatch(first):
        return Parts(None, text, 1)
    lines = rest.split("\n") if newline else []
    for number, line in enumerate(lines):
        if _END.fullmatch(line):
            matter = "".join(f"{kept}\n" for kept in lines[:number])
            return Parts(matter, "\n".join(lines[number + 1 :]), number + 3)
    return Parts(None, text, 1, closed=False)
