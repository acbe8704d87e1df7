"""Ring buffer of the last requests, gateway frames and violations of Discord's specification."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from fnmatch import fnmatchcase
from itertools import islice
from typing import Any

from discord_sandbox.clock import Clock
from discord_sandbox.discord_objects import Json
from discord_sandbox.snowflakes import iso

CAPACITY = 5000
_LONGEST = 4096


@dataclass(slots=True)
class Record:
    """Record of the trace."""

    n: int
    at: datetime
    kind: str
    data: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.data[name]
        except KeyError:
            raise AttributeError(name) from None

    def to_json(self) -> Json:
        """Return the record as the page shows it: bodies as text, cut to four kilobytes."""
        told: Json = {"n": self.n, "at": iso(self.at), "kind": self.kind} | self.data
        for name in ("request", "response"):
            if name in told:
                told[name] = _cut(told[name])
        return told


def _cut(value: Any) -> str | None:
    if value is None:
        return None
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


class Trace:
    """Ring buffer of records, with listeners."""

    def __init__(self, clock: Clock, capacity: int = CAPACITY) -> None:
        self._clock = clock
        self._records: deque[Record] = deque(maxlen=capacity)
        self._next = 1
        self._listeners: list[Callable[[Record], None]] = []

    @property
    def next(self) -> int:
        """Number of the next record."""
        return self._next

    def add(self, kind: str, **data: Any) -> Record:
        """Append a record."""
        record = Record(self._next, self._clock.now(), kind, data)
        self._next += 1
        self._records.append(record)
        for listener in self._listeners:
            listener(record)
        return record

    def listen(self, listener: Callable[[Record], None]) -> Callable[[], None]:
        """Add a listener for new records; call the returned function to remove it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def since(self, after: int = 0, limit: int | None = None) -> list[Record]:
        """Return the records after number `after`, oldest first."""
        skip = max(0, after + 1 - self._records[0].n) if self._records else 0
        return list(islice(self._records, skip, None if limit is None else skip + limit))

    def requests(
        self, method: str | None = None, path: str | None = None, status: int | None = None, after: int = 0
    ) -> list[Record]:
        """Return the matching requests; `path` is the route's template, the path itself, or a pattern with `*`."""
        return [
            each
            for each in self.since(after)
            if each.kind == "request"
            and method in (None, each.method)
            and status in (None, each.status)
            and (path is None or path in (each.route, each.path) or fnmatchcase(each.path, path))
        ]

    def events(self, name: str | None = None, after: int = 0) -> list[Record]:
        """Return the gateway frames sent or received, all or of one event."""
        return [each for each in self.since(after) if each.kind == "event" and name in (None, each.event)]

    def breaches(self, after: int = 0) -> list[Record]:
        """Return the violations of Discord's specification by the bot."""
        return [each for each in self.since(after) if each.kind == "schema"]

    def clear(self) -> None:
        """Remove all records; numbering continues."""
        self._records.clear()
