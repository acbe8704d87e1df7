"""Scene breaks in their usual forms: asterisks, dashes, ornaments and a few words."""

from __future__ import annotations

import re
from enum import Enum, auto

BREAK = "***"
"""The form of a scene break for the parser of pages."""


class Confidence(Enum):
    """Certainty that a line is a scene break."""

    SURE = auto()
    """In any context."""

    ALONE = auto()
    """If it is a paragraph of its own."""

    REPEATED = auto()
    """If it is one, and occurs more than once: it could be the kisses that end a letter."""


LONGEST = 120
"""Longest line, in characters, that can be a scene break."""

_WORDY = re.compile(r"[^\W_xXoO×]{2}")
_BRACKETS = "[{(<*~=-–—\\_［&"
_DASHES = "-–—―‒⸺⸻─━═ー－"
_REPEATED = frozenset(
    f"*_~=+#/•·∙●○◦◯◎◆◇◈❖★☆✦✧✩✪✫✬✭✮✯✱✲✳✴✵✶✷✸✹✺✻✼✽✾✿❀❁❂❃❄❅❆❇❈❉❊❋※⁂⁎⁑⁕⁜§¤†‡♦♢♠♤♣♧☙❦❧■□▪▫▲△▼▽＊～〜＿＝＋＃◌◊⟡᛭꙳ꕥ{_DASHES}"
)
_ORNAMENTS = frozenset("⁂❖❦❧☙※⁕⁜✦✧✶✷✸✹✺✻✼✽❀❁✿◆◇●○■□★☆§¤♦♢◊⟡ꕥ⸻⸺❈❉❊❋✵✴✳✲✱＊")
_ALONE = frozenset(
    ("&nbsp;", "\\", "*", "**", "~", "~~", "+", "++", ".", "=", "==", "_", "__", "•", "·", "–", "—", "-")
)
_MIRRORED = str.maketrans("<>/\\()[]{}", "><\\/)(][}{")
_BORDERS = frozenset(f"~=*+<>•·#{_DASHES}")
_MIDDLE = frozenset("xXoO0*+=•·#@&$%8")
_CROSSES = frozenset("xXoO×")
_WORDS = re.compile(
    r"[\[{(<*~=\-–—\\ ]++(?:scene|section|page|chapter)?[ -]?(?:break|pause)[\]})>*~=\-–— ]*+|\\(?:new|clear)page|"
    r"［＃改(?:ページ|頁|丁|段)］|\{\{?(?:pagebreak|page-break|scenebreak)\}?\}|-> ?[*~#-]+ ?<-",
    re.IGNORECASE,
)
_WRAPPED = re.compile(r"(\*\*\*|\*\*|\*|__|_|~~)(?P<inside>.+)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def classify_scene_break(line: str) -> Confidence | None:
    """Return the certainty that a line by itself is a scene break; None if it is not."""
    if len(line) > LONGEST or not (bare := line.strip()):
        return None
    if bare[0].isalnum() and (bare[0] not in _CROSSES or _WORDY.search(bare)):
        return None
    if bare[0] not in _BRACKETS and _WORDY.search(bare):
        return None
    if (found := _judged(bare)) is not None:
        return found
    wrapped = _WRAPPED.fullmatch(bare)
    return _judged(wrapped["inside"].strip()) if wrapped else None


def _judged(bare: str) -> Confidence | None:
    if bare in _ALONE:
        return Confidence.ALONE
    written = _ESCAPED.sub(r"\1", bare)
    signs = "".join(written.split())
    if not signs or (len(signs) == len(written) and not signs.strip(".")):
        # Three dots in a row are silence, not a break; with blanks between them they are one.
        return None
    if len(signs) == 1:
        return (
            Confidence.SURE
            if signs in _ORNAMENTS
            else Confidence.ALONE
            if signs in _ALONE or signs == "#"
            else None
        )
    if not signs.strip("#"):
        return Confidence.SURE if len(signs) < len(written) or len(signs) > 6 else Confidence.ALONE
    if not signs.strip("."):
        return Confidence.SURE if len(signs) > 2 else None
    if all(sign in _REPEATED for sign in signs) and _alike(signs):
        return Confidence.SURE if len(signs) > 2 else Confidence.ALONE
    if _WORDS.fullmatch(written):
        return Confidence.SURE
    return _crossed(signs)


def _alike(signs: str) -> bool:
    """Return whether it is one sign repeated, or signs that read the same from both ends."""
    face = len(signs) == 3 and signs[1] == "_"
    return len(set(signs)) == 1 or (len(signs) > 2 and signs == signs[::-1] and not face)


def _crossed(signs: str) -> Confidence | None:
    """Judge `oOo`, `-x-`, `<~*~>`: letters and signs around a middle, the same from both ends."""
    letters = set(signs)
    if len(signs) < 3 or signs != signs[::-1].translate(_MIRRORED):
        return None
    if letters <= _CROSSES:
        return Confidence.REPEATED if len(letters) == 1 else Confidence.SURE
    middle = signs.strip("".join(_BORDERS - {signs[len(signs) // 2]}))
    if not letters - _CROSSES - {"*"}:
        return None  # A letter in bold.
    if signs[0] not in _BORDERS or len(middle) > 5 or not set(signs) <= _BORDERS | _MIDDLE | _CROSSES:
        return None
    return Confidence.SURE
