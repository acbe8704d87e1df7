"""Results of the checks of `fascicle doctor`, one a line."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.stories.story import Story
from bot.domain.subscriptions.subscription import Subscription


@dataclass(frozen=True, slots=True)
class DoctorResult:
    """One checked subject: whether it is ok, what was found, and the mend if it is not."""

    subject: str
    ok: bool
    found: str
    mend: str = ""
    fatal: bool = False

    def __str__(self) -> str:
        said = " ".join(f"{self.found} {self.mend}".split())
        return f"{'ok    ' if self.ok else 'NOT OK'}  {self.subject}: {said}"


Destinations = tuple[tuple[Subscription, Story], ...]
"""Subscriptions in servers, with their stories."""
