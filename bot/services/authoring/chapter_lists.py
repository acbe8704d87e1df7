"""A story's chapters as its author sees, orders and plans them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from bot.domain.authorization import Viewer
from bot.domain.diagnostics import Diagnostic, is_of_story, short_file_name, without_warnings
from bot.domain.releases.release_refusals import MomentUnclear
from bot.domain.stories.authoring_refusals import ChapterIsOut, ChapterTimePast, PlaceUnclear
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import ChapterFileGone
from bot.services.authoring.authoring_files import RemovedFile
from bot.services.authoring.authoring_parts import AuthoringParts
from bot.services.authoring.chapter_overview import (
    ChapterOverview,
    ChapterState,
    ListedChapter,
    RemovedChapter,
)
from bot.services.releases.moment_parser import parse_typed_moment
from bot.services.stories.chapter_lookup import SHOWN_TEXT, chapter_token

_PLANNED = 1000


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
        self._removed = parts.removed
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
        before: set[str] = set()

        async def change(listing: ChapterOverview, chapter: ListedChapter) -> None:
            before.update(each.token for each in listing.removed)
            await self._files.remove(listing.story.slug, chapter.file)

        after = await self._change(viewer, story, mark, token, change, "chapter_removed")
        if after.is_stale:
            return after
        new = next((each for each in after.removed if each.token not in before), None)
        return replace(after, just_removed=new)

    async def restore(self, viewer: Viewer, story: str, token: str) -> ChapterOverview:
        """Bring back a chapter that was taken out; return the list after that.

        It comes where its number says, but never before a chapter that is out by now.

        Raises:
            Refusal: The story is not theirs, or the files do not take it.
            ChapterFileGone: It was brought back already, or its file is gone.
        """
        async with self._changing:
            listing = await self.show(viewer, story)
            found = next((each for each in listing.removed if each.token == token), None)
            if found is None or self._removed is None:
                raise ChapterFileGone(story=listing.story.title)
            slug = listing.story.slug
            file = await self._removed.restore(slug, found.name)
            await self._updates.take_in(viewer, "chapter_restored", slug)
            after = await self._list(listing.story)
            chapter = next((each for each in after.chapters if each.file == file), None)
            if chapter is None:
                return after
            if chapter.state is not ChapterState.OUT and chapter.place < after.first_free_place:
                files = [each.file for each in after.chapters if each is not chapter]
                files.insert(after.first_free_place - 2, file)
                await self._files.reorder(slug, files)
                await self._updates.look()
                after = await self._list(listing.story)
            return replace(after, just_restored=chapter.token)

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
                return replace(listing, is_stale=True)
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
            return ChapterOverview(story, (), _mark(()), removed=await self._list_removed(story.slug))
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
                each.place,
                ListedChapter(each.file, token, each.file, 0, ChapterState.HELD, fault=fault, is_broken=True),
            )
        numbered = [replace(each, place=place) for place, each in enumerate(found, 1)]
        # The text belongs to it: who takes out a chapter must not take out what somebody else has put there since.
        versions = [
            *((each.file, each.key, each.draft, each.publish_at, each.digest) for each in serial.chapters),
            *((each.file, each.key, each.place, str(each.fault)) for each in serial.broken),
        ]
        removed = await self._list_removed(story.slug)
        return ChapterOverview(story, numbered, _mark(versions), removed=removed)

    async def _list_removed(self, slug: str) -> list[RemovedChapter]:
        files = [] if self._removed is None else await self._removed.list_removed(slug)
        return [_removed_chapter(each) for each in files]

    def _faults(self, slug: str) -> dict[str, str]:
        found = without_warnings(self._content.list_faults())
        return {short_file_name(each): _shown(each) for each in found if is_of_story(each, slug)}


def _removed_chapter(file: RemovedFile) -> RemovedChapter:
    # No chapter's key begins like this, so that the two kinds of tokens cannot be taken for each other.
    return RemovedChapter(file.name, chapter_token(f"/removed/{file.name}"), file.title)


def _shown(fault: Diagnostic) -> str:
    """Return a fault without the host's own paths, which say nothing to authors in Discord."""
    folder = fault.file.rpartition("/chapters/")[0]
    said = f"{fault.problem}. {fault.mend}"
    return said.replace(f"{folder}/", "") if folder else said


def _mark(versions: Sequence[tuple[object, ...]]) -> str:
    return hashlib.blake2b(repr(versions).encode("utf-8", "surrogatepass"), digest_size=4).hexdigest()
