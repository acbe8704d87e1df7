"""Looking at a database from outside, while a bot may be running on it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bot.store.database import explained
from bot.store.engine import postgresql, sqlite
from bot.store.engine.errors import DatabaseBusy
from bot.store.engine.sqlite_files import files_of, open_to_others
from bot.store.engine.urls import parse


def where_is(url: str) -> str:
    """How messages name the database.

    Raises:
        DatabaseUnusable: the URL is none the bot can use.
    """
    return parse(url).where


def is_missing(url: str) -> bool:
    """Whether it is a file that has not been made yet.

    Raises:
        DatabaseUnusable: the URL is none the bot can use.
    """
    file = parse(url).file
    return file is not None and not file.exists()


def readable_by_others(url: str) -> list[Path]:
    """The files of a SQLite database that others than their owner may read or write, and its folder if they could put
    other files in their place.

    Raises:
        DatabaseUnusable: the URL is none the bot can use.
    """
    file = parse(url).file
    if file is None or os.name != "posix":
        return []
    found = [path for path in files_of(file) if open_to_others(path)]
    mode = file.parent.stat().st_mode
    if mode & (stat.S_IWGRP | stat.S_IWOTH) and not mode & stat.S_ISVTX:
        found.append(file.parent)
    return found


async def is_held(url: str) -> bool:
    """Whether a running bot holds the database. If none does, the lock is taken and let go of again at once.

    Raises:
        DatabaseUnusable: it cannot be told.
    """
    address = parse(url)
    with explained(address):
        backend = (sqlite if address.is_sqlite else postgresql).backend(address, read_only=False)
        try:
            await backend.lock.take()
        except DatabaseBusy:
            return True
        finally:
            await backend.close()
    return False
