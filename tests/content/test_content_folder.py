"""Reloading: what changed is read, what broke keeps its last good version, and the watch lives on."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from bot.content import watcher
from bot.content.content_folder import ContentFolder
from bot.content.stories import load_cache
from tests.content.samples import picture, put, read, story

ONE, TWO = "lamp/chapters/1-one.md", "lamp/chapters/2-two.md"


def texts(library: ContentFolder) -> list[str]:
    return [chapter.text for chapter in library.serials()["lamp"].chapters]


async def test_a_broken_change_keeps_the_last_good_version_of_its_chapter_alone(tmp_path: Path) -> None:
    library = read(story(tmp_path, {"chapters/1-one.md": "one", "chapters/2-two.md": "two"}))
    put(tmp_path, {ONE: "one, better", TWO: "---\ndraft: [\n---\ntwo"})
    assert await library.load()
    assert texts(library) == ["one, better", "two"]
    assert [Path(fault.file).name for fault in library.list_faults()] == ["2-two.md"]
    put(tmp_path, {TWO: "two, better"})
    assert await library.load()
    assert texts(library) == ["one, better", "two, better"]
    assert library.list_faults() == ()
    assert not await library.load(), "nothing changed"


async def test_a_picture_that_comes_or_breaks_later_is_seen(tmp_path: Path) -> None:
    library = read(story(tmp_path, {"chapters/1-one.md": "![x](images/x.png)"}))
    assert library.list_faults()
    put(tmp_path, {"lamp/images/x.png": picture()})
    assert await library.load()
    assert library.list_faults() == ()
    put(tmp_path, {"lamp/images/x.png": b"broken"})
    assert await library.load()
    assert len(library.list_faults()) == 1
    assert texts(library) == ["![x](images/x.png)"]


async def test_a_chapter_that_never_was_good_is_named_with_its_place(tmp_path: Path) -> None:
    files = {"chapters/1-one.md": "one", "chapters/2-two.md": b"\xff", "chapters/3-three.md": "three"}
    serial = read(story(tmp_path, files)).serials()["lamp"]
    assert [entry.chapter for entry in serial.entries] == ["one", "two", "three"]
    assert [entry.chapter for entry in serial.entries if entry.broken] == ["two"]
    assert [(each.file, each.place) for each in serial.broken] == [("2-two.md", 1)]


async def test_a_copy_put_before_its_original_is_not_taken_for_both(tmp_path: Path) -> None:
    library = read(story(tmp_path, {"chapters/2-one.md": "one"}))
    put(tmp_path, {"lamp/chapters/1-one.md": "a copy"})
    assert await library.load()
    assert texts(library) == ["a copy"]
    assert [each.file for each in library.serials()["lamp"].broken] == ["2-one.md"]


async def test_chapters_are_there_under_a_description_that_was_good_once(tmp_path: Path) -> None:
    about = read(story(tmp_path, {"chapters/1-one.md": "one"})).serials()["lamp"].story
    put(tmp_path, {"lamp/story.yaml": "title: ["})
    library = read(tmp_path)
    assert library.serials() == {}
    found = library.with_description(about)
    assert found is not None
    assert [chapter.key for chapter in found.chapters] == ["one"]
    assert library.with_description(replace(about, slug="other")) is None


async def test_one_story_s_faults_are_not_the_others(tmp_path: Path) -> None:
    story(tmp_path, {"chapters/1.md": "x"}, slug="sound")
    story(tmp_path, {"chapters/1.md": ""}, slug="broken")
    assert {slug: len(serial.chapters) for slug, serial in read(tmp_path).serials().items()} == {
        "broken": 0,
        "sound": 1,
    }


async def test_a_story_taken_away_goes_and_a_lost_content_folder_keeps_all(tmp_path: Path) -> None:
    root = story(tmp_path / "content", {"chapters/1.md": "x"})
    story(root, {"chapters/1.md": "x"}, slug="other")
    library = read(root)
    shutil.rmtree(root / "other")
    assert await library.load()
    assert set(library.serials()) == {"lamp"}
    shutil.rmtree(root)
    assert await library.load()
    assert set(library.serials()) == {"lamp"}
    assert len(library.list_faults()) == 1


async def test_only_changed_files_are_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story(tmp_path, {f"chapters/{number}.md": "x" for number in range(20)})
    was_read: list[str] = []
    read_chapter = load_cache.read_chapter

    def counting(path: Path) -> load_cache._Read:
        was_read.append(path.name)
        return read_chapter(path)

    monkeypatch.setattr(load_cache, "read_chapter", counting)
    library = read(tmp_path)
    assert len(was_read) == 20
    was_read.clear()
    put(tmp_path, {"lamp/chapters/7.md": "changed"})
    (tmp_path / "lamp/chapters/8.md").rename(tmp_path / "lamp/chapters/80.md")
    assert await library.load()
    assert sorted(was_read) == ["7.md", "80.md"]
    assert len(library.serials()["lamp"].chapters) == 20


@asynccontextmanager
async def watched(library: ContentFolder) -> AsyncIterator[asyncio.Queue[None]]:
    calls: asyncio.Queue[None] = asyncio.Queue()

    async def reloaded() -> None:
        calls.put_nowait(None)

    task = asyncio.create_task(watcher.watch(library, reloaded))
    try:
        yield calls
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def told(calls: asyncio.Queue[None]) -> None:
    async with asyncio.timeout(20):
        await calls.get()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watcher, "_SETTLE", 50)
    monkeypatch.setattr(watcher, "_LOOK_AGAIN", 0.2)


@pytest.mark.usefixtures("impatient")
async def test_saved_files_are_read_and_the_watch_outlives_the_folder(tmp_path: Path) -> None:
    root = story(tmp_path / "content", {"chapters/1-one.md": "one"})
    library = ContentFolder(root)
    async with watched(library) as calls:
        await told(calls)  # the first look
        assert texts(library) == ["one"]
        await asyncio.sleep(0.3)  # until the system watches
        put(root, {ONE: "better"})
        await told(calls)
        assert texts(library) == ["better"]
        put(root, {ONE: b"\xff"})
        await told(calls)
        assert texts(library) == ["better"]
        assert library.list_faults()[0].line == 1
        root.rename(tmp_path / "away")
        await told(calls)
        assert "no such folder" in library.list_faults()[0].problem
        story(root, {"chapters/1-one.md": "back"})
        while not (library.list_faults() == () and texts(library) == ["back"]):
            await told(calls)
        await asyncio.sleep(0.3)
        put(root, {ONE: "again"})
        while texts(library) != ["again"]:
            await told(calls)


@pytest.mark.usefixtures("impatient")
async def test_a_failing_listener_does_not_end_the_watch(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = story(tmp_path, {"chapters/1-one.md": "one"})
    library = ContentFolder(root)
    started, done = asyncio.Event(), asyncio.Event()

    async def failing() -> None:
        (done if started.is_set() else started).set()
        raise RuntimeError("trouble")

    task = asyncio.create_task(watcher.watch(library, failing))
    async with asyncio.timeout(20):
        await started.wait()
        number = 0
        while not done.is_set():
            number += 1
            put(root, {ONE: f"change {number}"})
            await asyncio.sleep(0.3)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert {getattr(record, "action", None) for record in caplog.records} >= {"reload_failed"}


@pytest.mark.usefixtures("impatient")
async def test_a_name_that_is_not_text_does_not_end_the_watch(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    root = story(tmp_path, {"chapters/1-one.md": "one"})
    library = ContentFolder(root)
    async with watched(library) as calls:
        await told(calls)
        await asyncio.sleep(0.3)  # until the system watches
        (root / "lamp/chapters" / os.fsdecode(b"\xff.md")).write_bytes(b"\0\xff")
        while not library.list_faults():
            await told(calls)
        assert "not text" in library.list_faults()[0].problem
        (root / "lamp/chapters" / os.fsdecode(b"\xff.md")).unlink()
        put(root, {ONE: "better"})
        while texts(library) != ["better"]:
            await told(calls)
    assert [
        record.levelname for record in caplog.records if getattr(record, "action", None) == "watch_ended"
    ] in (
        [],
        ["WARNING"],
    )


@pytest.mark.parametrize("silent", ["as on a share", "as without any watch"])
async def test_changes_that_the_system_does_not_tell_of_are_seen_by_a_sweep(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, silent: str
) -> None:
    async def awatch(*_: object, **__: object) -> AsyncIterator[set[object]]:
        if "without" in silent:
            raise OSError(28, "OS file watch limit reached")
        while True:
            await asyncio.sleep(0.01)
            yield set()

    monkeypatch.setattr(watcher, "awatch", awatch)
    monkeypatch.setattr(watcher, "_LOOK_AGAIN", 0.01)
    monkeypatch.setattr(watcher, "_SWEEP_EVERY", 0.03)
    root = story(tmp_path, {"chapters/1-one.md": "one"})
    library = ContentFolder(root)
    async with watched(library) as calls:
        await told(calls)
        for number in range(3):
            put(root, {ONE: f"version {number}"})
            await told(calls)
            assert texts(library) == [f"version {number}"]
        await asyncio.sleep(0.1)
        assert calls.empty(), "nothing changed"
    ended = [record for record in caplog.records if getattr(record, "action", None) == "watch_ended"]
    assert len(ended) == ("without" in silent), "said once"


async def test_what_a_failing_listener_missed_it_is_told_of_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watcher, "_LOOK_AGAIN", 0.01)
    monkeypatch.setattr(watcher, "_SWEEP_EVERY", 0.03)
    library = ContentFolder(story(tmp_path, {"chapters/1-one.md": "one"}))
    done = asyncio.Event()
    calls = 0

    async def failing() -> None:
        nonlocal calls
        calls += 1
        if calls < 4:
            raise OSError("the database is away")
        done.set()

    task = asyncio.create_task(watcher.watch(library, failing))
    async with asyncio.timeout(20):
        await done.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    failed = [record for record in caplog.records if getattr(record, "action", None) == "reload_failed"]
    assert len(failed) == 1, "one line for as long as it lasts"


async def test_a_story_that_takes_long_holds_up_no_other(tmp_path: Path) -> None:
    """Without any patience one chapter is read at each look."""
    story(tmp_path, {f"chapters/{n}.md": f"This is {n}." for n in range(4)}, slug="alps")
    story(tmp_path, {"chapters/1-one.md": "one"})
    library = ContentFolder(tmp_path, patience=0)
    looks = 0
    told_of = set()
    while looks == 0 or library.unfinished:
        await library.load()
        looks += 1
        told_of |= {(Path(fault.file).name, fault.problem) for fault in library.list_faults()}
        assert looks < 50
        if looks == 4:
            assert "lamp" in library.serials(), "each look reads on in every story"
    assert told_of == {(slug, "this story takes too long to read") for slug in ("alps", "lamp")}
    assert library.list_faults() == ()
    assert len(library.serials()["alps"].chapters) == 4
    put(tmp_path, {ONE: "better"})
    library._patience = 20
    await library.load()
    assert texts(library) == ["better"]


async def test_the_watch_reads_on_until_all_is_read(tmp_path: Path) -> None:
    library = ContentFolder(
        story(tmp_path, {f"chapters/{n}.md": f"This is {n}." for n in range(3)}), patience=0
    )
    async with watched(library) as calls:
        while "lamp" not in library.serials():
            await told(calls)
    assert len(texts(library)) == 3
