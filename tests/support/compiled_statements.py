"""Compiled SQL for the databases of all tests.

Each test opens a database of its own, and by itself each engine compiles every statement anew, which takes a quarter
of such a test's time.
"""

from __future__ import annotations

from functools import partial
from typing import Any

from sqlalchemy.ext.asyncio import create_async_engine

from bot.store.engine import postgresql, sqlite


class CompiledStatements(dict[tuple[Any, ...], Any]):
    """What SQLAlchemy compiled, for every engine of a dialect: its keys begin with an engine's own dialect object."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        """Return what was compiled for any engine of that dialect."""
        return super().get((key[0].name, *key[1:]), default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Any) -> None:
        """Keep it for all engines of that dialect."""
        super().__setitem__((key[0].name, *key[1:]), compiled)


def share_compiled_statements() -> None:
    """Let all engines that this process creates from now on share what they compile."""
    options = {"compiled_cache": CompiledStatements()}
    for module in (sqlite, postgresql):
        module.create_async_engine = partial(create_async_engine, execution_options=options)  # type: ignore[attr-defined]
