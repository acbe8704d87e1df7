"""The Alembic environment: run on the connection from `bot.store.engine.migrate`, or offline with `--sql`."""

from __future__ import annotations

from typing import Any

from alembic import context

from bot.store.tables import metadata

_OPTIONS: dict[str, Any] = {"target_metadata": metadata, "transactional_ddl": True}

if context.is_offline_mode():
    dialect = context.get_x_argument(as_dictionary=True).get("dialect", "postgresql")
    context.configure(dialect_name=dialect, literal_binds=True, **_OPTIONS)
else:
    connection = context.config.attributes["connection"]
    context.configure(connection=connection, render_as_batch=connection.dialect.name == "sqlite", **_OPTIONS)

with context.begin_transaction():
    context.run_migrations()
