"""The heart of the house: a chapter's Markdown made into pages that read like a book's.

In the order a chapter goes through them: `lines` and `source` read the text into runs (paragraphs and their
like), `scan`, `pairs` and `inline` find the marks in a run and write any part of it, `sentences` and `stops` find
where it may be cut, `flow` strings all stops together, `layout` chooses among them, `pagination` writes the
pages. Beside them `words` counts and quotes, `places` keeps a reader's place, `escaping` keeps literal text
literal.
"""

from bot.domain.pages.escaping import escape
from bot.domain.pages.page import Page, PageBlock, PageEnd, Picture, Prose, Role, SceneBreak
from bot.domain.pages.pagination import PAGE_LENGTH, paginate
from bot.domain.pages.plain_text import count_words, excerpt
from bot.domain.pages.text_positions import PositionMap, map_position, page_at

__all__ = [
    "PAGE_LENGTH",
    "Page",
    "PageBlock",
    "PageEnd",
    "Picture",
    "PositionMap",
    "Prose",
    "Role",
    "SceneBreak",
    "count_words",
    "escape",
    "excerpt",
    "map_position",
    "page_at",
    "paginate",
]
