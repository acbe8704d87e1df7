"""Announcements and forum starters keep Discord's limits whatever a chapter is called and holds."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.chat.delivery.announcement_view import CONTENT_LIMIT, starter_text
from bot.chat.delivery.chapter_post_view import chapter_post
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, texts
from bot.chat.rest.threads import NAME_LIMIT, forum_post_name, thread_name
from bot.chat.text import post_markers
from bot.chat.text.user_text import utf16_length
from bot.domain.stories.story import Author
from bot.domain.subscriptions.release_styles import MessageForm
from tests.chat.samples import NOON, edition, pages, picture, post, release, story

NAME = st.text(min_size=1, max_size=300).filter(lambda text: text.strip() != "")
BODY = st.text(max_size=3000)
unhurried = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def posts(draw: st.DrawFn, shape: MessageForm) -> object:
    title, body = draw(NAME), draw(BODY)
    own = edition(body, title=title, warnings=tuple(draw(st.lists(NAME, max_size=12))))
    skipped = tuple(release(n, title=title) for n in range(1, draw(st.integers(0, 30)) + 1))
    about = story(title=draw(NAME), authors=tuple(Author(name) for name in draw(st.lists(NAME, max_size=5))))
    return post(
        pages("Once.")[0],
        story=about,
        release=release(31, title=title),
        edition=own,
        shape=shape,
        mention=draw(st.none() | st.just(2**62)),
        skipped=skipped,
        pictures=(picture(),) if draw(st.booleans()) else (),
        next_at=draw(st.none() | st.just(NOON)),
        marker=draw(st.integers(1, 2**31 - 1)),
        parts=1,
    )


@unhurried
@given(posts(MessageForm.CARD) | posts(MessageForm.OPENING))
def test_a_card_keeps_every_limit_and_shows_its_title_and_mark(one) -> None:
    message = chapter_post(one, buttons=True)
    view = message.view()
    shown = texts(view)
    assert sum(utf16_length(text) for text in shown) <= TEXT_LIMIT
    assert all(text.strip() for text in shown)
    assert view.total_children_count <= 40
    assert len(message.files) == len(one.pictures)
    sent = {"author": {"id": "1"}, "components": view.to_components()}
    assert post_markers.is_marked(sent, 1, one.marker)
    assert not post_markers.is_marked(sent, 2, one.marker)


@unhurried
@given(posts(MessageForm.STARTER))
def test_a_starter_is_short_plain_and_marked_at_its_end(one) -> None:
    text = starter_text(one)
    assert utf16_length(text) <= CONTENT_LIMIT
    sent = {"author": {"id": "1"}, "content": text}
    assert post_markers.is_marked(sent, 1, one.marker)
    assert not post_markers.is_marked(sent, 1, one.marker + 36)
    if one.mention is not None:
        assert text.startswith(f"<@&{one.mention}>\n")
    assert 0 < utf16_length(thread_name(one.edition.title)) <= NAME_LIMIT
    name = forum_post_name(one.release.number, one.edition.title, one.story.title)
    assert 0 < utf16_length(name) <= NAME_LIMIT


def test_a_forum_post_is_named_after_number_chapter_and_story() -> None:
    assert forum_post_name(12, "The Count", "The Lamplighters") == "12 · The Count — The Lamplighters"
    assert forum_post_name(12, "Chapter 12: The Count", "Lamps") == "Chapter 12: The Count — Lamps"
    assert forum_post_name(1, "Chapter 12", "Lamps") == "1 · Chapter 12 — Lamps"
    long_story = forum_post_name(12, "The Count", "A very long name " * 9)
    assert long_story.startswith("12 · The Count — A very long name A")
    assert long_story.endswith("…")
    long_chapter = forum_post_name(12, "A very long title " * 9, "The Lamplighters")
    assert long_chapter.endswith("… — The Lamplighters")
    both = forum_post_name(12, "Title " * 40, "Story " * 40)
    assert both.count("…") == 2
    assert utf16_length(both) <= NAME_LIMIT


def test_codes_of_different_markers_are_never_taken_for_one_another() -> None:
    ends = [post_markers.small_print(marker) for marker in range(1, 3000)]
    assert len(set(ends)) == len(ends)
    said = f"Text.\n{post_markers.small_print(36 * 5 + 1)}"
    assert not post_markers.is_marked({"author": {"id": "1"}, "content": said}, 1, 1)
    assert not post_markers.is_marked({"author": {"id": "1"}, "content": "Text."}, 1, 0)


def test_a_warning_covers_the_chapters_picture_and_not_the_cover() -> None:
    def spoiler(path: str) -> bool:
        one = post(
            shape=MessageForm.CARD,
            story=story(cover="images/cover.png"),
            edition=edition(warnings=("grief",)),
            pictures=(picture(path),),
        )
        (container,) = chapter_post(one, buttons=True).view().to_components()
        (gallery,) = [each for each in container["components"] if each["type"] == 12]
        return bool(gallery["items"][0].get("spoiler"))

    assert spoiler("images/grave.png")
    assert not spoiler("images/cover.png")


def test_only_the_last_part_has_buttons_and_an_opening_has_none() -> None:
    def buttons(shape: MessageForm, part: int = 0) -> int:
        one = post(shape=shape, part=part, parts=3)
        (container,) = chapter_post(one, buttons=True).view().to_components()
        return sum(each["type"] == 1 for each in container["components"])

    assert [buttons(MessageForm.PART, part) for part in (1, 2, 3)] == [0, 0, 1]
    assert buttons(MessageForm.OPENING) == 0
    assert buttons(MessageForm.CARD) == 1
