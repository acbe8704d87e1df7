"""The count: what was owed, and what of it was lost, doubled, or out of order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tests.soak.places import Part


@dataclass(slots=True)
class Tally:
    """How often a chapter's part was due somewhere, and what became of it."""

    tried: int = 0
    lost: int = 0
    doubled: int = 0
    disordered: int = 0

    def count(self, seen: Sequence[Part], parts: Sequence[int], until: int) -> None:
        """Hold what is to be seen in one place against its chapters up to `until`, from the first that is there."""
        begun = min((chapter for chapter, _ in seen), default=1)
        wanted = [(chapter, part) for chapter in range(begun, until + 1) for part in parts]
        there = [each for each in seen if each[0] <= until]
        self.tried += len(wanted)
        self.lost += len(set(wanted) - set(there))
        self.doubled += len(there) - len(set(there))
        self.disordered += there != sorted(there)

    @property
    def clean(self) -> bool:
        """Whether nothing was lost, doubled or out of order."""
        return not (self.lost or self.doubled or self.disordered)

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.tried + other.tried,
            self.lost + other.lost,
            self.doubled + other.doubled,
            self.disordered + other.disordered,
        )

    def __str__(self) -> str:
        return f"tried {self.tried}, lost {self.lost}, doubled {self.doubled}, out of order {self.disordered}"
