"""Footnotes that are only typed: a number in the text, and the note below it, beside the same number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from bot.domain.manuscript_import.import_decisions import DecisionKind, DecisionLog
from bot.domain.manuscript_import.note_phrases import find_note_label, may_address_readers
from bot.domain.manuscript_import.source_document import (
    BlockKind,
    SourceBlock,
    SourceDocument,
    SourceFootnote,
)
from bot.domain.manuscript_import.source_passages import passage_of

PLACE = "footnotes"
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_FIRST = "\\[(⁰¹²³⁴⁵⁶⁷⁸⁹"
_LABEL = re.compile(
    r"[\W_]{0,4}(?:foot|end)?notes?[\W_]{0,4}|[\W_]{0,4}(?:fußnoten|anmerkungen|notas|примечания)[\W_]{0,4}",
    re.I,
)
_ENTRY = re.compile(
    r"(?:(?P<square>\\?\[(?P<a>\d{1,3})\\?\])|(?P<round>\((?P<b>\d{1,3})\))|(?P<raised>(?P<c>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})))"
    r"[ \t\xa0]*+(?P<text>\S.*+)"
)
_MARKS = {
    "square": re.compile(r"[ ]?\\?\[(?P<number>\d{1,3})\\?\](?![(:\[])"),
    "round": re.compile(r"(?<=[\w.,;:!?”’\"'*])[ ]?\((?P<number>\d{1,3})\)"),
    "raised": re.compile(r"(?P<number>[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})"),
}
_CONTINUED = 2
"""Paragraphs between one note and the next that belong to the first."""

_SHORT = 3
"""Words of a line below the last note that is no more of it, such as `To be continued.`"""


@dataclass(slots=True)
class _Entry:
    number: int
    form: str
    blocks: list[SourceBlock]
    first: int
    """Index of the block with which it begins."""
    end: int
    """Index after its last block."""


@dataclass(slots=True)
class _Run:
    """Notes in a row, with the heading or line above them."""

    entries: list[_Entry] = field(default_factory=list)

    @property
    def first(self) -> int:
        return self.entries[0].first

    @property
    def end(self) -> int:
        return self.entries[-1].end


def gather_listed_footnotes(number: int, document: SourceDocument, log: DecisionLog) -> SourceDocument:
    """Return a document whose typed notes are footnotes, where each has its one mark in the text above.

    The blocks of the notes stay as blank ones, so that the others keep their places.

    Args:
        number: Index of the document.
        document: The document.
        log: Where it is recorded, for each list of notes.
    """
    blocks = list(document.blocks)
    notes = list(document.footnotes)
    done = 0
    for count, run in enumerate(_runs(blocks), 1):
        _take_last_paragraphs(run, blocks)
        marked = _find_marks(blocks[done : run.first], run)
        if marked is None:
            continue
        first = _above(blocks, run.first)
        passage = passage_of(blocks[first : run.end], document, number)
        if log.decide(DecisionKind.MOVED, "notes below the text", passage, PLACE):
            labels = {entry.number: f"listed-{count}-{entry.number}" for entry in run.entries}
            for at, text in marked(labels).items():
                blocks[done + at] = replace(blocks[done + at], text=text)
            notes += [SourceFootnote(labels[entry.number], tuple(entry.blocks)) for entry in run.entries]
        else:
            log.keep(number, [block for block in blocks[first : run.end] if block.text.strip()])
        for at in range(first, run.end):
            blocks[at] = replace(blocks[at], text="", kind=BlockKind.PARAGRAPH)
        done = run.end
    return replace(document, blocks=tuple(blocks), footnotes=tuple(notes)) if done else document


def _runs(blocks: Sequence[SourceBlock]) -> Iterator[_Run]:
    """Find notes in a row that count up, each with the paragraphs before the next one."""
    run = _Run()
    for index, block in enumerate(blocks):
        for entry in _read_entries(index, block):
            last = run.entries[-1] if run.entries else None
            between = blocks[last.end : index] if last else []
            follows = last is not None and entry.form == last.form and entry.number == last.number + 1
            if last and follows and len(between) <= _CONTINUED and all(map(_may_continue, between)):
                last.blocks += [each for each in between if each.text.strip()]
                last.end = max(last.end, index)
            elif run.entries:
                yield run
                run = _Run()
            run.entries.append(entry)
    if run.entries:
        yield run


def _read_entries(index: int, block: SourceBlock) -> list[_Entry]:
    """Return the notes of a block that begins with one: each begins a line, and may go on over others."""
    if block.kind not in (BlockKind.PARAGRAPH, BlockKind.VERSE) or block.text[:1] not in _FIRST:
        return []
    entries: list[_Entry] = []
    for at, line in enumerate(block.text.split("\n")):
        found = _ENTRY.fullmatch(line.strip())
        if found is not None:
            form = next(each for each in _MARKS if found[each] is not None)
            said = found["a"] or found["b"] or found["c"]
            note = SourceBlock(found["text"], line=min(block.line + at, block.last_line))
            entries.append(_Entry(int(said.translate(_SUPERSCRIPTS)), form, [note], index, index + 1))
        elif not entries:
            return []
        else:
            note = entries[-1].blocks[0]
            joined = f"{note.text} {line.strip()}"
            entries[-1].blocks[0] = replace(note, text=joined, line_count=note.line_count + 1)
    return entries


def _take_last_paragraphs(run: _Run, blocks: Sequence[SourceBlock]) -> None:
    """Add to the last note what ends the document below it, if it reads like more of it."""
    rest = blocks[run.end :]
    more = [each for each in rest if each.text.strip()]
    if 0 < len(more) <= _CONTINUED and all(_is_sentence(each) for each in more):
        run.entries[-1].blocks += more
        run.entries[-1].end = len(blocks)


def _is_sentence(block: SourceBlock) -> bool:
    text = block.text.rstrip("”’\"'*_)")
    return (
        _may_continue(block)
        and len(text.split()) > _SHORT
        and text[-1:] in (".", "!", "?", "…")
        and find_note_label(block.text) is None
        and not may_address_readers(block.text)
    )


def _may_continue(block: SourceBlock) -> bool:
    return block.kind is BlockKind.PARAGRAPH and not _LABEL.fullmatch(block.text)


class _MarkedTexts:
    """Texts with the marks of a run's notes."""

    def __init__(self, texts: dict[int, str], mark: re.Pattern[str]) -> None:
        self._texts = texts
        self._mark = mark

    def __call__(self, labels: dict[int, str]) -> dict[int, str]:
        """Return the texts by index, with references to the labels instead of the marks."""

        def refer(found: re.Match[str]) -> str:
            return f"[^{labels[int(found['number'].translate(_SUPERSCRIPTS))]}]"

        return {at: self._mark.sub(refer, text) for at, text in self._texts.items()}


def _find_marks(blocks: Sequence[SourceBlock], run: _Run) -> _MarkedTexts | None:
    """Return the texts with the marks of all notes of a run, or None if they do not match one to one."""
    mark = _MARKS[run.entries[0].form]
    texts: dict[int, str] = {}
    numbers: list[int] = []
    for at, block in enumerate(blocks):
        if block.kind is BlockKind.CODE:
            continue
        found = [int(each["number"].translate(_SUPERSCRIPTS)) for each in mark.finditer(block.text)]
        if found:
            texts[at] = block.text
            numbers += found
    return _MarkedTexts(texts, mark) if numbers == [each.number for each in run.entries] else None


def _above(blocks: Sequence[SourceBlock], first: int) -> int:
    """Return where a list of notes begins with its heading and the line above it."""
    at = first
    while at > 1 and not blocks[at - 1].text.strip() and blocks[at - 1].kind is BlockKind.PARAGRAPH:
        at -= 1
    if at > 1 and _LABEL.fullmatch(blocks[at - 1].text):
        at -= 1
        first = at
    if at > 1 and blocks[at - 1].kind is BlockKind.SCENE_BREAK:
        first = at - 1
    return first
