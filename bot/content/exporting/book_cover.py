"""A cover drawn from title and authors, for a story without a picture of its own.

It is an SVG: the reading program draws its letters, so it can show any script without a font that comes along.
"""

from __future__ import annotations

import hashlib

from rich.cells import cell_len

from bot.content.exporting.xhtml_inline import xml_text
from bot.domain.stories.story import Story

WIDTH, HEIGHT = 1200, 1800
_LINE_CELLS = 16
"""Widths of a narrow letter that fit into a line of the title."""

_MOST_LINES = 7


def draw_cover(story: Story) -> bytes:
    """Return the cover as an SVG; the same story always gets the same one."""
    hue = int.from_bytes(hashlib.blake2b(story.slug.encode(), digest_size=2).digest(), "big") % 360
    rows = _wrapped(story.title)
    size = 120 if len(rows) < 5 else 90
    top = 520 - (len(rows) - 1) * size // 2
    lines = [_line(row, top + number * int(size * 1.25), size, "bold") for number, row in enumerate(rows)]
    authors = _wrapped(", ".join(author.name for author in story.authors), _LINE_CELLS * 2)[:3]
    lines += [_line(row, 1400 + number * 80, 60, "normal") for number, row in enumerate(authors)]
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}">\n'
        f"<title>{xml_text(story.title)}</title>\n"
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="hsl({hue}, 35%, 24%)"/>\n'
        f'<rect x="50" y="50" width="{WIDTH - 100}" height="{HEIGHT - 100}" fill="none" stroke="#ffffff" '
        'stroke-width="4"/>\n' + "\n".join(lines) + "\n</svg>\n"
    ).encode()


def _line(text: str, y: int, size: int, weight: str) -> str:
    return (
        f'<text x="{WIDTH // 2}" y="{y}" font-family="serif" font-size="{size}" font-weight="{weight}" '
        f'fill="#ffffff" text-anchor="middle">{xml_text(text)}</text>'
    )


def _wrapped(text: str, cells: int = _LINE_CELLS) -> list[str]:
    """Return text in lines of at most so many cells; what has no room ends in an ellipsis."""
    rows: list[str] = []
    for word in text.split():
        if rows and cell_len(f"{rows[-1]} {word}") <= cells:
            rows[-1] += f" {word}"
            continue
        rows.append("")
        for character in word:
            if cell_len(rows[-1] + character) > cells:
                rows.append("")
            rows[-1] += character
    return rows if len(rows) <= _MOST_LINES else [*rows[: _MOST_LINES - 1], f"{rows[_MOST_LINES - 1]}…"]
