"""A run: one stretch of a chapter that is read, measured, cut and written together."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import Enum, auto

from bot.domain.pages.escaping import ZERO_WIDTH, code
from bot.domain.pages.inline_markup import Inline, read_inline, read_verbatim
from bot.domain.pages.text_length import utf16_length


class RunKind(Enum):
    """What a run is to the rules of breaking pages."""

    PROSE = auto()
    HEADING = auto()
    CODE = auto()
    SCENE = auto()
    PICTURE = auto()


@dataclass(slots=True)
class TextRun:
    """A paragraph, a heading, a line of a list, a picture: `content` is its text without what marks it as one.

    `start` is its offset in the source, and `anchors` pair offsets of `content` with such offsets. `first`
    starts its first line, `rest` the further ones, `again` a page that begins inside it; `tail` ends it.
    `glue` joins it to the prose before it. A picture has its alt text as content and its path in `path`.
    """

    shape: RunKind
    start: int
    content: str = ""
    anchors: list[tuple[int, int]] = field(default_factory=list)
    limit: int = 0
    first: str = ""
    rest: str = ""
    again: str = ""
    tail: str = ""
    glue: str = ""
    path: str = ""
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
        """Whether it is a block of its own instead of text."""
        return self.shape is RunKind.SCENE or self.shape is RunKind.PICTURE

    @property
    def last_char(self) -> str:
        """The last character of its text, as it was written."""
        return self.content.rstrip()[-1:]

    def write(self, start: int, end: int) -> str:
        """Markdown for a part of the run; nothing where nothing is to be seen."""
        if self.shape is RunKind.CODE:
            body = code(self.content[start:end].strip("\n"))
        else:
            body = self.inline.write(start, end, self.rest)
        if self.shape is RunKind.HEADING and body.endswith("#"):
            # Discord drops what it takes for a heading's closing marks, escaped or not.
            body += ZERO_WIDTH
        return f"{self.again if start else self.first}{body}{self.tail}" if body else ""

    def source(self, at: int) -> int:
        """The source offset of an offset in the content."""
        content_at, source_at = self.anchors[bisect_right(self.anchors, at, key=lambda anchor: anchor[0]) - 1]
        return source_at + at - content_at
