"""Conversion of HTML in a chapter: its marks and its structure."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from dataclasses import dataclass, field

from bot.domain.manuscript.html.html_emphasis import Event, find_marks, order_events, separator, strip_tags
from bot.domain.manuscript.html.html_footnotes import read_html_footnotes
from bot.domain.manuscript.html.html_hidden_elements import remove_declarations, remove_hidden_elements
from bot.domain.manuscript.html.html_line_ends import continuation_prefix, is_inside_one_line, skip_blanks
from bot.domain.manuscript.html.html_tags import BLOCKS, HEADINGS, Tag, find_tags
from bot.domain.manuscript.links.picture_links import WEB_PICTURE
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.manuscript.superscripts import to_subscript, to_superscript

_LEAVES = frozenset(("p", "li", "td", "th", "dt", "dd", "summary", "figcaption", "caption", *HEADINGS))
"""Elements in which a line end is a blank."""

_NEWLINE = re.compile(r"[ \t]*+\n[ \t]*+")
"""To be matched at the first blank: a search would try each of them."""

_NEXT_READING = re.compile(r"</rt>\s{0,20}<rt(?:\s[^<>]{0,80})?>", re.IGNORECASE)
"""Readings of the parts of one word."""

_BLANK_LINE = re.compile(r"\n[ \t]*+\n")
_MOST_SIGNS = 40
_NUMBER = re.compile(r"[0-9]{1,6}")


def read_html(draft: TrackedText) -> None:
    """Turn HTML's tags into Markdown, and remove what a browser would not show."""
    if "<" not in draft.text:
        return
    remove_declarations(draft)
    read_html_footnotes(draft)
    draft.replace(_NEXT_READING, lambda _: "")
    tags = find_tags(draft.text)
    if tags:
        _Reader(draft, tags).read()


@dataclass(slots=True)
class _Reader:
    """Single pass over the tags and line ends that makes an edit for each."""

    draft: TrackedText
    tags: list[Tag]
    edits: list[Edit] = field(default_factory=list)
    _done: int = 0
    _leaf: str | None = None
    _quotes: int = 0
    _lists: list[int | None] = field(default_factory=list)
    _fresh: bool = True
    _cells: int = 0
    _rows: int = 0
    _table: bool = False
    _ruby: bool = False
    _closed: tuple[int, str] = (-1, "")
    """The end of the last closing mark, with any tags right behind it; and that mark."""

    _pre_ends: list[int] = field(default_factory=list)

    def read(self) -> None:
        text = self.draft.text
        self.tags = list(remove_hidden_elements(self.draft, self.tags))
        self._pre_ends = [index for index, tag in enumerate(self.tags) if tag.closes and tag.name == "pre"]
        marks = order_events(find_marks(text, self.tags))
        for number, tag in enumerate(self.tags):
            self._until(tag.start, marks)
            if tag.start >= self._done:
                self._tag(number, tag)
            elif tag.end > self._done:
                self._done = tag.end
        self._until(len(text), marks)
        self.draft.rewrite(self.edits)

    def _until(self, end: int, marks: list[Event]) -> None:
        """Write the marks and line ends up to an offset."""
        text = self.draft.text
        while self._done <= end:
            at = text.find("\n", self._done, end) if self._leaf or self._quotes or self._table else -1
            newline = at >= 0
            at = at if newline else end
            while marks and marks[-1].at <= at:
                event = marks.pop()
                if event.at >= self._done:
                    self._seen(event.at)
                    self._mark(event)
            self._seen(at)
            if not newline:
                break
            self._newline(at)
        self._done = max(self._done, end)

    def _mark(self, event: Event) -> None:
        """Write a mark, separated from one that closes right before it."""
        between = (
            separator(self._closed[1], event.mark) if event.opens and self._closed[0] == event.at else ""
        )
        self.edits.append(Edit(event.at, event.at, between + event.mark))
        self._closed = (-1, "") if event.opens else (event.at, event.mark)

    def _seen(self, end: int) -> None:
        if self._fresh and self.draft.text[self._done : end].strip():
            self._fresh = False

    def _newline(self, at: int) -> None:
        """Write a line end inside an element: a blank in a single paragraph."""
        text = self.draft.text
        if _BLANK_LINE.match(text, at):
            self._leaf, self._fresh = None, True
        start, end = at, at + 1
        while start > self._done and text[start - 1] in " \t":
            start -= 1
        while end < len(text) and text[end] in " \t":
            end += 1
        between = "" if self._table else f"\n{self._prefix}"
        self.edits.append(Edit(start, end, between if self._leaf is None else " "))
        self._done = end

    def _tag(self, number: int, tag: Tag) -> None:
        """Write the Markdown of a tag."""
        start, end = tag.start, tag.end
        match tag.name:
            case "br":
                start, end, new = self._line_end(number, tag)
            case "sup" | "sub" if not tag.closes:
                end, new = self._small(number, tag)
            case "pre" if not tag.closes:
                end, new = self._code(number, tag)
            case "img" | "q" | "rt" | "ruby":
                new = self._inline(tag)
            case _:
                new = self._structure(tag)
        self.edits.append(Edit(start, end, new))
        self._done = max(self._done, end)
        self._closed = (end, self._closed[1]) if self._closed[0] == start and not new else (-1, "")

    def _inline(self, tag: Tag) -> str:
        """Return the Markdown of an inline element's tag."""
        match tag.name:
            case "img":
                return self._picture(tag)
            case "q":
                return "”" if tag.closes else "“"
            case "rt":
                new = "）" if tag.closes and self._ruby else "" if tag.closes else "（"
                self._ruby = not tag.closes
                return new
            case _ if tag.closes and self._ruby:
                # The end of a ruby element closes a reading whose own end was left out.
                self._ruby = False
                return "）"
        return ""

    def _structure(self, tag: Tag) -> str:
        """Return the Markdown of a structural element's tag; nothing for one without a meaning here."""
        match tag.name:
            case "hr":
                self._leaf, self._fresh = None, True
                return f"\n\n***\n\n{self._prefix}"
            case "li":
                return self._item(tag)
            case "ul" | "ol":
                return self._list(tag)
            case "tr" | "td" | "th" | "dt" | "dd":
                return self._cell(tag)
            case "blockquote":
                self._quotes = max(0, self._quotes + (-1 if tag.closes else 1))
                self._leaf = None
                return self._apart()
            case name if name in HEADINGS:
                self._leaf = None if tag.closes else name
                return self._apart() + ("" if tag.closes else HEADINGS[name])
            case name if name in BLOCKS:
                return self._block(tag)
        return ""

    @property
    def _prefix(self) -> str:
        return "> " if self._quotes else ""

    def _apart(self) -> str:
        self._fresh = True
        return f"\n{self._prefix}\n{self._prefix}" if self._quotes else "\n\n"

    def _block(self, tag: Tag) -> str:
        if tag.name == "table":
            self._rows, self._table = 0, not tag.closes
        if self._lists and tag.name == "p":
            return "" if self._fresh or tag.closes else f"\n{self._prefix}  "
        self._leaf = tag.name if tag.name in _LEAVES and not tag.closes else None
        return self._apart()

    def _line_end(self, number: int, tag: Tag) -> tuple[int, int, str]:
        """Write a `<br>`: several in a row separate paragraphs, one at a paragraph's edge is nothing."""
        text = self.draft.text
        last = number
        while (
            last + 1 < len(self.tags)
            and self.tags[last + 1].name == "br"
            and not text[self.tags[last].end : self.tags[last + 1].start].strip()
        ):
            last += 1
        start, end = tag.start, self.tags[last].end
        edited = self.edits[-1].end if self.edits else 0
        while start > edited and text[start - 1] in " \t\n":
            start -= 1
        if "\n" in text[start : tag.start].partition("\n")[2]:
            self._fresh = True
        newline = _NEWLINE.match(text, end)
        after = newline.end() if newline else skip_blanks(text, end)
        following = self.tags[last + 1] if last + 1 < len(self.tags) else None
        at_edge = (
            self._fresh
            or after == len(text)
            or text[after] == "\n"
            or (
                following is not None
                and following.start == after
                and following.name in BLOCKS | _LEAVES | {"hr"}
            )
        )
        if self._leaf in HEADINGS or self._leaf in ("td", "th") or is_inside_one_line(text, start, after):
            return start, after, " "
        alone = newline is not None and "\n" in text[start : tag.start]
        alone = alone and (text[start : tag.start].count("\n") > 1 or text[after : after + 1] == "\n")
        prefix = self._prefix or continuation_prefix(text, start)
        if last > number or (alone and self._leaf is None):
            self._fresh = True
            return start, after, f"\n{prefix.rstrip()}\n{prefix}" if prefix else "\n\n"
        return start, after, "" if at_edge else ("  \n" if ">" in prefix else "\\\n") + prefix

    def _picture(self, tag: Tag) -> str:
        path = tag.attributes.get("src", "").strip()
        if not path or re.match(r"(?:https?:|data:|//)", path, re.IGNORECASE):
            self.draft.remark(tag.start, *WEB_PICTURE)
            return ""
        alt = re.sub(r"[\[\]\\\n]", " ", html.unescape(tag.attributes.get("alt", "")))
        return f"![{alt}](<{path}>)" if re.search(r"[\s()]", path) else f"![{alt}]({path})"

    def _small(self, number: int, tag: Tag) -> tuple[int, str]:
        """Write superscripts and subscripts, if Unicode has all their characters."""
        closing = self.tags[number + 1] if number + 1 < len(self.tags) else None
        if closing is None or closing.name != tag.name or not closing.closes:
            return tag.end, ""
        inside = self.draft.text[tag.end : closing.start]
        signs = (to_superscript if tag.name == "sup" else to_subscript)(inside[:_MOST_SIGNS])
        return (tag.end, "") if signs is None or len(inside) > _MOST_SIGNS else (closing.end, signs)

    def _code(self, number: int, tag: Tag) -> tuple[int, str]:
        at = bisect_left(self._pre_ends, number)
        if at == len(self._pre_ends):
            return tag.end, "\n\n"
        closing = self.tags[self._pre_ends[at]]
        inside = html.unescape(strip_tags(self.draft.text[tag.end : closing.start])).strip("\n")
        self._leaf = None
        return closing.end, "\n\n" if "```" in inside or not inside else f"\n\n```\n{inside}\n```\n\n"

    def _list(self, tag: Tag) -> str:
        if tag.closes:
            if self._lists:
                self._lists.pop()
        else:
            first = tag.attributes.get("start", "1")
            count = int(first) - 1 if _NUMBER.fullmatch(first) else 0
            self._lists.append(count if tag.name == "ol" else None)
        self._leaf = None
        return "" if len(self._lists) > (not tag.closes) else self._apart()

    def _item(self, tag: Tag) -> str:
        if tag.closes:
            self._leaf = None
            return ""
        marker = "- "
        if self._lists and (count := self._lists[-1]) is not None:
            self._lists[-1] = count + 1
            marker = f"{count + 1}. "
        self._leaf, self._fresh = "li", True
        return f"\n{self._prefix}{'  ' * max(0, len(self._lists) - 1)}{marker}"

    def _cell(self, tag: Tag) -> str:
        """Write rows of a table as lines, and a term before its meaning."""
        if tag.closes:
            self._leaf = None
            return ""
        if tag.name in ("tr", "dt"):
            self._cells = 0
            self._rows += 1
            self._leaf = tag.name if tag.name == "dt" else None
            return f"\\\n{self._prefix}" if self._rows > 1 and tag.name == "tr" else self._apart()
        self._cells += 1
        self._leaf = tag.name
        if tag.name == "dd":
            return " — "
        return " · " if self._cells > 1 else ""
