"""Lines that may be headings, and what each says: a number, a name such as “Prologue”, a part, or only its look."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait, SourceBlock
from bot.domain.text.chapter_labels import ENDS, EPILOGUES, INTERLUDES, PROLOGUES
from bot.domain.text.numbered_headings import is_only_number, is_part, read_numbering
from bot.domain.text.numerals import bare
from bot.domain.text.ordinals import ORDINALS

_MARKS = re.compile(r"\\(?=[^\w\s])|(?<!\\)[*_]{1,3}|(?<!\\)[~=]{2}")
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_LINK = re.compile(r"!?\[(?P<label>[^\[\]\n]*+)\]\([^()\n]*+\)")
_TOO_LONG = 100
_MOST_WORDS = 12
_STOP = frozenset(".!?…,;:。！？、；：”“’\"'»«」』)—–-")
_SPEECH = ("“", '"', "„", "«", "‘", "'", "—", "–", "- ", "「", "»")
_BYLINE = re.compile(r"(?:by|von|par|por|di|written by|автор)[ :]", re.IGNORECASE)
_ORDINAL_CHAPTER = re.compile(
    r"(?P<number>(?P<label>chapter|part|book|volume)[ ]+the[ ]+(?P<word>[a-z]+(?:[- ][a-z]+)?))"
    r"(?P<name>(?:\s*[:.–—-]+\s*.*)?)",
    re.IGNORECASE,
)
_FRENCH_ORDINAL = re.compile(
    r"(?P<number>(?:chapitre|capítulo|capitolo|глава|kapitel)[ ]+\w+)(?P<name>)", re.IGNORECASE
)
_ORDINAL_BEFORE = re.compile(
    r"(?P<number>(?P<word>[^\W\d_]{3,20})[ ]+(?:(?P<part>teil|band|buch|part|book|volume|partie|livre|tome|parte|libro"
    r"|часть|книга)|kapitel|chapter|chapitre|capítulo|capitolo|глава))(?P<name>(?:\s*[:.–—-]+\s*.*)?)",
    re.IGNORECASE,
)
_LAST_NAMES = frozenset(bare("the end|end|fin|ende|fine|конец|fin.").split("|"))
_NAMES = PROLOGUES | EPILOGUES | INTERLUDES


class HeadingSort(StrEnum):
    """Kind of thing that a heading says."""

    PART = auto()
    NUMBERED = auto()
    NAMED = auto()
    """Prologue, interlude, epilogue, afterword and the like."""
    ONLY_NUMBER = auto()
    STYLED = auto()
    """A heading by the source's own style."""
    LOOK = auto()
    """Nothing but bold, centred or in capitals."""


@dataclass(frozen=True, slots=True)
class HeadingCandidate:
    """A block that may be a heading."""

    index: int
    """Index of the block in its document."""
    text: str
    """Its text without marks."""
    sort: HeadingSort
    level: int = 0
    number: str | None = None
    name: str | None = None


def find_candidates(blocks: Sequence[SourceBlock]) -> list[HeadingCandidate]:
    """Return the blocks of a document that may be headings, in order."""
    found = (
        _candidate(index, block)
        for index, block in enumerate(blocks)
        if may_be_text(block) and BlockTrait.AUTHOR_NOTE not in block.traits
    )
    return [each for each in found if each is not None]


def may_be_text(block: SourceBlock) -> bool:
    """Return whether a block is shown by its source as a part of the text."""
    return not block.traits & {BlockTrait.HIDDEN, BlockTrait.NAVIGATION, BlockTrait.CONTENTS_LINE}


def show_plain(markdown: str) -> str:
    """Return a line without marks, footnotes and links."""
    text = _LINK.sub(lambda found: found["label"], _FOOTNOTE.sub("", markdown))
    return " ".join(_MARKS.sub("", text).split())


def read_heading(text: str) -> tuple[HeadingSort, str | None, str | None] | None:
    """Return what a heading says, with its number and the name after it; None if it is only words."""
    if is_part(text):
        head, colon, name = _parted(text)
        return HeadingSort.PART, head, name if colon else None
    for pattern in (_ORDINAL_CHAPTER, _FRENCH_ORDINAL):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        word = found["word"] if "word" in found.groupdict() else found["number"].split()[-1]
        if any(bare(word).replace("-", " ") in known for known in ORDINALS.values()):
            is_whole_part = pattern is _ORDINAL_CHAPTER and found["label"].lower() != "chapter"
            sort = HeadingSort.PART if is_whole_part else HeadingSort.NUMBERED
            return sort, found["number"], found["name"].strip(" :.–—-") or None
    before = _ORDINAL_BEFORE.fullmatch(text)
    if before and text[0].isupper() and any(bare(before["word"]) in known for known in ORDINALS.values()):
        sort = HeadingSort.PART if before["part"] else HeadingSort.NUMBERED
        return sort, before["number"], before["name"].strip(" :.–—-") or None
    compared = " ".join(bare(text.strip(" .:")).replace("-", " ").split())
    first, _, rest = text.partition(":")
    if bare(first.strip()) in _NAMES and len(text) <= _TOO_LONG:
        return HeadingSort.NAMED, first.strip(), rest.strip() or None
    if compared in ENDS and compared not in _LAST_NAMES:
        return HeadingSort.NAMED, None, None
    words = compared.split()
    if len(words) == 2 and words[0] in _NAMES and is_only_number(words[1].upper()):
        return HeadingSort.NAMED, None, None
    if (numbering := read_numbering(text)) is not None:
        return HeadingSort.NUMBERED, numbering.number, numbering.name or None
    return (HeadingSort.ONLY_NUMBER, text.strip(" ."), None) if is_only_number(text) else None


def is_short_line(text: str) -> bool:
    """Return whether a line is short and ends as a title does: no sentence, speech, byline or date."""
    return (
        0 < len(text) <= _TOO_LONG
        and len(text.split()) <= _MOST_WORDS
        and (text[-1] not in _STOP or text[-1] == ")")
        and not text.startswith(_SPEECH)
        and any(char.isalpha() for char in text)
        and not any(char.isdecimal() for char in text)
        and not _BYLINE.match(text)
    )


def has_heading_look(block: SourceBlock, text: str) -> bool:
    """Return whether a block looks different from prose: bold, in italics, centred or in capitals."""
    looks = {BlockTrait.ALL_BOLD, BlockTrait.ALL_ITALIC, BlockTrait.CENTERED}
    return bool(block.traits & looks) or is_in_capitals(text)


def is_in_capitals(text: str) -> bool:
    """Return whether a text has no small letters, in a script that has them."""
    return sum(char.isalpha() for char in text) > 3 and text.upper() == text != text.lower()


def _candidate(index: int, block: SourceBlock) -> HeadingCandidate | None:
    if block.kind not in (BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST) or (
        "\n" in block.text and block.kind is not BlockKind.HEADING
    ):
        return None
    text = show_plain(block.text)
    is_heading = block.kind is BlockKind.HEADING
    if not text or (len(text) > _TOO_LONG and not is_heading):
        return None
    said = read_heading(text)
    if said is not None and not is_heading and not _is_evident(block, text, said):
        said = None
    if said is not None:
        return HeadingCandidate(index, text, said[0], block.level, said[1], said[2])
    if is_heading:
        return HeadingCandidate(index, text, HeadingSort.STYLED, block.level)
    looks = (block.traits & {BlockTrait.ALL_BOLD, BlockTrait.CENTERED}) or is_in_capitals(text)
    if block.kind is BlockKind.PARAGRAPH and looks and is_short_line(text):
        return HeadingCandidate(index, text, HeadingSort.LOOK)
    return None


def _is_evident(block: SourceBlock, text: str, said: tuple[HeadingSort, str | None, str | None]) -> bool:
    """Return whether a line that no style marks as a heading says so beyond doubt."""
    sort, _, name = said
    if block.kind is BlockKind.LIST or text.startswith(_SPEECH):
        return False
    if sort is HeadingSort.PART and text[-1] in ".!?":
        return False
    return not (name and text[-1] in ".!?,;" and not has_heading_look(block, text) and len(text) > 50)


def _parted(text: str) -> tuple[str, str, str]:
    found = re.match(r"(?P<head>\S+\s+[^\s:–—-]+)\s*(?P<sign>[:–—-]|\s-\s)\s*(?P<name>.*)", text)
    return (found["head"], found["sign"], found["name"]) if found else (text, "", "")
