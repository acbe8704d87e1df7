"""Paragraphs of an ODT file: with spans, notes, lists, tables and pictures where they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import unquote

from lxml import etree

from bot.content.source_formats.inline_markdown import InlineRun
from bot.content.source_formats.odt_styles import OdtStyles, list_format
from bot.content.source_formats.office_paragraphs import (
    OfficeItem,
    OfficeParagraph,
    OfficeTable,
    ParagraphRole,
    flat_paragraphs,
    written_text,
)
from bot.content.source_formats.office_source import OfficeBody
from bot.content.source_formats.office_xml import attribute, child, children, children_of, local_name

_DROPPED = {
    *(
        "tracked-changes",
        "sequence-decls",
        "forms",
        "variable-decls",
        "user-field-decls",
        "index-title-template",
    ),
    *("page-number", "page-count", "bookmark-start", "bookmark-end", "soft-page-break", "note-citation"),
    *("table-of-content-source", "alphabetical-index-source", "number", "meta", "script"),
}
_INDEXES = {"table-of-content", "illustration-index", "table-index", "alphabetical-index", "user-index"}
_DASHES = ("-", "–", "—", "―")
_MOST_BLANKS = 1000
_MOST_REPEATED = 50


class OdtBody(OfficeBody):
    """Reader of an element with paragraphs."""

    def __init__(self, styles: OdtStyles) -> None:
        super().__init__()
        self._styles = styles
        self.footnotes: dict[str, list[OfficeParagraph]] = {}
        """By label, as they are found."""
        self._after: list[OfficeItem] = []
        self._paragraph = OfficeParagraph()
        self._marks: dict[str, bool] = {}
        self._link: str | None = None
        self._role: ParagraphRole | None = None
        self._page_break = False
        self._lists: list[tuple[str | None, str]] = []
        self._counts: defaultdict[str, int] = defaultdict(int)
        self._is_item = False
        """Set until the first paragraph of an item in a list has its mark."""
        self._bare = True
        """Set while blanks at the place mean nothing: at a paragraph's start and after another blank."""

    def _take_blocks(self, container: Iterable[etree._Element]) -> None:
        for element in container:
            name = local_name(element)
            if name in ("p", "h"):
                self._take_paragraph(element, name)
            elif name == "list":
                self._take_list(element)
            elif name in ("table", "table-header-rows", "table-rows"):
                self._take_table(element)
            elif name in _INDEXES:
                outer, self._role = self._role, ParagraphRole.CONTENTS
                self._take_blocks(children_of(element, "index-body"))
                self._role = outer
            elif name == "section" and (
                attribute(element, "display") == "none"
                or self._styles.is_hidden_section(attribute(element, "style-name"))
            ):
                outer, self._role = self._role, ParagraphRole.HIDDEN
                self._take_blocks(element)
                self._role = outer
            elif name == "frame":
                self._take_frame(element)
                self._items += self._after
                self._after = []
            elif name not in _DROPPED:
                self._take_blocks(element)

    def _take_paragraph(self, element: etree._Element, name: str) -> None:
        style = attribute(element, "style-name")
        role, level = self._styles.role(style)
        if name == "h":
            told = attribute(element, "outline-level") or "1"
            level = min(int(told), 10) if told.isdecimal() and len(told) < 4 and told != "0" else 1
            role = ParagraphRole.HEADING if role is not ParagraphRole.TITLE else role
        role = self._role or role
        before, after = self._styles.breaks_page(style)
        indents = self._styles.indents(style)
        outer = self._paragraph, self._marks, self._after, self._bare
        self._paragraph = OfficeParagraph(
            [], role, level, self._styles.is_centered(style), *indents, page_break=before or self._page_break
        )
        self._page_break = after
        marks = self._styles.marks("paragraph", style)
        if role in (ParagraphRole.QUOTE, ParagraphRole.VERSE, ParagraphRole.HEADING, ParagraphRole.TITLE):
            marks = {mark: on for mark, on in marks.items() if mark == "hidden"}
        self._marks, self._after, self._bare = marks, [], True
        if self._lists and role is ParagraphRole.BODY:
            self._number()
        self._take_text(element)
        paragraph = self._paragraph
        if paragraph.is_empty and self._styles.has_rule(style):
            paragraph.role = ParagraphRole.RULE
        self._items += [paragraph, *self._after]
        self._paragraph, self._marks, self._after, self._bare = outer

    def _take_text(self, element: etree._Element) -> None:
        self._add_text(element.text or "")
        for each in element:
            self._take_inline(each)
            self._add_text(each.tail or "")

    def _take_inline(self, element: etree._Element) -> None:
        name = local_name(element)
        if name == "span":
            outer = self._marks
            self._marks = {**outer, **self._styles.marks("text", attribute(element, "style-name"))}
            self._take_text(element)
            self._marks = outer
        elif name == "a":
            outer_link, self._link = self._link, attribute(element, "href")
            self._take_text(element)
            self._link = outer_link
        elif name == "s":
            count = attribute(element, "c") or "1"
            self._add_run(" " * min(int(count) if count.isdecimal() and len(count) < 7 else 1, _MOST_BLANKS))
        elif name in ("tab", "line-break"):
            self._add_run("\t" if name == "tab" else "\n")
            self._bare = True
        elif name == "note":
            self._take_note(element)
        elif name == "annotation":
            self._take_comment(element)
        elif name == "frame":
            self._take_frame(element)
        elif name not in _DROPPED:
            self._take_rare(element, name)

    def _take_rare(self, element: etree._Element, name: str) -> None:
        if name == "ruby":
            for each in children(element, "ruby-base"):
                self._take_text(each)
            reading = "".join(children_text(element, "ruby-text"))
            self._add_run(f"({reading})" if reading else "")
        elif name in ("hidden-text", "hidden-paragraph"):
            text = attribute(element, "string-value") or "".join(str(each) for each in element.itertext())
            self._after += [OfficeParagraph([InlineRun(text)], ParagraphRole.HIDDEN)] if text.strip() else []
        else:
            self._take_text(element)

    def _add_text(self, text: str) -> None:
        """Add text of the file, in which several blanks are one."""
        if not text:
            return
        words = " ".join(text.split())
        if text[0].isspace() and not self._bare:
            words = " " + words
        if words.strip() and text[-1].isspace():
            words += " "
        if words:
            self._bare = words[-1] == " "
            self._add_run(words)

    def _add_run(self, text: str) -> None:
        if not text:
            return
        marks = self._marks
        if marks.get("hidden"):
            last = self._after[-1] if self._after else None
            if isinstance(last, OfficeParagraph) and last.role is ParagraphRole.HIDDEN:
                last.runs.append(InlineRun(text))
            else:
                self._after.append(OfficeParagraph([InlineRun(text)], ParagraphRole.HIDDEN))
            return
        run = InlineRun(
            written_text(text, {mark for mark, is_on in marks.items() if is_on}),
            bold=marks.get("bold", False),
            italic=marks.get("italic", False),
            underline=marks.get("underline", False) and self._link is None,
            strike=marks.get("strike", False),
            link=self._link,
        )
        runs = self._paragraph.runs
        if runs and not runs[-1].is_markdown and replace(runs[-1], text="") == replace(run, text=""):
            runs[-1] = replace(run, text=runs[-1].text + run.text)
        else:
            runs.append(run)

    def _take_note(self, element: etree._Element) -> None:
        label = str(len(self.footnotes) + 1)
        self.footnotes[label] = []
        self._paragraph.runs.append(InlineRun(f"[^{label}]", is_markdown=True))
        body = child(element, "note-body")
        outer = self._lists, self._role, self._link
        self._lists, self._role, self._link = [], None, None
        found = self.read(body) if body is not None else []
        self._lists, self._role, self._link = outer
        self.footnotes[label] = [each for each in found if isinstance(each, OfficeParagraph)]

    def _take_comment(self, element: etree._Element) -> None:
        author = "".join(str(each) for each in children_text(element, "creator")) or "Comment"
        text = " ".join(" ".join(str(each) for each in p.itertext()) for p in element.iter("{*}p"))
        shown = f"{author}: {' '.join(text.split())}"
        self._after.append(OfficeParagraph([InlineRun(shown)], ParagraphRole.HIDDEN))

    def _take_list(self, element: etree._Element) -> None:
        style = attribute(element, "style-name") or (self._lists[-1][0] if self._lists else None)
        key = attribute(element, "id") or str(id(element))
        if attribute(element, "continue-numbering") != "true" and not attribute(element, "continue-list"):
            self._counts.pop(f"{style}{len(self._lists)}", None)
        self._lists.append((style, key))
        for item in element:
            if local_name(item) not in ("list-item", "list-header"):
                continue
            self._is_item = local_name(item) == "list-item"
            self._take_blocks(item)
        self._lists.pop()

    def _number(self) -> None:
        depth = len(self._lists) - 1
        style = self._lists[-1][0]
        form, bullet, start = list_format(self._styles.lists.get(style or ""), depth)
        paragraph = self._paragraph
        if not self._is_item:
            return
        self._is_item = False
        if bullet in _DASHES:
            self._add_run("— ")
            return
        key = f"{style}{depth}"
        self._counts[key] = self._counts[key] + 1 if key in self._counts else start
        paragraph.marker = f"{self._counts[key]}." if form else "-"
        paragraph.marker_level = depth

    def _take_table(self, element: etree._Element) -> None:
        table = OfficeTable()
        for row in element.iter("{*}table-row"):
            owner = next((each for each in row.iterancestors() if local_name(each) == "table"), None)
            if owner is not element:
                continue
            cells = [
                [each for item in self.read(cell) for each in flat_paragraphs(item)]
                for cell in children(row, "table-cell")
            ]
            if cells:
                table.rows.append(cells)
        if table.rows:
            self._items.append(table)

    def _take_frame(self, element: etree._Element) -> None:
        """Take the picture or the text in a frame."""
        alt = "".join(children_text(element, "desc")) or "".join(children_text(element, "title"))
        for each in element:
            name = local_name(each)
            if name == "image":
                key = unquote(attribute(each, "href") or "")
                if key:
                    self._paragraph.pictures.append((key.removeprefix("./"), alt))
                    return
            if name == "text-box":
                self._after += self.read(each)


def children_text(element: etree._Element, name: str) -> list[str]:
    """Return the texts of the children of that name."""
    return ["".join(str(text) for text in each.itertext()) for each in children(element, name)]
