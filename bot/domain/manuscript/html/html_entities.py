"""HTML entities in a chapter."""

from __future__ import annotations

import html
import re

from bot.domain.manuscript.offset_tracking import TrackedText
from bot.domain.text.terminal_escaping import find_stray_control

_ENTITY = re.compile(r"(?<!\\)&(?:amp;)*(#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SPACER = re.compile(r"(?m)^[ \t]*+&(?:nbsp|#160|#xa0|ensp|emsp);[ \t]*+$", re.IGNORECASE)
_PARAGRAPH = re.compile(r"(?m)^[ \t]*+$\n?")
_ACTIVE = frozenset("\\*_~|`<>[]#@-+")


def read_entities(draft: TrackedText) -> None:
    """Replace `&mdash;`, `&#8217;` and other entities by their characters, none of which is markup then.

    An entity alone in a paragraph stays, for it may be a scene break; but not where it separates all paragraphs.
    """
    if "&" not in draft.text:
        return
    alone = {found.start() for found in _SPACER.finditer(draft.text)}
    if len(alone) > 3 and len(alone) * 4 > len(_PARAGRAPH.findall(draft.text)):
        draft.replace(_SPACER, lambda _: "")
        alone = set()
    text = draft.text

    def character(found: re.Match[str]) -> str | None:
        line = text.rfind("\n", max(0, found.start() - 80), found.start()) + 1
        if alone and line in alone:
            return "&nbsp;"
        shown = html.unescape(f"&{found[1]};")
        if len(shown) > 2:
            return None
        if find_stray_control(shown) is not None or shown == "\ufffd":
            return ""
        return f"\\{shown}" if shown in _ACTIVE else shown

    draft.replace(_ENTITY, character)
