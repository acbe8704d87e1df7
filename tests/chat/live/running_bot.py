"""The whole bot, living: unchanged discord.py over real sockets to the sandbox, real services on a real database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from discord_sandbox.seed import ADMIN, AUTHOR, GUILD
from discord_sandbox.server import Sandbox

from bot.chat.client import FascicleClient
from bot.chat.messenger import DiscordMessenger
from bot.clock import SystemClock
from bot.config.settings import DiscordSettings
from bot.domain.diagnostics import ContentProblems
from bot.domain.releases.release import PictureFile
from bot.domain.stories.story import Author, Chapter, Rating, Serial, Story, SuggestionPolicy
from bot.domain.suggestions.panels import EDIT_DELAY
from bot.kit.rate_limiter import RateLimiter, SpareRate
from bot.services.authoring.authoring import AuthoringServices, AuthoringSetup
from bot.services.container import Services
from bot.services.delivery.composer import PostComposer
from bot.services.delivery.crossposting import Crossposter
from bot.services.delivery.delivery_dependencies import DeliveryDependencies
from bot.services.delivery.reaction_controls import ReactionControls
from bot.services.delivery.worker import DeliveryWorker
from bot.services.guilds.guild_members import GuildMembers
from bot.services.notifications.outbox import NotificationOutbox
from bot.services.pages.paginator import Paginator
from bot.services.people.languages import Languages
from bot.services.privacy.personal_data import PersonalData
from bot.services.reading.dm_pages import DmPages
from bot.services.reading.page_turns import PageTurns
from bot.services.reading.post_refresh import PostRefresh
from bot.services.reading.private_reader import PrivateReader
from bot.services.releases.calendar_confirmations import CalendarConfirmations
from bot.services.releases.calendar_notice_sender import CalendarNoticeSender
from bot.services.releases.calendar_notices import CalendarNotices
from bot.services.releases.calendar_overrides import CalendarOverrides
from bot.services.releases.content_sync import ContentSync
from bot.services.releases.publisher import ReleasePublisher
from bot.services.sharing.shareable_lines import ShareableLines
from bot.services.statistics.counters import CounterTracker
from bot.services.statistics.morning_cards import MorningCards
from bot.services.statistics.reconciliation import Reconciliation
from bot.services.statistics.reports import StoryReports
from bot.services.stories.autocomplete_choices import AutocompleteChoices
from bot.services.stories.catalogue import Catalogue
from bot.services.stories.preview import ChapterPreviews
from bot.services.stories.publishable_content import PublishableContent
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.subscriptions.channel_subscriptions import ChannelSubscriptions
from bot.services.subscriptions.followers import Followers
from bot.services.subscriptions.guild_retention import GuildRetention
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
from tests.chat.samples import PNG, story
from tests.services.authoring.plain_files import NoFiles

NO_DRAFTS = Path("/nonexistent/drafts")
OPENAPI = Path(__file__).parents[3] / "../shared/discord/openapi.json"


class Shelf:
    """The authors' files, in memory."""

    def __init__(self, *serials: Serial) -> None:
        self.held = {each.story.slug: each for each in serials}
        self.ills = ContentProblems()

    def serials(self) -> Mapping[str, Serial]:
        return self.held

    def with_description(self, story: Story) -> Serial | None:
        return None

    def list_faults(self) -> tuple[()]:
        return ()

    def problems(self) -> ContentProblems:
        return self.ills

    async def picture(self, slug: str, path: str) -> PictureFile | None:
        return PictureFile(path, "image/png", PNG) if path.endswith(".png") else None


class Notebook:
    """Remembers strings for the registry."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}

    async def get(self, key: str) -> str | None:
        return self.held.get(key)

    async def set(self, key: str, value: str) -> None:
        self.held[key] = value


@dataclass
class Living:
    """The bot at work."""

    sandbox: Sandbox
    store: Database
    client: FascicleClient
    messenger: DiscordMessenger
    services: Services
    content_sync: ContentSync
    publisher: ReleasePublisher
    delivery_worker: DeliveryWorker
    crossposter: Crossposter
    reaction_controls: ReactionControls
    parked_recovery: ParkedRecovery
    post_refresh: PostRefresh
    content: Shelf
    task: asyncio.Task[None]
    woken: list[None] = field(default_factory=list)

    async def work(self) -> None:
        """Do all that is due: release, deliver, decorate, tell."""
        await self.publisher.publish_due()
        await self.parked_recovery.sweep()
        while True:
            await self.delivery_worker.sweep()
            await self.delivery_worker.drain()
            # What was just settled may have made something due: the next part of a thread.
            async with self.store.read() as tx:
                due_at = await tx.deliveries.find_next_due()
            if due_at is None or due_at > SystemClock().now():
                break
        await self.crossposter.sweep()
        while await self.reaction_controls.add_some():
            pass
        await self.show_ideas()
        await self.services.notification_outbox.sweep()

    async def show_ideas(self) -> None:
        """Post, edit and count what shows ideas: all that is due within the moment in which changes are gathered."""
        clock = SystemClock()
        until_then = clock.now() + 2 * EDIT_DELAY
        for sweep in (self.services.panels.sweep, self.services.polls.sweep):
            while (due_at := await sweep()) is not None and due_at < until_then:  # noqa: ASYNC110 - it says when
                await asyncio.sleep(max(0.0, (due_at - clock.now()).total_seconds()))

    async def revise(self, serial: Serial) -> None:
        """The author saves the story's files; every post follows."""
        self.content.held[serial.story.slug] = serial
        await self.content_sync.sync()
        while (more := await self.post_refresh.run_batch()) is not None and more <= SystemClock().now():
            await self.work()

    async def stop(self) -> None:
        """Leave Discord."""
        await self.client.close()
        await asyncio.gather(self.task, return_exceptions=True)


@asynccontextmanager
async def living(
    sandbox: Sandbox,
    store: Database,
    *serials: Serial,
    memory: Notebook | None = None,
    guilds: tuple[int, ...] = (),
    review_channel: int | None = None,
    undo_time: timedelta = timedelta(0),
    authoring: AuthoringSetup | None = None,
) -> AsyncIterator[Living]:
    """A bot, connected and with its commands registered; `serials` are its stories."""
    bot = assemble(
        sandbox,
        store,
        *serials,
        memory=memory,
        guilds=guilds,
        review_channel=review_channel,
        undo_time=undo_time,
        authoring=authoring,
    )
    try:
        await bot.content_sync.sync()
        if review_channel is not None:
            await accept_review_channel(bot, review_channel)
        await until(lambda: bot.client.connected and registered(bot))
        yield bot
    finally:
        await bot.services.page_turns.drain()
        await bot.stop()


async def accept_review_channel(bot: Living, channel_id: int, story: str = EVERY_STORY) -> None:
    """Whoever manages the server has accepted it, some time ago."""
    now = SystemClock().now()
    async with bot.store.begin() as tx:
        await tx.review_channels.accept(story, channel_id, guild_id=GUILD, by=ADMIN, now=now, asked_by=None)


def assemble(
    sandbox: Sandbox,
    store: Database,
    *serials: Serial,
    memory: Notebook | None = None,
    guilds: tuple[int, ...] = (),
    token: str | None = None,
    review_channel: int | None = None,
    undo_time: timedelta = timedelta(0),
    authoring: AuthoringSetup | None = None,
) -> Living:
    """A bot that is connecting; `token` is another than the right one."""
    clock, shelf = SystemClock(), Shelf(*serials)
    files = authoring.files.folder if authoring is not None else shelf  # type: ignore[attr-defined]
    content = PublishableContent(files, store, clock)
    content_sync = ContentSync(store, content, clock)
    client = FascicleClient(DiscordSettings(api_url=sandbox.api_url, guilds=guilds), clock, registered=memory)
    client._connection.guild_ready_timeout = 0.1
    client.waits.first = 0.05
    languages = Languages(store)
    messenger = DiscordMessenger(client, clock, languages=languages)
    upcoming, pager, limiter = UpcomingReleases(content), Paginator(page_length=600), RateLimiter(100_000)
    composer, counters = PostComposer(store, pager, upcoming, clock), CounterTracker(store, clock)
    publisher = ReleasePublisher(store, content, clock, catch_up_gap=timedelta(0))
    channel_policy, similarity = ReviewChannelPolicy(review_channel), SimilarityIndex(store)
    review_queue = ReviewQueue(store, upcoming, similarity, clock, channel_policy)
    panels = Panels(store, messenger, review_queue, clock, limiter=limiter, channel_policy=channel_policy)
    members = GuildMembers(store, messenger, clock)
    overrides = CalendarOverrides(store, upcoming, publisher, clock)
    calendar_news = CalendarNoticeSender(store, messenger, clock, limiter=limiter, members=members)
    notices = CalendarNotices(store, upcoming, calendar_news, clock)
    services = Services(
        catalogue=Catalogue(store, upcoming, clock),
        autocomplete_choices=AutocompleteChoices(store, upcoming),
        channel_subscriptions=ChannelSubscriptions(
            store, messenger, upcoming, clock, catch_up_gap=timedelta(0)
        ),
        followers=Followers(store, messenger, upcoming, clock, catch_up_gap=timedelta(0)),
        private_reader=PrivateReader(store, pager, upcoming, clock),
        dm_pages=DmPages(store, messenger, composer, clock),
        shareable_lines=ShareableLines(store, pager, clock),
        page_turns=PageTurns(store, messenger, composer, counters, clock, members=members),
        counters=counters,
        reconciliation=Reconciliation(store, messenger, counters, clock, spare_rate=SpareRate(limiter)),
        story_reports=StoryReports(store),
        chapter_previews=ChapterPreviews(store, content, clock, page_length=600),
        submissions=Submissions(
            store,
            clock,
            similarity,
            SuggestionLimits(cooldown=timedelta(0)),
            on_submitted=panels.show_new_suggestion,
        ),
        supporters=Supporters(store, clock),
        block_list=BlockList(store, clock),
        decisions=Decisions(store, upcoming, clock, undo_time=undo_time),
        review_queue=review_queue,
        panels=panels,
        review_channels=ReviewChannels(store, messenger, channel_policy, clock),
        polls=Polls(store, messenger, clock, limiter=limiter),
        morning_cards=MorningCards(store, upcoming, clock, channel_policy=channel_policy),
        calendar_overrides=overrides,
        calendar_confirmations=CalendarConfirmations(store, upcoming, overrides, clock),
        calendar_notices=notices,
        authoring=AuthoringServices.build(
            authoring or AuthoringSetup(NoFiles(), NO_DRAFTS),
            store,
            content,
            notices,
            content_sync.sync,
            clock,
        ),
        guild_retention=GuildRetention(store, clock),
        notification_outbox=NotificationOutbox(store, messenger, clock, limiter=limiter, members=members),
        languages=languages,
        guild_members=members,
        personal_data=PersonalData(store, messenger, languages, counters, clock),
    )
    client.use(services)
    bot = Living(
        sandbox,
        store,
        client,
        messenger,
        services,
        content_sync,
        publisher,
        DeliveryWorker(DeliveryDependencies(store, messenger, composer, clock, limiter), members=members),
        Crossposter(store, messenger, clock, limiter=limiter),
        ReactionControls(store, messenger, spare_rate=SpareRate(limiter)),
        ParkedRecovery(
            store, messenger, services.channel_subscriptions, clock, limiter=limiter, members=members
        ),
        PostRefresh(store, services.page_turns, messenger, composer, clock, spare_rate=SpareRate(limiter)),
        shelf,
        asyncio.create_task(client.serve(token or sandbox.bot_token)),
    )
    client.on_change.subscribe(lambda: bot.woken.append(None))
    return bot


def registered(bot: Living) -> bool:
    """Whether the commands are with Discord."""
    registering = bot.client._registering
    return registering is not None and registering.done()


async def until(met: Callable[[], Any], seconds: float = 10.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not met():  # noqa: ASYNC110 - what is waited for has no event
            await asyncio.sleep(0.01)


def sample(*chapters: Chapter, slug: str = "the-lamp", backlog: int | None = None, **more: object) -> Serial:
    """A story by the sandbox's author, all of whose chapters are out unless told otherwise."""
    about = story(
        slug=slug,
        authors=(Author("Ada Quill", AUTHOR),),
        backlog=len(chapters) if backlog is None else backlog,
        suggestions=SuggestionPolicy(prompt="What should happen next?"),
        **more,
    )
    return Serial(about, chapters)


def adult(*chapters: Chapter) -> Serial:
    """A story for age-restricted channels."""
    return sample(*chapters, slug="after-midnight", title="After Midnight", rating=Rating.EXPLICIT)
