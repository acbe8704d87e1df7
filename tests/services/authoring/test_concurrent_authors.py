"""Two authors at once: what one of them saw before the other's change touches nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.clock import ManualClock
from bot.domain.stories.authoring_refusals import DraftGone, ScheduleChanged
from bot.services.authoring.authoring_parts import AuthoringParts
from bot.services.authoring.chapter_lists import ChapterLists
from bot.services.authoring.chapter_overview import ChapterOverview
from bot.services.authoring.private_drafts import PrivateDrafts
from bot.services.authoring.story_schedules import StorySchedules
from tests.services.authoring.test_chapter_lists import parts, titles, uploaded
from tests.services.fakes import AUTHOR, NOON

__all__ = ["parts"]

Change = Callable[[ChapterLists, str, str], Awaitable[ChapterOverview]]

CHANGES: dict[str, Change] = {
    "move": lambda lists, mark, token: lists.move(AUTHOR, "lamps", mark, token, "1"),
    "draft": lambda lists, mark, token: lists.set_draft(AUTHOR, "lamps", mark, token, draft=True),
    "time": lambda lists, mark, token: lists.set_time(AUTHOR, "lamps", mark, token, "2026-05-06 18:00"),
    "remove": lambda lists, mark, token: lists.remove(AUTHOR, "lamps", mark, token),
}


def contents(parts: AuthoringParts) -> dict[str, str]:
    """The story's files with their texts."""
    root: Path = parts.files.root  # type: ignore[attr-defined]
    return {str(each): each.read_text("utf-8") for each in sorted(root.rglob("*.*")) if each.is_file()}


async def put_text(parts: AuthoringParts, lists: ChapterLists) -> None:
    """Another author uploads a new version of the chapter “Two”."""
    listing = await lists.show(AUTHOR, "lamps")
    path = parts.files.root / "lamps" / "chapters" / listing.chapters[1].file  # type: ignore[attr-defined]
    path.write_text(path.read_text("utf-8") + "\nWritten by somebody else a moment ago.\n", "utf-8")


@pytest.mark.parametrize("second", CHANGES)
@pytest.mark.parametrize("first", [*CHANGES, "replace"])
async def test_the_second_of_two_changes_does_nothing(parts: AuthoringParts, first: str, second: str) -> None:
    lists = await uploaded(parts, "One", "Two", "Three")
    seen = await lists.show(AUTHOR, "lamps")
    two, three = seen.chapters[1].token, seen.chapters[2].token
    if first == "replace":
        await put_text(parts, lists)
    else:
        assert not (await CHANGES[first](lists, seen.mark, two)).is_stale
    before = contents(parts)
    for token in (two, three):
        assert (await CHANGES[second](lists, seen.mark, token)).is_stale
    assert contents(parts) == before


async def test_another_time_makes_a_list_stale_too(parts: AuthoringParts) -> None:
    lists = await uploaded(parts, "One", "Two")
    listing = await lists.show(AUTHOR, "lamps")
    one = listing.chapters[0].token
    timed = await CHANGES["time"](lists, listing.mark, one)
    later = await lists.set_time(AUTHOR, "lamps", timed.mark, one, "2026-05-07 18:00")
    assert later.mark != timed.mark
    assert (await lists.set_time(AUTHOR, "lamps", timed.mark, one, "")).is_stale


async def test_of_two_presses_at_once_one_counts(parts: AuthoringParts) -> None:
    lists = await uploaded(parts, "One", "Two", "Three")
    seen = await lists.show(AUTHOR, "lamps")
    tokens = [each.token for each in seen.chapters]
    done = await asyncio.gather(*(lists.remove(AUTHOR, "lamps", seen.mark, each) for each in tokens))
    assert sorted(each.is_stale for each in done) == [False, True, True]
    assert len(titles(await lists.show(AUTHOR, "lamps"))) == 2


async def test_a_schedule_that_became_another_one_is_not_overwritten(parts: AuthoringParts) -> None:
    await uploaded(parts, "One")
    schedules = StorySchedules(parts)
    mine = await schedules.keep(AUTHOR, "lamps", "tue, fri at 18:00", "Europe/Berlin")
    theirs = await schedules.keep(AUTHOR, "lamps", "mon at 9:00", "Europe/Berlin")
    saved, refused = await asyncio.gather(
        schedules.save(AUTHOR, theirs), schedules.save(AUTHOR, mine), return_exceptions=True
    )
    assert not isinstance(saved, BaseException)
    assert isinstance(refused, ScheduleChanged)
    assert (await schedules.show(AUTHOR, "lamps")).schedule == saved.schedule
    with pytest.raises(DraftGone):
        await schedules.save(AUTHOR, theirs)
    again = await schedules.keep(AUTHOR, "lamps", "tue, fri at 18:00", "Europe/Berlin")
    assert len((await schedules.save(AUTHOR, again)).slots) >= 3


async def test_many_uploads_begun_at_once_are_all_kept(tmp_path: Path) -> None:
    drafts = PrivateDrafts(tmp_path / "drafts", ManualClock(NOON))
    made = await asyncio.gather(*(drafts.create(n, {"kind": "upload"}) for n in range(40)))
    for n, each in enumerate(made):
        assert (await drafts.load(each.id, n)).files.is_dir()
