"""Route that tells what a schedule means while it is typed."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo, available_timezones

from aiohttp import web
from pydantic_core import PydanticCustomError

from bot.content.dates import parse_moment, to_instant
from bot.desk.desk import DESK, read_fields
from bot.domain.schedule.schedule import parse_schedule
from bot.domain.schedule.time_zones import parse_zone
from bot.domain.schedule.vocabulary import ScheduleError

routes = web.RouteTableDef()
_NEXT = 4


@routes.post("/api/schedule")
async def explain_schedule(request: web.Request) -> web.Response:
    """Answer with a schedule in words and its next times, or with what is wrong with it."""
    fields = await read_fields(request, "schedule", "timezone", "start")
    if not fields["schedule"].strip():
        return web.json_response(
            {"said": "Without a schedule only chapters with a date of their own come out."}
        )
    try:
        schedule = parse_schedule(fields["schedule"])
        zone = parse_zone(fields["timezone"].strip() or "UTC")
        start = _start(fields["start"].strip(), zone)
    except ScheduleError as error:
        return web.json_response({"fault": str(error)})
    except PydanticCustomError as error:
        context = error.context or {}
        return web.json_response({"fault": f"{context.get('problem')}. {context.get('mend')}"})
    now = request.app[DESK].clock.now()
    # A slot at the very start counts.
    after = now if start is None else max(now, start - timedelta(microseconds=1))
    slots = schedule.slots(after=after, zone=zone, anchor=start or now)
    shown_zone = schedule.zone or zone
    return web.json_response(
        {
            "said": schedule.describe(),
            "next": [
                {"at": slot.isoformat(), "local": _local(slot, shown_zone)} for slot in islice(slots, _NEXT)
            ],
            "zone": shown_zone.key,
        }
    )


@routes.get("/api/timezones")
async def list_timezones(_request: web.Request) -> web.Response:
    """Answer with the names of all time zones that have a place in them."""
    named = sorted(zone for zone in available_timezones() if "/" in zone)
    return web.json_response({"zones": [*named, "UTC"]})


def _start(written: str, zone: ZoneInfo) -> datetime | None:
    return to_instant(parse_moment(written), zone) if written else None


def _local(slot: datetime, zone: ZoneInfo) -> str:
    local = slot.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M}"
