"""Reading back what was written."""

from __future__ import annotations

from discord_sandbox.errors import ApiError
from discord_sandbox.model import Channel, ChannelType, Message
from discord_sandbox.permissions import P
from discord_sandbox.world import World


def page(
    world: World,
    reader_id: int,
    channel: Channel,
    *,
    limit: int = 50,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
) -> list[Message]:
    """Up to `limit` messages, newest first.

    Without the right to read history the answer is empty, not an error (Discord's "Get Channel Messages").
    """
    rights = world.require(reader_id, channel, P.VIEW_CHANNEL)
    if channel.is_forum or channel.type is ChannelType.CATEGORY:
        raise ApiError(50008)
    if not rights & P.READ_MESSAGE_HISTORY:
        return []
    everything = channel.messages.values()
    if around is not None:
        older = [each for each in reversed(everything) if each.id <= around][: limit // 2 + 1]
        newer = [each for each in everything if each.id > around][: limit - len(older)]
        return [*reversed(newer), *older][:limit]
    if after is not None:
        found: list[Message] = []
        for each in everything:
            if each.id > after:
                found.append(each)
                if len(found) == limit:
                    break
        return found[::-1]
    found = []
    for each in reversed(everything):
        if before is None or each.id < before:
            found.append(each)
            if len(found) == limit:
                break
    return found
