"""Signs that scene breaks are made of, and those that look like them but are speech: silence, faces and gestures."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

DASHES = frozenset("-–—―‒⸺⸻─━═ー－")
"""Dashes and rules that may also be a single line's border."""

ORNAMENTS = frozenset("⁂❖❦❧☙※⁕⁜✦✧✶✷✸✹✺✻✼✽❀❁✿◆◇●○■□★☆§¤♦♢◊⟡ꕥ⸻⸺❈❉❊❋✵✴✳✲✱＊⋆∗∙⋅∞۞۩๛⸙⸎჻፨෴")
"""A scene break even as a single sign."""

ROWS = frozenset("*_~=+#/•·∙×＊～〜＿＝＋＃᛭꙳﹏﹋﹌") | DASHES | ORNAMENTS
"""A scene break in a row of three or more, also mixed if the row reads the same from both ends."""

CAREFUL_ROWS = frozenset("%@$&^|:¶‡†॥〇ஃ♩♪♫♬")
"""A scene break only in a row of three or more of the same sign, in a paragraph of its own."""

BORDERS = frozenset("~=*+<>•·#") | DASHES
MIDDLES = frozenset("xXoO0*+=•·#@&$%8")
"""What the borders may surround, as in `-x-`."""

CROSSES = frozenset("xXoO")
"""Letters used as ornaments, and as kisses."""

SILENCE = frozenset(".·…‥⋯・･。．")
"""Dots and their likes: a pause in speech, unless there are blanks between them."""

SPACED_DOTS = frozenset(".·・･．")

FILLINGS = frozenset(".,:'`*~-_=+<>[]{}/«»‹›·´¸¯¨°ºø･｡ﾟ˚‿⁀⊱⊰⟨⟩《》「」『』【】༺༻꧁꧂༄༅")
"""What may stand between the ornaments of a long row."""

SPIRALS = frozenset("༺༻꧁꧂༄༅⊱⊰")
WAVES = frozenset("¸¯¨¤ø") | SPIRALS
"""Signs of which one makes a row of fillings an ornament, as in `¸.·´¯`·.¸`."""

_SHADES = frozenset("█▓▒░")
"""Redactions and progress bars."""

_MUSIC = frozenset("♩♪♫♬")
_NO_ORNAMENTS = frozenset("©®™°¦�￼") | _SHADES | _MUSIC
_CHAT = (
    *((0x1F600, 0x1F64F), (0x1F910, 0x1F92F), (0x1F970, 0x1F97A), (0x1F9D0, 0x1F9D0), (0x1FAE0, 0x1FAF8)),
    *((0x1F440, 0x1F450), (0x1F4A9, 0x1F4AF), (0x1F590, 0x1F596), (0x1F170, 0x1F1FF), (0x2639, 0x263B)),
    *((0x261A, 0x261F), (0x2705, 0x2705), (0x270A, 0x270D), (0x2713, 0x2714), (0x274C, 0x274E)),
    *((0x2717, 0x2718), (0x2753, 0x2757)),
)
"""Faces, hands, ticks and the like: somebody says something with them. First and last of each range."""

_PICTOGRAPHS = ((0x1F000, 0x1FAFF), (0x2600, 0x27BF), (0x2B1B, 0x2B55), (0x231A, 0x23FF))
_UNSEEN = dict.fromkeys(
    (
        *(0xAD, 0x200B, 0x200C, 0x200E, 0x200F, 0x2060, 0xFE0E, 0xFE0F, 0xFEFF, 0x2800, 0x3164),
        *range(0x202A, 0x202F),
        *range(0x2066, 0x206A),
        *range(0x1F3FB, 0x1F400),
    )
)
"""Invisible characters, variation selectors and skin tones."""

_JOINED = re.compile("\u200d.?")


def bare_signs(text: str) -> str:
    """Return the signs of a text without blanks and what only varies them; a joined emoji is its first."""
    signs = "".join(text.split())
    if signs.isascii():
        return signs
    return _JOINED.sub("", signs.translate(_UNSEEN))


@lru_cache(maxsize=4096)
def is_pictograph(sign: str) -> bool:
    """Return whether it is a picture that may be an ornament: 🌙 and ♥ are, a face or a hand is not."""
    point = ord(sign)
    return (
        _is_within(point, _PICTOGRAPHS)
        and not _is_within(point, _CHAT)
        and sign not in _MUSIC
        and sign not in ORNAMENTS
    )


@lru_cache(maxsize=4096)
def is_ornament(sign: str) -> bool:
    """Return whether a sign in a row is an ornament of any kind."""
    if sign in ROWS:
        return True
    if sign.isascii() or sign in _NO_ORNAMENTS or sign in SILENCE:
        return False
    if _is_within(ord(sign), _CHAT):
        return False
    return unicodedata.category(sign) in ("So", "Sm", "Pd") or sign in "٭፠፨᠅⁎⁑⸪⸫⸬⸭‣࿇࿈࿉࿊࿓࿔༓༶༄༅๏๚"


def is_shade(sign: str) -> bool:
    """Return whether a sign fills an area, as in a progress bar."""
    return sign in _SHADES


def is_filling(sign: str) -> bool:
    """Return whether a sign may stand in a long row of ornaments."""
    return sign in FILLINGS or is_ornament(sign) or unicodedata.category(sign) == "Mn"


def _is_within(point: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= point <= last for first, last in ranges)
