"""Readers thanked in chapters and in news: literal, short, and only those who are to be named."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.delivery.announcement_view import starter_text
from bot.chat.delivery.chapter_post_view import chapter_post
from bot.chat.i18n.gettext import LANGUAGES, in_language
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, texts
from bot.chat.notifications.notice_view import delayed_notices_message, notice_message
from bot.chat.text.user_text import utf16_length
from bot.domain.subscriptions.release_styles import MessageForm
from bot.domain.suggestions.credits import MOST_NAMED, Credits
from bot.services.notifications.notice_messenger import Notice
from tests.chat.samples import edition, post

HOSTILE = [
    "@everyone",
    "[x](https://x.test)",
    "# **Mira**\n> *up*",
    "||`<@5>`||",
    "\u202eMira",
    "z̷̢" * 40,
    "https://x.test",
]


def shown(**more: object) -> str:
    """All text of a chapter's only page."""
    return "\n".join(texts(chapter_post(post(edition=edition(thanks=(12, 15)), **more), buttons=True).view()))


@pytest.mark.parametrize(
    ("thanked", "line"),
    [
        (Credits(("Mira", "Jonas"), 0), "-# With thanks to Mira and Jonas for their ideas"),
        (Credits(("Mira",), 0), "-# With thanks to Mira for an idea"),
        (Credits(("Mira",), 1), "-# With thanks to Mira and 1 more reader for their ideas"),
        (Credits(("Mira", "Jonas"), 2), "-# With thanks to Mira, Jonas and 2 more readers for their ideas"),
        (Credits((), 1), "-# With thanks to 1 reader for an idea"),
        (Credits((), 3), "-# With thanks to 3 readers for their ideas"),
    ],
)
def test_the_last_page_names_who_agreed_and_counts_the_others(thanked: Credits, line: str) -> None:
    assert line in shown(credits=thanked).splitlines()
    assert "12" not in shown(credits=thanked)


def test_other_pages_and_chapters_without_credits_thank_nobody() -> None:
    assert "With thanks" not in shown(credits=Credits())
    assert "With thanks" not in shown(credits=Credits(("Mira",), 0), page_number=1, page_count=2)


def test_a_card_and_a_forum_s_first_message_thank_too() -> None:
    thanked = Credits(("Mira",), 2)
    assert "With thanks to Mira and 2" in shown(credits=thanked, shape=MessageForm.CARD)
    assert "With thanks to Mira and 2" in starter_text(post(credits=thanked, shape=MessageForm.STARTER))


@pytest.mark.parametrize("language", LANGUAGES)
@given(
    st.lists(st.sampled_from(HOSTILE) | st.text(max_size=60), min_size=1, max_size=MOST_NAMED),
    st.integers(0, 9999),
)
def test_names_are_literal_and_short_whatever_they_are(language: str, names: list[str], others: int) -> None:
    with in_language(language):
        message = chapter_post(post(credits=Credits(tuple(names), others)), buttons=True)
    written = texts(message.view())
    assert sum(utf16_length(text) for text in written) <= TEXT_LIMIT
    (line,) = (
        line for text in written for line in text.splitlines() if "ank" in line and line.startswith("-# ")
    )
    assert utf16_length(line) <= MOST_NAMED * 42 + 120
    assert "[x](" not in line
    assert "# **" not in line


def used(**facts: str) -> Notice:
    """The news that an idea was used."""
    given = {
        "part": "made",
        "number": "12",
        "into": "12",
        "story": "The *Lamp*",
        "chapter": "@everyone",
        "idea": "A [storm](https://x.test)",
        "release": "7",
    }
    return Notice(5, "idea-used", given | facts, "n")


def test_news_of_a_used_idea_have_the_link_and_a_way_to_read() -> None:
    link = "https://discord.com/channels/1/2/3"
    message = notice_message(used(link=link))
    (said,) = texts(message.view())
    assert f"[Go to the chapter]({link})" in said
    assert "The \\*Lamp\\*" in said
    assert "[storm](" not in said
    labels = [item.label for item in message.view().walk_children() if hasattr(item, "label")]
    assert labels == ["Read", "No direct messages about ideas"]
    assert "Go to" not in texts(notice_message(used()).view())[0]


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ("made", "Your idea **12** is in"),
        ("joined", "Your idea **12**, which was merged into idea **3**, is in"),
        ("supported", "Idea **12**, which you support, is in"),
    ],
)
def test_news_say_what_somebody_has_to_do_with_it(part: str, words: str) -> None:
    assert words in texts(notice_message(used(part=part, into="3")).view())[0]
    assert words in texts(delayed_notices_message([used(part=part, into="3")]).view())[0]


def test_an_author_is_told_of_every_flaw() -> None:
    flaws = ["unknown", "foreign", "declined", "withdrawn", "merged", "elsewhere"]
    facts = {"story": "The Lamp", "chapter": "Two", "count": "8"}
    for place, flaw in enumerate(flaws):
        facts |= {f"{place}.number": str(place + 1), f"{place}.flaw": flaw, f"{place}.into": "9"}
    (said,) = texts(notice_message(Notice(5, "thanks-ignored", facts, "n")).view())
    assert [line for line in said.splitlines() if line.startswith("- ")] == [
        "- There is no idea 1.",
        "- Idea 2 is for another story.",
        "- Idea 3 was declined. You can reopen it with `/author decide`.",
        "- Idea 4 was withdrawn by the person who sent it.",
        "- Idea 5 was merged into 9. Write 9 instead.",
        "- Idea 6 was already used in another chapter.",
    ]
    assert "and 2 more" in said
