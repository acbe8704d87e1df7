"""The author's own words before the first chapter: a dedication, an epigraph, a poem that opens the book."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.manuscript_import.body_writing import keep_lines
from bot.domain.manuscript_import.heading_candidates import is_short_line, may_be_text, show_plain
from bot.domain.manuscript_import.import_decisions import DecisionKind, DecisionLog, ImportDecision
from bot.domain.manuscript_import.imported_titles import compare_key, lower_capitals
from bot.domain.manuscript_import.note_phrases import may_address_readers
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait, SourceBlock, SourceDocument
from bot.domain.manuscript_import.source_passages import passage_of

PLACE = "note_before"
"""Field of the first chapter to which the words go."""

_DEDICATION, _EPIGRAPH, _POEM = "a dedication", "an epigraph", "a poem before the first chapter"
_LABELS = {
    compare_key(label): reason
    for labels, reason in (
        ("dedication|widmung|dédicace|dedicatoria|dedicatória|dedica|посвящение|献词", _DEDICATION),
        ("epigraph|epigraphs|motto|épigraphe|epígrafe|epigrafe|эпиграф|题记", _EPIGRAPH),
    )
    for label in labels.split("|")
}
_TO_SOMEBODY = re.compile(
    r"(?:for|to|in (?:loving )?memory of|(?:this (?:book|story|one) is )?(?:dedicated to|for)|für"
    r"|(?:dieses buch ist |gewidmet )|pour|à|para|a la memoria de|em memória de|alla memoria|посвящается|памяти) \S",
    re.IGNORECASE,
)
_SOURCE_OF_WORDS = re.compile(r"(?:[—–―]|--?) ?[^\W\d_].{0,100}")
_SPOKEN = re.compile(r"[“\"„«‘'].{10,600}[”\"“»’']\Z", re.DOTALL)
_NO_WORDS = re.compile(
    r"copyright|©|all rights reserved|isbn|licen[sc]e|project gutenberg|published|ebook|https?:|www\."
    r"|illustrated by|translated by|chapter \d|[ .]{4}\d{1,4}$",
    re.IGNORECASE | re.MULTILINE,
)
_BYLINE = re.compile(r"(?:by|von|par|por|di|written by|автор)\b", re.IGNORECASE)
_FIELD = re.compile(r"[^\W\d_][\w /-]{0,30}:(?: |$)")

_TITLE_PAGE = "a title page before the first chapter"
_TITLE_OR_DEDICATION = "a title page or dedication before the first chapter"

_LONGEST_DEDICATION = 40
_LONGEST_EPIGRAPH = 150
_LONGEST_LABELLED = 400
"""Words below a label such as `Dedication`, from which on the heading is that of a chapter."""

_FEWEST_LINES = 4
"""Lines that make a poem."""


@dataclass(frozen=True, slots=True)
class FrontText:
    """Adjoining blocks that are the author's words."""

    first: int
    stop: int
    """Index after the last block."""
    reason: str


def front_label(text: str) -> str | None:
    """Return what a heading announces, such as a dedication, or None for another heading."""
    return _LABELS.get(compare_key(show_plain(text)))


def find_front_texts(blocks: Sequence[SourceBlock]) -> list[FrontText]:
    """Return the author's words among the blocks before a first chapter."""
    found: list[FrontText] = []
    at = 0
    while at < len(blocks):
        text = _labelled(blocks, at) or _unlabelled(blocks, at)
        if text is None:
            at += 1
            continue
        found.append(text)
        at = text.stop
    return found


def is_front_page(blocks: Sequence[SourceBlock]) -> bool:
    """Return whether a page of a book has the author's words and nothing else but a heading or a picture."""
    taken = {at for each in find_front_texts(blocks) for at in range(each.first, each.stop)}
    others = (block for at, block in enumerate(blocks) if at not in taken)
    return bool(taken) and all(block.kind in (BlockKind.HEADING, BlockKind.PICTURE) for block in others)


def write_front_text(blocks: Sequence[SourceBlock]) -> str:
    """Return the words as a note, without their label; verse keeps its lines."""
    texts = [block.text for block in blocks if block.kind is not BlockKind.SCENE_BREAK]
    if texts and front_label(texts[0]) is not None:
        del texts[0]
    return "\n\n".join(keep_lines(text) for text in texts)


def move_front_texts(
    blocks: Sequence[SourceBlock],
    document: SourceDocument,
    number: int,
    log: DecisionLog,
    front: list[str],
) -> list[SourceBlock]:
    """Move the author's words before the first chapter to a list of notes; return the blocks that are left.

    Args:
        blocks: The blocks before the first chapter, or those of a page there.
        document: The document they are of.
        number: Its index.
        log: The decisions.
        front: The notes so far; the words are added.
    """
    left: list[SourceBlock] = []
    done = 0
    for each in find_front_texts(blocks):
        words = blocks[each.first : each.stop]
        left += blocks[done : each.first]
        passage = passage_of(words, document, number)
        if log.decide(DecisionKind.MOVED, each.reason, passage, PLACE):
            front.append(write_front_text(words))
        else:
            log.keep(number, words)
        done = each.stop
    return [*left, *blocks[done:]]


def is_labelled(blocks: Sequence[SourceBlock]) -> bool:
    """Return whether a file is called a dedication or the like by its first line."""
    first = next((block for block in blocks if may_be_text(block)), None)
    return first is not None and front_label(first.text) is not None


def front_title(decisions: Sequence[ImportDecision]) -> str | None:
    """Return the title of the book that a title page begins with, which is left out, or None."""
    pages = (each for each in decisions if each.reason in (_TITLE_PAGE, _TITLE_OR_DEDICATION))
    page = next((each for each in pages if each.passage.document == 0 and not each.undone), None)
    first = show_plain(page.passage.text.split("\n")[0]).lstrip("# ") if page is not None else ""
    return lower_capitals(first) if is_short_line(first) else None


def name_front_page(text: str) -> str:
    """Return what a page before the first chapter is that has none of the author's words."""
    if re.search(r"copyright|©|all rights reserved|isbn|licen[sc]e", text, re.IGNORECASE):
        return "a page of rights before the first chapter"
    if re.search(r"(?im)^\W*(?:for|to|für|pour|a) ", text):
        return _TITLE_OR_DEDICATION
    return _TITLE_PAGE


def _labelled(blocks: Sequence[SourceBlock], at: int) -> FrontText | None:
    reason = front_label(blocks[at].text) if len(blocks[at].text) < 60 else None
    if reason is None:
        return None
    stop, words = at + 1, 0
    while stop < len(blocks) and blocks[stop].kind is not BlockKind.HEADING:
        block = blocks[stop]
        is_next_page = BlockTrait.PAGE_BREAK_BEFORE in block.traits and stop > at + 1
        if is_next_page or front_label(block.text) is not None or _NO_WORDS.search(block.text):
            break
        words += len(block.text.split())
        stop += 1
    return FrontText(at, stop, reason) if 0 < words <= _LONGEST_LABELLED else None


def _unlabelled(blocks: Sequence[SourceBlock], at: int) -> FrontText | None:
    block = blocks[at]
    text = show_plain(block.text)
    if not text or block.kind is BlockKind.HEADING or _NO_WORDS.search(block.text):
        return None
    words, stop = len(text.split()), at + 1
    is_sourced = stop < len(blocks) and _SOURCE_OF_WORDS.fullmatch(show_plain(blocks[stop].text)) is not None
    if _is_verse(block):
        while (
            stop < len(blocks) and blocks[stop].kind is BlockKind.VERSE and _is_verse(blocks[stop], fewest=1)
        ):
            stop += 1
        reason = _POEM
    elif block.kind is BlockKind.QUOTE and words <= _LONGEST_EPIGRAPH:
        reason = _EPIGRAPH
    elif block.kind not in (BlockKind.PARAGRAPH, BlockKind.VERSE):
        return None
    elif is_sourced and words <= _LONGEST_EPIGRAPH and (_SPOKEN.match(text) or _is_in_italics(block)):
        reason = _EPIGRAPH
    elif _TO_SOMEBODY.match(text) and words <= _LONGEST_DEDICATION and not may_address_readers(text):
        reason = _DEDICATION
    else:
        return None
    if stop < len(blocks) and _SOURCE_OF_WORDS.fullmatch(show_plain(blocks[stop].text)):
        stop += 1
        reason = _EPIGRAPH
    return FrontText(at, stop, reason)


def _is_verse(block: SourceBlock, fewest: int = _FEWEST_LINES) -> bool:
    """Return whether a block has the lines of a poem: no title page, no list of facts."""
    if block.kind not in (BlockKind.VERSE, BlockKind.PARAGRAPH) or _NO_WORDS.search(block.text):
        return False
    rows = [row.strip(" \t*_") for row in block.text.split("\n")]
    if len(rows) < fewest or any(_FIELD.match(row) or _BYLINE.match(row) for row in rows):
        return False
    return 2 * sum(len(row.split()) > 2 for row in rows) > len(rows)


def _is_in_italics(block: SourceBlock) -> bool:
    return BlockTrait.ALL_ITALIC in block.traits
