"""Lines of a text set in proportional type: broken by Unicode's rules (UAX #14), and about equally long."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from uniseg.linebreak import line_break_units

from bot.domain.pages.shareable_paragraphs import EmphasizedText

Measure = Callable[[EmphasizedText], float]
"""Returns the width of a text in its style."""

_STEPS = 7


@dataclass(frozen=True, slots=True)
class SetLine:
    """One line of the picture, as stretches of one style each."""

    parts: tuple[EmphasizedText, ...]
    continues: bool = False
    """Set if it continues a line of a verse that was too long, and is indented."""


@dataclass(frozen=True, slots=True)
class _Unit:
    """A stretch of text inside which no line ends."""

    parts: tuple[EmphasizedText, ...]
    width: float
    inked: float
    """The width without the spaces at its end, which do not count at a line's end."""
    ends_line: bool


def set_lines(
    spans: Sequence[EmphasizedText], width: float, measure: Measure, *, indent: float = 0
) -> list[SetLine]:
    """Break a text into lines of at most `width`, as few as possible and then as narrow as possible.

    A text with line breaks of its own is a verse: those stay, and what is too long goes on with an indent. A word that
    is wider than a line is broken anywhere.
    """
    is_verse = any("\n" in span.text for span in spans)
    units = [
        each
        for unit in _units(spans, measure)
        for each in _broken(unit, width - (indent if is_verse else 0), measure)
    ]
    if is_verse:
        return _filled(units, width, indent)
    lines = _filled(units, width)
    low, high = max((unit.inked for unit in units), default=0.0), width
    for _ in range(_STEPS):
        middle = (low + high) / 2
        if len(_filled(units, middle)) > len(lines):
            low = middle
        else:
            high = middle
    return _filled(units, high)


def _units(spans: Sequence[EmphasizedText], measure: Measure) -> Iterable[_Unit]:
    text = "".join(span.text for span in spans)
    at, span, within = 0, 0, 0
    for unit in line_break_units(text):
        parts = []
        left = len(unit)
        while left:
            room = len(spans[span].text) - within
            taken = min(left, room)
            source = spans[span]
            parts.append(EmphasizedText(source.text[within : within + taken], source.italic, source.bold))
            left, within = left - taken, within + taken
            if within == len(source.text):
                span, within = span + 1, 0
        at += len(unit)
        yield _unit(parts, measure, ends_line=unit.endswith("\n"))


def _unit(parts: Iterable[EmphasizedText], measure: Measure, *, ends_line: bool) -> _Unit:
    kept = tuple(
        EmphasizedText(text, part.italic, part.bold)
        for part in parts
        if (text := part.text.replace("\n", ""))
    )
    width = sum(map(measure, kept))
    last = kept[-1] if kept else EmphasizedText("")
    blank = len(last.text) - len(last.text.rstrip())
    trailing = measure(EmphasizedText(last.text[-blank:], last.italic, last.bold)) if blank else 0.0
    return _Unit(kept, width, width - trailing, ends_line)


def _broken(unit: _Unit, width: float, measure: Measure) -> Iterable[_Unit]:
    """Split a unit that is wider than a line into characters."""
    if unit.inked <= width:
        yield unit
        return
    chars = [EmphasizedText(char, part.italic, part.bold) for part in unit.parts for char in part.text]
    for number, char in enumerate(chars, 1):
        yield _unit([char], measure, ends_line=unit.ends_line and number == len(chars))


def _filled(units: Sequence[_Unit], width: float, indent: float | None = None) -> list[SetLine]:
    """Fill lines with units; with an `indent`, those of a verse are marked that continue one of its lines."""
    lines: list[SetLine] = []
    held: list[_Unit] = []
    used, room, continues = 0.0, width, False
    for unit in units:
        if held and used + unit.inked > room:
            lines.append(SetLine(_joined(held), continues))
            held, used, continues = [], 0.0, indent is not None
            room = width - (indent or 0)
        held.append(unit)
        used += unit.width
        if unit.ends_line:
            lines.append(SetLine(_joined(held), continues))
            held, used, room, continues = [], 0.0, width, False
    if held:
        lines.append(SetLine(_joined(held), continues))
    return lines


def _joined(units: Sequence[_Unit]) -> tuple[EmphasizedText, ...]:
    """Join neighbours of one style, without the spaces at the line's end."""
    joined: list[EmphasizedText] = []
    for part in (part for unit in units for part in unit.parts):
        before = joined[-1] if joined else None
        if before is not None and (before.italic, before.bold) == (part.italic, part.bold):
            joined[-1] = EmphasizedText(before.text + part.text, part.italic, part.bold)
        else:
            joined.append(part)
    if joined:
        last = joined[-1]
        joined[-1] = EmphasizedText(last.text.rstrip(), last.italic, last.bold)
    return tuple(part for part in joined if part.text)
