"""Port to Discord: the state of channels and the permissions held in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Outcome
from bot.domain.subscriptions.subscription import MentionReach, SubscriptionOptions


class ChannelKind(StrEnum):
    """The kinds of channel that matter to a subscription."""

    TEXT = "text"
    ANNOUNCEMENT = "announcement"
    FORUM = "forum"
    THREAD = "thread"
    DIRECT = "direct"
    OTHER = "other"


class ChannelPermission(StrEnum):
    """A permission that commands check, under the name that Discord's API gives it."""

    SEE = "view_channel"
    SEND = "send_messages"
    SEND_IN_THREADS = "send_messages_in_threads"
    OPEN_THREADS = "create_public_threads"
    POLL = "send_polls"
    MENTION = "mention_everyone"


@dataclass(frozen=True, slots=True)
class HeldPermissions:
    """The permissions of one person in a channel."""

    guild_id: int | None
    kind: ChannelKind
    held: frozenset[ChannelPermission]


@dataclass(frozen=True, slots=True)
class ChannelState:
    """A channel as Discord describes it now, seen with the needs of one subscription."""

    channel_id: int
    guild_id: int | None
    name: str
    kind: ChannelKind
    age_restricted: bool
    """For a thread, the flag of its parent channel."""
    missing: tuple[str, ...] = ()
    """Permissions that the bot lacks for the subscription's style, named as in Discord's API."""
    tags: Mapping[int, str] | None = None
    """The tags of a forum, by id."""
    requires_tag: bool = False
    locked: bool = False
    """Set for a thread in which the bot cannot post."""
    hearing: MentionReach | None = None
    """Reach of the mention that the options name; None if they name none."""
    timed_out_until: datetime | None = None
    """Set while the bot is in time-out in the guild."""


class ChannelSurveyor(Protocol):
    """Questions about channels and permissions, answered by Discord."""

    async def survey(self, channel_id: int, options: SubscriptionOptions) -> ChannelState | None:
        """Return the state of a channel for posts with these options, or None if the bot cannot see the channel."""
        ...

    async def survey_for_panel(self, channel_id: int, *, poll: bool) -> ChannelState | None:
        """Return the state of a channel for a panel, or for a poll, or None if the bot cannot see the channel."""
        ...

    async def get_permissions(self, channel_id: int, viewer: Viewer) -> HeldPermissions | None:
        """Return the viewer's permissions in a channel, or None if the bot cannot see the channel."""
        ...

    async def get_mention_reach(self, guild_id: int, channel_id: int, role_id: int) -> MentionReach | None:
        """Return the reach of a mention of that role by the bot; None if Discord does not say."""
        ...

    async def is_age_restricted(self, channel_id: int) -> bool | Outcome:
        """Return whether the channel (or a thread's parent) is age-restricted; an outcome if Discord does not say."""
        ...
