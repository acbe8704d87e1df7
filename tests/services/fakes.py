"""A small world for the use cases: real rules, a real database, our own ports faked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.clock import ManualClock
from bot.domain.authorization import Viewer
from bot.domain.delivery.message_ids import posted_at
from bot.domain.delivery.outcomes import Outcome, Refused, Sent
from bot.domain.delivery.post_identity import PostIdentity, chapter_mark
from bot.domain.diagnostics import ContentProblems, Diagnostic
from bot.domain.releases.release import PictureFile
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.schedule.schedule import parse_schedule
from bot.domain.stories.story import Author, Chapter, Rating, Serial, Status, Story, SuggestionPolicy
from bot.domain.subscriptions.subscription import DeliveryFault, MentionReach, SubscriptionOptions
from bot.domain.suggestions.panel_contents import PanelPost, PollPost, PollResult
from bot.kit.rate_limiter import RateLimiter, SpareRate
from bot.services.delivery.composer import PostComposer
from bot.services.delivery.crossposting import Crossposter
from bot.services.delivery.delivery_dependencies import DeliveryDependencies
from bot.services.delivery.post_messenger import ChapterPost, Destination, FoundPost, SearchOutcome
from bot.services.delivery.reaction_controls import ReactionControls
from bot.services.delivery.restore_recovery import RestoreRecovery
from bot.services.delivery.worker import DeliveryWorker
from bot.services.guilds.channel_survey import ChannelKind, ChannelPermission, ChannelState, HeldPermissions
from bot.services.guilds.guild_members import GuildMembers
from bot.services.notifications.notice_messenger import Notice
from bot.services.notifications.outbox import NotificationOutbox
from bot.services.pages.paginator import Paginator
from bot.services.people.languages import Languages
from bot.services.privacy.personal_data import PersonalData
from bot.services.reading.dm_pages import DmPages
from bot.services.reading.page_turns import PageTurns
from bot.services.reading.post_counter_refresh import PostCounterRefresh
from bot.services.reading.post_refresh import PostRefresh
from bot.services.reading.private_reader import PrivateReader
from bot.services.releases.calendar_confirmations import CalendarConfirmations
from bot.services.releases.calendar_notice_messenger import CalendarNoticePost
from bot.services.releases.calendar_notice_sender import CalendarNoticeSender
from bot.services.releases.calendar_notices import CalendarNotices
from bot.services.releases.calendar_overrides import CalendarOverrides
from bot.services.releases.content_sync import ContentSync
from bot.services.releases.publisher import ReleasePublisher
from bot.services.sharing.shareable_lines import ShareableLines
from bot.services.statistics.counters import CounterTracker
from bot.services.statistics.morning_cards import MorningCards
from bot.services.statistics.post_counts import PostCounts
from bot.services.statistics.reconciliation import Reconciliation
from bot.services.stories.autocomplete_choices import AutocompleteChoices
from bot.services.stories.catalogue import Catalogue
from bot.services.stories.publishable_content import PublishableContent
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.subscriptions.channel_subscriptions import ChannelSubscriptions
from bot.services.subscriptions.followers import Followers
from bot.services.subscriptions.guild_retention import GuildRetention
from bot.services.subscriptions.subscription_requests import SubscribeRequest
from bot.services.subscriptions.unparking import ParkedRecovery
from bot.services.suggestions.blocking import BlockList
from bot.services.suggestions.decisions import Decisions
from bot.services.suggestions.limits import SuggestionLimits
from bot.services.suggestions.panels import Panels
from bot.services.suggestions.polls import Polls
from bot.services.suggestions.review_channel_policy import ReviewChannelPolicy
from bot.services.suggestions.review_channels import ReviewChannels
from bot.services.suggestions.review_queue import ReviewQueue
from bot.services.suggestions.similarity import SimilarityIndex
from bot.services.suggestions.submission import Submissions
from bot.services.suggestions.supporters import Supporters
from bot.store.database import Database
from bot.store.suggestions.review_channel_records import EVERY_STORY

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
GUILD, CHANNEL, OTHER_CHANNEL = 500, 600, 601
OPERATOR = 9
ADMIN = Viewer(1, "Admin", guild_id=GUILD, channel_id=CHANNEL, manages_guild=True)
AUTHOR = Viewer(2, "Author", guild_id=GUILD, channel_id=CHANNEL)
READER = Viewer(3, "Reader", guild_id=GUILD, channel_id=CHANNEL)
STRANGER = Viewer(4, "Stranger", guild_id=GUILD, channel_id=CHANNEL)
LIMITS = SuggestionLimits(open_per_reader=5, cooldown=timedelta(seconds=30), words=("Blister", "ガス"))


def chapter(key: str, text: str | None = None, **more: object) -> Chapter:
    """A chapter of that key with a text of its own; its front matter gives the key unless it has a `file`, so that
    those with equal texts are chapters all the same."""
    more = {"named": "file" not in more} | more
    return Chapter(key=key, title=key.title(), text=text or f"This is the chapter called {key}.", **more)  # type: ignore[arg-type]


def label(number: int, title: str | None, *, withdrawn: bool = False, coming: bool = False) -> str:
    """As chapters are called in a list."""
    return (
        f"{number}. {title or 'Chapter'}{' (withdrawn)' if withdrawn else ''}{' (to come)' if coming else ''}"
    )


def long_text(words: int) -> str:
    """A text of that many different words, in paragraphs of fifty."""
    all_words = [f"word{i}" for i in range(words)]
    return "\n\n".join(" ".join(all_words[i : i + 50]) + "." for i in range(0, words, 50))


def serial(
    *chapters: Chapter,
    slug: str = "lamps",
    schedule: str | None = "daily at 12:30",
    rating: Rating = Rating.GENERAL,
    catch_up: CatchUp = CatchUp.ALL,
    backlog: int = 0,
    status: Status = Status.ONGOING,
    guilds: frozenset[int] | None = None,
    suggestions: SuggestionPolicy | None = None,
) -> Serial:
    """A serial by `AUTHOR`, in UTC."""
    return Serial(
        Story(
            slug=slug,
            title=slug.title(),
            release_rules=ReleaseRules(
                schedule=parse_schedule(schedule) if schedule else None,
                zone=ZoneInfo("UTC"),
                start=None,
                catch_up=catch_up,
                backlog=backlog,
            ),
            authors=(Author("Ada", AUTHOR.user_id),),
            rating=rating,
            status=status,
            guilds=guilds,
            suggestions=suggestions or SuggestionPolicy(),
        ),
        chapters,
    )


class FakeLibrary:
    """Serials in memory."""

    def __init__(self, *serials: Serial) -> None:
        self.held = {s.story.slug: s for s in serials}
        self.unsound: dict[str, Serial] = {}
        self.ills = ContentProblems()
        self.pictures: dict[tuple[str, str], bytes] = {}

    def put(self, new: Serial) -> None:
        """Add or replace a serial."""
        self.held[new.story.slug] = new

    def serials(self) -> Mapping[str, Serial]:
        return self.held

    def with_description(self, story: Story) -> Serial | None:
        held = self.unsound.get(story.slug)
        return None if held is None else replace(held, story=story)

    def list_faults(self) -> tuple[Diagnostic, ...]:
        return ()

    def problems(self) -> ContentProblems:
        return self.ills

    async def picture(self, slug: str, path: str) -> PictureFile | None:
        data = self.pictures.get((slug, path))
        return PictureFile(path, "image/png", data) if data is not None else None


@dataclass
class FakeMessenger:
    """Discord as far as the port goes: keeps what was posted, and answers as it is told to."""

    posts: dict[int, tuple[Destination, ChapterPost, str]] = field(default_factory=dict)
    edits: list[tuple[int, ChapterPost]] = field(default_factory=list)
    deleted: list[int] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    decorated: list[int] = field(default_factory=list)
    answers: list[Outcome] = field(default_factory=list)
    edit_answers: list[Outcome] = field(default_factory=list)
    notice_answers: list[Outcome] = field(default_factory=list)
    decoration_answers: list[Outcome] = field(default_factory=list)
    server_answers: list[Outcome] = field(default_factory=list)
    server_notices: list[tuple[int, Notice]] = field(default_factory=list)
    outages: set[int] = field(default_factory=set)
    step_answers: list[Outcome] = field(default_factory=list)
    direct_answers: list[Outcome] = field(default_factory=list)
    threads: dict[int, str] = field(default_factory=dict)
    published: list[int] = field(default_factory=list)
    deletion_answers: list[Outcome] = field(default_factory=list)
    ids_from: int = 9000
    lost_answers: bool = False
    looked: int = 0
    look_answer: SearchOutcome | None = None
    surveys: dict[int, ChannelState | None] = field(default_factory=dict)
    starred: dict[int, dict[int, bool]] = field(default_factory=dict)
    talk: dict[int, int] = field(default_factory=dict)
    look_answers: list[Outcome] = field(default_factory=list)
    panels: dict[int, tuple[Destination, PanelPost, str]] = field(default_factory=dict)
    panel_edits: list[tuple[int, PanelPost]] = field(default_factory=list)
    polls: dict[int, tuple[Destination, PollPost, str]] = field(default_factory=dict)
    calendar_posts: dict[int, tuple[Destination, CalendarNoticePost, str]] = field(default_factory=dict)
    poll_results: list[PollResult | Outcome] = field(default_factory=list)
    ended: list[int] = field(default_factory=list)
    roles: dict[int, MentionReach] = field(default_factory=dict)
    lost: dict[tuple[int, int], frozenset[ChannelPermission]] = field(default_factory=dict)
    members: set[tuple[int, int]] = field(default_factory=set)
    asked_members: list[tuple[int, int]] = field(default_factory=list)
    member_answers: list[Outcome] = field(default_factory=list)
    asked_roles: list[int] = field(default_factory=list)
    timed_out_until: datetime | None = None
    asked_rights: list[tuple[int, int]] = field(default_factory=list)
    looked_back: list[int] = field(default_factory=list)
    trace_answers: list[list[PostIdentity] | SearchOutcome] = field(default_factory=list)
    unmarked: set[int] = field(default_factory=set)
    watched: set[int] = field(default_factory=set)
    newest: dict[int, int] = field(default_factory=dict)
    time: datetime | None = None

    async def post(self, to: Destination, post: ChapterPost, nonce: str) -> Outcome:
        if self.answers:
            answer = self.answers.pop(0)
            if not isinstance(answer, Sent):
                if self.lost_answers:
                    self._put(to, post, nonce)
                return answer
        return Sent(self._put(to, post, nonce))

    def _put(self, to: Destination, post: ChapterPost, nonce: str) -> int:
        message_id = self.ids_from + len(self.posts)
        self.posts[message_id] = (to, post, nonce)
        return message_id

    async def edit(self, channel_id: int, message_id: int, post: ChapterPost) -> Outcome:
        answer = self.edit_answers.pop(0) if self.edit_answers else Sent(message_id)
        if answer == Sent(message_id):
            self.edits.append((message_id, post))
        return answer

    async def delete(self, channel_id: int, message_id: int) -> Outcome:
        answer = self.deletion_answers.pop(0) if self.deletion_answers else Sent(message_id)
        if isinstance(answer, Sent):
            self.deleted.append(message_id)
        return answer

    async def find(
        self, to: Destination, marker: int, since: datetime, chapter: int | None = None
    ) -> FoundPost | SearchOutcome:
        self.looked += 1
        if self.look_answer is not None:
            return self.look_answer
        made: dict[int, tuple[Destination, Any, str]] = {
            **self.posts,
            **self.panels,
            **self.calendar_posts,
        }
        for message_id, (_, post, _) in made.items():
            trace = self.trace(message_id, post) if isinstance(post, ChapterPost) else None
            other = trace is not None and chapter is not None and trace.chapter not in (None, chapter)
            if post.marker == marker and not other:
                return FoundPost(message_id)
        return SearchOutcome.ABSENT

    async def list_chapter_posts(
        self, to: Destination, since: datetime
    ) -> list[PostIdentity] | SearchOutcome:
        self.looked_back.append(to.channel_id)
        if self.trace_answers:
            return self.trace_answers.pop(0)
        return [
            trace
            for message_id, (where, post, _) in self.posts.items()
            if where.channel_id == to.channel_id
            and message_id not in self.deleted
            and posted_at(message_id) >= since
            and (trace := self.trace(message_id, post)) is not None
        ]

    def trace(self, message_id: int, post: ChapterPost) -> PostIdentity | None:
        """What a post tells of itself; those of `unmarked` are from before there were marks of chapters."""
        mark = chapter_mark(post.story.slug, post.release.chapter, post.part)
        if message_id in self.unmarked:
            return PostIdentity(message_id, post.marker, None, (post.story.title, post.release.title))
        return PostIdentity(message_id, post.marker, mark, published=message_id in self.published)

    def watch(self, channel_ids: Iterable[int]) -> None:
        self.watched = set(channel_ids)

    def newest_in(self, channel_id: int) -> int | None:
        return self.newest.get(channel_id)

    def discord_time(self) -> datetime | None:
        return self.time

    async def open_thread(self, channel_id: int, message_id: int, name: str) -> Outcome:
        answer = self.step_answers.pop(0) if self.step_answers else Sent(message_id)
        if isinstance(answer, Sent):
            self.threads[message_id] = name
        return answer

    async def publish(self, channel_id: int, message_id: int) -> Outcome:
        answer = self.step_answers.pop(0) if self.step_answers else Sent(message_id)
        if isinstance(answer, Sent):
            self.published.append(message_id)
        return answer

    async def get_post_counts(self, channel_id: int, message_id: int) -> PostCounts | Outcome:
        if self.look_answers:
            return self.look_answers.pop(0)
        stars = self.starred.get(message_id, {})
        burst = sum(stars.values())
        return PostCounts(len(stars) - burst, burst, self.talk.get(message_id))

    async def list_star_givers(
        self, channel_id: int, message_id: int, *, burst: bool, after: int
    ) -> tuple[set[int], int | None] | Outcome:
        of_kind = (user for user, kind in self.starred.get(message_id, {}).items() if kind is burst)
        found = sorted(user for user in of_kind if user > after)
        return set(found[:100]), found[99] if len(found) > 100 else None

    async def count_comments(self, thread_id: int) -> int | Outcome:
        gone = Refused(DeliveryFault("discord-10003", "gone", NOON))
        return self.look_answers.pop(0) if self.look_answers else self.talk.get(thread_id, gone)

    async def survey_for_panel(self, channel_id: int, *, poll: bool) -> ChannelState | None:
        return await self.survey(channel_id, SubscriptionOptions())

    async def post_panel(self, to: Destination, panel: PanelPost, nonce: str) -> Outcome:
        return self._made(self.panels, (to, panel, nonce))

    async def edit_panel(self, channel_id: int, message_id: int, panel: PanelPost) -> Outcome:
        answer = self.edit_answers.pop(0) if self.edit_answers else Sent(message_id)
        if answer == Sent(message_id):
            self.panel_edits.append((message_id, panel))
        return answer

    async def post_poll(self, to: Destination, poll: PollPost, nonce: str) -> Outcome:
        return self._made(self.polls, (to, poll, nonce))

    async def post_calendar_notice(self, to: Destination, post: CalendarNoticePost, nonce: str) -> Outcome:
        return self._made(self.calendar_posts, (to, post, nonce))

    async def find_poll(
        self, to: Destination, poll: PollPost, others: Collection[int], since: datetime
    ) -> FoundPost | SearchOutcome:
        self.looked += 1
        if self.look_answer is not None:
            return self.look_answer
        for message_id, (where, made, _) in self.polls.items():
            if (
                where == to
                and message_id not in others
                and made.suggestions.keys() == poll.suggestions.keys()
            ):
                return FoundPost(message_id)
        return SearchOutcome.ABSENT

    def _made(self, messages: dict[int, Any], made: tuple[Destination, Any, str]) -> Outcome:
        """A message made once: the enforced nonce answers with the one that is there."""
        answer = self.answers.pop(0) if self.answers else None
        there = next((id_ for id_, (_, _, nonce) in messages.items() if nonce == made[2]), None)
        if there is None and (answer is None or isinstance(answer, Sent) or self.lost_answers):
            there = self.ids_from + 100 + len(self.panels) + len(self.polls) + len(self.calendar_posts)
            messages[there] = made
        return answer or Sent(there)

    async def read_poll(self, channel_id: int, message_id: int) -> PollResult | Outcome:
        return self.poll_results.pop(0) if self.poll_results else PollResult({}, final=True)

    async def end_poll(self, channel_id: int, message_id: int) -> Outcome:
        answer = self.step_answers.pop(0) if self.step_answers else Sent(message_id)
        if isinstance(answer, Sent):
            self.ended.append(message_id)
        return answer

    async def find_dm_channel(self, user_id: int) -> int | Outcome:
        return self.direct_answers.pop(0) if self.direct_answers else 70_000 + user_id

    async def find_dm_user(self, channel_id: int) -> int | None:
        return channel_id - 70_000

    async def get_mention_reach(self, guild_id: int, channel_id: int, role_id: int) -> MentionReach | None:
        self.asked_roles.append(role_id)
        return self.roles.get(role_id, MentionReach.OPEN)

    async def get_time_out_end(self, guild_id: int) -> datetime | None:
        return self.timed_out_until

    async def is_member(self, guild_id: int, user_id: int) -> bool | Outcome:
        self.asked_members.append((guild_id, user_id))
        if self.member_answers:
            return self.member_answers.pop(0)
        return (guild_id, user_id) in self.members

    async def decorate(self, channel_id: int, message_id: int, *, turnable: bool) -> Outcome:
        answer = self.decoration_answers.pop(0) if self.decoration_answers else Sent(message_id)
        if answer == Sent(message_id):
            self.decorated.append(message_id)
        return answer

    async def notify(self, notice: Notice) -> Outcome:
        answer = self.notice_answers.pop(0) if self.notice_answers else Sent(1)
        if isinstance(answer, Sent):
            self.notices.append(notice)
        return answer

    async def survey(self, channel_id: int, options: SubscriptionOptions) -> ChannelState | None:
        usual = ChannelState(channel_id, GUILD, "chapters", ChannelKind.TEXT, age_restricted=False)
        found = self.surveys.get(channel_id, usual)
        if found is None or options.mention is None:
            return found
        return replace(found, hearing=self.roles.get(options.mention, MentionReach.OPEN))

    async def get_permissions(self, channel_id: int, viewer: Viewer) -> HeldPermissions | None:
        """Whoever asks may do all but what a test takes from them."""
        self.asked_rights.append((channel_id, viewer.user_id))
        survey = await self.survey(channel_id, SubscriptionOptions())
        lost = self.lost.get((channel_id, viewer.user_id), frozenset())
        if survey is None:
            return (
                None
                if not lost
                else HeldPermissions(GUILD, ChannelKind.TEXT, frozenset(ChannelPermission) - lost)
            )
        return HeldPermissions(survey.guild_id, survey.kind, frozenset(ChannelPermission) - lost)

    async def is_age_restricted(self, channel_id: int) -> bool | Outcome:
        survey = await self.survey(channel_id, SubscriptionOptions())
        if survey is None:
            return Refused(DeliveryFault("discord-50001", "unseen", NOON))
        return survey.age_restricted

    def has_outage(self, guild_id: int) -> bool:
        return guild_id in self.outages

    async def notify_guild(self, guild_id: int, notice: Notice) -> Outcome:
        answer = self.server_answers.pop(0) if self.server_answers else Sent(1)
        if isinstance(answer, Sent):
            self.server_notices.append((guild_id, notice))
        return answer

    def keys_in(self, channel_id: int) -> list[str]:
        """The chapters posted in a channel, in the order they came."""
        return [post.release.chapter for to, post, _ in self.posts.values() if to.channel_id == channel_id]


class World:
    """All services over a real store, a fake library and a fake messenger, at `NOON`; or in a world that was there
    before, with its clock, its library and its messenger. Unless `undo_time` says so, no decision can be undone, and
    people are told at once."""

    def __init__(
        self,
        store: Database,
        *serials: Serial,
        review_channel: int | None = None,
        clock: ManualClock | None = None,
        library: FakeLibrary | None = None,
        messenger: FakeMessenger | None = None,
        undo_time: timedelta = timedelta(0),
    ) -> None:
        self.store = store
        self.clock = clock or ManualClock(NOON)
        self.library = library or FakeLibrary(*serials)
        self.messenger = messenger or FakeMessenger()
        self.content = PublishableContent(self.library, store, self.clock)
        upcoming = UpcomingReleases(self.content)
        pager = Paginator(page_length=600)
        composer = PostComposer(store, pager, upcoming, self.clock)
        limiter = RateLimiter(100_000)
        self.has_urgent_work = False
        spare = SpareRate(limiter, lambda: self.has_urgent_work)
        reviewing = ReviewChannelPolicy(review_channel)
        self.members = GuildMembers(store, self.messenger, self.clock)
        self.content_sync = ContentSync(store, self.content, self.clock)
        self.publisher = ReleasePublisher(store, self.content, self.clock, catch_up_gap=timedelta(minutes=10))
        delivery = DeliveryDependencies(store, self.messenger, composer, self.clock, limiter)
        self.restore_recovery = RestoreRecovery(delivery, self.content, operators=[OPERATOR])
        self.delivery_worker = DeliveryWorker(
            delivery, members=self.members, settle=self.restore_recovery.settle
        )
        self.crossposter = Crossposter(store, self.messenger, self.clock, limiter=limiter)
        self.reaction_controls = ReactionControls(store, self.messenger, spare_rate=spare)
        self.channel_subscriptions = ChannelSubscriptions(
            store, self.messenger, upcoming, self.clock, catch_up_gap=timedelta(minutes=10)
        )
        self.followers = Followers(
            store, self.messenger, upcoming, self.clock, catch_up_gap=timedelta(minutes=10)
        )
        self.guild_retention = GuildRetention(store, self.clock)
        self.parked_recovery = ParkedRecovery(
            store,
            self.messenger,
            self.channel_subscriptions,
            self.clock,
            limiter=limiter,
            members=self.members,
        )
        self.catalogue = Catalogue(store, upcoming, self.clock)
        self.autocomplete_choices = AutocompleteChoices(store, upcoming)
        self.private_reader = PrivateReader(store, pager, upcoming, self.clock)
        self.shareable_lines = ShareableLines(store, pager, self.clock)
        self.dm_pages = DmPages(store, self.messenger, composer, self.clock)
        self.counters = CounterTracker(store, self.clock)
        self.page_turns = PageTurns(
            store, self.messenger, composer, self.counters, self.clock, members=self.members
        )
        self.post_refresh = PostRefresh(
            store, self.page_turns, self.messenger, composer, self.clock, spare_rate=spare
        )
        self.similarity = SimilarityIndex(store)
        self.reconciliation = Reconciliation(
            store, self.messenger, self.counters, self.clock, spare_rate=spare
        )
        self.counter_refresh = PostCounterRefresh(store, self.page_turns, self.clock, spare_rate=spare)
        self.review_queue = ReviewQueue(store, upcoming, self.similarity, self.clock, reviewing)
        self.panels = Panels(
            store, self.messenger, self.review_queue, self.clock, limiter=limiter, channel_policy=reviewing
        )
        self.polls = Polls(store, self.messenger, self.clock, limiter=limiter)
        self.review_channels = ReviewChannels(store, self.messenger, reviewing, self.clock, operators=(99,))
        self.morning_cards = MorningCards(store, upcoming, self.clock, channel_policy=reviewing)
        self.submissions = Submissions(
            store, self.clock, self.similarity, LIMITS, on_submitted=self.panels.show_new_suggestion
        )
        self.supporters = Supporters(store, self.clock)
        self.block_list = BlockList(store, self.clock)
        self.decisions = Decisions(store, upcoming, self.clock, undo_time=undo_time)
        self.calendar_overrides = CalendarOverrides(store, upcoming, self.publisher, self.clock)
        self.calendar_confirmations = CalendarConfirmations(
            store, upcoming, self.calendar_overrides, self.clock
        )
        sender = CalendarNoticeSender(
            store, self.messenger, self.clock, limiter=limiter, members=self.members
        )
        self.calendar_notices = CalendarNotices(store, upcoming, sender, self.clock)
        self.languages = Languages(store)
        self.personal_data = PersonalData(store, self.messenger, self.languages, self.counters, self.clock)
        self.notification_outbox = NotificationOutbox(
            store, self.messenger, self.clock, limiter=limiter, members=self.members
        )

    async def accept_review(self, channel_id: int, story: str = EVERY_STORY) -> None:
        """Whoever manages the server has accepted a channel for new ideas."""
        async with self.store.begin() as tx:
            await tx.review_channels.accept(
                story, channel_id, guild_id=GUILD, by=ADMIN.user_id, now=self.clock.now(), asked_by=None
            )

    async def run(self) -> None:
        """Release and deliver all that is due now."""
        await self.content_sync.sync()
        await self.publisher.publish_due()
        await self.deliver()

    async def deliver(self) -> None:
        """Deliver and publish until nothing more is due now."""
        while True:
            await self.delivery_worker.sweep()
            await self.delivery_worker.drain()
            # What was just settled may have made something due: the next part of a thread.
            async with self.store.read() as tx:
                due_at = await tx.deliveries.find_next_due()
            if due_at is None or due_at > self.clock.now():
                break
        await self.crossposter.sweep()

    async def later(self, **by: float) -> None:
        """Move the clock and do what is due then."""
        self.clock.advance(timedelta(**by))
        await self.run()

    async def subscribe(self, story: str = "lamps", channel_id: int = CHANNEL, **more: object) -> None:
        """Subscribe a channel as its admin."""
        request = SubscribeRequest(**{"options": SubscriptionOptions()} | more)  # type: ignore[arg-type]
        await self.channel_subscriptions.subscribe(ADMIN, story, channel_id, request)
