"""Page numbers and running heads of a printed page, and paragraphs that a page break cut in two."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from bot.domain.manuscript_import.import_decisions import DecisionKind
from bot.domain.manuscript_import.line_editor import BlockLine, LineEditor
from bot.domain.manuscript_import.source_document import BlockKind

_NUMBER = re.compile(r"\d{1,4}")
_MARKS = " \t*_|·•.-–—[]()~"
_LONGEST = 80
_FEWEST = 3
"""Times that a page number or running head stands there at least."""

_SENTENCE_ENDS = ".!?…:;”“»«\"’'*_)]。！？」』—–-"
_CHAPTER_WORDS = re.compile(
    r"(?:chapter|part|book|act|scene|day|week|year|letter|entry|log|kapitel|teil|tag|chapitre|partie|cap[ií]tulo|parte"
    r"|глава|часть|第)\b",
    re.IGNORECASE,
)


def drop_page_furniture(editor: LineEditor) -> None:
    """Take out page numbers and running heads, and join the paragraphs that they stood in.

    Numbers count as those of pages only if they rise, and if most of them stand in the middle of a sentence: numbers
    between whole sentences are chapters'.
    """
    lines = editor.lines
    numbered = _find_numbered(lines)
    if not numbered:
        return
    heads = _find_heads(lines, numbered)
    cut = [
        (lines[before].source_line, lines[after].source_line)
        for before, after in _gaps(lines, {*numbered, *heads})
        if _is_cut(lines[before], lines[after])
    ]
    editor.drop(dict.fromkeys({*numbered, *heads}, "a page number or the running head of a page"))
    _join(editor, cut)


def _find_numbered(lines: Sequence[BlockLine]) -> set[int]:
    """Return the lines with page numbers."""
    groups: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for index, line in enumerate(lines):
        if line.kind is not BlockKind.PARAGRAPH or len(line.text) > _LONGEST:
            continue
        numbers = _NUMBER.findall(line.text)
        if len(numbers) == 1 or (len(numbers) == 2 and re.search(r"\d (?:of|/|von) \d|\d/\d", line.text)):
            key = _NUMBER.sub("", line.text).strip(_MARKS).casefold()
            if not _CHAPTER_WORDS.match(key):
                groups[key].append((index, int(numbers[0])))
    found: set[int] = set()
    for group in groups.values():
        indices = [index for index, _ in group]
        if len(group) < _FEWEST or not all(after[1] > before[1] for before, after in pairwise(group)):
            continue
        inside = sum(0 < index < len(lines) - 1 and _is_mid_sentence(lines, index) for index in indices)
        if inside * 2 >= len(group):
            found |= set(indices)
    return found


def _is_mid_sentence(lines: Sequence[BlockLine], index: int) -> bool:
    """Return whether a line stands in a sentence; a running head may stand on either side of it."""
    return any(
        before >= 0 and after < len(lines) and _is_cut(lines[before], lines[after])
        for before, after in ((index - 1, index + 1), (index - 1, index + 2), (index - 2, index + 1))
    )


def _is_cut(before: BlockLine, after: BlockLine) -> bool:
    if before.kind is not BlockKind.PARAGRAPH or after.kind is not BlockKind.PARAGRAPH:
        return False
    end, start = before.text.rstrip(), after.text.lstrip()
    return len(end) > _LONGEST // 2 and end[-1] not in _SENTENCE_ENDS and start[:1].islower()


def _find_heads(lines: Sequence[BlockLine], numbered: set[int]) -> set[int]:
    """Return lines that stand beside page numbers again and again."""
    beside: defaultdict[str, list[int]] = defaultdict(list)
    for index in numbered:
        for near in (index - 1, index + 1):
            if 0 <= near < len(lines) and near not in numbered and len(lines[near].text) <= _LONGEST:
                beside[lines[near].text.strip().casefold()].append(near)
    return {index for indices in beside.values() if len(indices) >= _FEWEST for index in indices}


def _gaps(lines: Sequence[BlockLine], gone: set[int]) -> list[tuple[int, int]]:
    kept = [index for index in range(len(lines)) if index not in gone]
    return [(before, after) for before, after in pairwise(kept) if after - before > 1]


def _join(editor: LineEditor, cut: Sequence[tuple[int, int]]) -> None:
    """Make one paragraph of each two that a page break cut, which are known by their lines in the source."""
    wanted = set(cut)
    reason = "a paragraph that the end of a page cut in two"
    joined = [
        index
        for index, (before, after) in enumerate(pairwise(editor.lines))
        if (before.source_line, after.source_line) in wanted
        and before.block != after.block
        and editor.decide(DecisionKind.JOINED, reason, index, index + 1)
    ]
    for index in reversed(joined):
        editor.join_with_next(index)
