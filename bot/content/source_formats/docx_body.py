"""Paragraphs of a DOCX file: accepted suggestions, fields, notes and pictures where they stand."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from lxml import etree

from bot.content.source_formats.docx_elements import (
    ALTERNATIVES,
    continues_in_next,
    reading_of,
    rules_below,
    symbol_of,
    table_rows,
)
from bot.content.source_formats.docx_fields import DocxFields
from bot.content.source_formats.docx_lists import DocxLists
from bot.content.source_formats.docx_package import Relation
from bot.content.source_formats.docx_styles import DocxStyles
from bot.content.source_formats.inline_markdown import InlineRun
from bot.content.source_formats.office_paragraphs import (
    OfficeItem,
    OfficeParagraph,
    OfficeTable,
    ParagraphRole,
    flat_paragraphs,
    written_text,
)
from bot.content.source_formats.office_source import OfficeBody
from bot.content.source_formats.office_xml import attribute, child, children_of, local_name

_DROPPED = {
    "del",
    "moveFrom",
    "pPr",
    "rPr",
    "sectPr",
    "tblPr",
    "tblGrid",
    "trPr",
    "tcPr",
    "sdtPr",
    "sdtEndPr",
}
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "\u2011", "ptab": " "}
_LONGEST_IN_CONTENTS = 200


class DocxBody(OfficeBody):
    """Reader of the paragraphs of one part: the text, or the notes."""

    def __init__(
        self,
        styles: DocxStyles,
        numbering: DocxLists,
        relation: Callable[[str | None], Relation | None],
        note: Callable[[str, str], str | None],
        comment: Callable[[str], str | None],
    ) -> None:
        """Prepare for a part.

        Args:
            styles: Styles of the document.
            numbering: Its lists.
            relation: Returns what an id refers to.
            note: Returns the label of the note of a kind, such as `footnote`, with an id.
            comment: Returns the text of the comment with an id.
        """
        super().__init__()
        self._styles, self._numbering = styles, numbering
        self._relation, self._note, self._comment = relation, note, comment
        self._fields = DocxFields()
        self._before: list[InlineRun] = []
        """What belongs to the start of the next paragraph: a drop cap, a paragraph whose end was deleted."""
        self._section_ended = False
        self._in_contents = 0
        self._paragraph = OfficeParagraph()
        self._look: tuple[etree._Element | None, ParagraphRole] = (None, ParagraphRole.BODY)
        self._link: str | None = None
        self._hidden: list[str] = []
        self._after: list[OfficeItem] = []

    def _take_blocks(self, container: Iterable[etree._Element]) -> None:
        for element in container:
            name = local_name(element)
            if name == "p":
                self._take_paragraph(element)
            elif name == "tbl":
                self._take_table(element)
            elif name == "sdt":
                contents = "Table of Contents" in (
                    attribute(child(element, "sdtPr", "docPartObj", "docPartGallery"), "val") or ""
                )
                self._in_contents += contents
                self._take_blocks(children_of(element, "sdtContent"))
                self._in_contents -= contents
            elif name == "AlternateContent":
                self._take_blocks(children_of(element, *ALTERNATIVES))
            elif name not in _DROPPED:
                self._take_blocks(element)

    def _take_table(self, element: etree._Element) -> None:
        table = OfficeTable()
        for row in table_rows(element):
            table.rows.append(
                [[each for item in self.read(cell) for each in flat_paragraphs(item)] for cell in row]
            )
        if table.rows:
            self._items.append(table)

    def _take_paragraph(self, element: etree._Element) -> None:
        settings = child(element, "pPr")
        look = self._styles.paragraph(settings)
        outer = self._paragraph, self._look, self._hidden, self._after
        before, self._before = self._before, []
        self._paragraph = OfficeParagraph(
            before,
            look.role,
            look.level,
            look.centered,
            look.indent,
            look.indent_end,
            page_break=look.page_break or self._section_ended,
        )
        self._section_ended = False
        self._look, self._hidden, self._after = (settings, look.role), [], []
        if look.list_id is not None:
            self._number(look.list_id, look.list_level, has_text=next(element.iter("{*}t"), None) is not None)
        in_field = self._fields.in_contents
        self._take_runs(element)
        in_field = (in_field or self._fields.in_contents) and not self._leaves_contents(look.role)
        if self._in_contents or in_field:
            self._paragraph.role = ParagraphRole.CONTENTS
        self._fields.end_paragraph()
        paragraph = self._paragraph
        if continues_in_next(settings):
            self._before = paragraph.runs
        else:
            self._items.append(paragraph)
            self._items += rules_below(settings, paragraph)
        self._items += self._after
        if hidden := "".join(self._hidden).strip():
            self._items.append(OfficeParagraph([InlineRun(hidden)], ParagraphRole.HIDDEN))
        self._paragraph, self._look, self._hidden, self._after = outer
        section = child(settings, "sectPr")
        if section is not None and attribute(child(section, "type"), "val") not in (
            "continuous",
            "nextColumn",
        ):
            self._section_ended = True

    def _number(self, list_id: str, depth: int, *, has_text: bool) -> None:
        if not has_text:
            return
        mark = self._numbering.next_mark(list_id, depth)
        paragraph = self._paragraph
        named = any(char.isalpha() for char in mark.text) and len(mark.text) > 4
        if mark.is_speech:
            paragraph.runs.append(InlineRun("— "))
        elif paragraph.role in (ParagraphRole.HEADING, ParagraphRole.TITLE) or named:
            paragraph.runs += [InlineRun(f"{mark.text} ")] if mark.text else []
        else:
            paragraph.marker, paragraph.marker_level = mark.marker, depth

    def _leaves_contents(self, role: ParagraphRole) -> bool:
        """Leave a table of contents whose end is missing, and return whether this is no line of it."""
        is_text = len(self._paragraph.text) > _LONGEST_IN_CONTENTS
        if role not in (ParagraphRole.HEADING, ParagraphRole.TITLE) and not is_text:
            return False
        self._fields.leave_contents()
        return True

    def _take_runs(self, container: Iterable[etree._Element]) -> None:
        for element in container:
            name = local_name(element)
            if name == "r":
                self._take_run(element)
            elif name == "hyperlink":
                relation = self._relation(attribute(element, "id"))
                outer, self._link = self._link, relation.target if relation and relation.is_external else None
                self._take_runs(element)
                self._link = outer
            elif name == "fldSimple":
                self._fields.begin()
                self._fields.add(attribute(element, "instr") or "")
                self._fields.separate()
                self._take_runs(element)
                self._fields.end()
            elif name in ("oMath", "oMathPara"):
                self._add_text("".join(each.text or "" for each in element.iter("{*}t")), None)
            elif name == "sdt":
                self._take_runs(children_of(element, "sdtContent"))
            elif name == "AlternateContent":
                self._take_runs(children_of(element, *ALTERNATIVES))
            elif name not in _DROPPED:
                self._take_runs(element)

    def _take_run(self, run: etree._Element) -> None:
        settings = child(run, "rPr")
        for element in run:
            name = local_name(element)
            if name == "t":
                self._add_text(element.text or "", settings)
            elif name in _SIGNS:
                self._add_text(_SIGNS[name], settings)
            elif name == "br":
                self._add_break(attribute(element, "type"), settings)
            elif name == "sym":
                self._add_text(symbol_of(attribute(element, "char")), settings)
            elif name in ("drawing", "pict", "object"):
                self._take_drawing(element)
            elif name == "AlternateContent":
                self._take_run(next((each for each in element if local_name(each) in ALTERNATIVES), element))
            elif name == "ruby":
                self._take_runs(children_of(element, "rubyBase"))
                self._add_text(reading_of(element), settings)
            elif name.endswith("Reference"):
                self._take_reference(name.removesuffix("Reference"), attribute(element, "id") or "")
            else:
                self._take_field(name, element)

    def _take_reference(self, kind: str, key: str) -> None:
        """Take the mark of a footnote or endnote, or the text of a comment."""
        if kind in ("footnote", "endnote"):
            label = self._note(kind, key)
            if label and self._fields.is_shown:
                self._paragraph.runs.append(InlineRun(f"[^{label}]", is_markdown=True))
        elif kind == "comment" and (text := self._comment(key)):
            self._after.append(OfficeParagraph([InlineRun(text)], ParagraphRole.HIDDEN))

    def _take_field(self, name: str, element: etree._Element) -> None:
        if name == "instrText":
            self._fields.add(element.text or "")
        elif name == "fldChar":
            step = attribute(element, "fldCharType")
            if step == "begin":
                self._fields.begin()
            elif step == "separate":
                self._fields.separate()
            elif step == "end":
                self._fields.end()

    def _add_break(self, kind: str | None, settings: etree._Element | None) -> None:
        if kind != "page":
            self._add_text("\n" if kind != "column" else " ", settings)
            return
        paragraph = self._paragraph
        if not paragraph.is_empty:
            self._items.append(paragraph)
            self._paragraph = paragraph = replace(paragraph, runs=[], pictures=[], marker=None)
        paragraph.page_break = True

    def _add_text(self, text: str, settings: etree._Element | None) -> None:
        if not text or not self._fields.is_shown:
            return
        paragraph, role = self._look
        marks = self._styles.marks(paragraph, settings, role)
        if "hidden" in marks:
            self._hidden.append(text)
            return
        link = self._link or self._fields.link
        run = InlineRun(
            written_text(text, marks),
            bold="bold" in marks,
            italic="italic" in marks,
            underline="underline" in marks and link is None,
            strike="strike" in marks,
            link=link,
        )
        runs = self._paragraph.runs
        if runs and not runs[-1].is_markdown and replace(runs[-1], text="") == replace(run, text=""):
            runs[-1] = replace(run, text=runs[-1].text + run.text)
        else:
            runs.append(run)

    def _take_drawing(self, element: etree._Element) -> None:
        """Take the pictures, the rule and the text in a drawing."""
        shown = next((each for each in element.iter("{*}docPr")), None)
        alt = attribute(shown, "descr") or attribute(shown, "title") or ""
        for each in element.iter("{*}blip", "{*}imagedata", "{*}rect", "{*}txbxContent"):
            name = local_name(each)
            if name == "txbxContent":
                if not any(local_name(above) == "txbxContent" for above in each.iterancestors()):
                    self._after += self.read(each)
                continue
            if name == "rect":
                if attribute(each, "hr") in ("t", "true", "1"):
                    self._after.append(OfficeParagraph(role=ParagraphRole.RULE))
                continue
            key = attribute(each, "embed") or attribute(each, "link") or attribute(each, "id")
            relation = self._relation(key)
            if relation is not None:
                self._paragraph.pictures.append((relation.target, alt or attribute(each, "title") or ""))
