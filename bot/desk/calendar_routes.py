"""Route of the calendar: what comes out when, and where a story's buffer runs dry."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from aiohttp import web

from bot.desk.desk import DESK, Desk
from bot.domain.stories.story import Serial
from bot.services.releases.release_outlook import ReleaseOutlook, outlook_from_files, outlook_from_record
from bot.services.stories.publishable_content import foreseen
from bot.store.database import Database
from bot.store.engine.errors import StoreError
from bot.store.stories.story_records import StoryRecord

routes = web.RouteTableDef()
_MOST = 400
"""Releases of a story that the calendar shows: more than a year of daily ones."""


@routes.get("/api/calendar")
async def show_calendar(request: web.Request) -> web.Response:
    """Answer with the coming releases of every story, or of the `story` asked for."""
    desk = request.app[DESK]
    wanted = request.query.get("story")
    stories, _ = await asyncio.to_thread(desk.content.list_stories)
    serials = [each.serial for each in stories if each.serial and wanted in (None, each.slug)]
    remembered, note = await _remembered(desk, serials)
    now = desk.clock.now().replace(microsecond=0)
    outlooks = await asyncio.to_thread(_outlooks, serials, remembered, now)
    out = {slug: record.calendar.released for slug, (_, record) in (remembered or {}).items() if record}
    return web.json_response(
        {
            "now": now.isoformat(),
            "database": remembered is not None,
            "note": note,
            "stories": [
                _shown(outlook, out.get(outlook.serial.story.slug, frozenset())) for outlook in outlooks
            ],
        }
    )


_Remembered = Mapping[str, tuple[Serial, StoryRecord | None]]


async def _remembered(desk: Desk, serials: list[Serial]) -> tuple[_Remembered | None, str]:
    """Return what the database knows of the stories; None if there is none, with a sentence if there should be."""
    if desk.database is None:
        return None, ""
    try:
        store = await Database.open(desk.database, read_only=True)
    except StoreError:
        return None, "The bot’s database cannot be read now, so this is the calendar of the files alone."
    try:
        async with store.read() as tx:
            records = {record.story.slug: record for record in await tx.stories.list_all()}
            return {
                each.story.slug: (await foreseen(tx, each), records.get(each.story.slug)) for each in serials
            }, ""
    except StoreError:
        return None, "The bot’s database cannot be read now, so this is the calendar of the files alone."
    finally:
        await store.close()


def _outlooks(serials: list[Serial], remembered: _Remembered | None, now: datetime) -> list[ReleaseOutlook]:
    if remembered is None:
        return [outlook_from_files(serial, now, _MOST) for serial in serials]
    return [outlook_from_record(serial, record, now, _MOST) for serial, record in remembered.values()]


def _shown(outlook: ReleaseOutlook, out: frozenset[str]) -> dict[str, Any]:
    story = outlook.serial.story
    zone = story.release_rules.zone
    files = {chapter.key: chapter.file for chapter in outlook.serial.chapters}

    def local(at: datetime) -> str:
        return f"{at.astimezone(zone):%Y-%m-%dT%H:%M}"

    planned = {due.chapter for due in outlook.coming}
    return {
        "slug": story.slug,
        "title": story.title,
        "timezone": zone.key,
        "status": story.status.value,
        "scheduled": story.release_rules.schedule is not None,
        "schedule": "" if story.release_rules.schedule is None else story.release_rules.schedule.describe(),
        "releases": [
            {
                "chapter": due.chapter,
                "file": files.get(due.chapter, ""),
                "title": outlook.title(due),
                "at": due.at.isoformat(),
                "local": local(due.at),
                "slot": due.slot,
            }
            for due in outlook.coming
        ],
        "dry_at": None if outlook.dry_at is None else local(outlook.dry_at),
        "out": len(out),
        "waiting": [
            {"chapter": chapter.key, "file": chapter.file, "title": chapter.title, "draft": chapter.draft}
            for chapter in outlook.serial.chapters
            if chapter.key not in planned and chapter.key not in out
        ],
    }
