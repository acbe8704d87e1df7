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

from bot.cli.preview_remarks import CLOSE, OPEN, PlacedRemark, mark_page
from bot.content.pictures.picture_files import read_picture
from bot.domain.pages import Page, Picture, Prose
from bot.domain.pages.page import PageBlock
from bot.domain.stories.scene_break_style import BLANK, scene_break_text
from bot.domain.stories.story import BrokenChapter, Chapter, Story


@dataclass(frozen=True, slots=True)
class PagedChapter:
    """A chapter with its pages."""

    chapter: Chapter
    pages: tuple[Page, ...]
    remarks: tuple[PlacedRemark, ...] = ()
    """The warnings of its file."""
    private: int = 0
    """Number of notes that were left out because they are not meant for readers."""


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
.author { border: 2px dashed #b8860b; border-radius: 8px; padding: .5rem .75rem }
.author { margin: .75rem 0 0; font-size: .85rem }
.author h3 { font-size: .85rem; margin: 0 0 .25rem } .author ol { margin: 0; padding-left: 1.75rem }
.author li, .author p { overflow-wrap: anywhere; margin: .2rem 0 } .author b { unicode-bidi: isolate }
.mark { background: #ffd54a; color: #1e1f22; border-radius: 1em; padding: 0 .4em; margin: 0 .15em }
.mark { font: bold .7rem system-ui, sans-serif }
p { white-space: pre-line } .spoiler { background: var(--dim); color: transparent } .spoiler:hover { color: inherit }
"""
_RELOADS = '<meta http-equiv="refresh" content="2">'
_SPOILER = re.compile(r"\|\|(.+?)\|\|", re.DOTALL)
_MARKED = re.compile(rf"<[^>]*+>|{OPEN}(?P<number>\d{{1,4}}){CLOSE}")
_IN_TAG = re.compile(rf"{OPEN}\d{{1,4}}{CLOSE}")
_SMALL = re.compile(r"<p>-# (.*?)</p>", re.DOTALL)


class _Renderer(RendererHTML):
    """HTML renderer in which two underscores underline, as in Discord."""

    def strong_open(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return "<u>" if tokens[index].markup == "__" else "<strong>"

    def strong_close(self, tokens: Sequence[Token], index: int, *_: Any) -> str:
        return "</u>" if tokens[index].markup == "__" else "</strong>"


def render(
    story: Story,
    chapters: Sequence[PagedChapter],
    broken: Sequence[BrokenChapter],
    root: Path,
    *,
    reloads: bool = False,
) -> str:
    """Return the whole page with its pictures; no text of the story is treated as HTML.

    `broken` chapters are named in their places among the others. With `reloads` a browser looks for a newer one now
    and then.
    """
    markdown = MarkdownIt("commonmark", {"html": False}, renderer_cls=_Renderer).enable("strikethrough")
    folder = root / story.slug
    parts: list[str] = []
    for place in range(len(chapters) + 1):
        parts += [_broken(each) for each in broken if each.place == place]
        if place < len(chapters):
            paged = chapters[place]
            parts += [_page(markdown, folder, story, paged, index) for index in range(len(paged.pages))]
    return (
        f'<!doctype html>\n<html lang="{escape(story.language)}"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"{_RELOADS if reloads else ''}<title>{escape(story.title)}</title><style>{_STYLE}</style>\n"
        f"<main>\n{''.join(parts)}</main>\n</html>\n"
    )


def _broken(chapter: BrokenChapter) -> str:
    fault = chapter.fault
    where = ":".join(str(part) for part in (Path(fault.file).name, fault.line, fault.column) if part)
    return (
        f'<section class="author"><h3>{escape(chapter.file)} cannot come out</h3>'
        f'<p dir="auto"><b>{escape(where)}</b>: {escape(fault.problem)}. {escape(fault.mend)}</p></section>\n'
    )


def _page(markdown: MarkdownIt, folder: Path, story: Story, paged: PagedChapter, index: int) -> str:
    remarks = [remark for remark in paged.remarks if remark.page == index]
    page = mark_page(paged.pages[index], paged.chapter.text, remarks)
    blocks = _MARKED.sub(
        _mark, "\n".join(_block(markdown, folder, block, story.scene_break) for block in page.blocks)
    )
    author = _for_the_author(remarks, paged.private if index == 0 else 0)
    return (
        f"<section><h2>{escape(f'{story.title} · {paged.chapter.title}')}</h2>\n{blocks}\n"
        f"<footer>Page {index + 1} of {len(paged.pages)}</footer>{author}</section>\n"
    )


def _mark(found: re.Match[str]) -> str:
    """Return a mark's HTML; inside a tag there is none, as for a mark in a link's title."""
    if found["number"]:
        return f'<sup class="mark" title="Readers do not see this mark">{found["number"]}</sup>'
    return _IN_TAG.sub("", found[0])


def _for_the_author(remarks: Sequence[PlacedRemark], private: int) -> str:
    """Return the box below a page with what only its author sees."""
    if not remarks and not private:
        return ""
    items = "".join(
        f'<li value="{remark.number}" dir="auto"><b>{_where(remark)}</b>{escape(remark.fault.problem)}. '
        f"{escape(remark.fault.mend)}</li>"
        for remark in remarks
    )
    listed = f"<ol>{items}</ol>" if items else ""
    notes = "one note" if private == 1 else f"{private} notes"
    left_out = f"<p>Left out of this chapter: {notes} not meant for readers.</p>" if private else ""
    return (
        f'\n<aside class="author"><h3>For you alone: readers do not see this</h3>{listed}{left_out}</aside>'
    )


def _where(remark: PlacedRemark) -> str:
    line, column = remark.fault.line, remark.fault.column
    return f"Line {line}{f', column {column}' if column else ''}: " if line else ""


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
