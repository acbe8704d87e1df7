"""A reader's bookmark: what they look up never takes away where they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reading.bookmark import Bookmark, TextPosition, last_known_chapter

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


def begun(number: int = 1, offset: int = 0) -> Bookmark:
    place = TextPosition(number, offset)
    return Bookmark(3, "lamps", place, place, NOW, place)


def at(bookmark: Bookmark, number: int, offset: int = 0) -> Bookmark:
    """After that page is seen."""
    return bookmark.move_to(TextPosition(number, offset), NOW, follows=number == bookmark.last.number + 1)


def test_reading_on_moves_the_place_and_looking_back_does_not() -> None:
    here = at(at(at(begun(), 1, 500), 2), 3, 700)
    back = at(at(here, 1), 1, 500)
    assert back.position == here.position == TextPosition(3, 700), (
        "though ⏭️ had led from chapter 2 into the middle of 3"
    )
    assert (back.last, back.resume, back.furthest) == (
        TextPosition(1, 500),
        TextPosition(3, 700),
        TextPosition(3, 700),
    )
    assert last_known_chapter(back) == 3


def test_a_page_back_in_its_own_chapter_is_opened_again_and_the_place_stays() -> None:
    here = at(begun(), 1, 900)
    back = at(here, 1, 600)
    assert (back.resume, back.position) == (TextPosition(1, 600), TextPosition(1, 900))


def test_a_look_far_ahead_is_no_reading_on_until_it_goes_on() -> None:
    here = at(begun(), 1, 500)
    ahead = at(here, 9)
    assert (ahead.position, ahead.resume, ahead.furthest) == (
        TextPosition(1, 500),
        TextPosition(1, 500),
        TextPosition(9, 0),
    )
    assert at(ahead, 9).position == TextPosition(1, 500), "the same page once more, as when it is starred"
    on = at(ahead, 9, 400)
    assert on.position == TextPosition(9, 400)
    assert at(at(on, 1), 2).position == TextPosition(9, 400), (
        "and going on from an old chapter is not beyond it"
    )


def test_only_who_says_so_goes_back() -> None:
    here = at(at(begun(), 1, 500), 2)
    again = at(here, 1).settle_at(TextPosition(1, 0), NOW)
    assert (again.position, again.furthest) == (TextPosition(1, 0), TextPosition(2, 0))
    assert at(again, 1, 500).position == TextPosition(1, 500), "from there they read on"
    assert at(at(again, 1, 500), 2).position == TextPosition(2, 0)


def test_a_bookmark_from_before_places_were_kept_is_where_it_was_furthest() -> None:
    old = Bookmark(3, "lamps", TextPosition(1, 0), TextPosition(3, 700), NOW)
    assert (old.position, old.resume) == (TextPosition(3, 700), TextPosition(3, 700))
    assert at(old, 2).position == TextPosition(3, 700)


SEEN = st.lists(
    st.tuples(st.integers(1, 6), st.integers(0, 5), st.sampled_from(["see", "see", "see", "settle"])),
    max_size=30,
)


@given(SEEN)
def test_the_place_goes_back_only_where_its_reader_says_so(seen: list[tuple[int, int, str]]) -> None:
    bookmark = begun()
    for number, offset, what in seen:
        before, place = bookmark, TextPosition(number, offset * 100)
        bookmark = before.settle_at(place, NOW) if what == "settle" else at(before, *replace_place(place))
        assert bookmark.furthest == max(before.furthest, place)
        assert bookmark.furthest >= bookmark.position
        assert bookmark.position >= before.position or what == "settle"
        assert bookmark.resume.number == bookmark.position.number
        assert bookmark.position in (before.position, place)
    assert replace(bookmark, seen_at=NOW) == bookmark


def replace_place(place: TextPosition) -> tuple[int, int]:
    return place.number, place.offset
