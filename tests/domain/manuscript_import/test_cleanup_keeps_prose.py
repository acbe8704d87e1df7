"""What a story says stays in it, though it looks like a part of a web page, a note or a title."""

from __future__ import annotations

import pytest

from tests.domain.manuscript_import.pasted_chapters import clean, source_of, text_of

_FIRST = "The hall was cold, and the candidates stood about in their coats and looked at the floor."
_LAST = "Nobody spoke after that, and in the morning the hall was let to somebody else."


@pytest.mark.parametrize(
    "passage",
    [
        "“Vote for me!” said Pell.",
        "VOTE FOR PELL, said the poster, and below it, in pencil: Why?",
        "“Continue reading,” said the old man, and turned over.",
        "<marn> 3 votes\n<pell> 4 comments\n<marn> nobody reads these",
        "Dear Editor,\n\nI write to complain of the author’s note on page nine.\n\nYours,\n\nThe Author",
        "3 March 1912\n\nRain again. Wrote nothing.\n\n4 March 1912\n\nRain.",
        "The website had a button, and the button said Share, and she never pressed it.",
        "Her story had twelve reads, two votes and a comment from her mother.",
        "An: hello\n\nBo: hello yourself",
        "Notes: milk, eggs, a new lock for the door.",
        "A note from Pell:\n\nGone to the harbour. Do not wait.",
        "I don’t own the house. I only sweep it.",
        "He would leave a comment, and then he would take it back, and then he would leave another.",
        "I scrolled down to read what they had said in the comments.",
        "“This image does not follow our content guidelines,” read the clerk aloud.",
        "What do you want?\n\nWhat do you want?\n\nWhat do you want?",
        "One.\n\nTwo.\n\nThree.",
        "12\n\n13\n\n14",
        "“If you are reading this anywhere but at home,” the letter began, “burn it.”",
        "From her point of view it was simple.",
        "Mara\n\nwas written on the door, and nothing else.",
        "(A/N was what they called the two of them, Ada and Nell.)",
        "Thank you for reading to me, she wrote. It made the winter shorter.",
        "All rights reserved, he had said, meaning the parking spaces.",
        "The author was born in a house like this one, or said so.",
        "Suggestions were welcome, the box said; nobody had ever emptied it.",
        "Sent from my post, he carried the letters home.",
        "The end of the chapter was what she feared.",
        "First, last, next: the index of the old book had them all.",
        "Disclaimer: the sign on the door said. She read it twice and went in.",
        "Rated: T, said the label on the crate, and nobody knew for what.",
        "#17 was the house, and #19 the shop.",
        "She had 412 notes in her coat, and counted them.",
        "Third person in the queue was a child, from whose point of view there was no queue.",
        "$ git --help\n\n.- -... --\n\n<!-- and -->",
    ],
)
def test_a_story_may_say_it(passage: str) -> None:
    for text in (f"{_FIRST}\n\n{passage}\n\n{_LAST}", f"{_FIRST}\n\n{passage}", f"{passage}\n\n{_LAST}"):
        (draft,), decisions = clean(source_of(text, title="The Hall"), ("The Hall",))
        assert (text_of(draft), [each.reason for each in decisions]) == (text, [])


@pytest.mark.parametrize("end", ["Next", "Home", "Completed", "Report.", "The End", "1912", "Share"])
def test_a_chapter_may_end_with_a_word_of_a_button(end: str) -> None:
    text = f"{_FIRST}\n\n{_LAST}\n\n{end}"
    (draft,), _ = clean(source_of(text))
    assert text_of(draft) == text or end == "Share"


def test_a_counter_alone_amid_the_story_stays() -> None:
    text = f"{_FIRST}\n\nUser123: 12 likes\n\n45 views\n\n{_LAST}\n\n{_FIRST}"
    (draft,), _ = clean(source_of(text))
    assert text_of(draft) == text


def test_a_note_amid_the_text_stays_there() -> None:
    paragraphs = [f"{number}: {_FIRST}" for number in range(20)]
    paragraphs.insert(10, "(A/N: play the song now!)")
    text = "\n\n".join(paragraphs)
    (draft,), _ = clean(source_of(text))
    assert text_of(draft) == text


def test_a_disclaimer_that_the_story_quotes_stays() -> None:
    sign = "Disclaimer: we own nothing that you find."
    text = f"{_FIRST}\n\n{sign}\n\n{_LAST}\n\n{_FIRST}"
    (draft,), _ = clean(source_of(text))
    assert (text_of(draft), draft.disclaimer) == (text, None)


@pytest.mark.parametrize("tags", ["#tired", "“#tired #home,” she typed."])
def test_hashtags_that_somebody_writes_stay(tags: str) -> None:
    text = f"{_FIRST}\n\n{_LAST}\n\n{tags}"
    (draft,), _ = clean(source_of(text))
    assert text_of(draft) == text


def test_many_asides_in_brackets_are_the_form_of_the_story() -> None:
    aside = "(A/N: I was late that day.)"
    text = "\n\n".join([_FIRST, *[f"{aside}\n\n{_LAST}"] * 5])
    (draft,), _ = clean(source_of(text))
    assert text_of(draft) == text


def test_a_label_before_story_does_not_take_the_story() -> None:
    text = f"{_FIRST}\n\nA/N: play the song now\n\n“Listen,” said Pell.\n\n{_LAST}"
    (draft,), _ = clean(source_of(text))
    assert text_of(draft) == text


def test_chapter_numbers_between_whole_sentences_are_no_page_numbers() -> None:
    text = "\n\n".join(f"{number}\n\n{_FIRST}\n\n{_LAST}" for number in range(1, 8))
    (draft,), _ = clean(source_of(text))
    assert text_of(draft) == text


def test_a_biography_in_the_middle_of_a_story_stays() -> None:
    told = "The author lives in our attic, she told me.\n\n“Still?” I asked."
    text = f"# One\n\n{_FIRST}\n\nAbout the Author\n\n{told}\n\n{_LAST}"
    (draft,), _ = clean(source_of(text))
    assert "About the Author" in text_of(draft)


def test_a_chapter_of_nothing_but_a_note_stays() -> None:
    text = "A/N: I am away until spring.\n\nSee you in the next chapter."
    (draft,), _ = clean(source_of(text))
    assert text_of(draft) == text


def test_a_stanza_that_stands_there_twice_stays_in_a_book() -> None:
    stanza = "Row, row, row your boat, gently down the stream, merrily, merrily, merrily, merrily, life is but a dream."
    text = f"{_FIRST}\n\n{stanza}\n\n{stanza}\n\n{_LAST}"
    (draft,), _ = clean(source_of(text))
    assert text_of(draft) == text
