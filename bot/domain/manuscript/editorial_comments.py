"""Editorial comments: notes of authors and editors in a text, which readers are never shown.

These are HTML's comments, Obsidian's `%%…%%`, CriticMarkup (http://criticmarkup.com) with its changes taken as
accepted, and the link definitions that are used as comments in Markdown: `[//]: # (…)`.
"""

from __future__ import annotations

import re

from bot.domain.manuscript.code_spans import CodeLookup, find_code
from bot.domain.manuscript.offset_tracking import Edit, TrackedText

_OPENING = re.compile(r"(?<!\\)(?:<!--|(?<![\d%])%%(?!%)|\{>>|\{--|\{\+\+|\{~~|\{==)")
_CLOSING = {"<!--": "-->", "%%": "%%", "{>>": "<<}", "{--": "--}", "{++": "++}", "{~~": "~~}", "{==": "==}"}
_PRIVATE = frozenset(("<!--", "%%", "{>>"))
_DEFINITION = re.compile(
    r"(?m)^[ ]{0,3}\[(?://|#|comment|_+)\]:[ \t]*+(?:#|<#?>|\S++)[ \t]*+(?:\([^\n]*|\"[^\n]*|'[^\n]*)?$",
    re.IGNORECASE,
)
_REMINDER = re.compile(r"\[(?:TK|TODO|FIXME|XXX)\b[^\[\]\n]{0,200}\]|\bTKTK(?:TK)*+\b|(?<![\w\[])TODO:")
_LINE = re.compile(r"\n[ \t]*+[^\s]")
_BLANKS = " \t"


def remove_private_notes(draft: TrackedText) -> None:
    """Remove private notes, accept an editor's changes, and warn of text still to be written."""
    text = draft.text
    if "<!--" in text or "%%" in text or "{" in text:
        _leave_out(draft)
    if "]:" in draft.text:
        draft.replace(_DEFINITION, lambda found: _without(draft, found.start(), found.end()))
    if any(word in draft.text for word in ("TK", "TODO", "FIXME", "[XXX")):
        draft.replace(_REMINDER, lambda found: _warn(draft, found))


def _leave_out(draft: TrackedText) -> None:
    text = draft.text
    code = CodeLookup(find_code(text))
    edits: list[Edit] = []
    unclosed: set[str] = set()
    at = 0
    while opened := _OPENING.search(text, at):
        if (stretch := code.around(opened.start())) is not None:
            at = stretch.end
            continue
        sign, at = opened[0], opened.end()
        end = -1 if sign in unclosed else text.find(_CLOSING[sign], at)
        if end < 0:
            if sign in _PRIVATE and sign not in unclosed:
                _unclosed(draft, opened.start(), sign)
            unclosed.add(sign)
            continue
        inside, at = text[at:end], end + len(_CLOSING[sign])
        kept = _accepted(sign, inside)
        if kept:
            edits.append(Edit(opened.start(), at, kept))
            continue
        if sign in _PRIVATE:
            draft.private += 1
            draft.read(opened.start(), "a note that is not meant for readers, left out")
        edits.append(_gone(text, opened.start(), at, edits[-1].end if edits else 0))
        at = max(at, edits[-1].end)
    draft.rewrite(edits)


def _accepted(sign: str, inside: str) -> str:
    """Return the rest of a stretch when its change is accepted."""
    if sign in ("{++", "{=="):
        return inside
    return inside.partition("~>")[2] if sign == "{~~" else ""


def _without(draft: TrackedText, start: int, end: int) -> Edit:
    draft.private += 1
    draft.read(start, "a note that is not meant for readers, left out")
    return _gone(draft.text, start, end, 0)


def _gone(text: str, start: int, end: int, done: int) -> Edit:
    """Remove `text[start:end]`, with its line if there is nothing else on it, else with one of the blanks around it."""
    before, after = start, end
    while before > done and text[before - 1] in _BLANKS:
        before -= 1
    while after < len(text) and text[after] in _BLANKS:
        after += 1
    begins = before == 0 or text[before - 1] == "\n"
    if not begins and "\n" in text[start:end] and _LINE.match(text, after):
        # The line end behind it was the note's, not the paragraph's.
        return Edit(before, after + 1, " ")
    if after == len(text) or text[after] == "\n":
        return Edit(before, after + 1, "") if begins and after < len(text) else Edit(before, after, "")
    if begins:
        return Edit(start, after, "")
    return Edit(start, after if before < start else end, "")


def _unclosed(draft: TrackedText, at: int, sign: str) -> None:
    """Warn of a note that never ends: all that follows may be private. Two percent signs alone may be no note."""
    begins_line = not draft.text[draft.text.rfind("\n", 0, at) + 1 : at].strip()
    grave = sign != "%%" or begins_line
    draft.remark(
        at,
        f"the private note that begins here with {sign} never ends",
        f"Write {_CLOSING[sign]} where it ends, or a backslash before {sign} if readers are to see it.",
        grave=grave,
    )


def _warn(draft: TrackedText, found: re.Match[str]) -> None:
    draft.remark(
        found.start(),
        f"“{found[0][:40]}” looks like a note to yourself",
        "Readers will see it: write what belongs there, or put it in <!-- -->.",
    )
