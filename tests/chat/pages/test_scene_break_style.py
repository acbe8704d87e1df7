"""Scene breaks as the story wants them, within Discord's limits, on every kind of page."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from discord import ui
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.chat.delivery import chapter_post_view
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, texts
from bot.chat.pages.page_body_view import MOST_PARTS, page_body
from bot.chat.reading import reader_view
from bot.chat.stories import preview_view
from bot.domain.pages import Prose, SceneBreak
from bot.domain.stories.story import Story
from bot.services.stories.preview import ChapterPreview
from tests.chat.pages.test_page_view import BLOCKS, check, page_of
from tests.chat.samples import edition, pages, picture, post, release, story, view

SCENES = page_of(Prose("One."), SceneBreak(), Prose("Two."))
SIGNS = {
    "⁂": "⁂",
    "* * *": r"\* \* \*",
    "~ ❖ ~": r"\~ ❖ \~",
    "- - -": r"\- - -",
    "# x": r"\# x",
    "1. x": r"1\. x",
    "> x": r"\> x",
    "___": r"\_\_\_",
    "||x||": r"\|\|x\|\|",
    "`x`": r"\`x\`",
    "@everyone": "@\u200beveryone",
    "<@1>": "\\<@\u200b1>",
    "۞ ۞ ۞": "۞ ۞ ۞",
    "～場面～": "～場面～",
    "॥ ॥ ॥": "॥ ॥ ॥",
    "🌙 🌙": "🌙 🌙",
}


def kinds(parts: Any) -> list[str]:
    return [part.content if isinstance(part, ui.TextDisplay) else type(part).__name__ for part in parts]


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_are_a_line_of_their_own_and_exactly_these(sign: str) -> None:
    assert kinds(page_body(SCENES, (), 4000, sign).parts) == ["One.", SIGNS[sign], "Two."]


def test_a_blank_space_is_a_separator_without_a_line() -> None:
    [_, space, _] = page_body(SCENES, (), 4000, "blank").parts
    assert isinstance(space, ui.Separator)
    assert (space.visible, space.spacing) == (False, discord.SeparatorSpacing.large)


@pytest.mark.parametrize(
    ("style", "sign"), [("rule", "⁂"), ("blank", "⁂"), ("❖", "❖"), ("* * *", r"\* \* \*")]
)
def test_one_that_ends_a_page_is_a_sign_in_every_style(style: str, sign: str) -> None:
    assert kinds(page_body(page_of(Prose("One."), SceneBreak()), (), 4000, style).parts) == ["One.", sign]


@pytest.mark.parametrize("style", ["rule", "blank", "❖"])
def test_a_note_beside_one_is_set_apart_by_a_rule(style: str) -> None:
    page = pages("One.\n\n***\n\nTwo.", note_before="Hello.", note_after="Bye.")[0]
    parts = page_body(page, (), 4000, style).parts
    assert isinstance(parts[1], ui.Separator)
    assert isinstance(parts[-2], ui.Separator)
    assert parts[1].visible
    assert parts[-2].visible


@pytest.mark.parametrize("style", ["rule", "blank", "⁂", "*" * 40])
def test_a_page_of_many_keeps_its_words_and_shows_them_all_if_there_is_room(style: str) -> None:
    blocks = [block for n in range(40) for block in (Prose(f"w{n}"), SceneBreak())][:-1]
    body = page_body(page_of(*blocks), (), 3940, style)
    said = [part.content for part in body.parts if isinstance(part, ui.TextDisplay)]
    sign = {"rule": "⁂", "blank": "⁂", "⁂": "⁂"}.get(style, r"\*" * 40)
    assert len(body.parts) <= MOST_PARTS
    assert "\n".join(said).split(f"\n{sign}\n") == [f"w{n}" for n in range(40)]


def test_signs_without_room_become_rules_and_then_line_ends() -> None:
    long = page_of(*(block for n in range(5) for block in (Prose("x" * 700), SceneBreak())))
    body = page_body(long, (), 3550, "*" * 40)
    assert sum(isinstance(part, ui.Separator) for part in body.parts) == 4
    assert body.length <= 3550
    assert [type(part) for part in page_body(long, (), 3500, "*" * 40).parts] == [ui.TextDisplay]


signs = st.characters(categories=["L", "P", "S"])


@settings(deadline=None, max_examples=40)
@given(
    BLOCKS,
    st.one_of(
        st.sampled_from(["rule", "blank", "*" * 40, "@" * 40]), st.text(signs, min_size=1, max_size=40)
    ),
)
def test_posts_reader_and_preview_keep_every_limit(blocks: list[Any], style: str) -> None:
    told = story(scene_break=style)
    page = page_of(*blocks)
    pictures = (picture("a.png"), picture("b.png"))
    check(chapter_post_view.chapter_post(post(page, story=told, pictures=pictures), buttons=True))
    check(reader_view.reader_message(view(page, story=told, pictures=pictures)))
    assert page_body(page, pictures, TEXT_LIMIT, told.scene_break).length <= TEXT_LIMIT


@pytest.mark.parametrize("draw", ["post", "reader", "preview"])
def test_every_place_that_shows_a_page_has_the_storys_sign(draw: str) -> None:
    told: Story = story(scene_break="~ ❖ ~")
    message = {
        "post": lambda: chapter_post_view.chapter_post(post(SCENES, story=told), buttons=True),
        "reader": lambda: reader_view.reader_message(view(SCENES, story=told)),
        "preview": lambda: preview_view.preview_message(
            ChapterPreview(told, release(), edition(), SCENES, 1, 1, (), False, "t", ())
        ),
    }[draw]()
    assert r"\~ ❖ \~" in texts(message.view())
