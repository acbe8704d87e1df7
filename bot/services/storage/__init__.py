"""The store's aggregates, as the services use them inside one transaction.

Every method is one or a few statements; none commits. Instants are aware and in UTC. Where a method answers `bool`,
False means that somebody else was first (compare-and-set), and nothing was changed.
"""

from __future__ import annotations

from typing import Protocol

from bot.services.storage.deliveries import Deliveries, Job, NewDelivery
from bot.services.storage.notices import Notices, PendingNotice
from bot.services.storage.posts import Post, Posts
from bot.services.storage.readers import Readers
from bot.services.storage.releases import Current, NewRelease, NewRevision, Releases
from bot.services.storage.servers import Guilds, Settings
from bot.services.storage.stories import Stories, StoryRecord
from bot.services.storage.subscriptions import Parked, Parking, Subscriptions
from bot.services.storage.suggestions import Change, NewSuggestion, Suggestions

__all__ = [
    "Change",
    "Current",
    "Deliveries",
    "Guilds",
    "Job",
    "NewDelivery",
    "NewRelease",
    "NewRevision",
    "NewSuggestion",
    "Notices",
    "Parked",
    "Parking",
    "PendingNotice",
    "Post",
    "Posts",
    "Readers",
    "Releases",
    "Settings",
    "Stories",
    "StoryRecord",
    "Subscriptions",
    "Suggestions",
    "Transaction",
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
