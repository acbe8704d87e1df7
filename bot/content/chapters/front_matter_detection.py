"""Telling front matter apart from a text that begins with a scene break."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.chapters.third_party_front_matter import is_telling_key, is_third_party_key, normalize_key
from bot.schemas.base import nearest_word

_OWN = list(FrontMatterSchema.model_fields)
_LIKENESS = 0.75
_MOST_COMPARED = 50
_KEY = re.compile(r"""(?P<quote>["']?)[^\W\d][\w.-]{0,60}(?P=quote)[ \t]*+:(?:[ \t]|$)""")
_WRITTEN_KEY = re.compile(r"""["']?(?P<key>[^\W\d][\w -]{0,40}?)["']?[ \t]{0,8}:""")
_CONTINUED = re.compile(r"[ \t]|-(?:[ \t]|$)|[\]})]")


def looks_like_keys(lines: Sequence[str], *, closed: bool = True) -> bool:
    """Return whether the lines after a `---` are front matter, possibly faulty.

    Prose, a list or a heading alone is not; neither is anything without a closing `---` (`closed`).
    """
    written = [line for line in lines if line.strip()]
    if not written:
        return closed
    if all(line.startswith("\t") for line in written):
        # YAML knows no tabs and says so.
        return has_known_key([line.strip() for line in written])
    if all_keys(lines):
        # Without a closing line, “Anna: Come here.” is dialogue behind a scene break.
        return closed or (bool(lines[0].strip()) and has_known_key(lines))
    if all(line.startswith("#") for line in written):
        return has_known_key([line.lstrip("# ") for line in written])
    # A blank line first is how scene breaks are written: then it takes a key of our own.
    return has_known_key(written[:1]) if lines[0].strip() else _key_of(written[0]) in _OWN


def all_keys(lines: Sequence[str]) -> bool:
    """Return whether every line belongs to a key or its value, and at least one is a key."""
    written = [line for line in lines if line.strip()]
    if written and written[0].startswith("{"):
        return written[-1].rstrip().endswith("}") and ":" in "".join(written)
    keyed = False
    for line in written:
        if _KEY.match(line):
            keyed = True
        elif not line.startswith("#") and not (keyed and _CONTINUED.match(line)):
            return False
    return keyed


def has_known_key(lines: Sequence[str]) -> bool:
    """Return whether a line has a key of ours, nearly ours, or of another tool."""
    return has_own_key(lines) or any(is_third_party_key(key) for key in _keys(lines))


def has_own_key(lines: Sequence[str]) -> bool:
    """Return whether a line has a key of ours, or nearly ours."""
    return any(key in _OWN or nearest_word(key, _OWN, likeness=_LIKENESS) for key in _keys(lines))


def has_telling_key(lines: Sequence[str]) -> bool:
    """Return whether a line has a key of ours, or one that stands in front matter only."""
    return any(key in _OWN or is_telling_key(key) for key in _keys(lines))


def is_known_key(key: str) -> bool:
    """Return whether a key is ours or another tool's."""
    return normalize_key(key) in _OWN or is_third_party_key(key)


def skip_comments(text: str, at: int = 0) -> int:
    """Return the position after blanks, line ends and closed comments."""
    while True:
        while text[at : at + 1].isspace() or text.startswith("\ufeff", at):
            at += 1
        end = text.find("-->", at) if text.startswith("<!--", at) else -1
        if end < 0:
            return at
        at = end + 3


def _keys(lines: Sequence[str]) -> Iterator[str]:
    found = (key for line in lines if (key := _key_of(line)))
    yield from (key for key, _ in zip(found, range(_MOST_COMPARED), strict=False))


def _key_of(line: str) -> str:
    """Return the normalized key at the start of a line, or an empty text."""
    found = _WRITTEN_KEY.match(line.lstrip("{"))
    return normalize_key(found["key"]) if found else ""
