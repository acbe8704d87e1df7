"""Footnotes of a page: which links refer to a note, which elements are the notes, and which links only lead back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from lxml import etree

from bot.content.source_formats.element_names import NOTE_TYPES, types_of

_NUMBER = re.compile(r"[\[(]?(?P<label>\d{1,4}|[ivxl]{1,6}|[a-z]|[*†‡§¶]{1,4})[\])]?\.?", re.IGNORECASE)
_BACK = re.compile(r"[\s\[(]*(?:[↩⤴↑^⮌↵⏎🔙\ufe0e\ufe0f]|back|return|go back|zurück)[\s\])]*", re.IGNORECASE)
_BLOCKS = frozenset(["p", "li", "div", "aside", "dd", "dt", "td", "section", "blockquote", "tr"])
_HOLDERS = frozenset(["div", "li", "aside", "dd"])
_UNSAFE = re.compile(r"[\[\]\s^\\*`_~|<>:]")
_COMMENT_TARGET = re.compile(r"cmnt(?:_ref)?\d+")
_NOTE_MOST = 20_000


@dataclass(slots=True)
class NoteLinks:
    """The footnotes of one page."""

    references: dict[etree._Element, str] = field(default_factory=dict)
    """Labels of the links that refer to notes."""
    notes: dict[etree._Element, str] = field(default_factory=dict)
    """Labels of the elements that are notes."""
    skipped: set[etree._Element] = field(default_factory=set)
    """Links that lead back to the text, and references to editors' comments."""
    comments: set[etree._Element] = field(default_factory=set)
    """Editors' comments."""


@dataclass(slots=True)
class NoteLabels:
    """Labels of notes, unique in a document or a book."""

    _given: dict[str, str] = field(default_factory=dict)
    _used: set[str] = field(default_factory=set)

    def label(self, target: str, shown: str) -> str:
        """Return the label of the note at `target`, by the number that a reference shows."""
        if target not in self._given:
            found = _NUMBER.fullmatch(shown.strip())
            base = found["label"] if found and found["label"].isalnum() else ""
            base = base or _UNSAFE.sub("", target.rpartition("#")[2])[:40] or "note"
            label, count = base, 1
            while label in self._used:
                count += 1
                label = f"{base}-{count}"
            self._used.add(label)
            self._given[target] = label
        return self._given[target]

    def known(self, target: str) -> str | None:
        """Return the label of a note that something has referred to."""
        return self._given.get(target)


def find_notes(root: etree._Element, labels: NoteLabels, place: Callable[[str], str]) -> NoteLinks:
    """Find the footnotes of a page.

    Args:
        root: The page.
        labels: Labels that are given already, by other files of the same book.
        place: Returns the absolute place of a link's `href`, such as `Text/notes.xhtml#n1`.
    """
    search = _NoteSearch(root, labels, place)
    for anchor in root.iter("a"):
        if "#" in anchor.get("href", ""):
            search.read(anchor)
    return search.links


class _NoteSearch:
    """Search of one page for its footnotes."""

    def __init__(self, root: etree._Element, labels: NoteLabels, place: Callable[[str], str]) -> None:
        self.links = NoteLinks()
        self._labels = labels
        self._place = place
        self._found: dict[str, etree._Element | None] = {}
        """Elements of notes, by their places."""
        self._order = {element: number for number, element in enumerate(root.iter(etree.Element))}
        self._targets = {
            place(f"#{name}"): element
            for element in self._order
            for name in (element.get("id"), element.get("name"))
            if name
        }
        for target, element in self._targets.items():
            if label := labels.known(target):
                _add_note(self.links, element, label)

    def read(self, anchor: etree._Element) -> None:
        """Read a link to a place in the book."""
        target = self._place(anchor.get("href", ""))
        shown = "".join(anchor.itertext()).strip()
        if _COMMENT_TARGET.fullmatch(target.rpartition("#")[2]):
            self._read_comment(anchor, target)
        elif _is_inside(anchor, self.links.notes):
            if _BACK.fullmatch(shown) or _NUMBER.fullmatch(shown) or "backlink" in " ".join(types_of(anchor)):
                self.links.skipped.add(anchor)
        elif _refers(anchor, shown):
            self._read_reference(anchor, target, shown)

    def _read_comment(self, anchor: etree._Element, target: str) -> None:
        self.links.skipped.add(anchor)
        if "_ref" in target:
            holder = _holder(anchor, self.links)
            self.links.comments.add(anchor if holder is None else holder)

    def _read_reference(self, anchor: etree._Element, target: str, shown: str) -> None:
        aim = self._targets.get(target)
        if aim is None:
            if known := self._labels.known(target):
                self.links.references[anchor] = known
        elif self._order[aim] > self._order[anchor] or aim in self.links.notes:
            if target not in self._found:
                self._found[target] = _add_note(self.links, aim, self._labels.label(target, shown), anchor)
            block = self._found[target]
            if block is not None:
                self.links.references[anchor] = self.links.notes[block]


def foreign_references(
    root: etree._Element, place: Callable[[str], str], here: str
) -> Iterable[tuple[str, str]]:
    """Yield the places of notes in other files that a page refers to, and the number shown for each."""
    for anchor in root.iter("a"):
        href = anchor.get("href", "")
        shown = "".join(anchor.itertext()).strip()
        if any(parent.tag == "nav" for parent in anchor.iterancestors()):
            continue
        if "#" in href and _refers(anchor, shown) and place(href).partition("#")[0] != here:
            if _leads_back(anchor):
                continue
            yield place(href), shown


def _leads_back(anchor: etree._Element) -> bool:
    """Return whether a link to another file begins a block that others may link to: the note, and not its mark."""
    if not {"noteref", "doc-noteref"}.isdisjoint(types_of(anchor)):
        return False
    inner, has_name = anchor, bool(anchor.get("id"))
    while inner.tag not in _BLOCKS:
        parent = inner.getparent()
        if parent is None or inner.getprevious() is not None or (parent.text or "").strip():
            return False
        inner = parent
        has_name = has_name or bool(inner.get("id"))
    return has_name


def _refers(anchor: etree._Element, shown: str) -> bool:
    """Return whether a link looks like a reference to a note."""
    types = types_of(anchor)
    if "noteref" in types or "doc-noteref" in types:
        return True
    if "backlink" in types or "doc-backlink" in types or not _NUMBER.fullmatch(shown):
        return False
    parent = anchor.getparent()
    raised = (parent is not None and parent.tag == "sup") or anchor.find(".//sup") is not None
    bracketed = shown[:1] in "[("
    named = re.search(
        r"note|ftn|\bfn|_ref|\bref\d|cite",
        f"{anchor.get('class', '')} {anchor.get('href', '')} {anchor.get('id', '')}",
    )
    return raised or bracketed or named is not None or not shown.isalnum()


def _add_note(
    links: NoteLinks,
    aim: etree._Element,
    label: str,
    anchor: etree._Element | None = None,
) -> etree._Element | None:
    """Record the note at a target; return its element, or None if the target is no note."""
    block = _holder(aim, links, anchor)
    if block is None:
        return None
    links.notes.setdefault(block, label)
    return block


def _holder(
    aim: etree._Element,
    links: NoteLinks,
    anchor: etree._Element | None = None,
) -> etree._Element | None:
    """Return the element that holds a whole note: the block around its target, or what holds nothing else."""
    block = aim
    while block.tag not in _BLOCKS:
        parent = block.getparent()
        if parent is None or block.tag in ("body", "html"):
            return None
        block = parent
    if not _is_short(block):
        return None
    if block in links.notes or not NOTE_TYPES.isdisjoint(types_of(block)):
        return block
    if anchor is not None and _is_inside(anchor, {block: ""}):
        return None
    for parent in block.iterancestors():
        if parent.tag not in _HOLDERS or parent.tag in ("body", "html"):
            break
        if parent.find("./hr") is not None or _others(parent, block) or not _is_short(parent):
            break
        if anchor is not None and _is_inside(anchor, {parent: ""}):
            break
        block = parent
    return block


def _others(parent: etree._Element, block: etree._Element) -> bool:
    """Return whether an element holds more than a note: another's target, or text before it."""
    first = next((child for child in parent if isinstance(child.tag, str)), None)
    if first is not block or (parent.text or "").strip():
        return True
    return any(
        element is not block
        and element.tag == "a"
        and element.get("id")
        and not _is_inside(element, {block: ""})
        for element in parent.iter("a")
    ) or any(child.get("id") for child in parent if child is not block)


def _is_inside(element: etree._Element, holders: dict[etree._Element, str]) -> bool:
    return bool(holders) and (
        element in holders or any(parent in holders for parent in element.iterancestors())
    )


def _is_short(element: etree._Element) -> bool:
    """Return whether an element is no longer than a note may be."""
    size = 0
    for text in element.itertext():
        size += len(text)
        if size > _NOTE_MOST:
            return False
    return True
