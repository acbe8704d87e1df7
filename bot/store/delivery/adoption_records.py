"""Rows of adopted posts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AdoptedPost:
    """A post that stands in Discord and that the ledger lacks. `rest`: more belongs to it than the message, which is
    still to be done."""

    release_id: int
    part: int
    message_id: int
    nonce: str
    thread_id: int | None = None
    rest: bool = False
