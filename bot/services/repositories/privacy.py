"""What is kept of one person, wherever it is, and forgetting it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol


@dataclass(frozen=True, slots=True)
class Known:
    """An idea of somebody who is to be forgotten, and the messages that show it alone: channel and message, each.

    `named`: their name stands on it. `stayed`: it stayed without them when they were erased before.
    """

    number: int
    story: str
    named: bool = True
    stayed: bool = False
    shown: tuple[tuple[int, int], ...] = ()


class Privacy(Protocol):
    """One person's data over all tables."""

    async def export(
        self, user_id: int, hashed: str, direct: int | None
    ) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """Everything kept of them, by what it is; instants are datetimes. `direct` is their channel for direct
        messages, if that is known."""
        ...

    async def ideas(self, user_id: int, hashed: str) -> list[Known]:
        """The ideas they made, by number, those of before an erasure too."""
        ...

    async def erase(self, user_id: int, direct: int | None) -> None:
        """Forget them everywhere but in the ideas they made or support, which are `Suggestions`' to forget."""
        ...

    async def forget_news(self, numbers: Collection[int]) -> None:
        """Forget what anybody was or is to be told of these ideas: it quotes them."""
        ...

    async def remember_erased(self, hashed: str, now: datetime) -> None:
        """They asked to be forgotten: what is read from Discord again must not bring them back."""
        ...

    async def erased(self) -> set[str]:
        """Everybody who asked for that, as keyed hashes."""
        ...

    async def came_back(self, hashed: str) -> bool:
        """They use the bot again by their own doing; False if they had not asked to be forgotten."""
        ...
