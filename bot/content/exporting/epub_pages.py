"""The pages of an EPUB: cover, title page, parts, chapters, thanks, and both tables of contents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.content.exporting.book import Book, BookChapter
from bot.content.exporting.book_words import BookWords, words_for
from bot.content.exporting.xhtml_blocks import BlockWriter
from bot.content.exporting.xhtml_inline import xml_text
from bot.domain.stories.story import Story
from bot.domain.suggestions.credits import Credits

_RIGHT_TO_LEFT = re.compile(r"(ar|he|iw|fa|ur|yi|ji|ps|sd|ug|dv|ckb|syr)\b(?!-latn)|\w+-(arab|hebr)\b", re.I)

STYLE = """\
body { margin: 5%; line-height: 1.45; }
h1, h2, h3, h4, h5, h6 { line-height: 1.2; page-break-after: avoid; break-after: avoid; }
h1 { text-align: center; margin: 2em 0 1.5em; }
p { margin: 0 0 0.7em; }
p.verse { margin: 1em 0 1em 2em; }
p.small, .note, .pov, .about { font-size: 0.9em; }
p.scene { text-align: center; margin: 1.5em 0; }
hr.scene { width: 30%; margin: 1.5em auto; border: 0; border-top: 1px solid; }
hr.blank { border: 0; height: 2em; margin: 0; }
blockquote { margin: 1em 1.5em; }
figure { margin: 1.5em 0; text-align: center; page-break-inside: avoid; break-inside: avoid; }
img { max-width: 100%; max-height: 100%; }
pre { white-space: pre-wrap; }
.pov { text-align: center; font-style: italic; margin-bottom: 2em; }
.note { border: 1px solid; padding: 0.5em 1em; margin: 2em 0; }
.spoiler { border-bottom: 1px dotted; }
.title { text-align: center; }
.cover { margin: 0; padding: 0; text-align: center; }
"""


@dataclass(frozen=True, slots=True)
class BookPage:
    """A page of the book: a file of XHTML, and its line in the table of contents."""

    name: str
    title: str
    body: str
    kind: str
    """What it is, as `epub:type` names it."""
    below: str | None = None
    """The name of the page of the part that it belongs to."""


def is_right_to_left(language: str) -> bool:
    """Return whether text in a language runs from right to left."""
    return _RIGHT_TO_LEFT.match(language) is not None


def page_xhtml(page: BookPage, language: str) -> str:
    """Return a page's whole file."""
    return document(page.title, f'<section epub:type="{page.kind}">\n{page.body}\n</section>', language)


def document(title: str, body: str, language: str) -> str:
    """Return a file of XHTML."""
    way = "rtl" if is_right_to_left(language) else "ltr"
    code = xml_text(language)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
        f'lang="{code}" xml:lang="{code}" dir="{way}">\n<head>\n<title>{xml_text(title)}</title>\n'
        '<link rel="stylesheet" type="text/css" href="style.css"/>\n</head>\n'
        f"<body>\n{body}\n</body>\n</html>\n"
    )


def title_page(story: Story) -> BookPage:
    """Return the page with the title, the authors, and what a reader should know beforehand."""
    lines = [f'<h1 class="title" dir="auto">{xml_text(story.title)}</h1>']
    if story.authors:
        lines.append(
            f'<p class="title" dir="auto">{xml_text(", ".join(author.name for author in story.authors))}</p>'
        )
    writer = BlockWriter({}, story.scene_break, is_right_to_left(story.language))
    if story.summary:
        lines.append(writer.write(story.summary))
    words = words_for(story.language)
    about = [words.rated.format(rating=words.ratings.get(story.rating, story.rating.value))]
    if story.warnings:
        about.append(words.warnings.format(warnings=", ".join(story.warnings)))
    lines += [f'<p class="about" dir="auto">{xml_text(each)}</p>' for each in about]
    if story.disclaimer:
        lines.append(f'<div class="about">{writer.write(story.disclaimer)}</div>')
    return BookPage("title.xhtml", story.title, "\n".join(lines), "titlepage")


def book_pages(book: Book, pictures: Mapping[str, str]) -> list[BookPage]:
    """Return the pages after the cover in reading order.

    Args:
        book: The book.
        pictures: Each picture's file by its path as written.
    """
    pages = [title_page(book.story)]
    number = parts = 0
    for part, chapters in book.parts():
        below = None
        if part is not None:
            parts += 1
            below = f"part-{parts}.xhtml"
            pages.append(BookPage(below, part, f'<h1 class="title" dir="auto">{xml_text(part)}</h1>', "part"))
        for chapter in chapters:
            number += 1
            body = _chapter(chapter, book.story, pictures)
            pages.append(BookPage(f"chapter-{number}.xhtml", chapter.title, body, "chapter", below))
    words = words_for(book.story.language)
    if thanks := _thanks(book.chapters, words):
        pages.append(BookPage("thanks.xhtml", words.thanks, thanks, "acknowledgments"))
    return pages


def _chapter(chapter: BookChapter, story: Story, pictures: Mapping[str, str]) -> str:
    writer = BlockWriter(pictures, story.scene_break, is_right_to_left(story.language))
    words = words_for(story.language)
    lines = [f'<h1 dir="auto">{xml_text(chapter.title)}</h1>']
    if chapter.pov:
        lines.append(f'<p class="pov" dir="auto">{xml_text(chapter.pov)}</p>')
    if chapter.warnings:
        warned = words.warnings.format(warnings=", ".join(chapter.warnings))
        lines.append(f'<p class="about" dir="auto">{xml_text(warned)}</p>')
    lines.append(_note(writer, chapter.note_before, words.note_before))
    lines.append(writer.write(chapter.text))
    lines.append(_note(writer, chapter.note_after, words.note_after))
    if (named := _named(chapter.credits, words)) is not None:
        lines.append(f'<p class="small" dir="auto">{xml_text(words.ideas_by.format(names=named))}</p>')
    return "\n".join(line for line in lines if line)


def _note(writer: BlockWriter, note: str | None, label: str) -> str:
    return f'<aside class="note" aria-label="{label}">{writer.write(note)}</aside>' if note else ""


def _thanks(chapters: Sequence[BookChapter], words: BookWords) -> str:
    rows = [
        f'<li dir="auto">{xml_text(chapter.title)}: {xml_text(named)}</li>'
        for chapter in chapters
        if (named := _named(chapter.credits, words)) is not None
    ]
    if not rows:
        return ""
    listed = "\n".join(rows)
    return f"<h1>{words.thanks}</h1>\n<p>{words.ideas_in_story}</p>\n<ul>\n{listed}\n</ul>"


def _named(thanked: Credits, words: BookWords) -> str | None:
    """Return the credited readers in words, or None if there are none."""
    if not thanked.names:
        alone = words.one_reader if thanked.others == 1 else words.readers.format(count=thanked.others)
        return alone if thanked.others else None
    others = [words.more.format(count=thanked.others)] if thanked.others else []
    *most, last = [*thanked.names, *others]
    return f"{', '.join(most)}{words.last}{last}" if most else last


def navigation(pages: Sequence[BookPage], language: str) -> str:
    """Return the table of contents of EPUB 3."""
    words = words_for(language)
    items: list[str] = []
    for page in (page for page in pages if page.below is None):
        link = f'<a href="{page.name}">{xml_text(page.title)}</a>'
        inner = [each for each in pages if each.below == page.name]
        nested = "".join(f'<li><a href="{each.name}">{xml_text(each.title)}</a></li>\n' for each in inner)
        items.append(f"<li>{link}{f'<ol>{chr(10)}{nested}</ol>' if nested else ''}</li>")
    start = next((page.name for page in pages if page.kind in ("chapter", "part")), pages[0].name)
    body = (
        '<nav epub:type="toc" id="toc">'
        f"<h1>{words.contents}</h1>\n<ol>\n" + "\n".join(items) + "\n</ol></nav>\n"
        '<nav epub:type="landmarks" hidden="hidden"><ol>\n'
        f'<li><a epub:type="cover" href="cover.xhtml">{words.cover}</a></li>\n'
        f'<li><a epub:type="toc" href="nav.xhtml">{words.contents}</a></li>\n'
        f'<li><a epub:type="bodymatter" href="{start}">{words.start}</a></li>\n</ol></nav>'
    )
    return document(words.contents, body, language)


def old_navigation(pages: Sequence[BookPage], title: str, identifier: str, language: str) -> str:
    """Return the table of contents of EPUB 2, for old readers."""
    count = 0

    def point(page: BookPage, inner: Iterable[BookPage]) -> str:
        nonlocal count
        count += 1
        head = (
            f'<navPoint id="point-{count}" playOrder="{count}"><navLabel><text>{xml_text(page.title)}</text>'
            f'</navLabel><content src="{page.name}"/>'
        )
        return head + "".join(point(each, ()) for each in inner) + "</navPoint>"

    points = [
        point(page, [each for each in pages if each.below == page.name])
        for page in pages
        if page.below is None
    ]
    depth = 2 if any(page.below for page in pages) else 1
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1" xml:lang="{xml_text(language)}">\n'
        f'<head><meta name="dtb:uid" content="{xml_text(identifier)}"/>'
        f'<meta name="dtb:depth" content="{depth}"/></head>\n'
        f"<docTitle><text>{xml_text(title)}</text></docTitle>\n<navMap>\n"
        + "\n".join(points)
        + "\n</navMap>\n</ncx>\n"
    )
