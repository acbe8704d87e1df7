"""Numbers with which footnotes begin in their source, and which the reader of a chapter gets from its mark."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.manuscript_import.source_document import SourceBlock

_LEADING_NUMBER = re.compile(r"(?:\\?[\[(]?[\divxl*†‡§¶\\]{1,6}\\?[\])]?[.:)\\]{0,3}|[⁰¹²³⁴-⁹]{1,4})\s*")
_LEADING_SIGNS = re.compile(r"[\s.:)\]]+")


def without_number(blocks: list[SourceBlock], label: str) -> list[SourceBlock]:
    """Return a note's blocks without the number with which it begins."""
    text = blocks[0].text
    found = _LEADING_NUMBER.match(text)
    if (
        found and re.sub(r"\W", "", found[0]) in (label.partition("-")[0], "") and found.end() < len(text)
    ) or (found := _LEADING_SIGNS.match(text)):
        text = text[found.end() :]
    return [replace(blocks[0], text=text), *blocks[1:]]
