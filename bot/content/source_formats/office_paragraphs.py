"""Paragraphs of an office document, as the readers of DOCX and ODT find them, before they become blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from enum import StrEnum, auto

from bot.content.source_formats.inline_markdown import InlineRun
from bot.domain.manuscript.superscripts import to_subscript, to_superscript


class ParagraphRole(StrEnum):
    """Kind of a paragraph by its style."""

    BODY = auto()
    TITLE = auto()
    """The title of the whole document, or of each chapter where several have it."""
    HEADING = auto()
    QUOTE = auto()
    VERSE = auto()
    CODE = auto()
    CONTENTS = auto()
    """A line of a table of contents."""
    RULE = auto()
    """A drawn line."""
    HIDDEN = auto()
    """Text that the document does not show: hidden text, a comment."""


@dataclass(slots=True)
class OfficeParagraph:
    """A paragraph with its appearance."""

    runs: list[InlineRun] = field(default_factory=list)
    """Footnote marks are runs of Markdown, `[^1]`."""
    role: ParagraphRole = ParagraphRole.BODY
    level: int = 0
    """Level of a heading, from 1."""
    centered: bool = False
    indent: int = 0
    """Indent of the whole paragraph from the start of the line, in twentieths of a point."""
    indent_end: int = 0
    """The same from the end of the line."""
    marker: str | None = None
    """Sign or number of an item in a list, such as `-` or `3.`."""
    marker_level: int = 0
    """Depth of its list, from 0."""
    page_break: bool = False
    """A page begins with it."""
    pictures: list[tuple[str, str]] = field(default_factory=list)
    """Key and text of each picture in it."""

    @property
    def text(self) -> str:
        """The text that is seen of it, without marks."""
        return "".join(run.text for run in self.runs)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing of it is seen."""
        return not self.pictures and self.role is not ParagraphRole.RULE and not self.text.strip()


@dataclass(slots=True)
class OfficeTable:
    """A table: rows of cells of paragraphs."""

    rows: list[list[list[OfficeParagraph]]] = field(default_factory=list)


OfficeItem = OfficeParagraph | OfficeTable


def written_text(text: str, marks: Set[str]) -> str:
    """Return a run's text as it is seen: in capitals, raised or lowered, where Unicode has such signs."""
    if "caps" in marks:
        text = text.upper()
    if "raised" in marks:
        return to_superscript(text) or text
    return to_subscript(text) or text if "lowered" in marks else text


def flat_paragraphs(item: OfficeItem) -> Sequence[OfficeParagraph]:
    """Return a paragraph, or the paragraphs in a table."""
    if isinstance(item, OfficeParagraph):
        return [item]
    return [each for row in item.rows for cell in row for each in cell]


@dataclass(slots=True)
class OfficeText:
    """All that an office document holds."""

    items: Sequence[OfficeItem]
    footnotes: Mapping[str, Sequence[OfficeParagraph]] = field(default_factory=dict)
    """By label, in the order of their marks."""
    title: str | None = None
    """As its properties state it; a paragraph in the style of titles comes first."""
    author: str | None = None
    language: str | None = None
