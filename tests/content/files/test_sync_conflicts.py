"""Copies that sync tools and people leave beside a file are named and never taken; chapters that look alike are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.samples import read, story

TEXT = "The lamp went out over the quay, and Ada climbed the stairs once more with oil and a rag."
OTHER = "Nobody had told the harbour master that the bell was missing until the fog came in at noon."

SURE = [
    "1.sync-conflict-20260102-030405-ABCDEFG.md",
    "1 (conflicted copy).md",
    "1 (Ada's conflicted copy 2026-01-02).md",
    "1 (conflicted copy 2026-01-02 030405).md",
    "1 (Adas in Konflikt stehende Kopie 2026-01-02).md",
    "1 (Copie en conflit de Ada 2026-01-02).md",
    "1 (Copia en conflicto de Ada 2026-01-02).md",
    "1 (Ada の競合コピー 2026-01-02).md",
    "1 (конфликтующая копия Ada 2026-01-02).md",
    "1 (SFConflict ada@example.org 2026-01-02-03-04-05).md",
    "1_conflict-20260102-030405.md",
    "1.Conflict.md",
    "1 [conflicted].md",
    "1-DESKTOP-ABC123.md",
    "1-LAPTOP-0A1B2C3D.md",
]
MAYBE = [
    "1 (1).md",
    "1 2.md",
    "1 - Copy.md",
    "1 - Kopie (2).md",
    "1 copy.md",
    "1 (Kopie).md",
    "Copy of 1.md",
    "Kopie von 1.md",
    "Copia de 1.md",
    "1-ADAS-PC.md",
    "1-adaspc.md",
]


@pytest.mark.parametrize("name", SURE)
def test_what_only_a_sync_tool_names_so_is_never_taken(tmp_path: Path, name: str) -> None:
    library = read(story(tmp_path, {"chapters/1.md": TEXT, f"chapters/{name}": OTHER}))
    assert [chapter.file for chapter in library.serials()["lamp"].chapters] == ["1.md"]
    assert library.serials()["lamp"].broken == (), "it is in nobody's way"
    assert [Path(fault.file).name for fault in library.list_faults()] == [name]


@pytest.mark.parametrize("name", [name for name in MAYBE if name != "1-ADAS-PC.md"])
def test_a_copy_is_told_by_name_and_text(tmp_path: Path, name: str) -> None:
    library = read(story(tmp_path, {"chapters/1.md": TEXT, f"chapters/{name}": TEXT}))
    assert [chapter.file for chapter in library.serials()["lamp"].chapters] == ["1.md"]
    assert [Path(fault.file).name for fault in library.list_faults()] == [name]


@pytest.mark.parametrize("name", [*MAYBE, "1 (the conflict).md", "A Copy of Nothing.md", "Conflict.md"])
def test_a_chapter_of_such_a_name_is_one(tmp_path: Path, name: str) -> None:
    library = read(story(tmp_path, {"chapters/1.md": TEXT, f"chapters/{name}": OTHER}))
    assert {chapter.file for chapter in library.serials()["lamp"].chapters} >= {name, "1.md"} or any(
        "one identity" in fault.problem for fault in library.list_faults()
    )


def test_a_copy_alone_is_still_no_chapter(tmp_path: Path) -> None:
    library = read(story(tmp_path, {"chapters/1 (conflicted copy).md": TEXT}))
    assert library.serials() == {}
    assert [fault.problem for fault in library.list_faults()] == [
        "there is no chapter here",
        "this is the copy that a sync tool made of a conflict",
    ]
