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
_MARK = re.compile(
    rf"\[(?<!\\\[)\^(?P<name>{_NAME})\]"
    r"|\^(?<![\\\]]\^)\[(?P<inline>(?:[^\[\]\n\\]|\\[^\n]|\[(?:[^\[\]\n\\]|\\[^\n]){0,500}+\]){1,2000}+)\]"
)


_ENDNOTES = re.compile(r"(?:[ ]{0,3}\\?\[\d{1,3}\\?\][ \t]++\S[^\n]*+(?:\n\s*+|\Z))++\Z")
_ENDNOTE = re.compile(r"(?m)^[ ]{0,3}\\?\[(?P<number>\d{1,3})\\?\](?=[ \t]++\S)")
_NUMBER = re.compile(r"[ \t]?\\?\[(?P<number>\d{1,3})\\?\](?![(:\[])")


def read_footnotes(draft: TrackedText) -> None:
    """Number the notes in the order of their references, and write them in small print after the text."""
    if "[1" in draft.text and "[^" not in draft.text:
        _read_endnotes(draft)
    if "[^" not in draft.text and "^[" not in draft.text:
        return
    notes: dict[str, str] = {}
    places: dict[str, int] = {}

    def take(found: re.Match[str]) -> str:
        if found["name"] in notes:
            draft.remark(
                found.start(),
                f"the footnote “{found['name']}” is written twice, and this one is left out",
                "Give it another name, here and where it belongs.",
            )
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
    _warn_of_unused(draft, {name: places[name] for name in notes.keys() - numbers.keys()})


def _warn_of_unused(draft: TrackedText, places: dict[str, int]) -> None:
    for name, place in places.items():
        draft.remark_at(
            place,
            f"nothing points at the footnote “{name}”, so it is left out",
            f"Write [^{name}] where it belongs.",
        )


def _read_endnotes(draft: TrackedText) -> None:
    """Rewrite notes `[1] …` that end the text as footnotes, if all are there and each has its one mark before."""
    text = draft.text
    first = next(
        (
            found
            for found in _ENDNOTE.finditer(text)
            if found["number"] == "1" and _ENDNOTES.match(text, found.start())
        ),
        None,
    )
    if first is None:
        return
    notes = list(_ENDNOTE.finditer(text, first.start()))
    numbers = [found["number"] for found in notes]
    marks = list(_NUMBER.finditer(text, 0, first.start()))
    if numbers != [str(number + 1) for number in range(len(notes))] or (
        [found["number"] for found in marks] != numbers
    ):
        return
    edits = [Edit(found.start(), found.end(), f"[^{found['number']}]") for found in marks]
    edits += [Edit(found.start(), found.end(), f"[^{found['number']}]:") for found in notes]
    draft.rewrite(edits)


def _note(number: int, text: str) -> str:
    """Write a note in small print, a line for each paragraph of it."""
    paragraphs = [" ".join(part.split()) for part in re.split(r"\n[ \t]*+\n", text)]
    first, *others = [part for part in paragraphs if part] or ["…"]
    return "\n".join((f"-# {to_superscript(str(number))} {first}", *(f"-# {part}" for part in others)))
