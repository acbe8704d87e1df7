"""The preview of an upload with many decisions: each is reachable in pages, within Discord's limits."""

from __future__ import annotations

import pytest
from discord import ui

from bot.chat.authoring.upload_view import decision_list, upload_preview
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, Message, texts
from bot.domain.manuscript_import.import_decisions import DecisionKind, ImportDecision, SourcePassage
from bot.services.authoring.chapter_uploads import PreviewedChapter, UploadPreview
from tests.chat.samples import story


def preview(count: int, text: str = "12.3K reads") -> UploadPreview:
    """An upload of sixty chapters with that many decisions, every third of them undone."""
    kinds = list(DecisionKind)
    decisions = [
        ImportDecision(
            f"{n:016x}",
            kinds[n % len(kinds)],
            "a counter of the web page",
            SourcePassage(0, n, 1, text),
            undone=n % 3 == 0,
        )
        for n in range(count)
    ]
    chapters = [PreviewedChapter(f"Chapter {n}", 900, 2, is_known=n % 2 == 0) for n in range(60)]
    warnings = ["A picture is missing."] * 30
    return UploadPreview("0" * 16, story(), ["book.html"], chapters, decisions, warnings)


def selects(message: Message) -> list[ui.Select[ui.View]]:
    """The menus of a message."""
    children = [child for item in message.items for child in item.walk_children()]  # type: ignore[attr-defined]
    return [child for child in children if isinstance(child, ui.Select)]


@pytest.mark.parametrize("text", ["12.3K reads", "*" * 500, "", "👩‍🚀" * 100])
def test_each_of_many_decisions_is_in_a_menu_of_some_page(text: str) -> None:
    seen, picked = preview(63, text), []
    for page in range(7):
        message = decision_list(seen, page)
        assert sum(map(len, texts(message.view()))) <= TEXT_LIMIT
        (menu,) = selects(message)
        assert menu.custom_id == f"upload-undo:{page}:{'0' * 16}"
        assert all(option.label.strip() and len(option.label) <= 100 for option in menu.options)
        picked += [option.value for option in menu.options]
    assert picked == [each.id for each in seen.decisions]
    assert selects(decision_list(seen, 99))[0].options[0].value == f"{60:016x}", "the last page"
    assert sum(map(len, texts(upload_preview(seen).view()))) <= TEXT_LIMIT


def test_what_is_undone_is_struck_out_and_marked_in_the_menu() -> None:
    message = decision_list(preview(30), 1)
    shown = "\n".join(texts(message.view()))
    assert shown.count("~~") == 2 * 3
    marked = [option.value for option in selects(message)[0].options if option.label.startswith("↩️")]
    assert marked == [f"{n:016x}" for n in (12, 15, 18)]
    assert "nothing is written yet" in shown
