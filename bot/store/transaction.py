"""One transaction and the repositories that work in it."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.alerts.alerts import AlertRepository
from bot.store.delivery.crossposting import CrosspostRepository
from bot.store.delivery.delivery_planning import DeliveryPlanRepository
from bot.store.delivery.ledger import DeliveryLedger
from bot.store.delivery.parking import ParkingRepository
from bot.store.delivery.posts import PostRepository
from bot.store.delivery.restore_recovery import RestoreRecoveryRepository
from bot.store.key_value import KeyValueStore
from bot.store.notifications.outbox import NoticeOutbox
from bot.store.people.preferences import PreferenceRepository
from bot.store.privacy.personal_data import PersonalDataRepository
from bot.store.reading.bookmarks import BookmarkRepository
from bot.store.releases.calendar_notices import CalendarNoticeRepository
from bot.store.releases.releases import ReleaseRepository
from bot.store.statistics.counters import CounterRepository
from bot.store.statistics.recent_growth import RecentGrowthRepository
from bot.store.stories.last_good_chapters import LastGoodChapterRepository
from bot.store.stories.stories import StoryRepository
from bot.store.subscriptions.guilds import GuildRepository
from bot.store.subscriptions.subscriptions import SubscriptionRepository
from bot.store.suggestions.blocking import BlockRepository
from bot.store.suggestions.credits import CreditRepository
from bot.store.suggestions.panels import PanelRepository
from bot.store.suggestions.polls import PollRepository
from bot.store.suggestions.review_channels import ReviewChannelRepository
from bot.store.suggestions.review_queue import ReviewQueueRepository
from bot.store.suggestions.suggestions import SuggestionRepository


class Transaction:
    """The repositories on one connection; `Database.begin` and `Database.read` open and end it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection
        self.stories = StoryRepository(connection)
        self.releases = ReleaseRepository(connection)
        self.calendar_notices = CalendarNoticeRepository(connection)
        self.subscriptions = SubscriptionRepository(connection)
        self.deliveries = DeliveryLedger(connection)
        self.delivery_plans = DeliveryPlanRepository(connection)
        self.crossposts = CrosspostRepository(connection)
        self.posts = PostRepository(connection)
        self.bookmarks = BookmarkRepository(connection)
        self.counters = CounterRepository(connection)
        self.recent_growth = RecentGrowthRepository(connection)
        self.suggestions = SuggestionRepository(connection)
        self.blocks = BlockRepository(connection)
        self.notices = NoticeOutbox(connection)
        self.guilds = GuildRepository(connection)
        self.parking = ParkingRepository(connection)
        self.preferences = PreferenceRepository(connection)
        self.credits = CreditRepository(connection)
        self.personal_data = PersonalDataRepository(connection)
        self.review_queue = ReviewQueueRepository(connection)
        self.panels = PanelRepository(connection)
        self.polls = PollRepository(connection)
        self.review_channels = ReviewChannelRepository(connection)
        self.key_values = KeyValueStore(connection)
        self.last_good_chapters = LastGoodChapterRepository(connection)
        self.alerts = AlertRepository(connection)
        self.restore_recovery = RestoreRecoveryRepository(connection)
