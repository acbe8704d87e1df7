"""Footnotes that are typed: numbers in the text, and notes below it."""

from __future__ import annotations

import pytest

from bot.content.source_formats.source_reader import read_pasted
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.imported_story import ImportedStory


def imported(text: str, *refused: str) -> ImportedStory:
    return import_source(read_pasted(text).source, refused=frozenset(refused))


@pytest.mark.parametrize(
    ("one", "two"), [("[1]", "[2]"), (" [1]", " [2]"), ("(1)", "(2)"), ("¹", "²"), ("\\[1\\]", "\\[2\\]")]
)
@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["line by line", "paragraphs"])
def test_numbers_and_notes_are_footnotes(one: str, two: str, gap: str) -> None:
    notes = f"{one.strip()} Twice.{gap}{two.strip()} Not yet.\n"
    (chapter,) = imported(f"# Bells\n\nHe rang.{one}\n\nNobody came.{two} He waited.\n\n{notes}").chapters
    assert chapter.body == ("He rang.[^1]\n\nNobody came.[^2] He waited.\n\n[^1]: Twice.\n\n[^2]: Not yet.\n")


def test_each_chapter_has_its_own_and_a_note_may_have_two_paragraphs() -> None:
    text = """# The Bell

He rang.[1] And again.[2]

* * *

Notes

[1] With the left
hand.

It was the better one.

[2] Louder.

# The Door

It opened.[1]

[1] A little.
"""
    first, second = imported(text).chapters
    assert first.body == (
        "He rang.[^1] And again.[^2]\n\n"
        "[^1]: With the left hand.\n\n    It was the better one.\n\n[^2]: Louder.\n"
    )
    assert second.body == "It opened.[^1]\n\n[^1]: A little.\n"


@pytest.mark.parametrize(
    ("last", "is_more"),
    [
        ("The clerk said it was the left one.", True),
        ("To be continued.", False),
        ("Thank you all for reading, and tell me what you think!", False),
        ("A/N: The bell is a real one.", False),
    ],
)
def test_what_ends_the_text_below_the_last_note_is_more_of_it_only_if_it_reads_so(
    last: str, is_more: bool
) -> None:
    (chapter,) = imported(f"# Bells\n\nHe rang.[1] It was heard.\n\n[1] Twice.\n\n{last}\n").chapters
    assert chapter.body.endswith(f"[^1]: Twice.\n\n    {last}\n") is is_more


def test_the_author_can_have_them_as_they_were() -> None:
    text = "# Bells\n\nHe rang.[1]\n\n[1] Twice.\n"
    (decision,) = imported(text).decisions
    assert (decision.reason, decision.place) == ("notes below the text", "footnotes")
    (chapter,) = imported(text, decision.id).chapters
    assert chapter.body == "He rang.[1]\n\n[1] Twice.\n"


@pytest.mark.parametrize(
    "text",
    [
        "[1] Strength\n\n[2] Wit\n\nHe read the two lines again.",
        "He had three wishes: (1) gold, (2) love.\n\n(1) Gold came first.\n\nThen it rained.",
        "You have reached level [3].\n\n[1] Open the door\n\n[2] Run",
        "He rang.[1] Nobody came.[2]\n\n[1] Twice.\n\nThe second note is lost.",
    ],
    ids=["a list", "an enumeration", "a game’s choices", "a note is missing"],
)
def test_what_does_not_match_one_to_one_stays(text: str) -> None:
    story = imported(f"# Bells\n\n{text}\n")
    assert not [each for each in story.decisions if each.place == "footnotes"]
    body = story.chapters[0].body.replace("\\", "")
    assert body == f"{text}\n"
