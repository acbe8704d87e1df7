"""What readers see of a revision and of a withdrawal."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.delivery.chapter_post_view import chapter_post
from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import Message, texts
from bot.chat.notifications.notice_view import notice_text
from bot.chat.reading.reader_view import reader_message
from bot.chat.stories import catalogue_view
from bot.chat.text import post_markers
from bot.domain.releases.release import Release
from bot.domain.subscriptions.release_styles import MessageForm
from bot.services.delivery.post_messenger import MessageRef
from bot.services.notifications.notice_messenger import Notice
from bot.services.stories.catalogue import StoryCard, StoryDetail
from tests.chat.pages.test_page_view import NAME, check, unhurried
from tests.chat.samples import NOON, edition, pages, picture, post, release, story, view

SECRET = "Nobody shall read this."


def withdrawn(each: Release) -> Release:
    return replace(each, withdrawn_at=NOON)


def controls(message: Message) -> dict[str, bool]:
    """Every button's id, and whether it can be pressed."""
    made = message.view().walk_children()
    return {str(each.custom_id): not each.disabled for each in made if isinstance(each, ui.Button)}


def menu(message: Message) -> list[discord.SelectOption]:
    (found,) = (each for each in message.view().walk_children() if isinstance(each, ui.Select))
    return list(found.options)


def test_a_revised_post_says_so_in_its_authors_words_on_every_page() -> None:
    told = edition(announced=2, announcement="The *ending* is\nnew. @everyone")
    for number in (1, 2):
        shown = "\n".join(
            texts(check(chapter_post(post(number=number, count=2, edition=told), buttons=True)))
        )
        assert "Revised: The \\*ending\\* is new. " in shown
        assert "@everyone" not in shown
        assert "Revised: " in "\n".join(
            texts(check(reader_message(view(number=number, count=2, edition=told))))
        )


def test_a_silent_change_says_nothing() -> None:
    shown = texts(check(chapter_post(post(edition=edition(announced=2)), buttons=True)))
    assert "evised" not in "\n".join(shown)


@unhurried
@given(NAME, NAME, st.integers(0, 7))
def test_notices_keep_every_limit_and_tell_nothing_of_the_text(title: str, note: str, skipped: int) -> None:
    facts = {
        "story": story(title=title),
        "release": withdrawn(release(title=title)),
        "edition": edition(text=SECRET, title=title, announced=1, announcement=note or None),
        "pictures": (picture(),),
    }
    page = pages(f"{SECRET}\n\n![x](images/a.png)")[0]
    named = tuple(release(n, title=title) for n in range(2, 2 + skipped))
    made = [
        chapter_post(post(page, **facts, skipped=named, mention=5), buttons=True),
        reader_message(
            view(
                page, **facts, listed=tuple(release(n, title=title) for n in range(1, 24)), released_count=39
            )
        ),
    ]
    for message in made:
        shown = "\n".join(texts(check(message)))
        assert "The author has withdrawn this chapter for now." in shown
        assert SECRET not in shown
        assert message.files == ()


def test_a_withdrawn_post_keeps_its_mark_and_offers_nothing_to_open() -> None:
    message = chapter_post(post(release=withdrawn(release())), buttons=True)
    (box,) = (each for each in message.view().children if isinstance(each, ui.Container))
    assert box.id == post_markers.container_id(7)
    assert controls(message) == {}


def test_from_a_withdrawn_chapter_readers_go_on_to_its_neighbours() -> None:
    here, before, after = withdrawn(release(2)), release(1), withdrawn(release(3))
    message = reader_message(
        view(
            release=here,
            previous=before,
            following=after,
            released_count=4,
            listed=(before, here, after, release(4)),
        )
    )
    pressable = {custom_id for custom_id, can in controls(message).items() if can}
    assert pressable >= {custom_ids.page(before.id, 1), custom_ids.page(after.id, 1)}
    assert not any(custom_id.startswith(f"page:{here.id}:") for custom_id in pressable)
    assert [option.description for option in menu(message)] == [
        None,
        "withdrawn for now",
        "withdrawn for now",
        None,
    ]


def test_the_readers_buttons_know_which_revision_they_count_in() -> None:
    shown = view(number=3, count=5, edition=replace(edition(), revision=4))
    assert {"page:10:2:4", "page:10:4:4"} <= controls(reader_message(shown)).keys()


def test_a_storys_list_marks_what_is_withdrawn() -> None:
    chapters = (release(1), withdrawn(release(2)))
    card = StoryCard(story(), 2, chapters[-1], None, None)
    shown = "\n".join(
        texts(check(catalogue_view.story_message(StoryDetail(card, chapters, None, is_author_of=False))))
    )
    (first, second) = (line for line in shown.splitlines() if "Cold Iron" in line)
    assert "withdrawn" not in first
    assert second.endswith("withdrawn for now")


def test_an_admin_reads_why_a_post_keeps_its_old_text() -> None:
    facts = {"story": "The *Lamp*", "chapter": "One", "channel": "7", "reason": "The thread is locked."}
    said = notice_text(Notice(1, "revision-refused", facts, "n"))
    assert "<#7>" in said
    assert "The thread is locked." in said
    assert "The \\*Lamp\\*" in said


def test_a_page_in_a_thread_leads_to_the_next_where_that_stands_apart() -> None:
    facts = {"shape": MessageForm.PART, "part": 2, "parts": 3, "following": MessageRef(1, 22, 333)}
    shown = "\n".join(texts(check(chapter_post(post(**facts), buttons=True))))
    assert "(https://discord.com/channels/1/22/333)" in shown
    gone = chapter_post(post(**facts, release=withdrawn(release())), buttons=True)
    assert "discord.com" not in "\n".join(texts(check(gone)))
