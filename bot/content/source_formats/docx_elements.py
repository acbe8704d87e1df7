"""Small elements of a DOCX file: symbols, readings above signs, comments, links between paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from bot.content.source_formats.office_paragraphs import OfficeParagraph, ParagraphRole
from bot.content.source_formats.office_xml import attribute, child, children, local_name

ALTERNATIVES = ("Choice", "Fallback")
"""The same for newer and older programs; text boxes and pictures are in both."""


def continues_in_next(settings: etree._Element | None) -> bool:
    """Return whether a paragraph is the start of the next: a drop cap, or one whose end a suggestion deletes."""
    cap = attribute(child(settings, "framePr"), "dropCap")
    return cap not in (None, "none") or any(
        child(settings, "rPr", name) is not None for name in ("del", "moveFrom")
    )


def reading_of(ruby: etree._Element) -> str:
    """Return in brackets how the signs of a text are read, which stands above them."""
    reading = child(ruby, "rt")
    text = "".join(each.text or "" for each in reading.iter("{*}t")) if reading is not None else ""
    return f"({text})" if text else ""


def symbol_of(code: str | None) -> str:
    """Return the character of a symbol; those of picture fonts have no letters of their own."""
    try:
        char = chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""
    return "\u2022" if "\ue000" <= char <= "\uf8ff" else char


def comment_texts(notes: dict[str, etree._Element]) -> dict[str, str]:
    """Return the texts of comments by their ids, each with who made it."""
    found = {}
    for key, element in notes.items():
        text = " ".join(
            "".join(each.text or "" for each in paragraph.iter("{*}t"))
            for paragraph in children(element, "p")
        )
        found[key] = f"{attribute(element, 'author') or 'Comment'}: {' '.join(text.split())}"
    return found


def rules_below(settings: etree._Element | None, paragraph: OfficeParagraph) -> list[OfficeParagraph]:
    """Return the rule below a paragraph; an empty one with a border is a rule itself.

    Word makes a border of three hyphens.
    """
    border = child(settings, "pBdr")
    if border is None or child(border, "left") is not None or paragraph.role is not ParagraphRole.BODY:
        return []
    drawn = [each for each in border if attribute(each, "val") not in (None, "nil", "none")]
    if paragraph.is_empty and drawn:
        paragraph.role = ParagraphRole.RULE
    elif len(drawn) == 1 and local_name(drawn[0]) == "bottom":
        return [OfficeParagraph(role=ParagraphRole.RULE)]
    return []


def table_rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    """Yield the cells of each row of a table, without the rows that a suggestion deletes."""
    for row in table.iter("{*}tr"):
        if row.getparent() is not table and local_name(row.getparent()) != "sdtContent":
            continue
        cells = [
            cell
            for cell in row.iter("{*}tc")
            if cell.getparent() is row or local_name(cell.getparent()) == "sdtContent"
        ]
        if cells and child(row, "trPr", "del") is None:
            yield cells
