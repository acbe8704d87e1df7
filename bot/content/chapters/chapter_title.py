"""A chapter's title, and its text without the lines that are the title."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from bot.content.chapters.front_matter_detection import skip_comments
from bot.content.chapters.title_from_file_name import has_words, title_of_file
from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.pages.markdown_syntax import is_scene_break
from bot.domain.pages.plain_text import visible
from bot.domain.pages.source_map import parse_heading
from bot.domain.text.numbered_headings import (
    ChapterNumber,
    is_only_number,
    is_part,
    join_numbering,
    read_numbering,
)

LONGEST_TITLE = 200
_LONGEST_LINE = 2000
"""Characters of a heading with all its markup."""

_SHORT = 80
_MOST_WORDS = 10
_INDENT = re.compile(r"[ ]{0,3}#")
_PICTURE = re.compile(r"!\[[^\]\n]*+\]\([^()\n]*+\)[ \t]*+")
_MARKED = re.compile(r"(?P<mark>\*{1,3}|_{1,3})(?![\s*_])(?P<text>[^\n]{1,200}?)(?<![\s*_\\])(?P=mark)")
_MARKUP = re.compile(
    r"\*\*\w|\]\(\S|&(?:#\w{2,7}|[A-Za-z]{2,10});|</?[a-z][^<>\n]{0,80}>|\{[#.:][^{}\n]*+\}"
    r"|\{[^{}|\n]{1,80}\|[^{}\n]++\}|《|%%\S|==\w|~~\w|\[\["
)
"""Markup that no title has by chance."""

_TAG_LIKE = re.compile(r"\\?#{1,3}(?=[^\W_])(?P<text>[^#\n]{1,80})$")
_PREFIX = re.compile(
    r"(?:title|titel|titre|título|titolo|название|заглавие|标题|標題|题目|タイトル|제목)\s?[:：]\s?(?=\S)",
    re.I,
)
_NO_TITLE = re.compile(
    r"(?:notes?|warnings?|trigger\w*|content|author\w*|previously|summary|disclaimer|recap|by|von|par|por|di|"
    r"anmerkung\w*|hinweis|nota|avertissement|advertencia|примечани\w*|внимание|автор\w*|作者\w*|注意|a/n)\b",
    re.I,
)
_LIKE_AN_ITEM = re.compile(r"\s{0,9}\d{1,9}[.)]\s+")
_NOT_LETTERS = re.compile(r"[\W_]+")
_SENTENCE_END = frozenset(".!?…,;:。！？、；：।؟”“’\"'»«」』)—–-")


@dataclass(frozen=True, slots=True)
class TitledText:
    """A chapter's title, and its text without it.

    If the first heading may be the title of the whole book, `book` is that heading, and `chapter` the title and the
    text that follow if it is.
    """

    title: str
    text: str
    book: str = ""
    chapter: tuple[str, str] | None = None
    headed: bool = False
    """Whether that title is more than the file's name or the heading of a section."""


class _Line(NamedTuple):
    start: int
    end: int
    shown: str
    level: int
    """That of a heading, 0 for a line that looks like one."""
    numbering: ChapterNumber | None


def take_title(given: str | None, body: str, stem: str) -> TitledText:
    """Return the title: the front matter's, else a heading at the top of the text, else the file name.

    A line that is the title is not shown twice; a heading further down belongs to a part of the chapter.

    Args:
        given: The title of the front matter.
        body: The text.
        stem: The name of the file, without its suffix.
    """
    text = body.strip("\n")
    titled = _take(given, text, stem)
    first = _title_line(text, (given, title_of_file(stem)), stem)
    if first is None or not first.level or is_part(first.shown):
        return titled
    rest = _without(text, first)
    chapter = _take(given, rest, stem)
    if given is not None and chapter.text == titled.text:
        return titled
    second = _title_line(rest, (given, title_of_file(stem)), stem)
    headed = given is not None or (second is not None and _is_name(rest, second))
    return TitledText(titled.title, titled.text, first.shown, (chapter.title, chapter.text), headed)


def _take(given: str | None, text: str, stem: str) -> TitledText:
    named = title_of_file(stem)
    found = _derive(text, (given, named), stem)
    if given is None:
        title, rest = found[0] if found else (named, text)
    else:
        title = given
        rest = next((rest for shown, rest in found if is_same_title(shown, given)), text)
    again = _title_line(rest, (title,), stem)
    if found and again is not None and rest is not text and is_same_title(again.shown, title):
        rest = _without(rest, again)
    return TitledText(title, rest)


def _derive(text: str, known: tuple[str | None, ...], stem: str) -> list[tuple[str, str]]:
    """Return the titles that the first lines may mean, the likeliest first, each with the text without them."""
    first = _title_line(text, known, stem)
    if first is None:
        return []
    rest = _without(text, first)
    second = _title_line(rest, known, stem)
    alone = [(first.shown, rest)]
    if second is None or rest[: second.start].strip():
        return alone
    if second.numbering is not None and first.numbering is None and first.level:
        # The first is the book's title, or that of a part, which readers shall see.
        inner = _derive(rest, known, stem)
        if is_part(first.shown):
            heading = text[first.start : first.end]
            inner = [(title, f"{heading}\n\n{without}") for title, without in inner]
        return inner + alone
    if known[0] is not None and is_same_title(second.shown, known[0]) and not is_part(first.shown):
        # What stands above the title in the front matter is the book's.
        return [*alone, (second.shown, _without(rest, second))]
    counted = (first.numbering is not None and not first.numbering.name) or is_only_number(first.shown)
    if counted and second.numbering is None and not is_only_number(second.shown) and _is_name(rest, second):
        joined = join_numbering(first.shown, second.shown)
        both = _without(rest, second)
        return [(joined, both), (second.shown, both), *alone]
    return alone


def _is_name(text: str, line: _Line) -> bool:
    """Return whether a heading below “Chapter 3” names it; it does not if others of its kind follow."""
    return not line.level or re.search(rf"(?m)^[ ]{{0,3}}#{{{line.level}}}[ \t]", text[line.end :]) is None


def _without(text: str, line: _Line) -> str:
    underline, newline, rest = text[line.end + 1 :].partition("\n")
    # “Chapter 3” with dashes right below it is a heading to Markdown, and no scene break.
    underlined = not line.level and newline and is_scene_break(underline.strip())
    before, after = text[: line.start].rstrip(), (rest if underlined else text[line.end :]).strip("\n")
    return f"{before}\n\n{after}" if before else after


def _title_line(text: str, known: tuple[str | None, ...], stem: str) -> _Line | None:
    """Return the first line that is no comment, scene break or picture, if it is a title."""
    start, end = _first_line_of_text(text)
    line = text[start:end]
    if not line.strip() or len(line) > _LONGEST_LINE:
        return None
    if _INDENT.match(line) and (found := parse_heading(line)) is not None:
        shown, level = _shown(line[found[1] : found[2]]), found[0]
    else:
        below = text[end + 1 : end + 80].partition("\n")[0].strip()
        if text[end : end + 2] not in ("\n\n", "\n", "") and below and not is_scene_break(below):
            return None
        shown, level = _evident(line.strip(), known, stem, last=end >= len(text.rstrip())), 0
    if not shown or len(shown) > LONGEST_TITLE:
        return None
    return _Line(start, end, shown, level, read_numbering(shown))


def _evident(line: str, known: tuple[str | None, ...], stem: str, *, last: bool) -> str:
    """Return what a line shows that is no heading but evidently the title, else an empty text."""
    if len(line) > LONGEST_TITLE + 20 or last:
        return ""
    marked = _MARKED.fullmatch(line)
    shown = _shown(line)
    if not shown or any(title is not None and is_same_title(shown, title) for title in known):
        return shown
    if read_numbering(shown) is not None and len(shown) <= _SHORT and shown[-1] not in ".,;!?…。！？":
        return shown
    if (tag := _TAG_LIKE.match(line)) is not None and shown[-1] not in _SENTENCE_END:
        bare = tag["text"].strip()
        first = next((char for char in bare if char.isalpha()), "")
        return "" if first.islower() else bare
    bold = marked is not None and len(marked["mark"]) > 1
    return shown if bold and not has_words(stem) and _is_short_name(shown) else ""


def _is_short_name(shown: str) -> bool:
    return (
        len(shown) <= _SHORT
        and len(shown.split()) <= _MOST_WORDS
        and shown[-1] not in _SENTENCE_END
        and not any(char.isdecimal() for char in shown)
        and any(char.isalpha() for char in shown)
        and not _NO_TITLE.search(shown)
    )


@lru_cache(maxsize=256)
def _shown(markdown: str) -> str:
    # “3. Kapitel” is no list.
    number = _LIKE_AN_ITEM.match(markdown)
    at = number.end() if number else 0
    shown = " ".join((markdown[:at] + visible(markdown[at:])).split())
    return _PREFIX.sub("", shown, count=1)


def plain_title(written: str) -> str:
    """Return a title of the front matter without markup, of which only what is sure is taken for such."""
    if not _MARKUP.search(written):
        return written
    return " ".join(visible(read_manuscript(written, is_note=True).text).split()) or written


def is_same_title(one: str, other: str) -> bool:
    """Return whether two titles are the same but for case, punctuation and “Chapter 3:” before one of them."""
    plain, also = _compared(one), _compared(other)
    if plain == also:
        return bool(plain)
    return bool({plain, _compared(_name(one))} & {also, _compared(_name(other))} - {""})


def _name(title: str) -> str:
    numbering = read_numbering(title)
    return numbering.name if numbering is not None else ""


def _compared(title: str) -> str:
    return _NOT_LETTERS.sub("", title.casefold()) or title.strip()


def _first_line_of_text(text: str) -> tuple[int, int]:
    """Return the start and end of the first line that is no comment, scene break or picture."""
    at = 0
    while at < len(text):
        begin = skip_comments(text, at)
        start = text.rfind("\n", at, begin) + 1 or at
        end = text.find("\n", begin)
        end = len(text) if end < 0 else end
        line = text[begin:end]
        if line and not is_scene_break(line) and not _PICTURE.fullmatch(line):
            return (start if text[start:begin].isspace() else begin), end
        at = end + 1
    return len(text), len(text)
