"""The order of chapters in folders and sub-folders, and the reasons that are given for it."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.files.chapter_order import order_reasons, part_title, sort_names

ORDERED = {
    "parts between a prologue and an epilogue": [
        "prologue.md", "part-1/ch-1.md", "part-1/ch-2.md", "part-1/ch-10.md", "part-2/ch-1.md",
        "part-10/ch-1.md", "epilogue.md",
    ],
    "files and folders by one count": ["1-a.md", "2-the-sea/1.md", "2-the-sea/2.md", "3-b.md", "10-c/1.md"],
    "books of parts": [
        "Book One/Part I/1.md", "Book One/Part II/1.md", "Book Two/Part I/1.md",
        "Book Two/Part IX/1.md",
    ],
    "Roman folders beside an interlude": [
        "I - Land/1.md", "II - Sea/1.md", "IV - Air/1.md", "IX - End/1.md", "interlude.md",
    ],
    "a file before the folder of its name": ["part-1.md", "part-1/1.md", "part-2.md", "part-2/1.md"],
    "German": [
        "Vorwort.md", "Prolog.md", "Teil Eins/Kapitel Zwei.md", "Teil Eins/Kapitel Zehn.md",
        "Teil Zwei/1.md", "Nachwort.md",
    ],
    "French": [
        "Préface.md", "Livre un/Chapitre premier.md", "Livre un/Chapitre deuxième.md",
        "Livre deux/1.md", "Fin.md",
    ],
    "Spanish": [
        "Parte Uno/Capítulo primero.md", "Parte Uno/Capítulo tercero.md", "Parte Dos/1.md",
        "Epílogo.md",
    ],
    "Russian": [
        "Предисловие.md", "Часть первая/1.md", "Часть вторая/1.md", "Часть пятая/1.md",
        "Послесловие.md",
    ],
    "Greek": ["Πρόλογος.md", "Μέρος πρώτο/1.md", "Μέρος δεύτερο/1.md", "Μέρος τρίτο/1.md", "Επίλογος.md"],
    "Arabic": [
        "مقدمة.md", "الجزء الأول/١.md", "الجزء الأول/٢.md", "الجزء الثاني/١.md", "الجزء العاشر/١.md",
        "خاتمة.md",
    ],
    "Hebrew": ["חלק א/1.md", "חלק ב/1.md", "חלק ט/1.md", "חלק י/1.md"],
    "Hindi": ["भाग एक/अध्याय ३.md", "भाग एक/अध्याय १०.md", "भाग दो/1.md", "भाग तीन/1.md"],
    "Thai": ["คำนำ.md", "ภาค ๑/บทที่ ๒.md", "ภาค ๑/บทที่ ๑๐.md", "ภาค ๒/บทที่ ๑.md"],
    "Chinese": [
        "前言.md", "第一部/第二章.md", "第一部/第十一章.md", "第二部/第一章.md", "第十部/一.md",
        "后记.md",
    ],
    "Japanese": ["プロローグ.md", "上巻/第１話.md", "上巻/第十話.md", "下巻/第１話.md", "あとがき.md"],
    "Korean": ["프롤로그.md", "1부/제2장.md", "1부/제10장.md", "2부/제1장.md", "에필로그.md"],
    "full width": ["第１部/１.md", "第２部/２.md", "第２部/１０.md", "第１０部/１.md"],
    "slips of the pen": [
        "chapter-1.md", "chapter-2.md", "chaper-3.md", "chpater-4.md", "chapter-5.md", "final.md",
    ],
    "any gap before the number": ["ch-1.md", "Ch 2.md", "CH_3.md", "ch.4.md", "ch 10.md", "ch-11.md"],
    "halves and letters": ["7.md", "07b.md", "7½.md", "8.md", "10.md"],
    "ordinals": ["First Snow.md", "Second Wind.md", "Third Rail.md", "Tenth Man.md"],
    "before and after": [
        "foreword.md", "introduction.md", "prologue.md", "chapter-zero.md", "chapter-1.md",
        "chapter-final.md", "the-end.md",
        "epilogue.md", "afterword.md", "appendix.md",
    ],
}  # fmt: skip


@pytest.mark.parametrize("kind", ORDERED)
def test_folders_are_parts_in_natural_order(kind: str) -> None:
    names = ORDERED[kind]
    assert sort_names(random.Random(kind).sample(names, len(names))) == names


steps = st.sampled_from(
    [
        "part-1",
        "part-2",
        "Part II",
        "prologue",
        "第二部",
        "第十部",
        "one",
        "two",
        "x",
        "1",
        "10",
        "IX",
        "afterword",
        "بدء",
    ]
)
names = st.builds(
    lambda folders, stem: "/".join([*folders, f"{stem}.md"]), st.lists(steps, max_size=3), steps
)


@given(st.lists(names, max_size=8, unique=True), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_how_folders_are_listed(own: list[str], by: random.Random) -> None:
    found = sort_names(own)
    assert sort_names(by.sample(own, len(own))) == found
    assert sorted(found) == sorted(own)
    assert set(order_reasons(own)) == set(own)


@given(st.lists(names, max_size=8, unique=True))
def test_the_chapters_of_a_folder_stay_together(own: list[str]) -> None:
    for depth in (1, 2, 3):
        folders = [tuple(name.split("/")[:-1][:depth]) for name in sort_names(own)]
        for folder in {each for each in folders if len(each) == depth}:
            places = [place for place, each in enumerate(folders) if each == folder]
            assert places == list(range(places[0], places[-1] + 1))


@given(st.lists(names, max_size=6, unique=True))
def test_what_lies_in_a_folder_is_ordered_as_it_would_be_alone(own: list[str]) -> None:
    within = sort_names(f"a/{name}" for name in own)
    assert within == [f"a/{name}" for name in sort_names(own)]


@pytest.mark.parametrize(
    ("beside", "name", "reason"),
    [
        (["Chapter Nine.md"], "Chapter Ten.md", "by its number 10, written “Ten”"),
        (["chapter-I.md"], "chapter-XI-rain.md", "by its number 11, written “XI”"),
        (["第一章.md"], "第十一章.md", "by its number 11, written “十一”"),
        (["Глава первая.md"], "Глава третья.md", "by its number 3, written “третья”"),
        ([], "003-the-lamp.md", "by its number 3"),
        ([], "2.5.md", "by its number 2.5"),
        ([], "बारिश-१२.md", "by its number 12"),
        ([], "2026-01-05-first.md", "by its date"),
        (["1.md"], "Prologue.md", "a prologue comes first"),
        (["1.md"], "エピローグ.md", "an epilogue comes last"),
        (["1.md"], "Nachwort.md", "its name comes last"),
        (["a.md"], "ψάρι.md", "by its name"),
        (["part-1/1.md"], "part-2/ch-01.md", "part-2 by its number 2; by its number 1"),
        (["Book One/1.md"], "Book Two/IX.md", "Book Two by its number 2, written “Two”; by its name"),
    ],
)
def test_each_place_has_its_reason(beside: list[str], name: str, reason: str) -> None:
    assert order_reasons([*beside, name])[name] == reason


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("ch-01.md", None),
        ("part-2/ch-01.md", "Part 2"),
        ("02-the-sea/1.md", "The Sea"),
        ("02 - The Sea/1.md", "The Sea"),
        ("Book Two/1.md", "Book Two"),
        ("II - The Sea/1.md", "II – The Sea"),
        ("第二部/1.md", "第二部"),
        ("Часть 2/1.md", "Часть 2"),
        ("book-1/part-2/1.md", "Book 1, Part 2"),
        ("الجزء الثاني/1.md", "الجزء الثاني"),
    ],
)
def test_a_part_is_called_as_its_folders(name: str, title: str | None) -> None:
    assert part_title(name) == title
