from __future__ import annotations

import pytest

from bot.store.database import SqlStore


async def test_a_value_is_remembered_and_replaced(store: SqlStore) -> None:
    async with store.begin() as tx:
        assert await tx.settings.get("application") is None
        await tx.settings.set("application", "1")
        await tx.settings.set("application", "2")
    async with store.read() as tx:
        assert await tx.settings.get("application") == "2"


async def test_text_that_no_database_can_hold_is_made_storable(store: SqlStore) -> None:
    async with store.begin() as tx:
        await tx.settings.set("hostile", "a\0b\ud800c 👩‍👩‍👧 \u202e")
    async with store.read() as tx:
        assert await tx.settings.get("hostile") == "a\ufffdb\ufffdc 👩‍👩‍👧 \u202e"
        assert await tx.settings.get("host\0ile") is None


async def test_an_exception_rolls_everything_back(store: SqlStore) -> None:
    async def fail_halfway() -> None:
        async with store.begin() as tx:
            await tx.settings.set("kept", "no")
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        await fail_halfway()
    async with store.read() as tx:
        assert await tx.settings.get("kept") is None
