"""Blocks of a text file, converted as a chapter is when it is loaded, that know the lines they stood on."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence
from itertools import accumulate

from bot.content.source_formats.markdown_blocks import MarkdownBlock, divide_markdown
from bot.domain.manuscript.conversion import convert_draft
from bot.domain.manuscript.offset_tracking import TrackedText
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait, SourceBlock

_NO_LETTERS = re.compile(r"[\W_]+")
_BOLD = re.compile(r"\*\*(?!\s)[^*\n]+(?<!\s)\*\*")
_ITALIC = re.compile(r"\*(?![\s*])[^*\n]+(?<![\s*])\*|_(?![\s_])[^_\n]+(?<![\s_])_")
_CENTER = 12
"""Blanks before a line from which on it may be centred."""

_TAG = re.compile(r"<[^<>\n]*+>")
_NO_TEXT = re.compile(r"\s*+(?::::|```|~~~|\[[^\]\n]++\]:|[{}%$\\])")
"""Beginning of a line that is never text: fences, definitions of links, tags of templates."""


def read_text_blocks(
    draft: TrackedText,
    lines: Sequence[str],
    *,
    first_line: int = 1,
    page_lines: Collection[int] = (),
    known: Collection[int] = (),
) -> tuple[SourceBlock, ...]:
    """Return the blocks of a text in order, hidden ones for what the conversion left out.

    Args:
        draft: The text, in which marks that only its reader knows are already rewritten.
        lines: The lines of the file.
        first_line: Line of the file, from 1, on which the text begins.
        page_lines: Lines of the file that begin a page.
        known: Lines of the file that the reader has used otherwise, such as those of footnotes.
    """
    places = _Places(draft, first_line, len(lines))
    pages = sorted(page_lines)
    blocks = []
    for part, first, last in places.blocks():
        line, end = places.line(first), places.line(last)
        block = _block(part, line, max(end - line + 1, 1), lines)
        if pages and pages[0] <= block.last_line:
            while pages and pages[0] <= block.last_line:
                pages.pop(0)
            block = _with_traits(block, BlockTrait.PAGE_BREAK_BEFORE)
        blocks.append(block)
    blocks += _hidden(draft, blocks, lines, first_line, known)
    return tuple(sorted(blocks, key=lambda block: block.line))


def find_emphasis(text: str) -> frozenset[BlockTrait]:
    """Return the traits of a text that is bold or in italics as a whole."""
    if _BOLD.fullmatch(text):
        return frozenset((BlockTrait.ALL_BOLD,))
    return frozenset((BlockTrait.ALL_ITALIC,)) if _ITALIC.fullmatch(text) else frozenset()


class _Places:
    """Places of the arranged text's blocks in the draft, found by counting letters, which arranging leaves alone."""

    def __init__(self, draft: TrackedText, first_line: int, line_count: int) -> None:
        self._draft = draft
        self._first_line = first_line
        self._line_count = max(line_count, 1)
        self._arranged = convert_draft(draft, lambda name: name)
        self._rows = draft.text.split("\n")
        self._starts = [0, *accumulate(len(row) + 1 for row in self._rows)][:-1]
        breaks = {found.line for found in self._arranged.breaks}
        counts = (0 if number in breaks else _letters(row) for number, row in enumerate(self._rows, 1))
        self._reach = list(accumulate(counts))

    def blocks(self) -> Iterator[tuple[MarkdownBlock, int, int]]:
        """Yield each block with its first and last line in the draft, from 1."""
        parts = list(divide_markdown(self._arranged.text))
        signs = sum(part.kind is BlockKind.SCENE_BREAK for part in parts)
        breaks = iter(self._arranged.breaks if signs == len(self._arranged.breaks) else ())
        done = last = 0
        for part in parts:
            is_sign = part.kind is BlockKind.SCENE_BREAK
            if is_sign and (found := next(breaks, None)) is not None:
                last = found.line
                yield part._replace(text=found.form), last, last
                continue
            count = 0 if is_sign else _letters(part.text)
            if not count:
                last = self._next_row(last)
                yield part, last, last
                continue
            first = min(bisect_right(self._reach, done) + 1, len(self._rows))
            done += count
            last = max(first, min(bisect_left(self._reach, done) + 1, len(self._rows)))
            yield part, first, last

    def _next_row(self, line: int) -> int:
        number = line
        while number < len(self._rows) and not self._rows[number].strip():
            number += 1
        return min(number + 1, len(self._rows))

    def line(self, row: int) -> int:
        """Return the line of the file on which a line of the draft was written."""
        text = self._rows[row - 1]
        inside = self._starts[row - 1] + len(text) - len(text.lstrip())
        at = self._draft.place(self._draft.source(inside))[0] + self._first_line - 1
        return min(max(at, 1), self._line_count)


def _letters(text: str) -> int:
    return len(_NO_LETTERS.sub("", text))


def _block(part: MarkdownBlock, line: int, count: int, lines: Sequence[str]) -> SourceBlock:
    traits = set(find_emphasis(part.text))
    if part.kind is BlockKind.PARAGRAPH:
        written = [row for row in lines[line - 1 : line - 1 + count] if row.strip()]
        if len(written) > 1 and "\n" not in part.text:
            traits.add(BlockTrait.WRAPPED)
        if len(written) == 1 and len(written[0].expandtabs()) - len(written[0].lstrip()) >= _CENTER:
            traits.add(BlockTrait.CENTERED)
    return SourceBlock(part.text, part.kind, part.level, line, count, frozenset(traits))


def _with_traits(block: SourceBlock, *traits: BlockTrait) -> SourceBlock:
    return SourceBlock(
        block.text, block.kind, block.level, block.line, block.line_count, block.traits | frozenset(traits)
    )


def _hidden(
    draft: TrackedText,
    blocks: Sequence[SourceBlock],
    lines: Sequence[str],
    first_line: int,
    known: Collection[int],
) -> Iterator[SourceBlock]:
    """Yield private notes, and each line of the file that is in no block."""
    shown = set(known)
    for block in blocks:
        shown.update(range(block.line, block.last_line + 1))
    hidden = frozenset((BlockTrait.HIDDEN,))
    text = "\n".join(lines[first_line - 1 :])
    for start, end in sorted(set(draft.left_out)):
        inside = text[start:end].strip()
        line = draft.place(start)[0] + first_line - 1
        count = text.count("\n", start, end) + 1
        shown.update(range(line, line + count))
        yield SourceBlock(_bare_note(inside), BlockKind.PARAGRAPH, 0, line, count, hidden)
    for line in range(first_line, len(lines) + 1):
        row = lines[line - 1]
        if line in shown or _NO_TEXT.match(row) or not _letters(_TAG.sub("", row)):
            continue
        yield SourceBlock(row.strip(), BlockKind.PARAGRAPH, 0, line, 1, hidden)


def _bare_note(written: str) -> str:
    """Return a private note without the signs around it."""
    return written.strip("%<>!-{}#/* \n") or written
