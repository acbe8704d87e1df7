"""Decisions about whole blocks of a document, as passages of its lines."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from bot.domain.manuscript_import.import_decisions import DecisionKind, DecisionLog, SourcePassage
from bot.domain.manuscript_import.source_document import SourceBlock, SourceDocument


def passage_of(blocks: Sequence[SourceBlock], document: SourceDocument, number: int) -> SourcePassage:
    """Return the lines from the first of some blocks to their last."""
    first, last = blocks[0].line, max(block.last_line for block in blocks)
    text = "\n".join(document.lines[first - 1 : last]) or "\n".join(block.text for block in blocks)
    return SourcePassage(number, first, last - first + 1, text)


def drop_blocks(
    blocks: Sequence[SourceBlock],
    document: SourceDocument,
    number: int,
    reason: str | Callable[[str], str],
    log: DecisionLog,
) -> None:
    """Record that blocks are left out, as one decision for each run of neighbours; refused ones are put back later.

    Args:
        blocks: The blocks; nothing is recorded if there are none.
        document: The document they are of.
        number: Its index.
        reason: What the blocks are, or a function that tells it of the text of a run.
        log: The decisions.
    """
    for run in _runs(blocks, document):
        why = reason if isinstance(reason, str) else reason("\n".join(block.text for block in run))
        if not log.decide(DecisionKind.DROPPED, why, passage_of(run, document, number)):
            log.keep(number, run)


def _runs(blocks: Sequence[SourceBlock], document: SourceDocument) -> list[list[SourceBlock]]:
    """Return the blocks in runs between which the source has no other line."""
    runs: list[list[SourceBlock]] = []
    for block in blocks:
        between = document.lines[runs[-1][-1].last_line : block.line - 1] if runs else ()
        if runs and not any(line.strip() for line in between):
            runs[-1].append(block)
        else:
            runs.append([block])
    return runs
