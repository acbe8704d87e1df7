"""Read transactions that are opened by their first query."""

from __future__ import annotations

from contextlib import AsyncExitStack
from typing import Any, cast

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.store.database import Database
from bot.store.transaction import Transaction


class LazyReadTransaction(Transaction):
    """A read transaction that costs nothing until something is asked; it ends when `stack` is left."""

    def __init__(self, store: Database, stack: AsyncExitStack) -> None:
        super().__init__(cast(AsyncConnection, _DeferredConnection(store, stack)))


class _DeferredConnection:
    """Stands in for a connection: the repositories use nothing but `execute` for reading."""

    def __init__(self, store: Database, stack: AsyncExitStack) -> None:
        self._store = store
        self._stack = stack
        self._connection: AsyncConnection | None = None

    async def execute(self, *args: Any, **named: Any) -> Any:
        if self._connection is None:
            self._connection = (await self._stack.enter_async_context(self._store.read())).connection
        return await self._connection.execute(*args, **named)
