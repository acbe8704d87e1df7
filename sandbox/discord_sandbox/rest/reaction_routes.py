"""Reactions under a message. All routes share one narrow bucket a channel, as users of Discord measured it."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.model import Channel, Json, Message, Reaction
from discord_sandbox.operations import reactions
from discord_sandbox.permissions import P
from discord_sandbox.rate_limits import REACT
from discord_sandbox.rest.api_request import Call
from discord_sandbox.rest.router import Table

routes = Table()
_ALL = "/channels/{channel}/messages/{message}/reactions"
_EMOJI = _ALL + "/{emoji}"


def _target(call: Call) -> tuple[Channel, Message]:
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.VIEW_CHANNEL)
    return channel, call.message(channel)


def _emoji(call: Call) -> Reaction:
    return reactions.read_emoji(call.world, call.params["emoji"])


@routes("PUT", _EMOJI + "/@me", REACT)
def add(call: Call) -> None:
    """Create Reaction."""
    channel, message = _target(call)
    reactions.add(call.world, call.bot_id, channel, message, _emoji(call))


@routes("DELETE", _EMOJI + "/@me", REACT)
def remove_own(call: Call) -> None:
    """Delete Own Reaction."""
    channel, message = _target(call)
    reactions.remove(call.world, call.bot_id, call.bot_id, channel, message, _emoji(call))


@routes("DELETE", _EMOJI + "/{user}", REACT)
def remove(call: Call) -> None:
    """Delete User Reaction."""
    channel, message = _target(call)
    reactions.remove(call.world, call.bot_id, call.id("user"), channel, message, _emoji(call))


@routes("GET", _EMOJI)
def who(call: Call) -> list[Json]:
    """Get Reactions: users by id."""
    channel, message = _target(call)
    call.world.require(call.bot_id, channel, P.READ_MESSAGE_HISTORY)
    limit, after = call.number("limit", 25, 1, 100), call.position("after") or 0
    standing = message.reactions.get(reactions.key_of(_emoji(call)))
    if standing is None:
        return []
    burst = call.query.get("type") == "1"
    found = [each for each in sorted(standing.users) if each > after and standing.users[each] is burst][
        :limit
    ]
    return [payloads.user(call.world.users[each]) for each in found]


@routes("DELETE", _ALL, REACT)
def clear(call: Call) -> None:
    """Delete All Reactions."""
    channel, message = _target(call)
    reactions.clear(call.world, call.bot_id, channel, message)


@routes("DELETE", _EMOJI, REACT)
def clear_emoji(call: Call) -> None:
    """Delete All Reactions for Emoji."""
    channel, message = _target(call)
    reactions.clear(call.world, call.bot_id, channel, message, _emoji(call))
