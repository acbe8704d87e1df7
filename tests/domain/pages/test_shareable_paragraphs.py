"""What of a page can be shared: whole sentences, never more than a few."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pages import paginate
from bot.domain.pages.shareable_paragraphs import (
    MOST_SHARED,
    EmphasizedText,
    ShareableParagraph,
    shareable_paragraphs,
)
from bot.domain.pages.text_length import utf16_length

MANY = " ".join(f"The bell rang {number} times." for number in range(60))


def of(text: str, **notes: str) -> tuple[ShareableParagraph, ...]:
    return shareable_paragraphs(paginate(text, limit=4000, **notes)[0])


def test_the_story_s_paragraphs_and_nothing_else() -> None:
    found = of(
        "# Heading\n\nOne.\n\n```\ncode\n```\n\n-# small\n\n***\n\n![a picture](x.png)\n\nTwo.\n\n…",
        note_before="A note.",
        note_after="Another.",
    )
    assert [each.plain for each in found] == ["One.", "Two."]


def test_emphasis_stays_and_marks_go() -> None:
    (found,) = of(r"He *said* **“no”** \*twice\*. ***Both***, ~~gone~~ and `code`.")
    assert found.plain == "He said “no” *twice*. Both, gone and code."
    assert EmphasizedText("said", italic=True) in found.spans
    assert EmphasizedText("“no”", bold=True) in found.spans
    assert EmphasizedText("Both", italic=True, bold=True) in found.spans


def test_spoilers_are_not_given_away() -> None:
    (found,) = of("It was ||the *butler* himself|| who did it.")
    assert found.plain == "It was … who did it."


@pytest.mark.parametrize(
    "text",
    [
        "Roses are red  \nViolets are blue",
        "> Roses are red\n> Violets are blue",
        "Roses are red\\\nViolets are blue",
    ],
)
def test_a_verse_keeps_its_lines_and_can_be_cut_between_them(text: str) -> None:
    (found,) = of(text)
    assert found.plain == "Roses are red\nViolets are blue"
    assert found.sentences == ("Roses are red", "Violets are blue")
    assert found.cut(1, 1).plain == "Violets are blue"


def test_a_long_paragraph_ends_with_a_sentence() -> None:
    (found,) = of(MANY)
    shared = found.cut()
    assert shared.plain.startswith("The bell rang 0 times.")
    assert shared.plain.endswith(f"rang {shared.last} times.")
    assert utf16_length(shared.plain) > MOST_SHARED - 40
    later = found.cut(50, 52)
    assert (later.first, later.last) == (50, 52)
    assert later.plain == "The bell rang 50 times. The bell rang 51 times. The bell rang 52 times."
    assert found.cut(99, 3).first == 59, "out of range is the nearest"


def test_a_sentence_without_an_end_is_cut_between_words() -> None:
    (found,) = of(" ".join(["word"] * 300))
    shared = found.cut().plain
    assert shared.endswith("word…")
    assert utf16_length(shared) <= MOST_SHARED


@given(st.text(st.sampled_from("ab .!?*_|~`>\\\n-#“”—漢。😀é\u0301ا1"), max_size=1500))
def test_any_page_can_be_shared(text: str) -> None:
    for page in paginate(text, limit=400):
        for paragraph in shareable_paragraphs(page):
            assert paragraph.ends[-1] == len(paragraph.plain)
            for first in range(len(paragraph.ends)):
                shared = paragraph.cut(first)
                assert shared.plain.strip() == shared.plain
                assert shared.plain
                assert utf16_length(shared.plain) <= MOST_SHARED
                assert first <= shared.last < len(paragraph.ends)
