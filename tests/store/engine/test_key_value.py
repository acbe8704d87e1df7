from __future__ import annotations

import pytest

from bot.store.database import Database


async def test_a_value_is_remembered_and_replaced(store: Database) -> None:
    async with store.begin() as tx:
        assert await tx.key_values.get("application") is None
        await tx.key_values.set("application", "1")
        await tx.key_values.set("application", "2")
    async with store.read() as tx:
        assert await tx.key_values.get("application") == "2"


async def test_text_that_no_database_can_hold_is_made_storable(store: Database) -> None:
    async with store.begin() as tx:
        await tx.key_values.set("hostile", "a\0b\ud800c 👩‍👩‍👧 \u202e")
    async with store.read() as tx:
        assert await tx.key_values.get("hostile") == "a\ufffdb\ufffdc 👩‍👩‍👧 \u202e"
        assert await tx.key_values.get("host\0ile") is None


async def test_an_exception_rolls_everything_back(store: Database) -> None:
    async def fail_halfway() -> None:
        async with store.begin() as tx:
            await tx.key_values.set("kept", "no")
            raise RuntimeError("halfway")

    with pytest.raises(RuntimeError, match="halfway"):
        await fail_halfway()
    async with store.read() as tx:
        assert await tx.key_values.get("kept") is None
