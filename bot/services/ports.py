"""Ports to the world outside: the content folder and Discord. The clock's is in `bot.clock`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.delivery.delivery import MessageForm, Outcome
from bot.domain.delivery.post_identity import PostIdentity
from bot.domain.diagnostics import ContentProblems, Diagnostic
from bot.domain.pages import Page
from bot.domain.releases.release import Edition, PictureFile, Release
from bot.domain.statistics.counters import Counters
from bot.domain.stories.story import Serial, Story
from bot.domain.subscriptions.subscription import MentionReach, SubscriptionOptions
from bot.domain.suggestions.credits import Credits
from bot.domain.suggestions.panel_views import PanelPost, PollPost, PollResult

__all__ = [
    "ChannelKind",
    "ChapterPost",
    "Clock",
    "Destination",
    "Found",
    "Library",
    "MadePages",
    "MentionReach",
    "MessageRef",
    "Messenger",
    "Notice",
    "PostCounts",
    "Right",
    "Rights",
    "SearchOutcome",
    "Survey",
]


class Library(Protocol):
    """The authors' files, as last found sound."""

    def serials(self) -> Mapping[str, Serial]:
        """Every story by its slug; one whose story file broke keeps the description it had."""
        ...

    def under(self, story: Story) -> Serial | None:
        """The chapters of that story with the description given, whatever its story file says now; None where its
        folder or its chapters are gone."""
        ...

    def faults(self) -> tuple[Diagnostic, ...]:
        """What is wrong with the files as they are now."""
        ...

    def ailments(self) -> ContentProblems:
        """What keeps stories from going on, as the files are now."""
        ...

    async def picture(self, slug: str, path: str) -> PictureFile | None:
        """A picture of that story, or None if its file is not there any more."""
        ...


class MadePages(Protocol):
    """Pages of chapters, made before anybody asks for them."""

    def find(
        self, text: str, note_before: str | None, note_after: str | None, pov: str | None
    ) -> tuple[Page, ...] | None:
        """The pages of that text with those notes, if they were made already, in well under a millisecond."""
        ...


@dataclass(frozen=True, slots=True)
class Destination:
    """Where a post goes. `guild_id` is None for a DM, whose `user_id` is then the reader. In a `forum` a post is a
    thread of its own."""

    channel_id: int
    guild_id: int | None = None
    user_id: int | None = None
    forum: bool = False


@dataclass(frozen=True, slots=True)
class MessageRef:
    """A message in a server's channel or thread."""

    guild_id: int
    channel_id: int
    message_id: int


@dataclass(frozen=True, slots=True)
class ChapterPost:
    """One page of a chapter as a destination shows it, in the story's words and none of Discord's.

    `page_number` counts from 1. `marker` (1 to 2**31 - 1) is findable on the post afterwards. `mention` is the role to
    ping, `skipped` the releases this post names instead of posting them. `pictures` holds the files of this page, or
    the one picture of a card. A page in a thread has nothing to turn: it is number `part` of `parts`; `following` is
    the message with the next one, where that stands apart. `credits` are there where the chapter ends, `figures` under
    it once there are any; there stands which chapter is `succeeding` here, else `next_at`. `guild_id` is the server in
    whose language a post that stands is worded; None for a DM.
    """

    story: Story
    release: Release
    edition: Edition
    page: Page
    page_number: int
    page_count: int
    marker: int
    options: SubscriptionOptions
    pictures: tuple[PictureFile, ...] = ()
    mention: int | None = None
    skipped: tuple[Release, ...] = ()
    next_at: datetime | None = None
    succeeding: Release | None = None
    shape: MessageForm = MessageForm.PAGES
    part: int = 0
    parts: int = 0
    following: MessageRef | None = None
    figures: Counters | None = None
    credits: Credits = field(default_factory=Credits)
    guild_id: int | None = None


class ChannelKind(StrEnum):
    """The kinds of channel that matter to a subscription."""

    TEXT = "text"
    ANNOUNCEMENT = "announcement"
    FORUM = "forum"
    THREAD = "thread"
    DIRECT = "direct"
    OTHER = "other"


class Right(StrEnum):
    """What commands ask whether somebody may do it in a channel, as Discord's settings call it in English."""

    SEE = "View Channel"
    SEND = "Send Messages"
    SEND_IN_THREADS = "Send Messages in Threads"
    OPEN_THREADS = "Create Public Threads"
    POLL = "Create Polls"
    MENTION = "Mention All Roles"


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do in a channel of a server."""

    guild_id: int | None
    kind: ChannelKind
    held: frozenset[Right]


@dataclass(frozen=True, slots=True)
class Survey:
    """What Discord says of a channel now. `missing` names, as Discord's settings do, what the bot lacks there for
    that style. `age_restricted` is the parent's flag for a thread. `tags` are a forum's, by id. `locked` is a thread
    that the bot cannot post in. `hearing` is how the mention fares that the options name, None if they name none.
    `timed_out_until` is set while the bot is in time-out in that server."""

    channel_id: int
    guild_id: int | None
    name: str
    kind: ChannelKind
    age_restricted: bool
    missing: tuple[str, ...] = ()
    tags: Mapping[int, str] | None = None
    requires_tag: bool = False
    locked: bool = False
    hearing: MentionReach | None = None
    timed_out_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The bot's own post with the marker is there."""

    message_id: int


@dataclass(frozen=True, slots=True)
class PostCounts:
    """What Discord says of a post: how many stars of each kind it has beside the bot's own, and how many messages the
    thread under it, None if there is none."""

    stars: int
    super_stars: int
    messages: int | None = None


class SearchOutcome(StrEnum):
    """The other ends of looking for a post. `BLIND`: history may not be read, so absence proves nothing. `TOO_MUCH`:
    there is more than could be looked through. `LATER`: Discord did not answer."""

    ABSENT = "absent"
    BLIND = "blind"
    TOO_MUCH = "too much"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Notice:
    """News owed to one person by DM. `kind` names the words for it, `facts` fill them."""

    user_id: int
    kind: str
    facts: Mapping[str, str]
    nonce: str


class Messenger(Protocol):
    """Discord, as far as the services need it. No method raises for what Discord refuses: the outcome says it."""

    async def post(self, to: Destination, post: ChapterPost, nonce: str) -> Outcome:
        """Post once: an enforced nonce makes a repeat within Discord's window answer with the first message.

        A forum's `STARTER` has no such protection, so whoever posts it again looks for it first.
        """
        ...

    async def edit(self, channel_id: int, message_id: int, post: ChapterPost) -> Outcome:
        """Show another page (or revision) on a post of the bot's."""
        ...

    async def delete(self, channel_id: int, message_id: int) -> Outcome:
        """Delete a post of the bot's; one that is gone already is as good."""
        ...

    async def find(
        self, to: Destination, marker: int, since: datetime, chapter: int | None = None
    ) -> Found | SearchOutcome:
        """Look in the channel (a forum's threads) for the bot's own post with that marker, made at or after `since`.

        `chapter` is the mark of the chapter that it shows: a post that shows another was made for a row of that number
        in another state of the database.
        """
        ...

    async def traces(self, to: Destination, since: datetime) -> list[PostIdentity] | SearchOutcome:
        """The bot's own chapters in the channel, made at or after `since`, oldest first; of a forum its posts, of each
        its first message."""
        ...

    def watch(self, channel_ids: Iterable[int]) -> None:
        """Keep the newest message's id of these channels and threads whenever Discord tells of them."""
        ...

    def newest_in(self, channel_id: int) -> int | None:
        """The newest message's id of a watched channel (a forum's newest post), by the last that Discord told of it,
        which it does when a connection begins; 0 where there never was one, None where it told nothing."""
        ...

    def discord_time(self) -> datetime | None:
        """The time by Discord's own clock, or a little earlier; None before its first answer."""
        ...

    async def glance(self, channel_id: int, message_id: int) -> PostCounts | Outcome:
        """What Discord says of a post; an outcome if it says nothing, `Sent(None)` if the post is gone."""
        ...

    async def stars(
        self, channel_id: int, message_id: int, *, burst: bool, after: int
    ) -> tuple[set[int], int | None] | Outcome:
        """People (no bots) whose star stands under a post, with ids above `after`, a hundred at most; and the `after`
        with which the rest are asked for, None if these were all. `burst`: super reactions, which are listed apart."""
        ...

    async def comments(self, thread_id: int) -> int | Outcome:
        """How many messages a thread has, without the one that it hangs on and without deleted ones."""
        ...

    async def open_thread(self, channel_id: int, message_id: int, name: str) -> Outcome:
        """Open the thread under a message, whose id it shares; one that is there already is as good."""
        ...

    async def publish(self, channel_id: int, message_id: int) -> Outcome:
        """Hand a post in an announcement channel on to the channel's followers; once is enough."""
        ...

    async def direct(self, user_id: int) -> int | Outcome:
        """The channel for direct messages to somebody; an outcome if Discord opens none."""
        ...

    async def reader(self, channel_id: int) -> int | None:
        """Whose channel for direct messages that is; None where Discord does not say."""
        ...

    async def is_member(self, guild_id: int, user_id: int) -> bool | Outcome:
        """Whether somebody is in a server that the bot is in; an outcome if Discord does not say."""
        ...

    async def decorate(self, channel_id: int, message_id: int, *, turnable: bool) -> Outcome:
        """Add the page controls (when `turnable`) and the star."""
        ...

    async def notify(self, notice: Notice) -> Outcome:
        """Send a private message."""
        ...

    async def survey(self, channel_id: int, options: SubscriptionOptions) -> Survey | None:
        """What Discord says of a channel now, or None if the bot cannot see it."""
        ...

    async def survey_room(self, channel_id: int, *, poll: bool) -> Survey | None:
        """The same for a message that shows ideas, or a poll about them."""
        ...

    async def rights(self, channel_id: int, viewer: Viewer) -> Rights | None:
        """What that person may do in a channel now, or None where Discord shows the bot no such channel."""
        ...

    async def hearing(self, guild_id: int, channel_id: int, role_id: int) -> MentionReach | None:
        """How a mention of that role by the bot fares there; None if Discord does not say."""
        ...

    async def time_out(self, guild_id: int) -> datetime | None:
        """When the bot's last time-out in that server ends or has ended; None if it has none, or Discord does not
        say."""
        ...

    async def post_panel(self, to: Destination, panel: PanelPost, nonce: str) -> Outcome:
        """Post a board or a review once; see `post`."""
        ...

    async def edit_panel(self, channel_id: int, message_id: int, panel: PanelPost) -> Outcome:
        """Bring one up to date."""
        ...

    async def post_poll(self, to: Destination, poll: PollPost, nonce: str) -> Outcome:
        """Open a native poll once; see `post`."""
        ...

    async def read_poll(self, channel_id: int, message_id: int) -> PollResult | Outcome:
        """How a poll stands; `Sent(None)` where somebody deleted it."""
        ...

    async def end_poll(self, channel_id: int, message_id: int) -> Outcome:
        """End a poll of the bot's now; one that is over already is as good."""
        ...

    async def age_restricted(self, channel_id: int) -> bool | Outcome:
        """Whether Discord marks the channel (a thread's parent) as age-restricted; an outcome if it does not say."""
        ...

    def has_outage(self, guild_id: int) -> bool:
        """Whether Discord says that the server has an outage, which is neither a removal nor a refusal."""
        ...

    async def notify_server(self, guild_id: int, notice: Notice) -> Outcome:
        """Put news for an admin who takes no DMs where a message can reach them in the server, without a ping."""
        ...
