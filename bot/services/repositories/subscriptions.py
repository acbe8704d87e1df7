"""Standing orders, and those that are parked."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.subscriptions.subscription import (
    Fault,
    Hearing,
    Options,
    Pacing,
    Start,
    Subscription,
    SubscriptionState,
)


class Subscriptions(Protocol):
    """Standing orders, one per channel and story."""

    async def add(
        self,
        *,
        story: str,
        guild_id: int | None,
        channel_id: int,
        user_id: int | None,
        created_by: int,
        created_at: datetime,
        place: int,
        options: Options,
        forum: bool = False,
        pacing: Pacing | None = None,
        wished: int = 0,
        start: Start | None = None,
    ) -> Subscription | None:
        """Enter a new one; None if that channel has one for that story already."""
        ...

    async def get(self, subscription_id: int) -> Subscription | None: ...

    async def find(self, channel_id: int, story: str) -> Subscription | None:
        """Also an ended one: it keeps its place."""
        ...

    async def of_guild(self, guild_id: int) -> list[Subscription]:
        """Those not ended, by story and channel."""
        ...

    async def of_channel(self, channel_id: int) -> list[Subscription]:
        """Those not ended, by story."""
        ...

    async def of_story(
        self,
        story: str,
        state: SubscriptionState = SubscriptionState.ACTIVE,
        *,
        paced: bool | None = None,
    ) -> list[Subscription]:
        """Those in that state; `paced`: only those with, or without, a pace of their own."""
        ...

    async def of_reader(self, user_id: int) -> list[Subscription]:
        """A reader's own, those not ended, by story."""
        ...

    async def paced_due(self, now: datetime, limit: int) -> list[Subscription]:
        """Active ones with a slot of their own pace at or before `now`, the longest due first."""
        ...

    async def next_slot(self) -> datetime | None:
        """When the next slot of any active one's own pace is."""
        ...

    async def pace(self, pacings: Mapping[int, Pacing | None]) -> None:
        """Remember how far these have come; None where a subscription has no pace any more."""
        ...

    async def stories_in(self, guild_id: int) -> set[str]:
        """Slugs of the stories that have a subscription in that server that has not ended."""
        ...

    async def change(self, subscription_id: int, options: Options, start: Start | None = None) -> None:
        """Replace the options; place and state stay. `start` is where it begins anew, if it does. Another role than
        before has no fault yet."""
        ...

    async def hear(self, subscription_id: int, role_id: int, fault: Hearing | None) -> bool:
        """Why that role is not mentioned, None if it is; False if that was known, or it mentions another by now."""
        ...

    async def move(self, subscription_ids: Collection[int], place: int) -> None:
        """Set the place, for all of them where it is lower than `place`."""
        ...

    async def pass_over(self, story: str, *, was: int, to: int) -> None:
        """Set the place of all of a story that are at `was`, whatever their state."""
        ...

    async def rewind(self, subscription_id: int, place: int) -> None:
        """Set the place to any other, as `start` asks. The ledger forgets what it held of releases after `place`, so
        that they can be delivered again; the posts that came of it stay known."""
        ...

    async def wish(self, subscription_id: int, number: int) -> None:
        """The releases up to that number are asked for, so no rule for missed slots cuts them short; 0: none are."""
        ...

    async def turn(
        self,
        subscription_id: int,
        to: SubscriptionState,
        *,
        was: Collection[SubscriptionState],
        fault: Fault | None = None,
    ) -> bool:
        """Change the state if it is one of `was`; stores the fault (None clears it)."""
        ...


@dataclass(frozen=True, slots=True)
class Parked:
    """A parked subscription and when it is looked at. `looks` counts those since a post last arrived there."""

    subscription: Subscription
    looks: int
    looked_at: datetime | None
    look_at: datetime | None


class Parking(Protocol):
    """When parked destinations are looked at again. Only subscriptions that are parked now are found here."""

    async def looks(self, subscription_id: int, *, since: datetime) -> int:
        """How often it was looked at if it went on by itself after `since` and no post has arrived there; else 0."""
        ...

    async def await_look(self, subscription_id: int, *, looks: int, look_at: datetime) -> None:
        """It is parked: look at it then."""
        ...

    async def due(self, now: datetime, limit: int) -> list[Parked]:
        """Those to be looked at now, the longest due first; none of servers the bot was removed from."""
        ...

    async def of_guilds(self, guild_ids: Collection[int]) -> list[Parked]: ...

    async def of_story(self, story: str) -> list[Parked]: ...

    async def next_look(self) -> datetime | None:
        """When the next one is due."""
        ...

    async def looked(self, parked: Parked, *, looks: int, now: datetime, look_at: datetime) -> None:
        """It was looked at and stays parked. A wish to look sooner that came meanwhile stands."""
        ...

    async def hasten(
        self, subscription_id: int, now: datetime, look_at: datetime, *, anyway: bool = False
    ) -> None:
        """Look at it then, unless it is to be looked at sooner, which `anyway` passes over. A look that is under way
        may have seen too little."""
        ...

    async def revived(self, subscription_id: int, *, looks: int, now: datetime) -> None:
        """It goes on by itself; if it is parked again before a post arrives, its looks go on counting."""
        ...

    async def revived_after(self, guild_id: int, moment: datetime) -> dict[int, datetime]:
        """The subscriptions of that server that went on by themselves after `moment`, and when."""
        ...
