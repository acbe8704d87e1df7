"""Sentences for people as values: a template and the facts that fill it.

The template is English and is also the key of its translation, so logs and the command line show `str(message)` while
the chat edge translates the template and every fact that is a message itself.
"""

from __future__ import annotations

import string
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Literal, TypeAlias


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """One sentence, or a part of one."""

    template: str
    facts: Mapping[str, Fact] = field(default_factory=dict)
    code: str = ""
    """Names the template where the message is stored; empty for messages that are only shown at once."""

    def __str__(self) -> str:
        return self.template.format_map(self.facts)

    def __repr__(self) -> str:
        # Log lines show outcomes and faults by their repr.
        return repr(str(self))


@dataclass(frozen=True, slots=True)
class MessageTemplate:
    """A template that messages may be stored of. Its code never changes; its text may."""

    code: str
    text: str

    def __call__(self, **facts: Fact) -> Message:
        """Return the message with these facts."""
        return Message(self.text, facts, self.code)


@dataclass(frozen=True, slots=True)
class Listing:
    """Several things in one sentence, which each language joins in its own way."""

    items: tuple[Message | str, ...]
    style: Literal["standard", "or"] = "standard"
    last: str = ", "
    """Separates the last item in English where no language's rules are at hand."""

    def __str__(self) -> str:
        *some, last = map(str, self.items)
        return f"{', '.join(some)}{self.last}{last}" if some else last


Fact: TypeAlias = str | int | Message | Listing

Reason: TypeAlias = Message | str
"""A message, or plain text: diagnostics in English only, and what was stored before messages had codes."""


@lru_cache(maxsize=4096)
def placeholders(template: str) -> frozenset[str]:
    """Return the names of the facts that a template takes.

    Raises:
        ValueError: its braces do not match.
    """
    return frozenset(name for _, name, _, _ in string.Formatter().parse(template) if name is not None)
