"""Web page of a preview: one self-contained file in Discord's light and dark colours."""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token

from bot.content.pictures.picture_files import read_picture
from bot.domain.pages import Page, Picture, Prose
from bot.domain.pages.page import PageBlock
from bot.domain.stories.scene_break_style import BLANK, scene_break_text
from bot.domain.stories.story import Chapter, Story


@dataclass(frozen=True, slots=True)
class PagedChapter:
    """A chapter with its pages."""

    chapter: Chapter
    pages: tuple[Page, ...]


_STYLE = """
:root { color-scheme: light dark; --back: #f2f3f5; --card: #fff; --text: #1e1f22; --dim: #5c5e66; --edge: #d9dbe0 }
@media (prefers-color-scheme: dark) {
  :root { --back: #1e1f22; --card: #2b2d31; --text: #dbdee1; --dim: #a3a6aa; --edge: #3f4147 }
}
body { margin: 0; background: var(--back); color: var(--text); font: 16px/1.4 system-ui, sans-serif }
main { max-width: 37rem; margin: 0 auto; padding: 1rem }
section { background: var(--card); border: 1px solid var(--edge); border-radius: 8px; padding: 1rem; margin: 1rem 0 }
h2 { font-size: 1.1rem; margin: 0 0 .5rem } footer, .note, .small { color: var(--dim); font-size: .85rem }
hr { border: 0; border-top: 1px solid var(--edge); margin: 1rem 0 } hr.blank { border-color: transparent }
img { max-width: 100%; border-radius: 8px }
blockquote { margin: 0; padding-left: .75rem; border-left: 4px solid var(--edge) }
p { white-space: pre-line } .spoiler { background: var(--dim); color: transparent } .spoiler:hover { color: inherit }
"""
_SPOILER = re.compile(r"\|\|(.+?)\|\|", re.DOTALL)
_SMALL = re.compile(r"<p>-# (.*?)</p>", re.DOTALL)


class _Renderer(RendererHTML):
    """HTML renderer in which two underscores underline, as in Discord."""

    def strong_open(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return "<u>" if tokens[index].markup == "__" else "<strong>"

    def strong_close(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return "</u>" if tokens[index].markup == "__" else "</strong>"


def render(story: Story, chapters: Sequence[PagedChapter], root: Path) -> str:
    """Return the whole page with its pictures; no text of the story is treated as HTML."""
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("strikethrough")
    folder = root / story.slug
    parts = [
        _page(
            [_block(markdown, folder, block, story.scene_break) for block in page.blocks],
            f"{story.title} · {paged.chapter.title}",
            number,
            len(paged.pages),
        )
        for paged in chapters
        for number, page in enumerate(paged.pages, 1)
    ]
    return (
        f'<!doctype html>\n<html lang="{escape(story.language)}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(story.title)}</title><style>{_STYLE}</style>\n<main>\n{''.join(parts)}</main>\n</html>\n"
    )


def _page(blocks: Sequence[str], title: str, number: int, count: int) -> str:
    shown = "\n".join(blocks)
    return (
        f"<section><h2>{escape(title)}</h2>\n{shown}\n<footer>Page {number} of {count}</footer></section>\n"
    )


def _block(markdown: MarkdownIt, folder: Path, block: PageBlock, scene_break: str) -> str:
    if isinstance(block, Prose):
        html = _SPOILER.sub(r'<span class="spoiler">\1</span>', str(markdown.render(block.text)))
        html = _SMALL.sub(r'<p class="small">\1</p>', html)
        return f'<div class="{block.role.value}">{html}</div>'
    if isinstance(block, Picture):
        picture = read_picture(folder, block.path)
        if picture is None:
            return f"<p>[{escape(block.alt)}]</p>"
        data = base64.b64encode(picture.data).decode()
        return f'<img alt="{escape(block.alt)}" src="data:{picture.media_type};base64,{data}">'
    sign = scene_break_text(scene_break)
    if sign is not None:
        return f"<p>{escape(sign)}</p>"
    return '<hr class="blank">' if scene_break == BLANK else "<hr>"
