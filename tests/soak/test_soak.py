"""The soak test's short form: a few events of each sort, and no chapter is lost, doubled or out of order.

The long one is `make soak`.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.soak.events import KINDS, chosen, events
from tests.soak.lines import faults
from tests.soak.running import MOST_LINES, Outcome, in_one_world

pytestmark = pytest.mark.slow

SHORT = {"sqlite": ["kill", "database", "backup"], "postgresql": ["kill", "backup"]}


@pytest.mark.timeout(120)
@pytest.mark.parametrize("dialect", SHORT)
async def test_a_few_events(tmp_path: Path, dialect: str) -> None:
    happened: list[Outcome] = []
    plan = [event for kind in SHORT[dialect] for event in events(1, 1, [kind])]
    await in_one_world(tmp_path, dialect, plan, 1, happened.append)
    assert [each.kind for each in happened] == SHORT[dialect]
    assert all(each.tally.clean for each in happened)
    assert all(len(each.lines) <= MOST_LINES for each in happened), happened


def test_kinds_are_chosen_by_name_or_by_the_first_part_of_one() -> None:
    assert chosen("kill, clock") == ["kill", "clock"]
    assert chosen("files") == [kind for kind in KINDS if kind.startswith("files.")]
    with pytest.raises(ValueError, match="none of"):
        chosen("war")


def test_the_same_seed_makes_the_same_events_and_all_kinds_come() -> None:
    one, other = (events(100, 7, list(KINDS)) for _ in range(2))
    assert [(each.kind, each.name) for each in one] == [(each.kind, each.name) for each in other]
    assert {each.kind for each in one} == set(KINDS)
    assert 25 < sum(each.kind == "kill" for each in one) < 55


def test_what_counts_as_said_because_of_a_fault() -> None:
    said = [
        '{"level": "info", "action": "delivery_sent"}',
        '{"level": "info", "message": "started"}',
        '{"level": "info", "action": "delivery_unknown"}',
        '{"level": "warning", "message": "x"}',
        "Traceback (most recent call last):",
        "",
    ]
    assert faults(said) == said[2:5]
