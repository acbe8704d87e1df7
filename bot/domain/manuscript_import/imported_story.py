"""Result of an import: chapters as Markdown with their front matter, and how they came from their source."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.domain.manuscript_import.import_decisions import ImportDecision
from bot.domain.manuscript_import.source_document import Source, SourceBlock, SourceFootnote


@dataclass(frozen=True, slots=True)
class LineSpan:
    """Lines of a chapter's body, and the lines of the source that they came from."""

    line: int
    """First line in `ImportedChapter.body`, from 1."""
    line_count: int
    source_line: int
    """First line in the document's `lines`, from 1."""
    source_line_count: int


@dataclass(frozen=True, slots=True)
class ChapterDraft:
    """A chapter on its way from the source: blocks that are still cleaned."""

    document: int
    """Index of the document in which it begins."""
    blocks: tuple[SourceBlock, ...]
    """All of one document; a chapter ends where its file ends."""
    title: str | None = None
    number: str | None = None
    """Number as the source writes it, such as `Chapter 3` or `III`; it stays in the title if that is all there is."""
    part: str | None = None
    footnotes: tuple[SourceFootnote, ...] = ()
    note_before: str | None = None
    note_after: str | None = None
    disclaimer: str | None = None
    pov: str | None = None
    warnings: tuple[str, ...] = ()
    publish_at: str | None = None
    """As the source's front matter writes it."""
    draft: bool = False
    line: int = 0
    """Line of its document with which it begins, such as that of its heading; 0 for the document's beginning."""


@dataclass(frozen=True, slots=True)
class ImportedChapter:
    """A chapter as it is written to its file."""

    title: str
    body: str
    """Markdown that Fascicle reads as the source meant it, with a line end at its end."""
    source_key: str
    """Identity in its source, by which an import recognizes it again."""
    document: int
    spans: tuple[LineSpan, ...] = ()
    part: str | None = None
    note_before: str | None = None
    note_after: str | None = None
    pov: str | None = None
    warnings: tuple[str, ...] = ()
    publish_at: str | None = None
    draft: bool = False
    pictures: Mapping[str, str] = field(default_factory=dict)
    """By the key of each picture in it: the path that the body names, which no other picture of the story has."""


@dataclass(frozen=True, slots=True)
class ImportedStory:
    """All chapters of a source, in order, with every decision that was made on the way."""

    source: Source
    chapters: tuple[ImportedChapter, ...]
    decisions: tuple[ImportDecision, ...]
    title: str | None = None
    author: str | None = None
    language: str | None = None
    summary: str | None = None
    disclaimer: str | None = None
    """For `story.yaml`: what the source says before every chapter, or before the first."""
    cover: str | None = None
    """Key of the cover among the pictures."""
