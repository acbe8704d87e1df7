"""Pages and the blocks that they are made of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.pages.plain_text import visible
from bot.domain.pages.text_length import utf16_length


class Role(StrEnum):
    """Voice of a text: the story's, or the author's own before or after it."""

    TEXT = "text"
    NOTE = "note"


class PageEnd(StrEnum):
    """Kind of a page's end, best first. END is the end of the story, or of a note beside it."""

    END = "end"
    SCENE = "scene"
    PARAGRAPH = "paragraph"
    SENTENCE = "sentence"
    WORD = "word"
    GRAPHEME = "grapheme"


@dataclass(frozen=True, slots=True)
class Prose:
    """Markdown ready for one Discord Text Display: never empty, no blank lines at its ends, every mark closed."""

    text: str
    role: Role = Role.TEXT


@dataclass(frozen=True, slots=True)
class SceneBreak:
    """A pause in the story, shown in the style the story chose. One that ends a page is that page's last block."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture in its place."""

    alt: str
    path: str
    """Exactly as the author wrote it."""


PageBlock = Prose | SceneBreak | Picture


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a chapter."""

    blocks: tuple[PageBlock, ...]
    start: int
    """Half-open offsets into the chapter's source text. A page of nothing but an author's note has `start == end`,
    at 0 or at the text's end.
    """
    end: int
    pov: str | None
    """Set if the page starts in the middle of a section whose point of view is known."""
    cut: PageEnd

    @property
    def length(self) -> int:
        """UTF-16 code units of all prose on the page: never less than Discord's own count."""
        return sum(utf16_length(block.text) for block in self.blocks if isinstance(block, Prose))

    @property
    def plain(self) -> str:
        """The page's words without markup, with its line breaks."""
        return "\n".join(visible(block.text) for block in self.blocks if isinstance(block, Prose))
