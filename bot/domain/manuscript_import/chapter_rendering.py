"""Writing of cleaned chapters as Markdown."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.manuscript_import.body_writing import BodyWriter, PicturePaths
from bot.domain.manuscript_import.disclaimers import story_disclaimer
from bot.domain.manuscript_import.front_pages import front_title
from bot.domain.manuscript_import.import_decisions import DecisionKind, DecisionLog, SourcePassage
from bot.domain.manuscript_import.imported_story import ChapterDraft, ImportedChapter, ImportedStory
from bot.domain.manuscript_import.imported_titles import compare_key
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait, Source, SourceBlock
from bot.domain.manuscript_import.typed_marks import read_typed_marks
from bot.domain.manuscript_import.work_preface import story_summary

_ESCAPED = re.compile(r"([\\*_~`|])")


def render_story(source: Source, drafts: Sequence[ChapterDraft], log: DecisionLog) -> ImportedStory:
    """Return the story with its chapters as Markdown."""
    drafts = read_typed_marks(source, _decide_wrapped(source, drafts, log), log)
    keys, paths = _SourceKeys(source), PicturePaths()
    chapters = tuple(_render(draft, number, keys, paths) for number, draft in enumerate(drafts, 1))
    return ImportedStory(
        source,
        chapters,
        log.decisions(),
        source.title or _shared(source, "title") or front_title(log.decisions()),
        source.author or _shared(source, "author"),
        source.language or _shared(source, "language"),
        summary=story_summary(log.decisions()),
        disclaimer=story_disclaimer(drafts),
        cover=source.cover,
    )


def _shared(source: Source, name: str) -> str | None:
    """Return what all documents state of themselves, such as their author; a lone file's title is the book's."""
    if name == "title" and source.file_per_chapter:
        return None
    values = {getattr(document, name) for document in source.documents}
    return values.pop() if len(values) == 1 else None


class _SourceKeys:
    """Identities of chapters in their source, which stay when others come, go or change."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._times: Counter[str] = Counter()

    def key(self, draft: ChapterDraft) -> str:
        """Return the identity of the next chapter."""
        name = self._source.documents[draft.document].name
        if self._source.file_per_chapter:
            base = name
        else:
            inner = " ".join(filter(None, (draft.part, draft.number or draft.title)))
            base = f"{name}#{compare_key(inner) or 'text'}"
        self._times[base] += 1
        return base if self._times[base] == 1 else f"{base}.{self._times[base]}"


def _render(draft: ChapterDraft, number: int, keys: _SourceKeys, paths: PicturePaths) -> ImportedChapter:
    written = BodyWriter(draft, paths).write()
    return ImportedChapter(
        draft.title or draft.number or f"Chapter {number}",
        written.text,
        keys.key(draft),
        draft.document,
        written.spans,
        draft.part,
        draft.note_before,
        draft.note_after,
        draft.pov,
        draft.warnings,
        draft.publish_at,
        draft.draft,
        written.pictures,
    )


def _decide_wrapped(source: Source, drafts: Sequence[ChapterDraft], log: DecisionLog) -> list[ChapterDraft]:
    """Record, once for each document, that its wrapped lines were joined; keep them as lines if that is refused."""
    result = list(drafts)
    for number, document in enumerate(source.documents):
        wrapped = [
            block
            for draft in drafts
            if draft.document == number
            for block in draft.blocks
            if BlockTrait.WRAPPED in block.traits and not log.is_refused(number, block.line, block.last_line)
        ]
        if not wrapped:
            continue
        first = wrapped[0]
        text = "\n".join(document.lines[first.line - 1 : first.last_line])
        count = f"{len(wrapped)} paragraphs" if len(wrapped) > 1 else "one paragraph"
        passage = SourcePassage(number, first.line, first.line_count, text)
        if log.decide(DecisionKind.JOINED, f"wrapped lines, which are {count}", passage):
            continue
        for at, draft in enumerate(result):
            if draft.document == number:
                blocks = tuple(_as_lines(block, document.lines) for block in draft.blocks)
                result[at] = replace(draft, blocks=blocks)
    return result


def _as_lines(block: SourceBlock, lines: Sequence[str]) -> SourceBlock:
    if BlockTrait.WRAPPED not in block.traits:
        return block
    written = [line.strip() for line in lines[block.line - 1 : block.last_line] if line.strip()]
    text = "\n".join(_ESCAPED.sub(r"\\\1", line) for line in written)
    return replace(block, text=text, kind=BlockKind.VERSE)
