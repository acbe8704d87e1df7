"""Sub-folders of the folder of chapters: which are parts, and what is passed over."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.content.files.chapter_tree import DEEPEST, chapter_files, read_chapter_tree
from tests.content.samples import open_to_all, put, read, somebody_else, story

ONE = "chapters/1-one.md"


def keys(root: Path) -> list[str]:
    """The chapters' identities in order."""
    return [chapter.key for chapter in read(root).serials()["lamp"].chapters]


@pytest.mark.parametrize(
    "folder",
    [
        "drafts", "Notes", "_old", ".trash", "archive", "Entwürfe", "Papierkorb", "brouillons",
        "Borradores", "черновики",
        "مسودات", "טיוטות", "टिप्पणियाँ", "ร่าง", "草稿", "下書き", "초안", "σημειώσεις",
        "deleted-scenes", "00 - Research", "assets",
    ],
)  # fmt: skip
def test_folders_of_notes_and_drafts_are_no_parts_and_named(tmp_path: Path, folder: str) -> None:
    root = story(tmp_path, {ONE: "x", f"chapters/{folder}/1.md": "y"})
    faults = read(root).list_faults()
    assert keys(root) == ["one"]
    if folder[0] in "._":
        assert faults == ()
    else:
        [fault] = faults
        assert (Path(fault.file).name, fault.warning) == (folder, True)
        assert "1 text file, and it is not taken: it is by its name no part of the story" in fault.problem
        assert "let its name begin with _" in fault.mend


@pytest.mark.parametrize(
    "folder", ["part-1", "3-notes", "The Drafts of Spring", "第一部", "Архивариус", "images of her"]
)
def test_other_folders_are_parts(tmp_path: Path, folder: str) -> None:
    root = story(tmp_path, {f"chapters/{folder}/1-one.md": "y"})
    assert read(root).list_faults() == ()
    assert [chapter.file for chapter in read(root).serials()["lamp"].chapters] == [f"{folder}/1-one.md"]


@pytest.mark.parametrize(
    "name",
    [
        "lost+found/1.md",
        "@eaDir/1.md",
        "$RECYCLE.BIN/1.md",
        "node_modules/x/1.md",
        "images/1.png",
        "x.tmp/1.md",
        "#recycle/a.md",
    ],
)
def test_what_systems_make_for_themselves_is_not_even_named(tmp_path: Path, name: str) -> None:
    root = story(tmp_path, {ONE: "x", f"chapters/{name}": "y"})
    assert read(root).list_faults() == ()
    assert keys(root) == ["one"]


def test_files_that_are_not_taken_are_named_in_parts_too(tmp_path: Path) -> None:
    names = [
        "part-1/1.md",
        "part-1/2.txt",
        "part-1/3.docx",
        "part-1/_4.txt",
        "part-1/.5.md",
        "part-1/6.Md",
        "part-1/~7.md",
    ]
    root = story(tmp_path, {f"chapters/{name}": "x" for name in names})
    assert [Path(fault.file).name for fault in read(root).list_faults()] == ["2.txt", "3.docx"]
    assert keys(root) == ["part-1/1", "part-1/6"]


def test_folders_too_deep_are_named(tmp_path: Path) -> None:
    deep = "/".join("abcdefgh"[: DEEPEST + 1])
    root = story(tmp_path, {f"chapters/{deep[:-2]}/1.md": "x", f"chapters/{deep}/2.md": "y"})
    [fault] = read(root).list_faults()
    assert fault.file.endswith(deep)
    assert fault.warning
    assert "folders deep" in fault.problem
    assert keys(root) == ["a/b/c/1"]


def test_links_in_circles_and_twice_to_one_folder_are_followed_once(tmp_path: Path) -> None:
    root = story(tmp_path, {"chapters/part-1/1.md": "x", "chapters/part-2/1.md": "y"})
    chapters = root / "lamp/chapters"
    (chapters / "part-1/up").symlink_to("..", target_is_directory=True)
    (chapters / "a-part").symlink_to("part-2", target_is_directory=True)
    (chapters / "part-2/self").symlink_to(".", target_is_directory=True)
    found = read(root).list_faults()
    assert sorted(Path(fault.file).name for fault in found) == ["a-part", "self", "up"]
    assert all(fault.warning for fault in found)
    assert keys(root) == ["part-1/1", "part-2/1"]


def test_a_part_that_links_to_elsewhere_in_the_content_folder_is_taken(tmp_path: Path) -> None:
    root = put(story(tmp_path, {ONE: "x"}), {"lamp/elsewhere/2.md": "y"})
    (root / "lamp/chapters/part-2").symlink_to("../elsewhere", target_is_directory=True)
    assert keys(root) == ["one", "part-2/2"]


def test_a_part_that_cannot_be_read_blocks_what_comes_after_it_and_keeps_what_was_read() -> None:
    with open_to_all() as root:
        story(root, {f"chapters/part-{number}/1.md": "x" for number in (1, 2, 3)})
        library = read(root)
        (root / "lamp/chapters/part-2").chmod(0)
        with somebody_else():
            library.load_now()
            fresh = read(root)
        for each in (library, fresh):
            [fault] = each.list_faults()
            assert (Path(fault.file).name, fault.problem) == (
                "part-2",
                "this folder cannot be read: permission denied",
            )
            assert each.problems().chapters == {"lamp": (fault,)}
        assert [chapter.key for chapter in library.serials()["lamp"].chapters] == [
            "part-1/1",
            "part-2/1",
            "part-3/1",
        ]
        assert [(each.file, each.place) for each in fresh.serials()["lamp"].broken] == [("part-2", 1)]
        (root / "lamp/chapters/part-2").chmod(0o755)
        library.load_now()
        assert library.list_faults() == ()


def test_a_folder_with_an_unfit_name_is_a_fault_at_its_place(tmp_path: Path) -> None:
    root = story(tmp_path, {"chapters/part-1/1.md": "x", "chapters/part-2\u202e/1.md": "y"})
    [fault] = read(root).list_faults()
    assert "the name of this folder holds an invisible character" in fault.problem
    assert [each.place for each in read(root).serials()["lamp"].broken] == [1]


def test_broken_links_and_pipes_in_parts_are_named(tmp_path: Path) -> None:
    root = story(tmp_path, {"chapters/part-1/1.md": "x"})
    (root / "lamp/chapters/part-1/2.md").symlink_to("nowhere")
    os.mkfifo(root / "lamp/chapters/part-1/3.md")
    assert [Path(fault.file).name for fault in read(root).list_faults()] == ["2.md", "3.md"]


def test_bundles_are_documents_and_no_parts(tmp_path: Path) -> None:
    root = story(
        tmp_path, {ONE: "x", "chapters/2.textbundle/text.md": "y", "chapters/Novel.scriv/Files/1.md": "z"}
    )
    assert [Path(fault.file).name for fault in read(root).list_faults()] == ["2.textbundle", "Novel.scriv"]
    assert keys(root) == ["one"]


def test_conflict_copies_of_folders_are_passed_over_and_copied_folders_are_told_by_their_texts(
    tmp_path: Path,
) -> None:
    text = "The bell rang twice over the empty quay, and nobody came down to see who had pulled the rope. "
    root = story(
        tmp_path,
        {
            f"chapters/{folder}/{name}.md": text + name
            for folder in (
                "part-1",
                "part-1 (conflicted copy)",
                "part-1 (1)",
                "Copy of part-1",
                "part-1 - Kopie",
            )
            for name in ("one", "two")
        },
    )
    assert keys(root) == ["part-1/one", "part-1/two"]
    problems = [fault.problem for fault in read(root).list_faults()]
    assert sum("this is a copy of part-1/" in problem for problem in problems) == 6
    assert sum("a sync tool’s copy" in problem for problem in problems) == 1


def test_the_tree_says_what_it_found(tmp_path: Path) -> None:
    put(tmp_path / "s/chapters", {"part-1/1.md": "x", "2.txt": "y"})
    tree = read_chapter_tree(tmp_path / "s/chapters", tmp_path)
    assert list(tree.files) == chapter_files(tmp_path / "s/chapters")
    assert (len(tree.files), len(tree.closed), len(tree.warnings)) == (1, 0, 1)
