"""Languages of people who are not there to ask: the one they last used Discord in."""

from __future__ import annotations

from cachetools import LRUCache

from bot.store.database import Database

_REMEMBERED = 10_000


class Languages:
    """Stores people's languages and caches recent ones, so that an interaction rarely costs a write."""

    def __init__(self, store: Database) -> None:
        self._store = store
        self._lately: LRUCache[int, str | None] = LRUCache(_REMEMBERED)

    async def record_language(self, user_id: int, locale: str) -> None:
        """Record the language that a user has Discord in. It applies at once to what is written to them."""
        if self._lately.get(user_id) == locale:
            return
        self._lately[user_id] = locale
        try:
            async with self._store.read() as tx:
                kept = (await tx.preferences.get(user_id)).locale
            if kept != locale:
                async with self._store.begin() as tx:
                    await tx.preferences.record_locale(user_id, locale)
        except BaseException:
            # The next time they come, it is tried again.
            self.forget(user_id)
            raise

    async def locale(self, user_id: int) -> str | None:
        """Return the language that a user last had Discord in; None for a user the bot has not met."""
        if user_id not in self._lately:
            async with self._store.read() as tx:
                locale = (await tx.preferences.get(user_id)).locale
            # What an interaction said meanwhile is newer.
            return self._lately.setdefault(user_id, locale)
        return self._lately[user_id]

    def forget(self, user_id: int) -> None:
        """Drop the cached language of a user whose data was erased."""
        self._lately.pop(user_id, None)
