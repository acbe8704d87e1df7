"""In which language to write to somebody when they are not there to ask: the one they last used Discord in."""

from __future__ import annotations

from cachetools import LRUCache

from bot.store.database import Database

_REMEMBERED = 10_000


class Languages:
    """Keeps people's languages, and remembers those it met lately, so that an interaction rarely costs a write."""

    def __init__(self, store: Database) -> None:
        self._store = store
        self._lately: LRUCache[int, str | None] = LRUCache(_REMEMBERED)

    async def record_language(self, user_id: int, locale: str) -> None:
        """Somebody uses Discord in that language now. What is written to them from here on is in it, at once."""
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
        """The language that somebody last used Discord in; None for whoever the bot has not met."""
        if user_id not in self._lately:
            async with self._store.read() as tx:
                locale = (await tx.preferences.get(user_id)).locale
            # What an interaction said meanwhile is newer.
            return self._lately.setdefault(user_id, locale)
        return self._lately[user_id]

    def forget(self, user_id: int) -> None:
        """Their data was erased."""
        self._lately.pop(user_id, None)
