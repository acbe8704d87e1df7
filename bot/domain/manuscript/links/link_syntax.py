"""Syntax of Markdown's links and pictures: `[text](target "title")` and `![text](target)`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from bot.domain.manuscript.code_spans import CodeLookup, find_code
from bot.domain.text.sign_search import has_sign

ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_TOKEN = re.compile(r"\\[!-/:-@\[-`{-~]|!?\[|\]|\n[ \t>]*+\n")
_INSIDE = re.compile(
    r"""\((?P<inside>(?:<[^<>\n]{0,2000}+> | \\[^\n] | [^()\\"'\n]
      | "[^"\\\n]{0,500}+"(?=[ \t\n]*+\)) | '[^'\\\n]{0,500}+'(?=[ \t\n]*+\))
      | \((?:\\[^\n]|[^()\\\n]|\((?:\\[^\n]|[^()\\\n]){0,500}+\)){0,1000}+\)
      | ["'\\] | \n(?![ \t>]*+\n)){0,9000}+)\)""",
    re.VERBOSE,
)
_HELD = re.compile(r"<([^<>\n]*+)>")
_TITLE = re.compile(r"""(?:"[^"]*+"|'[^']*+'|\([^()]*+\))\Z""")
_SIZE = re.compile(r"[ \t]+=\d{0,5}%?x?\d{0,5}%?\Z", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.[^\s.]+\.)\S", re.IGNORECASE)
_WITH_SPACES = re.compile(
    r"(?:https?://|\.{0,2}/|#|[^\s].*\.(?:md|markdown|mdx?|html?|txt|docx?|odt|pdf|epub)(?:#.*)?\Z)",
    re.IGNORECASE | re.DOTALL,
)
_ENDS = re.compile(r"""[\s"<>\\^`{}]""")
_LETTER = re.compile(r"[^\W\d_]")
_WORD = re.compile(r"[A-Za-z0-9_]")
_BARE_WORD = re.compile(r"\w[^\s./\\#:?%]*+|[.…!?*-]*+")


@dataclass(frozen=True, slots=True)
class Link:
    """A link or picture at `text[start:end]`, with its label at `text[label_start:label_end]`."""

    start: int
    label_start: int
    label_end: int
    end: int
    target: str
    """As it was written, without the angle brackets and the title."""
    title: str = ""
    """With its quotes."""
    picture: bool = False

    @property
    def address(self) -> str | None:
        """The web address that the link leads to; None if it leads anywhere else."""
        return to_address(self.target)


def to_address(target: str) -> str | None:
    """Return the web address of a link's target, None if it is something else.

    Escaped characters are unescaped, and characters that no address has are encoded.
    """
    if target.startswith("//") and len(target) > 2:
        target = f"https:{target}"
    if not _ADDRESS.match(target):
        return None
    address = encode(ESCAPE.sub(r"\1", target))
    return f"https://{address}" if address[:4].lower() == "www." else address


def encode(address: str) -> str:
    """Encode the characters that end an address in Discord."""
    address = _ENDS.sub(lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address)
    depth = 0
    for char in address:
        depth += (char == "(") - (char == ")")
        if not 0 <= depth <= 1:
            break
    return address.replace("(", "%28").replace(")", "%29") if depth else address


@lru_cache(maxsize=1)
def find_links(text: str) -> tuple[Link, ...]:
    """Return the links and pictures outside code, by their ends: those inside a label come before it.

    Brackets that no editor takes for a link are left out. Several steps in a row ask for those of one text.
    """
    if not has_sign(text, "]("):
        return ()
    return tuple(scan_labels(text, lambda start, end, picture: read_link(text, start, end, picture)))


class _WithEnd(Protocol):
    @property
    def end(self) -> int: ...


_Found = TypeVar("_Found", bound=_WithEnd)


def scan_labels(text: str, read: Callable[[int, int, bool], _Found | None]) -> Iterator[_Found]:
    """Yield what `read` makes of the labels outside code, each a pair of brackets in one paragraph.

    It gets the offsets of the label's beginning and of its closing bracket, and whether it is a picture's. As in
    CommonMark, a link contains no other link.
    """
    code = CodeLookup(find_code(text))
    openers: list[tuple[int, bool]] = []
    at = closed = 0
    while found := _TOKEN.search(text, at if openers else _next_bracket(text, at)):
        if (stretch := code.around(found.start())) is not None:
            at = stretch.end
            continue
        sign, at = found[0], found.end()
        if sign[0] == "\n":
            openers.clear()
            closed = 0
        elif sign in ("[", "!["):
            openers.append((found.start(), sign == "!["))
        elif sign == "]" and openers:
            start, picture = openers.pop()
            holds_link, closed = len(openers) < closed, min(closed, len(openers))
            if holds_link and not picture:
                continue
            item = read(start, found.start(), picture)
            if item is not None:
                yield item
                at = item.end
                closed = closed if picture else len(openers)


def _next_bracket(text: str, at: int) -> int:
    """Return the offset from which to look for a label that begins at `at` or later."""
    bracket = text.find("[", at)
    if bracket < 0:
        return len(text)
    before = text[max(at, bracket - 2) : bracket]
    if "\\" in before:
        return at  # Whether the bracket is escaped depends on all the backslashes before it.
    return bracket - (before[-1:] == "!")


def read_link(text: str, start: int, end: int, picture: bool) -> Link | None:
    """Return the link that begins at `start` and whose label ends at `end`, before a closing bracket."""
    found = _INSIDE.match(text, end + 1)
    label_start = start + 1 + picture
    # `[^1]` and `^[…]` are footnotes.
    if found is None or (
        not picture and "^" in (text[label_start : label_start + 1], text[start - 1 : start])
    ):
        return None
    inside, title = found["inside"].strip(), ""
    held = _HELD.match(inside)
    if held is not None:
        target, rest = held[1].strip(), inside[held.end() :]
        if rest and not rest[0].isspace():
            return None
        title = rest.strip()
        if title and not _TITLE.match(title):
            return None
    else:
        target, title = _without_title(inside)
        if picture:
            target = _SIZE.sub("", target).rstrip()
        if "\n" in target or (_spaced(target) and not picture and not _WITH_SPACES.match(target)):
            return None
    if not picture and not title and held is None and _is_prose(text, start, text[label_start:end], target):
        return None
    return Link(start, label_start, end, found.end(), target, title, picture)


def _spaced(target: str) -> bool:
    return " " in target or "\t" in target


def _without_title(inside: str) -> tuple[str, str]:
    """Divide what stands in the parentheses into the target and the title."""
    if inside[-1:] not in ('"', "'", ")"):
        return inside, ""
    opening = {'"': '"', "'": "'", ")": "("}[inside[-1]]
    at = inside.rfind(opening, 0, -1)
    if at > 0 and inside[at - 1].isspace():
        return inside[:at].rstrip(), inside[at:]
    return ("", inside) if at == 0 and opening != "(" else (inside, "")


def _is_prose(text: str, start: int, label: str, target: str) -> bool:
    """Return whether it is rather code or a remark: `f[0](x)`, `[1](one)`, `[wait](…)`."""
    if not _BARE_WORD.fullmatch(target):
        return False
    if target and not target[0].isalnum():
        return True
    if not target and label:
        return start > 0 and _WORD.match(text[start - 1]) is not None
    numeric = bool(label) and _LETTER.search(label) is None
    return numeric or (start > 0 and _WORD.match(text[start - 1]) is not None)
