"""Chapters in sub-folders on the command line: their identities, their order, and files that are none."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_check import fascicle
from tests.content.samples import story

NAMES = [
    "prologue.md",
    "part-1/ch-01.md",
    "part-1/ch-02.md",
    "02 - The Sea/ch-01.md",
    "Part III/Kapitel Eins.md",
]


@pytest.fixture
def content(tmp_path: Path) -> Path:
    files = {f"chapters/{name}": f"# {name[:-3]}\n\nIt rained in {name}." for name in NAMES}
    return story(tmp_path / "content", files)


@pytest.mark.parametrize("key", ["part-1/ch-01", "the sea/ch-01", "part iii/kapitel eins", "prologue"])
def test_a_chapter_is_previewed_by_its_identity(content: Path, key: str) -> None:
    result = fascicle("preview", "lamp", key, "--json")
    assert result.exit_code == 0, result.stderr
    assert {page["chapter"] for page in json.loads(result.stdout)} == {key}


def test_each_chapter_has_its_own_preview(content: Path) -> None:
    files = {
        fascicle("preview", "lamp", key).stdout for key in ("part-1/ch-01", "part-1/ch-02", "the sea/ch-01")
    }
    assert len(files) == 3
    assert all(Path(file.strip()).parent.name == "preview" for file in files)


def test_the_plan_names_chapters_in_the_order_of_folders_and_files(content: Path) -> None:
    result = fascicle("plan", "lamp", "--from", "2026-12-01T00:00:00Z", "--json")
    assert [row["chapter"] for row in json.loads(result.stdout)] == [
        "prologue",
        "the sea/ch-01",
        "part-1/ch-01",
        "part-1/ch-02",
        "part iii/kapitel eins",
    ]


def test_verbose_tells_parts_and_why_a_chapter_stands_where_it_does(content: Path) -> None:
    lines = [line.strip() for line in fascicle("check", "-v").stdout.splitlines()]
    assert lines[1] == "1. prologue (prologue.md, a prologue comes first)"
    assert "(part-1/ch-02.md, part-1 by its number 1; by its number 2; part “Part 1”)" in lines[4]
    assert "(Part III/Kapitel Eins.md, Part III by its number 3, written “III”" in lines[5]


def test_warnings_leave_the_exit_code_alone(content: Path) -> None:
    (content / "lamp/chapters/README.md").write_text("How to read this.")
    (content / "lamp/chapters/drafts").mkdir()
    (content / "lamp/chapters/drafts/x.md").write_text("She dies.")
    result = fascicle("check")
    assert result.exit_code == 0
    assert result.stderr.count("warning: ") == 2
    assert "5 chapters: no fault, 2 warnings" in result.stdout
