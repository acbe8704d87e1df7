"""Test of a real book, where it is at hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.imports.import_cases import import_input

BOOK = Path(__file__).parents[3] / "shared" / "books" / "alice.epub"
TITLES = [
    "Down the Rabbit-Hole",
    "The Pool of Tears",
    "A Caucus-Race and a Long Tale",
    "The Rabbit Sends in a Little Bill",
    "Advice from a Caterpillar",
    "Pig and Pepper",
    "A Mad Tea-Party",
    "The Queen’s Croquet-Ground",
    "The Mock Turtle’s Story",
    "The Lobster Quadrille",
    "Who Stole the Tarts?",
    "Alice’s Evidence",
]


@pytest.mark.skipif(not BOOK.exists(), reason="shared/books/alice.epub is not on this machine")
def test_twelve_chapters_with_their_verse() -> None:
    story = import_input(BOOK)
    assert [chapter.title for chapter in story.chapters] == TITLES
    assert (story.title, story.author) == ("Alice’s Adventures in Wonderland", "Lewis Carroll")
    crocodile, father = story.chapters[1].body, story.chapters[4].body
    assert "little crocodile\n" in crocodile
    assert "And pour the waters of the Nile\n" in crocodile
    stanzas = [each for each in father.split("\n\n") if each.count("\n") == 3]
    assert len(stanzas) == 8
    tale = next(each for each in story.chapters[2].body.split("\n\n") if each.count("\n") > 40)
    assert tale.count("\n") == 50


@pytest.mark.skipif(not BOOK.exists(), reason="shared/books/alice.epub is not on this machine")
def test_the_poem_that_opens_the_book_is_the_note_before_its_first_chapter() -> None:
    note = import_input(BOOK).chapters[0].note_before or ""
    assert note.startswith("All in the golden afternoon\n")
    assert [stanza.count("\n") for stanza in note.split("\n\n")] == [5] * 7
