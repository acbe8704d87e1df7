"""Pages made ahead: the same as those made on the spot, kept over a restart, and never in anybody's way."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content import subprocess_environment
from bot.content.content_folder import ContentFolder
from bot.content.prerender import worker_pool
from bot.content.prerender.disk_cache import DiskPageCache, cache_folder
from bot.content.prerender.page_codec import PageJob, pack, unpack
from bot.content.prerender.prerenderer import Prerenderer
from bot.domain.releases.release import Edition
from bot.services.pages.paginator import Paginator
from tests.content.samples import put, read, story

LENGTH = 700
PROSE = "The lamp at the end of the quay went out, and *nobody* saw who had done it. " * 40
MARKDOWN = st.text(alphabet=st.sampled_from("ab *_~|`>#-\n\\.![]()<&“”日。أ👨‍👩‍👧\ud800\x85"), max_size=400)


def shelf(root: Path, chapters: int = 3) -> ContentFolder:
    return read(story(root, {f"chapters/{n}.md": f"Chapter {n}. {PROSE}" for n in range(chapters)}))


def found(cache: DiskPageCache, library: ContentFolder) -> list[bool]:
    return [
        cache.find(chapter.text, chapter.note_before, chapter.note_after, chapter.pov) is not None
        for chapter in library.serials()["lamp"].chapters
    ]


def sheet(text: str) -> PageJob:
    return PageJob(text, None, None, None, LENGTH)


@settings(max_examples=200)
@given(MARKDOWN, st.none() | MARKDOWN, st.none() | st.just("Ada"), st.sampled_from([200, 4000]))
def test_pages_and_what_they_are_made_of_travel_unchanged(
    text: str, note: str | None, pov: str | None, limit: int
) -> None:
    given_sheet = PageJob(text, note, None, pov, limit)
    assert b"\n" not in given_sheet.packed()
    assert PageJob.unpacked(given_sheet.packed()) == given_sheet
    assert unpack(given_sheet.made()) == given_sheet.pages()


def test_pictures_scenes_and_notes_travel_too() -> None:
    text = f"{PROSE}\n\n***\n\n![A lamp](images/lamp.png)\n\n{PROSE}"
    pages = PageJob(text, "Before.", "After.", "Ada", LENGTH).pages()
    assert unpack(pack(pages)) == pages
    assert {type(block).__name__ for page in pages for block in page.blocks} == {
        "Prose",
        "SceneBreak",
        "Picture",
    }


@pytest.mark.parametrize(
    "bytes_", [b"", b"x", pack(sheet(PROSE).pages())[:-9], b"x\x9c\x03\x00\x00\x00\x00\x01"]
)
def test_damaged_pages_are_told_from_sound_ones(bytes_: bytes) -> None:
    with pytest.raises(ValueError, match="no pages"):
        unpack(bytes_)


@pytest.mark.parametrize(
    "other",
    [
        PageJob("a", "b", None, None, 200),
        PageJob("a", None, "b", None, 200),
        PageJob("a", None, None, "b", 200),
        PageJob("a", None, None, None, 300),
        PageJob("b", None, None, None, 200),
    ],
)
def test_whatever_pages_depend_on_is_in_the_key(other: PageJob) -> None:
    assert other.key != PageJob("a", None, None, None, 200).key


@pytest.mark.parametrize("alone", [10**9, 0], ids=["in a thread", "in processes"])
async def test_every_chapter_is_paged_once_and_a_changed_one_again(tmp_path: Path, alone: int) -> None:
    library, cache = shelf(tmp_path / "content"), DiskPageCache(tmp_path / "cache", LENGTH)
    ahead = Prerenderer(cache, alone=alone)
    assert found(cache, library) == [False] * 3
    assert await ahead.look(library.serials()) == 3
    assert found(cache, library) == [True] * 3
    chapter = library.serials()["lamp"].chapters[0]
    assert cache.find(chapter.text, None, None, None) == sheet(chapter.text).pages()
    assert await ahead.look(library.serials()) == 0
    put(tmp_path / "content", {"lamp/chapters/1.md": "Another."})
    assert await library.load()
    assert found(cache, library) == [True, False, True]
    assert await ahead.look(library.serials()) == 1
    assert found(cache, library) == [True] * 3
    cache.close()


async def test_a_second_start_makes_no_page_again_but_another_length_does(tmp_path: Path) -> None:
    library = shelf(tmp_path / "content")
    for length, made in ((LENGTH, 3), (LENGTH, 0), (900, 3), (LENGTH, 0)):
        cache = DiskPageCache(tmp_path / "cache", length)
        assert await Prerenderer(cache).look(library.serials()) == made
        cache.close()


async def test_the_pager_gives_the_same_pages_with_and_without(tmp_path: Path) -> None:
    library, cache = shelf(tmp_path / "content"), DiskPageCache(tmp_path / "cache", LENGTH)
    await Prerenderer(cache).look(library.serials())
    for chapter in library.serials()["lamp"].chapters:
        edition = Edition(1, 1, chapter.title, chapter.text, (), None, None, None, (), chapter.digest)
        pages = Paginator(LENGTH, made=cache).pages(edition)
        assert pages == Paginator(LENGTH).pages(edition)
        assert pages == cache.find(chapter.text, None, None, None)
    cache.close()


def test_only_its_owner_reads_what_may_be_unpublished(tmp_path: Path) -> None:
    cache = DiskPageCache(tmp_path / "there" / "fascicle", LENGTH)
    cache.keep({b"k": b"v"})
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "there").rglob("*")}
    assert modes["fascicle"] == 0o700
    assert modes["pages-1.sqlite3"] == 0o600


def test_what_was_not_asked_for_the_longest_goes_first(tmp_path: Path) -> None:
    cache = DiskPageCache(tmp_path, LENGTH, most=30)
    for name in (b"a", b"b", b"c"):
        cache.missing([name])
        cache.keep({name: bytes(10)})
    assert cache.missing([b"a"]) == set()
    cache.keep({b"d": bytes(10)})
    assert cache.missing([b"a", b"b", b"c", b"d"]) == {b"b"}


@pytest.mark.parametrize(
    "damage", [b"no database at all, but text " * 99, b"SQLite format 3\0" + bytes(4080)]
)
async def test_a_damaged_file_is_thrown_away(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / "pages-1.sqlite3").write_bytes(damage)
    library, cache = shelf(tmp_path / "content"), DiskPageCache(tmp_path / "cache", LENGTH)
    assert found(cache, library) == [False] * 3
    await Prerenderer(cache).look(library.serials())
    cache.close()
    again = DiskPageCache(tmp_path / "cache", LENGTH)
    await Prerenderer(again).look(library.serials())
    assert found(again, library) == [True] * 3
    again.close()


async def test_pages_damaged_inside_a_sound_file_are_made_on_the_spot(tmp_path: Path) -> None:
    library, cache = shelf(tmp_path / "content"), DiskPageCache(tmp_path / "cache", LENGTH)
    await Prerenderer(cache).look(library.serials())
    with sqlite3.connect(tmp_path / "cache" / "pages-1.sqlite3") as file:
        file.execute("UPDATE page SET pages = x'00'")
    file.close()
    assert found(cache, library) == [False] * 3
    cache.close()


async def test_a_place_that_cannot_be_written_is_done_without_after_one_line(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    library, cache = shelf(tmp_path / "content"), DiskPageCache(tmp_path / "cache", LENGTH)
    assert found(cache, library) == [False] * 3
    assert await Prerenderer(cache).look(library.serials()) == 0
    assert [getattr(record, "action", "") for record in caplog.records] == ["page_cache_unusable"]


async def test_another_process_that_writes_is_waited_for_and_holds_up_no_reader(tmp_path: Path) -> None:
    library, cache = shelf(tmp_path / "content"), DiskPageCache(tmp_path / "cache", LENGTH)
    await Prerenderer(cache).look(library.serials())
    other = sqlite3.connect(tmp_path / "cache" / "pages-1.sqlite3", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    assert found(cache, library) == [True] * 3
    fresh = DiskPageCache(tmp_path / "cache", LENGTH)
    found(fresh, library)
    assert fresh.usable
    other.execute("COMMIT")
    other.close()
    assert found(fresh, library) == [True] * 3
    for each in (cache, fresh):
        each.close()


def workers() -> list[psutil.Process]:
    return [child for child in psutil.Process().children() if "worker" in " ".join(child.cmdline())]


async def test_a_stop_in_the_middle_leaves_no_process_and_keeps_what_was_made(tmp_path: Path) -> None:
    library, cache = shelf(tmp_path / "content", 400), DiskPageCache(tmp_path / "cache", LENGTH)
    task = asyncio.create_task(Prerenderer(cache, alone=0).look(library.serials()))
    for _ in range(3000):
        await asyncio.sleep(0.02)
        if any(found(cache, library)):
            break
    assert workers()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert not workers()
    made = sum(found(cache, library))
    assert await Prerenderer(cache, alone=0).look(library.serials()) == 400 - made
    assert not workers()
    cache.close()


async def test_where_no_worker_can_live_it_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(worker_pool, "_WORKER", "this")  # ends as soon as it has begun
    library, cache = shelf(tmp_path / "content", 9), DiskPageCache(tmp_path / "cache", LENGTH)
    async with asyncio.timeout(60):
        await Prerenderer(cache, alone=0).look(library.serials())
    assert {getattr(record, "action", "") for record in caplog.records} == {"worker_lost"}
    assert len(caplog.records) <= 3 * worker_pool.available_workers()
    assert not any(found(cache, library))
    cache.close()


async def test_one_lost_worker_costs_one_chapter(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    pile = {sheet(f"{n} {PROSE}").key: sheet(f"{n} {PROSE}") for n in range(60)}
    made: dict[bytes, bytes] = {}

    async def take(key: bytes, packed: bytes) -> None:
        made[key] = packed
        if len(made) == 20:
            workers()[0].kill()

    async with asyncio.timeout(60):
        await worker_pool.run_workers(pile, 2, take)
    assert len(made) >= 58
    assert [getattr(record, "action", "") for record in caplog.records] == ["worker_lost"]
    assert not workers()


def test_a_worker_inherits_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    secrets = {
        "DISCORD_TOKEN": "hunter2",
        "DISCORD_TOKEN_FILE": "/run/hunter2",
        "FASCICLE_DATABASE__URL": "postgresql://me:hunter2@host/db",
        "PGPASSWORD": "hunter2",
        "AWS_SECRET_ACCESS_KEY": "hunter2",
    }
    for name, value in secrets.items():
        monkeypatch.setenv(name, value)
    environment = subprocess_environment.worker_environment()
    assert not environment.keys() & secrets.keys()
    assert "hunter2" not in str(environment)
    look = "import bot.content.prerender.worker, os; print(sorted(os.environ))"
    ran = subprocess.run(
        [sys.executable, "-P", "-c", look], capture_output=True, check=True, timeout=60, env=environment
    )
    assert b"DISCORD" not in ran.stdout
    assert b"FASCICLE" not in ran.stdout


def test_a_worker_ends_with_its_input_and_outlives_bad_chapters() -> None:
    command = [sys.executable, "-P", "-m", "bot.content.prerender.worker"]
    good, impossible = sheet("One."), PageJob("One.", None, None, None, 7)
    lines = impossible.packed() + b"\n" + good.packed() + b"\n"
    environment = os.environ | {"PYTHONPATH": subprocess_environment.import_path()}
    ran = subprocess.run(command, input=lines, capture_output=True, check=True, timeout=60, env=environment)
    assert ran.stdout[:4] == bytes(4)
    assert unpack(ran.stdout[8:]) == good.pages()


@pytest.mark.parametrize(
    ("environ", "wanted"),
    [
        ({"XDG_CACHE_HOME": "/somewhere"}, Path("/somewhere/fascicle")),
        ({"XDG_CACHE_HOME": "not/absolute"}, Path.home() / ".cache/fascicle"),
        ({"XDG_CACHE_HOME": ""}, Path.home() / ".cache/fascicle"),
        ({}, Path.home() / ".cache/fascicle"),
    ],
)
def test_the_cache_is_where_a_users_caches_are(environ: dict[str, str], wanted: Path) -> None:
    assert cache_folder(environ) == wanted
