"""Rate limits: how they count, and how they tell."""

from __future__ import annotations

from datetime import timedelta

from discord_sandbox import seed
from discord_sandbox.clock import ManualClock
from discord_sandbox.rate_limits import InvalidRequests, RateLimit, RateLimits
from discord_sandbox.server import Sandbox
from hypothesis import given
from hypothesis import strategies as st

from .bare_client import Api

waits = st.lists(st.floats(0, 3, allow_nan=False), min_size=1, max_size=80)


@given(waits, st.integers(1, 6), st.floats(0.1, 5))
def test_no_window_lets_too_many_pass(gaps: list[float], count: int, per: float) -> None:
    limits, limit = RateLimits(), RateLimit("test", count, per)
    now, passed = 1000.0, []
    begun: float | None = None
    for gap in gaps:
        now += gap
        verdict = limits.take(limit, "1", now)
        if begun is None or now >= begun + per:
            begun = now
            passed.clear()
        if verdict.retry_after is None:
            passed.append(now)
            assert verdict.remaining == count - len(passed)
        else:
            assert len(passed) == count, "refused though there was room"
        assert len(passed) <= count
        assert 0 <= verdict.reset_after <= per + 1e-6


@given(waits, st.integers(1, 4))
def test_who_waits_as_told_is_let_through(gaps: list[float], count: int) -> None:
    limits, limit = RateLimits(), RateLimit("test", count, 2.0)
    now = 0.0
    for gap in gaps:
        now += gap
        verdict = limits.take(limit, "1", now)
        if verdict.retry_after is not None:
            now += verdict.retry_after + 1e-9
            assert limits.take(limit, "1", now).retry_after is None


def test_buckets_are_apart_by_channel_and_shared_by_name() -> None:
    limits = RateLimits()
    one, same_bucket = RateLimit("reactions", 1, 1.0), RateLimit("reactions", 1, 1.0)
    assert limits.take(one, "a", 0).retry_after is None
    assert limits.take(one, "b", 0).retry_after is None
    assert limits.take(same_bucket, "a", 0).retry_after == 1.0


def test_ten_thousand_invalid_requests_in_ten_minutes_shut_the_door() -> None:
    invalid = InvalidRequests()
    for _ in range(9_999):
        invalid.count(0.0)
    assert not invalid.is_blocked(0.0)
    invalid.count(1.0)
    assert invalid.is_blocked(599.0)
    assert not invalid.is_blocked(601.0)


async def test_five_messages_in_five_seconds_a_channel(api: Api, clock: ManualClock) -> None:
    answers = [await api.send(seed.CHAPTERS, {"content": str(number)}) for number in range(6)]
    assert [each.status for each in answers] == [200] * 5 + [429]
    assert [each.headers["X-RateLimit-Remaining"] for each in answers[:5]] == ["4", "3", "2", "1", "0"]
    assert answers[0].headers["X-RateLimit-Limit"] == "5"
    assert answers[0].headers["X-RateLimit-Reset-After"] == "5.000"
    refused = answers[5]
    assert refused.headers["X-RateLimit-Scope"] == "user"
    assert refused.headers["Via"]
    assert refused.body == {"message": "You are being rate limited.", "retry_after": 5.0, "global": False}
    assert (await api.send(seed.WELCOME, {"content": "elsewhere"})).status == 200
    clock.advance(timedelta(seconds=5))
    assert (await api.send(seed.CHAPTERS, {"content": "later"})).status == 200


async def test_fifty_a_second_in_all(api: Api, clock: ManualClock, sandbox: Sandbox) -> None:
    paths = ["/users/@me"] * 50
    assert {(await api("GET", path)).status for path in paths} == {200}
    refused = await api("GET", "/gateway/bot")
    assert refused.status == 429
    assert refused.body["global"] is True
    assert refused.headers["X-RateLimit-Scope"] == "global"
    assert refused.headers["X-RateLimit-Global"] == "true"
    called = sandbox.trace.requests(status=429)
    assert [each.scope for each in called] == ["global"]
    assert (await api("POST", "/interactions/1/none/callback", {"type": 4})).status == 404, (
        "outside the global limit"
    )
    clock.advance(timedelta(seconds=1))
    assert (await api("GET", "/gateway/bot")).status == 200


async def test_adding_and_taking_back_reactions_share_one_bucket(api: Api, clock: ManualClock) -> None:
    sent = (await api.send(seed.CHAPTERS, {"content": "x"})).body
    path = f"/channels/{seed.CHAPTERS}/messages/{sent['id']}/reactions/⭐/@me"
    added = await api("PUT", path)
    assert added.headers["X-RateLimit-Remaining"] == "0"
    removed = await api("DELETE", path)
    assert (removed.status, removed.body["retry_after"]) == (429, 0.25)
    clock.advance(timedelta(milliseconds=250))
    removed = await api("DELETE", path)
    assert removed.status == 204
    assert removed.headers["X-RateLimit-Bucket"] == added.headers["X-RateLimit-Bucket"]


async def test_limits_can_be_switched_off(api: Api, sandbox: Sandbox) -> None:
    sandbox.limits.on = False
    answers = [await api.send(seed.CHAPTERS, {"content": str(number)}) for number in range(60)]
    assert {each.status for each in answers} == {200}
    assert not any(name.startswith("X-RateLimit") for name in answers[0].headers)


async def test_two_hundred_new_commands_a_day(api: Api, clock: ManualClock, sandbox: Sandbox) -> None:
    sandbox.limits.on = False
    path = f"/applications/{seed.BOT}/commands"

    async def put(first: int) -> int | None:
        names = [f"command-{number}" for number in range(first, first + 100)]
        return (await api("PUT", path, [{"name": name, "description": "x"} for name in names])).code

    assert [await put(0), await put(0), await put(100), await put(200)] == [None, None, None, 30034]
    clock.advance(timedelta(days=1))
    assert await put(200) is None
