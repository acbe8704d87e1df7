"""Stories and their state in the release calendar."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, delete, func, insert, select, true, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.schedule.calendar_state import CalendarState
from bot.domain.stories.story import Story
from bot.store.engine import upsert
from bot.store.stories.story_json import decode_story, encode_story
from bot.store.stories.story_records import StoryRecord
from bot.store.tables import emptied_slot, release, story

_newest = select(func.max(release.c.number)).where(release.c.story == story.c.slug).scalar_subquery()
_emptied = select(func.count()).where(emptied_slot.c.story == story.c.slug).scalar_subquery()
_marks = select(
    story.c.slug,
    story.c.description,
    story.c.settled_until,
    story.c.delayed_until,
    story.c.hiatus_since,
    story.c.hold_changes,
    _newest,
    _emptied,
)
_one_more = func.coalesce(story.c.hold_changes, 0) + 1


class StoryRepository:
    """Stories by slug."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def list_all(self) -> list[StoryRecord]:
        """List every story ever seen, by title."""
        records = await self._records(true(), true(), true())
        return sorted(records, key=lambda record: (record.story.title.casefold(), record.story.slug))

    async def list_descriptions(self) -> list[Story]:
        """List every story ever seen, by title, without its state; much cheaper than the records."""
        rows = await self._connection.execute(select(story.c.description))
        found = [decode_story(text) for text in rows.scalars()]
        return sorted(found, key=lambda each: (each.title.casefold(), each.slug))

    async def get_many(self, slugs: Collection[str]) -> list[StoryRecord]:
        """List the existing stories among these slugs."""
        some = list(slugs)
        if not some:
            return []
        return await self._records(
            story.c.slug.in_(some), release.c.story.in_(some), emptied_slot.c.story.in_(some)
        )

    async def list_versions(self) -> dict[str, Hashable]:
        """Return for every story a value that changes whenever its record does; cheaper than the records."""
        rows = await self._connection.execute(_marks)
        return {row.slug: tuple(row) for row in rows}

    async def get(self, slug: str) -> StoryRecord | None:
        """Return the story with that slug."""
        records = await self._records(
            story.c.slug == slug, release.c.story == slug, emptied_slot.c.story == slug
        )
        return records[0] if records else None

    async def get_description(self, slug: str) -> Story | None:
        """Return only a story's description, which is cheaper than the record."""
        described = await self._connection.execute(select(story.c.description).where(story.c.slug == slug))
        text = described.scalar_one_or_none()
        return None if text is None else decode_story(text)

    async def _records(
        self, stories: ColumnElement[bool], releases: ColumnElement[bool], slots: ColumnElement[bool]
    ) -> list[StoryRecord]:
        """Read the records of the stories that match; the other two conditions select their rows in other tables."""
        rows = (await self._connection.execute(select(story).where(stories))).all()
        if not rows:
            return []
        released: dict[str, set[str]] = defaultdict(set)
        keys = select(release.c.story, release.c.chapter).where(releases)
        for slug, chapter in await self._connection.execute(keys):
            released[slug].add(chapter)
        emptied: dict[str, set[datetime]] = defaultdict(set)
        for slug, slot in await self._connection.execute(select(emptied_slot).where(slots)):
            emptied[slug].add(slot)
        return [_read(row, frozenset(released[row.slug]), frozenset(emptied[row.slug])) for row in rows]

    async def add(
        self,
        new: Story,
        *,
        first_seen: datetime,
        settled_until: datetime,
        seen: Collection[str] | None = None,
    ) -> None:
        """Enter a story seen for the first time, with the chapters that have been looked at."""
        await self._connection.execute(
            insert(story).values(
                slug=new.slug,
                description=encode_story(new),
                first_seen=first_seen,
                settled_until=settled_until,
                seen=None if seen is None else sorted(seen),
            )
        )

    async def update_description(self, changed: Story) -> None:
        """Replace the description; the calendar state stays."""
        await self._set(changed.slug, description=encode_story(changed))

    async def advance_slots(
        self, slug: str, *, was: datetime, until: datetime, seen: Collection[str] | None = None
    ) -> bool:
        """Record that the slots until `until` are dealt with; False if the mark is not at `was` any more.

        `seen` replaces the chapters seen (None: they stay). Emptied slots before the mark are deleted.
        """
        looked_at = {} if seen is None else {"seen": sorted(seen)}
        moved = await self._connection.execute(
            update(story)
            .where(story.c.slug == slug, story.c.settled_until == was)
            .values(settled_until=until, **looked_at)
        )
        if moved.rowcount != 1:
            return False
        await self._connection.execute(
            delete(emptied_slot).where(emptied_slot.c.story == slug, emptied_slot.c.slot <= until)
        )
        return True

    async def empty_slot(self, slug: str, slot: datetime) -> None:
        """Mark a slot whose chapter was released by hand: nothing is released at it."""
        await self._connection.execute(
            upsert.insert(self._connection, emptied_slot)
            .values(story=slug, slot=slot)
            .on_conflict_do_nothing()
        )

    async def set_delay(self, slug: str, until: datetime | None, reason: str | None) -> None:
        """Set a delay, or end it with None."""
        await self._set(slug, delayed_until=until, delay_reason=reason, hold_changes=_one_more)

    async def set_hiatus(self, slug: str, since: datetime | None, reason: str | None) -> bool:
        """Set a hiatus, or end it with None; False if one is to be set and there is one already."""
        awake = true() if since is None else story.c.hiatus_since.is_(None)
        changed = await self._connection.execute(
            update(story)
            .where(story.c.slug == slug, awake)
            .values(hiatus_since=since, hiatus_reason=reason, hold_changes=_one_more)
        )
        return changed.rowcount == 1

    async def _set(self, slug: str, **values: object) -> None:
        await self._connection.execute(update(story).where(story.c.slug == slug).values(**values))


def _read(row: Row[Any], released: frozenset[str], emptied: frozenset[datetime]) -> StoryRecord:
    return StoryRecord(
        story=decode_story(row.description),
        calendar=CalendarState(
            first_seen=row.first_seen,
            settled_until=row.settled_until,
            released=released,
            skipped_slots=emptied,
            delayed_until=row.delayed_until,
            hiatus_since=row.hiatus_since,
            seen=None if row.seen is None else frozenset(row.seen),
        ),
        delay_reason=row.delay_reason,
        hiatus_reason=row.hiatus_reason,
        hold_changes=row.hold_changes or 0,
    )
