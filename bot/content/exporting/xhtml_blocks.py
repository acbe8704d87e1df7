"""A chapter's Markdown as XHTML: paragraphs, verse, quotes, lists, scene breaks, pictures and footnotes.

The text is read by the parser that cuts pages, not by a CommonMark one, so a book shows what Discord shows: spoilers,
underlines, small print, line ends and quotes included.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby

from bot.content.exporting.xhtml_inline import inline_xhtml, xml_text
from bot.domain.pages.inline_markup import PieceKind
from bot.domain.pages.markdown_parser import parse_markdown
from bot.domain.pages.text_runs import RunKind, TextRun
from bot.domain.stories.scene_break_style import BLANK, scene_break_text

_WHOLE = 1 << 30
_QUOTE, _SMALL = "> ", "-# "
_VERSE_LINES = 2
"""Line ends in a paragraph from which on it is verse."""

_ITEM = re.compile(r"( *)(?:(-)|(\d+)\.) ")
_NUMBER = re.compile("[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_NOTE = re.compile(rf"({_NUMBER.pattern})\s")


@dataclass(slots=True)
class BlockWriter:
    """Writes the blocks of one chapter; one for each, since footnotes are numbered in it."""

    pictures: Mapping[str, str]
    """Each picture's file in the book by its path as written."""
    scene_break: str
    """The story's style of scene breaks."""
    right_to_left: bool = False
    """Direction of the book."""
    _notes: set[str] = field(default_factory=set)
    _referred: set[str] = field(default_factory=set)
    _written: set[str] = field(default_factory=set)
    _texts: int = 0

    def write(self, text: str, *, top: int = 1) -> str:
        """Return some Markdown as XHTML.

        Args:
            text: The Markdown.
            top: Level of the heading above it; its own are below that.
        """
        runs = _without_outer_breaks(parse_markdown(text, _WHOLE))
        self._notes = {number for run in runs if (number := _note_number(run))}
        self._referred, self._written = set(), set()
        self._texts += 1
        return "\n".join(self._blocks(runs, top))

    def _blocks(self, runs: Iterable[TextRun], top: int) -> Iterable[str]:
        for kind, group in groupby(runs, key=_kind):
            members = list(group)
            if kind == "quote":
                inner = [(run, run.first.removeprefix(_QUOTE)) for run in members]
                yield "<blockquote>\n" + "\n".join(self._plain(inner, top)) + "\n</blockquote>"
            else:
                yield from self._plain([(run, run.first) for run in members], top)

    def _plain(self, runs: list[tuple[TextRun, str]], top: int) -> Iterable[str]:
        for is_list, group in groupby(runs, key=lambda each: bool(_ITEM.match(each[1]))):
            if is_list:
                yield self._list(list(group))
            else:
                yield from (self._block(run, first, top) for run, first in group)

    def _block(self, run: TextRun, first: str, top: int) -> str:
        match run.shape:
            case RunKind.SCENE:
                return self._scene()
            case RunKind.PICTURE:
                return self._picture(run)
            case RunKind.CODE:
                return f"<pre><code>{xml_text(run.content)}</code></pre>"
            case RunKind.HEADING:
                return self._heading(run, len(first.strip()), top)
        if first.startswith("#"):
            return self._heading(run, len(first.strip()), top)
        if (number := _note_number(run)) and number not in self._written:
            return self._footnote(run, number)
        lines = sum(piece.kind is PieceKind.LINE for piece in run.inline.pieces)
        name = "small" if first == _SMALL else "verse" if lines >= _VERSE_LINES else ""
        named = f' class="{name}"' if name else ""
        return f"<p{named}{self._direction(run)}>{self._inline(run)}</p>"

    def _heading(self, run: TextRun, level: int, top: int) -> str:
        tag = f"h{min(6, level + top)}"
        return f"<{tag}{self._direction(run)}>{self._inline(run)}</{tag}>"

    def _scene(self) -> str:
        sign = scene_break_text(self.scene_break)
        if sign is not None:
            return f'<p class="scene" role="separator">{xml_text(sign)}</p>'
        return f'<hr class="{"blank" if self.scene_break == BLANK else "scene"}"/>'

    def _picture(self, run: TextRun) -> str:
        file = self.pictures.get(run.path)
        alt = xml_text(run.content)
        if file is None:
            return f'<p class="small">{alt}</p>' if alt else ""
        return f'<figure><img src="{xml_text(file)}" alt="{alt}"/></figure>'

    def _footnote(self, run: TextRun, number: str) -> str:
        self._written.add(number)
        back = number
        if number in self._referred:
            back = f'<a href="#ref{self._id(number)}" role="doc-backlink">{number}</a>'
        rest = self._inline(run).removeprefix(number)
        return (
            f'<aside epub:type="footnote" role="doc-footnote" id="note{self._id(number)}"{self._direction(run)}>'
            f"<p>{back}{rest}</p></aside>"
        )

    def _list(self, items: list[tuple[TextRun, str]]) -> str:
        """Return items as lists, those that are indented more inside the item before them."""
        out: list[str] = []
        levels: list[tuple[int, str]] = []
        for run, first in items:
            found = _ITEM.match(first)
            assert found is not None
            indent, tag = len(found[1]), "ul" if found[2] else "ol"
            while levels and (indent < levels[-1][0] or (indent == levels[-1][0] and tag != levels[-1][1])):
                out.append(f"</li></{levels.pop()[1]}>")
            if levels and indent == levels[-1][0]:
                out.append("</li>\n")
            else:
                levels.append((indent, tag))
                start = f' start="{int(found[3])}"' if found[3] and int(found[3]) != 1 else ""
                out.append(f"<{tag}{start}>\n")
            out.append(f"<li{self._direction(run)}>{self._inline(run)}")
        out += [f"</li></{tag}>" for _, tag in reversed(levels)]
        return "".join(out)

    def _inline(self, run: TextRun) -> str:
        own = _note_number(run)
        return inline_xhtml(run.inline, xml_text if own else self._with_references)

    def _with_references(self, text: str) -> str:
        """Return plain text as XHTML in which the first sign of each footnote leads to it."""
        out, at = [], 0
        for found in _NUMBER.finditer(text):
            number = found[0]
            if number in self._notes and number not in self._referred:
                self._referred.add(number)
                own = self._id(number)
                link = f'<a epub:type="noteref" role="doc-noteref" href="#note{own}" id="ref{own}">'
                out += [xml_text(text[at : found.start()]), link, number, "</a>"]
                at = found.end()
        return "".join((*out, xml_text(text[at:])))

    def _id(self, number: str) -> str:
        """Return the end of a footnote's ids, of its own in the file; other texts in it have notes too."""
        return f"{self._texts}-{unicodedata.normalize('NFKC', number)}"

    def _direction(self, run: TextRun) -> str:
        """Return an attribute if the paragraph runs in another direction than the book."""
        strong = next((way for each in run.inline.shown if (way := _way(each))), None)
        if strong is None or (strong == "rtl") is self.right_to_left:
            return ""
        return f' dir="{strong}"'


def _way(character: str) -> str | None:
    kind = unicodedata.bidirectional(character)
    return "rtl" if kind in ("R", "AL") else "ltr" if kind == "L" else None


def _kind(run: TextRun) -> str:
    return "quote" if run.first.startswith(_QUOTE) else "plain"


def _note_number(run: TextRun) -> str | None:
    """Return the raised number of a footnote, which the conversion of manuscripts writes as `-# ¹ The note`."""
    found = _NOTE.match(run.content) if run.first == _SMALL else None
    return found[1] if found else None


def _without_outer_breaks(runs: list[TextRun]) -> list[TextRun]:
    """Return the runs without scene breaks before and after all others, which separate nothing."""
    first, end = 0, len(runs)
    while first < end and runs[first].shape is RunKind.SCENE:
        first += 1
    while end > first and runs[end - 1].shape is RunKind.SCENE:
        end -= 1
    return runs[first:end]
