"""Chapters for the tests of the clean-up, made from text with blank lines between its blocks."""

from __future__ import annotations

import re
from collections.abc import Set

from bot.domain.manuscript_import.chapter_cleanup import clean_chapters
from bot.domain.manuscript_import.document_cleanup import clean_documents
from bot.domain.manuscript_import.import_decisions import DecisionLog, ImportDecision
from bot.domain.manuscript_import.imported_story import ChapterDraft
from bot.domain.manuscript_import.source_document import (
    BlockKind,
    BlockTrait,
    Source,
    SourceBlock,
    SourceDocument,
)

_BREAKS = frozenset(("---", "***", "* * *", "-----", "~~~"))
_TRAIT = re.compile(r"\{(\w+)\} ")


def blocks_of(text: str) -> tuple[SourceBlock, ...]:
    """Return the blocks of a text; `# ` begins a heading, and `{hidden} ` and the like give a block its trait."""
    blocks: list[SourceBlock] = []
    for match in re.finditer(r"(?:[^\n]+\n?)+", text):
        line = text.count("\n", 0, match.start()) + 1
        content = match[0].rstrip("\n")
        count = content.count("\n") + 1
        traits = frozenset[BlockTrait]()
        if (mark := _TRAIT.match(content)) is not None:
            traits, content = frozenset((BlockTrait(mark[1]),)), content[mark.end() :]
        if content in _BREAKS:
            blocks.append(SourceBlock(content, BlockKind.SCENE_BREAK, 0, line, count, traits))
        elif content.startswith("# "):
            blocks.append(SourceBlock(content[2:], BlockKind.HEADING, 1, line, count, traits))
        else:
            blocks.append(SourceBlock(content, BlockKind.PARAGRAPH, 0, line, count, traits))
    return tuple(blocks)


def source_of(*texts: str, title: str | None = None, author: str | None = None) -> Source:
    """Return a source with a document for each text."""
    documents = tuple(
        SourceDocument(
            f"{number}.txt", blocks_of(text), tuple(_TRAIT.sub("", line) for line in text.split("\n"))
        )
        for number, text in enumerate(texts, 1)
    )
    return Source("-", documents, title=title, author=author)


def clean(
    source: Source, titles: tuple[str | None, ...] = (), refused: Set[str] = frozenset()
) -> tuple[list[ChapterDraft], tuple[ImportDecision, ...]]:
    """Clean a source whose documents are chapters; return them, and the decisions."""
    log = DecisionLog(refused)
    cleaned = clean_documents(source, log)
    names = [*titles, *[None] * len(cleaned.documents)]
    drafts = [
        ChapterDraft(number, document.blocks, names[number])
        for number, document in enumerate(cleaned.documents)
    ]
    return clean_chapters(drafts, cleaned, log), log.decisions()


def text_of(draft: ChapterDraft) -> str:
    """Return a chapter's blocks with blank lines between them; a scene break is `***`."""
    texts = ["***" if block.kind is BlockKind.SCENE_BREAK else block.text for block in draft.blocks]
    return "\n\n".join(texts)


def clean_text(text: str, title: str | None = None, book: str | None = None) -> ChapterDraft:
    """Clean one chapter."""
    drafts, _ = clean(source_of(text, title=book), (title,))
    return drafts[0]
