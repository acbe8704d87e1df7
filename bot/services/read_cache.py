"""Cache of the reads that composing a page needs, so that a page composed before costs no query.

Nothing has to be invalidated by hand. The store counts generations: every commit that may have changed the contents of
posts begins a new one, and answers of an older generation are not used. This relies on being the only process that
writes to the database.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, MutableMapping
from contextlib import AsyncExitStack
from functools import partial
from typing import Any, TypeVar, cast

from cachetools import LRUCache

from bot.domain.delivery.delivery import Delivery
from bot.domain.releases.release import Edition, Release
from bot.domain.stories.story import Story
from bot.domain.subscriptions.subscription import Subscription
from bot.domain.suggestions.credits import Contributor
from bot.store.database import Database
from bot.store.delivery.ledger import DeliveryLedger
from bot.store.lazy_read_transaction import LazyReadTransaction
from bot.store.releases.releases import ReleaseRepository
from bot.store.stories.stories import StoryRepository
from bot.store.stories.story_records import StoryRecord
from bot.store.subscriptions.subscriptions import SubscriptionRepository
from bot.store.suggestions.credits import CreditRepository
from bot.store.transaction import Transaction

Value = TypeVar("Value")

Query = tuple[str, str]
"""An aggregate of the transaction and one of its methods."""

CACHE_SIZES: dict[Query, int] = {
    ("stories", "get"): 64,
    ("stories", "get_description"): 256,
    ("releases", "get"): 1024,
    ("releases", "get_edition"): 128,
    ("releases", "get_by_number"): 1024,
    ("releases", "count"): 256,
    ("releases", "list_between"): 256,
    ("subscriptions", "get"): 2048,
    ("deliveries", "get"): 4096,
    ("credits", "list_contributors"): 256,
}
"""Answers kept for each query.

Pictures are too large to keep. Of a delivery, callers may use only the columns that never change once its post is sent,
since settling a delivery begins no new generation.
"""

_ATTEMPTS = 3
_ABSENT: Any = object()


class ReadCache:
    """Runs read functions against the store and answers repeated queries from memory."""

    def __init__(self, store: Database) -> None:
        self._store = store
        self._generation = store.generation
        self._answers: dict[Query, LRUCache[Hashable, Any]] = {
            query: LRUCache(size) for query, size in CACHE_SIZES.items()
        }

    async def read(self, work: Callable[[Transaction], Awaitable[Value]]) -> Value:
        """Return the result of `work`, called with a read transaction that shows one consistent state.

        The transaction is opened only for queries that are not cached. `work` is called again if the store changed
        meanwhile.
        """
        for _ in range(_ATTEMPTS):
            generation = self._store.generation
            async with AsyncExitStack() as stack:
                result = await work(_CachedRead(self._store, stack, self, generation))
            # Cached answers and those of the transaction may be of two generations, unless none began in between.
            if generation == self._store.generation:
                return result
        async with self._store.read() as tx:
            return await work(tx)

    def answers(self, query: Query, generation: int) -> MutableMapping[Hashable, Any]:
        """Return the cached answers to a query, after dropping those of an older generation."""
        if generation != self._generation:
            for answers in self._answers.values():
                answers.clear()
            self._generation = generation
        return self._answers[query]


class _Answers:
    """The cache during one read, bound to the generation that the read began with."""

    __slots__ = ("_cache", "_generation")

    def __init__(self, cache: ReadCache, generation: int) -> None:
        self._cache = cache
        self._generation = generation

    async def get(self, query: Query, key: Hashable, fetch: Callable[[], Awaitable[Value]]) -> Value:
        answer = self._cache.answers(query, self._generation).get(key, _ABSENT)
        if answer is _ABSENT:
            answer = await fetch()
            # Asked for anew: while this one was fetched, a read of a newer generation may have cleared the cache.
            self._cache.answers(query, self._generation)[key] = answer
        return cast(Value, answer)


class _CachedRead(LazyReadTransaction):
    """A read transaction with the ten queries of `CACHE_SIZES` cached."""

    def __init__(self, store: Database, stack: AsyncExitStack, cache: ReadCache, generation: int) -> None:
        super().__init__(store, stack)
        answers = _Answers(cache, generation)
        self.stories = _CachedStories(self, answers)
        self.releases = _CachedReleases(self, answers)
        self.subscriptions = _CachedSubscriptions(self, answers)
        self.deliveries = _CachedDeliveries(self, answers)
        self.credits = _CachedCredits(self, answers)


class _CachedStories(StoryRepository):
    def __init__(self, tx: Transaction, answers: _Answers) -> None:
        super().__init__(tx.connection)
        self._answers = answers

    async def get(self, slug: str) -> StoryRecord | None:
        return await self._answers.get(("stories", "get"), slug, partial(super().get, slug))

    async def get_description(self, slug: str) -> Story | None:
        return await self._answers.get(
            ("stories", "get_description"), slug, partial(super().get_description, slug)
        )


class _CachedReleases(ReleaseRepository):
    def __init__(self, tx: Transaction, answers: _Answers) -> None:
        super().__init__(tx.connection)
        self._answers = answers

    async def get(self, release_id: int) -> Release | None:
        return await self._answers.get(("releases", "get"), release_id, partial(super().get, release_id))

    async def get_edition(self, release_id: int, revision: int | None = None) -> Edition | None:
        fetch = partial(super().get_edition, release_id, revision)
        return await self._answers.get(("releases", "get_edition"), (release_id, revision), fetch)

    async def get_by_number(self, story_slug: str, number: int) -> Release | None:
        fetch = partial(super().get_by_number, story_slug, number)
        return await self._answers.get(("releases", "get_by_number"), (story_slug, number), fetch)

    async def count(self, story_slug: str) -> int:
        return await self._answers.get(("releases", "count"), story_slug, partial(super().count, story_slug))

    async def list_between(self, story_slug: str, first: int, last: int) -> list[Release]:
        fetch = partial(super().list_between, story_slug, first, last)
        return await self._answers.get(("releases", "list_between"), (story_slug, first, last), fetch)


class _CachedSubscriptions(SubscriptionRepository):
    def __init__(self, tx: Transaction, answers: _Answers) -> None:
        super().__init__(tx.connection)
        self._answers = answers

    async def get(self, subscription_id: int) -> Subscription | None:
        fetch = partial(super().get, subscription_id)
        return await self._answers.get(("subscriptions", "get"), subscription_id, fetch)


class _CachedDeliveries(DeliveryLedger):
    def __init__(self, tx: Transaction, answers: _Answers) -> None:
        super().__init__(tx.connection)
        self._answers = answers

    async def get(self, delivery_id: int) -> Delivery | None:
        return await self._answers.get(("deliveries", "get"), delivery_id, partial(super().get, delivery_id))


class _CachedCredits(CreditRepository):
    def __init__(self, tx: Transaction, answers: _Answers) -> None:
        super().__init__(tx.connection)
        self._answers = answers

    async def list_contributors(self, story: str, chapter: str) -> list[Contributor]:
        fetch = partial(super().list_contributors, story, chapter)
        return await self._answers.get(("credits", "list_contributors"), (story, chapter), fetch)
