"""What belongs to no chapter is taken out of documents before they are split."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.manuscript_import.document_cleanup import clean_documents
from bot.domain.manuscript_import.import_decisions import DecisionKind, DecisionLog
from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.source_document import ContentsEntry
from tests.domain.manuscript_import.pasted_chapters import clean, source_of, text_of

_FIRST = "The ferry was late, and the people on the quay had begun to sit down on their luggage."
_LAST = "When it came at last it was the wrong one, and all of them went aboard."
_STORY = f"{_FIRST}\n\n{_LAST}"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{hidden} Stolen from its author.", "{navigation} Log in"),
        ("{contents_line} Chapter 1", ""),
        ("An Ebook\n\n\\*\\*\\* START OF THE PROJECT GUTENBERG EBOOK QUAY \\*\\*\\*\n\nProduced by A. Volunteer", ""),
        ("", "*** END OF THE PROJECT GUTENBERG EBOOK QUAY ***\n\nUpdated editions replace it.\n\nSection 1."),
        ("Copyright © 2019 A. Writer\n\nAll rights reserved.\n\nFirst published in 2019\n\nISBN 978-3-16-148410-0", ""),
        ("This book is a work of fiction. Names, characters and places are invented.\n\nCover design by B.", ""),
        ("", "About the Author\n\nA. Writer lives in a house by the sea and has written nine books."),
        ("", "About the author\n\nquaywriter\n\nBio: I write.\n\nPrevious Chapter Fiction Index Next Chapter"),
        ("", "Sent from my phone"),
        ("", "**End of Chapter 2**"),
        ("", "Also by A. Writer\n\nThe Wharf\n\nThe Jetty"),
        ("", "Comments (2)\n\nreader_one\n\n2 days ago\n\nLoved it!\n\nReply\n\nreader_2\n\n1 year ago\n\nMore!"),
        ("Update log:\n\n2024-01-02: fixed typos\n\n2024-02-03: new ending", ""),
        ("Transcriber’s note: two commas were added.", ""),
        ("\u00a0\n\n&nbsp;", "\u200b"),
    ],
)  # fmt: skip
def test_what_surrounds_the_story_is_taken_out(before: str, after: str) -> None:
    (draft,), decisions = clean(source_of("\n\n".join(part for part in (before, _STORY, after) if part)))
    assert text_of(draft) == _STORY
    assert all(each.kind is DecisionKind.DROPPED and each.reason for each in decisions)


@pytest.mark.parametrize(
    "page",
    [
        "# The Quay\n\nBy: A. Writer\n\nSummary\n\nA late ferry.\n\nTwo towns.\n\nNotes\n\nMy first!",
        "Status: complete\n\nDescription: A late ferry.\n\nTwo towns.\n\nExported with the help of a program",
        "**Summary:** A late ferry.\n\nTwo towns.\n\nWords: 12",
    ],
)
def test_the_summary_on_the_first_page_of_a_download_is_the_storys(page: str) -> None:
    front = source_of("\n\n".join(f"{{navigation}} {each}" for each in page.split("\n\n"))).documents[0]
    source = source_of(_STORY)
    story = import_source(replace(source, documents=(front, *source.documents)))
    assert story.summary == "A late ferry.\n\nTwo towns."
    assert [chapter.body.strip() for chapter in story.chapters] == [_STORY]


def test_page_numbers_and_running_heads_go_and_paragraphs_are_whole_again() -> None:
    pages = [
        f"On day {name} the boat went out again with all of its nets and without"
        for name in ("A", "B", "C", "D")
    ]
    text = pages[0]
    for number, page in enumerate(pages[1:], 12):
        text += f"\n\n{number}\n\nTHE QUAY\n\nany of its crew, which was strange. {page}"
    (draft,), decisions = clean(source_of(f"{text}\n\nthe captain."))
    assert text_of(draft).count("\n\n") == 1
    assert "THE QUAY" not in text_of(draft)
    assert "without any of its crew" in text_of(draft)
    assert {each.kind for each in decisions} == {DecisionKind.DROPPED, DecisionKind.JOINED}


def test_blanks_of_typing_are_tidied_without_a_word() -> None:
    (draft,), decisions = (
        clean(source_of('\tThe  ferry was\t late.\n\nIt -- "she" -- never came.', _LAST))[0][:1],
        (),
    )
    assert (text_of(draft), decisions) == ('The ferry was late.\n\nIt -- "she" -- never came.', ())


def test_the_table_of_contents_follows_its_blocks() -> None:
    source = source_of(f"{{navigation}} Menu\n\n# One\n\n{_FIRST}\n\n{{hidden}} x\n\n# Two\n\n{_LAST}")
    source = replace(source, contents=(ContentsEntry("One", 0, 1), ContentsEntry("Two", 0, 4)))
    cleaned = clean_documents(source, DecisionLog())
    titles = [cleaned.documents[0].blocks[entry.block].text for entry in cleaned.contents]
    assert titles == ["One", "Two"]


def test_the_summary_of_a_work_is_the_story_s() -> None:
    text = (
        "\n\n{author_note} ".join(("# Salt", "Summary", "A ferry is late.", "Notes", "For Kim."))
        + f"\n\n# One\n\n{_STORY}"
    )
    story = import_source(source_of(text))
    assert story.summary == "A ferry is late."
    assert [each.reason for each in story.decisions][:2] == [
        "the summary of the story",
        "a note on the whole work",
    ]
