"""A release: a chapter that is out, with the text as it went out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.domain.stories.prompts import Prompt


@dataclass(frozen=True, slots=True)
class Release:
    """A released chapter without its text: its place in the story and when it came out.

    `number` counts the story's releases from 1. `at` is the slot or moment it belongs to; `released_at` is when the
    bot really did it. `backlog` marks what was already out when the bot first saw the story. `revision` is the number
    of its current text, from 1; a withdrawal and a return count too. `withdrawn_at` is set while its author has taken
    it back.
    """

    id: int
    story: str
    chapter: str
    number: int
    title: str
    at: datetime
    released_at: datetime
    revision: int
    words: int
    backlog: bool = False
    withdrawn_at: datetime | None = None

    @property
    def withdrawn(self) -> bool:
        """Whether its author has taken it back for now: its text is shown to nobody."""
        return self.withdrawn_at is not None


@dataclass(frozen=True, slots=True)
class Edition:
    """The text of one revision of a release, as readers get it. `digest` is the chapter file's at that time.

    `announced` is the highest number of the author's revision notes so far, `announcement` what they say of the change:
    None where the change is a silent one. `asking` is what readers are asked after this chapter in particular.
    """

    release_id: int
    revision: int
    title: str
    text: str
    warnings: tuple[str, ...]
    note_before: str | None
    note_after: str | None
    pov: str | None
    thanks: tuple[int, ...]
    digest: str
    announced: int | None = None
    announcement: str | None = None
    asking: Prompt | None = None


@dataclass(frozen=True, slots=True)
class PictureFile:
    """A picture's bytes, kept with the release so that posts outlive the file."""

    path: str
    media_type: str
    data: bytes
