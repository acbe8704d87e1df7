"""One transaction, with every aggregate at hand."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.alerts.alerts import SqlTroubles
from bot.store.delivery.crossposting import SqlPublications
from bot.store.delivery.ledger import SqlDeliveries
from bot.store.delivery.parking import SqlParking
from bot.store.delivery.posts import SqlPosts
from bot.store.delivery.restore_recovery import SqlLineage
from bot.store.key_value import SqlSettings
from bot.store.notifications.outbox import SqlNotices
from bot.store.people.preferences import SqlPeople
from bot.store.privacy.personal_data import SqlPrivacy
from bot.store.reading.bookmarks import SqlReaders
from bot.store.releases.releases import SqlReleases
from bot.store.statistics.counters import SqlFigures
from bot.store.stories.last_good_chapters import SqlSoundChapters
from bot.store.stories.stories import SqlStories
from bot.store.subscriptions.guilds import SqlGuilds
from bot.store.subscriptions.subscriptions import SqlSubscriptions
from bot.store.suggestions.blocking import SqlBlocks
from bot.store.suggestions.credits import SqlCredits
from bot.store.suggestions.panels import SqlPanels
from bot.store.suggestions.polls import SqlPolls
from bot.store.suggestions.review_channels import SqlReviews
from bot.store.suggestions.review_queue import SqlQueue
from bot.store.suggestions.suggestions import SqlSuggestions


class SqlTransaction:
    """The aggregates on one connection; whoever opened the transaction ends it."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.stories = SqlStories(connection)
        self.releases = SqlReleases(connection)
        self.subscriptions = SqlSubscriptions(connection)
        self.deliveries = SqlDeliveries(connection)
        self.publications = SqlPublications(connection)
        self.posts = SqlPosts(connection)
        self.readers = SqlReaders(connection)
        self.figures = SqlFigures(connection)
        self.suggestions = SqlSuggestions(connection)
        self.blocks = SqlBlocks(connection)
        self.notices = SqlNotices(connection)
        self.guilds = SqlGuilds(connection)
        self.parking = SqlParking(connection)
        self.people = SqlPeople(connection)
        self.credits = SqlCredits(connection)
        self.privacy = SqlPrivacy(connection)
        self.queue = SqlQueue(connection)
        self.panels = SqlPanels(connection)
        self.polls = SqlPolls(connection)
        self.reviews = SqlReviews(connection)
        self.settings = SqlSettings(connection)
        self.sound = SqlSoundChapters(connection)
        self.troubles = SqlTroubles(connection)
        self.lineage = SqlLineage(connection)
