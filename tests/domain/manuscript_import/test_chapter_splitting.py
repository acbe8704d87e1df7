"""Tests of the division into chapters, and of what is written of them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.manuscript_import.heading_candidates import HeadingSort, read_heading
from bot.domain.manuscript_import.import_decisions import DecisionKind
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.imported_story import ImportedStory
from bot.domain.manuscript_import.source_document import (
    BlockKind,
    BlockTrait,
    ContentsEntry,
    Source,
    SourceBlock,
    SourceDocument,
    SourceFootnote,
)

PROSE = "It rained on the roof and on the road and on the man who mended both of them."


def _source(*rows: str | tuple[int, str], **fields: object) -> Source:
    blocks = tuple(
        SourceBlock(row, line=number)
        if isinstance(row, str)
        else SourceBlock(row[1], BlockKind.HEADING, row[0], number)
        for number, row in enumerate(rows, 1)
    )
    lines = tuple(block.text for block in blocks)
    return Source("a.txt", (SourceDocument("a.txt", blocks, lines),), **fields)  # type: ignore[arg-type]


def _titles(story: ImportedStory) -> list[tuple[str | None, str]]:
    return [(chapter.part, chapter.title) for chapter in story.chapters]


def test_numbers_names_and_parts() -> None:
    story = import_source(
        _source(
            "PROLOGUE",
            PROSE,
            "PART II",
            "CHAPTER THE THIRD",
            PROSE,
            "Chapter 4: Rain",
            PROSE,
            "Epilogue",
            PROSE,
        )
    )
    assert _titles(story) == [
        (None, "Prologue"),
        ("Part II", "Chapter the Third"),
        ("Part II", "Rain"),
        ("Part II", "Epilogue"),
    ]


def test_a_sentence_about_a_chapter_is_no_heading() -> None:
    story = import_source(_source("Chapter 1", PROSE, "Chapter 3 was the hardest.", PROSE))
    assert len(story.chapters) == 1


def test_a_lone_title_above_chapters_is_the_book() -> None:
    story = import_source(_source((1, "The Book"), (2, "Rain"), PROSE, (2, "Snow"), PROSE))
    assert _titles(story) == [(None, "Rain"), (None, "Snow")]


def test_contents_come_before_headings() -> None:
    entries = (ContentsEntry("One", 0, 0), ContentsEntry("Two", 0, 3))
    story = import_source(_source((1, "One"), PROSE, (1, "A letter"), (1, "Two"), PROSE, contents=entries))
    assert _titles(story) == [(None, "One"), (None, "Two")]


def test_contents_that_name_only_parts_leave_the_chapters_to_their_headings() -> None:
    entries = (ContentsEntry("Part One: Low Water", 0, 0), ContentsEntry("Part Two", 0, 4))
    rows = (
        "**Part One: Low Water**",
        "**Chapter 1: Rain**",
        PROSE,
        "Her sister’s Chapter 9 was long.",
        "Part Two",
        "Chapter 2",
        PROSE,
        "Chapter 3: Snow",
        PROSE,
    )
    story = import_source(_source(*rows, contents=entries))
    assert _titles(story) == [("Low Water", "Rain"), ("Part Two", "Chapter 2"), ("Part Two", "Snow")]


def test_contents_that_name_only_the_book_are_none() -> None:
    entries = (ContentsEntry("Start", 0, 0),)
    story = import_source(_source((1, "Rain"), PROSE, (1, "Snow"), PROSE, contents=entries))
    assert _titles(story) == [(None, "Rain"), (None, "Snow")]


def test_a_title_of_the_book_at_the_level_of_parts_is_none() -> None:
    rows = ((1, "The Book"), (1, "Part One"), (2, "Rain"), PROSE, (1, "Part Two"), (2, "Snow"), PROSE)
    story = import_source(_source(*rows, title="The Book"))
    assert _titles(story) == [("Part One", "Rain"), ("Part Two", "Snow")]


def test_words_below_the_title_of_a_part_are_a_note_before_its_first_chapter() -> None:
    rows = (
        (1, "Low"),
        (2, "Chapter 1: Rain"),
        PROSE,
        (1, "High"),
        "*The sea keeps no books.*",
        "A proverb",
        (2, "Chapter 2: Snow"),
        PROSE,
    )
    story = import_source(_source(*rows))
    assert _titles(story) == [("Low", "Rain"), ("High", "Snow")]
    assert story.chapters[1].note_before == "*The sea keeps no books.*\n\nA proverb"
    (moved,) = [each for each in story.decisions if each.place == "note_before"]
    undone = import_source(_source(*rows), refused={moved.id}).chapters[1]
    assert undone.body == f"*The sea keeps no books.*\n\nA proverb\n\n{PROSE}\n"


def test_a_long_text_below_the_title_of_a_part_is_a_chapter() -> None:
    rows = (
        (1, "Low"),
        (2, "Chapter 1: Rain"),
        PROSE,
        (1, "High"),
        *[PROSE] * 8,
        (2, "Chapter 2: Snow"),
        PROSE,
    )
    assert _titles(import_source(_source(*rows))) == [("Low", "Rain"), ("High", "High"), ("High", "Snow")]


def test_a_part_without_chapters_is_one() -> None:
    rows = (
        (1, "Low"),
        (2, "Chapter 1: Rain"),
        PROSE,
        (1, "High"),
        (2, "Chapter 2: Snow"),
        PROSE,
        (1, "Thanks"),
        "To all of you.",
    )
    story = import_source(_source(*rows))
    assert _titles(story) == [("Low", "Rain"), ("High", "Snow"), (None, "Thanks")]
    assert story.chapters[2].body == "To all of you.\n"


@pytest.mark.parametrize("alt", ["OEBPS/images/image0001.png", "IMG_2231.JPG", "Picture 3", "image12"])
def test_a_picture_whose_text_is_the_name_of_its_file_has_none(alt: str) -> None:
    picture = SourceBlock(f"![{alt}](pic/a.png)", BlockKind.PICTURE)
    source = Source("a.txt", (SourceDocument("a.txt", (SourceBlock(PROSE), picture), (PROSE, "")),))
    assert import_source(source).chapters[0].body == f"{PROSE}\n\n![](images/a.png)\n"


@pytest.mark.parametrize(("key", "path"), [("%00", "images/picture"), ("pic/a%0Ab%00.png", "images/ab.png")])
def test_a_picture_has_no_name_that_no_file_can_have(key: str, path: str) -> None:
    picture = SourceBlock(f"![A]({key})", BlockKind.PICTURE)
    source = Source("a.txt", (SourceDocument("a.txt", (SourceBlock(PROSE), picture), (PROSE, "")),))
    (chapter,) = import_source(source).chapters
    assert chapter.body == f"{PROSE}\n\n![A]({path})\n"
    assert chapter.pictures == {key: path}


def test_keys_stay_when_a_chapter_is_put_before() -> None:
    rows = ("Chapter 2: Rain", PROSE, "Chapter 3: Snow", PROSE)
    before = [chapter.source_key for chapter in import_source(_source(*rows)).chapters]
    after = [
        chapter.source_key for chapter in import_source(_source("Chapter 1: Sun", PROSE, *rows)).chapters
    ]
    assert after[1:] == before


def test_what_stands_before_is_dropped_with_a_decision_that_can_be_undone() -> None:
    source = _source("The Book", "by Una Pell", "Chapter 1", PROSE, "Chapter 2", PROSE)
    story = import_source(source)
    dropped = {each.id for each in story.decisions if each.kind is DecisionKind.DROPPED}
    assert dropped
    assert "Pell" not in story.chapters[0].body
    assert "Pell" in import_source(source, refused=dropped).chapters[0].body


def test_footnotes_are_numbered_for_each_chapter_and_verse_survives() -> None:
    blocks = (
        SourceBlock("Chapter 1", line=1),
        SourceBlock("Roses are red\nand so on", BlockKind.VERSE, line=2, line_count=2),
        SourceBlock("Chapter 2", line=4),
        SourceBlock("Noted.[^z]", line=5),
    )
    notes = (SourceFootnote("z", (SourceBlock("A note.", line=6),)),)
    document = SourceDocument("a.txt", blocks, tuple("abcdef"), footnotes=notes)
    first, second = import_source(Source("a.txt", (document,))).chapters
    assert read_manuscript(first.body).text.strip() == "Roses are red\\\nand so on"
    assert second.body == "Noted.[^1]\n\n[^1]: A note.\n"
    assert [(span.line, span.source_line) for span in first.spans] == [(1, 2), (2, 3)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Erstes Kapitel: Der Steg", (HeadingSort.NUMBERED, "Erstes Kapitel", "Der Steg")),
        ("DRITTER TEIL", (HeadingSort.PART, "DRITTER TEIL", None)),
        ("Première partie : Le phare", (HeadingSort.PART, "Première partie", "Le phare")),
        ("Second Chapter", (HeadingSort.NUMBERED, "Second Chapter", None)),
        ("Erstes Kapitel war das beste", None),
        ("Letzter Teil der Reise", None),
    ],
)
def test_ordinals_before_the_word_for_a_chapter(text: str, said: object) -> None:
    assert read_heading(text) == said


def test_a_title_that_the_page_and_the_text_both_have_is_one_chapter() -> None:
    story = import_source(
        _source((2, "2. Wick"), "Thank you for the lamp oil.", (3, "Chapter Two: Wick"), PROSE)
    )
    assert _titles(story) == [(None, "Wick")]
    assert story.chapters[0].body == f"Thank you for the lamp oil.\n\n{PROSE}\n"


def test_the_heading_of_an_author_s_note_begins_no_chapter() -> None:
    rows = ((1, "Chapter 1: Out"), PROSE, (1, "Chapter 2: Back"), PROSE, (1, "Notes:"), "That is all!")
    source = _source(*rows)
    (document,) = source.documents
    noted = frozenset((BlockTrait.AUTHOR_NOTE,))
    blocks = tuple(replace(block, traits=noted) if block.line > 4 else block for block in document.blocks)
    story = import_source(replace(source, documents=(replace(document, blocks=blocks),)))
    assert _titles(story) == [(None, "Out"), (None, "Back")]
    assert story.chapters[1].note_after == "That is all!"
