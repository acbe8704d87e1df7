"""A SQLite database belongs to whoever runs the bot, and to nobody else."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store.database import Database

pytestmark = pytest.mark.skipif(os.name != "posix", reason="other systems have no such modes")


@pytest.fixture(autouse=True)
def usual_umask() -> Iterator[None]:
    """As most machines have it: what is made can be read by all."""
    before = os.umask(0o022)
    yield
    os.umask(before)


def modes(folder: Path) -> dict[str, str]:
    return {each.name: oct(stat.S_IMODE(each.stat().st_mode)) for each in sorted(folder.iterdir())}


async def write(store: Database) -> None:
    async with store.begin() as tx:
        await tx.key_values.set("a", "b")


async def test_what_the_bot_makes_is_for_its_owner_alone(tmp_path: Path) -> None:
    store = await Database.open(f"sqlite:///{tmp_path}/data/deep/a.db")
    await write(store)
    assert modes(tmp_path / "data" / "deep") == dict.fromkeys(
        ("a.db", "a.db-shm", "a.db-wal", "a.db.lock"), "0o600"
    )
    assert modes(tmp_path)["data"] == "0o700"
    assert modes(tmp_path / "data")["deep"] == "0o700"
    await store.close()


async def test_an_older_database_is_closed_to_others_and_its_folder_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    folder.mkdir(mode=0o755)
    await (await Database.open(f"sqlite:///{folder}/a.db")).close()
    for name in ("a.db", "a.db.lock"):
        (folder / name).chmod(0o664)
    store = await Database.open(f"sqlite:///{folder}/a.db")
    await write(store)
    assert set(modes(folder).values()) == {"0o600"}
    assert modes(tmp_path)["data"] == "0o755"
    await store.close()


async def test_looking_on_changes_no_mode(tmp_path: Path) -> None:
    await (await Database.open(f"sqlite:///{tmp_path}/a.db")).close()
    (tmp_path / "a.db").chmod(0o644)
    await (await Database.open(f"sqlite:///{tmp_path}/a.db", read_only=True)).close()
    assert modes(tmp_path)["a.db"] == "0o644"
