"""A sandbox and a database for each living test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from discord_sandbox.server import Sandbox

from bot.store.database import Database
from tests.chat.live.running_bot import OPENAPI
from tests.support.databases import DIALECTS, fresh_store


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Discord's stand-in; where Discord's specification is at hand, it is kept to strictly.

    It waits longer than Discord for an answer: the benchmarks measure how quick the bot is, and a busy machine is not
    its fault.
    """
    openapi = OPENAPI if OPENAPI.exists() else None
    async with Sandbox(
        port=0, limits=False, openapi=openapi, strict=openapi is not None, answer_within=timedelta(seconds=12)
    ) as started:
        yield started


@pytest.fixture(params=DIALECTS)
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Database]:
    """An empty database of each kind."""
    async with fresh_store(tmp_path, request.param) as opened:
        yield opened
