"""Conversion of a manuscript, step by step."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.domain.manuscript.code_fences import read_tilde_fences
from bot.domain.manuscript.editorial_comments import remove_private_notes
from bot.domain.manuscript.footnotes import read_footnotes
from bot.domain.manuscript.html_conversion import read_html
from bot.domain.manuscript.html_entities import read_entities
from bot.domain.manuscript.line_breaks import ArrangedText, LineMode, arrange_lines
from bot.domain.manuscript.markdown_dialects import PictureNamed, read_dialects
from bot.domain.manuscript.offset_tracking import Interpretation, Remark, TrackedText
from bot.domain.manuscript.scene_break_detection import report_scene_breaks
from bot.domain.manuscript.tables import read_tables
from bot.domain.manuscript.web_page_furniture import remark_furniture

_SIGN = re.compile(r"[<%{&\[|=《]")
_RARE = (":::", "\n:", "\n :", "\n  :", "\n   :", "TKTK", "TODO")
"""Signs of anything to be converted before the lines; few chapters have any of them."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A text as readers are to see it, in the Markdown that `bot.domain.pages` reads."""

    text: str
    remarks: tuple[Remark, ...] = ()
    """Remarks for its author."""
    readings: tuple[Interpretation, ...] = ()
    """Interpretations of what was ambiguous."""
    private: int = 0
    """Number of private notes that were removed."""


def read_manuscript(
    text: str,
    *,
    lines: LineMode | None = None,
    picture_named: PictureNamed = lambda _: None,
    is_note: bool = False,
) -> Manuscript:
    """Convert an author's text, whatever it was written in.

    Formatting of other editors becomes Discord's, and text that was not meant for readers is removed. Code stays
    as it is.

    Args:
        text: The author's text.
        lines: How the author wants line ends to be read; None to detect it.
        picture_named: Finds a picture by its name.
        is_note: Set for a note to the readers, in which talk to them is in its place.
    """
    draft = TrackedText(text)
    read_tilde_fences(draft)
    if _SIGN.search(text) or any(sign in text for sign in _RARE):
        remove_private_notes(draft)
        read_html(draft)
        read_tables(draft)
        read_dialects(draft, picture_named)
        read_footnotes(draft)
        read_entities(draft)
    if not is_note:
        remark_furniture(draft)
    arranged = arrange_lines(draft.text, lines)
    if arranged.breaks or arranged.blocks:
        _tell(draft, arranged)
    return Manuscript(
        arranged.text, tuple(sorted(draft.remarks)), tuple(sorted(draft.readings)), draft.private
    )


_KEPT = {LineMode.PARAGRAPHS: "each a paragraph of its own", LineMode.VERSE: "kept as lines"}


def _tell(draft: TrackedText, arranged: ArrangedText) -> None:
    """Record how lines and scene breaks were read.

    Wrapped lines only once, for a book may be nothing but such lines.
    """
    starts = [0, *(found.end() for found in re.finditer("\n", draft.text))]
    report_scene_breaks(draft, starts, arranged.breaks)
    for block in arranged.blocks:
        if block.mode in _KEPT:
            draft.read(starts[block.line - 1], f"{block.lines} lines, {_KEPT[block.mode]}")
    wrapped = [block for block in arranged.blocks if block.mode is LineMode.WRAPPED]
    if wrapped:
        more = f", as in {len(wrapped) - 1} more places" if len(wrapped) > 1 else ""
        first = wrapped[0]
        draft.read(starts[first.line - 1], f"{first.lines} lines, joined to one paragraph{more}")
