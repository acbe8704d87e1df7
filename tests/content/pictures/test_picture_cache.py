"""Sound pictures are decoded once, also over a restart; faults are found anew every time."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.content_folder import ContentFolder
from bot.content.pictures import picture_files
from tests.content.samples import picture, put, story


@pytest.fixture
def decoded(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The pictures that were decoded, in order."""
    names: list[str] = []
    check_file = picture_files.check_file

    def counting(path: Path, written: str) -> None:
        names.append(path.name)
        check_file(path, written)

    monkeypatch.setattr(picture_files, "check_file", counting)
    return names


def start(root: Path, cache: Path | None) -> list[str]:
    """A start of the bot; returns the faults."""
    library = ContentFolder(root, cache)
    library.load_now()
    return [fault.problem for fault in library.list_faults()]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {"chapters/1.md": "![a](images/a.png) ![b](images/b.png)", "images/a.png": picture()}
    return story(tmp_path / "content", {**files, "images/b.png": b"broken"})


def test_only_sound_pictures_are_remembered(root: Path, tmp_path: Path, decoded: list[str]) -> None:
    cache = tmp_path / "cache"
    faults = start(root, cache)
    assert decoded == ["a.png", "b.png"]
    decoded.clear()
    assert start(root, cache) == faults == start(root, None)
    assert decoded == ["b.png", "a.png", "b.png"]
    decoded.clear()
    put(root, {"lamp/images/a.png": b"broken too", "lamp/images/b.png": picture()})
    assert start(root, cache) == start(root, None) != faults
    assert decoded == ["a.png", "b.png"] * 2


@pytest.mark.parametrize("damage", [b"", b"\xff", b"other rules\n" + b"0" * 32])
def test_a_file_of_another_kind_is_done_without(
    root: Path, tmp_path: Path, decoded: list[str], damage: bytes
) -> None:
    cache = tmp_path / "cache"
    faults = start(root, cache)
    (file,) = cache.iterdir()
    file.write_bytes(damage)
    decoded.clear()
    assert start(root, cache) == faults
    assert decoded == ["a.png", "b.png"]
    assert start(root, cache) == faults
    assert decoded == ["a.png", "b.png", "b.png"]


def test_a_place_that_cannot_be_written_is_done_without(root: Path, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("a file where the folder should be")
    assert start(root, tmp_path / "cache") == start(root, None)


def test_two_content_folders_do_not_disturb_each_other(
    root: Path, tmp_path: Path, decoded: list[str]
) -> None:
    other = story(tmp_path / "other", {"chapters/1.md": "![c](images/c.png)", "images/c.png": picture()})
    for folder in (root, other, root, other):
        start(folder, tmp_path / "cache")
    assert decoded == ["a.png", "b.png", "c.png", "b.png"]
