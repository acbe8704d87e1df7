"""Discord's rate limits: counting, headers and the 429.

Discord publishes the rules (buckets by hash and top-level id, 50 requests a second in all, the headers and the 429) but
hardly a number. The numbers here were measured by its users; where nobody has one, it is a generous one.
"""

from __future__ import annotations

import hashlib
from collections import deque
from dataclasses import dataclass
from math import ceil

from discord_sandbox.discord_objects import Json


@dataclass(frozen=True, slots=True)
class RateLimit:
    """Limit of `count` requests per `per` seconds and top-level id; routes with one name share one bucket."""

    name: str
    count: int
    per: float
    code: int | None = None
    """Discord's code in the body of the 429, where it has one."""


GLOBAL = RateLimit("global", 50, 1.0)
SEND = RateLimit("messages", 5, 5.0)
EDIT = RateLimit("message edits", 5, 5.0)
DELETE = RateLimit("message deletes", 5, 1.0)
READ = RateLimit("message reads", 50, 1.0)
REACT = RateLimit("reactions", 1, 0.25)
TYPING = RateLimit("typing", 5, 5.0)
THREADS = RateLimit("threads", 50, 300.0)
PUBLISH = RateLimit("crossposts", 10, 3600.0)
WEBHOOK = RateLimit("webhooks", 5, 2.0)
OPEN_DM = RateLimit("direct messages", 50, 60.0)
CHANNEL = RateLimit("channel edits", 5, 15.0)
OLD_EDIT = RateLimit("edits of messages older than an hour", 3, 6.0, code=30046)
NEW_DM = RateLimit("new direct messages", 40, 60.0, code=40003)


@dataclass(slots=True)
class _Window:
    remaining: int
    ends: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """Result of one request against a limit."""

    limit: RateLimit
    remaining: int
    reset_after: float
    now: float
    retry_after: float | None = None
    """Seconds to wait; None when the request may pass."""

    def headers(self) -> dict[str, str]:
        """Return the X-RateLimit headers."""
        return {
            "X-RateLimit-Limit": str(self.limit.count),
            "X-RateLimit-Remaining": str(self.remaining),
            "X-RateLimit-Reset": f"{self.now + self.reset_after:.3f}",
            "X-RateLimit-Reset-After": f"{self.reset_after:.3f}",
            "X-RateLimit-Bucket": bucket_hash(self.limit),
        }

    def to_json(self) -> Json:
        """Return the result as the trace records it."""
        return {
            "bucket": self.limit.name,
            "limit": self.limit.count,
            "remaining": self.remaining,
            "reset_after": round(self.reset_after, 3),
        }


_hashes: dict[str, str] = {}


def bucket_hash(limit: RateLimit) -> str:
    """Return the bucket's name for clients: 32 hexadecimal digits."""
    known = _hashes.get(limit.name)
    if known is None:
        known = _hashes[limit.name] = hashlib.blake2b(limit.name.encode(), digest_size=16).hexdigest()
    return known


class RateLimits:
    """State of every bucket; while `on` is False every request passes and none is counted."""

    def __init__(self, *, on: bool = True) -> None:
        self.on = on
        self._windows: dict[tuple[str, str], _Window] = {}
        self._purge_at = 4096

    def take(self, limit: RateLimit, major: str, now: float) -> Verdict:
        """Count one request at `now` (seconds) against a bucket.

        A window begins with its first request and admits `count` of them; then it is closed until it ends.
        """
        if not self.on:
            return Verdict(limit, limit.count, 0.0, now)
        key = (limit.name, major)
        window = self._windows.get(key)
        if window is None or window.ends <= now:
            window = self._windows[key] = _Window(limit.count, now + limit.per)
            self._purge(now)
        left = window.ends - now
        if window.remaining <= 0:
            return Verdict(limit, 0, left, now, retry_after=left)
        window.remaining -= 1
        return Verdict(limit, window.remaining, left, now)

    def _purge(self, now: float) -> None:
        if len(self._windows) < self._purge_at:
            return
        self._windows = {key: window for key, window in self._windows.items() if window.ends > now}
        self._purge_at = max(4096, 2 * len(self._windows))


def refusal(retry_after: float, *, scope: str, code: int | None = None) -> tuple[Json, dict[str, str]]:
    """Return the body and headers of a 429; `scope` is `user`, `global` or `shared`."""
    message = {
        "user": "You are being rate limited.",
        "global": "You are being rate limited.",
        "shared": "The resource is being rate limited.",
    }[scope]
    body: Json = {"message": message, "retry_after": round(retry_after, 3), "global": scope == "global"}
    if code is not None:
        body["code"] = code
    headers = {"Retry-After": str(ceil(retry_after)), "X-RateLimit-Scope": scope}
    if scope == "global":
        headers["X-RateLimit-Global"] = "true"
    return body, headers


class InvalidRequests:
    """Cloudflare's limit of ten thousand 401, 403 and 429 in ten minutes, beyond which it blocks the client."""

    MOST = 10_000
    PER = 600.0

    def __init__(self) -> None:
        self._at: deque[float] = deque(maxlen=self.MOST)

    def count(self, now: float) -> None:
        """Count one invalid request."""
        self._at.append(now)

    def is_blocked(self, now: float) -> bool:
        """Return whether the client is blocked."""
        return len(self._at) == self.MOST and now - self._at[0] < self.PER
