"""Detection of the scene breaks in a text, by what stands around them and how often they occur."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.manuscript.offset_tracking import TrackedText
from bot.domain.manuscript.scene_breaks.scene_break_classifier import BREAK, Confidence, classify_scene_break
from bot.domain.pages.markdown_syntax import is_scene_break

_MANY = 5
"""Scene breaks of one form in a chapter that are reported one by one."""


_MOST_SHOWN = 40
"""Characters of a line that are shown as the form of a scene break."""


class TextEdge(StrEnum):
    """End of a text at which a scene break separates nothing."""

    TOP = "before any text"
    BOTTOM = "after the last text"


@dataclass(frozen=True, slots=True)
class FoundSceneBreak:
    """A scene break as it was written."""

    line: int
    """Counted from 1."""
    form: str
    edge: TextEdge | None = None
    """Set if readers do not see it because it separates nothing."""


class SceneBreakLines:
    """The lines of a text that are scene breaks."""

    def __init__(self, lines: Sequence[str], code: AbstractSet[int]) -> None:
        self._lines = lines
        self._maybe = {
            number: sure
            for number, line in enumerate(lines)
            if number not in code and (sure := classify_scene_break(line)) is not None
        }
        self.numbers: AbstractSet[int] = self._find() if self._maybe else frozenset()
        """Their indices."""
        self._edges = dict(self._at_edges()) if self.numbers else {}

    def found(self) -> tuple[FoundSceneBreak, ...]:
        """Return all of them in order."""
        return tuple(
            FoundSceneBreak(number + 1, self._lines[number].strip(), self._edges.get(number))
            for number in sorted(self.numbers)
        )

    def copy(self, number: int, out: list[str]) -> None:
        """Add the scene break on a line to the lines in `out`, in a form that the parser of pages knows."""
        line = self._lines[number]
        if is_scene_break(line):
            out.append(line)
            return
        if out and out[-1].strip():
            out.append("")
        out.append(BREAK)
        if number + 1 < len(self._lines) and self._lines[number + 1].strip():
            out.append("")

    def _find(self) -> set[int]:
        blank = sum(1 for line in self._lines if not line.strip())
        loose = blank * 8 < len(self._lines)
        found = {
            number
            for number, sure in self._maybe.items()
            if sure is Confidence.SURE and not self._underlines(number)
        }
        alone = {
            number for number in self._maybe if number not in found and (loose or self._is_alone(number))
        }
        forms = Counter(self._lines[number].strip() for number in alone)
        return found | {
            number
            for number in alone
            if self._maybe[number] is Confidence.ALONE
            or (self._maybe[number] is Confidence.REPEATED and forms[self._lines[number].strip()] > 1)
        }

    def _is_alone(self, number: int) -> bool:
        strict = self._maybe[number] is Confidence.REPEATED
        return all(
            not 0 <= at < len(self._lines)
            or not self._lines[at].strip("> \t\xa0\u3000")
            or (at in self._maybe and not strict)
            for at in (number - 1, number + 1)
        )

    def _underlines(self, number: int) -> bool:
        """Return whether it is the row of equals signs that makes the line above it a heading."""
        line = self._lines[number].strip()
        above = number - 1
        return (
            not line.strip("=")
            and above >= 0
            and above not in self._maybe
            and bool(self._lines[above].strip())
        )

    def _at_edges(self) -> Iterator[tuple[int, TextEdge]]:
        """Yield the scene breaks before any text and after the last.

        Kisses that end a chapter are no scene break there, and are taken out of the numbers.
        """
        count = len(self._lines)
        numbers = set(self.numbers)
        for edge, order in ((TextEdge.TOP, range(count)), (TextEdge.BOTTOM, range(count - 1, -1, -1))):
            for number in order:
                if number in numbers:
                    if (
                        self._maybe[number] is Confidence.REPEATED
                        and self._lines[number].strip()[0].isalpha()
                    ):
                        numbers.discard(number)
                        break
                    yield number, edge
                elif self._lines[number].strip("> \t\xa0\u3000"):
                    break
        self.numbers = numbers


def mark_edges(text: str, breaks: Sequence[FoundSceneBreak]) -> tuple[FoundSceneBreak, ...]:
    """Return the scene breaks of a text, found in the parser's form, with those at its edges marked."""
    bare = text.strip() if breaks else ""
    if is_scene_break(bare.partition("\n")[0]) or is_scene_break(bare.rpartition("\n")[2]):
        return SceneBreakLines(text.split("\n"), frozenset()).found()
    return tuple(breaks)


def report_scene_breaks(draft: TrackedText, starts: Sequence[int], breaks: Sequence[FoundSceneBreak]) -> None:
    """Record where scene breaks are and how they were written, a form that occurs often only once.

    Args:
        draft: The text.
        starts: The offset of each line in the text.
        breaks: The scene breaks of the text.
    """
    counts = Counter(found.form for found in breaks if found.edge is None)
    told: set[str] = set()
    for found in breaks:
        at = starts[found.line - 1]
        if found.edge is not None:
            draft.read(at, f"a scene break {found.edge}, written {_as_written(draft, at, found)}, not shown")
        elif counts[found.form] <= _MANY:
            draft.read(at, f"a scene break, written {_as_written(draft, at, found)}")
        elif found.form not in told:
            told.add(found.form)
            draft.read(at, f"a scene break, written {found.form}, as in {counts[found.form] - 1} more places")


def _as_written(draft: TrackedText, at: int, found: FoundSceneBreak) -> str:
    """Return the form of a scene break in the author's text, which may be an element of HTML: `<hr>`."""
    if found.form != BREAK:
        return found.form
    line = draft.written_line(at).strip()
    return found.form if BREAK in line or not line else line[:_MOST_SHOWN]
