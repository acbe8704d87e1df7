"""Stories and their chapters, as authors describe them."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.diagnostics import Diagnostic
from bot.domain.schedule.calendar_state import CalendarEntry
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.stories.chapter_prompts import Prompt, SuggestionWindow
from bot.domain.stories.scene_break_style import RULE
from bot.domain.text.chapter_words import is_counted_word

NUMBER = r"\d+(?:\.\d+)*"
"""A number in a name: `7`, the decimal `2.5`, or a part and a chapter of it as in `1.12`."""

DATE = r"[0-9]{4}(?P<to>[-_.])(?:0?[1-9]|1[0-2])(?P=to)(?:0?[1-9]|[12][0-9]|3[01])(?!\d)"
"""A day in a name: `2026-01-05`."""

# Atomic, so that neither half a decimal nor half a date is ever taken for a prefix of the rest.
_ORDER_PREFIX = re.compile(rf"(?>{DATE}|{NUMBER})[-_. ]+(?=.)")
_FORMER_PREFIX = re.compile(r"^\d+[-_. ]+(?=.)")


class Rating(StrEnum):
    """Age rating of a story."""

    GENERAL = "general"
    TEEN = "teen"
    MATURE = "mature"
    EXPLICIT = "explicit"

    @property
    def age_restricted(self) -> bool:
        """Return whether the story may appear in age-restricted channels only."""
        return self in (Rating.MATURE, Rating.EXPLICIT)


class Status(StrEnum):
    """Progress of the writing. `HIATUS` holds releases; the others only inform."""

    ONGOING = "ongoing"
    HIATUS = "hiatus"
    EDITING = "editing"
    COMPLETE = "complete"


@dataclass(frozen=True, slots=True)
class Author:
    """An author of a story."""

    name: str
    discord: int | None = None
    """The user id by which author commands recognise them."""


@dataclass(frozen=True, slots=True)
class SuggestionPolicy:
    """A story's settings for suggestions."""

    open: bool = True
    prompt: str | None = None
    """The prompt after every chapter."""
    review_channel: int | None = None
    """The channel in which suggestions appear for review."""
    window: SuggestionWindow = None
    """How long suggestions for a chapter are taken after its release."""


@dataclass(frozen=True, slots=True)
class Story:
    """A story as its `story.yaml` describes it."""

    slug: str
    title: str
    release_rules: ReleaseRules
    authors: tuple[Author, ...] = ()
    summary: str = ""
    cover: str | None = None
    language: str = "en"
    rating: Rating = Rating.GENERAL
    warnings: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    status: Status = Status.ONGOING
    guilds: frozenset[int] | None = None
    """The guilds that may subscribe; None for all."""
    disclaimer: str | None = None
    scene_break: str = RULE
    """How scene breaks are shown: `rule`, `blank`, or the text to show."""
    suggestions: SuggestionPolicy = field(default_factory=SuggestionPolicy)
    sample: bool = False
    """Set for a story that only shows how it is done: a server gets it only if its operator asks for samples."""

    def is_by(self, user_id: int) -> bool:
        """Return whether that Discord user is one of the authors."""
        return any(author.discord == user_id for author in self.authors)

    def allows_guild(self, guild_id: int) -> bool:
        """Return whether the authors let that guild subscribe."""
        return self.guilds is None or guild_id in self.guilds


@dataclass(frozen=True, slots=True)
class RevisionNote:
    """An author's announcement of a changed chapter."""

    number: int
    note: str


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter as its file gives it."""

    key: str
    """The chapter's identity."""
    title: str
    text: str
    publish_at: datetime | None = None
    draft: bool = False
    warnings: tuple[str, ...] = ()
    note_before: str | None = None
    note_after: str | None = None
    pov: str | None = None
    thanks: tuple[int, ...] = ()
    revision: RevisionNote | None = None
    pictures: tuple[str, ...] = ()
    """Paths below the story's folder."""
    prompt: Prompt | None = None
    former: tuple[str, ...] = ()
    """Identities that the chapter had by the rules of earlier versions."""
    file: str = ""
    """The file's name, with its folders below that of the chapters: `part-2/ch-01.md`."""
    named: bool = False
    """Set if the front matter gives the identity."""
    part: str | None = None
    """The part of the story that the chapter belongs to. Readers of the chapter do not see it."""
    _digest: str = field(default="", init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        if self.publish_at is not None and self.publish_at.tzinfo is None:
            raise ValueError("publish_at must name an instant: it has no time zone")

    @property
    def entry(self) -> CalendarEntry:
        """The chapter as the calendar sees it."""
        return CalendarEntry(
            chapter=self.key,
            title=self.title,
            publish_at=self.publish_at,
            draft=self.draft,
            former=self.former,
        )

    @property
    def digest(self) -> str:
        """A digest (32 hexadecimal digits) that changes exactly when something that readers see changes."""
        if not self._digest:
            object.__setattr__(self, "_digest", self._digested())
        return self._digest

    def _digested(self) -> str:
        seen: list[object] = [
            self.title,
            self.text,
            self.warnings,
            self.note_before,
            self.note_after,
            self.pov,
            self.thanks,
            self.pictures,
        ]
        if self.prompt is not None:
            # Only then, so that chapters from before there was such a thing have not changed.
            seen.append(self.prompt.to_data())
        return hashlib.blake2b(json.dumps(seen).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class BrokenChapter:
    """A chapter whose file is at fault now."""

    key: str
    """The chapter's identity as far as its file gives one."""
    file: str
    place: int
    """The number of the serial's chapters that come before it."""
    fault: Diagnostic


@dataclass(frozen=True, slots=True)
class HeldChapter:
    """A chapter that is held back because its text is a copy of another one's."""

    key: str
    file: str
    of: str
    """The other chapter's identity."""
    title: str
    """The other chapter's title."""
    part: bool
    """Set if it is a part of the other, which was split."""


@dataclass(frozen=True, slots=True)
class Serial:
    """A story with its chapters in file order: the content of a story's folder."""

    story: Story
    chapters: tuple[Chapter, ...]
    broken: tuple[BrokenChapter, ...] = ()
    """Chapters that are unavailable, neither as they are nor as they last were."""
    held: tuple[HeldChapter, ...] = ()
    """Those of `chapters` that do not come out."""

    @property
    def entries(self) -> tuple[CalendarEntry, ...]:
        """The chapters as the calendar sees them."""
        held = {each.key for each in self.held}
        entries = [
            replace(chapter.entry, draft=True) if chapter.key in held else chapter.entry
            for chapter in self.chapters
        ]
        for each in reversed(self.broken):
            entries.insert(each.place, CalendarEntry(chapter=each.key, title=each.file, broken=True))
        return tuple(entries)

    def chapter(self, key: str) -> Chapter | None:
        """Return the chapter of that identity, if its file exists."""
        return next((chapter for chapter in self.chapters if chapter.key == key), None)


def chapter_key(file_stem: str, given: str | None = None) -> str:
    """Return a chapter's identity: its `id` if it has one, else its file name without the order prefix.

    In sub-folders the folders' names precede it, without their order prefixes: `2-the-sea/03-the-lamp` is
    `the-sea/the-lamp`. Names are compared in NFC and without case, so renumbering or renaming `003-The-Lamp`
    to `004-the-lamp` keeps the identity. A name that is only a number, or a number and a word that it counts, is
    its own identity: `2.5` is another chapter than `5`, and `1. Kapitel` than `2. Kapitel`.
    """
    return _compared(given if given is not None else "/".join(map(strip_order_prefix, file_stem.split("/"))))


def former_keys(file_stem: str, given: str | None = None) -> tuple[str, ...]:
    """Return the different identities that earlier versions gave to that file.

    A release under one of them is this chapter. Earlier, `2.5` was `5`, `1.1-gate` was `1-gate`,
    `2026-01-05-first` was `01-05-first`, and `1. Kapitel` was `kapitel`. Files in sub-folders were no chapters.
    """
    if given is not None or "/" in file_stem:
        return ()
    former = _compared(_FORMER_PREFIX.sub("", file_stem))
    return () if former == chapter_key(file_stem) else (former,)


def strip_order_prefix(file_stem: str) -> str:
    """Return a file name without the number or date that orders it, if more than a word like “chapter” remains."""
    prefix = _ORDER_PREFIX.match(file_stem)
    if prefix is None or is_counted_word(rest := file_stem[prefix.end() :]):
        return file_stem
    return rest


def _compared(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
