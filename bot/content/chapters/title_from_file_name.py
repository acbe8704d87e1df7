"""Titles from file names that label chapters, such as `ch-01` or `chapter-03-the-lamp`."""

from __future__ import annotations

import re
import unicodedata

from bot.content.files.file_names import title_from_name
from bot.domain.stories.story import strip_order_prefix

_LABELS = {
    "ch": "Chapter",
    "chap": "Chapter",
    "chapter": "Chapter",
    "kap": "Kapitel",
    "kapitel": "Kapitel",
    "chapitre": "Chapitre",
    "capitulo": "Capítulo",
    "capítulo": "Capítulo",
    "capitolo": "Capitolo",
    "hoofdstuk": "Hoofdstuk",
    "rozdział": "Rozdział",
    "rozdzial": "Rozdział",
    "глава": "Глава",
    "розділ": "Розділ",
    "κεφάλαιο": "Κεφάλαιο",
}
_ABBREVIATED = frozenset(("ch", "chap", "kap"))
_LABELLED = re.compile(
    rf"(?P<label>{'|'.join(sorted(_LABELS, key=len, reverse=True))})[-_. ]{{0,3}}(?P<number>\d{{1,5}}(?:\.\d{{1,3}})?)"
    r"(?:[-_. ]{1,4}(?P<name>\S.*))?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{2,}|[\u0e00-\u0fff\u3040-\u9fff\uac00-\ud7a3]")


def title_of_file(stem: str) -> str:
    """Return the title that a file name gives.

    `003-the-lamp` and `ch-03-the-lamp` are `The Lamp`, `ch03` is `Chapter 3`, `chapter-3-the-lamp` is
    `Chapter 3: The Lamp`.
    """
    name = strip_order_prefix(unicodedata.normalize("NFC", stem))
    found = _LABELLED.fullmatch(name)
    if found is None:
        return title_from_name(stem)
    label = found["label"].casefold()
    whole, *rest = found["number"].split(".")
    counted = f"{_LABELS[label]} {'.'.join((str(int(whole)), *rest))}"
    if not found["name"]:
        return counted
    named = title_from_name(found["name"])
    return named if label in _ABBREVIATED else f"{counted}: {named}"


def has_words(stem: str) -> bool:
    """Return whether a file name says more than a number."""
    name = strip_order_prefix(unicodedata.normalize("NFC", stem))
    found = _LABELLED.fullmatch(name)
    return _WORD.search((found["name"] or "") if found else name) is not None
