"""A chapter's post leads on where the chapter ends, and repeats nothing in a thread."""

from __future__ import annotations

from typing import Any

import pytest
from discord import ui

from bot.chat.delivery.chapter_post_view import chapter_post
from bot.chat.interactions.outgoing_message import texts
from bot.domain.stories.story import Rating
from bot.domain.subscriptions.release_styles import MessageForm
from bot.services.delivery.post_messenger import ChapterPost
from tests.chat.samples import NOON, post, release, story

NEXT = release(2, title="The Count")


def labels(of: ChapterPost) -> dict[str, str]:
    view = chapter_post(of, buttons=True).view()
    return {
        str(each.label): str(each.custom_id) for each in view.walk_children() if isinstance(each, ui.Button)
    }


def said(of: ChapterPost, *, buttons: bool = True) -> str:
    return "\n".join(texts(chapter_post(of, buttons=buttons).view()))


@pytest.mark.parametrize(
    "end",
    [
        {"number": 3, "count": 3},
        {"shape": MessageForm.PART, "part": 3, "parts": 3},
        {"shape": MessageForm.CARD, "parts": 3},
    ],
    ids=["pages", "thread", "card"],
)
def test_the_end_names_the_next_chapter_and_offers_to_follow(end: dict[str, Any]) -> None:
    here = post(succeeding=NEXT, **end)
    assert list(labels(here)) == ["Next: The Count ▶", "Read", "Suggest", "Follow"]
    assert labels(here)["Next: The Count ▶"] == "read:20", "in private, from its beginning"
    assert labels(here)["Follow"] == "follow:the-lamp"
    assert "The Count" not in said(here), "the button says it"
    assert "Next: *The Count*" in said(here, buttons=False)
    assert list(labels(post(next_at=NOON, **end))) == ["Read", "Suggest", "Follow"]


def test_before_the_end_nothing_leads_away() -> None:
    assert list(labels(post(number=2, count=3, succeeding=NEXT))) == ["Read", "Suggest"]
    assert labels(post(shape=MessageForm.PART, part=2, parts=3, succeeding=NEXT)) == {}


def test_only_direct_messages_of_a_follower_say_so_and_stories_for_adults_cannot_be_followed() -> None:
    assert "Following ✓" in labels(post(is_followed=True))
    assert "Follow" not in labels(post(story=story(rating=Rating.MATURE)))


def test_a_long_title_leaves_room_for_the_arrow() -> None:
    (label,) = (
        each for each in labels(post(succeeding=release(2, title="Very long " * 20))) if "Next" in each
    )
    assert label.endswith("… ▶")
    assert len(label) <= 80


def test_the_pages_of_a_thread_carry_their_text_and_a_small_mark() -> None:
    first, second = (said(post(shape=MessageForm.PART, part=part, parts=3)) for part in (1, 2))
    assert "## Cold Iron" in first
    assert "-# 1 / 3" in first
    assert second == "Once upon a time.\n-# 2 / 3"
