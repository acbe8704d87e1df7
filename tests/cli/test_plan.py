"""`fascicle plan` on the hard cases of the schedule language, through real files."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.store.database import Database
from bot.store.releases.release_records import NewRelease
from tests.cli.test_check import fascicle, process
from tests.content.samples import put, read, story


def planned(root: Path, *words: str) -> list[dict[str, Any]]:
    result = fascicle("plan", "lamp", "--content", root, "--json", *words)
    assert result.exit_code == 0, result.stderr
    return list(json.loads(result.stdout))


def times(root: Path, *words: str) -> list[str]:
    return [release["at"] for release in planned(root, *words)]


def lamp(root: Path, schedule: str, zone: str, *, chapters: int = 4, more: str = "") -> Path:
    yaml = f"title: The Lamp\nrelease:\n  schedule: {schedule!r}\n  timezone: {zone}\n{more}"
    return story(root, {f"chapters/{number}.md": "x" for number in range(1, chapters + 1)}, yaml=yaml)


@pytest.mark.parametrize(
    ("schedule", "zone", "start", "slots"),
    [
        (
            "daily at 01:30", "Europe/London", "2026-03-28T00:00Z",
            ["2026-03-28T01:30:00Z", "2026-03-29T01:30:00Z", "2026-03-30T00:30:00Z", "2026-03-31T00:30:00Z"],
        ),
        (
            "daily at 01:30", "Europe/London", "2026-10-24T00:00Z",
            ["2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z", "2026-10-27T01:30:00Z"],
        ),
        (
            "daily at 02:30", "America/New_York", "2026-03-07T00:00Z",
            ["2026-03-07T07:30:00Z", "2026-03-08T07:30:00Z", "2026-03-09T06:30:00Z", "2026-03-10T06:30:00Z"],
        ),
        (
            "daily at 01:30", "America/New_York", "2026-10-31T00:00Z",
            ["2026-10-31T05:30:00Z", "2026-11-01T05:30:00Z", "2026-11-02T06:30:00Z", "2026-11-03T06:30:00Z"],
        ),
        (  # half an hour forward at 02:00, back at 02:00
            "daily at 02:15", "Australia/Lord_Howe", "2026-10-02T20:00Z",
            ["2026-10-03T15:45:00Z", "2026-10-04T15:15:00Z", "2026-10-05T15:15:00Z", "2026-10-06T15:15:00Z"],
        ),
        (
            "daily at 01:45", "Australia/Lord_Howe", "2026-04-03T16:00Z",
            ["2026-04-04T14:45:00Z", "2026-04-05T15:15:00Z", "2026-04-06T15:15:00Z", "2026-04-07T15:15:00Z"],
        ),
        (
            "0 18 * * 0", "UTC", "2026-12-01",
            ["2026-12-06T18:00:00Z", "2026-12-13T18:00:00Z", "2026-12-20T18:00:00Z", "2026-12-27T18:00:00Z"],
        ),
        (
            "0 18 * * 7", "UTC", "2026-12-01",
            ["2026-12-06T18:00:00Z", "2026-12-13T18:00:00Z", "2026-12-20T18:00:00Z", "2026-12-27T18:00:00Z"],
        ),
        (  # the 13th, and every Friday
            "0 18 13 * 5", "UTC", "2026-12-01",
            ["2026-12-04T18:00:00Z", "2026-12-11T18:00:00Z", "2026-12-13T18:00:00Z", "2026-12-18T18:00:00Z"],
        ),
        (
            "every 20 seconds", "UTC", "2026-12-01",
            ["2026-12-01T00:00:00Z", "2026-12-01T00:00:20Z", "2026-12-01T00:00:40Z", "2026-12-01T00:01:00Z"],
        ),
        (
            "daily at 18:00 Asia/Tokyo", "Europe/London", "2026-12-01",
            ["2026-12-01T09:00:00Z", "2026-12-02T09:00:00Z", "2026-12-03T09:00:00Z", "2026-12-04T09:00:00Z"],
        ),
    ],
)  # fmt: skip
def test_slots(tmp_path: Path, schedule: str, zone: str, start: str, slots: list[str]) -> None:
    assert times(lamp(tmp_path, schedule, zone), "--from", start) == slots


def test_every_counts_from_start_and_nothing_comes_before(tmp_path: Path) -> None:
    root = lamp(tmp_path, "every 3 days at 18:00", "UTC", more="  start: 2026-12-10\n")
    assert times(root, "--from", "2026-12-01")[:2] == ["2026-12-10T18:00:00Z", "2026-12-13T18:00:00Z"]


def test_a_moment_without_offset_is_in_the_storys_zone(tmp_path: Path) -> None:
    root = lamp(tmp_path, "every hour", "Asia/Tokyo", chapters=1)
    assert times(root, "--from", "2026-12-01 09:00") == ["2026-12-01T00:00:00Z"]


def test_publish_at_uses_no_slot(tmp_path: Path) -> None:
    root = lamp(tmp_path, "daily at 18:00", "UTC", chapters=2, more="  start: 2026-12-03\n")
    dated = {
        "0-old": "2026-11-01",  # over a day back: backlog
        "3-before-start": "2026-12-02 12:00",
        "4-between": "2026-12-03 20:00",
    }
    put(root, {f"lamp/chapters/{name}.md": f"---\npublish_at: {at}\n---\nx" for name, at in dated.items()})
    assert [(release["chapter"], release["at"]) for release in planned(root, "--from", "2026-12-01")] == [
        ("before-start", "2026-12-02T12:00:00Z"),
        ("1", "2026-12-03T18:00:00Z"),
        ("between", "2026-12-03T20:00:00Z"),
        ("2", "2026-12-04T18:00:00Z"),
    ]


def test_backlog_drafts_and_hiatus(tmp_path: Path) -> None:
    root = lamp(tmp_path, "daily at 18:00", "UTC", more="  backlog: 2\n")
    put(root, {"lamp/chapters/3.md": "---\ndraft: true\n---\n"})
    assert [release["chapter"] for release in planned(root, "--from", "2026-12-01")] == ["4"]
    put(root, {"lamp/story.yaml": "title: The Lamp\nstatus: hiatus\nrelease: {schedule: daily at 18:00}\n"})
    assert planned(root, "--from", "2026-12-01") == []
    assert "no release times are planned" in fascicle("plan", "--content", root).stdout


def test_a_schedule_that_never_fires_is_a_fault(tmp_path: Path) -> None:
    root = lamp(tmp_path, "0 0 30 2 *", "UTC")
    result = fascicle("plan", "lamp", "--content", root, "--json")
    assert (result.exit_code, json.loads(result.stdout)) == (1, [])
    assert "story.yaml:3:13: “release.schedule”" in result.stderr


def test_all_stories_by_time_counted_together(tmp_path: Path) -> None:
    root = lamp(tmp_path, "daily at 18:00", "UTC", chapters=2)
    story(root, {"chapters/1.md": "x"}, yaml="title: B\nrelease: {schedule: daily at 19:00}\n", slug="b")
    story(root, {"chapters/1.md": ""}, slug="broken")
    result = fascicle("plan", "--content", root, "--json", "--from", "2026-12-01", "--count", "2")
    assert result.exit_code == 1, "one of them is broken"
    assert [release["story"] for release in json.loads(result.stdout)] == ["lamp", "b"]
    assert "broken/chapters/1.md:1" in result.stderr


def test_the_table_is_in_local_time_and_tells_when_the_buffer_runs_dry(tmp_path: Path) -> None:
    root = lamp(tmp_path, "daily at 18:00", "Europe/London", chapters=2)
    put(root, {"lamp/chapters/2.md": "# A [bold]title[/bold]\nx"})
    result = fascicle("plan", "lamp", "--content", root, "--from", "2026-06-30")
    assert "Tue 30 Jun 2026 18:00 BST" in result.stdout
    assert "A [bold]title[/bold]" in result.stdout
    assert (
        "“A [bold]title[/bold]” is the last finished chapter. The next is needed by Thu 02 Jul 2026 18:00 BST."
        in result.stdout
    )


@pytest.mark.parametrize(
    "words",
    [
        ("nobody",),
        ("lam",),
        ("--from", "soon"),
        ("--count", "0"),
        ("--content", "nowhere"),
        ("-c", "no.yaml"),
    ],
)
def test_wrong_usage_is_2(tmp_path: Path, words: tuple[str, ...]) -> None:
    result = fascicle("plan", "--content", lamp(tmp_path, "daily at 18:00", "UTC"), *words)
    assert result.exit_code == 2
    assert result.stderr
    if words == ("lam",):
        assert "Did you mean “lamp”?" in result.stderr


def test_a_real_process_prints_what_the_interface_says(tmp_path: Path) -> None:
    put(
        lamp(tmp_path / "content", "tue, fri at 18:00", "UTC", chapters=1), {"lamp/chapters/1.md": "# Ünö\nx"}
    )
    result = process("plan", "--from", "2026-12-01T00:00:00Z", "--json", cwd=tmp_path)
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout) == [
        {"story": "lamp", "chapter": "1", "title": "Ünö", "at": "2026-12-01T18:00:00Z"}
    ]


SEEN = datetime(2026, 12, 1, tzinfo=UTC)


async def remember(root: Path, url: str, released: int) -> None:
    """A database in which the first chapters of the story are out."""
    serial = read(root).serials()["lamp"]
    store = await Database.open(url)
    settled = SEEN + timedelta(days=released)
    async with store.begin() as tx:
        await tx.stories.add(serial.story, first_seen=SEEN, settled_until=settled)
        for number, chapter in enumerate(serial.chapters[:released]):
            at = SEEN + timedelta(days=number, hours=18)
            await tx.releases.add(NewRelease(story="lamp", chapter=chapter, at=at, released_at=at, words=1))
    await store.close()


def test_with_the_database_it_goes_on_from_what_is_out(tmp_path: Path) -> None:

    root = lamp(tmp_path / "content", "daily at 18:00", "UTC", more="  start: 2100-01-01\n")
    url = f"sqlite+aiosqlite:///{tmp_path}/data.db"
    put(tmp_path, {"my.yaml": f"database: {{url: '{url}'}}\ncontent: {{path: '{root}'}}\n"})
    asyncio.run(remember(root, url, released=2))
    (root / "lamp/chapters/2.md").rename(root / "lamp/chapters/7-2.md")  # renumbered: still out
    put(root, {"lamp/chapters/0-inserted.md": "x"})  # before released ones: the next to come
    result = fascicle("plan", "lamp", "-c", "my.yaml", "--json")
    assert result.exit_code == 0, result.stderr
    assert [(release["chapter"], release["at"]) for release in json.loads(result.stdout)] == [
        ("inserted", "2100-01-01T18:00:00Z"),
        ("3", "2100-01-02T18:00:00Z"),
        ("4", "2100-01-03T18:00:00Z"),
    ]
    later = fascicle("plan", "-c", "my.yaml", "--json", "--from", "2100-01-02")
    assert [release["chapter"] for release in json.loads(later.stdout)] == ["3", "4"]


def test_without_a_database_yet_it_says_so(tmp_path: Path) -> None:
    lamp(tmp_path / "content", "daily at 18:00", "UTC")
    put(tmp_path, {"my.yaml": "log: {level: info}\n"})
    result = fascicle("plan", "-c", "my.yaml")
    assert result.exit_code == 2
    assert "fascicle run" in result.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("names", "planned_as"),
    [
        (
            ["Chapter 2.5", "Chapter 3", "Chapter 2", "Chapter 1"],
            [(f"chapter {n}", f"Chapter {n}") for n in ("1", "2", "2.5", "3")],
        ),
        (["5", "2.5", "2"], [("2", "2"), ("2.5", "2.5"), ("5", "5")]),
        (
            ["2.1-river", "1.2-lamp", "1.10-oil", "1.1-gate", "2026-01-05-first"],
            [("gate", "Gate"), ("lamp", "Lamp"), ("oil", "Oil"), ("river", "River"), ("first", "First")],
        ),
    ],
)
def test_decimals_parts_and_days_in_names(
    tmp_path: Path, names: list[str], planned_as: list[tuple[str, str]]
) -> None:
    story(tmp_path, {f"chapters/{name}.md": f"This is {name}." for name in names})
    assert [(each["chapter"], each["title"]) for each in planned(tmp_path)] == planned_as
