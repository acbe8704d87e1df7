"""Points of view that a chapter's headings announce."""

from __future__ import annotations

import re

from bot.domain.pages.text_runs import RunKind, TextRun

_NO_WORD = re.compile(r"\W*+")
_LAST_WORD = re.compile(r"\w\W*+\Z")
_VIEW_OF = re.compile(r"(?:pov|point of view)\s*+[:–—-]\s*+(?P<who>.+)", re.IGNORECASE)
_OWN_VIEW = re.compile(r"['’]s?\s++(?:pov|point of view|perspective)\Z", re.IGNORECASE)
_A_VIEW = re.compile(r"\bpov\Z", re.IGNORECASE)
_BEFORE_VIEW = "([–—:-"
_POINT_OF_VIEW_MOST = 60


def announced_point_of_view(run: TextRun) -> str | None:
    """Return the point of view that a run announces, if any.

    It may be a heading, `## Victor's POV`, or a paragraph that is one mark, `**Victor's POV**`.
    """
    if run.is_break or run.size > _POINT_OF_VIEW_MOST * 2 or run.shape is RunKind.CODE:
        return None
    pieces = run.inline.pieces
    if run.shape is not RunKind.HEADING and not all(piece.marks for piece in pieces):
        return None
    shown = run.inline.shown.strip()
    return _named(shown) if len(shown) <= _POINT_OF_VIEW_MOST else None


def _named(shown: str) -> str | None:
    """Return the name in `POV: Victor`, `Victor's perspective` or `Victor (POV)`, ignoring signs around it."""
    first, last = _NO_WORD.match(shown), _LAST_WORD.search(shown)
    if last is None or first is None:
        return None
    said = shown[first.end() : last.start() + 1]
    if found := _VIEW_OF.fullmatch(said):
        return found["who"].strip()
    if found := _OWN_VIEW.search(said):
        who = said[: found.start()]
    elif found := _A_VIEW.search(said):
        who = said[: found.start()].rstrip()
        who = who[:-1].rstrip() if who and who[-1] in _BEFORE_VIEW else who
    else:
        return None
    return who.strip() or None if "\n" not in who else None
