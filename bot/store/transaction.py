"""One transaction, with every aggregate at hand."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.blocks import SqlBlocks
from bot.store.credits import SqlCredits
from bot.store.deliveries import SqlDeliveries
from bot.store.figures import SqlFigures
from bot.store.guilds import SqlGuilds
from bot.store.lineage import SqlLineage
from bot.store.notices import SqlNotices
from bot.store.panels import SqlPanels
from bot.store.parking import SqlParking
from bot.store.people import SqlPeople
from bot.store.polls import SqlPolls
from bot.store.posts import SqlPosts
from bot.store.privacy import SqlPrivacy
from bot.store.publications import SqlPublications
from bot.store.queue import SqlQueue
from bot.store.readers import SqlReaders
from bot.store.releases import SqlReleases
from bot.store.reviews import SqlReviews
from bot.store.settings import SqlSettings
from bot.store.sound import SqlSoundChapters
from bot.store.stories import SqlStories
from bot.store.subscriptions import SqlSubscriptions
from bot.store.suggestions import SqlSuggestions
from bot.store.troubles import SqlTroubles


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
