"""Chapters written with other tools are read from their files as their readers are to see them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.content_folder import ContentFolder
from tests.content.samples import picture, put, read, story

VAULT = """---
title: Arrival
tags: [draft]
note_before: "Thank <i>you</i> all. %%who?%%"
---
[[Mara]] came <b>home</b>.[^1] %%check%%

![[pier.png]]

~~~

She sang:
la
    la

[^1]: By ferry.
"""


def warned(library: ContentFolder) -> list[tuple[int, int, str]]:
    return [(fault.line, fault.column, fault.problem) for fault in library.list_faults() if fault.warning]


def test_a_chapter_of_a_vault_is_read(tmp_path: Path) -> None:
    root = story(tmp_path, {"chapters/1.md": VAULT, "images/pier.png": picture()})
    library = read(root)
    (chapter,) = library.serials()["lamp"].chapters
    assert chapter.text == (
        "Mara came **home**.¹\n\n![pier](images/pier.png)\n\n***\n\n"
        "She sang:\\\nla\\\n\xa0\xa0\xa0\xa0la\n\n-# ¹ By ferry."
    )
    assert (chapter.note_before, chapter.title) == ("Thank *you* all.", "Arrival")
    assert chapter.pictures == ("images/pier.png",)
    assert [line for line, _, _ in warned(library)] == [3], "only the keys of another tool"
    (file,) = library.files()["lamp"]
    assert file.private == 2
    assert [(reading.line, reading.column) for reading in file.readings] == [(6, 32), (10, 1), (12, 1)]


def test_a_picture_that_comes_later_is_taken_without_a_change_of_the_chapter(tmp_path: Path) -> None:
    library = read(story(tmp_path, {"chapters/1.md": "One.\n\n  see ![[Map of Ostrey.png]]"}))
    assert warned(library) == [(3, 7, "the picture “Map of Ostrey.png” is not there, and is left out")]
    assert library.serials()["lamp"].chapters[0].pictures == ()
    put(tmp_path, {"lamp/images/map of ostrey.PNG": picture()})
    library.load_now()
    assert warned(library) == []
    assert library.serials()["lamp"].chapters[0].pictures == ("images/map of ostrey.PNG",)


@pytest.mark.parametrize("name", ["../secret.png", "/etc/x.png", "a\\b.png", "c:x.png", "gone.png"])
def test_no_picture_is_taken_from_elsewhere(tmp_path: Path, name: str) -> None:
    put(tmp_path, {"secret.png": picture()})
    library = read(story(tmp_path, {"chapters/1.md": f"One.\n\n![[{name}]]"}))
    assert len(warned(library)) == 1
    assert library.serials()["lamp"].chapters[0].pictures == ()


@pytest.mark.parametrize(
    "text", ["One. <!-- she dies\n\nTwo.", "One.\n\n%%\nshe dies\n\nTwo.", "One {>>really?\n"]
)
def test_a_note_that_never_ends_keeps_the_chapter_back(tmp_path: Path, text: str) -> None:
    root = story(tmp_path, {"chapters/1.md": "Before.", "chapters/2.md": f"---\ntitle: Two\n---\n{text}"})
    library = read(root)
    (fault,) = library.list_faults()
    assert not fault.warning
    assert fault.line > 3
    assert [chapter.text for chapter in library.serials()["lamp"].chapters] == ["Before."]


@pytest.mark.parametrize(
    ("lines", "seen"),
    [("paragraphs", "one\n\ntwo"), ("wrapped", "one\ntwo"), ("verse", "one\\\ntwo")],
)
def test_front_matter_says_what_line_ends_mean(tmp_path: Path, lines: str, seen: str) -> None:
    library = read(story(tmp_path, {"chapters/1.md": f"---\nlines: {lines}\n---\none\ntwo"}))
    assert library.serials()["lamp"].chapters[0].text == seen


def test_what_is_no_way_to_take_lines_is_answered_with_those_there_are(tmp_path: Path) -> None:
    (fault,) = read(story(tmp_path, {"chapters/1.md": "---\nlines: poem\n---\none"})).list_faults()
    assert fault.line == 2
    assert "paragraphs, wrapped, verse" in fault.mend


@pytest.mark.parametrize(
    "text",
    [
        "# Title\n\nA paragraph, with *italics* and a [link](https://a.org).\n\n***\n\nAnother.\n\n- a\n- b",
        "Erste Zeile.\n\n---\n\n> Zitat\n> zweite Zeile\n\n```\n<i>code</i>\n```\n\n![Bild](images/x.png)",
        "段落。\n\n* * *\n\n「会話。」\n\n||秘密||",
    ],
)
def test_a_text_in_discords_own_marks_stays_as_it_was(tmp_path: Path, text: str) -> None:
    """What is out already is not changed by an upgrade."""
    root = story(tmp_path, {"chapters/1.md": f"---\ntitle: T\n---\n{text}", "images/x.png": picture()})
    assert read(root).serials()["lamp"].chapters[0].text == text


def test_wrapped_lines_are_told_of_once(tmp_path: Path) -> None:
    """A book may be made of nothing else, and all of it is remembered."""
    lines = [
        "The ferry left before the bell and nobody on the quay counted the",
        "lamps, so that whoever looked up could not have told how many of",
        "them were lit by the harbour master before he went home.",
    ]
    wrapped = "\n\n".join(["\n".join(lines)] * 40)
    (file,) = read(story(tmp_path, {"chapters/1.md": wrapped})).files()["lamp"]
    assert [reading.what for reading in file.readings] == [
        "3 lines, joined to one paragraph, as in 39 more places"
    ]
