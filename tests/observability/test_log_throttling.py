"""What gets into the log, how often, and what never does."""

from __future__ import annotations

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from prometheus_client import CollectorRegistry

from bot.observability.log_redaction import redact
from bot.observability.log_throttling import LogThrottle
from bot.observability.logs import JsonFormatter, RedactionFilter
from bot.observability.outage_log import QUIET, Outage, OutageLog

TOKEN = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OnNlY3JldA"


class Watch:
    """A monotonic clock to be moved."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_a_fault_is_one_line_when_it_begins_and_one_when_it_ends(caplog: pytest.LogCaptureFixture) -> None:
    watch, registry = Watch(), CollectorRegistry()
    outages = OutageLog(registry, now=watch)
    outages.over("disk")
    assert caplog.records == []
    for _ in range(5_000):
        watch.at += 0.01
        outages.happened("disk", "no space is left")
    assert outages.why("disk") == "no space is left"
    outages.over("disk")
    outages.over("disk")
    begun, ended = caplog.records
    assert begun.getMessage() == "disk: no space is left. I go on trying, and say here when it works again."
    assert ended.getMessage() == "disk: works again after 50 s and 5000 failures."
    assert outages.why("disk") is None
    assert registry.get_sample_value("fascicle_faults_total", {"kind": "disk"}) == 5000


def test_one_that_comes_and_goes_is_told_ever_more_rarely(caplog: pytest.LogCaptureFixture) -> None:
    watch = Watch()
    outages = OutageLog(now=watch)
    for _ in range(1_000):
        outages.happened("disk", "no space is left")
        watch.at += 1
        outages.over("disk")
    assert len(caplog.records) <= 22
    watch.at += QUIET + 1
    before = len(caplog.records)
    outages.happened("disk", "no space is left")
    outages.over("disk")
    assert len(caplog.records) == before + 2, "what comes back after long is news"


@given(st.lists(st.tuples(st.sampled_from("ab"), st.booleans(), st.floats(0, 2 * QUIET)), max_size=60))
def test_beginnings_and_ends_alternate(steps: list[tuple[str, bool, float]]) -> None:
    watch, said = Watch(), dict[str, list[str]]()
    outages = OutageLog(now=watch)

    class Note(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            said.setdefault(record.kind, []).append(record.action)  # type: ignore[attr-defined]

    note = Note()
    logging.getLogger("bot.observability.outage_log").addHandler(note)
    try:
        for kind, fails, later in steps:
            watch.at += later
            if fails:
                outages.happened(kind, "so")
            else:
                outages.over(kind)
    finally:
        logging.getLogger("bot.observability.outage_log").removeHandler(note)
    for actions in said.values():
        assert actions == (["fault_begins", "fault_ends"] * len(actions))[: len(actions)]


def a_record(error: Exception | None, **extra: object) -> logging.LogRecord:
    info = (type(error), error, error.__traceback__) if error is not None else None
    record = logging.LogRecord("bot.some", logging.ERROR, "x.py", 1, "%s failed", ("it",), info)
    vars(record).update(extra)
    return record


def raised(error: Exception) -> Exception:
    try:
        raise error
    except Exception as caught:
        return caught


def test_a_traceback_is_told_once_and_counted_until_the_next_time() -> None:
    watch = Watch()
    sparing = LogThrottle(now=watch)
    first = a_record(raised(ValueError("a")))
    assert sparing.filter(first)
    assert first.exc_info
    for _ in range(57):
        assert not sparing.filter(a_record(raised(ValueError("b"))))
    watch.at += 601
    later = a_record(raised(ValueError("c")))
    assert sparing.filter(later)
    assert later.getMessage() == "it failed (57 times more since it was last told)"
    assert sparing.filter(a_record(raised(KeyError("another")))), "another fault is another matter"
    assert sparing.filter(a_record(None)), "what is no fault is none of its business"


def test_what_a_person_has_a_reference_to_has_its_line() -> None:
    sparing = LogThrottle()
    for times in range(3):
        record = a_record(raised(ValueError("a")), reference="AB12CD")
        assert sparing.filter(record)
        assert bool(record.exc_info) is (times == 0)


@pytest.mark.parametrize("wrapped", [False, True])
def test_what_is_away_was_told_by_whoever_found_it(*, wrapped: bool) -> None:
    error: Exception = raised(Outage("it is locked"))
    if wrapped:
        error = ExceptionGroup("tasks", [error])
    assert not LogThrottle().filter(a_record(error))


@pytest.mark.parametrize(
    "line",
    [
        f"POST https://discord.com/api/v10/interactions/1234567890123456789/{TOKEN}/callback with x",
        f"https://discord.com/api/v10/webhooks/123456789012345678/{TOKEN}?wait=true failed",
        f"ClientResponseError(url='https://discord.com/api/v10/webhooks/123456789012345678/{TOKEN}/messages/@original')",
        f"{{'id': '1', 'token': '{TOKEN}', 'type': 2}}",
        f'{{"token": "{TOKEN}"}}',
        f"DETAIL:  Key (maker, name)=(1, {TOKEN}) already exists.",
        f"[parameters: ({{'a': '{TOKEN}'}},)]",
        f"DETAIL:  Failing row contains (1, {TOKEN}, null).",
        f"DataError: invalid input for query argument $1: '{TOKEN}' (expected int)",
        f'In number: Value "{TOKEN}" is not int.',
    ],
)
def test_tokens_and_texts_are_struck_out(line: str) -> None:
    assert TOKEN not in redact(f"before\n{line}\nafter")
    assert redact(f"before\n{line}\nafter").endswith("\nafter")
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, line, (), None)
    told = RedactionFilter(JsonFormatter(), ()).format(record)
    assert TOKEN not in told
    json.loads(told)


@given(st.text(max_size=300))
def test_whatever_is_logged_stays_one_object_of_json(text: str) -> None:
    record = logging.LogRecord("x", logging.ERROR, "x.py", 1, "%s", (text,), None)
    told = RedactionFilter(JsonFormatter(), ()).format(record)
    assert isinstance(json.loads(told), dict)


def test_plain_lines_stay_as_they_are() -> None:
    for line in (
        "delivery 5 to channel 100000000000000010: Sent(message_id=7)",
        "GET /api/v10/channels/100000000000000010/messages/1 failed",
        "registered 24 commands everywhere",
    ):
        assert redact(line) == line


def test_a_drivers_connection_that_nobody_waits_for_is_told_by_who_needed_it() -> None:
    lost = a_record(ConnectionError("unexpected connection_lost() call"))
    lost.name = "asyncio"
    ours = a_record(ValueError("not what it was"))
    ours.name = "asyncio"
    assert not LogThrottle().filter(lost)
    assert LogThrottle().filter(ours)
