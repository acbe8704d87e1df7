"""The menus and the post of a shared line, within Discord's limits."""

from __future__ import annotations

import re
from typing import Any

from discord import ui
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import Attachment, Message, texts
from bot.chat.sharing import line_ids
from bot.chat.sharing.line_view import picker_message, preview_message, shared_message
from bot.domain.pages import paginate
from bot.domain.pages.shareable_paragraphs import shareable_paragraphs
from bot.services.sharing.shareable_lines import PageReference, ShareablePage, SharedLine
from tests.chat.samples import edition, release, story

BIG = custom_ids.LARGEST


def page(text: str) -> ShareablePage:
    paragraphs = shareable_paragraphs(paginate(text, limit=4000)[0])
    return ShareablePage(story(), release(), edition(), PageReference(BIG, 999_999, 999_999_999), paragraphs)


def line(text: str, paragraph: int = 0, first: int = 0, last: int | None = None) -> SharedLine:
    shown = page(text)
    return SharedLine(shown, paragraph, shown.paragraphs[paragraph].cut(first, last), None)


def select(message: Message) -> ui.Select[Any]:
    (found,) = (item for item in message.view().walk_children() if isinstance(item, ui.Select))
    return found


def ids(message: Message) -> list[str]:
    items = message.view().walk_children()
    return [item.custom_id for item in items if isinstance(item, (ui.Button, ui.Select)) and item.custom_id]


@given(st.integers(1, 60))
def test_every_paragraph_is_found_in_some_menu(count: int) -> None:
    shown = page("\n\n".join(f"Paragraph {number}. {'word ' * 9}" for number in range(count)))
    start, found = 0, list[str]()
    for _ in range(4):
        options = select(picker_message(shown, start)).options
        assert len(options) <= 25
        assert all(0 < len(option.label) <= 100 for option in options)
        found += [option.value for option in options if option.value.isdecimal()]
        more = re.fullmatch(line_ids.PICKED, options[-1].value)
        assert more is not None
        if more["start"] in (None, "0"):
            break
        start = int(more["start"])
    assert found == [str(number) for number in range(len(shown.paragraphs))]


@given(st.integers(2, 70), st.integers(0, 69), st.integers(0, 69))
def test_the_menu_of_sentences_has_those_picked(count: int, first: int, last: int) -> None:
    shown = line(" ".join(f"It rang {number} times." for number in range(count)), 0, first, last)
    menu = select(preview_message(shown, None, ahead=False))
    assert 2 <= len(menu.options) <= 25
    assert menu.max_values == len(menu.options)
    chosen = [int(option.value) for option in menu.options if option.default]
    assert chosen == list(range(shown.text.first, shown.text.last + 1))


def test_ids_are_short_enough_and_read_back() -> None:
    made = [*ids(picker_message(page("One."))), *ids(preview_message(line("One. Two."), None, ahead=True))]
    patterns = (line_ids.PICK, line_ids.CUT, line_ids.POST, line_ids.LIST)
    assert len(made) == len(patterns)
    for one, pattern in zip(made, patterns, strict=True):
        assert len(one) <= custom_ids.LIMIT
        found = re.fullmatch(pattern, one)
        assert found is not None
        assert (found["release"], found["page"], found["revision"]) == (str(BIG), "999999", "999999999")
    assert re.fullmatch(custom_ids.SHARE, custom_ids.share(BIG, 1, 2))


def test_a_picture_ahead_is_a_spoiler_and_so_is_a_text() -> None:
    picture = Attachment("line.jpg", b"", "One.")
    message = shared_message(line("One."), picture, ahead=True, person=5)
    (gallery,) = (item for item in message.view().walk_children() if isinstance(item, ui.MediaGallery))
    assert gallery.items[0].spoiler
    assert gallery.items[0].description == "One."
    assert not any("One." in text for text in texts(message.view()))
    written = texts(shared_message(line("> One|\n> *two*"), None, ahead=True, person=5).view())
    assert written[0] == "> ||One\\|||\n> ||two||"
    plain = texts(shared_message(line("> One\n> two"), None, ahead=False, person=5).view())
    assert plain[0] == "> One\n> two"
    assert "<@5>" in plain[1]
