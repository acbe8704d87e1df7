"""Detection of lists among lines that begin with a list's marker: others are dialogue, years, or dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.manuscript.lines.line_features import ends_sentence, goes_on, is_full_sentence, strip_hard_end
from bot.domain.manuscript.lines.line_width import text_width
from bot.domain.manuscript.scene_breaks.scene_break_classifier import classify_scene_break
from bot.domain.pages.markdown_syntax import LIST_ITEM, is_structured

_LABELLED = re.compile(r"(?:\*\*|__)?[^.!?:：\n]{1,40}[:：](?:\*\*|__)?[ \t]")
_MONTH = re.compile(
    r"(?:jan|jän|feb|fév|mär|mar|apr|avr|mai|maj|may|jun|jui|jul|aug|aoû|sep|okt|oct|out|nov|dez|déc|dec|des|"
    r"янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек|січ|лют|бер|кві|тра|чер|лип|сер|вер|жов|лис|гру|"
    r"styc|lut|kwie|czer|lip|sier|wrze|paźd|list|grud|led|úno|břez|dub|květ|červ|srp|zář|říj|pros|"
    r"tammi|helmi|maalis|huhti|touko|kesä|heinä|elo|syys|loka|marras|joulu|márc|ápr|máj|jún|júl|szept|"
    r"ιαν|φεβ|μαρ|απρ|μα[ΐι]|ιουν|ιουλ|αυγ|σεπ|οκτ|νοε|δεκ)\w{0,9}\b",
    re.IGNORECASE,
)
_HIGHEST = 999
_DIALOGUE = 0.6
"""Share of full sentences from which on a run of lines with dashes is dialogue."""

_LEAST_COLUMN, _MOST_COLUMN = 26, 110


@dataclass(slots=True)
class ListItem:
    """A line that begins with a list's marker."""

    line: int
    """Index of the line."""
    indent: int
    """Columns before the marker."""
    marker: int
    """Offset in the line of what makes it a marker: the sign itself, or the point after a number."""
    sign: str
    """The sign itself, or the point or bracket after a number."""
    number: int | None
    body: str
    last: str
    """Its last line, without blanks around it."""
    gap: bool = False
    """Set if a blank line stands before it."""
    further: list[int] = field(default_factory=list)
    """Indices of the lines that continue it without a blank line before them."""
    paragraphs: list[int] = field(default_factory=list)
    """Indices of the indented lines that begin a further paragraph of it."""


def find_runs(lines: Sequence[str], passed: set[int]) -> Iterator[list[ListItem]]:
    """Yield each run of items with nothing between them but their continuation and blank lines.

    Args:
        lines: The lines of the text.
        passed: Indices of lines of code.
    """
    column = max(map(text_width, lines), default=0)
    run: list[ListItem] = []
    gap = False
    for number, line in enumerate(lines):
        if not line.strip():
            gap = True
            continue
        item = None if number in passed else _read_item(number, line)
        if item is not None:
            if run and not _are_alike(run, item):
                yield run
                run = []
            item.gap = gap
            run.append(item)
        elif run and (number in passed or not _belongs(run[-1], lines, number, gap, column)):
            yield run
            run = []
        gap = False
    if run:
        yield run


def _read_item(number: int, line: str) -> ListItem | None:
    found = LIST_ITEM.match(line)
    if found is None or classify_scene_break(line) is not None:
        return None
    indent = len(found[1].expandtabs(4))
    marker = found.end(2) if found[2] else found.end(1)
    body = line[found.end() :].strip()
    return ListItem(
        number, indent, marker, line[marker], int(found[2]) if found[2] else None, body, strip_hard_end(body)
    )


def _are_alike(run: list[ListItem], item: ListItem) -> bool:
    """Return whether an item continues a run: it is nested in it or has the same marker."""
    first = run[0]
    return item.indent > first.indent + 1 or first.sign == item.sign


def _belongs(item: ListItem, lines: Sequence[str], number: int, gap: bool, column: int) -> bool:
    """Return whether a plain line belongs to the item above, and note it there."""
    line = lines[number]
    indented = len(line.expandtabs(4)) - len(line.expandtabs(4).lstrip(" ")) > item.indent
    if is_structured(line) or classify_scene_break(line) is not None or (gap and not indented):
        return False
    if gap:
        item.paragraphs.append(number)
        return True
    above = lines[number - 1]
    if not indented and not is_wrapped_item(above, line, column):
        return False
    item.further.append(number)
    item.last = strip_hard_end(line)
    return True


def is_wrapped_item(above: str, line: str, column: int) -> bool:
    """Return whether a line that is not indented evidently continues the item above it."""
    bare = strip_hard_end(above)
    width = text_width(above.rstrip())
    return (
        _LEAST_COLUMN <= column <= _MOST_COLUMN
        and not ends_sentence(bare)
        and goes_on(line.strip(), capital=False)
        and width + 1 + text_width(line.split(None, 1)[0]) > 0.9 * column
    )


def choose_items(run: Sequence[ListItem], before: str) -> set[int]:
    """Return the indices of the lines in a run that are really items of a list.

    Args:
        run: Lines with a list's marker.
        before: The nearest line above that is not blank; empty if there is none.
    """
    base = min(item.indent for item in run)
    below: dict[int, list[int]] = {}
    top: list[ListItem] = []
    for item in run:
        if item.indent <= base + 1 or not top:
            top.append(item)
            below[item.line] = []
        else:
            below[top[-1].line].append(item.line)
    chosen: set[int] = set()
    listed = False
    numbered = run[0].number is not None
    for stretch in _successions(top) if numbered else _stretches(top):
        whole = any(below[item.line] or item.paragraphs for item in stretch)
        listed = _is_numbered(stretch, whole) if numbered else whole or _is_list(stretch, before, listed)
        for item in stretch:
            # What is nested is an item in any case.
            chosen.update([item.line, *below[item.line]] if listed else below[item.line])
    return chosen


def _stretches(items: Sequence[ListItem]) -> Iterator[list[ListItem]]:
    """Part items where a blank line stands between, unless all around stand alone between blank lines."""
    tight: list[list[ListItem]] = []
    for item in items:
        if not tight or item.gap:
            tight.append([])
        tight[-1].append(item)
    loose: list[ListItem] = []
    for stretch in tight:
        if len(stretch) == 1:
            loose += stretch
            continue
        if loose:
            yield loose
            loose = []
        yield stretch
    if loose:
        yield loose


def _is_list(items: Sequence[ListItem], before: str, listed: bool) -> bool:
    """Judge items without anything nested.

    Args:
        items: Items with the same sign.
        before: The line above.
        listed: Whether the items above are a list.
    """
    lone, sign = items[0], items[0].sign
    if len(items) > 1:
        return sign != "-" or not _is_dialogue(items)
    if is_full_sentence(lone.last) or lone.last.endswith("*"):
        return False
    if listed or before.rstrip().endswith((":", "：")):
        return True
    return sign == "*" or (sign == "-" and lone.body[:1].islower() and not _runs_on(before, lone))


def _runs_on(before: str, item: ListItem) -> bool:
    """Return whether a sentence goes on from the line directly above, so that the sign is a dash in it."""
    return bool(before.strip()) and not item.gap and not ends_sentence(strip_hard_end(before))


def _successions(items: Sequence[ListItem]) -> Iterator[list[ListItem]]:
    """Part numbered items where a number does not follow the one above."""
    succession: list[ListItem] = []
    for item in items:
        if succession and not _follows(succession[-1], item):
            yield succession
            succession = []
        succession.append(item)
    if succession:
        yield succession


def _is_numbered(items: Sequence[ListItem], whole: bool) -> bool:
    """Judge items with numbers that follow each other: years and dates are text, like a number that stands alone.

    Args:
        items: The items.
        whole: Whether anything belongs to them that only an item can have.
    """
    dates = sum(_MONTH.match(item.body) is not None for item in items)
    return (items[0].number or 0) <= _HIGHEST and dates * 2 <= len(items) and (len(items) > 1 or whole)


def _follows(before: ListItem, item: ListItem) -> bool:
    assert before.number is not None
    return item.number is not None and (item.number == before.number + 1 or item.number == before.number == 1)


def _is_dialogue(items: Sequence[ListItem]) -> bool:
    sentences = sum(is_full_sentence(item.last) for item in items)
    labels = sum(_LABELLED.match(item.body) is not None for item in items)
    return sentences >= _DIALOGUE * len(items) and labels * 2 <= len(items)
