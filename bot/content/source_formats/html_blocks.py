"""Walk over a page's tree that makes blocks of it, without recursion, so that no nesting is too deep."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from lxml import etree

from bot.content.source_formats import element_names as names
from bot.content.source_formats.block_writer import BlockWriter
from bot.content.source_formats.inline_markdown import InlineRun
from bot.content.source_formats.note_links import NoteLinks
from bot.content.source_formats.note_numbers import without_number
from bot.content.source_formats.page_regions import PageRegions, Region, region_of_book
from bot.content.source_formats.page_styles import Appearance, StyleSheet
from bot.content.source_formats.paragraph_flow import ParagraphFlow, Picture, TextPlace
from bot.domain.manuscript.superscripts import to_subscript, to_superscript
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait, SourceBlock, SourceFootnote

_GOOGLE_HEADINGS = {"title": 1, "subtitle": 2, "msotitle": 1, "msosubtitle": 2}
_CHAPTER_SELECTS = frozenset(("chap_select", "chapter_select"))
_NUMBER = re.compile(r"\d{1,6}")


@dataclass(slots=True)
class _Frame:
    """An open element: what its text is like, and what is done at its end."""

    element: etree._Element
    place: TextPlace
    role: str = ""
    items: list[list[SourceBlock]] = field(default_factory=list)
    rows: list[list[list[SourceBlock]]] = field(default_factory=list)
    start: int = 0
    saved: list[InlineRun | Picture] = field(default_factory=list)
    label: str = ""
    line: int = 0
    """Number of the document's lines before it."""


@dataclass(slots=True)
class BlockWalk:
    """The walk over one page."""

    styles: StyleSheet
    notes: NoteLinks
    regions: PageRegions | None
    """None in a book's file, all of which is text."""
    pictures: Mapping[str, str] = field(default_factory=dict)
    """Keys of pictures by their `src`; others keep that."""
    writer: BlockWriter = field(default_factory=BlockWriter)
    flow: ParagraphFlow = field(init=False)
    footnotes: list[SourceFootnote] = field(default_factory=list)
    anchors: dict[str, int] = field(default_factory=dict)
    """Index of the block at which each `id` stands."""
    _frames: list[_Frame] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.flow = ParagraphFlow(self.writer)

    def walk(self, root: etree._Element) -> None:
        """Read a page."""
        outside = bool(self.regions and self.regions.content)
        place = TextPlace(is_outside=outside)
        walker = etree.iterwalk(root, events=("start", "end"))
        for event, element in walker:
            if not isinstance(element.tag, str):
                continue
            parent = self._frames[-1].place if self._frames else place
            if event == "start":
                if self._start(element, parent):
                    self.flow.add_text(element.text, self._frames[-1].place)
                else:
                    walker.skip_subtree()
            else:
                if self._frames and self._frames[-1].element is element:
                    self._end(self._frames.pop())
                place_after = self._frames[-1].place if self._frames else place
                if self._frames:
                    self.flow.add_text(element.tail, place_after)
        self.flow.flush(place)

    def _start(self, element: etree._Element, parent: TextPlace) -> bool:
        """Begin an element; return False if what is in it is not read."""
        tag = element.tag
        region = self.regions.region(element) if self.regions else region_of_book(element)
        if (
            region is Region.SKIPPED
            or tag in ("rp", "title", "script", "style")
            or element in self.notes.skipped
        ):
            return False
        if tag == "select":
            self._select(element, parent)
            return False
        if label := self.notes.references.get(element):
            self.flow.add(InlineRun(f"[^{label}]", is_markdown=True))
            return False
        if tag == "br":
            self.flow.break_line()
            return False
        if tag in ("img", "image"):
            self.flow.add_picture(self._picture(element), parent)
            return False
        look = self.styles.appearance(element)
        place = self._place(element, parent, look, region)
        if tag in names.BLOCKS or element in self.notes.notes:
            self.flow.flush(parent)
        for name in (element.get("id"), element.get("name") if tag == "a" else None):
            if name:
                self.anchors.setdefault(name, self.writer.count)
        if tag == "hr":
            self.writer.add_rule(place.region_traits)
            return False
        self.writer.begins_page = self.writer.begins_page or look.is_page_start
        frame = _Frame(element, place, line=len(self.writer.lines))
        self._frames.append(frame)
        self._open(frame, look, parent)
        return True

    def _open(self, frame: _Frame, look: Appearance, parent: TextPlace) -> None:
        """Begin what an element gathers until its end."""
        tag = frame.element.tag
        if label := self.notes.notes.get(frame.element):
            frame.role, frame.label = "note", label
            self.writer.open()
        elif frame.place.is_hidden and not parent.is_hidden:
            frame.role = "hidden"
            frame.saved, self.flow.runs = self.flow.runs, []
        elif tag in ("sup", "sub") or look.raised:
            frame.role = "sub" if "sub" in (tag, look.raised) else "sup"
            frame.start = len(self.flow.runs)
        elif tag == "blockquote":
            frame.role = "quote"
            self.writer.open()
        elif tag in ("ul", "ol", "li", "table", "td", "th"):
            frame.role = tag
            self.writer.open()
        elif tag == "pre" and frame.place.is_preformatted:
            frame.role = "code" if not frame.place.is_verse else ""
        elif tag == "rt":
            self.flow.add(replace(frame.place.style, text="（"))
        elif tag == "q":
            self.flow.add(replace(frame.place.style, text="“"))
        if frame.place.is_verse and tag in names.BLOCKS and not frame.role:
            frame.role, frame.start = "verse", len(self.writer.blocks)

    def _end(self, frame: _Frame) -> None:
        """End an element."""
        tag, place = frame.element.tag, frame.place
        if frame.role in ("sup", "sub"):
            self._raise(frame)
        elif tag in ("rt", "q"):
            self.flow.add(replace(place.style, text="）" if tag == "rt" else "”"))
        if frame.role == "code":
            self.flow.flush_code(place)
        elif frame.role == "hidden" or tag in names.BLOCKS or frame.role == "note":
            self.flow.flush(place, ends_paragraph=self._is_empty_paragraph(frame))
        self._close(frame)
        if tag == "tr" and (table := self._around("table")):
            table.rows.append([])

    def _is_empty_paragraph(self, frame: _Frame) -> bool:
        """Return whether an element shows as an empty line; a `<div>` without anything in it has no height."""
        is_line = frame.element.tag == "p" or (frame.element.tag == "div" and bool(self.flow.runs))
        return is_line and len(self.writer.lines) == frame.line

    def _close(self, frame: _Frame) -> None:
        """Make of what an element has gathered what it is."""
        match frame.role:
            case "hidden":
                self.flow.runs = frame.saved
            case "note":
                self._add_note(frame.label, self.writer.close())
            case "quote":
                self.writer.add_quote(self.writer.close())
            case "verse":
                self.flow.merge_verse(frame.start)
            case "li" | "td" | "th" | "ul" | "ol" | "table":
                self._end_part(frame)

    def _end_part(self, frame: _Frame) -> None:
        """End a list, a table, or a part of one."""
        inner = self.writer.close()
        if frame.role == "li":
            owner = self._frames[-1] if self._frames and self._frames[-1].role in ("ul", "ol") else None
            if owner:
                owner.items.append(inner)
            else:
                self.writer.blocks.extend(inner)
        elif frame.role in ("td", "th"):
            if table := self._around("table"):
                table.rows = table.rows or [[]]
                table.rows[-1].append(inner)
            else:
                self.writer.blocks.extend(inner)
        elif frame.role == "table":
            self.writer.blocks.extend(inner)
            self.writer.add_table(frame.rows)
        else:
            start = frame.element.get("start", "1")
            first = int(start) if _NUMBER.fullmatch(start) else 1
            self.writer.blocks.extend(inner)
            self.writer.add_list(frame.items, first if frame.role == "ol" else None)

    def _around(self, role: str) -> _Frame | None:
        return next((frame for frame in reversed(self._frames) if frame.role == role), None)

    def _add_note(self, label: str, blocks: list[SourceBlock]) -> None:
        kept = [block for block in blocks if block.kind is not BlockKind.SCENE_BREAK]
        if kept:
            self.footnotes.append(SourceFootnote(label, tuple(without_number(kept, label))))

    def _raise(self, frame: _Frame) -> None:
        """Write what is raised or lowered in small signs, if Unicode has them."""
        inside = self.flow.runs[frame.start :]
        if any(isinstance(run, Picture) or run.is_markdown for run in inside):
            return
        text = "".join(run.text for run in inside if isinstance(run, InlineRun))
        small = to_superscript(text) if frame.role == "sup" else to_subscript(text)
        if text and small:
            self.flow.runs[frame.start :] = [replace(frame.place.style, text=small)]

    def _place(
        self, element: etree._Element, parent: TextPlace, look: Appearance, region: Region | None
    ) -> TextPlace:
        """Return what the text of an element is like."""
        place = parent.within(element, look)
        match region:
            case Region.AUTHOR_NOTE:
                return replace(
                    place,
                    traits=(place.traits - {BlockTrait.NAVIGATION}) | {BlockTrait.AUTHOR_NOTE},
                    is_outside=False,
                )
            case Region.NAVIGATION:
                return replace(place, traits=place.traits | {BlockTrait.NAVIGATION})
            case Region.CONTENTS:
                return replace(place, traits=place.traits | {BlockTrait.CONTENTS_LINE})
            case Region.TITLE if not place.heading and BlockTrait.NAVIGATION not in place.traits:
                return replace(place, heading=2, is_outside=False)
        if element in self.notes.comments:
            return replace(place, traits=place.traits | {BlockTrait.NAVIGATION})
        if self.regions and element in self.regions.content:
            place = replace(place, is_outside=False)
        if element.tag in ("p", "div") and not place.heading:
            classes = element.get("class", "").lower().split()
            level = next((_GOOGLE_HEADINGS[each] for each in classes if each in _GOOGLE_HEADINGS), 0)
            level = level or (parent.group_level if element.tag == "p" else 0)
            place = replace(place, heading=level)
        return place

    def _picture(self, element: etree._Element) -> Picture | str | None:
        source = next(
            (
                value
                for name in ("src", "data-src", "href", "{http://www.w3.org/1999/xlink}href", "xlink:href")
                if (value := element.get(name, "").strip())
            ),
            "",
        )
        alt = re.sub(r"\s+", " ", element.get("alt", "")).strip()[:1000]
        if not {"emoji", "wp-smiley"}.isdisjoint(element.get("class", "").split()):
            return alt
        if not source or {element.get("width"), element.get("height")} & {"0", "1", "1px"}:
            return None
        return Picture(self.pictures.get(source, source), alt)

    def _select(self, element: etree._Element, parent: TextPlace) -> None:
        """Read the chapter's title where a site has it in its list of chapters only."""
        if element.get("id") not in _CHAPTER_SELECTS or any(
            block.kind is BlockKind.HEADING for block in self.writer.levels[0]
        ):
            return
        for option in element.iter("option"):
            if option.get("selected") is not None:
                self.flow.flush(parent)
                place = TextPlace(heading=2)
                self.flow.add_text(option.text, place)
                self.flow.flush(place)
