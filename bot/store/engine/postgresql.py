"""PostgreSQL, with READ COMMITTED and compare-and-set.

SERIALIZABLE would abort transactions that we cannot repeat, since a `begin()` block is the caller's. Instead every
update that may race names the state it expects, which PostgreSQL checks again after waiting for the other writer. The
rest is unique constraints, and a row lock where a story's releases are numbered.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from bot.store.engine.cancellation_safety import READS
from bot.store.engine.engines import Engines
from bot.store.engine.error_redaction import redact_errors
from bot.store.engine.errors import DatabaseUnusable
from bot.store.engine.locks import AdvisoryLock, NoLock
from bot.store.engine.urls import Address

_CONNECTIONS = 8
_QUEUE_SECONDS = 60
_CONNECT_SECONDS = 10
_STATEMENT_SECONDS = 20
"""How long a statement may take: one of ours takes milliseconds, but a server that hangs says nothing."""

_SESSION = {
    "application_name": "fascicle",
    # Our statements are short: compiling one takes longer than running it.
    "jit": "off",
    # A machine that vanishes without a word loses its session, and with it the lock, within a minute.
    "tcp_keepalives_idle": "30",
    "tcp_keepalives_interval": "10",
    "tcp_keepalives_count": "3",
}


def create_engines(address: Address, *, read_only: bool, shared: bool = False) -> Engines:
    """Create the engines and the lock of a PostgreSQL database without connecting.

    Raises:
        DatabaseUnusable: the driver is not installed.
    """
    arguments: dict[str, Any] = {"server_settings": _SESSION, "timeout": _CONNECT_SECONDS}
    try:
        engine = _engine(
            address,
            pool_size=_CONNECTIONS,
            max_overflow=0,
            pool_timeout=_QUEUE_SECONDS,
            pool_pre_ping=True,
            isolation_level="READ COMMITTED",
            connect_args=arguments | {"command_timeout": _STATEMENT_SECONDS},
        )
    except ModuleNotFoundError as error:
        raise DatabaseUnusable(
            address.where, "its driver is missing; install it with `pip install 'fascicle[postgresql]'`."
        ) from error
    reads: dict[str, Any] = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True, READS: True}
    reading = engine.execution_options(**reads)
    if read_only:
        return Engines(writing=reading, reading=reading, lock=NoLock(), migrating=reading)
    if shared:
        return Engines(writing=engine, reading=reading, lock=NoLock(), migrating=engine)
    alone = _engine(address, poolclass=NullPool, connect_args=arguments)
    return Engines(writing=engine, reading=reading, lock=AdvisoryLock(alone, address.where), migrating=alone)


def _engine(address: Address, **options: Any) -> AsyncEngine:
    engine = create_async_engine(address.url, hide_parameters=True, **options)
    redact_errors(engine)
    return engine
