"""What happens in the sandbox's world, told to whoever listens: gateway sessions and the page."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from discord_sandbox.model import Message


@dataclass(slots=True)
class Event:
    """One happening, under the name that the gateway gives it.

    The payload is built on first use: with the intents of a quiet bot most events are wanted by nobody.
    `channel_id` limits the event to those who may see that channel; `user_id` limits it to one person of the page.
    `message` is set where the payload is a message, whose content a bot may have to miss.
    """

    name: str
    make: Callable[[], dict[str, Any]]
    guild_id: int | None = None
    channel_id: int | None = None
    user_id: int | None = None
    message: Message | None = None
    message_id: int | None = None
    _data: dict[str, Any] | None = field(default=None, repr=False)
    _text: str | None = field(default=None, repr=False)

    @property
    def data(self) -> dict[str, Any]:
        """The payload, made once."""
        if self._data is None:
            self._data = self.make()
        return self._data

    @property
    def text(self) -> str:
        """The payload as JSON, made once for however many sessions."""
        if self._text is None:
            self._text = compact(self.data)
        return self._text


def compact(data: object) -> str:
    """JSON without needless spaces."""
    return _encode(data)


_encode = json.JSONEncoder(separators=(",", ":"), ensure_ascii=False).encode

Listener = Callable[[Event], None]


class EventBus:
    """Passes each event to every listener, in order, at once."""

    def __init__(self) -> None:
        self._listeners: list[Listener] = []

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Have `listener` called with every event; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def publish(self, event: Event) -> None:
        """Tell everyone."""
        for listener in tuple(self._listeners):
            listener(event)
