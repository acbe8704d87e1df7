"""Tokens of a schedule's text: a queue of words that the parsers consume."""

from __future__ import annotations

import re
from collections import deque

from bot.domain.schedule.vocabulary import DAYS

Words = deque[str]

_WORD = re.compile(r"[^\s,;&()]+|[,;&]")
_JOINED = re.compile(r"[/+|]")
_CLOCK = re.compile(r"\d{1,2}:\d{2}", re.ASCII)
_LINKS = (",", ";", "&", "+", "and")
_CRON_FIELD = re.compile(r"[\d*](?:[\d*,/-]*[\d*])?", re.ASCII)
_PLAIN = str.maketrans(
    {
        **{chr(wide): chr(wide - 0xFEE0) for wide in range(0xFF01, 0xFF5F)},
        **dict.fromkeys("‐‑‒–—−", "-"),
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff", None),
        "、": ",",
    }
)


def normalize_signs(text: str) -> str:
    """Return the text with one kind of dash, without double-width letters and invisible characters."""
    return text.translate(_PLAIN)


def is_cron(fields: list[str]) -> bool:
    """Return whether the fields are meant as cron: the first two are no words there, but one may be a slip."""
    like = [_CRON_FIELD.fullmatch(field) is not None for field in fields[:5]]
    return len(like) > 1 and like[0] and (like[1] or sum(like) >= 3)


def split_words(text: str) -> Words:
    """Split into words, separating days or times joined by a stroke: `mon/wed/fri`."""
    words: Words = deque()
    for word in _WORD.findall(text):
        # 18:00+02:00 is no two times but an offset.
        parts = word.split("/") if _CLOCK.match(word) else _JOINED.split(word)
        if len(parts) > 1 and all(parts) and any(_can_be_joined(part) for part in parts):
            words.extend(piece for part in parts for piece in (part, ","))
            words.pop()
        else:
            words.append(_bare(word))
    return words


def _can_be_joined(part: str) -> bool:
    return part.casefold().partition("-")[0] in DAYS or _CLOCK.fullmatch(part) is not None


def _bare(word: str) -> str:
    """Strip the full stop of `Fri.` and the @ of `@18:00`."""
    if word.startswith("@") and word[1:2].isdigit():
        return word[1:]
    return word[:-1] if word.endswith(".") and not word.lower().endswith(".m.") and len(word) > 1 else word


def peek(words: Words, index: int = 0) -> str:
    """Return the next word, or the one `index` later, in lower case; empty at the end."""
    return words[index].lower() if index < len(words) else ""


def take(words: Words, *wanted: str) -> str | None:
    """Consume and return the next word, in lower case, if it is one of `wanted`."""
    return words.popleft().lower() if words and words[0].lower() in wanted else None


def take_link(words: Words) -> bool:
    """Consume a comma, an “and”, or both, and return whether there was one."""
    linked = False
    while take(words, *_LINKS):
        linked = True
    return linked
