"""Port to Discord: the channels for direct messages."""

from __future__ import annotations

from typing import Protocol

from bot.domain.delivery.outcomes import Outcome


class DmChannels(Protocol):
    """Maps users to their DM channels and back."""

    async def find_dm_channel(self, user_id: int) -> int | Outcome:
        """Return the id of the DM channel with a user; an outcome if Discord opens none."""
        ...

    async def find_dm_user(self, channel_id: int) -> int | None:
        """Return the id of the user of a DM channel; None if Discord does not say."""
        ...
