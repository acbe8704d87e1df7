"""Fuzzy search: completion while somebody types, and resolution of the text once they have sent it.

Both use the same entries, so anything that a list shows can be typed out or pasted, and means that entry.
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
    """An item that can be picked from a list."""

    item: T_co
    label: str
    """The text that the list shows."""
    names: tuple[str, ...] = ()
    """Other texts that find it, the most important first."""
    number: int | None = None
    """The number that it is counted by."""
    searchable: bool = True
    """Unset where its names would spoil something: then only a name typed in full finds it."""


def search_entries(entries: Iterable[SearchEntry[T]], typed: str, limit: int) -> list[SearchEntry[T]]:
    """Return the entries that `typed` may be the beginning of, at most `limit`.

    They are ranked: the number itself, the whole name, numbers that begin so, beginnings of names, beginnings of
    words, other places in words; within each rank in the order given.
    """
    wanted, number, raw = fold(typed), parse_number(typed), _plain(typed)
    ranked: list[tuple[tuple[int, int], SearchEntry[T]]] = []
    for entry in entries:
        rank = _rank(entry, wanted, number, raw)
        if rank is not None:
            ranked.append((rank, entry))
    ranked.sort(key=lambda pair: pair[0])
    return [entry for _, entry in ranked[:limit]]


def _rank(entry: SearchEntry[T], wanted: str, number: int | None, raw: str) -> tuple[int, int] | None:
    """Return how well an entry fits, the least best; None where it does not."""
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
    """Return the entries that `typed` can mean: several where that is not clear, none where nothing fits.

    A number is the number, whatever else has such a name (`007` is a name first). Then come the label, as the
    list shows it, and the names. A label that has since become another's (its chapter has a new title, or a new
    number) still has a title and a number in it, and one that is cut off still has its beginning.
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
    """Return the texts that may find an entry by a part of them."""
    return (entry.label, *entry.names) if entry.searchable else (entry.label,)


def _called(entries: Sequence[SearchEntry[T]], typed: str) -> list[SearchEntry[T]]:
    """Return the entries whose label it is, else those whose first name it is, and so on.

    Among these, an exact match of every letter wins.
    """
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
    """Return the number that was typed, if nothing else was: `7`, `#7`, `７`."""
    found = _NUMBER.fullmatch(unicodedata.normalize("NFKC", typed).strip())
    return int(found[1]) if found is not None else None


def _plain(text: str) -> str:
    """Normalize texts that fold to nothing, such as a title of three dots: NFKC, without case or outer space."""
    return unicodedata.normalize("NFKC", text).casefold().strip()
