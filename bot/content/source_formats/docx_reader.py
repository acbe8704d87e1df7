"""Reading of DOCX files, as Word, Google Docs, LibreOffice and Pages write them.

lxml reads them, and not mammoth: that keeps neither page breaks, nor what styles inherit, nor fields and comments,
from which clean-up and splitting conclude.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from bot.content.source_formats.bounded_archive import BoundedArchive
from bot.content.source_formats.docx_body import DocxBody
from bot.content.source_formats.docx_elements import comment_texts
from bot.content.source_formats.docx_lists import DocxLists
from bot.content.source_formats.docx_package import DocxPackage, Relation, note_elements
from bot.content.source_formats.docx_styles import DocxStyles
from bot.content.source_formats.office_paragraphs import OfficeParagraph, OfficeText
from bot.content.source_formats.office_source import OfficeExtras, office_source
from bot.content.source_formats.read_source import ReadSource


def read_docx(path: Path) -> ReadSource:
    """Read a DOCX file.

    Raises:
        SourceRefused: it is damaged, protected or dangerous, or no DOCX file.
    """
    return read_docx_archive(BoundedArchive(path, path.name), path.name)


def read_docx_archive(archive: BoundedArchive, name: str) -> ReadSource:
    """Read a DOCX file that is opened already; `name` is its name in the source.

    Raises:
        SourceRefused: as in `read_docx`.
    """
    package = DocxPackage(archive)
    styles = DocxStyles(package.part("styles"))
    numbering = DocxLists(package.part("numbering"))
    notes = {kind: note_elements(package.part(f"{kind}s")) for kind in ("footnote", "endnote")}
    comments = comment_texts(note_elements(package.part("comments")))
    labels: dict[tuple[str, str], str] = {}

    def label(kind: str, key: str) -> str | None:
        if key not in notes[kind]:
            return None
        return labels.setdefault((kind, key), str(len(labels) + 1))

    body = DocxBody(styles, numbering, package.relation, label, comments.get)
    items = body.read(package.body)
    footnotes: dict[str, list[OfficeParagraph]] = {}
    for (kind, key), number in list(labels.items()):
        related: dict[str, Relation] = package.relation_of_part(f"{kind}s")
        reader = DocxBody(styles, numbering, partial(_related, related), lambda *_: None, comments.get)
        found = reader.read(notes[kind][key])
        footnotes[number] = [each for each in found if isinstance(each, OfficeParagraph)]
    text = OfficeText(items, footnotes, package.title, package.author, package.language)
    pictures = {each: archive.reader(each) for each in archive.names if _is_picture(each)}
    extras = OfficeExtras(package.has_macros, package.has_suggestions, package.has_page_text)
    return office_source(name, text, pictures, extras)


def _related(relations: dict[str, Relation], key: str | None) -> Relation | None:
    return relations.get(key or "")


def _is_picture(name: str) -> bool:
    return "/media/" in f"/{name}".lower() or name.lower().endswith(
        (".png", ".jpg", ".jpeg", ".gif", ".webp")
    )
