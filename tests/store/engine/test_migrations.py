from __future__ import annotations

from collections.abc import Callable
from io import StringIO

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.domain.reading.bookmark import TextPosition
from bot.domain.suggestions.suggestion import SuggestionState
from bot.domain.text.normalization import fold
from bot.store.database import Database
from bot.store.engine.migrate import config
from bot.store.tables import metadata
from tests.store.samples import add_story


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(
        connection, opts={"compare_type": True, "compare_server_default": True}
    )
    return list(compare_metadata(context, metadata))


def _schema(connection: Connection) -> dict[str, object]:
    """What autogenerate does not compare: checks, the predicates of indexes, and what becomes of references."""
    look = inspect(connection)
    return {
        table: (
            sorted((check["name"], check["sqltext"]) for check in look.get_check_constraints(table)),
            sorted(
                str(sorted(key["options"].items())) + str(key["name"]) for key in look.get_foreign_keys(table)
            ),
            sorted((str(index["name"]), str(index["column_names"])) for index in look.get_indexes(table)),
        )
        for table in look.get_table_names()
        if table != "alembic_version"
    }


async def test_migrations_make_exactly_the_tables(url: str) -> None:
    await (await Database.open(url)).close()
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        assert await connection.run_sync(_differences) == []
        migrated = await connection.run_sync(_schema)
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        assert migrated == await connection.run_sync(_schema)
    await engine.dispose()


async def test_sqlite_never_reuses_the_ids_that_posts_and_people_name(tmp_path: object) -> None:
    store_url = f"sqlite+aiosqlite:///{tmp_path}/a.db"
    await (await Database.open(store_url)).close()
    engine = create_async_engine(store_url)
    async with engine.connect() as connection:
        made = await connection.execute(
            text("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'")
        )
        assert set(made.scalars()) >= {"release", "subscription", "delivery", "suggestion", "notice"}
    await engine.dispose()


async def test_down_and_up_again(url: str) -> None:
    def there_and_back(connection: Connection) -> None:
        settings = config()
        settings.attributes["connection"] = connection
        command.downgrade(settings, "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        command.upgrade(settings, "head")

    await (await Database.open(url)).close()
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(there_and_back)
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
def test_the_steps_can_be_written_out_as_sql(dialect: str, monkeypatch: pytest.MonkeyPatch) -> None:
    script = StringIO()
    settings = config()
    settings.output_buffer = script
    settings.cmd_opts = type("Options", (), {"x": [f"dialect={dialect}"]})()
    command.upgrade(settings, "head", sql=True)
    assert "CREATE TABLE delivery" in script.getvalue()


async def test_a_channel_in_which_ideas_were_shown_counts_as_accepted(url: str) -> None:
    def add(connection: Connection) -> None:
        settings = config()
        settings.attributes["connection"] = connection
        command.downgrade(settings, "0002")
        connection.execute(text(_A_STORY))
        connection.execute(text(_AN_IDEA))
        for number, (kind, channel, message, suggestion) in enumerate(_PANELS):
            connection.execute(
                text(
                    "INSERT INTO panel (kind, story, suggestion, channel_id, message_id, nonce, made_at, attempts) "
                    "VALUES (:kind, 'lamp', :suggestion, :channel, :message, :nonce, 5, 0)"
                ),
                {"kind": kind, "suggestion": suggestion, "channel": channel, "message": message}
                | {"nonce": f"n{number}"},
            )
        command.upgrade(settings, "head")

    await (await Database.open(url)).close()
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(add)
        found = await connection.execute(
            text("SELECT story, channel_id, accepted_at, asked_by FROM review_channel")
        )
        assert [tuple(row) for row in found] == [("lamp", 71, 5, None)]
        assert await connection.run_sync(_differences) == []
    await engine.dispose()


_PANELS = [("review", 71, 901, 1), ("review", 72, None, 1), ("board", 73, 902, None)]
"""One that was shown, one that never was, and a board."""
_A_STORY = "INSERT INTO story (slug, description, first_seen, settled_until) VALUES ('lamp', '{}', 1, 1)"
_AN_IDEA = (
    "INSERT INTO suggestion (number, story, idea, folded, anonymous, name_me, state, created_at, support, held) "
    "VALUES (1, 'lamp', 'Rain.', 'rain', FALSE, FALSE, 'new', 1, 1, FALSE)"
)


async def test_ideas_and_blocks_of_before_are_taken_over(url: str) -> None:
    """11 made the named 1 and the anonymous 2, which joined it; 12 made 3, and supports both."""

    def to(revision: str) -> Callable[[Connection], None]:
        def move(connection: Connection) -> None:
            settings = config()
            settings.attributes["connection"] = connection
            (command.downgrade if revision == "0002" else command.upgrade)(settings, revision)

        return move

    idea = text(
        "INSERT INTO suggestion (number, story, idea, folded, maker, anonymous, name_me, state, created_at, "
        "\"into\", support, held) VALUES (:number, 'lamp', 'x', 'x', :maker, :anonymous, :no, :state, 1, "
        ":into, 1, :no)"
    )
    block = text(
        "INSERT INTO blocked (story, hash, suggestion, \"by\", at) VALUES ('lamp', :hash, :of, 7, 5)"
    )
    ideas = ((1, 11, False, "new", None), (2, 11, True, "merged", 1), (3, 12, False, "new", None))
    store = await Database.open(url)
    async with store.begin() as tx:
        await add_story(tx, "lamp")
    await store.close()
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(to("0002"))
        for number, maker, anonymous, state, into in ideas:
            facts = {"number": number, "maker": maker, "anonymous": anonymous, "state": state, "into": into}
            await connection.execute(idea, facts | {"no": False})
        await connection.execute(
            text("INSERT INTO supporter (suggestion, user_id, at) VALUES (1, 12, 1), (2, 12, 1)")
        )
        for hashed, of in (("aa", 1), ("bb", 9)):
            await connection.execute(block, {"hash": hashed, "of": of})
        await connection.run_sync(to("0003"))
        kept = await connection.execute(
            text('SELECT suggestion, story, hash, "by", at FROM blocked ORDER BY suggestion')
        )
        assert [tuple(row) for row in kept] == [(1, "lamp", "aa", 7, 5), (9, "lamp", "bb", 7, 5)]
        counted = await connection.execute(
            text("SELECT number, support, maker_hash FROM suggestion ORDER BY number")
        )
        assert [tuple(row) for row in counted] == [(1, 2, None), (2, 1, None), (3, 1, None)]
        await connection.run_sync(to("0002"))
        back = await connection.execute(text("SELECT hash, suggestion FROM blocked ORDER BY suggestion"))
        assert [tuple(row) for row in back] == [("aa", 1), ("bb", 9)]
    await engine.dispose()


async def test_ideas_and_places_of_before_are_found_as_those_of_now(url: str) -> None:
    """What was kept by an older bot: ideas folded as they were then, bookmarks without a place of their own."""

    def to(version: str) -> Callable[[Connection], None]:
        def move(connection: Connection) -> None:
            settings = config()
            settings.attributes["connection"] = connection
            (command.downgrade if version == "0002" else command.upgrade)(settings, version)

        return move

    await (await Database.open(url)).close()
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(to("0002"))
        await connection.execute(
            text(
                "INSERT INTO story (slug, description, first_seen, settled_until)"
                " VALUES ('lamps', '{}', 0, 0)"
            )
        )
        await connection.execute(
            text(
                "INSERT INTO bookmark (user_id, story, last_number, last_offset, last_revision, furthest_number,"
                " furthest_offset, furthest_revision, seen_at) VALUES (3, 'lamps', 1, 0, 1, 3, 70, 1, 0)"
            )
        )
        for number in range(1, 1203):
            await connection.execute(
                text(
                    "INSERT INTO suggestion (number, story, idea, folded, support, held, anonymous, name_me, state,"
                    " created_at) VALUES (:n, 'lamps', :idea, :folded, 0, false, false, false, 'new', 0)"
                ),
                {"n": number, "idea": f"King’s Łódź {number}", "folded": f"king s łodz {number}"},
            )
        await connection.run_sync(to("head"))
        folded = (
            (await connection.execute(text("SELECT folded FROM suggestion ORDER BY number"))).scalars().all()
        )
    await engine.dispose()
    assert folded == [f"kings lodz {number}" for number in range(1, 1203)]
    store = await Database.open(url)
    async with store.read() as tx:
        kept = await tx.bookmarks.get(3, "lamps")
        offered = await tx.review_queue.search(["lamps"], [SuggestionState.NEW], fold("king's lodz 120"), 5)
    await store.close()
    assert kept is not None
    assert (kept.position, kept.resume) == (TextPosition(3, 70), TextPosition(3, 70))
    assert [each.number for each in offered] == [1202, 1201, 1200, 120]
