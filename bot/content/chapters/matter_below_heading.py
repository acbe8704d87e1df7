"""Front matter as lines below a chapter's heading: `# Rain`, then `**Status:** draft`.

A story may show such lines too, as the head of a letter or the state of a hero. So they count only if every one of
them has a known key, and one a key by which nobody but an author describes a chapter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.content.chapters.front_matter_detection import is_known_key, skip_comments
from bot.content.chapters.front_matter_forms import MatterBlock, MatterForm
from bot.content.chapters.matter_sources import HeaderLine
from bot.content.chapters.third_party_front_matter import normalize_key

_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]")
_LINE = re.compile(
    r"""[ ]{0,3}(?:[-*+][ ])?(?P<mark>\*\*|__|)(?P<key>[^\W\d_][\w .-]{0,40}?)[ ]?
    (?:::?(?P=mark)|(?P=mark)[ ]?::?)[ \t]+(?P<value>\S.*)$""",
    re.VERBOSE,
)
_AUTHORS_KEYS = """
    draft pov tag tags word_count wordcount target_words target_word_count publish_at last_updated
"""
_STATES = """
    draft wip final done complete completed finished unfinished revised edited published unpublished todo outline
    outlined idea
"""
_OF_AUTHORS, _STATUS = (frozenset(words.split()) for words in (_AUTHORS_KEYS, _STATES))
_DRAFTED = re.compile(r"(?:\w+ ){0,2}draft(?: \d+)?|(?:in progress|to do|needs \w.*)", re.IGNORECASE)
_MOST_LINES = 20


def blank_matter_below_heading(body: str, body_line: int) -> tuple[MatterBlock, str] | None:
    """Return such lines and the text with empty lines instead of them, or None if there are none.

    Args:
        body: The text below other front matter.
        body_line: The number of its first line in the file.
    """
    start = skip_comments(body)
    if not body.startswith("#", start):
        return None
    end = body.find("\n", start)
    if end < 0 or not _HEADING.match(body, start):
        return None
    at = skip_comments(body, end)
    stop = body.find("\n\n", at)
    lines = body[at : stop if stop >= 0 else len(body)].split("\n", _MOST_LINES)
    first = body_line + body.count("\n", 0, at)
    headers = _headers(lines, first)
    if headers is None:
        return None
    rest = "" if stop < 0 else body[stop:]
    text = "".join(f"{line}\n" for line in lines)
    block = MatterBlock(text, first, MatterForm.HEADER, headers, end=first + len(lines))
    return block, body[:at] + "\n" * (len(lines) - 1) + rest


def _headers(lines: Sequence[str], first: int) -> tuple[HeaderLine, ...] | None:
    found = [_LINE.match(line) for line in lines]
    headers = tuple(
        HeaderLine(each["key"], each["value"].rstrip(" \\"), first + at)
        for at, each in enumerate(found)
        if each is not None and is_known_key(each["key"])
    )
    certain = len(headers) == len(lines) and any(map(_is_of_an_author, headers))
    return headers if certain else None


def _is_of_an_author(header: HeaderLine) -> bool:
    value = header.value.strip().casefold()
    if normalize_key(header.key) == "status":
        return value in _STATUS or _DRAFTED.fullmatch(value) is not None
    return normalize_key(header.key) in _OF_AUTHORS
