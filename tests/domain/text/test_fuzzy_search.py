"""Lists that are searched while somebody types, and what they mean by what they send."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.domain.text.fuzzy_search import SearchEntry, parse_number, resolve_entry, search_entries
from bot.domain.text.normalization import fold


def chapters(*titles: str, told: int | None = None) -> list[SearchEntry[int]]:
    """Chapters by their titles, those after `told` by their number alone."""
    return [
        SearchEntry(
            number,
            f"{number}. {title}" if (shown := told is None or number <= told) else f"Chapter {number}",
            (title, f"key-{number}"),
            number,
            shown,
        )
        for number, title in enumerate(titles, 1)
    ]


def found(entries: list[SearchEntry[int]], typed: str) -> list[int]:
    return [each.item for each in search_entries(entries, typed, 25)]


def sent(entries: list[SearchEntry[int]], typed: str) -> list[int]:
    return [each.item for each in resolve_entry(entries, typed)]


def test_the_number_itself_comes_first_among_many() -> None:
    entries = chapters(*(f"Night {n} of 7, or {n * 17}" for n in range(1, 1201)))[::-1]
    for typed, number in (("7", 7), ("17", 17), ("#117", 117), ("７", 7), ("1200", 1200)):
        assert found(entries, typed)[0] == number
    assert found(entries, "7")[1:4] == [79, 78, 77], "then the numbers that begin so"
    assert len(found(entries, "7")) == 25


@pytest.mark.parametrize("typed", ["cafe", "CAFÉ", "the cafe at", "4. the cafe", "café at night"])
def test_spelling_does_not_matter(typed: str) -> None:
    entries = chapters("One", "King’s Road", "Über den Dächern", "The Café at Night")
    assert found(entries, typed) == [4]


def test_better_matches_come_first() -> None:
    entries = chapters("A long count", "Account", "The Count", "Count", "Counting")
    assert found(entries, "count") == [4, 5, 1, 3, 2]
    assert found(entries, "") == [1, 2, 3, 4, 5]
    assert found(entries, "nothing like it") == []


def test_what_is_nothing_but_signs_is_found_as_it_is() -> None:
    entries = chapters("One", "???", "…")
    assert found(entries, "???") == [2]
    assert sent(entries, "???") == [2]
    assert sent(entries, "2. ???") == [2]
    assert sent(entries, "…") == [3]
    assert sent(entries, "!!") == []


def test_hidden_titles_are_found_by_number_alone_and_by_whoever_knows_them() -> None:
    entries = chapters("One", "The Lamp Breaks", "Three", told=1)
    assert found(entries, "lamp") == []
    assert found(entries, "2") == [2]
    assert found(entries, "chapter") == [2, 3]
    assert sent(entries, "Chapter 2") == [2]
    assert sent(entries, "the lamp breaks") == [2]
    assert sent(entries, "The La…") == [], "no guessing at what is hidden"


def test_a_number_is_the_number_whatever_else_is_called_so() -> None:
    entries = [*chapters("Seven", "7", "Three"), SearchEntry(99, "4. Four", ("Four", "007"), 4)]
    assert sent(entries, "2") == [2]
    assert sent(entries, "7") == [2], "a title where no chapter has the number"
    assert sent(entries, "007") == [99], "a name, where it is written as no number is"
    assert sent(entries, "003") == [3]


def test_what_several_are_called_is_several() -> None:
    entries = chapters("Interlude", "The Count", "interlude!", "C++", "C")
    assert sent(entries, "Interlude") == [1], "to the letter first"
    assert sent(entries, "INTERLUDE.") == [1, 3]
    assert sent(entries, "3. interlude") == [3]
    assert sent(entries, "C++") == [4]
    assert sent(entries, "nothing") == []
    assert sent(entries, " ") == []


def test_a_label_from_before_a_change_still_means_its_chapter() -> None:
    entries = chapters("One", "New", "The Count", "Interlude", "Interlude")
    assert sent(entries, "2. The Count") == [3], "something was put before it"
    assert sent(entries, "3. The Tally") == [3], "it has a new title"
    assert sent(entries, "5. Interlude (withdrawn for now)") == [5]
    assert sent(entries, "2. Interlude") == [2], "of several the number says which"
    assert sent(entries, "9. The Nothing") == []


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=12), st.data())
def test_every_label_means_its_own(titles: list[str], data: st.DataObject) -> None:
    told = data.draw(st.none() | st.integers(0, len(titles)))
    entries = chapters(*titles, told=told)
    labels = Counter(fold(each.label) for each in entries)
    for entry in entries:
        assert sent(entries, str(entry.number)) == [entry.item]
        assume(labels[fold(entry.label)] == 1 and parse_number(entry.label) is None)
        spelled = data.draw(
            st.sampled_from([str, str.upper, str.casefold, lambda text: unicodedata.normalize("NFD", text)])
        )
        assert sent(entries, entry.label) == [entry.item]
        assert entry.item in sent(entries, spelled(entry.label))
        if fold(entry.label):
            assert entry.item in [each.item for each in search_entries(entries, entry.label, 25)]


@given(st.text(max_size=40))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    entries = chapters("One", "2", "Three…", told=2)
    assert len(found(entries, typed)) <= 3
    assert len(sent(entries, typed)) <= 3
