"""Code between tildes: Discord knows backticks only, and many authors separate scenes with tildes."""

from __future__ import annotations

import re

from bot.domain.manuscript.offset_tracking import Edit, TrackedText

_TILDES = re.compile(r"(?m)^[ ]{0,3}(?P<fence>~{3,}+)[ \t]*+(?P<word>[A-Za-z0-9+#.-]*+)[ \t]*+$")


def read_tilde_fences(draft: TrackedText) -> None:
    """Replace tildes around code by backticks.

    Bare tildes fence only text right inside them, without a blank line at either end.
    """
    if "~~~" not in draft.text:
        return
    text = draft.text
    rows = list(_TILDES.finditer(text))
    edits: list[Edit] = []
    number = 0
    while number + 1 < len(rows):
        opening, closing = rows[number], rows[number + 1]
        if (
            closing["word"]
            or len(closing["fence"]) < len(opening["fence"])
            or not _fences(text, opening, closing)
        ):
            number += 1
            continue
        fence = "````" if "```" in text[opening.end() : closing.start()] else "```"
        edits += [
            Edit(opening.start(), opening.end(), fence + opening["word"]),
            Edit(closing.start(), closing.end(), fence),
        ]
        number += 2
    if edits:
        draft.rewrite(edits)


def _fences(text: str, opening: re.Match[str], closing: re.Match[str]) -> bool:
    inside = text[opening.end() + 1 : closing.start() - 1]
    if opening["word"]:
        return bool(inside.strip())
    lines = inside.split("\n")
    return bool(lines[0].strip() and lines[-1].strip())
