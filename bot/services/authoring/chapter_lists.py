"""A story's chapters as its author sees, orders and plans them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto

from bot.domain.authorization import Viewer
from bot.domain.diagnostics import Diagnostic, is_of_story, short_file_name, without_warnings
from bot.domain.releases.release_refusals import MomentUnclear
from bot.domain.stories.authoring_refusals import ChapterIsOut, ChapterTimePast, PlaceUnclear
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import ChapterFileGone
from bot.services.authoring.authoring_parts import AuthoringParts
from bot.services.releases.moment_parser import parse_typed_moment
from bot.services.stories.chapter_lookup import SHOWN_TEXT, chapter_token

_PLANNED = 1000


class ChapterState(StrEnum):
    """State of a chapter, as its author thinks of it."""

    OUT = auto()
    PLANNED = auto()
    """It has a time."""
    WAITING = auto()
    """It is finished, and nothing says when it comes."""
    DRAFT = auto()
    HELD = auto()
    """A fault, or a doubt whether it is a copy, keeps it back."""


@dataclass(frozen=True, slots=True)
class ListedChapter:
    """A chapter of the list."""

    file: str
    token: str
    """Identifies it in custom ids."""
    title: str
    place: int
    """Its place in the order of the files, from 1."""
    state: ChapterState
    at: datetime | None = None
    """When it comes, if that is known."""
    has_own_time: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class ChapterOverview:
    """All chapters of a story in order."""

    story: Story
    chapters: Sequence[ListedChapter]
    mark: str
    """Eight hexadecimal digits that change with order, texts, drafts and times."""
    is_stale: bool = False
    """Set if nothing was done because the list had changed since it was shown."""

    @property
    def first_free_place(self) -> int:
        """The first place that is behind every chapter that is out."""
        return max((each.place for each in self.chapters if each.state is ChapterState.OUT), default=0) + 1

    def chapter(self, token: str) -> ListedChapter:
        """Return the chapter with that token.

        Raises:
            ChapterFileGone: There is none any more.
        """
        found = next((each for each in self.chapters if each.token == token), None)
        if found is None:
            raise ChapterFileGone(story=self.story.title)
        return found


class ChapterLists:
    """Lists chapters, and changes what is not out yet; a change of another list than the present one does nothing."""

    def __init__(self, parts: AuthoringParts) -> None:
        self._store = parts.store
        self._files = parts.files
        self._own = parts.own
        self._updates = parts.updates
        self._upcoming = parts.upcoming
        self._content = parts.content
        self._clock = parts.clock
        self._changing = asyncio.Lock()

    async def show(self, viewer: Viewer, story: str) -> ChapterOverview:
        """Return the present list.

        Raises:
            Refusal: The story is not theirs.
        """
        await self._updates.look()
        return await self._list(await self._own.find(viewer, story))

    async def move(self, viewer: Viewer, story: str, mark: str, token: str, to: str) -> ChapterOverview:
        """Move a chapter `up`, `down`, or to a place given as a number; return the list after that.

        Raises:
            Refusal: The story is not theirs, or the files do not take it.
            ChapterIsOut, PlaceUnclear: It cannot be there.
        """

        async def change(listing: ChapterOverview, chapter: ListedChapter) -> None:
            places = {"up": chapter.place - 1, "down": chapter.place + 1}
            place = places.get(to) or (int(to) if to.strip().isdecimal() and len(to.strip()) < 7 else 0)
            first, last = listing.first_free_place, len(listing.chapters)
            if to in places:
                place = min(max(place, first), last)
            if not first <= place <= last:
                raise PlaceUnclear(place=to.strip()[:SHOWN_TEXT], first=first, last=last)
            files = [each.file for each in listing.chapters if each.token != token]
            files.insert(place - 1, chapter.file)
            if files != [each.file for each in listing.chapters]:
                await self._files.reorder(listing.story.slug, files)

        return await self._change(viewer, story, mark, token, change, "chapter_moved")

    async def set_draft(
        self, viewer: Viewer, story: str, mark: str, token: str, *, draft: bool
    ) -> ChapterOverview:
        """Hold a chapter back as a draft, or let it come; return the list after that.

        Raises:
            Refusal: The story is not theirs, or the files do not take it.
            ChapterIsOut: It is out.
        """

        async def change(listing: ChapterOverview, chapter: ListedChapter) -> None:
            value = True if draft else None
            await self._files.set_front_matter(listing.story.slug, chapter.file, {"draft": value})

        return await self._change(viewer, story, mark, token, change, "chapter_draft_set")

    async def set_time(
        self, viewer: Viewer, story: str, mark: str, token: str, typed: str
    ) -> ChapterOverview:
        """Give a chapter a time of its own, as typed, in the story's zone; nothing typed takes it away.

        Raises:
            Refusal: The story is not theirs, or the files do not take it.
            ChapterIsOut: It is out.
            MomentUnclear, ChapterTimePast: It is no time in the future.
        """

        async def change(listing: ChapterOverview, chapter: ListedChapter) -> None:
            zone, now, value = listing.story.release_rules.zone, self._clock.now(), None
            if typed.strip():
                moment = await asyncio.to_thread(parse_typed_moment, typed, zone, now, viewer.locale)
                if moment is None:
                    raise MomentUnclear(text=typed.strip()[:SHOWN_TEXT])
                if moment <= now:
                    raise ChapterTimePast(moment=typed.strip()[:SHOWN_TEXT])
                value = moment.astimezone(zone).isoformat(timespec="minutes")
            await self._files.set_front_matter(listing.story.slug, chapter.file, {"publish_at": value})

        return await self._change(viewer, story, mark, token, change, "chapter_time_set")

    async def remove(self, viewer: Viewer, story: str, mark: str, token: str) -> ChapterOverview:
        """Take a chapter out; return the list after that.

        Raises:
            Refusal: The story is not theirs, or the files do not take it.
            ChapterIsOut: It is out.
        """

        async def change(listing: ChapterOverview, chapter: ListedChapter) -> None:
            await self._files.remove(listing.story.slug, chapter.file)

        return await self._change(viewer, story, mark, token, change, "chapter_removed")

    async def _change(
        self,
        viewer: Viewer,
        story: str,
        mark: str,
        token: str,
        change: Callable[[ChapterOverview, ListedChapter], Awaitable[None]],
        action: str,
    ) -> ChapterOverview:
        async with self._changing:
            listing = await self.show(viewer, story)
            if listing.mark != mark:
                return ChapterOverview(listing.story, listing.chapters, listing.mark, is_stale=True)
            chapter = listing.chapter(token)
            if chapter.state is ChapterState.OUT:
                raise ChapterIsOut(chapter=chapter.title)
            await change(listing, chapter)
            await self._updates.take_in(viewer, action, listing.story.slug)
            return await self._list(listing.story)

    async def _list(self, story: Story) -> ChapterOverview:
        serial, now = self._content.serials().get(story.slug), self._clock.now()
        async with self._store.read() as tx:
            record = await tx.stories.get(story.slug)
            out = {each.chapter: each for each in await tx.releases.list_by_story(story.slug)}
        if serial is None:
            return ChapterOverview(story, (), _mark(()))
        planned = (
            {}
            if record is None
            else {due.chapter: due.at for due in self._upcoming.list_next(record, now, _PLANNED)}
        )
        faults = self._faults(story.slug)
        held = {each.key: each.title for each in serial.held}
        found: list[ListedChapter] = []
        for place, chapter in enumerate(serial.chapters, 1):
            name, release, at = chapter.file, out.get(chapter.key), planned.get(chapter.key)
            if release is not None:
                state, at = ChapterState.OUT, release.released_at
            elif chapter.key in held or name in faults:
                state = ChapterState.HELD
            elif chapter.draft:
                state = ChapterState.DRAFT
            else:
                state = ChapterState.WAITING if at is None else ChapterState.PLANNED
            found.append(
                ListedChapter(
                    chapter.file,
                    chapter_token(chapter.key),
                    chapter.title,
                    place,
                    state,
                    at,
                    chapter.publish_at is not None,
                    faults.get(name) or held.get(chapter.key, ""),
                )
            )
        for each in reversed(serial.broken):
            fault = _shown(each.fault)
            token = chapter_token(each.key)
            found.insert(
                each.place, ListedChapter(each.file, token, each.file, 0, ChapterState.HELD, fault=fault)
            )
        numbered = [
            ListedChapter(c.file, c.token, c.title, n, c.state, c.at, c.has_own_time, c.fault)
            for n, c in enumerate(found, 1)
        ]
        # The text belongs to it: who takes out a chapter must not take out what somebody else has put there since.
        versions = [
            *((each.file, each.key, each.draft, each.publish_at, each.digest) for each in serial.chapters),
            *((each.file, each.key, each.place, str(each.fault)) for each in serial.broken),
        ]
        return ChapterOverview(story, numbered, _mark(versions))

    def _faults(self, slug: str) -> dict[str, str]:
        found = without_warnings(self._content.list_faults())
        return {short_file_name(each): _shown(each) for each in found if is_of_story(each, slug)}


def _shown(fault: Diagnostic) -> str:
    """Return a fault without the host's own paths, which say nothing to authors in Discord."""
    folder = fault.file.rpartition("/chapters/")[0]
    said = f"{fault.problem}. {fault.mend}"
    return said.replace(f"{folder}/", "") if folder else said


def _mark(versions: Sequence[tuple[object, ...]]) -> str:
    return hashlib.blake2b(repr(versions).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
