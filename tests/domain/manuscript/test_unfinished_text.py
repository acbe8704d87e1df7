"""Reminders that authors leave for themselves are warned of, with their place, and stay."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import remarks, shown


@pytest.mark.parametrize(
    "note",
    [
        "[tk]",
        "[TK: name of the inn]",
        "(TK)",
        "{TK}",
        "[TODO: Kampf]",
        "【TODO】",
        "[INSERT NAME]",
        "[insert fight here]",
        "[ADD more rain]",
        "[AUTHOR: check the moon]",
        "[Note to self: too fast]",
        "[TBD]",
        "[NAME EINFÜGEN]",
        "[Notiz an mich: kürzen]",
        "[à compléter]",
        "[INSÉRER la lettre]",
        "[pendiente]",
        "[дописать сцену]",
        "[ΝΑ ΣΥΜΠΛΗΡΩΘΕΙ]",
        "[להשלים]",
        "[बाद में लिखना]",
        "[ใส่ชื่อ]",
        "[待补]",
        "【要確認】",
        "[나중에 수정]",
        "FIXME: year",
        "@TODO",
    ],
)
def test_a_reminder_is_warned_of_and_stays(note: str) -> None:
    text = f"One.\n\nThen {note} came."
    assert note in shown(text)
    (told,) = remarks(text)
    assert told.startswith("3:6 ")
    assert "note to yourself" in told


def test_question_marks_in_brackets_are_told_once() -> None:
    text = "Class: [???]\nLevel: [???]\n\nThe [??] spoke."
    assert [one.split(" ")[0] for one in remarks(text)] == ["1:8", "4:5"]


@pytest.mark.parametrize(
    "text",
    [
        "(to do that, he had to run)",
        "Unit (TK-421), come in.",
        "[Press START]",
        "[Add item]",
        "[Anm.: ein Fluss]",
        "[Note: the gate is shut]",
        "【待续】",
        "Todo: buy milk",
        "XXX",
        "(pendiente de un hilo)",
        "`[TK]`",
    ],
)
def test_what_is_for_readers_is_not_warned_of(text: str) -> None:
    assert remarks(text) == []
