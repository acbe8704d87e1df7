"""Messages that show ideas: boards and reviews, which are kept current, and polls."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.suggestions.panels import Panel, Poll


class Panels(Protocol):
    """Boards and reviews. A claim is a moment: `settle` does nothing if the message was woken after it, so that no
    change is missed that comes while the message is being edited."""

    async def board(self, story: str, channel_id: int) -> Panel | None: ...

    async def boards(self, story: str) -> list[Panel]:
        """All boards of a story, the oldest first."""
        ...

    async def get(self, panel_id: int) -> Panel | None: ...

    async def add_board(
        self, story: str, *, guild_id: int | None, channel_id: int, by: int, nonce: str, now: datetime
    ) -> Panel:
        """A new board, to be posted now; one that is there already is shown anew instead: its message is forgotten."""
        ...

    async def add_review(
        self,
        story: str,
        number: int,
        *,
        channel_id: int,
        nonce: str,
        now: datetime,
        guild_id: int | None = None,
    ) -> bool:
        """A review of that idea in that channel, to be posted now; False if there is one."""
        ...

    async def wake(self, story: str, numbers: Collection[int], now: datetime) -> None:
        """The story's boards and the reviews of these ideas are out of date: edit them a moment later (`SETTLE`), so
        that many changes become one edit. What waits after a failure waits on; what was refused is tried again
        after a `REST`, and not at all if it was never posted."""
        ...

    async def claim(self, now: datetime, until: datetime, limit: int) -> list[Panel]:
        """Those that are due, with their claim (`wake_at`) set to `until`, the attempt on record and no fault."""
        ...

    async def settle(
        self,
        panel: Panel,
        *,
        message_id: int | None,
        again: datetime | None = None,
        fault: str | None = None,
        fresh: bool = False,
    ) -> None:
        """What an attempt came to: current, or due `again`. `fresh`: the attempt surely made no message, so the next
        need not look for one."""
        ...

    async def forget(self, panel_id: int) -> None: ...

    async def reclaim(self, now: datetime) -> None:
        """What a process that ended had claimed is due now."""
        ...

    async def set_right(self, now: datetime, latest: datetime) -> None:
        """What waits for a moment after `latest`, which only a wrong clock can have named, is due now."""
        ...

    async def next_due(self) -> datetime | None: ...


class Polls(Protocol):
    """Polls; see `Panels` for what a claim is."""

    async def add(
        self,
        story: str,
        *,
        guild_id: int | None,
        channel_id: int,
        question: str,
        choices: Sequence[int],
        nonce: str,
        by: int,
        now: datetime,
        ends_at: datetime,
    ) -> Poll: ...

    async def get(self, poll_id: int) -> Poll | None: ...

    async def running(self, story: str) -> list[Poll]:
        """Those of a story that are to be posted or are being voted on, the oldest first."""
        ...

    async def claim(self, now: datetime, until: datetime, limit: int) -> list[Poll]:
        """Those that are to be posted or counted, with their claim set to `until` and the attempt on record."""
        ...

    async def posted(self, poll: Poll, message_id: int, ends_at: datetime) -> None:
        """It is being voted on until then."""
        ...

    async def again(self, poll: Poll, at: datetime, fault: str | None = None, *, fresh: bool = False) -> None:
        """It is due again; see `Panels.settle`."""
        ...

    async def end(self, poll_id: int, now: datetime) -> bool:
        """It was ended early and is to be counted now; False if it is not being voted on."""
        ...

    async def counted(self, poll: Poll, votes: Mapping[int, int]) -> bool:
        """Its result by answer (none: no votes); False if it was counted already."""
        ...

    async def failed(self, poll: Poll, fault: str) -> None:
        """It will never be counted."""
        ...

    async def votes(self, numbers: Collection[int]) -> dict[int, int]:
        """What these ideas got in the last counted poll they were in; those that were in none are left out."""
        ...

    async def reclaim(self, now: datetime) -> None:
        """What a process that ended was about to post is due now."""
        ...

    async def set_right(self, now: datetime, latest: datetime) -> None:
        """What waits for a moment after `latest`, which only a wrong clock can have named, is due now."""
        ...

    async def next_due(self) -> datetime | None: ...
