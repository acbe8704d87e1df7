"""The library's buttons hold what is shown, for ever, and its pages keep Discord's limits."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.interactions.outgoing_message import COMPONENT_LIMIT, texts
from bot.chat.stories import library_position
from bot.chat.stories.catalogue_view import library_message
from bot.chat.stories.library_position import LibraryPosition, searchable
from bot.chat.text.user_text import utf16_length
from bot.domain.stories.story import Author, Status
from bot.services.stories.catalogue import LibraryFilter, LibraryPage, LibraryRequest, StoryCard
from tests.chat.samples import NOON, picture, story


@given(st.text(max_size=200), st.sampled_from(LibraryFilter), st.integers(0, 999_999))
def test_an_id_brings_back_filter_search_and_page(typed: str, shown: LibraryFilter, page: int) -> None:
    here = LibraryPosition(shown, searchable(typed), page)
    for pattern, made, expected in (
        (library_position.SHOW, here.show_id, here),
        (library_position.PICK, here.pick_id, replace(here, page=0)),
        (library_position.ASK, here.ask_id, replace(here, page=0)),
        (library_position.ASKED, here.asked_id, LibraryPosition(shown)),
    ):
        assert utf16_length(made) <= 100
        found = re.fullmatch(pattern, made)
        assert found is not None
        assert LibraryPosition.of(found) == expected


@pytest.mark.parametrize(("old", "page"), [("shelf:3", 3), ("pick", 0)])
def test_buttons_of_earlier_versions_show_the_whole_library(old: str, page: int) -> None:
    pattern = library_position.SHOW if page else library_position.PICK
    found = re.fullmatch(pattern, old)
    assert found is not None
    assert LibraryPosition.of(found) == LibraryPosition(page=page)


def full_page(request: LibraryRequest) -> LibraryPage:
    """The fullest page that there can be."""
    about = story(
        title="*T* " * 99, authors=(Author("_N_ " * 50),) * 9, tags=("*tag*" * 9,) * 30, summary="_S_ " * 999,
        status=Status.COMPLETE,
    )  # fmt: skip
    card = StoryCard(about, 12_345, None, NOON, None, is_following=True, cover=picture())
    cards = tuple(replace(card, story=replace(about, slug=f"story-{n}")) for n in range(5))
    return LibraryPage(request, cards, 200, 1000, 1000)


@pytest.mark.parametrize("shown", LibraryFilter)
def test_the_fullest_page_fits_with_five_covers_and_different_ids(shown: LibraryFilter) -> None:
    message = library_message(full_page(LibraryRequest(shown, "*" * 60, 7)))
    view = message.view()
    assert view.total_children_count <= COMPONENT_LIMIT
    assert sum(map(utf16_length, texts(view))) <= 4000
    assert len({each.name for each in message.files}) == len(message.files) == 5
    ids = [each.custom_id for each in view.walk_children() if isinstance(each, ui.Button | ui.Select)]
    assert len(set(ids)) == len(ids)


def test_the_filter_in_force_cannot_be_pressed_and_the_others_keep_the_search() -> None:
    view = library_message(full_page(LibraryRequest(LibraryFilter.COMPLETE, "lamp", 7))).view()
    buttons = {str(each.label): each for each in view.walk_children() if isinstance(each, ui.Button)}
    assert buttons["Finished"].disabled
    assert buttons["Ongoing"].custom_id == "shelf:0:o:lamp"
    assert buttons["You follow"].custom_id == "shelf:0:f:lamp"
    assert buttons["End the search"].custom_id == "shelf:0:c:"
    assert buttons["8 / 200"].disabled
    assert "1,000 stories fit “lamp”" in texts(view)[0]


def test_an_empty_part_of_the_library_says_how_it_fills() -> None:
    empty = LibraryPage(LibraryRequest(LibraryFilter.FOLLOWED), (), 1, 0, 9)
    assert "You follow nothing yet" in texts(library_message(empty).view())[0]
    nothing = LibraryPage(LibraryRequest(search="xyz"), (), 1, 0, 9)
    assert "Nothing fits “xyz”" in texts(library_message(nothing).view())[0]
    assert (
        "nothing to read here yet"
        in texts(library_message(LibraryPage(LibraryRequest(), (), 1, 0, 0)).view())[0]
    )
