"""Reader of plain text, wrapped or not, as editors, mail and Project Gutenberg leave it."""

from __future__ import annotations

import re
from itertools import pairwise

from bot.content.source_formats.heading_lines import set_headings_apart
from bot.content.source_formats.source_footnotes import FootnoteReader
from bot.content.source_formats.source_text_blocks import read_text_blocks
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.manuscript_import.source_document import SourceDocument

_PAGE_NUMBER = re.compile(
    r"(?m)(?P<before>\n[ \t]*+)*+^[ \t\f]*+(?:[-–—\[][ ]?+)?(?:page[ ])?(?P<number>\d{1,4})(?:[ ]?+[-–—\]])?[ \t\f]*+$"
    r"(?P<after>(?:\n[ \t\f]*+(?=\n))*+)",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…:»“”\"'’)*_]\s*\Z")
_SLASHED = re.compile(r"(?<![\w/:.<])/(?=[^\W\d_])(?P<text>[^/\n<>]{1,80}(?<=[^\W_]|[.,!?…]))/(?![\w/>])")
_STARRED = re.compile(r"(?<![*\w\\])\*(?![\s*])(?P<text>[^*\n]{1,200}(?<![\s*]))\*(?![*\w])")
_UNDERSCORED = re.compile(
    r"(?<![\w_\\])_(?![\s_])(?P<text>(?:[^_\n*]|\n(?!\s*\n)){1,300}(?<![\s_]))_(?![\w_])"
)
_FORM_FEED = "\x0c"
_FEW = 3
"""Page numbers that a text has at least."""


def read_plain_text(text: str, name: str) -> SourceDocument:
    """Read a plain text.

    Args:
        text: The text, with line feeds as line ends.
        name: The file's name in its source.
    """
    lines = tuple(text.split("\n"))
    pages = [number for number, line in enumerate(lines, 1) if _FORM_FEED in line]
    draft = TrackedText(text)
    _drop_page_numbers(draft)
    draft.rewrite(
        [Edit(found.start(), found.end(), _page_end(draft.text, found)) for found in _form_feeds(draft.text)]
    )
    _read_emphasis(draft)
    set_headings_apart(draft)
    notes = FootnoteReader(draft)
    footnotes = notes.read(plain=True)
    blocks = read_text_blocks(draft, lines, page_lines=pages, known=notes.lines)
    return SourceDocument(
        name, blocks, tuple(line.replace(_FORM_FEED, "") for line in lines), footnotes=footnotes
    )


def _form_feeds(text: str) -> list[re.Match[str]]:
    return list(re.finditer(r"[ \t\n]{0,64}\x0c[ \t\n\x0c]*+", text)) if _FORM_FEED in text else []


def _page_end(text: str, found: re.Match[str]) -> str:
    """Return what stands for a form feed: nothing more than a line end in the middle of a sentence."""
    return "\n" if _is_within_sentence(text, found.start(), found.end()) else "\n\n"


def _is_within_sentence(text: str, start: int, end: int) -> bool:
    before = text[max(0, start - 40) : start].rstrip()
    after = text[end : end + 40].lstrip()
    return bool(before) and not _SENTENCE_END.search(before) and bool(after) and after[0].islower()


def _drop_page_numbers(draft: TrackedText) -> None:
    """Take out numbers that count up between the pages of a printed book, and join the paragraphs that they cut."""
    text = draft.text
    found = list(_PAGE_NUMBER.finditer(text))
    if len(found) < _FEW:
        return
    numbers = [int(each["number"]) for each in found]
    if any(not 0 < after - before < 3 for before, after in pairwise(numbers)):
        return
    cut = [_is_within_sentence(text, each.start(), each.end()) for each in found]
    if 2 * sum(cut) < len(found) and sum(_FORM_FEED in each[0] for each in found) * 2 < len(found):
        return
    edits = [
        Edit(each.start(), each.end(), "" if within and each.start() else "\n")
        for each, within in zip(found, cut, strict=True)
    ]
    draft.rewrite(edits)


def _read_emphasis(draft: TrackedText) -> None:
    """Read `/slashes/` as italics, and `*stars*` as bold if `_underscores_` are the italics."""
    if "/" in draft.text:
        draft.replace(_SLASHED, lambda found: f"*{found['text']}*")
    elif "*" in draft.text and _UNDERSCORED.search(draft.text):
        draft.replace(_STARRED, lambda found: f"**{found['text']}**")
    if "_" in draft.text:
        draft.replace(_UNDERSCORED, lambda found: f"*{found['text']}*")
