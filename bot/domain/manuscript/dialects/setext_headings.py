"""Setext headings: a title over a row of `=` or `-`."""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.text.sign_search import has_sign

_UNDERLINED = re.compile(
    r"(?m)^(?P<over>(?P<row>[=-])(?P=row){2,}+[ \t]*+\n)?[ ]{0,3}(?P<title>\S[^\n]{0,199}?)[ \t]{0,20}+\n"
    r"[ ]{0,3}(?P<rule>={2,}|-{3,})[ \t]*+$"
)
_STRUCTURE = re.compile(
    r"[#>|+]|[-*][ \t]|\d{1,9}[.)][ \t]{2,}|-#|[\[{(<][^\n]*[\])}>]\Z|[=_*~`-]{2,}|[:.]{2}"
)
_SENTENCE_END = frozenset(".,;:!?…。！？、，；：।॥؟،۔\"'”’»」』）)*_~\\-–—")
_SPEECH = frozenset("\"“”„‘’'«»‹›「『—–-*_")
_LONGEST = 60


def read_setext_headings(draft: TrackedText) -> None:
    """Write underlined titles as headings; dashes under anything else stay the scene break that they look like."""
    if any(has_sign(draft.text, sign) for sign in ("\n==", "\n---", "\n ==", "\n ---")):
        draft.replace(_UNDERLINED, lambda found: _heading(draft.text, found))


def _heading(text: str, found: re.Match[str]) -> Edit | None:
    title, rule = found["title"], found["rule"]
    start = found.start("over") if found["over"] else found.start()
    if _STRUCTURE.match(title) or "|" in (title if rule[0] == "-" else title[:1]):
        return None
    first = not text[:start].strip() if start < 4000 else False
    begins = start == 0 or not text[text.rfind("\n", 0, start - 1) + 1 : start].strip()
    if rule[0] == "-":
        shown = _width(title)
        fits = len(rule) > 3 and abs(shown - len(rule)) <= max(3, shown // 3)
        if not begins or not _is_title(title, shown) or not (fits or first):
            return None
        return Edit(start, found.end(), f"## {title}\n")
    if not begins:
        # A row of equals signs under a paragraph of several lines separates it from what follows.
        return Edit(found.start("rule"), found.end(), "\n***\n") if len(rule) > 2 else None
    return Edit(start, found.end(), f"# {title}\n")


def _is_title(title: str, width: int) -> bool:
    return (
        width <= _LONGEST and title[-1] not in _SENTENCE_END and title[0] not in _SPEECH and ": " not in title
    )


def _width(title: str) -> int:
    """Return the number of columns that a title takes in an editor."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in title)
