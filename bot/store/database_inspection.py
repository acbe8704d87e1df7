"""Checks of a database from outside, while a bot may be running on it."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from bot.store.engine import postgresql, sqlite
from bot.store.engine.errors import DatabaseBusy
from bot.store.engine.opening_errors import explain_opening_errors
from bot.store.engine.sqlite_files import is_open_to_others, list_files
from bot.store.engine.urls import parse_url


def describe_location(url: str) -> str:
    """Return the database's name for messages.

    Raises:
        DatabaseUnusable: the URL is none the bot can use.
    """
    return parse_url(url).where


def is_missing(url: str) -> bool:
    """Return whether the database is a file that has not been created yet.

    Raises:
        DatabaseUnusable: the URL is none the bot can use.
    """
    file = parse_url(url).file
    return file is not None and not file.exists()


def list_readable_by_others(url: str) -> list[Path]:
    """List the files of a SQLite database that others than their owner may read or write.

    The folder is included if others could replace files in it.

    Raises:
        DatabaseUnusable: the URL is none the bot can use.
    """
    file = parse_url(url).file
    if file is None or os.name != "posix":
        return []
    found = [path for path in list_files(file) if is_open_to_others(path)]
    mode = file.parent.stat().st_mode
    if mode & (stat.S_IWGRP | stat.S_IWOTH) and not mode & stat.S_ISVTX:
        found.append(file.parent)
    return found


async def is_held(url: str) -> bool:
    """Return whether a running bot holds the database; if none does, the lock is taken for a moment and released.

    Raises:
        DatabaseUnusable: it cannot be told.
    """
    address = parse_url(url)
    with explain_opening_errors(address):
        backend = (sqlite if address.is_sqlite else postgresql).create_engines(address, read_only=False)
        try:
            await backend.lock.take()
        except DatabaseBusy:
            return True
        finally:
            await backend.close()
    return False
