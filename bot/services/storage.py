"""The store's aggregates, as the services use them inside one transaction.

Every method is one or a few statements; none commits. Instants are aware and in UTC. Where a method answers `bool`,
False means that somebody else was first (compare-and-set), and nothing was changed.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.calendar import Standing
from bot.domain.delivery import Delivery, Shape
from bot.domain.reader import Bookmark
from bot.domain.release import Edition, PictureFile, Release
from bot.domain.revision import Announcement
from bot.domain.story import Chapter, Story
from bot.domain.subscription import Fault, Options, Pacing, Subscription, SubscriptionState
from bot.domain.suggestion import Suggestion, SuggestionState


@dataclass(frozen=True, slots=True)
class StoryRecord:
    """What the database remembers of a story: its last sound description and its standing in the calendar."""

    story: Story
    standing: Standing
    delay_reason: str | None = None
    hiatus_reason: str | None = None


class Stories(Protocol):
    """Stories by slug."""

    async def all(self) -> list[StoryRecord]:
        """Every story ever seen, by title."""
        ...

    async def many(self, slugs: Collection[str]) -> list[StoryRecord]:
        """Those of these slugs that there are."""
        ...

    async def marks(self) -> dict[str, Hashable]:
        """For every story something that is another as soon as its record is, and is quick to come by."""
        ...

    async def get(self, slug: str) -> StoryRecord | None: ...

    async def add(
        self,
        new: Story,
        *,
        first_seen: datetime,
        settled_until: datetime,
        seen: Collection[str] | None = None,
    ) -> None:
        """Remember a story seen for the first time, and which of its chapters have been looked at."""
        ...

    async def describe(self, changed: Story) -> None:
        """Replace the description; the standing stays."""
        ...

    async def settle(
        self, slug: str, *, was: datetime, until: datetime, seen: Collection[str] | None = None
    ) -> bool:
        """Move the mark up to which slots are dealt with, if it is still at `was`, and remember the chapters seen
        (None: as they are); forgets emptied slots before the mark."""
        ...

    async def empty_slot(self, slug: str, slot: datetime) -> None:
        """A slot whose chapter went out by hand: nothing comes out at it."""
        ...

    async def delay(self, slug: str, until: datetime | None, reason: str | None) -> None:
        """Set or lift (None) a delay."""
        ...

    async def hiatus(self, slug: str, since: datetime | None, reason: str | None) -> None:
        """Set or lift (None) a hiatus."""
        ...


@dataclass(frozen=True, slots=True)
class NewRelease:
    """A chapter to be recorded as out."""

    story: str
    chapter: Chapter
    at: datetime
    released_at: datetime
    words: int
    backlog: bool = False
    pictures: tuple[PictureFile, ...] = ()


@dataclass(frozen=True, slots=True)
class Current:
    """A release with what tells whether its file has changed since: its current edition without the text."""

    release: Release
    digest: str
    said: Announcement


@dataclass(frozen=True, slots=True)
class NewRevision:
    """A changed chapter to be recorded as the revision after `was`."""

    release_id: int
    was: int
    chapter: Chapter
    made_at: datetime
    words: int
    said: Announcement
    pictures: tuple[PictureFile, ...] = ()


class Releases(Protocol):
    """What is out, with its text and pictures."""

    async def add(self, new: NewRelease) -> Release | None:
        """Record it under the story's next number, with its first edition; None if that chapter is out already."""
        ...

    async def of(self, story: str) -> list[Release]:
        """All of a story, by number."""
        ...

    async def after(self, story: str, number: int) -> list[Release]:
        """Those of a story with a higher number, ascending."""
        ...

    async def get(self, release_id: int) -> Release | None: ...

    async def many(self, release_ids: Collection[int]) -> dict[int, Release]: ...

    async def by_number(self, story: str, number: int) -> Release | None: ...

    async def by_chapter(self, story: str, chapter: str) -> Release | None: ...

    async def count(self, story: str) -> int:
        """How many are out, which is the highest number."""
        ...

    async def edition(self, release_id: int, revision: int | None = None) -> Edition | None:
        """The text: of that revision, or the current one."""
        ...

    async def current(self, story: str) -> list[Current]:
        """All of a story with what tells whether their files have changed, by number."""
        ...

    async def revise(self, new: NewRevision) -> bool:
        """Add a revision with the chapter's present text; the release's title and length follow, a withdrawal ends,
        and the posts that show an older revision become stale. False if `was` is not the current revision."""
        ...

    async def withdraw(self, release_id: int, *, was: int, now: datetime) -> bool:
        """Take the chapter back: a revision with the text of the one before, shown to nobody; its posts become stale.
        False if `was` is not the current revision, or it is withdrawn already."""
        ...

    async def pictures(self, release_id: int, paths: Collection[str]) -> list[PictureFile]:
        """The pictures of that release with these paths, in the order of `paths`; unknown ones are left out."""
        ...


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

    async def change(self, subscription_id: int, options: Options) -> None:
        """Replace the options; place and state stay."""
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
class NewDelivery:
    """A ledger row to be made; (subscription, release, part) is unique in the schema."""

    subscription_id: int
    release_id: int
    part: int
    due_at: datetime
    nonce: str
    mention: bool
    skipped: tuple[int, ...] = ()
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class Job:
    """A claimed delivery with what it belongs to. `resumed`: an earlier claim ran out, its outcome is unknown."""

    delivery: Delivery
    subscription: Subscription
    release: Release
    resumed: bool = False


class Deliveries(Protocol):
    """The ledger."""

    async def add(self, rows: Sequence[NewDelivery]) -> int:
        """Enter rows; those that exist already are left as they are. Returns how many are new."""
        ...

    async def claim(
        self, now: datetime, until: datetime, limit: int, avoid: Collection[int] = ()
    ) -> list[Job]:
        """Claim up to `limit` deliveries that are due, oldest first, by compare-and-set.

        Only the earliest unsettled delivery (by release number, then part) of a subscription qualifies, only of active
        subscriptions, at most one of a channel, none of the channels `avoid`. A claim that ran out qualifies too.
        `first_tried_at` and `attempts` are set, so the attempt is on record before it is made.
        """
        ...

    async def get(self, delivery_id: int) -> Delivery | None: ...

    async def made(self, delivery_id: int, message_id: int) -> bool:
        """The message of a claimed one exists; what else belongs to it is still to be done, so it stays claimed."""
        ...

    async def sent(self, delivery_id: int, message_id: int | None, now: datetime) -> bool:
        """Settle a claimed one as sent."""
        ...

    async def among(self, delivery_ids: Collection[int]) -> set[int]:
        """Those of these that the ledger still has: what is planned anew is forgotten first."""
        ...

    async def sent_all(self, message_ids: Mapping[int, int | None], now: datetime) -> None:
        """Settle claimed ones as sent: the message of each, by delivery."""
        ...

    async def again(self, delivery_id: int, due_at: datetime, reason: str, *, fresh: bool) -> bool:
        """Release a claim: it is due again later. `fresh`: it surely was not sent, so the next attempt starts anew."""
        ...

    async def park(self, delivery_id: int, reason: str, *, fresh: bool = False) -> bool:
        """Settle a claimed one as parked. `fresh`: it surely was not sent, so once unparked it starts anew."""
        ...

    async def skip(self, delivery_id: int, reason: str) -> bool:
        """Settle a claimed one as skipped."""
        ...

    async def renew(self, row: NewDelivery) -> bool:
        """Enter a row, also where one was skipped; False if there is one that was sent or will be."""
        ...

    async def forget(self, delivery_id: int) -> None:
        """Its message was deleted because nobody is to have it any more."""
        ...

    async def reclaim(self, now: datetime) -> int:
        """Have every claim run out now, whoever made it; returns how many. What was tried stays on record."""
        ...

    async def unpark(self, subscription_id: int, due_at: datetime) -> int:
        """Make the parked ones of a subscription due again; returns how many."""
        ...

    async def withdraw(self, subscription_id: int) -> int | None:
        """Take back what is planned after the last post that was tried, sent or given up; returns the number of the
        first release that is no longer planned, None if nothing was taken back."""
        ...

    async def cancel(self, subscription_id: int, reason: str) -> int:
        """Skip everything of a subscription that is due or parked and has not been tried; returns how many."""
        ...

    async def last_due(self, subscription_ids: Collection[int]) -> dict[int, datetime]:
        """For each of them that has unsettled deliveries, when the last is due."""
        ...

    async def next_due(self) -> datetime | None:
        """When the next delivery is due or the next claim runs out."""
        ...

    async def unsettled(self, subscription_id: int) -> int:
        """How many are still to be sent."""
        ...


@dataclass(frozen=True, slots=True)
class Post:
    """A message of a chapter in Discord. `page` counts from 1; `delivery_id` is None once the ledger has forgotten it.
    Only a `PAGES` post has more than one page to turn; `part` is the page that a `PART` shows."""

    message_id: int
    channel_id: int
    guild_id: int | None
    release_id: int
    delivery_id: int | None
    page: int
    page_count: int
    revision: int
    decorated: bool
    restored: bool = False
    shape: Shape = Shape.PAGES
    part: int = 0


class Posts(Protocol):
    """Posts by message id."""

    async def add(self, post: Post) -> None:
        """Remember a post; the same message again changes nothing."""
        ...

    async def add_all(self, posts: Sequence[Post]) -> None:
        """Remember several."""
        ...

    async def get(self, message_id: int) -> Post | None: ...

    async def of_delivery(self, delivery_id: int) -> Post | None: ...

    async def following(self, post: Post) -> Post | None:
        """The message with the page after that of a thread."""
        ...

    async def show(self, message_id: int, page: int, page_count: int, revision: int) -> None:
        """The post shows another page or revision now. One that had no pages to turn and has some now wants its
        controls again."""
        ...

    async def stale(self, limit: int, avoid: Collection[int] = ()) -> list[Post]:
        """Posts that show an older revision than the current one, newest first, without the messages `avoid`."""
        ...

    async def leave(self, message_id: int, revision: int) -> None:
        """That revision cannot be shown on the post: it is stale no more until the next one."""
        ...

    async def bare(self, limit: int) -> list[Post]:
        """Posts that still want their reactions, newest first."""
        ...

    async def decorated(self, message_id: int) -> None: ...

    async def stripped(self, message_id: int) -> bool:
        """A moderator cleared the controls: they are to be restored if that has not been done before."""
        ...

    async def forget(self, message_id: int) -> None:
        """The message is gone from Discord."""
        ...


class Readers(Protocol):
    """Places and votes of people."""

    async def bookmark(self, user_id: int, story: str) -> Bookmark | None: ...

    async def bookmarks(self, user_id: int) -> list[Bookmark]:
        """All of a reader, the most recently read first."""
        ...

    async def keep(self, bookmark: Bookmark) -> None:
        """Insert or replace; the furthest place never goes back."""
        ...

    async def vote(self, release_id: int, user_id: int, now: datetime) -> bool:
        """Count a vote; False if it was there."""
        ...

    async def unvote(self, release_id: int, user_id: int) -> bool: ...

    async def votes(self, release_id: int) -> int: ...


@dataclass(frozen=True, slots=True)
class NewSuggestion:
    """An idea to be queued."""

    story: str
    chapter: str | None
    idea: str
    maker: int
    maker_name: str
    anonymous: bool
    name_me: bool
    created_at: datetime
    guild_id: int | None
    channel_id: int | None


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of a suggestion's record. `by` is None once that person was erased."""

    was: SuggestionState | None
    became: SuggestionState
    by: int | None
    at: datetime
    reason: str | None


class Suggestions(Protocol):
    """The queue."""

    async def add(self, new: NewSuggestion) -> Suggestion:
        """Queue it under the bot's next number, with the first entry of its record."""
        ...

    async def get(self, number: int) -> Suggestion | None: ...

    async def of_maker(self, user_id: int) -> list[Suggestion]:
        """Everything one reader made, newest first."""
        ...

    async def queue(
        self,
        stories: Collection[str] | None,
        state: SuggestionState | None,
        *,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[Suggestion]:
        """The queue of these stories (None: all), newest first, in that state (None: any)."""
        ...

    async def count(self, stories: Collection[str] | None, state: SuggestionState | None) -> int: ...

    async def undecided_by(self, user_id: int, story: str) -> int: ...

    async def last_made(self, user_id: int) -> datetime | None: ...

    async def decide(
        self,
        number: int,
        *,
        was: SuggestionState,
        to: SuggestionState,
        by: int,
        at: datetime,
        reason: str | None = None,
        into: int | None = None,
        used_in: str | None = None,
    ) -> bool:
        """One update that names the old state, plus the entry in the record; False if somebody was first."""
        ...

    async def history(self, number: int) -> list[Change]: ...


@dataclass(frozen=True, slots=True)
class PendingNotice:
    """A private message that somebody is owed. `facts` fill its words when it is sent."""

    id: int
    user_id: int
    kind: str
    facts: dict[str, str]
    nonce: str
    attempts: int
    created_at: datetime


class Notices(Protocol):
    """The outbox of private messages: told once, whatever happens in between."""

    async def add(
        self, user_id: int, kind: str, facts: dict[str, str], *, key: str, nonce: str, now: datetime
    ) -> bool:
        """Owe somebody a message; `key` is unique, so the same news twice is owed once."""
        ...

    async def claim(self, now: datetime, until: datetime, limit: int) -> list[PendingNotice]:
        """Claim by compare-and-set those that are due or whose claim ran out, oldest first."""
        ...

    async def told(self, notice_id: int, now: datetime) -> None: ...

    async def again(self, notice_id: int, due_at: datetime) -> None: ...

    async def refused(self, notice_id: int) -> None:
        """They take no DMs: it waits until they next use a command."""
        ...

    async def take_waiting(self, user_id: int, now: datetime) -> list[PendingNotice]:
        """What could not be told by DM; they count as told from now on."""
        ...

    async def next_due(self) -> datetime | None: ...


class Guilds(Protocol):
    """Servers the bot is or was in."""

    async def present(self, guild_ids: Collection[int], now: datetime) -> set[int]:
        """The bot is in exactly these: the others are marked as left at `now` unless they were before; returns those
        marked."""
        ...

    async def joined(self, guild_id: int) -> None: ...

    async def left(self, guild_id: int, now: datetime) -> None: ...

    async def erase_left_before(self, moment: datetime) -> int:
        """Erase what servers had set up that the bot left before that moment; returns how many servers."""
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

    async def hasten(self, subscription_id: int, now: datetime, look_at: datetime) -> None:
        """Look at it then, unless it is to be looked at sooner. A look that is under way may have seen too little."""
        ...

    async def revived(self, subscription_id: int, *, looks: int, now: datetime) -> None:
        """It goes on by itself; if it is parked again before a post arrives, its looks go on counting."""
        ...

    async def revived_after(self, guild_id: int, moment: datetime) -> dict[int, datetime]:
        """The subscriptions of that server that went on by themselves after `moment`, and when."""
        ...


class Settings(Protocol):
    """Small things to be remembered, by key."""

    async def get(self, key: str) -> str | None: ...

    async def set(self, key: str, value: str) -> None: ...


class Transaction(Protocol):
    """One transaction, with every aggregate at hand."""

    @property
    def stories(self) -> Stories: ...
    @property
    def releases(self) -> Releases: ...
    @property
    def subscriptions(self) -> Subscriptions: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def posts(self) -> Posts: ...
    @property
    def readers(self) -> Readers: ...
    @property
    def suggestions(self) -> Suggestions: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def guilds(self) -> Guilds: ...
    @property
    def parking(self) -> Parking: ...
    @property
    def settings(self) -> Settings: ...
