"""Port to Discord: chapter posts, from sending to deletion.

No method raises for what Discord refuses: the outcome says it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.domain.delivery.outcomes import Outcome
from bot.domain.delivery.post_identity import PostIdentity
from bot.domain.pages import Page
from bot.domain.releases.release import Edition, PictureFile, Release
from bot.domain.statistics.counters import Counters
from bot.domain.stories.story import Story
from bot.domain.subscriptions.release_styles import MessageForm
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.domain.suggestions.credits import Credits
from bot.services.guilds.channel_survey import ChannelSurveyor
from bot.services.guilds.guild_directory import GuildDirectory
from bot.services.people.dm_channels import DmChannels


@dataclass(frozen=True, slots=True)
class Destination:
    """The place that a post is sent to."""

    channel_id: int
    guild_id: int | None = None
    """None for a DM."""
    user_id: int | None = None
    """The reader of a DM."""
    forum: bool = False
    """Set for a forum, where each post is a thread of its own."""


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message in a channel or thread of a guild."""

    guild_id: int
    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class ChapterPost:
    """One page of a chapter as a destination shows it, free of Discord's terms."""

    story: Story
    release: Release
    edition: Edition
    page: Page
    page_number: int
    """Counted from 1."""
    page_count: int
    marker: int
    """A number (1 to 2**31 - 1) by which the post can be found afterwards."""
    options: SubscriptionOptions
    pictures: tuple[PictureFile, ...] = ()
    """The files of this page, or the one picture of a card."""
    mention: int | None = None
    """The role to ping."""
    skipped: tuple[Release, ...] = ()
    """Releases that this post names instead of posting them."""
    next_at: datetime | None = None
    """When the next chapter is expected, if none succeeds this one here yet."""
    succeeding: Release | None = None
    """The next chapter at this destination, once it is out."""
    shape: MessageForm = MessageForm.PAGES
    part: int = 0
    """Number of this page among `parts` in a thread, where pages are not turned; else 0."""
    parts: int = 0
    following: MessageRef | None = None
    """The message with the next page, where that is a message of its own."""
    figures: Counters | None = None
    """Counters shown at the end of the chapter, once there are any."""
    credits: Credits = field(default_factory=Credits)
    """Credits shown at the end of the chapter."""
    is_followed: bool = False
    """Set in the direct messages of a reader who follows the story."""
    guild_id: int | None = None
    """The guild whose language the post uses once it is sent; None for a DM."""


@dataclass(frozen=True, slots=True)
class FoundPost:
    """The bot's own post with the marker that was searched for."""

    message_id: int


class SearchOutcome(StrEnum):
    """The result of a search that found no post."""

    ABSENT = "absent"
    BLIND = "blind"
    """History may not be read, so absence proves nothing."""
    TOO_MUCH = "too much"
    """There is more history than could be searched."""
    LATER = "later"
    """Discord did not answer."""


class PostMessenger(GuildDirectory, Protocol):
    """Sends, changes, finds and deletes chapter posts."""

    async def post(self, to: Destination, post: ChapterPost, nonce: str) -> Outcome:
        """Post once: an enforced nonce makes a repeat within Discord's window answer with the first message.

        A forum's `STARTER` has no such protection, so a caller that posts it again looks for it first.
        """
        ...

    async def edit(self, channel_id: int, message_id: int, post: ChapterPost) -> Outcome:
        """Replace the page that a post shows."""
        ...

    async def delete(self, channel_id: int, message_id: int) -> Outcome:
        """Delete a message of the bot; succeeds too if the message is gone already."""
        ...

    async def find(
        self, to: Destination, marker: int, since: datetime, chapter: int | None = None
    ) -> FoundPost | SearchOutcome:
        """Search a channel (or a forum's threads) for the bot's post with a marker, sent at or after `since`.

        `chapter` is the mark of the chapter that the post shows. A post with another chapter belongs to a row of the
        same number in another state of the database and is passed over.
        """
        ...

    async def list_chapter_posts(
        self, to: Destination, since: datetime
    ) -> list[PostIdentity] | SearchOutcome:
        """List the bot's chapter posts in a channel, sent at or after `since`, oldest first.

        Of a forum these are its posts, each with its first message.
        """
        ...

    def watch(self, channel_ids: Iterable[int]) -> None:
        """Track the newest message id of these channels and threads from gateway events."""
        ...

    def newest_in(self, channel_id: int) -> int | None:
        """Return the newest message id of a watched channel (for a forum: its newest post) by the last event.

        Discord names it when a connection begins. The answer is 0 where there never was a message and None where no
        event named one.
        """
        ...

    def discord_time(self) -> datetime | None:
        """Return the time by Discord's clock, or slightly earlier; None before its first answer."""
        ...

    async def open_thread(self, channel_id: int, message_id: int, name: str) -> Outcome:
        """Open the thread under a message, which shares its id; succeeds too if the thread exists already."""
        ...

    async def publish(self, channel_id: int, message_id: int) -> Outcome:
        """Crosspost a message of an announcement channel to the channel's followers."""
        ...

    async def decorate(self, channel_id: int, message_id: int, *, turnable: bool) -> Outcome:
        """Add the star and, if `turnable`, the page controls."""
        ...


class DeliveryMessenger(PostMessenger, ChannelSurveyor, DmChannels, Protocol):
    """Everything that a delivery asks of Discord."""
