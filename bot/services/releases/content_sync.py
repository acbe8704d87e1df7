"""Sync of the authors' files into the database: new stories, and changes of known ones."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Hashable

from bot.clock import Clock
from bot.domain.pages import count_words
from bot.domain.schedule.release_calendar import end_hold, find_backlog, initial_state
from bot.domain.stories.story import Serial, Status, Story
from bot.services.releases.revisions import RevisionSync
from bot.services.stories.chapter_pictures import read_pictures
from bot.services.stories.publishable_content import PublishableContent
from bot.store.database import Database
from bot.store.releases.release_records import NewRelease
from bot.store.stories.story_records import StoryRecord

_log = logging.getLogger(__name__)


class ContentSync:
    """Records in the database what the content folder holds."""

    def __init__(
        self,
        store: Database,
        content: PublishableContent,
        clock: Clock,
        *,
        right: Callable[[], bool] = lambda: True,
    ) -> None:
        self._store = store
        self._content = content
        self._clock = clock
        self._revising = RevisionSync(store, content, clock)
        self._right = right
        self._shelving = asyncio.Lock()
        self._shelved: dict[str, tuple[Serial, Hashable]] = {}

    async def sync(self) -> list[str]:
        """Add new stories with their backlog, and update descriptions and released chapters. Return the new slugs.

        A story whose files are gone or broken stays as the database has it, and one that has not changed since the last
        sync is passed over. Whatever depends on the time, such as the day a story was first seen, waits until the clock
        is trusted.
        """
        async with self._shelving:
            return await self._sync()

    async def _sync(self) -> list[str]:
        new = []
        await self._content.reload()
        serials = self._content.serials()
        async with self._store.read() as tx:
            marks = await tx.stories.list_versions()
            changed = [slug for slug in serials if not self._is_synced(serials[slug], marks.get(slug))]
            known = {record.story.slug: record for record in await tx.stories.get_many(changed)}
        for slug in changed:
            serial = serials[slug]
            if slug not in known:
                if not _may_begin(serial) or not self._right():
                    continue
                await self._add_story(serial)
                new.append(slug)
            else:
                await self._rename_former(known[slug], serial)
                if known[slug].story != serial.story:
                    if not self._right():
                        continue
                    await self._update_description(known[slug], serial.story)
            if not await self._revising.sync(serial):
                self._shelved[slug] = (serial, marks.get(slug))
        if new:
            # Only of a story that has begun is it kept what its files say.
            await self._content.reload()
        return new

    def _is_synced(self, serial: Serial, mark: Hashable) -> bool:
        """Return whether neither the files nor the database have changed since the last sync of the story."""
        last, marked = self._shelved.get(serial.story.slug, (None, None))
        return last is serial and marked == mark

    async def _rename_former(self, record: StoryRecord, serial: Serial) -> None:
        """Move chapters known by an identity that an earlier version gave them to their present one."""
        calendar = record.calendar
        known = calendar.released | (calendar.seen or frozenset())
        own = {chapter.key for chapter in serial.chapters}
        renamed: dict[str, str] = {}
        for chapter in serial.chapters:
            for former in chapter.former:
                if former in known and former not in own and chapter.key not in calendar.released:
                    renamed.setdefault(former, chapter.key)
        if renamed:
            async with self._store.begin() as tx:
                await tx.releases.rename_chapters(record.story.slug, renamed)
            _log.info(
                "%s: chapters known by former identities: %s",
                record.story.slug,
                ", ".join(f"{was} is {to}" for was, to in sorted(renamed.items())),
                extra={"action": "chapters_recognised", "story": record.story.slug},
            )

    async def _update_description(self, record: StoryRecord, story: Story) -> None:
        """Store a changed description. If it ends a hiatus, the slots that passed during it stay empty."""
        async with self._store.begin() as tx:
            await tx.stories.update_description(story)
            if record.story.status is Status.HIATUS and story.status is not Status.HIATUS:
                after = end_hold(record.calendar, now=self._clock.now())
                await tx.stories.advance_slots(
                    story.slug, was=record.calendar.settled_until, until=after.settled_until
                )

    async def _add_story(self, serial: Serial) -> None:
        now = self._clock.now()
        story = serial.story
        out = [
            c
            for key in find_backlog(serial.entries, story.release_rules, now=now)
            if (c := serial.chapter(key))
        ]
        pictures = {
            chapter.key: await read_pictures(self._content, story.slug, chapter, story.cover)
            for chapter in out
        }
        async with self._store.begin() as tx:
            if await tx.stories.get(story.slug) is not None:
                return
            calendar = initial_state(serial.entries, story.release_rules, now=now)
            await tx.stories.add(
                story, first_seen=now, settled_until=calendar.settled_until, seen=calendar.seen
            )
            for chapter in out:
                await tx.releases.add(
                    NewRelease(
                        story=story.slug,
                        chapter=chapter,
                        at=chapter.publish_at or now,
                        released_at=now,
                        words=count_words(chapter.text),
                        backlog=True,
                        pictures=pictures[chapter.key],
                    )
                )
        _log.info(
            "%s is new: %d chapters, %d of them out already",
            story.slug,
            len(serial.chapters),
            len(out),
            extra={"action": "story_first_seen", "story": story.slug},
        )


def _may_begin(serial: Serial) -> bool:
    """Return whether all chapters of the backlog can be read.

    One that was missing at the start would be released as a new chapter later.
    """
    leading = [entry for entry in serial.entries if not entry.draft][: serial.story.release_rules.backlog]
    return bool(serial.chapters) and not any(entry.broken for entry in leading)
