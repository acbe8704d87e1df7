"""Lines below a chapter's heading that are its title: after “Chapter 3”, or the same words once more."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.manuscript.web_pages.web_page_lines import SPEECH
from bot.domain.manuscript_import.chapter_top import find_pov
from bot.domain.manuscript_import.heading_candidates import (
    HeadingCandidate,
    HeadingSort,
    has_heading_look,
    is_short_line,
    may_be_text,
    read_heading,
    show_plain,
)
from bot.domain.manuscript_import.import_decisions import DecisionKind, DecisionLog
from bot.domain.manuscript_import.imported_titles import is_same_text, lower_capitals
from bot.domain.manuscript_import.source_document import BlockKind, SourceBlock, SourceDocument
from bot.domain.manuscript_import.source_passages import passage_of

_FEWEST_BLOCKS = 3
"""Blocks of a text, its title among them, from which on its first line may be that."""

_COUNTED = (HeadingSort.NUMBERED, HeadingSort.ONLY_NUMBER)


def take_title_lines(
    heading: HeadingCandidate, blocks: Sequence[SourceBlock], start: int
) -> tuple[int, str | None]:
    """Return how many blocks after a heading belong to it, and the title that they give it, if they do.

    Args:
        heading: The heading.
        blocks: The blocks of the chapter.
        start: Index of the first block after the heading.
    """
    taken, title = 0, None
    needs_name = heading.sort in _COUNTED and heading.name is None
    while start + taken < len(blocks) and taken < 3:
        block = blocks[start + taken]
        if not may_be_text(block) or block.kind not in (BlockKind.PARAGRAPH, BlockKind.HEADING):
            break
        text = show_plain(block.text)
        same = (heading.text, heading.name, title)
        if any(known is not None and is_same_text(text, known) for known in same):
            taken += 1
            continue
        said = read_heading(text)
        if needs_name and title is None and said is not None and said[0] in _COUNTED and said[2] is None:
            break
        if needs_name and title is None and _is_name(blocks, start + taken, text, heading):
            title = text
            taken += 1
            continue
        break
    if start + taken >= len(blocks) and taken and blocks[-1].kind is not BlockKind.HEADING:
        # Nothing would be left of the chapter.
        return 0, None
    return taken, title


def take_lone_title(
    blocks: list[SourceBlock], document: SourceDocument, number: int, log: DecisionLog
) -> tuple[str | None, list[SourceBlock]]:
    """Return a text's first line as its title, if counters or an author's name were taken out beside it, and the rest.

    Args:
        blocks: The text, without headings above it.
        document: The document it is of; one that states a title has that.
        number: Its index.
        log: The decisions.
    """
    shown = [at for at, block in enumerate(blocks) if may_be_text(block)]
    if document.title is not None or len(shown) < _FEWEST_BLOCKS:
        return None, blocks
    first, second, third = (blocks[at] for at in shown[:3])
    if not _is_lone_title(first, third if find_pov(second.text) is not None else second):
        return None, blocks
    beside = [*document.lines[: first.line - 1], *document.lines[first.last_line : second.line - 1]]
    if not any(line.strip() for line in beside) or not log.decide(
        DecisionKind.READ_AS, "the chapter’s title", passage_of([first], document, number)
    ):
        return None, blocks
    return lower_capitals(show_plain(first.text)), [*blocks[: shown[0]], *blocks[shown[0] + 1 :]]


def _is_lone_title(block: SourceBlock, following: SourceBlock) -> bool:
    text = show_plain(block.text)
    return (
        block.kind is BlockKind.PARAGRAPH
        and "\n" not in block.text
        and is_short_line(text)
        and SPEECH.isdisjoint(text)
        and not text[:1].islower()
        and not is_short_line(show_plain(following.text))
    )


def _is_name(blocks: Sequence[SourceBlock], at: int, text: str, heading: HeadingCandidate) -> bool:
    """Return whether a line right below a number is the chapter's name."""
    block = blocks[at]
    if block.kind is BlockKind.HEADING:
        # Others of its level further down are sections of the chapter.
        same = [
            each for each in blocks[at + 1 :] if each.kind is BlockKind.HEADING and each.level == block.level
        ]
        return not same or (heading.level > 0 and block.level <= heading.level)
    if not is_short_line(text) or at + 1 >= len(blocks):
        return False
    above = blocks[at - 1]
    return has_heading_look(block, text) or block.line == above.last_line + 1
