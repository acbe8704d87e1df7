"""The destinations that a change of a story's calendar concerns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.subscriptions.subscription import Subscription, SubscriptionState
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class CalendarAudience:
    """A story's subscriptions, by whether its calendar decides when they get a chapter."""

    channels: Sequence[Subscription] = ()
    followers: Sequence[Subscription] = ()
    paused: int = 0
    """Those that a manager has paused."""
    parked: int = 0
    """Those that refuse posts at present."""
    paced: int = 0
    """Those that get chapters by a schedule of their own, whatever the story's calendar says."""

    @property
    def is_empty(self) -> bool:
        """Return whether nobody would get anything now."""
        return not self.channels and not self.followers


async def find_audience(tx: Transaction, story: str, *, with_paced: bool = False) -> CalendarAudience:
    """Find the destinations of a story; `with_paced`: also those with a schedule of their own, as for a note."""
    active = await tx.subscriptions.list_by_story(story)
    paused = await tx.subscriptions.list_by_story(story, SubscriptionState.PAUSED)
    parked = await tx.subscriptions.list_by_story(story, SubscriptionState.PARKED)
    timed = [each for each in active if with_paced or each.options.pace is None]
    return CalendarAudience(
        channels=[each for each in timed if each.guild_id is not None],
        followers=[each for each in timed if each.guild_id is None],
        paused=len(paused),
        parked=len(parked),
        paced=len(active) - len(timed),
    )
