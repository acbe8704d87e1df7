"""Names that are a number and a word that it counts: `1. Kapitel`, `02 Scene`, and words written in two ways."""

from __future__ import annotations

import pytest

from bot.content.chapters.chapter_title import take_title
from bot.content.files.chapter_order import order_reasons, sort_names
from bot.content.files.file_names import title_from_name
from bot.domain.stories.story import chapter_key, former_keys

NAMES = {
    "1. Kapitel": "1. Kapitel",
    "2. Bölüm": "2. Bölüm",
    "3. fejezet": "3. Fejezet",
    "04-chapter": "Chapter 4",
    "05 Scene": "Scene 5",
    "6. глава": "6. Глава",
    "7 κεφάλαιο": "Κεφάλαιο 7",
    "8. บท": "8. บท",
    "9. अध्याय": "9. अध्याय",
}


@pytest.mark.parametrize(("stem", "title"), NAMES.items())
def test_the_number_is_a_part_of_the_name(stem: str, title: str) -> None:
    assert chapter_key(stem) == stem.casefold()
    assert former_keys(stem) != ()
    assert title_from_name(stem) == title


@pytest.mark.parametrize("stem", ["007-night", "03 interlude", "1. Kapitel Regen", "2-the-letter", "4. rain"])
def test_other_names_keep_their_identity_whatever_their_number(stem: str) -> None:
    assert not chapter_key(stem)[0].isdecimal()


@pytest.mark.parametrize(
    ("heading", "title"),
    [
        ("# 1. Kapitel", "1. Kapitel"),
        ("# 3. Kapitel – Der Hafen", "3. Kapitel – Der Hafen"),
        ("# 2. Bölüm: Yağmur", "2. Bölüm: Yağmur"),
        ("## 4. fejezet", "4. fejezet"),
        ("# 5) Rain", "5) Rain"),
        ("# 6. *Rain*", "6. Rain"),
        ("# 7. глава", "7. глава"),
        ("1. Kapitel", "1. Kapitel"),
        ("Chapter 1: Rain\n***", "Chapter 1: Rain"),
        ("3. Kapitel – Der Hafen\n---", "3. Kapitel – Der Hafen"),
    ],
)
def test_a_heading_keeps_its_number(heading: str, title: str) -> None:
    titled = take_title(None, f"{heading}\n\nThe harbour lay still.\n\nShe went.", "x")
    assert (titled.title, titled.text) == (title, "The harbour lay still.\n\nShe went.")


def test_a_number_before_its_word_and_a_name_below_are_one_title() -> None:
    assert take_title(None, "# 3. Kapitel\n\n## Der Hafen\n\nText.", "x").title == "3. Kapitel: Der Hafen"


@pytest.mark.parametrize(
    "names",
    [
        ["Chapter 1", "Chapter2", "chapter_3", "Ch. 4", "Ch5", "CHAPTER  6", "Chapter-10"],
        ["Kapitel1", "Kap. 2", "kapitel_3", "Kapitel 10"],
        ["Chpater 1", "Chapter2", "Chapter 3", "Chaper 4"],
        ["Глава 1", "глава2", "Глава_3", "ГЛАВА 10"],
    ],
)
def test_one_word_written_in_several_ways_is_counted_as_one(names: list[str]) -> None:
    files = [f"{name}.md" for name in names]
    assert sort_names(reversed(files)) == files
    assert not any("written" in reason for reason in order_reasons(files).values())
