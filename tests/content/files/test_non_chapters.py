"""Names of what lies beside chapters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.files.non_chapters import is_kept_beside, is_overview, may_be_no_chapter, sidecar_of

OVERVIEWS = """
    README,SUMMARY,index,TOC,table-of-contents,Table of Contents,LICENSE,CHANGELOG,CONTRIBUTING,outline,00-README
    000_index,Inhaltsverzeichnis,Gliederung,Table des matières,sommaire,Índice,tabla-de-contenidos,Оглавление,Содержание
    Περιεχόμενα,תוכן עניינים,الفهرس,विषय सूची,สารบัญ,目录,目次,大纲,목차
"""
BESIDE = """
    notes,characters,all-chapters,full,Complete Book,manuscript,draft,whole_story,Notizen,Manuskript,personnages
    brouillon,personajes,borrador,черновик,рукопись,σημειώσεις,ملاحظات,הערות,टिप्पणियाँ,บันทึก,全文,人物设定,登場人物,등장인물
"""
CHAPTERS = """
    12-index,3-notes,The Index,an outline of the coast,chapter-1,Full Moon,complete silence,the book of salt,Plan B
    Die Notizen der Ada,Le livre des morts,Книга третья,第一章,全文搜索,final,final-chapter,last
"""


def names(table: str) -> list[str]:
    return [name.strip() for line in table.strip().splitlines() for name in line.split(",")]


@pytest.mark.parametrize("name", names(OVERVIEWS))
def test_overviews_are_known_in_many_languages(name: str) -> None:
    assert is_overview(name)
    assert is_overview(name.upper())


@pytest.mark.parametrize("name", names(BESIDE))
def test_notes_and_whole_books_are_known_in_many_languages(name: str) -> None:
    assert may_be_no_chapter(name)
    assert not is_overview(name)


@pytest.mark.parametrize("name", names(CHAPTERS))
def test_chapters_may_speak_of_them(name: str) -> None:
    assert not is_overview(name)
    assert not may_be_no_chapter(name)


@pytest.mark.parametrize(
    ("stem", "of"),
    [
        ("ch-01.notes", "ch-01"),
        ("2.5.meta", "2.5"),
        ("第一章.outline", "第一章"),
        ("a.b", None),
        ("notes", None),
        ("x.OLD", "x"),
    ],
)
def test_a_file_beside_another_says_whose_it_is(stem: str, of: str | None) -> None:
    assert sidecar_of(stem) == of


@given(st.text(max_size=30), st.integers(1, 99))
def test_a_number_in_front_makes_it_a_chapter(name: str, number: int) -> None:
    for known in (is_overview, may_be_no_chapter, is_kept_beside):
        assert known(name) in (True, False)
        assert not known(f"{number}-{name}")
