"""A manuscript as its readers see it."""

from __future__ import annotations

from collections.abc import Mapping

from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.manuscript.lines.line_breaks import LineMode
from bot.domain.pages import Picture, Prose, paginate

BREAK = "[break]"
"""What stands for a scene break."""


def shown(text: str, *, lines: LineMode | None = None, pictures: Mapping[str, str] | None = None) -> str:
    """All blocks of all pages, one under the other."""
    manuscript = read_manuscript(text, lines=lines, picture_named=(pictures or {}).get)
    parts = []
    for page in paginate(manuscript.text):
        for block in page.blocks:
            match block:
                case Prose(text=text):
                    parts.append(text)
                case Picture(alt=alt, path=path):
                    parts.append(f"[{alt}: {path}]")
                case _:
                    parts.append(BREAK)
    return "\n\n".join(parts)


def remarks(text: str, *, pictures: Mapping[str, str] | None = None) -> list[str]:
    """What its author is told, each with its place."""
    manuscript = read_manuscript(text, picture_named=(pictures or {}).get)
    return [f"{one.line}:{one.column} {one.problem}" for one in manuscript.remarks]
