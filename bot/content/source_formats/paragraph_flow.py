"""Flow of text in a page: runs are gathered until a block ends, and then become blocks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from bot.content.source_formats import element_names as names
from bot.content.source_formats.block_writer import BlockWriter
from bot.content.source_formats.inline_markdown import InlineRun, has_throughout, write_inline
from bot.content.source_formats.line_arrangement import LineRole, arrange
from bot.content.source_formats.markdown_escaping import escape_text
from bot.content.source_formats.page_styles import Appearance
from bot.domain.manuscript.scene_breaks.scene_break_classifier import Confidence, classify_scene_break
from bot.domain.manuscript_import.source_document import BlockKind, BlockTrait
from bot.domain.pages.text_length import is_blank

_BLANKS = re.compile(r"[ \t\r\n\f]+")
_INDENT_LEAST = 1.5
_INDENT_CLASS = re.compile(r"(?:i|indent-?|in)(\d{1,2})")
_LEVEL = "\u2003"
_LABEL_MOST = 60
_DEEPEST = 12


_PLAIN = InlineRun("")


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture within text."""

    key: str
    alt: str

    @property
    def markdown(self) -> str:
        target = f"<{self.key}>" if re.search(r"[\s()]", self.key) else self.key
        return f"![{escape_text(self.alt.replace('[', '(').replace(']', ')'))}]({target})"


@dataclass(frozen=True, slots=True)
class TextPlace:
    """Appearance of text at a place of the page, and the part that it is in."""

    style: InlineRun = _PLAIN
    traits: frozenset[BlockTrait] = frozenset()
    heading: int = 0
    group_level: int = 0
    """Level of the headings that an element groups with their subtitles."""
    is_outside: bool = False
    """Set outside of the element that holds a web page's text."""
    is_hidden: bool = False
    is_preformatted: bool = False
    is_verse: bool = False
    line_indent: int = 0
    """Levels by which lines of verse are indented."""

    @property
    def region_traits(self) -> frozenset[BlockTrait]:
        """The traits of the part of the page."""
        regions = self.traits - {BlockTrait.CENTERED, BlockTrait.INDENTED}
        if self.is_outside and BlockTrait.AUTHOR_NOTE not in regions and self.heading != 1:
            regions |= {BlockTrait.NAVIGATION}
        return regions | {BlockTrait.HIDDEN} if self.is_hidden else regions

    def within(self, element: etree._Element, look: Appearance) -> TextPlace:
        """Return what text is like in an element at this place, by its tag and appearance."""
        tag, style = str(element.tag), self.style
        href = element.get("href") if tag == "a" else None
        style = InlineRun(
            "",
            bold=look.bold if look.bold is not None else style.bold or tag in names.BOLD,
            italic=look.italic if look.italic is not None else style.italic or tag in names.ITALIC,
            underline=tag != "a" and not style.link and (look.underline or style.underline or tag == "u"),
            strike=look.strike or style.strike or tag in names.STRIKE,
            code=style.code or tag in names.CODE,
            link=href or style.link,
        )
        traits = self.traits
        if look.centered is not None or tag == "center":
            centered = tag == "center" or bool(look.centered)
            traits = traits | {BlockTrait.CENTERED} if centered else traits - {BlockTrait.CENTERED}
        if tag in ("p", "div", "dd") and (look.indent >= _INDENT_LEAST or tag == "dd"):
            traits |= {BlockTrait.INDENTED}
        level = names.HEADINGS.get(tag, 0)
        if element.get("role") == "heading":
            wanted = element.get("aria-level", "2")
            level = int(wanted) if wanted in frozenset("123456") else 2
        is_verse = self.is_verse or names.is_verse(element)
        indent = _line_indent(element, look) if is_verse and tag in ("p", "span", "div") else 0
        is_pre = tag == "pre" and element.find(".//p") is None
        keeps = look.keeps_lines if look.keeps_lines is not None else self.is_preformatted
        return replace(
            self,
            style=style,
            traits=traits,
            heading=level or self.heading,
            group_level=_group_level(element) if tag == "hgroup" else self.group_level,
            is_hidden=self.is_hidden or look.is_hidden,
            is_preformatted=is_pre or keeps,
            is_verse=is_verse,
            line_indent=indent or self.line_indent,
        )


def _group_level(element: etree._Element) -> int:
    return min((names.HEADINGS[child.tag] for child in element if child.tag in names.HEADINGS), default=2)


@dataclass(slots=True)
class ParagraphFlow:
    """Text of the current block, and what came before it."""

    writer: BlockWriter
    runs: list[InlineRun | Picture] = field(default_factory=list)
    gaps: dict[int, int] = field(default_factory=dict)
    """Number of empty paragraphs before a block, by the block's index."""
    _empty: int = 0

    def add(self, run: InlineRun) -> None:
        """Add a run as it is."""
        self.runs.append(run)

    def add_text(self, text: str | None, place: TextPlace) -> None:
        """Add text of an element; blanks count as one unless it is preformatted."""
        if not text:
            return
        if not place.is_preformatted:
            text = _BLANKS.sub(" ", text)
            last = self.runs[-1] if self.runs else None
            if last is None or (isinstance(last, InlineRun) and last.text[-1:] in (" ", "\n")):
                text = text.lstrip(" ")
        if text:
            if place.line_indent and (not self.runs or _ends_line(self.runs[-1])):
                text = _LEVEL * place.line_indent + text.lstrip()
            self.runs.append(replace(place.style, text=text.replace("\r\n", "\n")))

    def break_line(self) -> None:
        """Add a line end."""
        self.runs.append(InlineRun("\n"))

    def add_picture(self, picture: Picture | str | None, place: TextPlace) -> None:
        """Add a picture, or its words if it stands for a letter; pictures around a page's text are left out."""
        if isinstance(picture, str):
            self.runs.append(replace(place.style, text=picture))
        elif picture is not None and BlockTrait.NAVIGATION not in place.region_traits:
            self.runs.append(picture)

    def flush(self, place: TextPlace, *, ends_paragraph: bool = False) -> None:
        """End the block."""
        runs, self.runs = self.runs, []
        if not any(isinstance(run, Picture) or not is_blank(run.text) for run in runs):
            self._empty += ends_paragraph
            return
        text: list[InlineRun] = []
        for run in runs:
            if isinstance(run, InlineRun):
                text.append(run)
                continue
            self._flush_text(text, place)
            text = []
            self._mark_gap()
            self.writer.add(
                run.markdown, [f"[{run.alt or run.key[:80]}]"], BlockKind.PICTURE, place.region_traits
            )
        self._flush_text(text, place)

    def flush_code(self, place: TextPlace) -> None:
        """End a block of code."""
        runs, self.runs = self.runs, []
        text = "".join(run.text for run in runs if isinstance(run, InlineRun)).strip("\n")
        if is_blank(text):
            return
        shown = text.split("\n")
        self._mark_gap()
        if "```" in text:
            self.writer.add(write_inline([InlineRun(text)]), shown, BlockKind.VERSE, place.region_traits)
        else:
            self.writer.add(f"```\n{text}\n```", shown, BlockKind.CODE, place.region_traits)

    def _flush_text(self, runs: list[InlineRun], place: TextPlace) -> None:
        for group in _groups(runs):
            if group is None:
                self._empty += 1
            else:
                self._add_group(group, place)

    def _add_group(self, lines: list[list[InlineRun]], place: TextPlace) -> None:
        """Add the blocks of lines that no empty line parts."""
        shown = ["".join(run.text for run in line).strip(" \t\n") for line in lines]
        if place.heading:
            for line, text in zip(lines, shown, strict=True):
                self._add_block([line], [text], BlockKind.HEADING, place)
        elif len(lines) == 1:
            self._add_block(lines, shown, BlockKind.VERSE if place.is_verse else BlockKind.PARAGRAPH, place)
        else:
            meaning = LineRole.VERSE if place.is_verse else arrange(shown)
            if meaning is LineRole.PARAGRAPHS:
                for line, text in zip(lines, shown, strict=True):
                    self._add_block([line], [text], BlockKind.PARAGRAPH, place)
            else:
                kind = BlockKind.VERSE if meaning is LineRole.VERSE else BlockKind.PARAGRAPH
                self._add_block(lines, shown, kind, place)

    def _add_block(
        self, lines: list[list[InlineRun]], shown: list[str], kind: BlockKind, place: TextPlace
    ) -> None:
        if kind is BlockKind.HEADING:
            lines = [[replace(run, bold=False, underline=False) for run in line] for line in lines]
        runs = [run for line in lines for run in line]
        traits = set(place.region_traits) | (place.traits & {BlockTrait.CENTERED, BlockTrait.INDENTED})
        is_navigation = BlockTrait.NAVIGATION in traits
        if not is_navigation:
            traits |= _link_traits(runs, shown)
        if len(shown) == 1 and kind is not BlockKind.HEADING and not is_navigation:
            certainty = classify_scene_break(shown[0])
            if certainty in (Confidence.SURE, Confidence.ALONE):
                self.writer.add(shown[0], shown, BlockKind.SCENE_BREAK, traits)
                return
        if has_throughout(runs, "bold"):
            traits.add(BlockTrait.ALL_BOLD)
        if has_throughout(runs, "italic"):
            traits.add(BlockTrait.ALL_ITALIC)
        text = "\n".join(write_inline(line, is_heading=kind is BlockKind.HEADING) for line in lines)
        if text:
            self._mark_gap()
            self.writer.add(text, shown, kind, traits, place.heading if kind is BlockKind.HEADING else 0)

    def _mark_gap(self) -> None:
        if self._empty and len(self.writer.levels) == 1:
            self.gaps[self.writer.count] = self._empty
        self._empty = 0

    def merge_verse(self, start: int) -> None:
        """Join single lines of verse, each an element of its own, to one block."""
        blocks = self.writer.blocks
        lines = blocks[start:]
        if len(lines) > 1 and all(block.kind is BlockKind.VERSE and block.line_count == 1 for block in lines):
            count = lines[-1].last_line - lines[0].line + 1
            text = "\n".join(block.text for block in lines)
            blocks[start:] = [replace(lines[0], text=text, line_count=count)]


def _groups(runs: list[InlineRun]) -> Iterator[list[list[InlineRun]] | None]:
    """Yield groups of lines; None for each empty line beyond the one that parts two groups."""
    lines: list[list[InlineRun]] = [[]]
    for run in runs:
        if "\n" not in run.text:
            lines[-1].append(run)
            continue
        for number, text in enumerate(run.text.split("\n")):
            if number:
                lines.append([])
            if text:
                lines[-1].append(replace(run, text=text))
    group: list[list[InlineRun]] = []
    empty = 0
    for line in lines:
        if is_blank("".join(run.text for run in line)):
            empty += 1
            continue
        if empty and group:
            yield group
            group = []
            yield from [None] * (empty - 1)
        empty = 0
        group.append(line)
    if group:
        yield group


def _ends_line(run: InlineRun | Picture) -> bool:
    return isinstance(run, Picture) or run.text.endswith("\n")


def _line_indent(element: etree._Element, look: Appearance) -> int:
    """Return the levels by which a line of verse is indented."""
    for each in element.get("class", "").lower().split():
        if found := _INDENT_CLASS.fullmatch(each):
            return min(int(found[1]), _DEEPEST)
    return min(round(max(look.indent, 0.0) / 2), _DEEPEST)


def _link_traits(runs: list[InlineRun], shown: list[str]) -> set[BlockTrait]:
    """Return the traits of a block that is nothing but links within the page or the site."""
    seen = [run for run in runs if not is_blank(run.text)]
    if not seen or any(not run.link or run.link.startswith(("http:", "https:")) for run in seen):
        return set()
    if all((run.link or "").startswith("#") for run in seen):
        return {BlockTrait.CONTENTS_LINE}
    return {BlockTrait.NAVIGATION} if len(shown) == 1 and len(shown[0]) <= _LABEL_MOST else set()
