"""Files that look like chapters and are not taken: named, each with what to do, and harmless."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.samples import read, story

ONE = "chapters/1-one.md"


def warned(root: Path, *, chapters: int = 1) -> list[tuple[str, str]]:
    """Each warning's file below the story's folder, and its mend; there is no fault, and all chapters are there."""
    library = read(root)
    assert all(fault.warning for fault in library.list_faults())
    assert library.problems().chapters == {}
    assert len(library.serials()["lamp"].chapters) == chapters
    return [(str(Path(fault.file).relative_to(root / "lamp")), fault.mend) for fault in library.list_faults()]


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("2.txt", "2.md"),
        ("3.markdown", "3.md"),
        ("4 the door.MKD", "4 the door.md"),
        ("第五章.text", "第五章.md"),
        ("6.md.txt", "6.md"),
        ("7.1-gate.TXT", "7.1-gate.md"),
    ],
)
def test_plain_text_under_another_name_is_to_be_renamed(tmp_path: Path, name: str, better: str) -> None:
    root = story(tmp_path, {ONE: "x", f"chapters/{name}": "y"})
    assert warned(root) == [(f"chapters/{name}", f"Rename it to {better}, and it is a chapter.")]


@pytest.mark.parametrize(
    "name", ["2.docx", "3.DOC", "4.odt", "5.rtf", "6.html", "7.epub", "8.pdf", "9.pages", "10.fountain"]
)
def test_other_forms_are_to_be_saved_as_text(tmp_path: Path, name: str) -> None:
    root = story(tmp_path, {ONE: "x", f"chapters/{name}": "y"})
    [(file, mend)] = warned(root)
    assert file == f"chapters/{name}"
    assert "ends in .md" in mend


@pytest.mark.parametrize(
    ("files", "told"),
    [
        (["part-2/ch-01.txt"], "1 text file, and it is"),
        (["Act Two/1.rtf", "Act Two/2.txt", "Act Two/x.png"], "2 text files, and they are"),
        (["第二部/深い/一.text", "第二部/二.docx"], "2 text files, and they are"),
        (["sub.md/1.markdown"], "1 text file, and it is"),
        (["a/b/c/d.odt", "a/_old/e.md", "a/.git/f.md"], "1 text file, and it is"),
    ],
)
def test_a_folder_without_chapters_is_named_once_with_what_it_holds(
    tmp_path: Path, files: list[str], told: str
) -> None:
    root = story(tmp_path, {ONE: "x", **{f"chapters/{name}": "y" for name in files}})
    [fault] = read(root).list_faults()
    assert Path(fault.file) == root / "lamp/chapters" / Path(files[0]).parts[0]
    assert fault.problem == f"this folder holds {told} not taken"
    assert fault.mend == "Save them as plain text or Markdown, in files that end in .md."
    assert fault.warning


@pytest.mark.parametrize(
    "name",
    [
        "map.png", "photo.JPG", "style.css", "data.json", ".obsidian/app.json", ".obsidian/x.md", "_drafts/2.md",
        "_notes.txt", ".hidden.txt", "2.md~", "~$2.docx", "images/x.png", "Thumbs.db", "empty/x.css",
    ],
)  # fmt: skip
def test_what_is_nobody_s_chapter_is_left_alone(tmp_path: Path, name: str) -> None:
    assert warned(story(tmp_path, {ONE: "x", f"chapters/{name}": "y"})) == []


@pytest.mark.parametrize("name", ["002-the-door.md", "two.MD", "第二章.md", "Interlude.md", "Глава 2.md"])
def test_a_chapter_beside_its_folder_is_to_be_moved(tmp_path: Path, name: str) -> None:
    root = story(tmp_path, {ONE: "x", name: "y"})
    assert warned(root) == [(name, "If it is a chapter, move it into chapters.")]


@pytest.mark.parametrize(
    "name", ["README.md", "notes.md", "Outline.md", "_x.md", ".x.md", "大纲.md", "todo.txt", "drafts/2.md"]
)
def test_what_people_keep_beside_chapters_is_left_alone(tmp_path: Path, name: str) -> None:
    assert warned(story(tmp_path, {ONE: "x", name: "y"})) == []


def test_capitals_are_taken(tmp_path: Path) -> None:
    assert (
        warned(story(tmp_path, {ONE: "x", "chapters/2-two.MD": "y", "chapters/3.Md": "z"}), chapters=3) == []
    )


def test_where_no_chapter_is_taken_the_reason_stands_beside_the_fault(tmp_path: Path) -> None:
    library = read(story(tmp_path, {"1.md": "x", "chapters/2.txt": "y"}))
    assert [(Path(fault.file).name, fault.warning) for fault in library.list_faults()] == [
        ("1.md", True),
        ("chapters", False),
        ("2.txt", True),
    ]
    assert library.problems().folders["lamp"].problem == "there is no chapter here"
    library = read(story(tmp_path / "other", {"1.md": "x"}))
    assert [(Path(fault.file).name, fault.warning) for fault in library.list_faults()] == [
        ("1.md", True),
        ("chapters", False),
    ]


def test_a_folder_that_is_a_link_leading_outside_is_a_fault_and_not_looked_into(tmp_path: Path) -> None:
    root = story(tmp_path / "content", {ONE: "x"})
    story(tmp_path / "elsewhere", {ONE: "x"})
    (root / "lamp/chapters/more").symlink_to(tmp_path / "elsewhere", target_is_directory=True)
    library = read(root)
    [fault] = library.list_faults()
    assert (Path(fault.file).name, fault.problem) == ("more", "this link leads out of the content folder")
    assert [each.file for each in library.serials()["lamp"].broken] == ["more"], "the chapters after it wait"
