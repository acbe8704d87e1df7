"""`fascicle preview --watch`: pages again at each save, whatever becomes of the file meanwhile."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.terminals import terminal
from tests.cli.test_check import fascicle
from tests.content.samples import put, story

READY = "Ctrl-C ends."


@pytest.fixture
def content(tmp_path: Path) -> Path:
    return story(
        tmp_path / "content", {"chapters/01-dark.md": "It was dark.", "chapters/02-day.md": "It was day."}
    )


def test_it_follows_the_file_through_all_that_editors_do(content: Path, tmp_path: Path) -> None:
    file = content / "lamp/chapters/01-dark.md"
    page = tmp_path / "build/preview/lamp-dark.html"
    with terminal("preview", "lamp", "dark", "--watch", cwd=tmp_path) as shown:
        at = shown.wait_for(READY)
        assert "It was dark." in shown.shown
        assert 'http-equiv="refresh"' in page.read_text(encoding="utf-8")

        file.write_text("It was darker.", encoding="utf-8")
        shown.wait_for("It was darker.", at)
        at = shown.wait_for(READY, at)
        assert "\x1b[2J" in shown.raw, "on a clean screen"
        assert "\x1b[3J" not in shown.raw, "but what was above stays"

        other = file.with_name(".01-dark.md.swp")
        other.write_text("It was darkest.", encoding="utf-8")
        other.replace(file)
        shown.wait_for("It was darkest.", at)
        at = shown.wait_for(READY, at)

        file.write_text("---\ntitle: [\n---\nBroken.", encoding="utf-8")
        shown.wait_for("01-dark.md:", at)
        at = shown.wait_for(READY, at)
        assert "cannot come out" in page.read_text(encoding="utf-8")

        file.unlink()
        shown.wait_for("has no chapter “dark”", at)
        at = shown.wait_for(READY, at)

        for folder in (content / "lamp", content):
            shutil.move(folder, tmp_path / "elsewhere")
            at = shown.wait_for(READY, at)
            shutil.move(tmp_path / "elsewhere", folder)
            at = shown.wait_for(READY, at)
        file.write_text("It is back.", encoding="utf-8")
        shown.wait_for("It is back.", at)
        shown.wait_for(READY, at)

        shown.interrupt()
        assert shown.end() == 0
    assert "Traceback" not in shown.shown
    assert 'http-equiv="refresh"' not in page.read_text(encoding="utf-8")
    assert "It is back." in page.read_text(encoding="utf-8")


def test_a_whole_story_is_listed_and_other_stories_are_passed_over(content: Path, tmp_path: Path) -> None:
    story(content, {"chapters/1.md": "x"}, slug="birds")
    with terminal("preview", "lamp", "--watch", cwd=tmp_path) as shown:
        at = shown.wait_for(READY)
        assert "   2  day: 1 page" in shown.shown.lower()
        put(content, {"birds/chapters/2.md": "y"})
        put(content, {"lamp/chapters/03-dusk.md": "word " * 1500})
        shown.wait_for(": 3 pages", at)
        at = shown.wait_for(READY, at)
        assert shown.shown.count(READY) == 2
        shown.interrupt()
        assert shown.end() == 0


def test_a_story_that_is_not_there_is_no_watch() -> None:
    refused = fascicle("preview", "lamp", "--watch")
    assert refused.exit_code == 2
