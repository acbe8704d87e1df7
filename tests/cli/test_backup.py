"""`fascicle backup` and `fascicle restore`, as they are typed."""

from __future__ import annotations

import asyncio
import errno
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.backup import backup_writer
from bot.store.database import Database
from tests.cli.terminals import terminal
from tests.cli.test_check import fascicle
from tests.content.samples import put, story
from tests.store.samples import add_story

TOKEN = "abc.def.ghi"


@pytest.fixture(autouse=True)
def installation(tmp_path: Path) -> None:
    story(tmp_path / "content", {"chapters/1.md": "x", "secret.txt": TOKEN})
    put(tmp_path, {"config.yaml": "log: {level: debug}\n"})

    async def fill() -> None:
        store = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/data/fascicle.db")
        async with store.begin() as tx:
            await add_story(tx, chapters=["one"])
        await store.close()

    asyncio.run(fill())


def test_there_and_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN_FILE", str(tmp_path / "content/lamp/secret.txt"))
    made = fascicle("backup", "b.zip")
    assert made.exit_code == 0
    assert "2 files of content. Configuration and token are not in it." in made.stdout
    with ZipFile("b.zip") as archive:
        names = archive.namelist()
        assert not any("config.yaml" in name or "secret" in name for name in names)
        assert not any(TOKEN.encode() in archive.read(name) for name in names)
    refused = fascicle("restore", "b.zip")
    assert refused.exit_code == 2
    assert "the database and the folder content, which are not empty" in refused.stderr
    (tmp_path / "content/lamp/chapters/1.md").write_text("changed")
    assert fascicle("restore", "b.zip", "--force").exit_code == 0
    assert (tmp_path / "content/lamp/chapters/1.md").read_text() == "x"
    (tmp_path / "other.yaml").write_text(
        "database: {url: 'sqlite:///new/f.db'}\ncontent: {path: there/stories}\n"
    )
    restored = fascicle("restore", "b.zip", "-c", "other.yaml")
    assert restored.exit_code == 0, restored.stderr
    assert "the stories in there/stories" in restored.stdout
    assert (tmp_path / "new/f.db").stat().st_mode & 0o077 == 0
    assert (tmp_path / "there/stories/lamp/chapters/1.md").read_text() == "x"


def test_a_backup_is_never_replaced_without_a_word(tmp_path: Path) -> None:
    put(tmp_path, {"b.zip": "mine"})
    assert fascicle("backup", "b.zip").exit_code == 2
    assert (tmp_path / "b.zip").read_text() == "mine"
    assert fascicle("backup", "b.zip", "--force").exit_code == 0
    assert fascicle("backup", "content").exit_code == 2
    assert fascicle("backup", "nowhere/b.zip").exit_code == 2


def test_without_a_database_the_stories_are_kept_and_come_back_alone(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("database: {url: 'sqlite:///none.db'}\n")
    made = fascicle("backup", "b.zip", "-c", "c.yaml")
    assert made.exit_code == 0, made.stderr
    assert made.stderr == f"There is no database at {tmp_path}/none.db yet, so I keep the stories alone.\n"
    assert "b.zip: 3 files of content." in made.stdout
    assert not (tmp_path / "none.db").exists()
    (tmp_path / "content/lamp/chapters/1.md").write_text("changed")
    refused = fascicle("restore", "b.zip")
    assert refused.exit_code == 2
    assert "Restoring would replace the folder content, which is not empty." in refused.stderr
    before = (tmp_path / "data/fascicle.db").read_bytes()
    restored = fascicle("restore", "b.zip", "--force")
    assert restored.exit_code == 0, restored.stderr
    assert "It holds no database, so yours is as it was." in restored.stdout
    assert (tmp_path / "content/lamp/chapters/1.md").read_text() == "x"
    assert (tmp_path / "data/fascicle.db").read_bytes() == before


def test_with_neither_there_is_nothing_to_keep(tmp_path: Path) -> None:
    (tmp_path / "c.yaml").write_text("database: {url: 'sqlite:///none.db'}\ncontent: {path: nowhere}\n")
    made = fascicle("backup", "b.zip", "-c", "c.yaml")
    assert made.exit_code == 2
    assert "nothing to keep" in made.stderr
    assert not (tmp_path / "b.zip").exists()


def test_progress_is_shown_at_a_terminal_alone(tmp_path: Path) -> None:
    with terminal("backup", "b.zip", cwd=tmp_path) as shown:
        assert shown.end() == 0
    assert "Keeping the database" in shown.shown
    assert "Keeping the stories" in shown.shown
    assert fascicle("backup", "c.zip").stderr == ""
    with terminal("restore", "b.zip", "--force", cwd=tmp_path) as shown:
        assert shown.end() == 0
    assert "Looking through the backup" in shown.shown
    assert "Putting it back" in shown.shown


def test_on_a_full_disk_there_is_no_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fill_up(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(backup_writer, "collect_content", fill_up)
    made = fascicle("backup", "b.zip")
    assert made.exit_code == 2
    assert made.stderr == (
        "No backup was made. No space left on device. Make room there, or name a file elsewhere.\n"
    )
    assert not [each for each in tmp_path.iterdir() if "b.zip" in each.name]


def test_stopped_there_is_no_backup(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(backup_writer, "collect_content", stop)
    made = fascicle("backup", "b.zip")
    assert (made.exit_code, made.stderr) == (1, "Stopped. No backup was made.\n")
    assert not [each for each in tmp_path.iterdir() if "b.zip" in each.name]


def test_a_damaged_backup_is_one_line(tmp_path: Path) -> None:
    put(tmp_path, {"b.zip": "PK\3\4 hello"})
    made = fascicle("restore", "b.zip", "--force")
    assert made.exit_code == 2
    assert made.stderr == "b.zip: this is no backup of mine, or it is damaged or cut off. Use another.\n"
