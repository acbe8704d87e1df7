"""A watch over the database that notices outages, recovery and loss even when nothing is being written."""

from __future__ import annotations

import asyncio
import logging

from bot.clock import stopwatch
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway, DatabaseLost

_log = logging.getLogger(__name__)

EVERY = 15.0
"""Seconds after which something is written where nothing else was."""

_LOOK = 1.0
"""Seconds between two looks at what is known, and between two tries while the database is away."""

_PATIENCE = 5.0
"""Seconds after which a database that does not answer counts as away."""


async def monitor(
    store: Database, *, every: float = EVERY, look: float = _LOOK, patience: float = _PATIENCE
) -> None:
    """Check the database until cancelled; once it is lost, only wait."""
    written, since = store.written, stopwatch()
    while True:
        await asyncio.sleep(look)
        if store.written != written:
            written, since = store.written, stopwatch()
        sound = store.find_trouble() is None and store.is_held() and store.is_intact()
        if sound and stopwatch() - since < every:
            continue
        since = stopwatch()
        try:
            await _probe(store, patience)
        except DatabaseLost:
            # Whoever waits for that ends the bot, and this with it.
            await asyncio.Event().wait()
        except Exception:
            _log.exception("the database could not be looked at", extra={"action": "probe_failed"})


async def _probe(store: Database, patience: float) -> None:
    """Write and read once.

    Raises:
        DatabaseLost: the database is not this process's any more.
    """
    probe = asyncio.create_task(store.probe(), name="look at the database")
    try:
        done, _ = await asyncio.wait([probe], timeout=patience)
        if not done:
            store.reject_until_back()
            await asyncio.wait([probe])
    finally:
        probe.cancel()
    try:
        await probe
    except DatabaseLost:
        raise
    except DatabaseAway:
        return
