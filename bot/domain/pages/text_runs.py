"""Text runs: blocks of a chapter's Markdown, each of which is read, measured, cut and written as a unit."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.domain.pages.escaping import ZERO_WIDTH, code
from bot.domain.pages.inline_markup import Inline, read_inline, read_verbatim
from bot.domain.pages.text_length import utf16_length


class RunKind(Enum):
    """Kind of a run, for the rules of page breaking."""

    PROSE = auto()
    HEADING = auto()
    CODE = auto()
    SCENE = auto()
    PICTURE = auto()


@dataclass(slots=True)
class TextRun:
    """A paragraph, a heading, a line of a list, a picture."""

    shape: RunKind
    start: int
    """Offset in the source."""
    content: str = ""
    """The text without the Markdown of its block; a picture's alt text."""
    anchors: list[tuple[int, int]] = field(default_factory=list)
    """Pairs of an offset in `content` and the source offset it came from."""
    limit: int = 0
    first: str = ""
    """Starts its first line."""
    rest: str = ""
    """Starts its further lines."""
    again: str = ""
    """Starts a page that begins inside it."""
    tail: str = ""
    """Ends it."""
    glue: str = ""
    """Joins it to the prose before it."""
    path: str = ""
    """A picture's path."""
    inline: Inline = field(init=False)
    text: str = field(init=False, default="")
    size: int = field(init=False, default=0)
    marks: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        if not self.is_break:
            self.inline = (
                read_verbatim(self.content)
                if self.shape is RunKind.CODE
                else read_inline(self.content, self.limit)
            )
            self.text = self.write(0, len(self.content))
            self.size = utf16_length(self.text)
            self.marks = self.inline.mark_count

    @property
    def is_break(self) -> bool:
        """Return whether it is a page block of its own instead of text."""
        return self.shape is RunKind.SCENE or self.shape is RunKind.PICTURE

    @property
    def last_char(self) -> str:
        """The last character of its text, as it was written."""
        return self.content.rstrip()[-1:]

    def write(self, start: int, end: int) -> str:
        """Write a part of the run as Markdown; empty if nothing of it is visible."""
        if self.shape is RunKind.CODE:
            body = code(self.content[start:end].strip("\n"))
        else:
            body = self.inline.write(start, end, self.rest)
        if self.shape is RunKind.HEADING and body.endswith("#"):
            # Discord drops what it takes for a heading's closing marks, escaped or not.
            body += ZERO_WIDTH
        return f"{self.again if start else self.first}{body}{self.tail}" if body else ""

    def source(self, at: int) -> int:
        """Return the source offset of an offset in the content."""
        content_at, source_at = self.anchors[bisect_right(self.anchors, at, key=lambda anchor: anchor[0]) - 1]
        return source_at + at - content_at
