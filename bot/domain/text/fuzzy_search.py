"""Finding what somebody means by what they typed: offers while they type, and the one thing once they have sent it.

Both look at the same entries, so whatever a list shows can be typed out or pasted, and means that.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.domain.text.normalization import fold

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

_NUMBER = re.compile(r"#?(\d{1,9})")
_NUMBERED = re.compile(r"#?(\d{1,9})\s*[.:)]\s*(\S.*)", re.DOTALL)
_CUT = ("…", "...")


@dataclass(frozen=True, slots=True)
class SearchEntry(Generic[T_co]):
    """Something that can be picked. `label` is what a list shows, `number` what it is counted by.

    `names` are what else finds it, the first one first. Where they would give something away they are not `searchable`:
    nothing is offered for them, or found by a part of them, but whoever knows one may use it.
    """

    item: T_co
    label: str
    names: tuple[str, ...] = ()
    number: int | None = None
    searchable: bool = True


def search_entries(entries: Iterable[SearchEntry[T]], typed: str, limit: int) -> list[SearchEntry[T]]:
    """What was typed so far may mean these, `limit` at most: the number itself, the whole name, numbers that begin so,
    beginnings, beginnings of words, words within; within that in the order given."""
    wanted, number, raw = fold(typed), parse_number(typed), _plain(typed)
    ranked: list[tuple[tuple[int, int], SearchEntry[T]]] = []
    for entry in entries:
        rank = _rank(entry, wanted, number, raw)
        if rank is not None:
            ranked.append((rank, entry))
    ranked.sort(key=lambda pair: pair[0])
    return [entry for _, entry in ranked[:limit]]


def _rank(entry: SearchEntry[T], wanted: str, number: int | None, raw: str) -> tuple[int, int] | None:
    """How well an entry fits, the least best; None where it does not."""
    if not wanted:
        # Nothing was typed, or nothing but signs, which are looked for as they are.
        return (0, 0) if raw in _plain(entry.label) else None
    if number is not None and entry.number is not None:
        if entry.number == number:
            return (0, 0)
        if str(entry.number).startswith(str(number)):
            return (2, len(str(entry.number)))
    best = None
    for name in _shown(entry):
        folded = fold(name)
        if folded == wanted:
            rank = 1
        elif folded.startswith(wanted):
            rank = 3
        elif f" {wanted}" in folded:
            rank = 4
        elif wanted in folded:
            rank = 5
        else:
            continue
        best = rank if best is None else min(best, rank)
    return None if best is None else (best, 0)


def resolve_entry(entries: Sequence[SearchEntry[T]], typed: str) -> list[SearchEntry[T]]:
    """What was sent means one of these: one where it is clear, several where it is not, none where there is no such.

    A number is the number, whatever else is called so (`007` is a name first). Then come the label, as the list shows
    it, and the names. A label that has come to be another's (its chapter has a new title, or a new number) still has a
    title and a number in it, and one that is cut off still has its beginning.
    """
    number = parse_number(typed)
    counted = [entry for entry in entries if entry.number == number] if number is not None else []
    if counted and not _plain(typed).removeprefix("#").startswith("0"):
        return counted
    if found := _called(entries, typed) or counted:
        return found
    numbered = _NUMBERED.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    if numbered is not None:
        rest = _called(entries, numbered[2])
        return rest if len(rest) == 1 else [each for each in entries if each.number == int(numbered[1])]
    if typed.rstrip().endswith(_CUT) and (wanted := fold(typed)):
        return [each for each in entries if any(fold(name).startswith(wanted) for name in _shown(each))]
    return []


def _shown(entry: SearchEntry[T]) -> tuple[str, ...]:
    """What an entry may be found by in part."""
    return (entry.label, *entry.names) if entry.searchable else (entry.label,)


def _called(entries: Sequence[SearchEntry[T]], typed: str) -> list[SearchEntry[T]]:
    """Those whose label it is, else those whose first name it is, and so on; to the letter before all else."""
    wanted, raw = fold(typed), _plain(typed)
    if not raw:
        return []
    names = [(entry.label, *entry.names) for entry in entries]
    for place in range(max(map(len, names), default=0)):
        found = [
            (entry, own[place])
            for entry, own in zip(entries, names, strict=True)
            if len(own) > place and (fold(own[place]) == wanted if wanted else _plain(own[place]) == raw)
        ]
        if found:
            exact = [entry for entry, name in found if _plain(name) == raw]
            return exact or [entry for entry, _ in found]
    return []


def parse_number(typed: str) -> int | None:
    """The number that was typed, if it is nothing else: `7`, `#7`, `７`."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    return int(found[1]) if found is not None else None


def _plain(text: str) -> str:
    """For comparing what folds to nothing, such as a title that is three dots: NFKC, without case or outer space."""
    return unicodedata.normalize("NFKC", text).casefold().strip()
