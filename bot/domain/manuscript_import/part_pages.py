"""Words between the title of a part and its first chapter, such as a motto."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.manuscript_import.front_pages import PLACE, write_front_text
from bot.domain.manuscript_import.heading_candidates import may_be_text, show_plain
from bot.domain.manuscript_import.import_decisions import DecisionKind, DecisionLog
from bot.domain.manuscript_import.imported_titles import is_same_text
from bot.domain.manuscript_import.source_document import BlockKind, Source, SourceBlock
from bot.domain.manuscript_import.source_passages import drop_blocks, passage_of

_BY = re.compile(r"(?:by|von|par|por|di) ", re.IGNORECASE)
_SHOWN = (BlockKind.SCENE_BREAK, BlockKind.PICTURE)


def move_part_text(
    blocks: Sequence[SourceBlock], source: Source, number: int, log: DecisionLog
) -> str | None:
    """Return the words below the title of a part as the note of its first chapter, None if there are none.

    Args:
        blocks: What stands below the title.
        source: The source.
        number: Index of the document they are of.
        log: The decisions.
    """
    document = source.documents[number]
    lines = [block for block in blocks if may_be_text(block) and block.kind not in _SHOWN]
    if not lines:
        return None
    names = [source.title, source.author, document.title, document.author]
    if all(_is_one_of(block.text, names) for block in lines):
        drop_blocks(lines, document, number, "the title page of a part", log)
        return None
    passage = passage_of(lines, document, number)
    if log.decide(DecisionKind.MOVED, "words below the title of a part", passage, PLACE):
        return write_front_text(lines)
    log.keep(number, lines)
    return None


def _is_one_of(text: str, names: Sequence[str | None]) -> bool:
    """Return whether a line only says whose book it is, or which."""
    said = _BY.sub("", show_plain(text), count=1)
    return any(is_same_text(said, name) for name in names if name)
