"""Archives that are damaged, cut off, tampered with or none at all: one clear line, and nothing is written."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest

from bot.backup.backup_manifest import MANIFEST, BackupFault
from bot.backup.backup_reader import open_backup
from bot.backup.backup_writer import write_backup
from bot.store.database import Database
from tests.content.samples import put
from tests.store.samples import NOW, add_story


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("backup")
    content = put(
        folder / "content", {"lamp/story.yaml": "title: The Lamp\n", "lamp/chapters/1.md": "x" * 5000}
    )
    url = f"sqlite+aiosqlite:///{folder}/data/fascicle.db"

    async def make() -> None:
        store = await Database.open(url)
        async with store.begin() as tx:
            await add_story(tx, chapters=["one"])
        await write_backup(folder / "good.zip", url, content, NOW)
        await store.close()

    asyncio.run(make())
    return folder / "good.zip"


def rewritten(good: Path, to: Path, change: Callable[[dict[str, Any]], None], **entries: bytes) -> Path:
    """The backup with another manifest, and other or further entries."""
    with ZipFile(good) as old, ZipFile(to, "w", ZIP_DEFLATED) as new:
        manifest = json.loads(old.read(MANIFEST))
        change(manifest)
        for name in old.namelist():
            if name != MANIFEST:
                new.writestr(name, entries.get(name, old.read(name)))
        new.writestr(MANIFEST, json.dumps(manifest))
    return to


def refused(file: Path) -> str:
    with pytest.raises(BackupFault) as found, open_backup(file):
        pass
    said = str(found.value)
    assert "\n" not in said
    assert said.startswith(f"{file}: ")
    return said


def test_it_can_be_read_without_this_program(good: Path) -> None:
    assert good.stat().st_mode & 0o077 == 0, "for its owner alone"
    with ZipFile(good) as archive:
        assert archive.read("content/lamp/story.yaml") == b"title: The Lamp\n"
        assert b'"slug":"lamp"' in archive.read("database/story.jsonl")
        manifest = json.loads(archive.read(MANIFEST))
    assert manifest["made_at"] == NOW.isoformat()
    assert manifest["kind"] == "sqlite"


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_cut_off_archive(good: Path, tmp_path: Path, share: float) -> None:
    data = good.read_bytes()
    (tmp_path / "b.zip").write_bytes(data[: int(len(data) * share)])
    assert "damaged or cut off" in refused(tmp_path / "b.zip")


def test_every_flipped_byte_is_found_or_harmless(good: Path, tmp_path: Path) -> None:
    data = bytearray(good.read_bytes())
    with open_backup(good) as backup:
        manifest = backup.manifest
    for at in range(0, len(data), 97):
        data[at] ^= 0xFF
        (tmp_path / "b.zip").write_bytes(data)
        try:
            with open_backup(tmp_path / "b.zip") as backup:
                assert backup.manifest == manifest
        except BackupFault:
            pass
        data[at] ^= 0xFF


def test_what_is_no_backup(tmp_path: Path) -> None:
    put(tmp_path, {"text.zip": "hello", "empty.zip": ""})
    with ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("a.txt", "a")
    for name in ("text.zip", "empty.zip", "other.zip"):
        assert "no backup of mine" in refused(tmp_path / name)
    assert "there is no such file" in refused(tmp_path / "none.zip")


@pytest.mark.parametrize(
    "name", ["../evil.md", "/etc/evil", "a/../../evil", "a\\..\\evil", "C:/evil", "a//b", "", ".", "a/\0"]
)
def test_paths_out_of_the_folder(good: Path, tmp_path: Path, name: str) -> None:
    def change(manifest: dict[str, Any]) -> None:
        manifest["files"][0]["name"] = name

    assert "leads out" in refused(rewritten(good, tmp_path / "b.zip", change))


def test_a_changed_entry_and_one_larger_than_it_says(good: Path, tmp_path: Path) -> None:
    entry = {"content/lamp/story.yaml": b"title: The Lamb\n"}
    assert "lamp/story.yaml in it is damaged" in refused(
        rewritten(good, tmp_path / "b.zip", lambda manifest: None, **entry)
    )
    bomb = {"content/lamp/story.yaml": b"\0" * 50_000_000}
    assert "is damaged" in refused(rewritten(good, tmp_path / "c.zip", lambda manifest: None, **bomb))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda manifest: manifest.update(version=2), "newer fascicle"),
        (lambda manifest: manifest.update(format="x"), "damaged"),
        (lambda manifest: manifest.pop("tables"), "damaged"),
        (lambda manifest: manifest.update(files=[1]), "damaged"),
        (lambda manifest: manifest["files"].append(manifest["files"][0]), "damaged"),
        (lambda manifest: manifest["files"][0].update(sha256="x"), "damaged"),
        (lambda manifest: manifest["files"][0].update(entry="content/none"), "damaged"),
    ],
)
def test_a_changed_list(
    good: Path, tmp_path: Path, change: Callable[[dict[str, Any]], None], said: str
) -> None:
    assert said in refused(rewritten(good, tmp_path / "b.zip", change))
