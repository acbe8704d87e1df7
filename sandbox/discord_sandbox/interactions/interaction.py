"""Interaction between a person and the bot, and the state of its answer."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from discord_sandbox.discord_objects import Json, Message

ANSWER_WITHIN = timedelta(seconds=3)
"""Time for the first response."""
TOKEN_LIVES = timedelta(minutes=15)
"""Time for edits and follow-ups."""
NO_ANSWER = "The application did not respond"


class InteractionKind(IntEnum):
    """Discord's interaction types."""

    COMMAND = 2
    COMPONENT = 3
    AUTOCOMPLETE = 4
    FORM = 5


class InteractionState(StrEnum):
    """State as the person sees it."""

    WAITING = "waiting"
    THINKING = "thinking"
    DONE = "done"
    FORM = "form"
    FAILED = "failed"


_NAMES = {
    InteractionKind.COMMAND: "command",
    InteractionKind.COMPONENT: "component",
    InteractionKind.AUTOCOMPLETE: "autocomplete",
    InteractionKind.FORM: "form",
}
_SETTLED = frozenset({InteractionState.DONE, InteractionState.FORM, InteractionState.FAILED})


@dataclass(slots=True)
class Interaction:
    """Interaction that the bot has to answer."""

    id: int
    token: str
    kind: InteractionKind
    user_id: int
    channel_id: int
    guild_id: int | None
    created_at: datetime
    data: Json
    owners: dict[str, str]
    command: str | None = None
    custom_id: str | None = None
    source: Message | None = None
    opener: Interaction | None = None
    state: InteractionState = InteractionState.WAITING
    error: str | None = None
    private: bool = False
    acknowledged: bool = False
    answer_id: int | None = None
    """Message that `@original` stands for."""
    form: Json | None = None
    choices: list[Json] | None = None
    follow_ups: int = 0
    _waiters: list[asyncio.Future[None]] = field(default_factory=list)

    @property
    def is_settled(self) -> bool:
        """Return whether the person has an outcome."""
        return self.state in _SETTLED

    def move(self, state: InteractionState, error: str | None = None) -> None:
        """Change the state, and wake waiters when there is an outcome."""
        self.state = state
        self.error = error
        if self.is_settled:
            for waiter in self._waiters:
                if not waiter.done():
                    waiter.set_result(None)
            self._waiters.clear()

    async def outcome(self, seconds: float) -> None:
        """Wait until there is an outcome, or the time is over."""
        if self.is_settled:
            return
        waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiters.append(waiter)
        await asyncio.wait([waiter], timeout=seconds)

    def to_json(self) -> Json:
        """Return the interaction as the page shows it."""
        return {
            "id": str(self.id),
            "kind": _NAMES[self.kind],
            "as": str(self.user_id),
            "channel_id": str(self.channel_id),
            "message_id": str(self.source.id) if self.source else None,
            "custom_id": self.custom_id,
            "command": self.command,
            "state": str(self.state),
            "error": self.error,
            "private": self.private,
            "answer_id": str(self.answer_id) if self.answer_id else None,
            "form": self.form if self.state is InteractionState.FORM else None,
        }

    def metadata(self, user: Json) -> Json:
        """Return the metadata for a message that answers this interaction."""
        data: Json = {
            "id": str(self.id),
            "type": int(self.kind),
            "user": user,
            "authorizing_integration_owners": self.owners,
        }
        if self.kind is InteractionKind.COMMAND:
            data |= {"name": self.command, "command_type": self.data.get("type", 1)}
        elif self.kind is InteractionKind.COMPONENT and self.source is not None:
            data["interacted_message_id"] = str(self.source.id)
        elif self.kind is InteractionKind.FORM and self.opener is not None:
            data["triggering_interaction_metadata"] = self.opener.metadata(user)
        return data
