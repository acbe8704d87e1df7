"""Messages: history, sending, editing, deleting, publishing, pins."""

from __future__ import annotations

from datetime import timedelta

from discord_sandbox import message_payload
from discord_sandbox.errors import Problems
from discord_sandbox.model import Json, Message
from discord_sandbox.operations import message_edits, message_history, message_sending
from discord_sandbox.permissions import P
from discord_sandbox.rate_limits import DELETE, EDIT, OLD_EDIT, PUBLISH, READ, SEND
from discord_sandbox.rest.api_request import Call
from discord_sandbox.rest.router import Table
from discord_sandbox.snowflakes import iso
from discord_sandbox.validation.field_reader import Fields
from discord_sandbox.validation.message_draft import read_draft

routes = Table()
OLD = timedelta(hours=1)


def told(call: Call, message: Message) -> Json:
    """A message as the bot gets it: without content where it may not read that."""
    data = message_payload.message(call.world, message, call.bot_id)
    if call.sandbox.reads_content or message_payload.content_is_told(call.world, message):
        return data
    return message_payload.without_content(data)


@routes("GET", "/channels/{channel}/messages", READ)
def get_history(call: Call) -> list[Json]:
    """Get Channel Messages, newest first."""
    found = message_history.page(
        call.world,
        call.bot_id,
        call.channel(),
        limit=call.number("limit", 50, 1, 100),
        before=call.position("before"),
        after=call.position("after"),
        around=call.position("around"),
    )
    return [told(call, each) for each in found]


@routes("GET", "/channels/{channel}/messages/{message}", READ)
def get(call: Call) -> Json:
    """Get Channel Message."""
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY)
    return told(call, call.message(channel))


@routes("POST", "/channels/{channel}/messages", SEND)
def send(call: Call) -> Json:
    """Create Message."""
    channel = call.channel()
    message_sending.require_writable(call.world, call.bot_id, channel)
    message = message_sending.send(call.world, call.bot_id, channel, read_draft(call.fields), call.uploads)
    return message_payload.message(call.world, message, call.bot_id)


@routes("PATCH", "/channels/{channel}/messages/{message}", EDIT)
def edit(call: Call) -> Json:
    """Edit Message; those older than an hour have a limit of their own."""
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.VIEW_CHANNEL)
    message = call.message(channel)
    draft = read_draft(call.fields, standing_flags=message.flags)
    if call.now - message.created_at > OLD:
        call.limit(OLD_EDIT, channel.id)
    message_edits.edit(call.world, call.bot_id, channel, message, draft, call.uploads)
    return message_payload.message(call.world, message, call.bot_id)


@routes("DELETE", "/channels/{channel}/messages/{message}", DELETE)
def delete(call: Call) -> None:
    """Delete Message."""
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.VIEW_CHANNEL)
    message_edits.delete(call.world, call.bot_id, channel, call.message(channel))


@routes("POST", "/channels/{channel}/messages/bulk-delete")
def bulk_delete(call: Call) -> None:
    """Bulk Delete Messages."""
    problems = Problems()
    ids = Fields(call.fields, problems).snowflakes("messages", 100)
    problems.raise_any()
    message_edits.bulk_delete(call.world, call.bot_id, call.channel(), ids)


@routes("POST", "/channels/{channel}/messages/{message}/crosspost", PUBLISH)
def crosspost(call: Call) -> Json:
    """Crosspost Message."""
    channel = call.channel()
    message = message_edits.crosspost(call.world, call.bot_id, channel, call.message(channel))
    return message_payload.message(call.world, message, call.bot_id)


# --- pins, under the new path and the old one ------------------------------------------------------------------------


def _pinned(call: Call) -> list[Message]:
    channel = call.channel()
    if not call.world.require(call.bot_id, channel, P.VIEW_CHANNEL) & P.READ_MESSAGE_HISTORY:
        return []
    found = [each for each in channel.messages.values() if each.pinned_at is not None]
    return sorted(found, key=lambda each: each.pinned_at or each.created_at, reverse=True)


@routes("GET", "/channels/{channel}/messages/pins")
def pins(call: Call) -> Json:
    """Get Channel Pins."""
    limit = call.number("limit", 50, 1, 50)
    found = _pinned(call)
    items = [
        {"pinned_at": iso(each.pinned_at or call.now), "message": told(call, each)} for each in found[:limit]
    ]
    return {"items": items, "has_more": len(found) > limit}


@routes("GET", "/channels/{channel}/pins")
def pins_of_old(call: Call) -> list[Json]:
    """Get Pinned Messages, as it was before 2026: up to 50."""
    return [told(call, each) for each in _pinned(call)[:50]]


def _pin(call: Call) -> None:
    """Pin Message."""
    channel = call.channel()
    message_edits.pin(call.world, call.bot_id, channel, call.message(channel), True)


def _unpin(call: Call) -> None:
    """Unpin Message."""
    channel = call.channel()
    message_edits.pin(call.world, call.bot_id, channel, call.message(channel), False)


for _path in ("/channels/{channel}/messages/pins/{message}", "/channels/{channel}/pins/{message}"):
    routes("PUT", _path)(_pin)
    routes("DELETE", _path)(_unpin)
