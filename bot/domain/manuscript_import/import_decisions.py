"""Decisions of an import: lines that were dropped, moved or joined, each of which the author can undo."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from hashlib import sha256

from bot.domain.manuscript_import.source_document import SourceBlock


class DecisionKind(StrEnum):
    """Fate of some lines of the source."""

    DROPPED = auto()
    """They are not in the story."""
    MOVED = auto()
    """They are in front matter or in `story.yaml`, or at another place of the text."""
    JOINED = auto()
    """Several lines have become one, or one several."""
    READ_AS = auto()
    """They stay where they were, as something else: a heading, verse, a scene break."""


@dataclass(frozen=True, slots=True)
class SourcePassage:
    """Some lines of a document."""

    document: int
    """Index of the document."""
    line: int
    """First line in the document's `lines`, from 1."""
    line_count: int
    text: str
    """The lines as the source has them."""


@dataclass(frozen=True, slots=True)
class ImportDecision:
    """A decision about some lines of a document."""

    id: str
    """Stays the same when the same source is read again."""
    kind: DecisionKind
    reason: str
    """What the lines are, in words for the author that follow the kind: `a counter of the web page`."""
    passage: SourcePassage
    place: str | None = None
    """Where moved lines are now, such as `note_after`."""
    undone: bool = False
    """Set if the author refused it, and the lines were left as they were."""


class DecisionLog:
    """Record of an import's decisions, which knows those that the author has undone.

    Undoing means importing again with the decision refused; every step asks before it acts:

        if log.decide(DecisionKind.DROPPED, "a counter of the web page", passage):
            ...drop it

    Lines whose removal is refused are kept aside, and put back when all steps are done: no step sees them, so that each
    decides the same as if they had gone.
    """

    def __init__(self, refused: Set[str] = frozenset()) -> None:
        self._refused = refused
        self._times: Counter[str] = Counter()
        self._decisions: list[ImportDecision] = []
        self._left_alone: dict[int, list[tuple[int, int]]] = {}
        self._refused_lines: dict[int, list[tuple[int, int]]] = {}
        self._kept: dict[int, list[SourceBlock]] = {}

    def decide(
        self, kind: DecisionKind, reason: str, passage: SourcePassage, place: str | None = None
    ) -> bool:
        """Record a decision; return whether it is to be carried out.

        Args:
            kind: What is done.
            reason: What the lines are, as in `ImportDecision.reason`.
            passage: The lines.
            place: Where moved lines go.
        """
        content = sha256("\0".join((kind, reason, place or "", passage.text)).encode()).hexdigest()[:12]
        key = f"{passage.document}-{content}"
        self._times[key] += 1
        decision_id = f"{key}-{self._times[key]}"
        undone = decision_id in self._refused
        self._decisions.append(ImportDecision(decision_id, kind, reason, passage, place, undone))
        if undone:
            lines = passage.line, passage.line + max(passage.line_count, 1) - 1
            is_removal = kind in (DecisionKind.DROPPED, DecisionKind.MOVED)
            known = self._refused_lines if is_removal else self._left_alone
            known.setdefault(passage.document, []).append(lines)
        return not undone

    def is_left_alone(self, document: int, first: int, last: int) -> bool:
        """Return whether some lines are in a passage that the author wants to have read as it stands.

        A later step would otherwise take out, for another reason, what the author wants to keep.
        """
        return any(first <= end and start <= last for start, end in self._left_alone.get(document, ()))

    def is_refused(self, document: int, first: int, last: int) -> bool:
        """Return whether some lines are in a passage whose removal the author refused."""
        return any(first <= end and start <= last for start, end in self._refused_lines.get(document, ()))

    def keep(self, document: int, blocks: Sequence[SourceBlock]) -> None:
        """Keep blocks aside whose removal was refused."""
        self._kept.setdefault(document, []).extend(blocks)

    def kept(self, document: int) -> tuple[SourceBlock, ...]:
        """Return the blocks of a document that were kept aside."""
        return tuple(self._kept.get(document, ()))

    def move_kept(self, document: int, target: int, line: int) -> None:
        """Have what was kept aside of a document put back into another, after a line of that."""
        moved = self._kept.pop(document, ())
        self.keep(target, [replace(block, line=line, line_count=1) for block in moved])

    def decisions(self) -> tuple[ImportDecision, ...]:
        """Return all decisions, undone ones too, in the order of the source."""
        return tuple(sorted(self._decisions, key=lambda each: (each.passage.document, each.passage.line)))
