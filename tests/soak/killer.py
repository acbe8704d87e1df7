"""`fascicle`, the real one, that kills itself with SIGKILL at a chosen step: `python -m tests.soak.killer run …`.

The order to die is a line `step count` in the file that SOAK_ORDER names. It is read at the start and on SIGUSR2; the
process dies when it passes that step for the count-th time. The file that SOAK_CLOCK names holds the seconds by which
its wall clock is wrong, and is read at the same moments. Nothing in the bot knows of this: its methods are wrapped from
outside. SOAK_FORGOTTEN says that Discord has forgotten every nonce meanwhile, as after many minutes.
"""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any

import discord.http

import bot.background.periodic
import bot.domain.delivery.retry
import bot.services.delivery.attempt
from bot.background.periodic import PeriodicJob
from bot.chat.gateway.session import Session
from bot.cli import main
from bot.clock import SystemClock
from bot.store.database import Database
from bot.store.delivery.delivery_planning import DeliveryPlanRepository
from bot.store.delivery.ledger import DeliveryLedger

WRITES: dict[str, tuple[type, str]] = {
    "enter": (DeliveryPlanRepository, "add"),
    "claim": (DeliveryLedger, "claim"),
    "settle": (DeliveryLedger, "settle_sent"),
    "postpone": (DeliveryLedger, "postpone"),
    "take-over": (DeliveryLedger, "expire_claims"),
}
"""What is written to the ledger: each is a step when it begins, when it is done but not committed, and committed.
A release is entered for its subscribers in the transaction that records it."""

STARTING_STEPS = tuple(f"take-over.{moment}" for moment in ("begun", "uncommitted", "committed"))
"""Those that are passed once, at the start."""

STEPS = (
    *(
        f"{name}.{moment}"
        for name in ("enter", "claim", "settle", "postpone")
        for moment in ("begun", "uncommitted", "committed")
    ),
    *("send.begun", "send.answered"),
)

POSTING = ("/messages", "/threads")


class Order:
    """The order to die."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._step = ""
        self._left = 0

    def read(self, *_: object) -> None:
        """Read it, if there is one."""
        if self._file.exists():
            self._step, count = self._file.read_text(encoding="utf-8").split()
            self._left = int(count)
            self._file.unlink()

    def passing(self, step: str) -> None:
        """Die, if it was ordered here and now."""
        if step != self._step:
            return
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


class WrongClock:
    """The machine's wall clock, set wrong; the monotonic clock goes on as ever."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._off = timedelta(0)

    def read(self, *_: object) -> None:
        """Set it as the file says; right, where there is none."""
        said = self._file.read_text(encoding="utf-8") if self._file.exists() else "0"
        self._off = timedelta(seconds=float(said))

    def set(self) -> None:
        """Have the bot read this clock instead of the machine's."""
        right = SystemClock.now
        SystemClock.now = lambda clock: right(clock) + self._off  # type: ignore[method-assign]


written: ContextVar[str] = ContextVar("written", default="")
"""What the transaction that is open in this task has written."""


def watch_writes(order: Order) -> None:
    """Pass a step at each write to the ledger and around its commit."""
    for name, (kind, method) in WRITES.items():
        setattr(kind, method, _writing(order, name, getattr(kind, method)))
    begin = Database.begin

    @asynccontextmanager
    async def watched(self: Database) -> AsyncIterator[Any]:
        written.set("")
        async with begin(self) as tx:
            yield tx
            order.passing(f"{written.get()}.uncommitted")
        order.passing(f"{written.get()}.committed")

    Database.begin = watched  # type: ignore[method-assign]


def _writing(order: Order, name: str, write: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(write)
    async def watched(*args: Any, **more: Any) -> Any:
        order.passing(f"{name}.begun")
        done = await write(*args, **more)
        if done is not False:
            written.set(name)
        return done

    return watched


def watch_sends(order: Order) -> None:
    """Pass a step before each request that posts something, and when its answer is there."""
    request = discord.http.HTTPClient.request

    @wraps(request)
    async def watched(self: Any, route: discord.http.Route, **more: Any) -> Any:
        posts = route.method == "POST" and route.path.endswith(POSTING)
        if posts:
            order.passing("send.begun")
        answer = await request(self, route, **more)
        if posts:
            order.passing("send.answered")
        return answer

    discord.http.HTTPClient.request = watched  # type: ignore[method-assign]


def hasten() -> None:
    """Shorten the waits after failures, and for servers that nobody will tell of: three hundred rounds take long."""
    bot.domain.delivery.retry._FIRST_WAIT = timedelta(seconds=0.2)
    bot.background.periodic.LONGEST_SLEEP = timedelta(seconds=1)
    bot.background.periodic._AFTER_FAILURE = timedelta(seconds=0.5)
    (PeriodicJob.__init__.__kwdefaults__ or {})["longest_sleep"] = timedelta(seconds=1)
    made = Session.__init__

    @wraps(made)
    def quick(self: Session, *args: Any, **more: Any) -> None:
        made(self, *args, **more)
        self._connection.guild_ready_timeout = 0.1
        self.waits.first = 0.1

    Session.__init__ = quick  # type: ignore[method-assign]


if __name__ == "__main__":
    ordered = Order(Path(os.environ["SOAK_ORDER"]))
    clock = WrongClock(Path(os.environ["SOAK_CLOCK"]))
    clock.set()

    def told(*_: object) -> None:
        ordered.read()
        clock.read()

    told()
    signal.signal(signal.SIGUSR2, told)
    watch_writes(ordered)
    watch_sends(ordered)
    hasten()
    if "SOAK_FORGOTTEN" in os.environ:
        bot.services.delivery.attempt.NONCE_WINDOW = timedelta(0)
    main(prog_name="fascicle")
