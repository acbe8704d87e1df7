"""Backups on both databases: everything comes back, and what may have been sent is looked for first."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.backup import backup_restore
from bot.backup.backup_reader import open_backup
from bot.backup.backup_restore import list_occupied, restore_backup
from bot.backup.backup_writer import write_backup
from bot.domain.releases.release import PictureFile
from bot.domain.suggestions.suggestion import SuggestionState
from bot.kit.message_nonces import new_nonce
from bot.services.delivery.restore_recovery import RESTORED
from bot.store.database import Database
from bot.store.engine.errors import DatabaseBusy, DatabaseEmpty, DatabaseTooNew, DatabaseUnusable
from bot.store.notifications.notice_records import NewNotice
from bot.store.releases.release_records import NewRelease
from bot.store.suggestions.poll_records import NewPoll
from bot.store.suggestions.suggestion_records import StateChange
from bot.store.tables import metadata
from tests.content.samples import put
from tests.store.samples import MINUTE, NOW, add_idea, add_story, make_chapter, owed, subscribe
from tests.support.databases import DIALECTS, empty_database, fresh_database

CHANGED_BY_RESTORING = {"setting", "subscription", "notice", "panel", "poll", "calendar_notice"}


@pytest.fixture(params=DIALECTS)
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


async def fill(url: str) -> None:
    """Something in many tables, with references to later rows, bytes, and signs of all kinds."""
    store = await Database.open(url)
    async with store.begin() as tx:
        one, _ = await add_story(tx, chapters=["one", "two"])
        chapter = make_chapter("ü/\u2028“three”", text="Zeile\n\t\\ \U0001f56f", pictures=("a.png",))
        new = NewRelease(
            "lamp",
            chapter,
            at=NOW,
            released_at=NOW,
            words=3,
            pictures=(PictureFile("a.png", "image/png", b"\0\xff\n"),),
        )
        assert await tx.releases.add(new) is not None
        subscription = await subscribe(tx)
        await tx.delivery_plans.add([owed(subscription, one)])
        await tx.notices.add_all([NewNotice(5, "restored", {"at": "1"}, "key", new_nonce())], now=NOW)
    first, second = await add_idea(store, 11), await add_idea(store, 12)
    async with store.begin() as tx:
        change = StateChange(
            was=SuggestionState.NEW, to=SuggestionState.MERGED, by=1, at=NOW, into=second.number
        )
        await tx.suggestions.decide(first.number, change)
        await tx.key_values.set("alive", (NOW + MINUTE).isoformat())
    await store.close()


async def rows(url: str, *, but: Iterable[str] = ()) -> dict[str, list[Any]]:
    engine = create_async_engine(url)
    try:
        async with engine.connect() as connection:
            return {
                table.name: sorted(map(tuple, await connection.execute(table.select())), key=repr)
                for table in metadata.sorted_tables
                if table.name not in but
            }
    finally:
        await engine.dispose()


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if not each.name.endswith(".lock"))


def spoil(file: Path) -> None:
    """Leave a file that is no database, and a log of the old one."""
    file.write_bytes(b"gone bad" * 1000)
    file.with_name(file.name + "-wal").write_bytes(b"old log")


async def test_everything_comes_back(dialect: str, tmp_path: Path) -> None:
    content = put(
        tmp_path / "content", {"a/chapters/1 ü.md": "x", "a/images/p.png": b"\0\xff", "a/story.yaml": ""}
    )
    async with fresh_database(tmp_path, dialect) as url, empty_database(tmp_path, dialect) as other:
        await fill(url)
        made = await write_backup(tmp_path / "b.zip", url, content, NOW)
        assert not made.left_out
        assert await list_occupied(other, tmp_path / "again") == []
        with open_backup(tmp_path / "b.zip") as backup:
            await restore_backup(backup, other, tmp_path / "again", NOW)
        assert await rows(other, but=CHANGED_BY_RESTORING) == await rows(url, but=CHANGED_BY_RESTORING)
        files = {
            each.relative_to(tmp_path / "again").as_posix(): each.read_bytes()
            for each in (tmp_path / "again").rglob("*.*")
        }
        assert files == {"a/chapters/1 ü.md": b"x", "a/images/p.png": b"\0\xff", "a/story.yaml": b""}
        assert await list_occupied(other, tmp_path / "again") == [
            "the database",
            f"the folder {tmp_path / 'again'}",
        ]
        store = await Database.open(other)
        idea = await add_idea(store, 13)
        assert idea.number > 1000, "numbers given after the backup are not given again"
        await store.close()


async def test_what_may_have_been_sent_is_marked(dialect: str, tmp_path: Path) -> None:
    async with fresh_database(tmp_path, dialect) as url:
        await fill(url)
        store = await Database.open(url)
        async with store.begin() as tx:
            for nonce in ("sent later", "out"):
                poll = NewPoll("lamp", 1, 2, "?", [1], nonce, by=3, now=NOW, ends_at=NOW + MINUTE)
                added = await tx.polls.add(poll)
            await tx.polls.mark_open(added, 77, NOW + MINUTE)
        await store.close()
        await write_backup(tmp_path / "b.zip", url, tmp_path / "content", NOW)
        with open_backup(tmp_path / "b.zip") as backup:
            await restore_backup(backup, url, tmp_path / "content", NOW)
        store = await Database.open(url)
        async with store.read() as tx:
            polls = await tx.polls.list_running("lamp")
            tried = {each.nonce: each.first_tried_at for each in polls}
            assert tried == {"sent later": NOW + MINUTE, "out": None}, "looked for before it is sent"
            assert await tx.key_values.get(RESTORED) == (NOW + MINUTE).isoformat()
            assert {each.unsure_since for each in await tx.subscriptions.list_by_story("lamp")} == {
                NOW + MINUTE
            }
            [notice] = (await tx.connection.execute(text("SELECT state, wake_at FROM notice"))).all()
            assert tuple(notice) == ("waiting", None), "told at the next command, not sent a second time"
        await store.close()


async def test_a_backup_holds_one_moment(dialect: str, tmp_path: Path) -> None:
    async with fresh_database(tmp_path, dialect) as url, empty_database(tmp_path, dialect) as other:
        store = await Database.open(url)
        async with store.begin() as tx:
            await add_story(tx)
        stop = asyncio.Event()

        async def write() -> None:
            number = 0
            while not stop.is_set():
                async with store.begin() as tx:
                    chapter = make_chapter(str(number))
                    await tx.releases.add(NewRelease("lamp", chapter, at=NOW, released_at=NOW, words=3))
                    await tx.key_values.set("count", str(number))
                number += 1

        writing = asyncio.create_task(write())
        await asyncio.sleep(0.2)
        await write_backup(tmp_path / "b.zip", url, tmp_path / "content", NOW)
        stop.set()
        await writing
        await store.close()
        with open_backup(tmp_path / "b.zip") as backup:
            await restore_backup(backup, other, tmp_path / "again", NOW)
        again = await Database.open(other)
        async with again.read() as tx:
            count = await tx.key_values.get("count")
            assert count is not None
            assert await tx.releases.count("lamp") == int(count) + 1
            assert (
                len(
                    [
                        await tx.releases.get_edition(each.id)
                        for each in await tx.releases.list_by_story("lamp")
                    ]
                )
                > 1
            )
        await again.close()


async def test_a_restore_that_fails_changes_nothing(
    dialect: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = put(tmp_path / "content", {"a/1.md": "old", ".b": "old"})
    async with fresh_database(tmp_path, dialect) as url, fresh_database(tmp_path, dialect) as other:
        await fill(url)
        await write_backup(
            tmp_path / "b.zip", other, put(tmp_path / "new", {"a/1.md": "new", "c": "new"}), NOW
        )
        before, names = await rows(url), names_in(tmp_path)

        def files() -> dict[str, str]:
            return {
                each.relative_to(content).as_posix(): each.read_text()
                for each in content.rglob("*")
                if each.is_file()
            }

        for broken in ("swap", "write"):
            with monkeypatch.context() as patch:
                original = getattr(backup_restore._FolderReplacement, broken)

                def fail(self: Any, *given: Any, original: Any = original) -> None:
                    original(self, *given)
                    raise OSError("no space")

                patch.setattr(backup_restore._FolderReplacement, broken, fail)
                with open_backup(tmp_path / "b.zip") as backup, pytest.raises(OSError, match="no space"):
                    await restore_backup(backup, url, content, NOW)
            assert files() == {"a/1.md": "old", ".b": "old"}
            assert await rows(url) == before
        assert names_in(tmp_path) == names, "nothing is left lying about"
        with open_backup(tmp_path / "b.zip") as backup:
            await restore_backup(backup, url, content, NOW)
        assert files() == {"a/1.md": "new", "c": "new"}
        assert (await rows(url))["story"] == []


async def test_a_database_in_use_is_left_alone(dialect: str, tmp_path: Path) -> None:
    async with fresh_database(tmp_path, dialect) as url:
        await write_backup(tmp_path / "b.zip", url, tmp_path, NOW)
        store = await Database.open(url)
        with open_backup(tmp_path / "b.zip") as backup, pytest.raises(DatabaseBusy):
            await restore_backup(backup, url, tmp_path / "again", NOW)
        await store.close()
        assert not (tmp_path / "again").exists()


async def test_rows_move_between_the_kinds(tmp_path: Path) -> None:
    async with fresh_database(tmp_path, "sqlite") as lite, empty_database(tmp_path, "postgresql") as postgres:
        await fill(lite)
        await write_backup(tmp_path / "b.zip", lite, tmp_path / "content", NOW)
        with open_backup(tmp_path / "b.zip") as backup:
            await restore_backup(backup, postgres, tmp_path / "again", NOW)
        assert await rows(postgres, but=CHANGED_BY_RESTORING) == await rows(lite, but=CHANGED_BY_RESTORING)


async def test_an_older_schema_is_brought_up_to_date(tmp_path: Path) -> None:
    async with empty_database(tmp_path, "sqlite") as url, empty_database(tmp_path, "sqlite") as other:
        from bot.store.engine.migrate import upgrade_to

        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.run_sync(upgrade_to, "0009")
            await connection.execute(text("INSERT INTO setting (key, value) VALUES ('a', 'b')"))
        await engine.dispose()
        await write_backup(tmp_path / "b.zip", url, tmp_path / "content", NOW)
        with open_backup(tmp_path / "b.zip") as backup:
            assert backup.manifest.revision == "0009"
            await restore_backup(backup, other, tmp_path / "again", NOW)
        store = await Database.open(other, read_only=True)
        async with store.read() as tx:
            assert await tx.key_values.get("a") == "b"
        await store.close()


async def test_a_newer_or_empty_database_is_refused(tmp_path: Path) -> None:
    async with fresh_database(tmp_path, "sqlite") as url, empty_database(tmp_path, "sqlite") as nothing:
        with pytest.raises(DatabaseUnusable):
            await write_backup(tmp_path / "c.zip", nothing, tmp_path / "content", NOW)
        assert not (tmp_path / "c.zip").exists()
        engine = create_async_engine(url)
        async with engine.begin() as connection:
            await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        await engine.dispose()
        with pytest.raises(DatabaseTooNew):
            await write_backup(tmp_path / "c.zip", url, tmp_path / "content", NOW)


async def test_a_damaged_sqlite_file_is_replaced(tmp_path: Path) -> None:
    async with fresh_database(tmp_path, "sqlite") as url:
        await fill(url)
        await write_backup(tmp_path / "b.zip", url, tmp_path / "content", NOW)
        spoil(Path(url.removeprefix("sqlite+aiosqlite:///")))
        assert await list_occupied(url, tmp_path / "content") == ["the database"]
        with open_backup(tmp_path / "b.zip") as backup:
            await restore_backup(backup, url, tmp_path / "content", NOW)
        store = await Database.open(url)
        async with store.read() as tx:
            assert await tx.releases.count("lamp") == 3
        await store.close()
        assert not any(".old" in name for name in names_in(tmp_path))


async def test_a_backup_without_a_database_leaves_the_present_one_alone(dialect: str, tmp_path: Path) -> None:
    content = put(tmp_path / "content", {"a/1.md": "old"})
    async with empty_database(tmp_path, dialect) as nothing, fresh_database(tmp_path, dialect) as url:
        with pytest.raises(DatabaseUnusable if dialect == "sqlite" else DatabaseEmpty):
            await write_backup(tmp_path / "b.zip", nothing, content, NOW)
        await write_backup(tmp_path / "b.zip", None, content, NOW)
        await fill(url)
        before = await rows(url)
        put(content, {"a/1.md": "new", "a/2.md": "new"})
        with open_backup(tmp_path / "b.zip") as backup:
            assert not backup.manifest.has_database
            assert await list_occupied(None, content) == [f"the folder {content}"]
            await restore_backup(backup, url, content, NOW)
        assert [each.name for each in (content / "a").iterdir()] == ["1.md"]
        assert (content / "a/1.md").read_text() == "old"
        assert await rows(url) == before
