"""Footnotes, which Discord lacks: small numbers, with the notes at the chapter's end."""

from __future__ import annotations

import re

from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.manuscript.superscripts import to_superscript

_NAME = r"[^\[\]\s^]{1,100}"
_DEFINITION = re.compile(
    rf"(?m)^[ ]{{0,3}}\[\^(?P<name>{_NAME})\]:[ \t]*+(?P<text>[^\n]*+"
    r"(?:\n(?![ ]{0,3}(?:\[\^|[#>*+-]))[^\s][^\n]*+|\n[ \t]++\S[^\n]*+|\n[ \t]*+\n(?:[ ]{4}|\t)[ \t]*+\S[^\n]*+)*+)\n?"
)
_MARK = re.compile(rf"(?<!\\)\[\^(?P<name>{_NAME})\](?!:)|(?<![\\\]])\^\[(?P<inline>[^\[\]\n]{{1,2000}})\]")


def read_footnotes(draft: TrackedText) -> None:
    """Number the notes in the order of their references, and write them in small print after the text."""
    if "[^" not in draft.text and "^[" not in draft.text:
        return
    notes: dict[str, str] = {}
    places: dict[str, int] = {}

    def take(found: re.Match[str]) -> str:
        notes.setdefault(found["name"], found["text"])
        places.setdefault(found["name"], draft.source(found.start()))
        return ""

    draft.replace(_DEFINITION, take)
    order: list[str] = []
    numbers: dict[str, int] = {}

    def number(found: re.Match[str]) -> str | Edit:
        inline = found["inline"]
        name = found["name"] or f"^{found.start()}"
        if inline is not None:
            notes[name] = inline
        if name not in notes:
            mend = f"Write a line “[^{name}]: …” for it, or take the mark out."
            draft.remark(found.start(), f"there is no footnote “{name}”", mend)
            return ""
        if name not in numbers:
            order.append(name)
            numbers[name] = len(order)
        return to_superscript(str(numbers[name])) or ""

    draft.replace(_MARK, number)
    if order:
        end = len(draft.text.rstrip())
        lines = [_note(numbers[name], notes[name]) for name in order]
        draft.rewrite([Edit(end, len(draft.text), "\n\n" + "\n".join(lines))])
    for name in notes.keys() - numbers.keys():
        draft.remark_at(
            places[name],
            f"nothing points at the footnote “{name}”, so it is left out",
            f"Write [^{name}] where it belongs.",
        )


def _note(number: int, text: str) -> str:
    """Write a note in small print, a line for each paragraph of it."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n[ \t]*+\n", text)]
    first, *others = [part for part in paragraphs if part] or ["…"]
    return "\n".join((f"-# {to_superscript(str(number))} {first}", *(f"-# {part}" for part in others)))
