"""A chapter that was taken out comes back, once and never before what is out; what is out stays where it is."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.content.authoring.story_files import StoryFiles
from bot.content.importing.removed_chapters import RemovedChapters
from bot.domain.stories.authoring_refusals import ChapterIsOut, FileChangeRefused
from bot.domain.stories.story_refusals import ChapterFileGone, NotAnAuthor
from bot.services.authoring.authoring_files import RemovedFile
from bot.services.authoring.authoring_parts import AuthoringParts
from bot.services.authoring.chapter_overview import ChapterState
from bot.services.authoring.story_schedules import StorySchedules
from tests.services.authoring.test_chapter_lists import parts, titles, uploaded
from tests.services.fakes import AUTHOR, STRANGER, World

__all__ = ["parts"]


async def test_a_removal_is_undone_once(parts: AuthoringParts) -> None:
    lists = await uploaded(parts, "One", "Two", "Three")
    seen = await lists.show(AUTHOR, "lamps")
    two = seen.chapters[1].token
    after = await lists.remove(AUTHOR, "lamps", seen.mark, two)
    assert titles(after) == ["One", "Three"]
    assert after.just_removed is not None
    assert after.removed == [after.just_removed]
    with pytest.raises(NotAnAuthor):
        await lists.restore(STRANGER, "lamps", after.just_removed.token)
    back = await lists.restore(AUTHOR, "lamps", after.just_removed.token)
    assert titles(back) == ["One", "Two", "Three"]
    assert (back.just_restored, back.removed, back.mark) == (two, [], seen.mark)
    with pytest.raises(ChapterFileGone):
        await lists.restore(AUTHOR, "lamps", after.just_removed.token)
    stale = await lists.remove(AUTHOR, "lamps", after.mark, two)
    assert stale.is_stale
    assert stale.just_removed is None


async def test_forty_chapters_are_listed_moved_taken_out_and_brought_back(parts: AuthoringParts) -> None:
    names = [f"Chapter {number}" for number in range(1, 41)]
    lists = await uploaded(parts, *names)
    seen = await lists.show(AUTHOR, "lamps")
    assert titles(seen) == names
    last = seen.chapters[39].token
    moved = await lists.move(AUTHOR, "lamps", seen.mark, last, "27")
    assert titles(moved)[26] == "Chapter 40"
    for _ in range(39):
        moved = await lists.remove(AUTHOR, "lamps", moved.mark, moved.chapters[0].token)
    assert (titles(moved), len(moved.removed)) == (["Chapter 39"], 39)
    for each in reversed(moved.removed):
        moved = await lists.restore(AUTHOR, "lamps", each.token)
    assert titles(moved) == [*names[:26], "Chapter 40", *names[26:39]]


async def test_what_is_out_stays_and_what_comes_back_comes_after_it(parts: AuthoringParts) -> None:
    lists = await uploaded(parts, "One", "Two", "Three")
    schedules = StorySchedules(parts)
    await schedules.save(AUTHOR, await schedules.keep(AUTHOR, "lamps", "daily at 12:30", "UTC"))
    await parts.updates.look()
    world = World(parts.store, clock=parts.clock, library=parts.content)
    await world.run()
    seen = await lists.show(AUTHOR, "lamps")
    one = seen.chapters[0].token
    taken = await lists.remove(AUTHOR, "lamps", seen.mark, one)
    assert taken.just_removed is not None
    await world.run()
    world.clock.advance(timedelta(hours=1))
    await world.run()
    now = await lists.show(AUTHOR, "lamps")
    assert [each.state for each in now.chapters] == [ChapterState.OUT, ChapterState.PLANNED]
    two = now.chapters[0].token
    for to in ("up", "down", "2"):
        with pytest.raises(ChapterIsOut):
            await lists.move(AUTHOR, "lamps", now.mark, two, to)
    with pytest.raises(ChapterIsOut):
        await lists.remove(AUTHOR, "lamps", now.mark, two)
    with pytest.raises(ChapterIsOut):
        await lists.set_draft(AUTHOR, "lamps", now.mark, two, draft=True)
    back = await lists.restore(AUTHOR, "lamps", taken.just_removed.token)
    assert titles(back) == ["Two", "One", "Three"]
    assert back.chapter(back.just_restored).title == "One"


async def test_a_file_with_a_fault_is_listed_and_can_be_taken_out(parts: AuthoringParts) -> None:
    lists = await uploaded(parts, "One", "Two")
    chapters = parts.files.root / "lamps" / "chapters"  # type: ignore[attr-defined]
    (chapters / "003-three.md").write_text("---\ntitle: [\n---\nText.\n", "utf-8")
    seen = await lists.show(AUTHOR, "lamps")
    broken = seen.chapters[2]
    assert (broken.state, broken.is_broken, broken.place) == (ChapterState.HELD, True, 3)
    assert broken.fault
    assert str(chapters) not in broken.fault
    moved = await lists.move(AUTHOR, "lamps", seen.mark, broken.token, "1")
    assert moved.chapters[0].is_broken
    taken = await lists.remove(AUTHOR, "lamps", moved.mark, moved.chapters[0].token)
    assert titles(taken) == ["One", "Two"]
    assert taken.just_removed is not None
    assert (await lists.restore(AUTHOR, "lamps", taken.just_removed.token)).chapters[0].is_broken


async def test_removed_files_have_titles_and_are_put_back_whole(tmp_path: Path) -> None:
    files = StoryFiles(tmp_path)
    removed = RemovedChapters(files)
    files.create_story("lamps", {"title": "Lamps"})
    assert await removed.list_removed("lamps") == []
    name = files.add_chapter("lamps", "The Lamp", "Light.")
    broken = files.add_chapter("lamps", "Broken", "Text.")
    text = files.read_text("lamps", name)
    (tmp_path / "lamps" / "chapters" / broken).write_text("---\ntitle: [\nnever closed", "utf-8")
    files.remove("lamps", name)
    files.remove("lamps", broken)
    found = await removed.list_removed("lamps")
    assert found[1] == RemovedFile(name, "The Lamp")
    assert found[0].name == broken
    assert await removed.restore("lamps", name) == name
    assert files.read_text("lamps", name) == text
    for gone in (name, "../story.yaml", "nothing.md"):
        with pytest.raises(FileChangeRefused):
            await removed.restore("lamps", gone)
