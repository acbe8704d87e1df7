"""Routes of messages: history, sending, editing, deleting, publishing, pins."""

from __future__ import annotations

from datetime import timedelta

from discord_sandbox import message_payload
from discord_sandbox.discord_objects import Json, Message
from discord_sandbox.errors import Problems
from discord_sandbox.operations import message_edits, message_history, message_sending
from discord_sandbox.permissions import P
from discord_sandbox.rate_limits import DELETE, EDIT, OLD_EDIT, PUBLISH, READ, SEND
from discord_sandbox.rest.api_request import ApiRequest
from discord_sandbox.rest.router import RouteTable
from discord_sandbox.snowflakes import iso
from discord_sandbox.validation.field_reader import FieldReader
from discord_sandbox.validation.message_draft import read_draft

routes = RouteTable()
OLD = timedelta(hours=1)


def to_json(request: ApiRequest, message: Message) -> Json:
    """Return a message as the bot receives it: without content where it may not read that."""
    data = message_payload.message(request.world, message, request.bot_id)
    if request.state.reads_content or message_payload.is_content_visible(request.world, message):
        return data
    return message_payload.without_content(data)


@routes("GET", "/channels/{channel}/messages", READ)
def get_history(request: ApiRequest) -> list[Json]:
    """Get Channel Messages, newest first."""
    channel = request.channel()
    window = message_history.Window(
        limit=request.number("limit", 50, 1, 100),
        before=request.position("before"),
        after=request.position("after"),
        around=request.position("around"),
    )
    found = message_history.page(request.world, request.bot_id, channel, window)
    return [to_json(request, each) for each in found]


@routes("GET", "/channels/{channel}/messages/{message}", READ)
def get(request: ApiRequest) -> Json:
    """Get Channel Message."""
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY)
    return to_json(request, request.message(channel))


@routes("POST", "/channels/{channel}/messages", SEND)
def send(request: ApiRequest) -> Json:
    """Create Message."""
    channel = request.channel()
    message_sending.require_writable(request.world, request.bot_id, channel)
    message = message_sending.send(
        request.world, request.bot_id, channel, read_draft(request.fields), request.uploads
    )
    return message_payload.message(request.world, message, request.bot_id)


@routes("PATCH", "/channels/{channel}/messages/{message}", EDIT)
def edit(request: ApiRequest) -> Json:
    """Edit Message; those older than an hour have a limit of their own."""
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.VIEW_CHANNEL)
    message = request.message(channel)
    draft = read_draft(request.fields, standing_flags=message.flags)
    if request.now - message.created_at > OLD:
        request.limit(OLD_EDIT, channel.id)
    message_edits.edit(request.world, request.bot_id, channel, message, draft, request.uploads)
    return message_payload.message(request.world, message, request.bot_id)


@routes("DELETE", "/channels/{channel}/messages/{message}", DELETE)
def delete(request: ApiRequest) -> None:
    """Delete Message."""
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.VIEW_CHANNEL)
    message_edits.delete(request.world, request.bot_id, channel, request.message(channel))


@routes("POST", "/channels/{channel}/messages/bulk-delete")
def bulk_delete(request: ApiRequest) -> None:
    """Bulk Delete Messages."""
    problems = Problems()
    ids = FieldReader(request.fields, problems).snowflakes("messages", 100)
    problems.raise_any()
    message_edits.bulk_delete(request.world, request.bot_id, request.channel(), ids)


@routes("POST", "/channels/{channel}/messages/{message}/crosspost", PUBLISH)
def crosspost(request: ApiRequest) -> Json:
    """Crosspost Message."""
    channel = request.channel()
    message = message_edits.crosspost(request.world, request.bot_id, channel, request.message(channel))
    return message_payload.message(request.world, message, request.bot_id)


# --- pins, under the new path and the old one ------------------------------------------------------------------------


def _pinned_messages(request: ApiRequest) -> list[Message]:
    channel = request.channel()
    if not request.world.require(request.bot_id, channel, P.VIEW_CHANNEL) & P.READ_MESSAGE_HISTORY:
        return []
    found = [each for each in channel.messages.values() if each.pinned_at is not None]
    return sorted(found, key=lambda each: each.pinned_at or each.created_at, reverse=True)


@routes("GET", "/channels/{channel}/messages/pins")
def pins(request: ApiRequest) -> Json:
    """Get Channel Pins."""
    limit = request.number("limit", 50, 1, 50)
    found = _pinned_messages(request)
    items = [
        {"pinned_at": iso(each.pinned_at or request.now), "message": to_json(request, each)}
        for each in found[:limit]
    ]
    return {"items": items, "has_more": len(found) > limit}


@routes("GET", "/channels/{channel}/pins")
def pins_of_old(request: ApiRequest) -> list[Json]:
    """Get Pinned Messages, as it was before 2026: up to 50."""
    return [to_json(request, each) for each in _pinned_messages(request)[:50]]


def _pin(request: ApiRequest) -> None:
    """Pin Message."""
    channel = request.channel()
    message_edits.pin(request.world, request.bot_id, channel, request.message(channel), True)


def _unpin(request: ApiRequest) -> None:
    """Unpin Message."""
    channel = request.channel()
    message_edits.pin(request.world, request.bot_id, channel, request.message(channel), False)


for _path in ("/channels/{channel}/messages/pins/{message}", "/channels/{channel}/pins/{message}"):
    routes("PUT", _path)(_pin)
    routes("DELETE", _path)(_unpin)
