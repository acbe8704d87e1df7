"""Every code that Discord documents, and every way in which it does not answer."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import aiohttp
import discord
import pytest

from bot.chat.rest.outcomes import EDGE_WAIT, outcome_of
from bot.domain.delivery.outcomes import Delayed, Refused, Sent, Unfit, Unknown
from tests.chat.samples import NOON


def answer(status: int, code: int = 0, *, message: str = "no", **headers: str) -> discord.HTTPException:
    """An exception as discord.py makes it from a JSON answer."""
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(status, discord.HTTPException)
    if status >= 500:
        kind = discord.DiscordServerError
    response = SimpleNamespace(
        status=status,
        reason="",
        headers={"Content-Type": "application/json"} | {k.replace("_", "-"): v for k, v in headers.items()},
    )
    return kind(response, {"code": code, "message": message})  # type: ignore[arg-type]


REFUSED = [
    (404, 10003), (404, 10004), (404, 10013), (404, 10015), (403, 50007), (403, 50278), (403, 20009),
    (403, 50001), (403, 50013), (403, 50003), (400, 50024), (400, 50008), (400, 40058), (404, 50027),
    (400, 220001), (400, 220002), (400, 220003), (400, 220004), (400, 50083), (403, 160005), (400, 160006),
    (400, 160007), (400, 40066), (400, 40067), (403, 0), (404, 0), (403, 99999),
]  # fmt: skip
UNFIT = [
    (404, 10014), (400, 50006), (400, 50035), (413, 40005), (400, 50045), (400, 30015), (400, 200000), (400, 240000),
    (400, 30010), (400, 160002), (400, 160004), (400, 160014), (400, 0), (400, 99999), (413, 0),
]  # fmt: skip
DELAYED = [
    (400, 20016), (429, 20022), (429, 20028), (429, 20029), (429, 30046), (400, 40003), (400, 40062), (400, 40004),
    (400, 40006), (400, 130000), (400, 110000), (429, 0), (400, 30034),
]  # fmt: skip


@pytest.mark.parametrize(("status", "code"), REFUSED)
def test_what_a_destination_does_not_take_parks_it_with_a_mend(status: int, code: int) -> None:
    outcome = outcome_of(answer(status, code), NOON)
    assert isinstance(outcome, Refused)
    assert outcome.fault.code == f"discord-{code or status}"
    assert str(outcome.fault.reason).endswith(".")
    assert outcome.fault.at == NOON


@pytest.mark.parametrize(("status", "code"), UNFIT)
def test_what_is_wrong_with_one_message_is_not_the_destinations_fault(status: int, code: int) -> None:
    assert isinstance(outcome_of(answer(status, code), NOON), Unfit)


@pytest.mark.parametrize(("status", "code"), DELAYED)
def test_limits_and_named_outages_pass(status: int, code: int) -> None:
    outcome = outcome_of(answer(status, code, Retry_After="7.5"), NOON)
    assert isinstance(outcome, Delayed)
    assert outcome.wait == timedelta(seconds=7.5)


def test_a_limit_without_a_time_is_left_to_the_caller() -> None:
    assert outcome_of(answer(429, 30046), NOON) == Delayed("limit 30046", None)
    assert outcome_of(answer(429, Retry_After="soon"), NOON) == Delayed("limit 429", None)


@pytest.mark.parametrize("status", [500, 502, 503, 504, 524])
def test_a_failing_discord_may_have_done_it(status: int) -> None:
    assert isinstance(outcome_of(answer(status), NOON), Unknown)
    assert isinstance(outcome_of(answer(status, 130000), NOON), Unknown), "whatever the body says"


def test_a_message_that_is_gone_was_sent() -> None:
    assert outcome_of(answer(404, 10008), NOON) == Sent(None)


@pytest.mark.parametrize(("status", "code"), [(401, 0), (401, 50014), (403, 40001)])
def test_a_refused_token_stops_everything_for_a_while_and_is_loud_unless_the_session_asks_on(
    status: int, code: int, caplog: pytest.LogCaptureFixture
) -> None:
    assert outcome_of(answer(status, code), NOON) == Delayed("the token is not accepted", EDGE_WAIT)
    assert [record.levelname for record in caplog.records] == ([] if status == 401 else ["CRITICAL"])


def test_a_block_by_the_edge_is_waited_out() -> None:
    page = discord.HTTPException(
        SimpleNamespace(status=429, reason="", headers={"Content-Type": "text/html"}),  # type: ignore[arg-type]
        "<html>error 1015</html>",
    )
    for error in (page, answer(403, 40333)):
        outcome = outcome_of(error, NOON)
        assert isinstance(outcome, Delayed)
        assert outcome.wait == EDGE_WAIT


def test_a_limit_that_discord_py_declines_to_sleep_through_is_not_an_http_error() -> None:
    outcome = outcome_of(discord.RateLimited(90.0), NOON)
    assert outcome == Delayed("rate limit", timedelta(seconds=90))


def test_without_a_connection_nothing_was_sent() -> None:
    refused = aiohttp.ClientConnectorError(
        SimpleNamespace(ssl=None, host="x", port=1), OSError(111, "refused")
    )  # type: ignore[arg-type]
    assert isinstance(outcome_of(refused, NOON), Delayed)
    assert isinstance(outcome_of(aiohttp.ConnectionTimeoutError(), NOON), Delayed)


@pytest.mark.parametrize(
    "error",
    [
        aiohttp.ServerDisconnectedError(),
        aiohttp.ClientOSError(104, "reset"),
        aiohttp.ClientPayloadError(),
        TimeoutError(),
        ConnectionResetError(104, "reset"),
    ],
)
def test_a_lost_answer_leaves_it_open(error: Exception) -> None:
    assert isinstance(outcome_of(error, NOON), Unknown)


def test_faults_of_our_own_are_not_discords() -> None:
    with pytest.raises(KeyError):
        outcome_of(KeyError("x"), NOON)


def test_what_discord_says_of_an_unknown_refusal_is_passed_on() -> None:
    outcome = outcome_of(answer(403, 123456, message="You may not\n do that"), NOON)
    assert isinstance(outcome, Refused)
    assert "123456: You may not do that" in str(outcome.fault.reason)
