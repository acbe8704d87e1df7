"""Division of a source into chapters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.manuscript_import.chapter_headings import ChosenHeadings, choose_headings
from bot.domain.manuscript_import.chapter_matter import fill_from_matter
from bot.domain.manuscript_import.contents_splitting import find_contents_starts
from bot.domain.manuscript_import.front_pages import (
    front_label,
    is_labelled,
    move_front_texts,
    name_front_page,
)
from bot.domain.manuscript_import.heading_candidates import (
    HeadingCandidate,
    find_candidates,
    may_be_text,
    show_plain,
)
from bot.domain.manuscript_import.import_decisions import DecisionKind, DecisionLog
from bot.domain.manuscript_import.imported_story import ChapterDraft
from bot.domain.manuscript_import.imported_titles import (
    is_same_text,
    lower_capitals,
    title_of_name,
    write_title,
)
from bot.domain.manuscript_import.part_pages import move_part_text
from bot.domain.manuscript_import.source_document import BlockKind, Source, SourceBlock, SourceDocument
from bot.domain.manuscript_import.source_passages import drop_blocks, passage_of
from bot.domain.manuscript_import.title_lines import take_lone_title, take_title_lines

_PROLOGUE = 120
"""Words before the first chapter from which on they may be a chapter themselves."""

_NO_STORY = re.compile(
    r"copyright|©|all rights reserved|isbn|licen[sc]e|project gutenberg|dedicat|published by|contents",
    re.IGNORECASE,
)


def split_chapters(source: Source, log: DecisionLog) -> list[ChapterDraft]:
    """Return the chapters of a source in order, by its own structure."""
    drafts: list[ChapterDraft] = []
    starts = find_contents_starts(source)
    shared = {document.part for document in source.documents}
    front: list[str] = []
    part_pages: list[int] = []
    part_notes: list[str | None] = []
    for number, document in enumerate(source.documents):
        if len(shared) == 1:
            # A folder that holds all chapters is no part.
            document = replace(document, part=None)
        if starts:
            chosen = starts.get(number, ChosenHeadings())
            shown = [block for block in document.blocks if may_be_text(block)]
            if not chosen.chapters and chosen.parts:
                part_pages.append(number)
                below = [block for block in shown if block.kind is not BlockKind.HEADING]
                part_notes.append(move_part_text(below, source, number, log))
                continue
            if not chosen.chapters and not drafts:
                shown = move_front_texts(shown, document, number, log, front)
                document = replace(document, blocks=tuple(shown))
                drop_blocks(shown, document, number, "a page before the first chapter", log)
                continue
            if not chosen.chapters:
                drafts[-1] = _continue(drafts[-1], document)
                log.move_kept(
                    number, drafts[-1].document, drafts[-1].blocks[-1].line if drafts[-1].blocks else 1
                )
                continue
        else:
            title = source.title or document.title
            chosen = choose_headings(document.blocks, title=title, one_chapter=source.file_per_chapter)
            if source.file_per_chapter and not drafts and is_labelled(document.blocks):
                document = replace(
                    document, blocks=tuple(move_front_texts(document.blocks, document, number, log, front))
                )
        splitter = _DocumentSplitter(source, number, document, chosen, log)
        own = fill_from_matter(splitter.split(), document.matter)
        if own and part_pages:
            own[0] = _below_parts(own[0], part_pages, part_notes, log)
            part_pages, part_notes = [], []
        drafts += own
        front += splitter.front
    return _with_front(drafts, front)


def _with_front(drafts: list[ChapterDraft], front: Sequence[str]) -> list[ChapterDraft]:
    """Return the chapters, the first of which has the words before it as a note."""
    if not drafts or not front:
        return drafts
    note = "\n\n".join([*front, *([drafts[0].note_before] if drafts[0].note_before else [])])
    return [replace(drafts[0], note_before=note), *drafts[1:]]


def _below_parts(
    draft: ChapterDraft, pages: Sequence[int], notes: Sequence[str | None], log: DecisionLog
) -> ChapterDraft:
    """Return a chapter with what stands on the pages of the parts before it."""
    for page in pages:
        log.move_kept(page, draft.document, draft.line or 1)
    note = "\n\n".join(filter(None, (*notes, draft.note_before)))
    return replace(draft, note_before=note or None)


def _continue(draft: ChapterDraft, document: SourceDocument) -> ChapterDraft:
    """Add a document that no entry of the table of contents names to the chapter before it."""
    line = draft.blocks[-1].last_line if draft.blocks else 1
    more = tuple(replace(block, line=line, line_count=1) for block in document.blocks)
    return replace(draft, blocks=draft.blocks + more, footnotes=(*draft.footnotes, *document.footnotes))


class _DocumentSplitter:
    """Division of one document."""

    def __init__(
        self, source: Source, number: int, document: SourceDocument, chosen: ChosenHeadings, log: DecisionLog
    ) -> None:
        self._source = source
        self._number = number
        self._document = document
        self._chosen = chosen
        self._log = log
        self.front: list[str] = []
        """The author's words before the first chapter."""

    def split(self) -> list[ChapterDraft]:
        """Return the chapters of the document."""
        self._drop_contents()
        if not self._chosen.chapters:
            return self._whole()
        chapters, parts = list(self._chosen.chapters), list(self._chosen.parts)
        while len(chapters) > 1 and front_label(chapters[0].text) is not None:
            del chapters[0]
        ends = [*(each.index for each in chapters[1:]), len(self._document.blocks)]
        drafts = self._before(chapters[0].index)
        kept, note, line = self._kept_before, None, None
        for heading, end in zip(chapters, ends, strict=True):
            ends_at = next((each.index for each in parts if heading.index < each.index < end), end)
            draft = self._chapter(heading, ends_at)
            blocks = (*kept, *draft.blocks)
            drafts.append(replace(draft, blocks=blocks, note_before=note, line=line or draft.line))
            below = self._blocks(ends_at + 1, end)
            kept, note = [], move_part_text(below, self._source, self._number, self._log)
            line = self._document.blocks[ends_at].line if ends_at < end else None
        return [each for each in drafts if each.blocks or each.title]

    def _drop_contents(self) -> None:
        self._gone: set[int] = set()
        self._kept_before: list[SourceBlock] = []
        listed = sorted(self._chosen.contents)
        if listed:
            blocks = [self._document.blocks[at] for at in listed]
            drop_blocks(blocks, self._document, self._number, "a table of contents", self._log)
            self._gone.update(listed)

    def _blocks(self, start: int, end: int) -> list[SourceBlock]:
        return [self._document.blocks[at] for at in range(start, end) if at not in self._gone]

    def _whole(self) -> list[ChapterDraft]:
        """Return the document as one chapter, titled by front matter, its first headings or its name."""
        document = self._document
        blocks = self._blocks(0, len(document.blocks))
        if not any(may_be_text(block) for block in blocks):
            return []
        matter = document.matter.get("title")
        title = str(matter) if matter else document.title if self._source.file_per_chapter else None
        part = document.part or self._part_of_matter()
        number = None
        shown = [at for at, block in enumerate(blocks) if may_be_text(block)]
        candidates = {each.index: each for each in find_candidates(blocks)}
        at = shown[0] if shown else 0
        heads: list[HeadingCandidate] = []
        while at in candidates and (candidates[at].level or not heads) and len(heads) < 3:
            if not candidates[at].level and not candidates[at].number:
                break
            heads.append(candidates[at])
            at += 1
        if heads and at < len(blocks):
            if title is None or any(is_same_text(title, each.text) for each in heads):
                draft = self._chapter_of(heads[-1], blocks, heads[-1].index + 1)
                lead = [blocks[each.index] for each in heads[:-1]]
                drop_blocks(lead, document, self._number, "the title of the book", self._log)
                before = blocks[: heads[0].index]
                draft = replace(draft, blocks=(*before, *draft.blocks), line=0)
                return [replace(draft, title=title or draft.title, part=part or draft.part)]
            if (said := heads[0].name) and is_same_text(said, title):
                blocks = [*blocks[: heads[0].index], *blocks[heads[0].index + 1 :]]
                number = heads[0].number
        if title is None:
            title, blocks = take_lone_title(blocks, document, self._number, self._log)
            title = (
                title
                or document.title
                or (None if self._source.name == "-" else title_of_name(document.name))
            )
        if blocks and title and may_be_text(blocks[0]) and is_same_text(show_plain(blocks[0].text), title):
            blocks = blocks[1:]
        return [ChapterDraft(self._number, tuple(blocks), title, number, part, document.footnotes)]

    def _part_of_matter(self) -> str | None:
        part = self._document.matter.get("part") or self._document.matter.get("volume")
        return str(part) if part else None

    def _before(self, first: int) -> list[ChapterDraft]:
        """Decide what becomes of the text before the first chapter: a title page goes, a prologue stays."""
        taken = {each.index for each in self._chosen.parts}
        if (same := self._same_heading_above(first)) is not None:
            # The page has the title, then a note or a disclaimer, and the text has the title again.
            self._kept_before = self._blocks(same + 1, first)
            shown = [block for block in self._blocks(0, same) if may_be_text(block)]
            drop_blocks(shown, self._document, self._number, name_front_page, self._log)
            return []
        blocks = [
            self._document.blocks[at] for at in range(first) if at not in taken and at not in self._gone
        ]
        shown = [block for block in blocks if may_be_text(block)]
        hidden = [block for block in blocks if not may_be_text(block)]
        if not self._source.file_per_chapter:
            shown = move_front_texts(shown, self._document, self._number, self._log, self.front)
        self._kept_before = hidden
        words = sum(len(block.text.split()) for block in shown if block.kind is not BlockKind.HEADING)
        text = "\n".join(block.text for block in shown)
        if shown and words >= _PROLOGUE and not _NO_STORY.search(text):
            passage = passage_of(shown, self._document, self._number)
            if self._log.decide(DecisionKind.READ_AS, "a prologue without a heading of its own", passage):
                headed = shown[0].kind is BlockKind.HEADING
                title = lower_capitals(show_plain(shown[0].text)) if headed else "Prologue"
                self._kept_before = []
                body = [block for block in shown if not headed or block is not shown[0]]
                return [self._draft(body, title, None, shown[0].line)]
            self._log.keep(self._number, shown)
        else:
            drop_blocks(shown, self._document, self._number, name_front_page, self._log)
        return []

    def _same_heading_above(self, first: int) -> int | None:
        """Return the index of a heading above the only chapter's that has the same name."""
        chapters = self._chosen.chapters
        if len(chapters) != 1 or self._chosen.parts or (name := chapters[0].name) is None:
            return None
        above = find_candidates(self._document.blocks[:first])
        return next(
            (each.index for each in above if each.level and is_same_text(write_title(each)[0], name)), None
        )

    def _chapter(self, heading: HeadingCandidate, end: int) -> ChapterDraft:
        blocks = list(self._document.blocks[:end])
        draft = self._chapter_of(heading, blocks, heading.index + 1)
        if (listed := self._chosen.part_titles.get(heading.index)) is not None:
            return replace(draft, part=listed)
        if (part := self._chosen.part_of(heading)) is None:
            return replace(draft, part=self._document.part)
        return replace(draft, part=lower_capitals(part.name or part.text))

    def _chapter_of(
        self, heading: HeadingCandidate, blocks: Sequence[SourceBlock], start: int
    ) -> ChapterDraft:
        title, number = write_title(heading)
        taken, more = take_title_lines(heading, blocks, start)
        if more is not None:
            title = lower_capitals(more)
        rest = [block for at, block in enumerate(blocks) if at >= start + taken and at not in self._gone]
        line = blocks[heading.index].line if 0 <= heading.index < len(blocks) else 0
        return self._draft(rest, title, number, line)

    def _draft(
        self, blocks: Sequence[SourceBlock], title: str | None, number: str | None, line: int
    ) -> ChapterDraft:
        return ChapterDraft(
            self._number,
            tuple(_without_outer_breaks(blocks)),
            title,
            number,
            footnotes=self._document.footnotes,
            line=line,
        )


def _without_outer_breaks(blocks: Sequence[SourceBlock]) -> list[SourceBlock]:
    """Return the blocks without scene breaks at their ends, which separate nothing."""
    rest = list(blocks)
    while rest and rest[0].kind is BlockKind.SCENE_BREAK:
        del rest[0]
    while rest and rest[-1].kind is BlockKind.SCENE_BREAK:
        del rest[-1]
    return rest
