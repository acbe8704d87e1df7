"""Division of Markdown into blocks: paragraphs, verse, headings, quotes, lists, code, pictures and scene breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from bot.domain.manuscript_import.source_document import BlockKind
from bot.domain.pages.markdown_syntax import is_scene_break

_HEADING = re.compile(r"[ ]{0,3}(?P<marks>#{1,6})[ \t]++(?P<text>\S[^\n]*)")
_CLOSED = re.compile(r"(?:[ \t]+#+)?[ \t]*(?:\{[#.][^{}\n]*\})?[ \t]*\Z")
_LIST = re.compile(r"[ ]{0,3}(?:[-*+]|\d{1,9}[.)])[ \t]+\S")
_PICTURE = re.compile(r"!\[[^\[\]\n]*+\]\([^\n]+\)")
_FENCE = re.compile(r"[ ]{0,3}```")
_HARD_END = re.compile(r"(?:\\|[ ]{2,})\Z")
_EAST = re.compile(r"[\u2e80-\u9fff\uac00-\ud7a3\uff00-\uffef]")


class MarkdownBlock(NamedTuple):
    """A block as in `SourceBlock`."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0


def divide_markdown(text: str) -> Iterator[MarkdownBlock]:
    """Yield the blocks of a text in order; soft line ends within a paragraph become blanks."""
    held: list[str] = []
    kind = BlockKind.PARAGRAPH
    for line in text.split("\n"):
        if held and kind is BlockKind.CODE:
            held.append(line)
            if _FENCE.match(line):
                yield _finish(held, kind)
                held = []
            continue
        new = _kind(line, kind if held else None)
        if held and (new is None or new is not kind):
            yield _finish(held, kind)
            held = []
        if new is None:
            continue
        kind = new
        if kind in (BlockKind.HEADING, BlockKind.SCENE_BREAK, BlockKind.PICTURE):
            yield _single(line, kind)
        else:
            held.append(line)
    if held:
        yield _finish(held, kind)


def _kind(line: str, before: BlockKind | None) -> BlockKind | None:
    """Return the kind of a line, or None for a blank one."""
    bare = line.strip()
    if not bare:
        return None
    if _FENCE.match(line):
        return BlockKind.CODE
    if is_scene_break(line):
        return BlockKind.SCENE_BREAK
    if bare.startswith(">"):
        return BlockKind.QUOTE
    if _HEADING.fullmatch(line):
        return BlockKind.HEADING
    if _LIST.match(line) or (line[:1] in (" ", "\t") and before is BlockKind.LIST):
        return BlockKind.LIST
    if before is None and _PICTURE.fullmatch(_HARD_END.sub("", bare)):
        return BlockKind.PICTURE
    return BlockKind.PARAGRAPH


def _single(line: str, kind: BlockKind) -> MarkdownBlock:
    found = _HEADING.fullmatch(line)
    if kind is BlockKind.HEADING and found is not None:
        return MarkdownBlock(_CLOSED.sub("", found["text"]).strip(), kind, len(found["marks"]))
    return MarkdownBlock(_HARD_END.sub("", line.strip()), kind)


def _finish(lines: Sequence[str], kind: BlockKind) -> MarkdownBlock:
    if kind is BlockKind.QUOTE:
        last = max((at for at, line in enumerate(lines, 1) if line.strip() != ">"), default=len(lines))
        return MarkdownBlock("\n".join(lines[:last]), kind)
    if kind is not BlockKind.PARAGRAPH:
        return MarkdownBlock("\n".join(lines), kind)
    if all(line.startswith("-# ") for line in lines):
        return MarkdownBlock("\n".join(lines))
    parts = [_HARD_END.sub("", lines[0])]
    hard = 0
    for before, line in pairwise(lines):
        shown = _HARD_END.sub("", line)
        if _HARD_END.search(before):
            hard += 1
            parts.append(shown.rstrip())
        else:
            parts[-1] = join_lines(parts[-1], shown)
    text = _without_common_indent(parts)
    is_verse = len(lines) > 1 and hard == len(lines) - 1
    return MarkdownBlock(text, BlockKind.VERSE if is_verse else BlockKind.PARAGRAPH)


def _without_common_indent(rows: Sequence[str]) -> str:
    """Return lines without the indent that all of them have; that of some is a part of the verse."""
    common = min(len(row) - len(row.lstrip()) for row in rows)
    return "\n".join(row[common:].rstrip() for row in rows)


def join_lines(above: str, below: str) -> str:
    """Return two lines of a wrapped text as one."""
    above, below = above.rstrip(), below.strip()
    blank = "" if _EAST.match(above[-1:]) and _EAST.match(below[:1]) else " "
    return f"{above}{blank}{below}" if above and below else above or below
