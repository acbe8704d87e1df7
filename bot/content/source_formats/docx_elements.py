"""Small elements of a DOCX file: symbols, readings above signs, comments, links between paragraphs."""

from __future__ import annotations

from lxml import etree

from bot.content.source_formats.office_xml import attribute, child, children


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
