"""Routes of polls: voters, and ending one early."""

from __future__ import annotations

from discord_sandbox import message_payload, payloads
from discord_sandbox.discord_objects import Json
from discord_sandbox.errors import ApiError
from discord_sandbox.operations import polls
from discord_sandbox.permissions import P
from discord_sandbox.rest.api_request import ApiRequest
from discord_sandbox.rest.router import RouteTable

routes = RouteTable()


@routes("GET", "/channels/{channel}/polls/{message}/answers/{answer}")
def voters(request: ApiRequest) -> Json:
    """Get Answer Voters."""
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.READ_MESSAGE_HISTORY)
    poll = request.message(channel).poll
    if poll is None or request.id("answer") not in poll.votes:
        raise ApiError(10008)
    limit, after = request.number("limit", 25, 1, 100), request.position("after") or 0
    found = [each for each in sorted(poll.votes[request.id("answer")]) if each > after][:limit]
    return {"users": [payloads.user(request.world.users[each]) for each in found]}


@routes("POST", "/channels/{channel}/polls/{message}/expire")
def expire(request: ApiRequest) -> Json:
    """End Poll."""
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.VIEW_CHANNEL)
    message = request.message(channel)
    polls.expire(request.world, request.bot_id, message)
    return message_payload.message(request.world, message, request.bot_id)
