"""Layout of lists and of dialogue that begins with a dash, so that each is shown as its author meant it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.domain.manuscript.code_spans import CodeLookup, CodeSpan
from bot.domain.manuscript.lines.line_features import ends_sentence, strip_hard_end
from bot.domain.manuscript.lines.list_detection import ListItem, choose_items, find_runs
from bot.domain.manuscript.offset_tracking import Edit, TrackedText, and_elsewhere
from bot.domain.pages.source_map import find_fenced_code, separator_between

_SIGN = re.compile(r"\n[ \t]*+(?:[-+*]|\d{1,9}[.)])[ \t]")


def read_lists(draft: TrackedText) -> None:
    """Escape markers that begin no list's item, and put the lines of an item together.

    A dash that opens dialogue, a year or a date at the beginning of a line is text. A hard-wrapped item becomes
    one line; a further paragraph of an item stays with it.
    """
    if not _SIGN.search(draft.text) and not _SIGN.match(f"\n{draft.text[:40]}"):
        return
    text = draft.text
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)
    edits: list[Edit] = []
    spoken: list[int] = []
    for run in find_runs(lines, _code_lines(text, starts)):
        chosen = choose_items(run, _line_above(lines, run[0].line))
        for item in run:
            if item.line not in chosen:
                at = starts[item.line] + item.marker
                edits.append(Edit(at, at, "\\"))
                if item.sign == "-":
                    spoken.append(at)
            unsure = len(run) == 1 and item.line > 0 and not item.gap
            edits += _put_together(item, lines, starts, item.line in chosen, lazily=not unsure)
    if spoken:
        draft.read(spoken[0], f"a dash that is no list, shown as written{and_elsewhere(len(spoken) - 1)}")
    if edits:
        draft.rewrite(edits)


def _code_lines(text: str, starts: Sequence[int]) -> set[int]:
    if "```" not in text:
        return set()
    code = CodeLookup([CodeSpan(start, end) for start, end in find_fenced_code(text)])
    return {number for number, start in enumerate(starts[:-1]) if code.around(start) is not None}


def _line_above(lines: Sequence[str], number: int) -> str:
    """Return the nearest line above that is not blank, looking at a few."""
    return next((lines[at] for at in range(number - 1, max(-1, number - 4), -1) if lines[at].strip()), "")


def _put_together(
    item: ListItem, lines: Sequence[str], starts: Sequence[int], is_item: bool, *, lazily: bool
) -> Iterator[Edit]:
    """Yield the edits that join an item's wrapped lines, and that end the gap before its further paragraphs."""
    further = frozenset(item.further)
    for number in sorted([*item.further, *item.paragraphs]):
        line = lines[number]
        body = line.lstrip(" \t")
        if number in further:
            above = strip_hard_end(lines[number - 1])
            hard = lines[number - 1].endswith(("  ", "\\"))
            if not hard and not ends_sentence(above) and (lazily or body != line):
                end = starts[number - 1] + len(lines[number - 1].rstrip(" \t"))
                yield Edit(end, starts[number] + len(line) - len(body), separator_between(above, body))
        elif is_item:
            at = number - 1
            while not lines[at].strip():
                at -= 1
            yield Edit(
                starts[at + 1] - 1, starts[number] + len(line) - len(body), f"\n{' ' * (item.indent + 2)}"
            )
