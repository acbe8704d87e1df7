"""Polls: who voted for what, and closing one early."""

from __future__ import annotations

from discord_sandbox import message_payload, payloads
from discord_sandbox.errors import ApiError
from discord_sandbox.model import Json
from discord_sandbox.operations import polls
from discord_sandbox.permissions import P
from discord_sandbox.rest.api_request import Call
from discord_sandbox.rest.router import Table

routes = Table()


@routes("GET", "/channels/{channel}/polls/{message}/answers/{answer}")
def voters(call: Call) -> Json:
    """Get Answer Voters."""
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.READ_MESSAGE_HISTORY)
    poll = call.message(channel).poll
    if poll is None or call.id("answer") not in poll.votes:
        raise ApiError(10008)
    limit, after = call.number("limit", 25, 1, 100), call.position("after") or 0
    found = [each for each in sorted(poll.votes[call.id("answer")]) if each > after][:limit]
    return {"users": [payloads.user(call.world.users[each]) for each in found]}


@routes("POST", "/channels/{channel}/polls/{message}/expire")
def expire(call: Call) -> Json:
    """End Poll."""
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.VIEW_CHANNEL)
    message = call.message(channel)
    polls.expire(call.world, call.bot_id, message)
    return message_payload.message(call.world, message, call.bot_id)
