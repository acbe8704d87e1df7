"""Chapters that both their author and their source have changed: both texts by paragraphs, and the author's answers."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from bot.content.authoring.import_record import split_text
from bot.content.authoring.import_report import ConflictAnswer, ImportConflict

_MOST_PAIRS = 4_000_000
"""Pairs of paragraphs that are compared; of more, all between the first change and the last counts as one."""


def show_conflict(conflict: ImportConflict, title: str) -> dict[str, Any]:
    """Return a conflict for the page: `rows` of both texts, and the `version` of the one that is mine."""
    mine, source = split_text(conflict.mine), split_text(conflict.source)
    matter = mine[0].strip(), source[0].strip()
    rows = [{"mine": matter[0], "source": matter[1], "same": matter[0] == matter[1], "matter": True}]
    rows += [
        {"mine": ours, "source": theirs, "same": same, "matter": False}
        for ours, theirs, same in paragraph_rows(mine[1], source[1])
    ]
    return {
        "file": conflict.file,
        "title": title,
        "version": text_version(conflict.mine),
        "rows": rows if any(matter) else rows[1:],
    }


def paragraph_rows(mine: str, source: str) -> list[tuple[str, str, bool]]:
    """Return the paragraphs of two texts side by side, empty where only one has it, and whether they are the same."""
    ours, theirs = _paragraphs(mine), _paragraphs(source)
    first = 0
    while first < min(len(ours), len(theirs)) and ours[first] == theirs[first]:
        first += 1
    last = 0
    while last < min(len(ours), len(theirs)) - first and ours[-1 - last] == theirs[-1 - last]:
        last += 1
    between = ours[first : len(ours) - last], theirs[first : len(theirs) - last]
    return [
        *((each, each, True) for each in ours[:first]),
        *_between(*between),
        *((each, each, True) for each in ours[len(ours) - last :]),
    ]


def _between(ours: list[str], theirs: list[str]) -> Iterator[tuple[str, str, bool]]:
    if len(ours) * len(theirs) > _MOST_PAIRS:
        yield "\n\n".join(ours), "\n\n".join(theirs), False
        return
    for kind, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        for one, other in zip_longest(ours[a:b], theirs[c:d], fillvalue=""):
            yield one, other, kind == "equal"


def _paragraphs(text: str) -> list[str]:
    return [each.strip("\n") for each in text.split("\n\n") if each.strip()]


def text_version(text: str) -> str:
    """Return a short name of a text that no other text has."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def read_answers(
    given: object, asked: Collection[str], read: Callable[[str], str]
) -> Mapping[str, ConflictAnswer]:
    """Return the answers of a request by file, without those about a text that is not there any more.

    Args:
        given: By file: the `answer`, and the `version` of the text that it is about.
        asked: The files that there is a question about; answers for others are passed over.
        read: Returns the text that a file has now.

    Raises:
        ValueError: it is no such thing, or read refuses a file.
        OSError: a file cannot be read.
    """
    if not isinstance(given, dict):
        raise ValueError("The desk did not understand these answers. Reload the page.")
    answers: dict[str, ConflictAnswer] = {}
    for file, each in given.items():
        try:
            answer, version = ConflictAnswer(each["answer"]), each["version"]
        except (TypeError, KeyError, ValueError) as error:
            raise ValueError("The desk did not understand these answers. Reload the page.") from error
        if file not in asked:
            continue
        try:
            current = read(file)
        except FileNotFoundError:
            # It was renamed or taken out meanwhile; if there still is a question, it is asked again.
            continue
        if text_version(current) == version:
            answers[file] = answer
    return answers
