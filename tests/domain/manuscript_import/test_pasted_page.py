"""A chapter pasted from a story site, with all that a page has around it, is one clean chapter."""

from __future__ import annotations

from bot.content.source_formats.source_reader import read_pasted
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.imported_story import ImportedStory

_FROST = "The frost had come in the night and taken the bottom row."
_LAMP = "She walked along it with a lamp, touching each tree in turn, and each of them rang."
_GATE = "“Don’t,” said Tobin from the gate. “You’ll wake the house.”"
_HOUSE = "“The house,” she said, “has been awake since you left it.”"
_SORRY = "He had meant to say he was sorry. He said, “It’s cold.”"
_NOTICE = (
    "Oops! This image does not follow our content guidelines. To continue publishing, please remove it or upload a"
    " different image."
)
_NOTE = "Thank you for reading! What should Mara do with the last tree? Tell me in the comments!"


def imported(*paragraphs: str) -> ImportedStory:
    return import_source(read_pasted("\n\n".join(paragraphs)).source)


def test_everything_of_a_page_goes_to_its_place() -> None:
    story = imported(
        "Reads 1.2K Votes 87 Comments 14",
        "The Glass Orchard\nChapter Four: Frost",
        "Disclaimer: I own nothing but the trees.",
        "MARA’S POV",
        *(_FROST, _LAMP, _GATE, _LAMP, _NOTICE, _GATE, _HOUSE),
        "~ Tobin’s POV ~",
        _SORRY,
        "***",
        f"A/N: {_NOTE}",
        "Continue reading next part",
        "Share",
        "The Glass Orchard - Status: Ongoing",
    )
    (chapter,) = story.chapters
    assert (story.title, chapter.title, chapter.pov) == ("The Glass Orchard", "Frost", "Mara")
    assert (story.disclaimer, chapter.note_after) == ("I own nothing but the trees.", _NOTE)
    wanted = (_FROST, _LAMP, _GATE, _HOUSE, "***", "**Tobin’s POV**", _SORRY)
    assert chapter.body == "\n\n".join(wanted) + "\n"


def test_a_passage_that_stands_twice_stays_where_no_picture_is_gone() -> None:
    (chapter,) = imported("# Frost", _FROST, _LAMP, _GATE, _LAMP, _GATE, _HOUSE).chapters
    assert chapter.body.count(_LAMP) == chapter.body.count(_GATE) == 2


def test_initials_are_no_name_in_capitals() -> None:
    (chapter,) = imported("# Frost", "JD's POV", _FROST, _HOUSE).chapters
    assert chapter.pov == "JD"
