from __future__ import annotations

from io import StringIO

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.engine import SqlStore
from bot.store.migrate import config
from bot.store.tables import metadata


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
    await (await SqlStore.open(url)).close()
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
    await (await SqlStore.open(store_url)).close()
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

    await (await SqlStore.open(url)).close()
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

    await (await SqlStore.open(url)).close()
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
