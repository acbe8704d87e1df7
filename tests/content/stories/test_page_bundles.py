"""Chapters that are folders with an `index.md` and its pictures, as Hugo keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.files.chapter_order import order_reasons, part_title
from bot.content.files.file_names import chapter_name
from bot.domain.diagnostics import without_warnings
from tests.content.samples import picture, read, story


def test_a_folder_with_an_index_is_a_chapter_with_its_pictures(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        f"chapters/{name}/index.md": f"Night {name}.\n\n![boat](boat.png)"
        for name in ("chapter-2", "chapter-10", "雨")
    }
    files |= {f"chapters/{name}/boat.png": picture() for name in ("chapter-2", "chapter-10", "雨")}
    library = read(story(tmp_path, files))
    assert not without_warnings(library.list_faults())
    chapters = library.serials()["lamp"].chapters
    assert [chapter.title for chapter in chapters] == ["Chapter 2", "Chapter 10", "雨"]
    assert [chapter.key for chapter in chapters] == ["chapter-2", "chapter-10", "雨"]
    assert [chapter.part for chapter in chapters] == [None] * 3
    assert all(chapter.pictures for chapter in chapters)


def test_an_index_beside_chapters_is_an_overview(tmp_path: Path) -> None:
    library = read(
        story(
            tmp_path,
            {"chapters/sea/index.md": "All.", "chapters/sea/1-rain.md": "Rain.", "chapters/index.md": "-"},
        )
    )
    assert [chapter.key for chapter in library.serials()["lamp"].chapters] == ["sea/rain"]
    named = [fault for fault in library.list_faults() if "overview" in fault.problem]
    assert len(named) == 2
    assert all("“id: " in fault.mend for fault in named)


@pytest.mark.parametrize(
    ("file", "name", "part"),
    [
        ("rain/index.md", "rain", None),
        ("1-sea/02-rain/index.md", "1-sea/02-rain", "Sea"),
        ("海/雨/Index.MD", "海/雨", "海"),
        ("index.md", "index", None),
        ("sea/rain.md", "sea/rain", "Sea"),
    ],
)
def test_the_folder_names_the_chapter_and_is_no_part(file: str, name: str, part: str | None) -> None:
    assert (chapter_name(file), part_title(file)) == (name, part)


def test_the_order_is_explained_by_the_folder() -> None:
    assert order_reasons(["chapter-2/index.md"]) == {"chapter-2/index.md": "chapter-2 by its number 2"}


def test_a_folder_kept_out_by_its_name_is_told_where_no_chapter_is_left(tmp_path: Path) -> None:
    library = read(story(tmp_path, {"chapters/_posts/2026-01-02-rain.md": "Rain."}))
    [fault] = without_warnings(library.list_faults())
    assert "_posts" in fault.problem
    assert "Rename it to posts" in fault.mend
