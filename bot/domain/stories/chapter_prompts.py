"""Prompts: questions to readers after a chapter, and the time for answering them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class PromptDeadline(StrEnum):
    """A deadline that is an event instead of a time."""

    NEXT_RELEASE = "next release"


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt in a chapter's own front matter. None in a field stands for the story's value."""

    question: str | None = None
    until: datetime | PromptDeadline | None = None
    """When suggestions close."""

    def __post_init__(self) -> None:
        if isinstance(self.until, datetime) and self.until.tzinfo is None:
            raise ValueError("a window must end at an instant: it has no time zone")

    def to_data(self) -> dict[str, str | None]:
        """Return plain data, from which `from_data` restores the prompt."""
        until = self.until.isoformat() if isinstance(self.until, datetime) else self.until
        return {"prompt": self.question, "until": until}

    @classmethod
    def from_data(cls, data: Any) -> Prompt | None:
        """Restore a prompt from plain data; None from nothing."""
        if not data:
            return None
        until = data.get("until")
        if until is not None:
            until = PromptDeadline(until) if until in set(PromptDeadline) else datetime.fromisoformat(until)
        return cls(data.get("prompt"), until)


SuggestionWindow = timedelta | PromptDeadline | None
"""How long suggestions for a chapter are taken after its release; None for ever."""


@dataclass(frozen=True, slots=True)
class ResolvedPrompt:
    """The prompt after a chapter, with its deadline worked out."""

    question: str | None
    until: datetime | None = None
    """The instant at which suggestions close, if that is known."""
    until_next_release: bool = False
    """Set if suggestions close at the next chapter's release."""

    def is_over(self, now: datetime, *, succeeded: bool) -> bool:
        """Return whether suggestions have closed. `succeeded` tells that a later chapter is out."""
        if self.until_next_release:
            return succeeded
        return self.until is not None and self.until <= now


def resolve_prompt(
    prompt: str | None, window: SuggestionWindow, asking: Prompt | None, released_at: datetime
) -> ResolvedPrompt:
    """Return the prompt after a chapter released at `released_at`; the chapter's own values win over the story's."""
    own = asking or Prompt()
    until = own.until if own.until is not None else window
    words = own.question or prompt
    if until is PromptDeadline.NEXT_RELEASE:
        return ResolvedPrompt(words, until_next_release=True)
    if isinstance(until, timedelta):
        until = released_at + until
    return ResolvedPrompt(words, until if isinstance(until, datetime) else None)
