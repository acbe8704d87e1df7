"""Faults that can be injected: failures of Discord and of the network."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from fnmatch import fnmatchcase
from itertools import count
from typing import Any

from discord_sandbox.clock import Clock
from discord_sandbox.discord_objects import Json
from discord_sandbox.errors import REFUSALS

KINDS: dict[str, tuple[str, str]] = {
    "refuse": ("Refuse", "Answers with one of Discord's codes (`code`); nothing is done."),
    "error": ("Server error", "Answers 500, 502, 503 or 504 (`status`); nothing is done."),
    "limit": ("Rate limit", "Answers 429 with a `scope` and `retry_after` seconds; nothing is done."),
    "drop_after": ("Drop the answer", "Does the thing, then cuts the line before the answer."),
    "error_after": ("Error after the effect", "Does the thing, then answers with `status` all the same."),
    "drop_before": ("Drop the request", "Cuts the line; nothing is done."),
    "cut_after": (
        "Cut the answer",
        "Does the thing, then sends the first half of the answer as if it were all.",
    ),
    "delay": ("Delay", "Waits `seconds`, then does the thing."),
    "delay_answer": ("Delay the answer", "Does the thing, then waits `seconds` before the answer."),
}
BEFORE = frozenset({"refuse", "error", "limit", "drop_before", "delay"})


@dataclass(slots=True)
class Fault:
    """Fault and the requests it applies to: all that match, at most `count`, each with probability `chance`."""

    id: int
    kind: str
    method: str = "*"
    route: str = "*"
    channel: int | None = None
    guild: int | None = None
    count: int | None = None
    chance: float = 1.0
    code: int = 50013
    status: int = 500
    scope: str = "user"
    retry_after: float = 1.0
    seconds: float = 1.0
    used: int = field(default=0)

    @property
    def is_spent(self) -> bool:
        """Return whether its count is used up."""
        return self.count is not None and self.used >= self.count

    @property
    def label(self) -> str:
        """Description for people."""
        detail = {
            "refuse": f" with {self.code}: {REFUSALS.get(self.code, (0, '?'))[1]}",
            "error": f" {self.status}",
            "error_after": f" {self.status}",
            "limit": f" ({self.scope}, {self.retry_after:g} s)",
            "delay": f" {self.seconds:g} s",
            "delay_answer": f" {self.seconds:g} s",
        }.get(self.kind, "")
        where = f"{self.method} {self.route}" if (self.method, self.route) != ("*", "*") else "every request"
        return f"{KINDS[self.kind][0]}{detail}: {where}"

    def fits(self, method: str, route: str, channel: str | None, guild: str | None) -> bool:
        """Return whether the fault applies to a request."""
        return (
            self.method in ("*", method)
            and (self.route == "*" or self.route == route or fnmatchcase(route, self.route))
            and (self.channel is None or str(self.channel) == channel)
            and (self.guild is None or str(self.guild) == guild)
        )

    def to_json(self) -> Json:
        """Return the fault as the page shows it."""
        data: Json = {name: getattr(self, name) for name in self.__slots__ if name != "id"}
        for name in ("channel", "guild"):
            data[name] = None if data[name] is None else str(data[name])
        return data | {"id": str(self.id), "label": self.label}


class Faults:
    """Active faults and the offline switch."""

    def __init__(self, clock: Clock, *, seed: int = 0) -> None:
        self._clock = clock
        self._random = random.Random(seed)
        self._numbers = count(1)
        self._active: dict[int, Fault] = {}
        self._offline = False
        self.ahead: timedelta | None = None
        """Offset of the `Date` header of answers; None leaves it correct."""
        self._offline_until: datetime | None = None

    def __iter__(self) -> Iterator[Fault]:
        return iter(tuple(self._active.values()))

    def add(self, kind: str, **details: Any) -> Fault:
        """Activate a fault.

        Raises:
            ValueError: the kind is unknown or a detail out of range; the message is for people.
        """
        if kind not in KINDS:
            raise ValueError(f"There is no fault {kind!r}; there are {', '.join(KINDS)}.")
        unknown = details.keys() - set(Fault.__slots__) | details.keys() & {"id", "kind", "used"}
        if unknown:
            raise ValueError(f"A fault has no {', '.join(sorted(unknown))}.")
        given = {name: value for name, value in details.items() if value is not None}
        fault = Fault(next(self._numbers), kind, **given)
        if fault.scope not in ("user", "global", "shared"):
            raise ValueError("The scope is user, global or shared.")
        if not 0 <= fault.chance <= 1:
            raise ValueError("The chance lies between 0 and 1.")
        if not 500 <= fault.status <= 599:
            raise ValueError("The status lies between 500 and 599.")
        if kind == "refuse" and fault.code not in REFUSALS:
            raise ValueError(f"Discord's code {fault.code} is not known here.")
        self._active[fault.id] = fault
        return fault

    def remove(self, fault_id: int) -> None:
        """Deactivate a fault, if it is active."""
        self._active.pop(fault_id, None)

    def clear(self) -> None:
        """Deactivate all faults and go online."""
        self._active.clear()
        self.set_offline(False)
        self.ahead = None

    def hit(self, method: str, route: str, channel: str | None, guild: str | None) -> Fault | None:
        """Return the fault that applies to a request, if any, and count its use."""
        if not self._active:
            return None
        for fault in self._active.values():
            if fault.is_spent or not fault.fits(method, route, channel, guild):
                continue
            if fault.chance < 1 and self._random.random() >= fault.chance:
                continue
            fault.used += 1
            if fault.used == fault.count:
                del self._active[fault.id]
            return fault
        return None

    @property
    def offline(self) -> bool:
        """Return whether nothing is reachable at present."""
        if self._offline_until is not None and self._clock.now() >= self._offline_until:
            self.set_offline(False)
        return self._offline

    def set_offline(self, offline: bool, seconds: float | None = None) -> None:
        """Go offline, for some seconds or until further notice, or come back online."""
        self._offline = offline
        self._offline_until = self._clock.now() + timedelta(seconds=seconds) if offline and seconds else None
