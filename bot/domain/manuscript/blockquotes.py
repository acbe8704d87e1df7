"""Quotes written as `>text`, to which Discord needs a blank added."""

from __future__ import annotations

import re

from bot.domain.manuscript.offset_tracking import TrackedText

_UNSPACED = re.compile(r"(?m)^(?P<marks>[ \t]{0,8}(?:>[ \t]?)*+)(?<=>)(?P<word>(?![>\s])[^\s]{1,20})")
_FACE = re.compile(
    r"[:;=8%][-'^oc]?[\[\](){}DPpOoSsCc/\\|3<>*@$&!?]*+|[xX]-?[DPp()<>]++|[._,;~^'oOuUwWxXnNAaTt0-9=/-]{0,4}[<>][^\w]*+"
    r"|3(?!\w).*|[.=]{1,3}|\W{1,3}[_.\-w]\W{1,4}"
)

_NUMBERED = re.compile(r"\d{1,9}[.)]")


def read_blockquotes(draft: TrackedText) -> None:
    """Add the blank behind the sign of a quote. `>_<` and `>3` are text."""
    if "\n>" in draft.text or draft.text.startswith(">") or "\n >" in draft.text:
        draft.replace(_UNSPACED, lambda found: _spaced(draft.text, found))


def _spaced(text: str, found: re.Match[str]) -> str | None:
    word = found["word"]
    if _FACE.fullmatch(word):
        return None
    if (
        word[0].isdigit()
        and not _NUMBERED.fullmatch(word)
        and found["marks"].strip() == ">"
        and not _among_others(text, found)
    ):
        return None
    return f"{found['marks']} {word}"


def _among_others(text: str, found: re.Match[str]) -> bool:
    """Return whether the line before or after is of the quote too."""
    after = text.find("\n", found.end())
    before = text.rfind("\n", 0, max(0, found.start() - 1)) + 1 if found.start() else found.start()
    return (found.start() > 0 and text[before : found.start()].lstrip().startswith(">")) or (
        after >= 0 and text[after + 1 : after + 10].lstrip(" \t").startswith(">")
    )
