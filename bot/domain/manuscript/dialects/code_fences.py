"""Code fences that Discord lacks: tildes, with which many authors separate scenes, and Obsidian's admonitions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.pages.source_map import find_fenced_code

_TILDES = re.compile(r"(?m)^[ ]{0,3}(?P<fence>~{3,}+)[ \t]*+(?P<word>[A-Za-z0-9+#.-]*+)[ \t]*+$")
_ADMONITION = re.compile(
    r"```+ad-(?P<kind>[\w-]++)[ \t]*+\n(?P<fields>(?:(?:title|collapse|icon|color):[^\n]*+\n)*+)"
    r"\n*+(?P<body>(?s:.*))\n```+[ \t]*+\Z"
)
_ADMONITION_TITLE = re.compile(r"(?m)^title:[ \t]*+([^\n]*+)")
_SENTENCE = re.compile("[.!?…。！？．؟۔।॥][\"'”’»›」』）)*_]{0,6}$")
_CODE = re.compile(r"[=;{}<>\\|`$@#/_]|\(\)|: *$")
_LONG_LINE = 40


def read_tilde_fences(draft: TrackedText) -> None:
    """Replace tildes around code by backticks.

    Bare tildes fence only text right inside them, without a blank line at either end but with one around them, and
    no prose: otherwise they separate scenes.
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


def read_admonition_fences(draft: TrackedText) -> None:
    """Write admonitions between fences (```` ```ad-note ````) as callouts: what is in them is no code."""
    if "```ad-" not in draft.text:
        return
    edits = []
    for start, end in find_fenced_code(draft.text):
        if found := _ADMONITION.match(draft.text[start:end]):
            title = _ADMONITION_TITLE.search(found["fields"])
            body = found["body"].strip("\n").replace("\n", "\n> ")
            heading = f"[!{found['kind']}] {title[1] if title else ''}".rstrip()
            edits.append(Edit(start, end, f"> {heading}\n> {body}"))
    draft.rewrite(edits)


def _fences(text: str, opening: re.Match[str], closing: re.Match[str]) -> bool:
    inside = text[opening.end() + 1 : closing.start() - 1]
    if opening["word"]:
        return bool(inside.strip())
    above = _line_before(text, opening.start())
    below = _line_at(text, closing.end() + 1)
    lines = inside.split("\n")
    tight = bool(lines[0].strip() and lines[-1].strip())
    return tight and not above.strip() and not below.strip() and not _is_prose(lines)


def _line_at(text: str, at: int) -> str:
    end = text.find("\n", at)
    return text[at:] if end < 0 else text[at:end]


def _line_before(text: str, at: int) -> str:
    end = max(0, at - 1)
    return text[text.rfind("\n", 0, end) + 1 : end]


def _is_prose(lines: Sequence[str]) -> bool:
    """Return whether lines are sentences: most end as such, or one is long and has no sign of code."""
    written = [line.rstrip() for line in lines if line.strip()]
    if any("```" in line for line in written):
        return False
    sentences = sum(1 for line in written if _SENTENCE.search(line) and not _CODE.search(line))
    return sentences * 2 >= len(written) or any(
        len(line) >= _LONG_LINE and not _CODE.search(line) for line in written
    )
