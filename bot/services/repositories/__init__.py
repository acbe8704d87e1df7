"""The store's aggregates, as the services use them inside one transaction.

Every method is one or a few statements; none commits. Instants are aware and in UTC. Where a method answers `bool`,
False means that somebody else was first (compare-and-set), and nothing was changed.
"""

from __future__ import annotations

from typing import Protocol

from bot.domain.suggestions.history import Change
from bot.domain.suggestions.queue_order import Order
from bot.services.repositories.alerts import TroubleRecord, Troubles
from bot.services.repositories.bookmarks import PRIVATE, Read, Readers
from bot.services.repositories.counters import Commented, FigureStore, Stop
from bot.services.repositories.credits import Credits, Location
from bot.services.repositories.crossposting import Publication, Publications, Unpublished
from bot.services.repositories.deliveries import Deliveries, Job, NewDelivery
from bot.services.repositories.guilds import Guilds, Settings
from bot.services.repositories.last_good_chapters import SoundChapter, SoundChapters
from bot.services.repositories.notices import NewNotice, Notices, PendingNotice
from bot.services.repositories.outage import DatabaseAway, DatabaseLost
from bot.services.repositories.panels import Panels, Polls
from bot.services.repositories.people import People, Person
from bot.services.repositories.posts import Post, Posts
from bot.services.repositories.privacy import Known, Privacy
from bot.services.repositories.releases import Current, NewRelease, NewRevision, Releases
from bot.services.repositories.restore_recovery import Adopted, Lineage
from bot.services.repositories.review_channels import EVERY_STORY, ReviewChannel, Reviews
from bot.services.repositories.review_queue import Offered, Queue, Wanted
from bot.services.repositories.stories import Stories, StoryRecord
from bot.services.repositories.subscriptions import Parked, Parking, Subscriptions
from bot.services.repositories.suggestions import Blocks, Comparable, NewSuggestion, Stake, Suggestions

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
