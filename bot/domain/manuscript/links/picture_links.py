"""Pictures, each of which stands by itself in Discord: marks and links around one end before it and go on behind it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.manuscript.html.html_emphasis import Mark, order_events
from bot.domain.manuscript.links.link_syntax import Link, find_links
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.pages.plain_text import visible
from bot.domain.pages.tokenizer import Scan

PicturePath = Callable[[str], str]
"""Returns the path, from the story's folder, of a picture by the path that the author wrote."""

WEB_PICTURE = (
    "a picture from the web cannot be shown",
    "Save it in the story’s images folder and write ![what it shows](images/name.png).",
)
"""Problem and mend."""

_WEB = re.compile(r"(?:https?:|data:|ftp:|blob:|//)", re.IGNORECASE)
_BARRED = re.compile(
    r"(?P<before>!\[[^\[\]\n|]{0,400}?)[ \t]*+\\?\|[ \t]*+\d{1,5}(?:[x×]\d{1,5})?[ \t]*+(?=\]\()",
    re.IGNORECASE,
)
_SIZE = re.compile(r"(?:\A|\\?\|)[ \t]*+\d{1,5}(?:[x×]\d{1,5})?[ \t]*+\Z", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\{:?[ \t]*+(?:[.#][\w-]|[\w-]++=)[^{}\n]{0,300}\}")
_INNER_LINK = re.compile(r"!?\[([^\[\]\n]{0,400})\]\([^()\s]{0,1000}\)")
_PARAGRAPH = re.compile(r"\n[ \t>]*+\n")
_LINE_MARKS = re.compile(r"[ \t>]*+(?P<mark>(?:#{1,6}|-#)[ \t]++)?(?:(?:[-*+]|\d{1,9}[.)])(?:[ \t]++|\Z))?")
_MARKED = re.compile(r"[*_~|]")
_SORTS = frozenset(("em", "strong", "underline", "strike", "spoiler"))
_BETWEEN = frozenset("|·•/–—-,&+~ \t\\")
_MASK = "\ufffc"
_WHOLE = 1 << 30
_MOST_ALT = 1000
_NEAR = 12
"""Characters between a picture and the sign between two cells: blanks, and marks that were around the picture."""


@dataclass(frozen=True, slots=True)
class _Placed:
    """A picture at `text[start:end]`, and its Markdown; none if it cannot be shown."""

    start: int
    end: int
    new: str


@dataclass(frozen=True, slots=True)
class _Around:
    """A mark or link around pictures."""

    start: int
    inner_start: int
    inner_end: int
    end: int


def read_picture_sizes(draft: TrackedText) -> None:
    """Remove the width behind a bar in a picture's description, which a table would take for a cell."""
    if "![" in draft.text and "|" in draft.text:
        draft.replace(_BARRED, lambda found: found["before"])


def read_pictures(draft: TrackedText, picture_path: PicturePath) -> None:
    """Write each picture by itself in the plain form, and leave out those from the web."""
    text = draft.text
    if "![" not in text or not (links := find_links(text)):
        return
    pictures = [link for link in links if link.picture]
    placed: list[_Placed] = []
    for picture in sorted(pictures, key=lambda link: link.start):
        if not placed or picture.start >= placed[-1].end:
            placed.append(_place(draft, picture, picture_path))
    starts = [picture.start for picture in placed]
    around = [
        link
        for link in sorted((link for link in links if not link.picture), key=lambda link: link.start)
        if (at := bisect_left(starts, link.start)) < len(starts) and starts[at] < link.label_end
    ]
    edits: list[Edit] = []
    done = 0
    for start, end, group in _paragraphs(text, placed):
        first = done
        while done < len(around) and around[done].start < end:
            done += 1
        edits += _Paragraph(text, start, end, group).edits(around[first:done])
    draft.rewrite(edits)


def _place(draft: TrackedText, picture: Link, picture_path: PicturePath) -> _Placed:
    text = draft.text
    attributes = _ATTRIBUTES.match(text, picture.end)
    end = picture.end if attributes is None else attributes.end()
    if not picture.target or _WEB.match(picture.target):
        draft.remark(picture.start, *WEB_PICTURE)
        start = picture.start
        if text[start - 1 : start] in ("", " ", "\n") and text[end : end + 1] == " ":
            end += 1
        elif text[end : end + 1] in ("", "\n", "*", "_", "~", "|"):
            start = len(text[max(0, start - _NEAR) : start].rstrip(" ")) + max(0, start - _NEAR)
        return _Placed(start, end, "")
    path = picture_path(picture.target)
    if re.search(r"[\s()\"<>]", path):
        path = f"<{path.replace('<', '%3C').replace('>', '%3E')}>"
    return _Placed(picture.start, end, f"![{_alt(text[picture.label_start : picture.label_end])}]({path})")


def _alt(label: str) -> str:
    """Return the description of a picture without marks and its width, its brackets escaped."""
    label = _SIZE.sub("", label)
    if len(label) > _MOST_ALT:
        label = label[:_MOST_ALT].rstrip("\\")
    if not re.search(r"[\\*_~|`\[\]\n]", label):
        return label.strip()
    flat = " ".join(_INNER_LINK.sub(r"\1", label).split())
    # A word in front keeps a description such as “# 3” from being read as a heading.
    shown = visible(f"x {flat}").removeprefix("x").strip().replace("`", "'")
    return re.sub(r"[\\\[\]]", r"\\\g<0>", shown)


def _paragraphs(text: str, placed: Sequence[_Placed]) -> Iterator[tuple[int, int, list[_Placed]]]:
    """Yield the paragraphs with pictures: their start, their end and the pictures in them."""
    at = 0
    while at < len(placed):
        ending = _PARAGRAPH.search(text, placed[at].end)
        end = ending.start() if ending is not None else len(text)
        last = at
        while last < len(placed) and placed[last].start < end:
            last += 1
        start = 0
        for found in _PARAGRAPH.finditer(text, placed[at - 1].end if at else 0, placed[at].start):
            start = found.end() - 1
        yield start, end, list(placed[at:last])
        at = last


@dataclass(slots=True)
class _Paragraph:
    """A paragraph with pictures."""

    text: str
    start: int
    end: int
    pictures: Sequence[_Placed]
    _bare: list[str] = field(default_factory=list)
    """The paragraph with blanks for its pictures and for the marks that are taken away."""

    _edits: list[Edit] = field(default_factory=list)

    def edits(self, wrappers: Sequence[Link]) -> list[Edit]:
        """Return the edits for the paragraph. `wrappers` are the links around pictures."""
        masked = list(self.text[self.start : self.end])
        self._bare = masked.copy()
        for picture in self.pictures:
            first, last = picture.start - self.start, picture.end - self.start
            masked[first:last] = _MASK * (last - first)
            self._bare[first:last] = " " * (last - first)
        for link in wrappers:
            first, last = link.label_end - self.start, link.end - self.start
            masked[first:last] = _MASK * (last - first)
        around = [_Around(link.start, link.label_start, link.label_end, link.end) for link in wrappers]
        around += self._marks("".join(masked))
        starts = [picture.start for picture in self.pictures]
        opened: list[_Around] = []
        for one in sorted(around, key=lambda one: one.end - one.start):
            inside = self.pictures[bisect_left(starts, one.inner_start) : bisect_left(starts, one.inner_end)]
            if inside and self._opens(one, inside):
                opened.append(one)
        lines = self._lines()
        events = order_events([mark for one in opened for mark in self._split(one, starts)])
        self._edits += [Edit(event.at, event.at, event.mark) for event in reversed(events)]
        self._edits += [Edit(picture.start, picture.end, picture.new) for picture in self.pictures]
        return _without_covered(self._edits, lines)

    def _marks(self, content: str) -> Iterator[_Around]:
        if not _MARKED.search(content):
            return
        for span in Scan.of(content, _WHOLE).spans:
            if span.sort in _SORTS:
                at = self.start
                yield _Around(at + span.start, at + span.inner_start, at + span.inner_end, at + span.end)

    def _blank(self, start: int, end: int) -> None:
        self._bare[start - self.start : end - self.start] = " " * (end - start)

    def _is_blank(self, start: int, end: int) -> bool:
        return not "".join(self._bare[start - self.start : end - self.start]).strip()

    def _opens(self, one: _Around, inside: Sequence[_Placed]) -> bool:
        """Take away a mark around pictures; return whether it has to be written anew around the text between them."""
        shown = any(picture.new for picture in inside)
        if not shown and not self._is_blank(one.inner_start, one.inner_end):
            return False
        for start, end in ((one.start, one.inner_start), (one.inner_end, one.end)):
            if end == one.end and not shown and self.text[one.start - 1 : one.start] in ("", " ", "\n"):
                end += self.text[end : end + 1] == " " and end < self.end
            self._blank(start, end)
            self._edits.append(Edit(start, end, ""))
        return shown

    def _split(self, one: _Around, starts: Sequence[int]) -> Iterator[Mark]:
        """Yield the mark around each stretch of text between the pictures."""
        opening, closing = self.text[one.start : one.inner_start], self.text[one.inner_end : one.end]
        at = one.inner_start
        first, last = bisect_left(starts, one.inner_start), bisect_left(starts, one.inner_end)
        borders = [(picture.start, picture.end) for picture in self.pictures[first:last] if picture.new]
        for start, end in (*borders, (one.inner_end, one.inner_end)):
            between = "".join(self._bare[at - self.start : start - self.start])
            if stripped := between.strip():
                begin = at + len(between) - len(between.lstrip())
                # Wider marks contain narrower ones: their depth is their place from outside.
                yield Mark(begin, begin + len(stripped), opening, closing, one.start - one.end)
            at = end

    def _lines(self) -> list[Edit]:
        """Return edits of whole stretches: lines that are empty without their pictures, and signs between pictures."""
        found: list[Edit] = []
        at = 0
        while at < len(self.pictures):
            start = self.text.rfind("\n", self.start, self.pictures[at].start) + 1 or self.start
            end = self.text.find("\n", self.pictures[at].end, self.end)
            end = self.end if end < 0 else end
            last = at
            while last < len(self.pictures) and self.pictures[last].start < end:
                last += 1
            found += self._line(start, end, self.pictures[at:last])
            at = last
        return found

    def _line(self, start: int, end: int, pictures: Sequence[_Placed]) -> Iterator[Edit]:
        bare = "".join(self._bare[start - self.start : end - self.start])
        marks = _LINE_MARKS.match(bare)
        content = bare[marks.end() if marks is not None else 0 :].strip(" \t\\")
        if not content and not any(picture.new for picture in pictures):
            yield Edit(start, min(end + 1, len(self.text)), "")
            return
        if not content and marks is not None and marks["mark"]:
            heading = _LINE_MARKS.match(self.text, start, end)
            assert heading is not None
            yield Edit(heading.start("mark"), heading.end("mark"), "")
        if content and len(pictures) > 1 and _BETWEEN.issuperset(content):
            for found in re.finditer(r"[^\s\\]++", bare):
                if marks is None or found.start() >= marks.end():
                    yield self._cut(start + found.start(), start + found.end())
            return
        done = start
        for picture in pictures:
            if not picture.new:
                continue
            for at in (self._cell_border(picture.start - 1, -1), self._cell_border(picture.end, 1)):
                if at is not None and done <= at < end:
                    done = at + 1
                    yield self._cut(at, done)

    def _cut(self, start: int, end: int) -> Edit:
        self._blank(start, end)
        return Edit(start, end, "")

    def _cell_border(self, at: int, step: int) -> int | None:
        """Return the offset of the sign near a picture that separated two cells of a table."""
        for offset in range(at - self.start, at - self.start + _NEAR * step, step):
            if not 0 <= offset < len(self._bare) or self._bare[offset] not in " \t":
                return self.start + offset if self._bare[offset : offset + 1] == ["·"] else None
        return None


def _without_covered(edits: list[Edit], lines: list[Edit]) -> list[Edit]:
    """Return all edits in order, without those inside a line that goes."""
    whole = sorted(edit for edit in lines)
    starts = [edit.start for edit in whole]

    def is_covered(edit: Edit) -> bool:
        at = bisect_right(starts, edit.start) - 1
        return at >= 0 and edit.end <= whole[at].end and edit.start < whole[at].end

    return sorted(
        [*(edit for edit in edits if not is_covered(edit)), *whole], key=lambda edit: (edit.start, edit.end)
    )
