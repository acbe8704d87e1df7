"""Writing of a chapter's blocks as the body of its file, in which each line knows the lines it came from."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.manuscript_import.imported_story import ChapterDraft, LineSpan
from bot.domain.manuscript_import.source_document import (
    BlockKind,
    BlockTrait,
    SourceBlock,
    SourceFootnote,
)

BREAK = "***"
_MARK = re.compile(r"\[\^(?P<label>[^\]\s]{1,100})\]")
_PICTURE = re.compile(
    r"!\[(?P<alt>[^\[\]\n]*+)\]\(<?(?P<key>[^<>\n]{1,1000}?)>?(?:[ \t]++\"[^\"\n]*+\")?\)(?=[.,;:!?…]?(?:[\s\]]|\Z))"
)
_NAME_AS_TEXT = re.compile(
    r"\S*\.(?:png|jpe?g|gif|webp|svg|bmp|tiff?|avif|heic)"
    r"|(?:picture|image|img|shape|graphics?|grafik|bild|imagen|рисунок)[ _-]?\d+",
    re.IGNORECASE,
)
"""The text of a picture as programs write it when nobody has: the name of its file."""

_NEEDS_SIGNS = re.compile(r"[\s()]")
_NO_NAME = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff<>]+")
"""Characters that no file's name has."""

_FOLDER = "images"
_ESCAPED = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_REMOTE = re.compile(r"https?:|//", re.IGNORECASE)
_HARD_END = re.compile(r"(?:\\|[ ]{2,})\Z")
_EMPHASIS_BLANK = re.compile(r"(?<=\w)\xa0(?=\*)|(?<=\*)\xa0(?=\w)")
"""A no-break blank that editors write where emphasis begins or ends."""

_ESCAPED_DASH = re.compile(r"(?m)^\\- (?=\S)")
_INDENT = "    "


@dataclass(frozen=True, slots=True)
class WrittenBody:
    """A body, with the origin of its lines and the pictures in it."""

    text: str
    spans: tuple[LineSpan, ...]
    pictures: Mapping[str, str]
    """The path that the text names, by the picture's key."""


class PicturePaths:
    """Paths of a story's pictures as its chapters name them: pictures of one name in different folders have two."""

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}
        self._taken: set[str] = set()

    def path(self, key: str) -> str:
        """Return the path of a picture, the same each time."""
        if key not in self._paths:
            # An escaped slash is one when it is read again.
            plain = _NO_NAME.sub("", _ESCAPED.sub(_unescape, key))
            name = PurePosixPath(PurePosixPath(plain).name or "picture")
            path, number = f"{_FOLDER}/{name}", 2
            while path.casefold() in self._taken:
                path, number = f"{_FOLDER}/{name.stem}-{number}{name.suffix}", number + 1
            self._taken.add(path.casefold())
            self._paths[key] = path
        return self._paths[key]


class BodyWriter:
    """Writer of one chapter."""

    def __init__(self, draft: ChapterDraft, paths: PicturePaths) -> None:
        self._draft = draft
        self._paths = paths
        self._notes = {note.label: note for note in draft.footnotes}
        self._order: dict[str, int] = {}
        self._lines: list[str] = []
        self._spans: list[LineSpan] = []
        self._pictures: dict[str, str] = {}

    def write(self) -> WrittenBody:
        """Return the chapter's body."""
        for block in _without_doubled_breaks(self._draft.blocks):
            self._add(self._text(block), block)
        for label in list(self._order):
            self._add_note(self._notes[label])
        text = "\n".join(self._lines).strip("\n")
        return WrittenBody(_with_dashes(f"{text}\n" if text else ""), tuple(self._spans), self._pictures)

    def _add(self, text: str, block: SourceBlock) -> None:
        if not text.strip():
            return
        if self._lines:
            self._lines.append("")
        rows = text.split("\n")
        first, count = len(self._lines) + 1, max(block.line_count, 1)
        if len(rows) > 1 and len(rows) == count:
            self._spans += [LineSpan(first + at, 1, block.line + at, 1) for at in range(count)]
        else:
            self._spans.append(LineSpan(first, len(rows), block.line, count))
        self._lines += rows

    def _add_note(self, note: SourceFootnote) -> None:
        """Add a footnote; further paragraphs of it are indented."""
        head = f"[^{self._order[note.label]}]: "
        for number, block in enumerate(note.blocks):
            text = self._with_pictures(block.text).replace("\n", f"\n{_INDENT}")
            self._add(f"{_INDENT if number else head}{text}", block)

    def _text(self, block: SourceBlock) -> str:
        text = _EMPHASIS_BLANK.sub(" ", self._with_pictures(self._with_notes(block.text)))
        match block.kind:
            case BlockKind.HEADING:
                return f"{'#' * max(1, min(block.level, 3))} {' '.join(text.split())}"
            case BlockKind.SCENE_BREAK:
                return BREAK
            case BlockKind.VERSE | BlockKind.PARAGRAPH:
                return keep_lines(text)
        return text

    def _with_notes(self, text: str) -> str:
        def number(found: re.Match[str]) -> str:
            label = found["label"]
            if label not in self._notes:
                return found[0]
            return f"[^{self._order.setdefault(label, len(self._order) + 1)}]"

        return _MARK.sub(number, text) if "[^" in text else text

    def _with_pictures(self, text: str) -> str:
        def local(found: re.Match[str]) -> str:
            key = found["key"]
            if _REMOTE.match(key):
                return found[0]
            path = self._pictures[key] = self._paths.path(key)
            alt = "" if _NAME_AS_TEXT.fullmatch(found["alt"].replace("\\", "")) else found["alt"]
            return f"![{alt}]({f'<{path}>' if _NEEDS_SIGNS.search(path) else path})"

        return _PICTURE.sub(local, text) if "![" in text else text


def _unescape(found: re.Match[str]) -> str:
    return bytes.fromhex(found[0].replace("%", "")).decode("utf-8", "replace")


def _with_dashes(text: str) -> str:
    """Return a text whose speeches begin with a plain dash, if they are read as speeches and not as a list."""
    if _ESCAPED_DASH.search(text) is None:
        return text
    plain = _ESCAPED_DASH.sub("- ", text)
    return plain if read_manuscript(plain).text == read_manuscript(text).text else text


def _without_doubled_breaks(blocks: Sequence[SourceBlock]) -> list[SourceBlock]:
    """Return what is shown: scene breaks side by side are one, at the ends none."""
    kept: list[SourceBlock] = []
    for block in blocks:
        if BlockTrait.HIDDEN in block.traits and not block.text.strip():
            continue
        is_break = block.kind is BlockKind.SCENE_BREAK
        if is_break and (not kept or kept[-1].kind is BlockKind.SCENE_BREAK):
            continue
        kept.append(block)
    while kept and kept[-1].kind is BlockKind.SCENE_BREAK:
        kept.pop()
    return kept


def keep_lines(text: str) -> str:
    """Return lines that stay lines when they are read, with a backslash at their ends if they need it."""
    if "\n" not in text:
        return text
    rows = [_HARD_END.sub("", row).rstrip() for row in text.split("\n")]
    hard = "\\\n".join(rows)
    for plain in ("\n".join(_with_blanks(row) for row in rows), "\n".join(rows)):
        if read_manuscript(plain, is_note=True).text == hard:
            return plain
    return hard


def _with_blanks(row: str) -> str:
    """Return a line whose indent is written with blanks, as authors write it."""
    bare = row.lstrip("\xa0 ")
    return " " * (len(row) - len(bare)) + bare
