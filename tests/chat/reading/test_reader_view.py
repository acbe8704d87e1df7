"""What the private reader and the lists offer, tell and keep to themselves."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.i18n.gettext import in_language
from bot.chat.interactions.outgoing_message import Message, texts
from bot.chat.pages.chapter_labels import chapter_label
from bot.chat.reading.reader_view import reader_message
from bot.chat.stories import catalogue_view
from bot.chat.text.user_text import isolated, literal_line, utf16_length
from bot.domain.reading.bookmark import Bookmark, TextPosition
from bot.domain.releases.release import Release
from bot.domain.stories.story import Rating
from bot.services.stories.catalogue import StoryCard, StoryDetail
from tests.chat.samples import NOON, picture, release, story, view

CHAPTERS = tuple(release(n, title=f"Title {n}") for n in range(1, 31))


def said(message: Message) -> str:
    return "\n".join(texts(message.view()))


def buttons(message: Message) -> dict[str, str]:
    """Labels by what they lead to."""
    found = (each for each in message.view().walk_children() if isinstance(each, ui.Button))
    return {str(each.custom_id): str(each.label or each.emoji) for each in found}


def loud(message: Message) -> list[str]:
    found = (each for each in message.view().walk_children() if isinstance(each, ui.Button))
    return [str(each.label) for each in found if each.style.name == "primary"]


def labels(message: Message) -> list[str]:
    (menu,) = (each for each in message.view().walk_children() if isinstance(each, ui.Select))
    return [option.label for option in menu.options]


def on(at: int, **more: Any) -> Message:
    """A reader that is on that chapter."""
    facts = {
        "release": CHAPTERS[at - 1],
        "released_count": 30,
        "previous": CHAPTERS[at - 2] if at > 1 else None,
        "following": CHAPTERS[at] if at < 30 else None,
        "listed": CHAPTERS[:23],
        "spoiler_limit": at,
    }
    facts |= more
    return reader_message(view(**({"next_readable": facts["following"]} | facts)))


def test_in_the_middle_of_a_chapter_only_news_is_offered() -> None:
    quiet = on(3, number=2, count=5, first_unread=CHAPTERS[3])
    assert loud(quiet) == []
    assert "since your last visit" not in said(quiet)
    news = on(3, number=2, count=5, first_unread=CHAPTERS[3], new_since_visit=2)
    assert loud(news) == ["First unread: chapter 4"]
    assert said(news).startswith("🆕 2 new chapters since your last visit.")
    again = on(2, number=2, count=5, first_unread=CHAPTERS[7])
    assert loud(again) == ["First unread: chapter 8"]
    assert buttons(again)["go:80"] == "First unread: chapter 8"


def test_at_a_chapters_end_the_next_is_offered_unless_it_is_withdrawn() -> None:
    assert loud(on(3, number=5, count=5, first_unread=CHAPTERS[3])) == ["Next: Title 4 ▶"]
    taken = replace(CHAPTERS[3], withdrawn_at=NOON)
    passed = on(3, number=5, count=5, following=taken, next_readable=CHAPTERS[4], first_unread=CHAPTERS[4])
    assert loud(passed) == ["Next: Title 5 ▶"]
    assert buttons(passed)["go:50"] == "Next: Title 5 ▶", "the one after it"
    assert loud(on(3, number=5, count=5, following=taken, next_readable=None)) == []


def test_at_the_end_of_everything_somebody_may_follow_once() -> None:
    assert loud(on(30, number=5, count=5, is_following=False)) == ["Follow"]
    assert "You have read all that is out" in said(on(30, number=5, count=5, is_following=False))
    known = on(30, number=5, count=5, is_following=True)
    assert loud(known) == []
    assert "comes to your direct messages" in said(known)
    assert buttons(known)["follow-here:0:300:5:1"] == "Following ✓"


def test_at_every_chapters_end_one_may_follow_and_only_at_the_very_end_that_is_what_most_want() -> None:
    end = on(3, number=5, count=5, first_unread=CHAPTERS[3], is_following=False)
    assert buttons(end)["follow-here:1:30:5:1"] == "Follow"
    assert loud(end) == ["Next: Title 4 ▶"]
    assert "You have read all" not in said(end)


def test_who_jumped_to_the_end_is_led_to_what_they_left_out() -> None:
    jumped = on(30, number=5, count=5, first_unread=CHAPTERS[1], is_following=False)
    assert "This is the newest chapter" in said(jumped)
    assert "You have read all" not in said(jumped)
    assert loud(jumped) == ["First unread: chapter 2"]


@pytest.mark.parametrize(("rating", "sent"), [(Rating.TEEN, True), (Rating.MATURE, False)])
def test_only_what_may_go_to_direct_messages_is_offered_there(rating: Rating, sent: bool) -> None:
    assert ("To my DMs" in buttons(on(1, story=story(rating=rating))).values()) is sent
    taken = replace(CHAPTERS[0], withdrawn_at=NOON)
    assert "To my DMs" not in buttons(on(1, release=taken)).values()


def test_the_star_shows_whose_it_is_and_a_single_page_asks_for_no_other() -> None:
    assert buttons(on(1, starred=True))["star:10:1:1"] == "Starred"
    assert buttons(on(1))["star:10:1:1"] == "Star"
    (jump,) = (
        each
        for each in on(1).view().walk_children()
        if isinstance(each, ui.Button) and str(each.custom_id).startswith("jump:")
    )
    assert (jump.label, jump.disabled) == ("1 / 1", True)


def test_the_menu_tells_titles_up_to_the_furthest_and_leads_to_all_chapters() -> None:
    shown = labels(on(3))
    assert shown[:5] == ["1. Title 1", "2. Title 2", "3. Title 3", "Chapter 4", "Chapter 5"]
    assert shown[-1] == "Later chapters…"
    assert labels(on(29, listed=CHAPTERS[7:], spoiler_limit=30))[:2] == ["Earlier chapters…", "8. Title 8"]
    with in_language("de"):
        assert "Title" not in labels(on(3))[3]


def test_options_call_chapters_by_what_may_be_told() -> None:
    assert chapter_label(7, "Cold *Iron*", withdrawn=False) == "7. Cold *Iron*"
    assert chapter_label(7, None, withdrawn=False) == "Chapter 7"
    assert chapter_label(7, None, withdrawn=True) == "Chapter 7 (withdrawn for now)"
    assert chapter_label(8, "Next", coming=True) == "8. Next (to come)"
    assert utf16_length(chapter_label(7, "x" * 300, withdrawn=True)) <= 100


def detail(**more: Any) -> StoryDetail:
    place = Bookmark(1, "the-lamp", TextPosition(1, 0), TextPosition(3, 9), NOON, TextPosition(2, 0))
    card = StoryCard(story(), 30, CHAPTERS[-1], None, None, bookmark=place)
    facts = {
        "card": card,
        "releases": CHAPTERS[:5],
        "waiting": None,
        "is_author_of": False,
        "spoiler_limit": 3,
    }
    return StoryDetail(**(facts | more))  # type: ignore[arg-type]


def of_follower(of: StoryDetail) -> StoryDetail:
    return replace(of, card=replace(of.card, is_following=True))


def test_a_storys_page_says_how_one_stands_with_it() -> None:
    shown = said(catalogue_view.story_message(of_follower(detail(new_since_visit=1, unread=CHAPTERS[3]))))
    assert "🆕 1 new chapter since your last visit." in shown
    assert "You are in chapter 2 of 5" in shown
    assert "You follow it" in shown
    assert "3\\. Title 3 ·" in shown
    assert "4\\. ||Title 4|| ·" in shown
    assert (
        buttons(catalogue_view.story_message(detail(unread=CHAPTERS[3])))["read:40"]
        == "First unread: chapter 4"
    )
    assert buttons(catalogue_view.story_message(detail()))["follow-story:1:0:the-lamp"] == "Follow"
    followed = buttons(catalogue_view.story_message(of_follower(detail())))
    assert followed["follow-story:0:0:the-lamp"] == "Unfollow"
    assert "Follow" not in followed.values()


def test_a_cover_stands_beside_its_story() -> None:
    own = detail()
    with_cover = replace(own, card=replace(own.card, cover=picture("images/cover.png")))
    message = catalogue_view.story_message(with_cover)
    (shown,) = (each for each in message.view().walk_children() if isinstance(each, ui.Thumbnail))
    assert shown.description == "The cover of The Lamp"
    assert [each.name for each in message.files] == ["cover.png"]
    assert not catalogue_view.story_message(detail()).files


def test_what_is_written_from_right_to_left_turns_nothing_around_it() -> None:
    title = "حكاية الليل"
    wrapped = f"\u2068{title}\u2069"
    assert isolated(title) == literal_line(title, 100) == wrapped
    assert isolated("The Lamp") == "The Lamp"
    assert isolated("ランプ") == "ランプ"
    assert isolated("\u202egnp.exe") == "\u2068\u202egnp.exe\u2069"
    named: tuple[Release, ...] = (release(1, title=title), release(2))
    assert labels(on(1, listed=named))[0] == f"1. {wrapped}"
    assert f"||{wrapped}||" in said(catalogue_view.story_message(detail(releases=named, spoiler_limit=0)))


@given(st.text(alphabet="אבג abc\u202e*_|\u2067", max_size=60), st.integers(4, 80))
def test_isolated_lines_fit_as_well(text: str, limit: int) -> None:
    assert utf16_length(literal_line(text, limit)) <= limit


def test_who_looks_something_up_has_a_way_back_and_a_way_on() -> None:
    assert "back:30" not in buttons(on(3))
    away = buttons(on(3, number=2, count=5, is_elsewhere=True))
    assert (away["back:30"], away["here:30:2:1"]) == ("Back to where you were", "Read on from here")
    taken = replace(CHAPTERS[2], withdrawn_at=NOON)
    assert "Read on from here" not in buttons(on(3, release=taken, is_elsewhere=True)).values()
