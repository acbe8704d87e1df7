"""What a demo builds on: people who are busy, a world that begins anew, and a server in a container."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import pytest
from discord_sandbox.clock import ManualClock
from discord_sandbox.interactions.interaction import InteractionKind, InteractionState
from discord_sandbox.sandbox_state import Action
from discord_sandbox.server import Sandbox

from .test_control_api import CHAPTERS, IMKE, Driver


@pytest.fixture
def driver(sandbox: Sandbox, session: aiohttp.ClientSession) -> Driver:
    return Driver(sandbox, session)


async def test_people_who_act_or_fill_in_a_form_are_busy(
    sandbox: Sandbox, driver: Driver, clock: ManualClock
) -> None:
    moment = timedelta(seconds=15)
    assert not sandbox.state.is_anybody_busy(moment)
    await driver.post("read", **{"as": IMKE}, channel=CHAPTERS)
    await driver.get("state", **{"as": IMKE})
    assert not sandbox.state.is_anybody_busy(moment), "looking on is no work"
    await driver.post("typing", **{"as": IMKE}, channel=CHAPTERS)
    assert sandbox.state.is_anybody_busy(moment)
    clock.advance(moment)
    assert not sandbox.state.is_anybody_busy(moment)
    made = sandbox.state.interactions.create(
        InteractionKind.COMMAND, int(IMKE), sandbox.world.channel(int(CHAPTERS)), {"type": 1}, []
    )
    made.move(InteractionState.FORM)
    assert sandbox.state.is_anybody_busy(moment)
    clock.advance(timedelta(minutes=3))
    assert not sandbox.state.is_anybody_busy(moment), "a form that was left open keeps nobody waiting"


async def test_a_world_that_begins_anew_has_its_address_and_nothing_else(
    session: aiohttp.ClientSession,
) -> None:
    async with Sandbox(port=0) as sandbox:
        driver, url = Driver(sandbox, session), sandbox.url
        epoch = (await driver.get("state", **{"as": IMKE}))["epoch"]
        sandbox.actions["x"] = Action("X", sandbox.start_over, confirm="Sure?")  # type: ignore[arg-type]
        assert (await driver.get("actions"))["actions"] == [{"name": "x", "label": "X", "confirm": "Sure?"}]
        await driver.post("say", **{"as": IMKE}, channel=CHAPTERS, content="Hello")
        for _ in range(2):
            await sandbox.start_over()
            assert sandbox.url == url
            state = await driver.get("state", **{"as": IMKE})
            assert state["epoch"] != epoch
            epoch = state["epoch"]
            assert state["actions"] == []
            seen = await driver.get(f"channels/{CHAPTERS}/messages", **{"as": IMKE})
            assert seen["messages"] == []


async def test_at_all_addresses_it_still_answers_to_loopback_names_alone(
    session: aiohttp.ClientSession,
) -> None:
    async with Sandbox(port=0, host="0.0.0.0") as sandbox:
        for headers, status in (
            ({}, 200),
            ({"Host": "localhost:9000"}, 200),
            ({"Host": f"192.168.1.5:{sandbox.port}"}, 403),
            ({"Host": "rebound.example"}, 403),
            ({"Origin": "http://evil.example"}, 403),
        ):
            async with session.get(f"{sandbox.url}/sandbox/people", headers=headers) as response:
                assert response.status == status, headers
