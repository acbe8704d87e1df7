"""Syntax of single lines of Markdown: headings, list items, quotes, fences, pictures and scene breaks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.pages.source_map import is_empty, parse_heading

_SCENE = re.compile(r"(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,}")
MARKERS = frozenset("#>-*_`~+0123456789")
SMALL_PRINT = re.compile(r"[ \t]*-#[ \t]+(?=\S)")
QUOTE = re.compile(r"[ \t]*(>(?:[ \t]*>)*)(?:[ \t]+|$)")
LIST_ITEM = re.compile(r"([ \t]*)(?:[-*+]|(\d{1,9})[.)])[ \t]+(?=\S)")
FENCE = re.compile(r"[ ]{0,3}(`{3,}+|~{3,}+)[ \t]*+([^`]*+)$")
PICTURE = re.compile(
    r"""\\[!-/:-@\[-`{-~] | (?<!`)(?P<ticks>`{1,3})(?!`)[^`\n]*+(?P=ticks)(?!`)
    | !\[(?P<alt>(?:[^\[\]\\]|\\[^\n])*+)\]
      \((?:[ \t]*+<(?P<held>[^<>\n]++)>[ \t]*+|(?P<path>(?![ \t]++")[^()<>\n"]++(?:\([^()<>\n"]*+\)[^()<>\n"]*+)?+))
      (?:(?<=[ \t])"[^"\n]*+"[ \t]*+)?\)""",
    re.VERBOSE,
)
# The title is not possessive: Python 3.11.0 to 3.11.4 (Debian 12 has 3.11.2) would match nothing without one.


def is_structured(line: str) -> bool:
    """Return whether a line by itself is a heading, small print, a list item, a quote, or a fence of code."""
    bare = line.lstrip(" \t")
    return bare[:1] in MARKERS and (
        parse_heading(line) is not None
        or any(rule.match(line) for rule in (SMALL_PRINT, QUOTE, LIST_ITEM, FENCE))
    )


def find_picture_paths(text: str) -> Iterator[tuple[int, str]]:
    """Yield the offset and the path of each picture, as far as a search can tell without parsing."""
    for found in PICTURE.finditer(text):
        if path := found["held"] or found["path"]:
            yield found.start("held" if found["held"] else "path"), path.strip()


def is_scene_break(line: str) -> bool:
    """Return whether a line is a scene break in one of the parser's forms."""
    bare = line.strip(" \t")
    return bool(bare) and is_bare_scene_break(bare)


def is_bare_scene_break(bare: str) -> bool:
    return bare[0] in "*-_" and len(bare) > 2 and _SCENE.fullmatch(bare) is not None


def closing_fence_length(text: str, char: str) -> int:
    bare = text.strip(" \t")
    return len(bare) if len(bare) > 2 and bare[0] == char and not bare.strip(char) else 0


def inner_marker(text: str) -> tuple[int, str] | None:
    """Return where a quoted line begins after its own marker, and that marker as Discord reads it."""
    if titled := parse_heading(text):
        return titled[1], "#" * min(3, titled[0]) + " "
    if found := SMALL_PRINT.match(text):
        return found.end(), "-# "
    if (
        not is_empty(text)
        and not is_bare_scene_break(text.lstrip(" \t"))
        and (found := LIST_ITEM.match(text))
    ):
        return found.end(), f"{found[2]}. " if found[2] else "- "
    return None
