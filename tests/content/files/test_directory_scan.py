"""What lies in a content folder and is no text: it is named and passed over, or a fault; it never stops the rest."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from bot.content.change_detection import signature
from bot.content.stories import load_cache
from tests.content.samples import open_to_all, put, read, somebody_else, story, told

ONE = "chapters/1-one.md"


def warned(root: Path) -> list[tuple[str, str]]:
    """Each warning's file below the content folder, and its problem; there is no other fault."""
    faults = read(root).list_faults()
    assert all(fault.warning for fault in faults), faults
    return [(str(Path(fault.file).relative_to(root)), fault.problem) for fault in faults]


def test_what_is_no_file_is_named_and_never_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = story(tmp_path / "content", {ONE: "x"})
    os.mkfifo(root / "lamp/chapters/2-pipe.md")
    os.mkfifo(root / "pipe")
    (root / "lamp/chapters/3-nowhere.md").symlink_to("nowhere")
    (root / "lamp/chapters/4-round.md").symlink_to("4-round.md")
    (root / "gone").symlink_to("nowhere")
    monkeypatch.chdir(root / "lamp/chapters")  # a socket's path must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("5-socket.md")
    assert warned(root) == [
        ("gone", "this link leads nowhere; it is passed over"),
        ("lamp/chapters/2-pipe.md", "this is a named pipe and no file; it is passed over"),
        ("lamp/chapters/3-nowhere.md", "this link leads nowhere; it is passed over"),
        (
            "lamp/chapters/4-round.md",
            "this cannot be looked at: too many levels of symbolic links; it is passed over",
        ),
        ("lamp/chapters/5-socket.md", "this is a socket and no file; it is passed over"),
        ("pipe", "this is a named pipe and no file; it is passed over"),
    ]
    assert [chapter.key for chapter in read(root).serials()["lamp"].chapters] == ["one"]


def test_a_story_file_that_is_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    root = story(tmp_path, {ONE: "x"})
    (root / "lamp/story.yaml").unlink()
    os.mkfifo(root / "lamp/story.yaml")
    [(file, _, problem, _)] = told(root)
    assert (file, problem) == ("lamp/story.yaml", "this is no regular file")


def test_a_closed_folder_is_named_and_the_others_are_read() -> None:
    """As root made it, for itself: like `lost+found` at the top of a disk."""
    with open_to_all() as root:
        for slug in ("lamp", "other", "third"):
            story(root, {ONE: "x"}, slug=slug)
        put(root, {"lost+found/x": ""})
        assert set(read(root).serials()) == {"lamp", "other", "third"}
        library = read(root)
        before = signature(root)
        for closed in ("lost+found", "lamp", "other/chapters"):
            (root / closed).chmod(0)
        put(root, {"third/chapters/2-two.md": "x"})
        (root / "third/chapters/2-two.md").chmod(0)
        with somebody_else():
            library.load_now()
            faults = library.list_faults()
            assert signature(root) != before
        assert [(str(Path(f.file).relative_to(root)), f.problem, f.warning) for f in faults] == [
            ("lamp", "this folder cannot be read: permission denied", False),
            ("lost+found", "this folder cannot be read: permission denied; it is passed over", True),
            ("other/chapters", "this folder cannot be read: permission denied", False),
            ("third/chapters/2-two.md", "the file cannot be read: permission denied", False),
        ]
        assert set(library.serials()) == {"lamp", "other", "third"}, "each in its last good version"


def test_a_content_folder_that_is_closed_says_so() -> None:
    with open_to_all() as place:
        story(place / "content", {ONE: "x"})
        library = read(place / "content")
        (place / "content").chmod(0)
        with somebody_else():
            library.load_now()
        [fault] = library.list_faults()
        assert "permission denied" in fault.problem


@pytest.mark.parametrize("link", ["lamp", "lamp/chapters", "lamp/story.yaml", "lamp/chapters/1-one.md"])
def test_a_link_that_leads_outside_is_a_fault(tmp_path: Path, link: str) -> None:
    root = story(tmp_path / "content", {ONE: "secret"})
    outside = tmp_path / "outside"
    (root / link).rename(outside)
    (root / link).symlink_to(outside)
    [(file, line, problem, mend)] = told(root)
    assert (file, line, problem) == (link, 0, "this link leads out of the content folder")
    assert "content.path" in mend
    assert not any(serial.chapters for serial in read(root).serials().values())


def test_links_within_and_to_the_content_folder_itself_are_fine(tmp_path: Path) -> None:
    root = story(tmp_path / "real", {"drafts/one.md": "x", "chapters/2-two.md": "y"})
    (root / "lamp" / ONE).symlink_to("../drafts/one.md")
    (root / "twin").symlink_to("lamp", target_is_directory=True)
    (tmp_path / "content").symlink_to(root, target_is_directory=True)
    assert told(tmp_path / "content") == []
    serials = read(tmp_path / "content").serials()
    assert set(serials) == {"lamp", "twin"}
    assert [chapter.key for chapter in serials["lamp"].chapters] == ["one", "two"]


def test_trouble_that_nobody_thought_of_is_one_story_s(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = story(tmp_path, {ONE: "x"})
    story(root, {ONE: "x"}, slug="other")
    library = read(root)
    read_chapter = load_cache.read_chapter

    def failing(path: Path) -> load_cache._Read:
        if "lamp" in path.parts:
            raise KeyError("oh\x1b")
        return read_chapter(path)

    monkeypatch.setattr(load_cache, "read_chapter", failing)
    for slug in ("lamp", "other"):
        put(root, {f"{slug}/{ONE}": "better"})
    library.load_now()
    assert [chapter.text for serial in library.serials().values() for chapter in serial.chapters] == [
        "x",
        "better",
    ]
    [fault] = library.list_faults()
    assert "could not be read: KeyError('oh\\x1b')" in fault.problem


def test_a_file_that_is_too_large_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.content.chapters.chapter_file.LONGEST_FILE", 4096)
    root = story(tmp_path, {ONE: "x" * 4096, "chapters/2-two.md": "x" * 4097})
    [(file, _, problem, mend)] = told(root)
    assert file == "lamp/chapters/2-two.md"
    assert "more than the 4 KiB" in problem
    assert "Part it" in mend


def test_the_signature_changes_with_every_file_and_nothing_else(tmp_path: Path) -> None:
    root = story(tmp_path, {ONE: "x", "images/a.png": "x"})
    seen = [signature(root)]

    def changed() -> bool:
        seen.append(signature(root))
        return seen[-1] != seen[-2]

    assert not changed()
    put(root, {"lamp/chapters/2-two.md": "y"})
    assert changed()
    put(root, {"lamp/chapters/.2-two.md.swp": "y", ".git/index": "y"})
    assert not changed()
    os.utime(root / "lamp/images/a.png", (1, 1))
    assert changed()
    (root / "lamp/chapters/2-two.md").rename(root / "lamp/chapters/3-two.md")
    assert changed()
    (root / "lamp/chapters/3-two.md").chmod(0o600)
    assert changed()
    (root / "circle").symlink_to(".", target_is_directory=True)
    assert changed()
    (root / os.fsdecode(b"\xff.md")).write_text("x")
    assert changed()
    assert not changed()
    (root / "lamp/chapters/3-two.md").unlink()
    assert changed()
