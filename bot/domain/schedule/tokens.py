"""Tokens of a schedule's text: a queue of words that the parsers consume."""

from __future__ import annotations

import re
import unicodedata
from collections import deque

from bot.domain.schedule.german_reader import is_german_day, read_german
from bot.domain.schedule.schedule_word import Word
from bot.domain.schedule.vocabulary import DAYS

Words = deque[Word]

_WORD = re.compile(r"[^\s,;&()]+|[,;&]")
_CLOCK = re.compile(r"\d{1,2}:\d{2}", re.ASCII)
_OFFSET = re.compile(r"(?:utc|gmt|ut|z)?[+-]\d{1,2}(?::?\d{2})?", re.ASCII | re.IGNORECASE)
_LINKS = (",", ";", "&", "+", "/", "|", "and")
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
    """Return the text with one kind of dash, without double-width letters, invisible and loose characters."""
    return unicodedata.normalize("NFC", text.translate(_PLAIN))


def is_cron(fields: list[str]) -> bool:
    """Return whether the fields are meant as cron: the first two are no words there, but one may be a slip."""
    like = [_CRON_FIELD.fullmatch(field) is not None for field in fields[:5]]
    return len(like) > 1 and like[0] and (like[1] or sum(like) >= 3)


def split_words(text: str) -> Words:
    """Split into words, separating days or times joined by a stroke: `mon/wed/fri`. German becomes English."""
    words: Words = deque()
    for word in _WORD.findall(text):
        # 18:00+02:00 is no two times but an offset, and so is UTC+5:30.
        strokes = "/" if _CLOCK.match(word) or _OFFSET.fullmatch(word) else "/+|"
        parts = re.split(f"[{strokes}]", word)
        if len(parts) > 1 and all(parts) and any(_can_be_joined(part) for part in parts):
            words.extend(piece for part in parts for piece in (_bare(part), Word(",")))
            words.pop()
        else:
            words.append(_bare(word))
    return read_german(words)


def _can_be_joined(part: str) -> bool:
    day = part.casefold().partition("-")[0]
    return day in DAYS or is_german_day(day) or _CLOCK.fullmatch(part) is not None


def _bare(word: str) -> Word:
    """Strip the full stop of `Fri.` and the @ of `@18:00`."""
    bare = word
    if word.startswith("@") and word[1:2].isdigit():
        bare = word[1:]
    elif word.endswith(".") and not word.lower().endswith(".m.") and len(word) > 1:
        bare = word[:-1]
    return Word(bare.lower(), word)


def peek(words: Words, index: int = 0) -> Word:
    """Return the next word, or the one `index` later; empty at the end."""
    return words[index] if index < len(words) else _END


def take(words: Words, *wanted: str) -> Word | None:
    """Consume and return the next word if it is one of `wanted`."""
    return words.popleft() if words and words[0] in wanted else None


_END = Word("")


def take_link(words: Words) -> bool:
    """Consume a comma, an “and”, or both, and return whether there was one."""
    linked = False
    while take(words, *_LINKS):
        linked = True
    return linked
