"""The store's aggregates, as the services use them inside one transaction.

Every method is one or a few statements; none commits. Instants are aware and in UTC. Where a method answers `bool`,
False means that somebody else was first (compare-and-set), and nothing was changed.
"""

from __future__ import annotations

from typing import Protocol

from bot.services.storage.away import DatabaseAway, DatabaseLost
from bot.services.storage.credits import Credits, Location
from bot.services.storage.deliveries import Deliveries, Job, NewDelivery
from bot.services.storage.figures import Commented, FigureStore, Stop
from bot.services.storage.lineage import Adopted, Lineage
from bot.services.storage.notices import NewNotice, Notices, PendingNotice
from bot.services.storage.panels import Panels, Polls
from bot.services.storage.people import People, Person
from bot.services.storage.posts import Post, Posts
from bot.services.storage.privacy import Known, Privacy
from bot.services.storage.publications import Publication, Publications, Unpublished
from bot.services.storage.queue import Offered, Order, Queue, Wanted
from bot.services.storage.readers import PRIVATE, Read, Readers
from bot.services.storage.releases import Current, NewRelease, NewRevision, Releases
from bot.services.storage.reviews import EVERY_STORY, ReviewChannel, Reviews
from bot.services.storage.servers import Guilds, Settings
from bot.services.storage.sound import SoundChapter, SoundChapters
from bot.services.storage.stories import Stories, StoryRecord
from bot.services.storage.subscriptions import Parked, Parking, Subscriptions
from bot.services.storage.suggestions import Blocks, Change, Comparable, NewSuggestion, Stake, Suggestions
from bot.services.storage.troubles import TroubleRecord, Troubles

__all__ = [
    "EVERY_STORY",
    "PRIVATE",
    "Adopted",
    "Blocks",
    "Change",
    "Commented",
    "Comparable",
    "Credits",
    "Current",
    "DatabaseAway",
    "DatabaseLost",
    "Deliveries",
    "FigureStore",
    "Guilds",
    "Job",
    "Known",
    "Lineage",
    "Location",
    "NewDelivery",
    "NewNotice",
    "NewRelease",
    "NewRevision",
    "NewSuggestion",
    "Notices",
    "Offered",
    "Order",
    "Panels",
    "Parked",
    "Parking",
    "PendingNotice",
    "People",
    "Person",
    "Polls",
    "Post",
    "Posts",
    "Privacy",
    "Publication",
    "Publications",
    "Queue",
    "Read",
    "Readers",
    "Releases",
    "ReviewChannel",
    "Reviews",
    "Settings",
    "SoundChapter",
    "SoundChapters",
    "Stake",
    "Stop",
    "Stories",
    "StoryRecord",
    "Subscriptions",
    "Suggestions",
    "Transaction",
    "TroubleRecord",
    "Troubles",
    "Unpublished",
    "Wanted",
]


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
    def publications(self) -> Publications: ...
    @property
    def posts(self) -> Posts: ...
    @property
    def readers(self) -> Readers: ...
    @property
    def figures(self) -> FigureStore: ...
    @property
    def suggestions(self) -> Suggestions: ...
    @property
    def blocks(self) -> Blocks: ...
    @property
    def notices(self) -> Notices: ...
    @property
    def guilds(self) -> Guilds: ...
    @property
    def parking(self) -> Parking: ...
    @property
    def panels(self) -> Panels: ...
    @property
    def polls(self) -> Polls: ...
    @property
    def reviews(self) -> Reviews: ...
    @property
    def queue(self) -> Queue: ...
    @property
    def people(self) -> People: ...
    @property
    def credits(self) -> Credits: ...
    @property
    def privacy(self) -> Privacy: ...
    @property
    def settings(self) -> Settings: ...
    @property
    def sound(self) -> SoundChapters: ...
    @property
    def troubles(self) -> Troubles: ...
    @property
    def lineage(self) -> Lineage: ...
