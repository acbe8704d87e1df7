"""Faults: what is done, what is answered, and how often."""

from __future__ import annotations

from datetime import timedelta

import aiohttp
import pytest
from discord_sandbox import seed
from discord_sandbox.clock import ManualClock
from discord_sandbox.server import Sandbox

from .bare_client import Api

SENDS = "/channels/{channel}/messages"


def count(sandbox: Sandbox) -> int:
    return len(sandbox.world.channel(seed.CHAPTERS).messages)


async def test_an_answer_that_is_dropped_after_the_effect(api: Api, sandbox: Sandbox) -> None:
    sandbox.add_fault("drop_after", method="POST", route=SENDS, count=1)
    body = {"content": "x", "nonce": "1", "enforce_nonce": True}
    with pytest.raises(aiohttp.ClientError):
        await api.send(seed.CHAPTERS, body)
    assert count(sandbox) == 1
    [record] = sandbox.trace.requests("POST", SENDS)
    assert (record.dropped, record.status) == (True, 200)
    assert (await api.send(seed.CHAPTERS, body)).status == 200
    assert count(sandbox) == 1, "the nonce finds what the first attempt made"


async def test_a_request_that_is_dropped_before(api: Api, sandbox: Sandbox) -> None:
    sandbox.add_fault("drop_before", count=1)
    with pytest.raises(aiohttp.ClientError):
        await api.send(seed.CHAPTERS, {"content": "x"})
    assert count(sandbox) == 0


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize(("kind", "made"), [("error", 0), ("error_after", 1)])
async def test_server_errors(api: Api, sandbox: Sandbox, kind: str, made: int, status: int) -> None:
    sandbox.add_fault(kind, status=status, count=1)
    assert (await api.send(seed.CHAPTERS, {"content": "x"})).status == status
    assert count(sandbox) == made


@pytest.mark.parametrize("scope", ["user", "global", "shared"])
async def test_limits_of_every_scope(api: Api, sandbox: Sandbox, scope: str) -> None:
    sandbox.add_fault("limit", scope=scope, retry_after=1.5, count=1)
    refused = await api.send(seed.CHAPTERS, {"content": "x"})
    assert (refused.status, refused.headers["X-RateLimit-Scope"]) == (429, scope)
    assert refused.body["retry_after"] == 1.5
    assert refused.body["global"] is (scope == "global")
    assert refused.headers["Retry-After"] == "2"
    assert count(sandbox) == 0


async def test_a_refusal_by_code_and_place(api: Api, sandbox: Sandbox) -> None:
    fault = sandbox.add_fault("refuse", code=50013, channel=seed.CHAPTERS)
    assert (await api.send(seed.CHAPTERS, {"content": "x"})).code == 50013
    assert (await api.send(seed.WELCOME, {"content": "x"})).status == 200
    sandbox.faults.remove(fault.id)
    assert (await api.send(seed.CHAPTERS, {"content": "x"})).status == 200


async def test_a_fault_by_guild_and_chance(api: Api, sandbox: Sandbox) -> None:
    sandbox.limits.on = False
    sandbox.add_fault("error", guild=seed.GUILD, chance=0.5)
    statuses = [(await api.send(seed.CHAPTERS, {"content": "x"})).status for _ in range(60)]
    assert 10 < statuses.count(500) < 50
    assert (await api("GET", "/users/@me")).status == 200


async def test_offline_for_a_while(api: Api, sandbox: Sandbox, clock: ManualClock) -> None:
    sandbox.go_offline(60)
    with pytest.raises(aiohttp.ClientError):
        await api("POST", "/users/@me/channels", {})
    clock.advance(timedelta(seconds=60))
    assert (await api("GET", "/users/@me")).status == 200


@pytest.mark.parametrize(
    ("kind", "details"),
    [("nonsense", {}), ("error", {"status": 200}), ("refuse", {"code": 1}), ("limit", {"scope": "all"}),
     ("error", {"chance": 2.0}), ("error", {"used": 1}), ("error", {"where": "x"})],
)  # fmt: skip
def test_faults_that_make_no_sense(kind: str, details: dict[str, object]) -> None:
    with pytest.raises(ValueError):
        Sandbox(port=0).faults.add(kind, **details)
