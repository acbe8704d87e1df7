"""A sandbox and bare clients for each test."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from discord_sandbox.clock import ManualClock
from discord_sandbox.server import Sandbox

from .bare_client import Api, Gateway

START = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
OPENAPI = Path(__file__).parents[2] / "../shared/discord/openapi.json"


@pytest.fixture
def clock() -> ManualClock:
    return ManualClock(START)


@pytest.fixture
async def sandbox(clock: ManualClock) -> AsyncIterator[Sandbox]:
    async with Sandbox(port=0, clock=clock) as running:
        yield running


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as made:
        yield made


@pytest.fixture
def api(sandbox: Sandbox, session: aiohttp.ClientSession) -> Api:
    return Api(sandbox, session)


@pytest.fixture
def gateway(sandbox: Sandbox, session: aiohttp.ClientSession) -> Gateway:
    return Gateway(sandbox, session)
