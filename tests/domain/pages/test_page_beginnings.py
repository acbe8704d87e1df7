"""Pages do not begin with what belongs to the end of the page before."""

from __future__ import annotations

import pytest

from bot.domain.pages import Prose, paginate
from bot.domain.pages.sentences import may_begin_page


@pytest.mark.parametrize(
    "text",
    [
        "word --said he",
        "word -- said he",
        "Wort — nein doch",
        "mot » dit-il —oui",
        "слово… да — нет",
        "λέξη – ναι",
        "he said ”word",
        "palabra … sí",
        "שלום - כן",
        "他——走了…好”",
    ],
)
def test_dashes_and_closing_marks_stay_with_the_word_before(text: str) -> None:
    for limit in range(200, 224):
        pages = paginate(f"{text} " * 300, limit=limit)
        for page in pages[1:]:
            assert isinstance(page.blocks[0], Prose)
            assert not page.blocks[0].text.lstrip("\\").startswith(("-", "—", "–", "…", "»", "”"))


@pytest.mark.parametrize(
    ("text", "may"),
    [
        ("a --b", False),
        ("a — b", False),
        ('a " b', False),
        ('a "b', True),
        ("a “b", True),
        ("a „b", True),
        ("a »b«", True),
        ("a » b", False),
        ("a ’tis", True),
        ("a -5", True),
        ("a ...", False),
        ("a ! b", False),
    ],
)
def test_openings_may_begin_a_page(text: str, may: bool) -> None:
    assert may_begin_page(text, 2) is may


def test_a_dash_may_begin_a_paragraph_and_a_line() -> None:
    pages = paginate("— Bonjour, dit-elle, et voilà.\n\n" * 40, limit=200)
    assert all(isinstance(page.blocks[0], Prose) and page.blocks[0].text.startswith("—") for page in pages)
