"""Port to Discord: private notices to people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from bot.domain.delivery.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Notice:
    """News for one person, to be sent by DM."""

    user_id: int
    kind: str
    """Selects the wording."""
    facts: Mapping[str, str]
    """Values for the placeholders of the wording."""
    nonce: str


class NoticeMessenger(Protocol):
    """Sends notices to one person, or to a guild in place of an admin."""

    async def notify(self, notice: Notice) -> Outcome:
        """Send a notice by DM."""
        ...

    async def notify_guild(self, guild_id: int, notice: Notice) -> Outcome:
        """Post a notice for an admin who takes no DMs where a message can reach them in the guild, without a ping."""
        ...
