"""Routes of reactions; all share one narrow bucket per channel, as measured by users of Discord."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Channel, Json, Message, Reaction
from discord_sandbox.operations import reactions
from discord_sandbox.permissions import P
from discord_sandbox.rate_limits import REACT
from discord_sandbox.rest.api_request import ApiRequest
from discord_sandbox.rest.router import RouteTable

routes = RouteTable()
_ALL = "/channels/{channel}/messages/{message}/reactions"
_EMOJI = _ALL + "/{emoji}"


def _target(request: ApiRequest) -> tuple[Channel, Message]:
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.VIEW_CHANNEL)
    return channel, request.message(channel)


def _emoji(request: ApiRequest) -> Reaction:
    return reactions.read_emoji(request.world, request.params["emoji"])


@routes("PUT", _EMOJI + "/@me", REACT)
def add(request: ApiRequest) -> None:
    """Create Reaction."""
    channel, message = _target(request)
    reactions.add(request.world, request.bot_id, channel, message, _emoji(request))


@routes("DELETE", _EMOJI + "/@me", REACT)
def remove_own(request: ApiRequest) -> None:
    """Delete Own Reaction."""
    channel, message = _target(request)
    reactions.remove(request.world, request.bot_id, request.bot_id, channel, message, _emoji(request))


@routes("DELETE", _EMOJI + "/{user}", REACT)
def remove(request: ApiRequest) -> None:
    """Delete User Reaction."""
    channel, message = _target(request)
    reactions.remove(request.world, request.bot_id, request.id("user"), channel, message, _emoji(request))


@routes("GET", _EMOJI)
def who(request: ApiRequest) -> list[Json]:
    """Get Reactions: users by id."""
    channel, message = _target(request)
    request.world.require(request.bot_id, channel, P.READ_MESSAGE_HISTORY)
    limit, after = request.number("limit", 25, 1, 100), request.position("after") or 0
    standing = message.reactions.get(reactions.key_of(_emoji(request)))
    if standing is None:
        return []
    burst = request.query.get("type") == "1"
    found = [each for each in sorted(standing.users) if each > after and standing.users[each] is burst][
        :limit
    ]
    return [payloads.user(request.world.users[each]) for each in found]


@routes("DELETE", _ALL, REACT)
def clear(request: ApiRequest) -> None:
    """Delete All Reactions."""
    channel, message = _target(request)
    reactions.clear(request.world, request.bot_id, channel, message)


@routes("DELETE", _EMOJI, REACT)
def clear_emoji(request: ApiRequest) -> None:
    """Delete All Reactions for Emoji."""
    channel, message = _target(request)
    reactions.clear(request.world, request.bot_id, channel, message, _emoji(request))
