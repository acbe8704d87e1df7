"""Routes of readers: their ideas, decisions about these, and figures."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiohttp import web

from bot.desk.desk import DESK, Desk, read_fields
from bot.desk.desk_content import DeskStory
from bot.desk.reader_records import DeskSerials, author_of, list_ideas, open_beside, show_figures
from bot.domain.errors import Refusal
from bot.domain.suggestions.suggestion import Decision
from bot.services.suggestions.decisions import DecisionDetails, Decisions
from bot.store.database import Database
from bot.store.engine.errors import StoreError

routes = web.RouteTableDef()
T = TypeVar("T")

_NONE = (
    "Ideas and figures come from the bot’s database. Start the desk with its configuration: "
    "fascicle desk -c config.yaml"
)
_UNKNOWN = "The bot does not know this story yet. It does once it has run with it."
_AWAY = "The bot’s database cannot be used now. Try again in a moment."


@routes.get("/api/stories/{slug}/readers")
async def show_readers(request: web.Request) -> web.Response:
    """Answer with the ideas and figures of a story; without a database with a sentence of what is needed."""
    desk = request.app[DESK]
    story = await asyncio.to_thread(desk.story, request.match_info["slug"])
    if desk.database is None:
        return web.json_response({"note": _NONE})
    try:
        return web.json_response(await _with_store(desk, lambda store: _readers(desk, store, story)))
    except StoreError:
        return web.json_response({"note": _AWAY})


@routes.post("/api/stories/{slug}/ideas/{number}")
async def decide(request: web.Request) -> web.Response:
    """Decide on an idea as the story's author, or `undo` the change of that id while there is time."""
    desk = request.app[DESK]
    story = await asyncio.to_thread(desk.story, request.match_info["slug"])
    fields = await read_fields(request)
    number = request.match_info["number"]
    if desk.database is None or not number.isdecimal() or len(number) > 18:
        raise web.HTTPBadRequest(reason=_NONE if desk.database is None else "There is no such idea.")

    async def change(store: Database) -> dict[str, Any]:
        serials = {} if story.serial is None else {story.slug: story.serial}
        decisions = Decisions(store, DeskSerials(serials), desk.clock, undo_time=desk.undo_time)
        viewer = author_of(story.story)
        if isinstance(fields.get("undo"), int):
            await decisions.undo(viewer, fields["undo"])
        else:
            details = DecisionDetails(_text(fields, "reason"), _text(fields, "chapter"), _into(fields))
            await decisions.decide(viewer, int(number), Decision(str(fields.get("decision"))), details)
        return await _readers(desk, store, story)

    try:
        return web.json_response(await _with_store(desk, change))
    except StoreError as error:
        raise web.HTTPConflict(reason=_AWAY) from error
    except Refusal as error:
        raise web.HTTPBadRequest(reason=" ".join(str(error).replace("`", "").split())) from error
    except ValueError as error:
        raise web.HTTPBadRequest(reason="This cannot be decided about an idea.") from error


async def _with_store(desk: Desk, use: Callable[[Database], Awaitable[T]]) -> T:
    assert desk.database is not None
    async with open_beside(desk.database) as store:
        return await use(store)


async def _readers(desk: Desk, store: Database, story: DeskStory) -> dict[str, Any]:
    async with store.read() as tx:
        if await tx.stories.get(story.slug) is None:
            return {"note": _UNKNOWN}
        ideas = await list_ideas(tx, story.story, story.serial, desk.clock.now())
    return {"note": "", **ideas, "figures": await show_figures(store, story.story)}


def _text(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    return value.strip()[:1000] or None if isinstance(value, str) else None


def _into(fields: dict[str, Any]) -> int | None:
    value = fields.get("into")
    return value if isinstance(value, int) else None
