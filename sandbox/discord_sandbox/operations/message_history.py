"""Message history."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from discord_sandbox.discord_objects import Channel, ChannelType, Message
from discord_sandbox.errors import ApiError
from discord_sandbox.permissions import P
from discord_sandbox.world import World


@dataclass(frozen=True, slots=True)
class Window:
    """Part of a channel's history: `limit` messages before, after or around an id, or the newest."""

    limit: int = 50
    before: int | None = None
    after: int | None = None
    around: int | None = None


def page(world: World, reader_id: int, channel: Channel, window: Window) -> list[Message]:
    """Return the messages of a window, newest first.

    Without permission to read the history the result is empty, not an error (Discord's "Get Channel Messages").
    """
    rights = world.require(reader_id, channel, P.VIEW_CHANNEL)
    if channel.is_forum or channel.type is ChannelType.CATEGORY:
        raise ApiError(50008)
    if not rights & P.READ_MESSAGE_HISTORY:
        return []
    everything, limit = channel.messages.values(), window.limit
    if window.around is not None:
        older = [each for each in reversed(everything) if each.id <= window.around][: limit // 2 + 1]
        newer = [each for each in everything if each.id > window.around][: limit - len(older)]
        return [*reversed(newer), *older][:limit]
    if window.after is not None:
        after = window.after
        return list(islice((each for each in everything if each.id > after), limit))[::-1]
    before = window.before
    return list(islice((each for each in reversed(everything) if before is None or each.id < before), limit))
