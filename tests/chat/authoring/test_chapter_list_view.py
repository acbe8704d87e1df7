"""The list of chapters: in pages, with what is out marked and fixed, and what was taken out beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from discord import ui

from bot.chat.authoring.chapter_list_view import chapter_card, chapter_list, remove_question, removed_list
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, Message
from bot.services.authoring.chapter_overview import (
    ChapterOverview,
    ChapterState,
    ListedChapter,
    RemovedChapter,
)
from tests.chat.samples import story

NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
STATES = [*[ChapterState.OUT] * 31, ChapterState.HELD, ChapterState.DRAFT, *[ChapterState.PLANNED] * 27]


def listing(title: str = "Chapter") -> ChapterOverview:
    """Sixty chapters, of which thirty-one are out and forty more were taken out."""
    chapters = [
        ListedChapter(
            f"{n}.md", f"{n:016x}", f"{title} {n}", n, state, NOON, fault="*bad* " * 200, is_broken=n == 32
        )
        for n, state in enumerate(STATES, 1)
    ]
    removed = [RemovedChapter(f"r{n}.md", f"{n + 999:016x}", f"{title} {n}") for n in range(40)]
    return ChapterOverview(story(), chapters, "0" * 8, removed=removed)


def parts(message: Message) -> list[ui.Item[ui.LayoutView]]:
    """All that a message consists of, in order."""
    return [child for item in message.items for child in item.walk_children()]  # type: ignore[attr-defined]


def text(message: Message) -> str:
    """All its texts."""
    return "\n".join(each.content for each in parts(message) if isinstance(each, ui.TextDisplay))


def buttons(message: Message) -> dict[str, bool]:
    """Its labelled buttons, and whether each can be pressed."""
    found = [each for each in parts(message) if isinstance(each, ui.Button)]
    return {each.label: not each.disabled for each in found if each.label}


@pytest.mark.parametrize("title", ["Chapter", "*" * 300, "👩‍🚀" * 100])
def test_every_page_fits_and_together_they_have_every_chapter_once(title: str) -> None:
    seen = listing(title)
    for render, count, things in ((chapter_list, 4, 60), (removed_list, 3, 40)):
        picked: list[str] = []
        for page in range(count):
            message = render(seen, page)
            assert len(text(message)) <= TEXT_LIMIT
            menus = [each for each in parts(message) if isinstance(each, ui.Select)]
            picked += [option.value for menu in menus for option in menu.options]
            ids = [str(each.custom_id) for each in parts(message) if getattr(each, "custom_id", None)]  # type: ignore[attr-defined]
            assert len(ids) == len(set(ids))
            assert all(len(each) <= 100 for each in ids)
        assert len(picked) == len(set(picked)) == things


def test_it_opens_where_the_next_chapter_is() -> None:
    shown = text(chapter_list(listing()))
    assert "📖 31. **Chapter 31** · out since" in shown
    assert "⚠️ 32. **Chapter 32** · held back" in shown
    assert "Chapter 30" not in shown


def test_what_is_out_can_only_be_replaced() -> None:
    card = chapter_card(listing(), f"{31:016x}")
    assert set(buttons(card)) == {"Replace…", "All chapters"}
    assert "It is out, so it stays in its place." in text(card)
    waiting = buttons(chapter_card(listing(), f"{40:016x}"))
    assert waiting["Up"]
    assert waiting["Take it out…"]


def test_the_first_chapter_that_is_not_out_cannot_go_up_and_the_last_not_down() -> None:
    assert not buttons(chapter_card(listing(), f"{32:016x}"))["Up"]
    assert not buttons(chapter_card(listing(), f"{60:016x}"))["Down"]


def test_a_fault_is_told_at_length_with_what_to_do() -> None:
    card = chapter_card(listing(), f"{32:016x}")
    assert len(text(card)) > 600
    assert "Mend it where you write it" in text(card)
    assert not buttons(card)["Set a time…"]
    assert buttons(card)["Take it out…"]


def test_a_removal_is_undone_by_a_button_on_the_answer() -> None:
    seen = listing()
    assert "Undo" not in buttons(chapter_list(seen))
    taken = replace(seen, just_removed=seen.removed[0])
    answer = chapter_list(taken)
    assert "**Chapter 0** is taken out" in text(answer)
    assert buttons(answer)["Undo"]
    assert buttons(answer)["40 taken out"]
    assert "chapter-back:00000000000003e7:the-lamp" in [
        getattr(each, "custom_id", None) for each in parts(answer)
    ]
    assert buttons(remove_question(seen, f"{60:016x}")) == {"Yes, take it out": True, "All chapters": True}
    empty = replace(seen, removed=())
    assert "Nothing is taken out" in text(removed_list(empty, 0))
