"""Custom ids of sharing a line. They hold the page and the sentences, so that they work after any restart."""

from __future__ import annotations

from bot.chat.interactions.custom_ids import LARGEST, up_to

_PLACE = rf"(?P<release>{up_to(LARGEST)}):(?P<page>{up_to(999_999)}):(?P<revision>{up_to(999_999_999)})"
_COUNT = up_to(9999)
_PARAGRAPH = rf"(?P<paragraph>{_COUNT})"
LIST = rf"share-list:{_PLACE}"
PICK = rf"share-pick:{_PLACE}"
CUT = rf"share-cut:{_PLACE}:{_PARAGRAPH}"
POST = rf"share-post:{_PLACE}:{_PARAGRAPH}:(?P<first>{_COUNT}):(?P<last>{_COUNT}):(?P<check>{up_to(65_535)})"
PICKED = rf"from:(?P<start>{_COUNT})|{_PARAGRAPH}"
SENTENCE = _COUNT


def list_(release_id: int, number: int, revision: int) -> str:
    """Show the paragraphs of that page again."""
    return f"share-list:{release_id}:{number}:{revision}"


def pick(release_id: int, number: int, revision: int) -> str:
    """Identify the menu of that page's paragraphs."""
    return f"share-pick:{release_id}:{number}:{revision}"


def cut(release_id: int, number: int, revision: int, paragraph: int) -> str:
    """Identify the menu of that paragraph's sentences."""
    return f"share-cut:{release_id}:{number}:{revision}:{paragraph}"


def post(
    release_id: int, number: int, revision: int, paragraph: int, sentences: tuple[int, int], check: int
) -> str:
    """Post those sentences of that paragraph; `check` tells whether they are still what was shown."""
    return f"share-post:{release_id}:{number}:{revision}:{paragraph}:{sentences[0]}:{sentences[1]}:{check}"
