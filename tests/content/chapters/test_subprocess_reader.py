"""Large chapters: read in a process of their own, and never at the cost of other stories or of whoever else waits."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest

from bot.content.chapters import subprocess_reader
from bot.content.chapters.chapter_file import LONGEST_FILE, MOST_PICTURES, read_chapter
from bot.content.chapters.subprocess_reader import LARGE, read_in_subprocess
from bot.content.content_folder import ContentFolder
from tests.content.samples import picture, put, read, story, told

ONE, TWO = "chapters/1-one.md", "chapters/2-two.md"

MATTER = """---
id: elsewhere
publish_at: 2026-12-01 18:00
revision: {number: 2, note: A comma.}
suggestions: {prompt: Who lit it?, until: next release}
thanks: [1, 2]
warnings: [fire]
---
"""

# Every sign is a mark, and that eleven pictures may stand on one page is a reason to cut all of it into pages.
SLOW = "![](a.png)" * 11 + "\n\n" + "*=" * 2_000_000


def test_a_chapter_read_apart_is_the_same(tmp_path: Path) -> None:
    root = story(
        tmp_path, {ONE: f"{MATTER}# Lamps\n\n![](lamp.png)\n\nLit.", TWO: "---\ncolour: red\n---\nx"}
    )
    seen = []
    for name in (ONE, TWO):
        path = root / "lamp" / name
        seen.append(read_in_subprocess(path))
        assert seen[-1] == read_chapter(path)
    (file, faults), (_, [fault]) = seen
    assert file is not None
    assert (file.key, file.title, file.shown.paths, faults) == ("elsewhere", "Lamps", ("lamp.png",), [])
    assert "colour" in fault.problem


def test_only_large_chapters_are_read_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess_reader, "_PROGRAM", "bot.content.nowhere")
    root = story(tmp_path, {ONE: "x" * LARGE, TWO: "y" * (LARGE + 1)})
    [(file, _, problem, mend)] = told(root)
    assert file == f"lamp/{TWO}"
    assert "the process that read it ended" in problem
    assert "Part it" in mend


async def test_no_chapter_holds_up_other_stories_or_the_bot(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess_reader, "PATIENCE", 1.5)
    root = story(tmp_path, {ONE: "One.", TWO: SLOW, "a.png": picture()}, slug="alps")
    assert LARGE < (root / "alps" / TWO).stat().st_size < LONGEST_FILE
    story(root, {ONE: "Lit."})
    library = ContentFolder(root)
    gaps = [0.0]

    async def tick() -> None:
        last = time.monotonic()
        while True:
            await asyncio.sleep(0.01)
            gaps.append(time.monotonic() - last)
            last = time.monotonic()

    ticking = asyncio.create_task(tick())
    async with asyncio.timeout(10):
        await library.load()
    ticking.cancel()
    assert max(gaps) < 1
    assert [chapter.text for chapter in library.serials()["lamp"].chapters] == ["Lit."]
    assert [chapter.text for chapter in library.serials()["alps"].chapters] == ["One."]
    [fault] = library.list_faults()
    assert Path(fault.file).name == "2-two.md"
    assert fault.problem == "this chapter takes too long to read"
    async with asyncio.timeout(1):
        await library.load()
    assert library.list_faults() == (fault,), "it is not tried again before it changes"
    put(root, {f"alps/{TWO}": "Two."})
    await library.load()
    assert library.list_faults() == ()


def test_a_chapter_of_very_many_pictures_is_a_fault(tmp_path: Path) -> None:
    text = "\n\n".join(f"![](a{number}.png){'word ' * 100}" for number in range(MOST_PICTURES + 1))
    root = story(tmp_path, {ONE: "One.", TWO: text})
    [(file, _, problem, _)] = told(root)
    assert (file, problem) == (f"lamp/{TWO}", "more than 500 different pictures stand in this chapter")
    assert len(read(root).serials()["lamp"].chapters) == 1
