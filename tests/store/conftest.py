"""Every test that asks for `store` runs on both databases."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.store.database import Database
from tests.support.databases import DIALECTS, empty_database, fresh_store


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    """Which database."""
    return str(request.param)


@pytest.fixture
async def store(tmp_path: Path, dialect: str) -> AsyncIterator[Database]:
    """An open store on an empty database."""
    async with fresh_store(tmp_path, dialect) as opened:
        yield opened


@pytest.fixture
async def url(tmp_path: Path, dialect: str) -> AsyncIterator[str]:
    """The URL of an empty database."""
    async with empty_database(tmp_path, dialect) as address:
        yield address
