"""Conversion of a manuscript, step by step."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from bot.domain.manuscript.dialects.aozora_notation import read_aozora_notation
from bot.domain.manuscript.dialects.bbcode import read_bbcode
from bot.domain.manuscript.dialects.blockquotes import read_blockquotes
from bot.domain.manuscript.dialects.callouts import read_callouts
from bot.domain.manuscript.dialects.code_fences import read_admonition_fences, read_tilde_fences
from bot.domain.manuscript.dialects.definition_lists import read_definition_lists
from bot.domain.manuscript.dialects.footnotes import read_footnotes
from bot.domain.manuscript.dialects.formulas import read_formulas
from bot.domain.manuscript.dialects.inline_dialect_marks import (
    clear_empty_lines,
    escape_discord_tokens,
    read_inline_marks,
)
from bot.domain.manuscript.dialects.latex_commands import read_latex, read_latex_quotes
from bot.domain.manuscript.dialects.markdown_dialects import PictureNamed, read_dialects
from bot.domain.manuscript.dialects.setext_headings import read_setext_headings
from bot.domain.manuscript.dialects.tables import read_tables
from bot.domain.manuscript.dialects.template_tags import remove_template_tags
from bot.domain.manuscript.dialects.text_tables import read_text_tables
from bot.domain.manuscript.editorial_comments import remove_private_notes
from bot.domain.manuscript.html.html_conversion import read_html
from bot.domain.manuscript.html.html_entities import read_entities
from bot.domain.manuscript.lines.line_blocks import keep_quoted_indents, read_line_blocks
from bot.domain.manuscript.lines.line_breaks import ArrangedText, LineMode, arrange_lines
from bot.domain.manuscript.lines.line_ends import drop_last_hard_ends, drop_soft_hyphens, read_line_ends
from bot.domain.manuscript.lines.list_layout import read_lists
from bot.domain.manuscript.lines.quoted_paragraphs import join_wrapped_quotes
from bot.domain.manuscript.links.links import read_links
from bot.domain.manuscript.links.picture_links import PicturePath, read_picture_sizes
from bot.domain.manuscript.offset_tracking import Interpretation, Remark, TrackedText, and_elsewhere
from bot.domain.manuscript.scene_breaks.scene_break_detection import report_scene_breaks
from bot.domain.manuscript.unfinished_text import warn_of_unfinished
from bot.domain.manuscript.web_pages.web_page_furniture import remark_furniture

_Steps = tuple[tuple[str, Callable[[TrackedText], None]], ...]
"""Steps, each with the characters of which one must be there for it to do anything."""

_LINE_STEPS: _Steps = (
    ("", drop_soft_hyphens),
    ("|", read_line_blocks),
    (">", keep_quoted_indents),
    ("", read_lists),
    ("\\", drop_last_hard_ends),
)
"""The steps that prepare lines, after all others."""


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
    picture_path: PicturePath = lambda path: path,
) -> Manuscript:
    """Convert an author's text, whatever it was written in.

    Formatting of other editors becomes Discord's, and text that was not meant for readers is removed. Code stays
    as it is.

    Args:
        text: The author's text.
        lines: How the author wants line ends to be read; None to detect it.
        picture_named: Finds a picture by its name.
        picture_path: Finds a picture by its path as it was written.
        is_note: Set for a note to the readers, in which talk to them is in its place.
    """
    draft = TrackedText(text)
    _take(draft, _steps(picture_named, picture_path))
    if not is_note:
        remark_furniture(draft)
    arranged = _arrange(draft, lines)
    if arranged.breaks or arranged.blocks:
        _tell(draft, arranged)
    return Manuscript(
        arranged.text, tuple(sorted(draft.remarks)), tuple(sorted(draft.readings)), draft.private
    )


def convert_draft(draft: TrackedText, picture_named: PictureNamed = lambda _: None) -> ArrangedText:
    """Convert a text as `read_manuscript` does, but leave its footnotes as they are written.

    The draft then holds the text before its lines were arranged, and knows where all of it was written.
    """
    _take(draft, _steps(picture_named, lambda path: path, footnotes=False))
    return _arrange(draft, None)


def _arrange(draft: TrackedText, lines: LineMode | None) -> ArrangedText:
    _take(draft, _LINE_STEPS)
    if lines is None and ">" in draft.text:
        join_wrapped_quotes(draft)
    return arrange_lines(draft.text, lines)


def _steps(picture_named: PictureNamed, picture_path: PicturePath, *, footnotes: bool = True) -> _Steps:
    """Return the steps that read marks, in their order."""
    return (
        ("", read_line_ends),
        ("`", read_latex_quotes),
        ("~", read_tilde_fences),
        ("`", read_admonition_fences),
        ("_*&\xa0\xad\u200b\u200c\u200d\u2060\ufeff", clear_empty_lines),
        ("%<{[\\", remove_private_notes),
        ("", warn_of_unfinished),
        ("", remove_template_tags),
        ("[", read_bbcode),
        ("［[｜|", read_aozora_notation),
        ("$", read_formulas),
        ("\\", read_latex),
        ("<", read_html),
        ("[!?:/", read_callouts),
        ("[", read_picture_sizes),
        ("-=", read_text_tables),
        ("|", read_tables),
        ("-=", read_setext_headings),
        (">", read_blockquotes),
        ("", partial(read_links, picture_path=picture_path)),
        ("", partial(read_dialects, picture_named=picture_named)),
        ("=+^~|", read_inline_marks),
        (":", read_definition_lists),
        *((("[", read_footnotes),) if footnotes else ()),
        ("&", read_entities),
        ("<", escape_discord_tokens),
    )


def _take(draft: TrackedText, steps: _Steps) -> None:
    for signs, step in steps:
        if not signs or any(sign in draft.text for sign in signs):
            step(draft)


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
        first, more = wrapped[0], and_elsewhere(len(wrapped) - 1)
        draft.read(starts[first.line - 1], f"{first.lines} lines, joined to one paragraph{more}")
    if arranged.hyphens:
        count = len(arranged.hyphens)
        words = "one word" if count == 1 else f"{count} words"
        draft.read(starts[arranged.hyphens[0] - 1], f"{words} joined that a hyphen parts at a line’s end")
