"""Events of the sandbox's world and the bus that distributes them to gateway sessions and the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from discord_sandbox.discord_objects import Message


@dataclass(slots=True)
class Event:
    """Event under its gateway name.

    The payload is built on first use, because with the intents of a quiet bot most events have no recipient.
    """

    name: str
    make: Callable[[], dict[str, Any]]
    guild_id: int | None = None
    channel_id: int | None = None
    """Limits the event to those who may see this channel."""
    user_id: int | None = None
    """Limits the event to this person's pages."""
    message: Message | None = None
    """Set where the payload is a message, whose content a bot may not be allowed to see."""
    message_id: int | None = None
    _data: dict[str, Any] | None = field(default=None, repr=False)
    _text: str | None = field(default=None, repr=False)

    @property
    def data(self) -> dict[str, Any]:
        """The payload, built once."""
        if self._data is None:
            self._data = self.make()
        return self._data

    @property
    def text(self) -> str:
        """The payload as JSON, encoded once for all sessions."""
        if self._text is None:
            self._text = compact(self.data)
        return self._text


def compact(data: object) -> str:
    """Encode JSON without superfluous spaces."""
    return _encode(data)


_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode

Listener = Callable[[Event], None]


class EventBus:
    """Synchronous distribution of events to listeners, in the order of publication."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Add a listener; call the returned function to remove it."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, event: Event) -> None:
        """Call every listener with an event."""
        for listener in tuple(self._listeners):
            listener(event)
