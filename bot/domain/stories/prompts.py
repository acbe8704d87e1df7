"""What readers are asked after a chapter, and how long ideas for it are taken."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any


class PromptDeadline(StrEnum):
    """Ends of a window that no clock knows."""

    NEXT_RELEASE = "next release"


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a chapter's own front matter says: the question, and until when ideas for it are taken; None where the
    story's hold."""

    prompt: str | None = None
    until: datetime | PromptDeadline | None = None

    def __post_init__(self) -> None:
        if isinstance(self.until, datetime) and self.until.tzinfo is None:
            raise ValueError("a window must end at an instant: it has no time zone")

    def data(self) -> dict[str, str | None]:
        """As plain data, from which `read` makes it again."""
        until = self.until.isoformat() if isinstance(self.until, datetime) else self.until
        return {"prompt": self.prompt, "until": until}

    @classmethod
    def read(cls, data: Any) -> Prompt | None:
        """What `data` made; None of nothing."""
        if not data:
            return None
        until = data.get("until")
        if until is not None:
            until = PromptDeadline(until) if until in set(PromptDeadline) else datetime.fromisoformat(until)
        return cls(data.get("prompt"), until)


SuggestionWindow = timedelta | PromptDeadline | None
"""How long ideas for a chapter are taken after its release; None: always."""


@dataclass(frozen=True, slots=True)
class ResolvedPrompt:
    """What is asked after a chapter. `until` is when ideas for it are taken no more, None where no clock ends that:
    with `till_next` it is the next chapter's release, otherwise nothing."""

    prompt: str | None
    until: datetime | None = None
    till_next: bool = False

    def over(self, now: datetime, *, succeeded: bool) -> bool:
        """Whether it is past answering. `succeeded`: a later chapter is out."""
        if self.till_next:
            return succeeded
        return self.until is not None and self.until <= now


def resolve_prompt(
    prompt: str | None, window: SuggestionWindow, asking: Prompt | None, released_at: datetime
) -> ResolvedPrompt:
    """What is asked after a chapter that came out then, in a story with that prompt and window. What the chapter says
    goes before what the story says."""
    own = asking or Prompt()
    until = own.until if own.until is not None else window
    words = own.prompt or prompt
    if until is PromptDeadline.NEXT_RELEASE:
        return ResolvedPrompt(words, till_next=True)
    if isinstance(until, timedelta):
        until = released_at + until
    return ResolvedPrompt(words, until if isinstance(until, datetime) else None)
