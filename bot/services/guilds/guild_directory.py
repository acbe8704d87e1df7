"""Port to Discord: membership and availability of guilds."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.domain.delivery.outcomes import Outcome


class GuildDirectory(Protocol):
    """Questions about guilds that the bot is in, answered by Discord."""

    async def is_member(self, guild_id: int, user_id: int) -> bool | Outcome:
        """Return whether a user is a member of a guild; an outcome if Discord does not say."""
        ...

    async def get_time_out_end(self, guild_id: int) -> datetime | None:
        """Return the end of the bot's last time-out in the guild; None if it has none or Discord does not say."""
        ...

    def has_outage(self, guild_id: int) -> bool:
        """Return whether Discord reports an outage of the guild, which is neither a removal nor a refusal."""
        ...
