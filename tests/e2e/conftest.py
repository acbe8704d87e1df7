"""A stage for each test, and the processes it started."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from discord_sandbox.server import Sandbox

from tests.e2e.processes import OPENAPI, Stage
from tests.e2e.programs import Programs, programs_in
from tests.support.databases import fresh_database


@pytest.fixture
async def programs(tmp_path: Path) -> AsyncIterator[Programs]:
    """Starts processes of `fascicle`. At the end none of them has shown a traceback or its token."""
    async with programs_in(tmp_path) as started:
        yield started


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """Discord's stand-in; where Discord's own specification is at hand, all that the bot sends is held against it."""
    openapi = OPENAPI if OPENAPI.exists() else None
    async with Sandbox(port=0, limits=False, openapi=openapi) as started:
        yield started
        assert started.trace.breaches() == []


@pytest.fixture
async def stage(sandbox: Sandbox, programs: Programs, tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage without a story yet, on SQLite."""
    async with fresh_database(tmp_path, "sqlite") as database:
        yield Stage(sandbox, programs, tmp_path, database)
        # The database may go only when nobody uses it any more.
        await programs.clean_up()
