"""Rate limit buckets for discord.py that use up what is left of long windows."""

from __future__ import annotations

import asyncio

from discord.errors import RateLimited
from discord.http import HTTPClient, Ratelimit

_FIRST_ANSWER = 30.0
"""Seconds between two checks while a route's limits are unknown, as in discord.py."""


class Bucket(Ratelimit):
    """A bucket that lets a request pass as long as any request is left in its window.

    discord.py's own refuses a request whose window ends later than the client's patience, even with nine of ten
    requests left, and forgets a bucket that it found empty, so that the next request meets Discord's own refusal.
    """

    async def acquire(self) -> None:
        """Take one request, or wait for the end of a short window.

        Raises:
            RateLimited: None is left, and the window ends later than the client's patience.
        """
        self._last_request = self._loop.time()
        if self.is_expired():
            self.reset()  # type: ignore[no-untyped-call]
        while self.remaining <= 0:
            self._refuse_long_waits()
            await self._wait()
        self.remaining -= 1
        self.outgoing += 1

    async def _wait(self) -> None:
        """Wait until a request is given back or the window ends."""
        free = self._loop.create_future()
        self._pending_requests.append(free)
        try:
            while not free.done():
                left = self.expires - self._loop.time() if self.expires else _FIRST_ANSWER
                await asyncio.wait([free], timeout=left)
                if not free.done():
                    await self._refresh()
        except BaseException:
            free.cancel()
            if self.remaining > 0 and not free.cancelled():
                self._wake_next()
            raise

    async def _refresh(self) -> None:
        """Begin a new window after the end of a short one; wake those that wait for a long one."""
        if self._is_long():
            self._wake(len(self._pending_requests))
        else:
            await super()._refresh()

    def _wake(self, count: int = 1, *, exception: RateLimited | None = None) -> None:  # noqa: ARG002
        """Wake `count` waiting requests, each of which checks the bucket again."""
        super()._wake(count)

    def _refuse_long_waits(self) -> None:
        if self._is_long() and self.expires is not None:
            raise RateLimited(self.expires - self._loop.time())

    def _is_long(self) -> bool:
        if self._max_ratelimit_timeout is None or self.expires is None:
            return False
        return self.expires - self._loop.time() > self._max_ratelimit_timeout


def use_patient_buckets(http: HTTPClient) -> None:
    """Have a client track its rate limits in these buckets."""

    def get_ratelimit(key: str) -> Ratelimit:
        bucket = http._buckets.get(key)
        if bucket is None:
            bucket = http._buckets[key] = Bucket(http.max_ratelimit_timeout)
            http._try_clear_expired_ratelimits()
        return bucket

    http.get_ratelimit = get_ratelimit  # type: ignore[method-assign]
