"""Underlined titles are headings; dashes under anything else are scene breaks."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import BREAK, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("The Gate\n========\n\nText", "# The Gate\nText"),
        ("Das Tor\n==\nText", "# Das Tor\nText"),
        ("Κεφάλαιο\n=====\n\nΚείμενο", "# Κεφάλαιο\nΚείμενο"),
        ("Глава первая\n------------\n\nТекст", "## Глава первая\nТекст"),
        ("第一章\n------\n\n本文", "## 第一章\n本文"),
        ("제목\n----\n\n본문", "## 제목\n본문"),
        ("เรื่องแรก\n--------\n\nข้อความ", "## เรื่องแรก\nข้อความ"),
        ("पहला अध्याय\n----------\n\nपाठ", "## पहला अध्याय\nपाठ"),
        ("Prologue\n---\n\nTexte", "## Prologue\nTexte"),
        ("Texto.\n\nLa puerta\n---------\n\nMás.", "Texto.\n\n## La puerta\nMás."),
        ("====\nGate\n====\n\nText", "# Gate\nText"),
        ("第四章　{漢字|かんじ}の話\n====\n\n本文", "# 第四章　漢字（かんじ）の話\n本文"),
    ],
)
def test_titles(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    "above",
    [
        "He went out.",
        "“Wer da”",
        "Он ушёл в ночь, и больше его никто не видел",
        "彼は出て行った。",
        "— Добре",
        "- a list",
        "Chapter: one",
        "either | or",
    ],
)
def test_dashes_under_a_sentence_are_a_scene_break(above: str) -> None:
    assert f"\n\n{BREAK}\n\n" in shown(f"One.\n\n{above}\n---\n\nNext.")
    assert "##" not in shown(f"One.\n\n{above}\n---\n\nNext.")


def test_equals_signs_under_a_paragraph_of_lines_are_a_scene_break() -> None:
    text = "One long line of a paragraph that goes on\nand its second line.\n====\nNext."
    assert shown(text).endswith(f"\n\n{BREAK}\n\nNext.")
