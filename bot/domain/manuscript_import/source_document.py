"""A manuscript as it was read, whatever file it came in: blocks of Markdown that know where they stood.

A reader of a format gives each block as the Markdown of its text. Signs that are Markdown by accident are escaped,
footnotes are referred to as `[^label]`, and pictures are named by a key of `SourceDocument.pictures`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum, auto


class BlockKind(StrEnum):
    """Kind of a block."""

    PARAGRAPH = auto()
    """One line of Markdown; a line end within it is meant, and is `\\n`."""
    HEADING = auto()
    """Its text without `#`; `SourceBlock.level` counts from 1."""
    VERSE = auto()
    """Lines that stay lines."""
    QUOTE = auto()
    """Whole Markdown, each line with its `>`."""
    LIST = auto()
    """Whole Markdown, with its marks and indents."""
    CODE = auto()
    """Whole Markdown, with its fences."""
    TABLE = auto()
    """Whole Markdown."""
    SCENE_BREAK = auto()
    """Its text is the sign that stood there, such as `* * *`; empty for a drawn rule or a wide gap."""
    PICTURE = auto()
    """`![alt](key)` alone."""


class BlockTrait(StrEnum):
    """Feature of a block's appearance or place in its source, from which clean-up and splitting conclude."""

    CENTERED = auto()
    ALL_BOLD = auto()
    """The whole text is bold; it still has its `**`."""
    ALL_ITALIC = auto()
    """The whole text is in italics; it still has its `*`."""
    INDENTED = auto()
    """Indented as a block, not by its first line."""
    HIDDEN = auto()
    """Not shown by the source: a reader gives such text only so that it is not dropped unsaid."""
    NAVIGATION = auto()
    """In a part of a page that is not the text: menus, headers, footers, buttons, comments."""
    AUTHOR_NOTE = auto()
    """In an element that the source's site marks as the author's note."""
    PAGE_BREAK_BEFORE = auto()
    """A new page of the document begins with it."""
    WRAPPED = auto()
    """Its lines in the source were wrapped by a program, and are joined here."""
    CONTENTS_LINE = auto()
    """A line of a table of contents that the source marks as one."""


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A paragraph, heading, picture or the like."""

    text: str
    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    """Level of a heading, from 1; 0 for others."""
    line: int = 1
    """First of its lines in `SourceDocument.lines`, from 1."""
    line_count: int = 1
    traits: frozenset[BlockTrait] = frozenset()

    @property
    def last_line(self) -> int:
        """Last of its lines in `SourceDocument.lines`."""
        return self.line + max(self.line_count, 1) - 1


@dataclass(frozen=True, slots=True)
class SourceFootnote:
    """A footnote, of one block or more."""

    label: str
    blocks: tuple[SourceBlock, ...]


@dataclass(frozen=True, slots=True)
class ContentsEntry:
    """An entry of the source's own table of contents, such as an EPUB's."""

    title: str
    document: int
    """Index of the document in which it begins."""
    block: int
    """Index of the block with which it begins."""
    level: int = 1
    """Depth in the table, from 1; entries above others are parts."""


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """One file of a source, or the whole of it."""

    name: str
    """Its name in the source, such as `Text/chapter-1.xhtml` or `draft.docx`; `-` for a paste."""
    blocks: tuple[SourceBlock, ...]
    lines: tuple[str, ...]
    """What its author sees of it, line by line: the lines of a text, the paragraphs of a document."""
    title: str | None = None
    """Title that the file itself states, of the chapter or of the whole book."""
    author: str | None = None
    language: str | None = None
    matter: Mapping[str, object] = field(default_factory=dict)
    """Front matter, its keys in lower case."""
    footnotes: tuple[SourceFootnote, ...] = ()
    part: str | None = None
    """Title of the part that it belongs to by the folder it lies in."""


@dataclass(frozen=True, slots=True)
class SourceRemark:
    """A remark for the author on a file, such as that it was left out and why."""

    name: str
    """The file's name in the source."""
    text: str
    """Words that follow the name."""
    is_left_out: bool = False
    """Set if nothing of the file is in the documents."""


@dataclass(frozen=True, slots=True)
class Source:
    """All that was read of what an author gave."""

    name: str
    """Its name without folders, such as `novel.epub`; `-` for a paste."""
    documents: tuple[SourceDocument, ...]
    """In reading order."""
    contents: tuple[ContentsEntry, ...] = ()
    """The source's own table of contents; empty if it has none."""
    title: str | None = None
    author: str | None = None
    language: str | None = None
    cover: str | None = None
    """Key of the cover among the pictures."""
    file_per_chapter: bool = False
    """Set for a folder or an archive whose files are chapters, unless they show otherwise."""
    remarks: tuple[SourceRemark, ...] = ()
    """What the author must be shown before anything is written, for it is in no document, and so in no decision either.

    Files left out because of their name, a text that others have too, or damage; pictures that no text names; pages
    beside an EPUB's order of reading; suggestions, headers, footers and macros of an office document; keys of front
    matter that no field takes; what was guessed of an encoding. One remark may stand for several files.
    """
