"""The content folder in a backup: all of it, whole, although somebody writes meanwhile; and nothing else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from bot.backup import content_collection
from bot.backup.content_collection import CollectedContent, collect_content
from tests.content.samples import put


def collected(root: Path, *besides: Path) -> tuple[dict[str, bytes], CollectedContent]:
    archive = root.parent / "a.zip"
    with ZipFile(archive, "w") as writing:
        found = collect_content(root, writing, besides)
    with ZipFile(archive) as reading:
        return {file.name: reading.read(file.entry) for file in found.files}, found


def test_all_files_but_secrets_and_what_leads_elsewhere(tmp_path: Path) -> None:
    root = put(tmp_path / "content", {"a/1.md": "1", ".removed/2.md": "2", ".git/x": "x", "token": "secret"})
    put(tmp_path, {"outside/p.png": "p"})
    (root / "link.md").symlink_to(root / "a/1.md")
    (root / "out.png").symlink_to(tmp_path / "outside/p.png")
    (root / "folder").symlink_to(tmp_path / "outside")
    (root / "dead").symlink_to(tmp_path / "none")
    os.mkfifo(root / "pipe")
    files, found = collected(root, root / "token")
    assert files == {"a/1.md": b"1", ".removed/2.md": b"2", "link.md": b"1"}
    assert found.left_out == ("dead", "folder", "out.png", "pipe")


def test_no_folder_is_an_empty_one(tmp_path: Path) -> None:
    assert collected(tmp_path / "none")[0] == {}


def test_what_changes_meanwhile_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = put(tmp_path / "content", {"1.md": "one", "2.md": "two", "3.md": "three"})
    original, calls = content_collection._read_into, []

    def reading(archive: ZipFile, folder: Path, name: str, number: int) -> Any:
        read = original(archive, folder, name, number)
        calls.append(name)
        if len(calls) == 2:
            # An editor renames a chapter, changes another, and adds a third.
            (root / "3.md").rename(root / "4.md")
            (root / "1.md").write_text("one, changed")
        return read

    monkeypatch.setattr(content_collection, "_read_into", reading)
    files, found = collected(root)
    assert files == {"1.md": b"one, changed", "2.md": b"two", "4.md": b"three"}
    assert found.left_out == ()
    assert calls[-2:] == ["1.md", "4.md"], "only what changed"


def test_a_file_that_never_rests_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = put(tmp_path / "content", {"1.md": "one", "2.md": "two"})
    original = content_collection._copy

    def copying(source: Any, target: Any) -> Any:
        if getattr(source, "name", None) == str(root / "2.md"):
            with (root / "2.md").open("a") as more:
                more.write("!")
        return original(source, target)

    monkeypatch.setattr(content_collection, "_copy", copying)
    monkeypatch.setattr(content_collection, "_PAUSE", 0)
    files, found = collected(root)
    assert files == {"1.md": b"one"}
    assert found.left_out == ("2.md",)
