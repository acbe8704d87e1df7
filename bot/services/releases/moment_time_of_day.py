"""Times of day inside a typed moment: `18:00`, `at 6pm`, `um 18 Uhr`, `à 18h30`, `18時`, `noon`, `tomorrow evening`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_BEFORE = (
    r"(?:(?<![^\s,])(?:at|around|um|gegen|@|à|a las|a la|a|às|as|alle ore|alle|all[’']|ore|om|kl\.?|klo|saat|o godz\.?|"
    r"o|о|в|во|у|στις|στη|la ora|v|lúc|เวลา)\s*)?"
)
_HALF = r"(?P<half>a\.?m\.?|p\.?m\.?)"
_HALF_DAY = "(?P<part>午前|午後|上午|下午|晚上|早上|오전|오후)"
_NOT_COUNTED = "".join(rf"(?<!\b{word} )" for word in ("in", "en", "em", "om", "dans"))
"""Nothing that makes “18h” eighteen hours."""

_CLOCKS = tuple(
    re.compile(_BEFORE + pattern, re.ASCII)
    for pattern in (
        rf"(?<![\d.:/-])(?P<hour>\d{{1,2}}):(?P<minute>\d{{2}})(?::00)?(?![\d:])(?:\s*(?:{_HALF}|uhr|h))?(?![a-z])",
        rf"(?<![\d.:/-])(?P<hour>\d{{1,2}})(?:\.(?P<minute>\d{{2}}))?\s*{_HALF}(?![a-z])",
        r"(?<![\d.:/-])(?P<hour>\d{1,2})(?:\.(?P<minute>\d{2}))?\s*uhr(?:\s*(?P<more>[0-5]\d)(?!\d))?(?![a-z])",
        rf"(?<![\d.:/-]){_NOT_COUNTED}(?P<hour>\d{{1,2}})\s?h\s?(?P<minute>\d{{2}})?(?![a-z\d])",
        rf"{_HALF_DAY}?\s*(?P<hour>\d{{1,2}})\s*[時时点點시]\s*(?:(?P<minute>\d{{1,2}})\s*[分분]|(?P<thirty>半|반))?",
        r"(?<![\d.:/-])(?P<hour>\d{1,2})\.(?P<minute>[1-5]\d)(?![\d.])(?<!\.1[0-2])",
    )
)
"""Clock times with their preposition, in the order in which they are looked for."""

_BARE = re.compile(
    r"(?<!\S)(?:at|um|@|à|a las|às|alle|om|kl\.?|klo|saat|о|в|o)\s*(?P<hour>\d{1,2})$", re.ASCII
)
_IN_PARTS = re.compile(
    r"(?<!\S)(?:at |um )?(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?: uhr)?"
    r" (?:in the )?(?P<part>morning|afternoon|evening|morgens|früh|vormittags|nachmittags|abends)(?!\S)",
    re.ASCII,
)
_PART_FIRST = re.compile(
    r"(?<!\S)(?:in the )?(?P<part>morning|afternoon|evening|morgens|früh|vormittags?|nachmittags?|abends?)"
    r" (?:at |um )(?P<hour>\d{1,2})(?::(?P<minute>\d{2}))?(?: uhr)?(?!\S)",
    re.ASCII,
)
_LATE = (
    "午後",
    "下午",
    "晚上",
    "오후",
    "afternoon",
    "evening",
    "nachmittags",
    "abends",
    "nachmittag",
    "abend",
)

_PARTS = {
    "noon": ("noon", "midday", "mittag", "mittags", "midi", "mediodía", "mezzogiorno", "meio-dia", "полдень"),
    "midnight": (
        "midnight",
        "mitternacht",
        "mitternachts",
        "minuit",
        "medianoche",
        "mezzanotte",
        "meia-noite",
    ),
    "morning": (
        "in the morning",
        "morning",
        "am morgen",
        "früh",
        "morgens",
        "vormittag",
        "vormittags",
        "matin",
        "утром",
    ),
    "afternoon": (
        "in the afternoon",
        "afternoon",
        "am nachmittag",
        "nachmittag",
        "nachmittags",
        "après-midi",
    ),
    "evening": (
        *("in the evening", "evening", "at night", "night", "am abend", "abend", "abends"),
        *("soir", "por la noche", "à noite", "sera", "вечером", "wieczorem"),
    ),
}
_MEANT = {
    "noon": time(12),
    "midnight": time(0),
    "morning": time(8),
    "afternoon": time(15),
    "evening": time(20),
}
_FURTHER = {"полночь": "midnight", "正午": "noon", "中午": "noon", "정오": "noon", "자정": "midnight"}
_NAMED = {form: part for part, forms in _PARTS.items() for form in forms} | _FURTHER
_NAMED_TIME = re.compile(
    r"(?<!\w)(?:(?:at|um|zu|à|a las|al|a|às|ao|в) )?"
    rf"(?P<name>{'|'.join(sorted(map(re.escape, _NAMED), key=len, reverse=True))})(?!\w)"
)


@dataclass(frozen=True, slots=True)
class TypedTime:
    """The time of day of a typed moment, and the words without it."""

    at: time | None
    """None if no time is named."""
    rest: str


def split_time(text: str) -> TypedTime | None:
    """Find the time of day in a text of small letters.

    Returns:
        None if there is one that is no time, or may be morning or evening, or if there are two.
    """
    if found := _IN_PARTS.search(text) or _PART_FIRST.search(text):
        return _placed(text, found, late=found["part"] in _LATE)
    for clock in _CLOCKS:
        if found := clock.search(text):
            parts = found.groupdict()
            late = (parts.get("half") or "").startswith("p") or parts.get("part") in _LATE
            return _placed(text, found, late=late)
    if found := _BARE.search(text):
        return _placed(text, found, late=False) if not 1 <= int(found["hour"]) <= 11 else None
    if found := _NAMED_TIME.search(text):
        return TypedTime(_MEANT[_NAMED[found["name"]]], _without(text, found))
    return TypedTime(None, text)


def _placed(text: str, found: re.Match[str], *, late: bool) -> TypedTime | None:
    parts = found.groupdict()
    hour, halved = int(found["hour"]), bool(parts.get("half"))
    minute = int(parts.get("minute") or parts.get("more") or (30 if parts.get("thirty") else 0))
    if hour > (12 if halved else 23) or minute > 59 or (halved and hour == 0):
        return None
    if late and hour < 12:
        hour += 12
    elif halved and not late and hour == 12:
        hour = 0
    rest = _without(text, found)
    return None if any(clock.search(rest) for clock in _CLOCKS) else TypedTime(time(hour, minute), rest)


def _without(text: str, found: re.Match[str]) -> str:
    """Return the words around a time; signs that joined it go too."""
    return " ".join(f"{text[: found.start()]} {text[found.end() :]}".split()).strip(" ,;")
