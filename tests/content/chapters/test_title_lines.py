"""Titles as authors write them: numbers and names on lines of their own, bold lines, file names, the book's title."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.chapters.chapter_title import is_same_title, take_title
from bot.content.chapters.title_from_file_name import title_of_file
from bot.domain.text.numbered_headings import read_numbering
from tests.content.samples import read, story

BODY = "The lamp went out."

TITLES = {
    "# Chapter 3\n\n## The Lamp": "Chapter 3: The Lamp",
    "# 3\n## The Lamp": "3: The Lamp",
    "# III.\n\n# Die Lampe": "III. Die Lampe",
    "**Chapter 3**\n\n**The Lamp**": "Chapter 3: The Lamp",
    "# 第三章\n\n## 灯": "第三章 灯",
    "# Глава 3\n\n## Лампа": "Глава 3: Лампа",
    "# Κεφάλαιο 3\n\n## Η Λάμπα": "Κεφάλαιο 3: Η Λάμπα",
    "# الفصل 3\n\n## المصباح": "الفصل 3: المصباح",
    "# The Book\n\n## Chapter 3: Rain": "Chapter 3: Rain",
    "# The Book\n\n## Chapter 3\n\n### Rain": "Chapter 3: Rain",
    "**Chapter 3: Rain**": "Chapter 3: Rain",
    "*Kapitel drei*": "Kapitel drei",
    "CHAPTER III": "CHAPTER III",
    "Chapter Twenty-One: Rain": "Chapter Twenty-One: Rain",
    "Chapitre premier": "Chapitre premier",
    "Capítulo dos — La lluvia": "Capítulo dos — La lluvia",
    "Глава третья": "Глава третья",
    "第十二章 雨": "第十二章 雨",
    "第三話「雨」": "第三話「雨」",
    "제 3 장": "제 3 장",
    "บทที่ ๓ ฝน": "บทที่ ๓ ฝน",
    "अध्याय ३": "अध्याय ३",
    "פרק ג": "פרק ג",
    "Prologue": "Prologue",
    "<center>Chapter Three</center>": "Chapter Three",
    '<h1 align="center">Rain &amp; Sun</h1>': "Rain & Sun",
    "# *Rain* and **Sun** ##": "Rain and Sun",
    "# Title: Rain": "Rain",
    "# Rain!": "Rain!",
    "#Rain": "Rain",
    "**Rain**": "Rain",
    "# Rain\n\nRain": "Rain",
    "# Rain\n\n**RAIN**": "Rain",
}

NO_TITLES = [
    "Chapter 3 was the hardest.",
    "Chapter 3 was hard to write",
    "**3 May, London**",
    "**By Ada Quill**",
    "**Author’s Note**",
    "**He ran.**",
    "“Rain,” she said.",
    f"# {'rain ' * 50}fell",
    "Rain",
    "雨だった。",
    "Он ушёл.",
]

GIVEN = {
    "# Rain": "",
    "# Chapter 1: Rain": "",
    "## chapter one – RAIN": "",
    "**Rain**": "",
    "Rain": "",
    "# Chapter 1\n\n## Rain": "",
    "# The Book\n\n## Rain": "",
    "# Part One\n\n## Rain": "# Part One\n\n## Rain",
    "# Chapter 1": "# Chapter 1",
    "# Sun": "# Sun",
    "Rain fell.": "Rain fell.",
}

NAMES = {
    "ch-01": "Chapter 1",
    "ch01": "Chapter 1",
    "chapter-ten": "Chapter Ten",
    "ch01_the_lamp": "The Lamp",
    "chapter-01-the-lamp": "Chapter 1: The Lamp",
    "Chapter 3 - Rain": "Chapter 3: Rain",
    "kap 4": "Kapitel 4",
    "Глава 3": "Глава 3",
    "第三章-雨": "第三章 雨",
    "church": "Church",
    "003-ch-2-rain": "Rain",
    "ch1.5": "Chapter 1.5",
}


@pytest.mark.parametrize("top", TITLES)
def test_a_line_that_is_evidently_the_title(tmp_path: Path, top: str) -> None:
    root = story(tmp_path, {"chapters/003.md": f"{top}\n\n{BODY}\n"}, yaml="title: Another Tale\n")
    [chapter] = read(root).serials()["lamp"].chapters
    assert (chapter.title, chapter.text) == (TITLES[top], BODY)


@pytest.mark.parametrize("top", NO_TITLES)
def test_a_line_that_is_none(tmp_path: Path, top: str) -> None:
    root = story(tmp_path, {"chapters/003.md": f"{top}\n\n{BODY}\n"})
    [chapter] = read(root).serials()["lamp"].chapters
    assert chapter.title == "3"
    assert chapter.text.replace("\\", "") == f"{top.strip()}\n\n{BODY}"


@pytest.mark.parametrize("top", GIVEN)
def test_the_title_of_the_front_matter_is_not_shown_twice(tmp_path: Path, top: str) -> None:
    root = story(
        tmp_path, {"chapters/003.md": f"---\ntitle: Rain\n---\n{top}\n\n{BODY}\n"}, yaml="title: X\n"
    )
    [chapter] = read(root).serials()["lamp"].chapters
    assert (chapter.title, chapter.text) == ("Rain", f"{GIVEN[top]}\n\n{BODY}".strip())


def test_the_file_name_is_not_shown_twice(tmp_path: Path) -> None:
    root = story(tmp_path, {"chapters/003-the-lamp.md": f"The Lamp\n\n{BODY}"})
    [chapter] = read(root).serials()["lamp"].chapters
    assert (chapter.title, chapter.text) == ("The Lamp", BODY)


def test_a_bold_line_does_not_replace_the_name_of_a_file(tmp_path: Path) -> None:
    root = story(tmp_path, {"chapters/003-the-lamp.md": f"**London**\n\n{BODY}"})
    [chapter] = read(root).serials()["lamp"].chapters
    assert (chapter.title, chapter.text) == ("The Lamp", f"**London**\n\n{BODY}")


@pytest.mark.parametrize("stem", NAMES)
def test_names_of_files(stem: str) -> None:
    assert title_of_file(stem) == NAMES[stem]


def test_sections_below_a_number_are_none_of_its_name() -> None:
    text = f"# Chapter 3\n\n## Morning\n\n{BODY}\n\n## Evening\n\n{BODY}"
    assert take_title(None, text, "003").title == "Chapter 3"


BOOKS = {
    "two headings each": ("# Lampe\n\n# Regen", "# Lampe\n\n# Sonne", "Regen", "Sonne"),
    "one heading each": ("# 灯", "# 灯", "1", "2"),
    "the story's title": ("# another TALE\n\n## Rain", "# Sun", "Rain", "Sun"),
    "deeper": ("# Книга\n\n### Дождь", "# Книга\n\n## Солнце", "Дождь", "Солнце"),
    "front matter": ("---\ntitle: A\n---\n# The Book", "---\ntitle: B\n---\n# The Book", "A", "B"),
    "numbers": ("# Book\n\n# 1\n\n## Rain", "# Book\n\n# 2\n\n## Sun", "1: Rain", "2: Sun"),
}


@pytest.mark.parametrize("name", BOOKS)
def test_the_title_of_the_book_is_none_of_a_chapter(tmp_path: Path, name: str) -> None:
    one, two, *titles = BOOKS[name]
    files = {"chapters/1.md": f"{one}\n\n{BODY}", "chapters/2.md": f"{two}\n\n{BODY}"}
    library = read(story(tmp_path, files, yaml="title: Another Tale\n"))
    before = library.serials()["lamp"].chapters
    assert [(chapter.title, chapter.text) for chapter in before] == [(title, BODY) for title in titles]
    library.load_now()
    assert all(new is old for new, old in zip(library.serials()["lamp"].chapters, before, strict=True))


def test_a_chapter_may_be_called_like_its_story(tmp_path: Path) -> None:
    files = {"chapters/1.md": f"# The Lamp\n\n{BODY}", "chapters/2.md": f"# Rain\n\n{BODY}"}
    chapters = read(story(tmp_path, files)).serials()["lamp"].chapters
    assert [chapter.title for chapter in chapters] == ["The Lamp", "Rain"]


@pytest.mark.parametrize(
    ("title", "number", "name"),
    [
        ("Chapter 3: Rain", "Chapter 3", "Rain"),
        ("CHAPTER THREE", "CHAPTER THREE", ""),
        ("Kapitel 12 – Regen", "Kapitel 12", "Regen"),
        ("第三章 雨", "第三章", "雨"),
        ("Epilogue", "Epilogue", ""),
        ("Глава 5. Дождь", "Глава 5.", "Дождь"),
    ],
)
def test_numbers_and_names(title: str, number: str, name: str) -> None:
    assert read_numbering(title) == (number, name)


@pytest.mark.parametrize(
    "title", ["Church", "Captain 5", "The Chapter", "Chapter and verse", "Chained 3", "", "…"]
)
def test_what_counts_no_chapters(title: str) -> None:
    assert read_numbering(title) is None


lines = st.sampled_from(
    [
        "# A",
        "## B",
        "# Chapter 1",
        "Chapter 2",
        "**C**",
        "",
        "",
        "Text.",
        "***",
        "<!-- x -->",
        "#D",
        "3",
        "# Part Two",
    ]
)


@given(st.sampled_from([None, "A", "B"]), st.lists(lines, max_size=8).map("\n".join))
def test_a_title_takes_lines_from_the_top_and_nothing_else(given: str | None, text: str) -> None:
    titled = take_title(given, text, "003-c")
    assert titled.title
    kept = [line for line in titled.text.split("\n") if line]
    rest = iter(line for line in text.split("\n") if line)
    assert all(line in rest for line in kept)
    assert titled.text.count("Text.") == text.count("Text.")
    assert given is None or is_same_title(titled.title, given)


@pytest.mark.parametrize("top", ["#rain", "#rain #sun", "#Rain #Sun", "tags: #rain", "#roman/entwurf"])
def test_tags_at_the_top_are_no_title(tmp_path: Path, top: str) -> None:
    root = story(tmp_path, {"chapters/003.md": f"{top}\n\n{BODY}\n"})
    [chapter] = read(root).serials()["lamp"].chapters
    assert (chapter.title, chapter.text) == ("3", BODY)
