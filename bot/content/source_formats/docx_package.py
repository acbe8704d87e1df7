"""Parts of a DOCX file beside its text: relations to pictures and links, footnotes, comments, properties."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass

from lxml import etree

from bot.content.source_formats.bounded_archive import BoundedArchive
from bot.content.source_formats.office_source import has_words
from bot.content.source_formats.office_xml import attribute, child, children, local_name, parse_part
from bot.content.source_formats.read_source import SourceRefused

_NOBODY = {
    *("", "user", "windows user", "microsoft office user", "admin", "administrator", "owner", "python-docx"),
    *("unknown", "un-named", "author", "utente", "benutzer", "usuario", "docx4j", "apache poi"),
}
_NO_TITLES = ("microsoft word", "document", "untitled", "word document", "dokument", "unbenannt", "draft")


@dataclass(frozen=True, slots=True)
class Relation:
    """Target of an id in the text."""

    target: str
    """Name in the archive, or address on the web."""
    is_external: bool


class DocxPackage:
    """An opened DOCX file."""

    def __init__(self, archive: BoundedArchive) -> None:
        """Find the text's part.

        Raises:
            SourceRefused: there is none.
        """
        self.archive = archive
        relations = _relations(archive, "")
        kinds = {kind: relation.target for kind, relation in relations.values()}
        self.main = kinds.get("officeDocument", "word/document.xml")
        root = parse_part(archive, self.main)
        body = child(root, "body")
        if body is None:
            mend = "Open it in its program and save it as .docx again."
            raise SourceRefused(f"{archive.name} is no Word document, or not a whole one", mend)
        self.body: etree._Element = body
        self._related = _relations(archive, self.main)
        self._core = parse_part(archive, kinds["core-properties"]) if "core-properties" in kinds else None

    @property
    def has_macros(self) -> bool:
        """Return whether programs are in the document."""
        return any(name.lower().endswith("vbaproject.bin") for name in self.archive.names)

    @property
    def has_suggestions(self) -> bool:
        """Return whether changes are suggested in the text, or recorded."""
        return next(self.body.iter("{*}ins", "{*}del", "{*}moveFrom"), None) is not None

    @property
    def has_page_text(self) -> bool:
        """Return whether its pages have headers or footers with words in them.

        Raises:
            SourceRefused: one is damaged.
        """
        targets = [each.target for kind, each in self._related.values() if kind in ("header", "footer")]
        return any(
            has_words("".join(element.text or "" for element in part.iter("{*}t")))
            for target in dict.fromkeys(targets)
            if (part := parse_part(self.archive, target)) is not None
        )

    def relation(self, key: str | None) -> Relation | None:
        """Return what an id refers to."""
        found = self._related.get(key or "")
        return found[1] if found else None

    def part(self, kind: str) -> etree._Element | None:
        """Return the root of a related part, such as `styles`.

        Raises:
            SourceRefused: it is damaged.
        """
        found = next((relation for each, relation in self._related.values() if each == kind), None)
        return parse_part(self.archive, found.target) if found else None

    def relation_of_part(self, kind: str) -> dict[str, Relation]:
        """Return the relations of a related part, such as those of the footnotes."""
        found = next((relation for each, relation in self._related.values() if each == kind), None)
        return (
            {key: each for key, (_, each) in _relations(self.archive, found.target).items()} if found else {}
        )

    @property
    def title(self) -> str | None:
        """Title by the properties, if somebody gave one."""
        title = self._property("title")
        return None if title.lower().startswith(_NO_TITLES) else title or None

    @property
    def author(self) -> str | None:
        """Author by the properties, if that is a person."""
        author = self._property("creator")
        return None if author.lower() in _NOBODY else author

    @property
    def language(self) -> str | None:
        """Language by the properties."""
        return self._property("language") or None

    def _property(self, name: str) -> str:
        found = child(self._core, name)
        return " ".join((found.text or "").split()) if found is not None else ""


def _relations(archive: BoundedArchive, part: str) -> dict[str, tuple[str, Relation]]:
    folder, _, file = part.rpartition("/")
    root = parse_part(archive, posixpath.join(folder, "_rels", f"{file}.rels"))
    found: dict[str, tuple[str, Relation]] = {}
    for each in children(root, "Relationship"):
        kind = (attribute(each, "Type") or "").rpartition("/")[2]
        target, key = attribute(each, "Target") or "", attribute(each, "Id") or ""
        external = (attribute(each, "TargetMode") or "").lower() == "external"
        if not external:
            target = (
                target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            )
        found[key] = kind, Relation(target, external)
    return found


def note_elements(root: etree._Element | None) -> dict[str, etree._Element]:
    """Return the footnotes, endnotes or comments of a part by their ids, without separators."""
    return {
        attribute(each, "id") or "": each
        for each in (root if root is not None else ())
        if local_name(each) in ("footnote", "endnote", "comment")
        and attribute(each, "type") in (None, "normal")
    }
