"""Pagination: a chapter's Markdown made into pages that read like a book's.

A chapter passes through these modules in order: `source_map` and `markdown_parser` split the text into runs
(paragraphs and other blocks); `tokenizer`, `delimiters`, `bidi` and `inline_markup` find the marks in a run and
write any part of it; `sentences` and `break_candidates` find where it may be cut; `chapter_breakpoints` lists all
possible page ends of the chapter; `break_selection` chooses among them; `pagination` writes the pages. Besides,
`word_count` counts words, `plain_text` quotes them, `text_positions` maps positions to a revised text, and
`escaping` keeps literal text literal.
"""

from bot.domain.pages.escaping import escape, unescape
from bot.domain.pages.page import Page, PageBlock, PageEnd, Picture, Prose, Role, SceneBreak
from bot.domain.pages.pagination import PAGE_LENGTH, paginate
from bot.domain.pages.plain_text import excerpt
from bot.domain.pages.text_positions import PositionMap, map_position, page_at
from bot.domain.pages.word_count import LengthUnit, TextLength, count_words, measure_length, words_length

__all__ = [
    "PAGE_LENGTH",
    "LengthUnit",
    "Page",
    "PageBlock",
    "PageEnd",
    "Picture",
    "PositionMap",
    "Prose",
    "Role",
    "SceneBreak",
    "TextLength",
    "count_words",
    "escape",
    "excerpt",
    "map_position",
    "measure_length",
    "page_at",
    "paginate",
    "unescape",
    "words_length",
]
