"""The order of a folder's names, whatever their numbers are written in."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.files.chapter_tree import chapter_files
from bot.content.files.file_names import counted_parts, natural_key
from bot.content.files.natural_order import chapter_count, read_numbers
from bot.domain.stories.story import chapter_key
from bot.domain.text.numerals import WORDS, east_asian, roman
from tests.content.samples import put, read, story

ORDERED = {
    "Chinese": "第一章 第二章 第三章 第九章 第十章 第十一章 第二十章 第廿一章 第一百零三章 第一百二十章",
    "bare Chinese": "一 二 三 十 十一 二十 二十一",
    "financial": "第壹回 第贰回 第叁回 第拾回 第拾壹回",
    "in figures": "第二〇章 第二一章 第一〇〇章",
    "Japanese": "序章 第一話 第２話 第十話 第百二十三話 終章",
    "full width": "第１章 第２章 第１１章 第十二章",
    "volumes": "卷一-第一章 卷一-第十章 卷二-第一章 卷十-第一章",
    "halves": "第三章上 第三章中 第三章下 第四章（上） 第四章（下）",
    "halves first": "上巻-第一章 上巻-第十章 中巻-第一章 下巻-第一章",
    "before and after": "第一話-前編 第一話-中編 第一話-後編 第二話",
    "liang": "第一章 第两百章 第三百章",
    "katakana ends": "プロローグ 第一話 第二話 エピローグ",
    "Korean": "프롤로그 제1장 제2장 제10장 에필로그",
    "English": "Prologue Chapter-One Chapter-Two Chapter-Ten Chapter-Twenty-One Chapter-Ninety-Nine Epilogue",
    "English, small": "chapter_one chapter_three chapter_eleven chapter_twentyone chapter_one_hundred",
    "with titles": "Chapter-Two-Rain Chapter-Three-A-Door Chapter-Twelve-Ash",
    "mixed": "chapter-1 chapter-two chapter-III chapter-4 chapter-ten",
    "words alone": "one two three four ten",
    "Roman": "Chapter-I Chapter-IV Chapter-V Chapter-IX Chapter-X Chapter-XL",
    "Roman first": "I-the-lamp II-b III-a IV-x V-y IX-q X-t",
    "Roman last": "the-lamp-i the-lamp-ii the-lamp-v the-lamp-ix",
    "Roman signs": "chapter-Ⅰ chapter-Ⅳ chapter-Ⅴ chapter-Ⅸ",
    "German": "Prolog Kapitel-Eins Kapitel-Zwei Kapitel-Zehn Kapitel-Elf Kapitel-Einundzwanzig Epilog",
    "French": "Chapitre-un Chapitre-deux Chapitre-dix Chapitre-soixante-et-onze Chapitre-quatre-vingt-dix-neuf",
    "Spanish": "Prólogo Capítulo-uno Capítulo-once Capítulo-veintidós Capítulo-treinta-y-uno Epílogo",
    "Russian": "Пролог Глава-I Глава-II Глава-V Глава-IX Эпилог",
    "parts": "Book-I-Prologue Book-I-Chapter-1 Book-I-Chapter-10 Book-I-Epilogue Book-II-Prologue Book-II-Chapter-1",
    "interludes": "01-one 02-interlude 03-two 10-epilogue 11-afterword",
    "digits lead": "1-prologue 2-a 10-chapter-one 11-chapter-five",
}

AS_THEY_ARE = {
    "letters": "Part-A Part-B Part-C Part-D",
    "words that look Roman": "civil I-was-here mix",
    "words behind a label": "chapter-door chapter-lamp chapter-mix",
    "far apart": "di mix xi",
    "numerals in words": "万里 三国 千年 百合",
    "above and below": "下雨 上海 中心",
}


def ordered(names: list[str]) -> list[str]:
    read = read_numbers(names)
    counting = counted_parts(text for _, text in read.values())
    return sorted(names, key=lambda name: (read[name][0], natural_key(read[name][1], counting), name))


@pytest.mark.parametrize("kind", ORDERED)
def test_numbers_count_however_they_are_written(tmp_path: Path, kind: str) -> None:
    names = ORDERED[kind].split()
    put(tmp_path, {f"{name}.md": "x" for name in random.Random(kind).sample(names, len(names))})
    assert [path.stem for path in chapter_files(tmp_path)] == names


@pytest.mark.parametrize("kind", AS_THEY_ARE)
def test_words_that_are_no_numbers_stay_words(kind: str) -> None:
    names = AS_THEY_ARE[kind].split()
    assert ordered(names) == sorted(names, key=natural_key)


plain = st.builds(
    "{}{}{}".format,
    st.integers(0, 999),
    st.sampled_from(["-", "_", " ", ". ", ""]),
    st.sampled_from(["", "the-lamp", "prologue", "chapter-ten", "IV", "第十章", "2", "Part C"]),
)


@given(st.lists(plain, max_size=8, unique=True))
def test_names_that_begin_with_digits_are_ordered_as_they_always_were(names: list[str]) -> None:
    counting = counted_parts(names)
    assert ordered(names) == sorted(names, key=lambda name: (natural_key(name, counting), name))


labelled = st.builds(
    "{} {}".format, st.sampled_from(["Chapter", "Part", "Kapitel", "x"]), st.integers(0, 999)
)


@given(st.lists(labelled, max_size=8, unique=True))
def test_labels_with_digits_are_ordered_as_they_always_were(names: list[str]) -> None:
    assert ordered(names) == sorted(names, key=natural_key)


@given(st.lists(st.text(st.sampled_from("iIvx一十第章 -1Ⅳ上é٣"), max_size=8), max_size=6, unique=True))
def test_the_order_does_not_depend_on_how_a_folder_is_listed(names: list[str]) -> None:
    assert ordered(names) == ordered(names[::-1])
    assert sorted(ordered(names)) == sorted(names)


@given(st.sampled_from(["第{}章", "{}", "第{}話-夜"]), st.integers(1, 9999), st.integers(1, 9999))
def test_the_smaller_chinese_number_comes_first(form: str, one: int, other: int) -> None:
    if one < other:
        names = [form.format(in_chinese(one)), form.format(in_chinese(other))]
        assert ordered(names[::-1]) == names


def in_chinese(number: int) -> str:
    written, gap = "", False
    for unit, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if not digit:
            gap = bool(written)
        else:
            written += (
                ("零" if gap else "")
                + ("" if digit == 1 and unit > 1 else "一二三四五六七八九"[digit - 1])
                + sign
            )
            gap = False
    return written


@given(st.integers(1, 9999))
def test_chinese_numerals_have_their_value(number: int) -> None:
    assert east_asian(in_chinese(number)) == number


def test_roman_numerals_have_their_value_and_nothing_else_has() -> None:
    assert [roman(word) for word in ("i", "iv", "xlii", "mcmxcix")] == [1, 4, 42, 1999]
    assert [roman(word) for word in ("", "iiii", "vx", "civil", "il", "a")] == [None] * 6


@pytest.mark.parametrize("language", WORDS)
def test_all_numbers_to_a_hundred_have_words(language: str) -> None:
    assert set(WORDS[language].values()) == set(range(101))


def test_names_keep_their_identities() -> None:
    for row in ORDERED.values():
        for name in row.split():
            if not name[0].isdecimal():
                assert chapter_key(name) == name.casefold()


@pytest.mark.parametrize(
    ("title", "count"),
    [
        ("Chapter 3", ("chapter", 3)),
        ("Chapter Ten: Rain", ("chapter", 10)),
        ("Kapitel IV", ("kapitel", 4)),
        ("第十一章 灯", ("章", 11)),
        ("第１２話", ("話", 12)),
        ("Capítulo veintidós", ("capitulo", 22)),
        ("1984", None),
        ("The last chapter 3", None),
        ("Chapter of Sorrows", None),
        ("雨", None),
    ],
)
def test_what_a_title_counts(title: str, count: tuple[str, int] | None) -> None:
    assert chapter_count(title) == count


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("# Chapter 3", "# Chapter 2"),
        ("# Chapter Ten", "# Chapter Two"),
        ("# 第十一章 灯", "# 第二章 雨"),
        ("---\ntitle: Kapitel V\n---", "# Kapitel IV"),
        ("# Part 9", "# Part 3"),
    ],
)
def test_titles_that_count_otherwise_than_the_names_are_told_once_a_folder(
    tmp_path: Path, first: str, second: str
) -> None:
    files = {
        "chapters/1-a.md": f"{first}\nx",
        "chapters/2-b.md": f"{second}\ny",
        "chapters/3-c.md": f"{second}\nz",
    }
    [fault] = read(story(tmp_path, files)).list_faults()
    assert fault.warning
    assert Path(fault.file).name == "2-b.md"
    assert "1-a.md" in fault.problem
    assert "rename the files" in fault.mend


@pytest.mark.parametrize(
    "titles",
    [
        ["Chapter 1", "Chapter 2", "Chapter 3"],
        ["Chapter 1", "Chapter 2", "Chapter 1", "Chapter 2"],
        ["Part Two", "Chapter 1", "Part Three"],
        ["Rain", "3", "2"],
        ["第九章", "第十章", "第十一章"],
    ],
)
def test_titles_that_agree_or_begin_anew_are_fine(tmp_path: Path, titles: list[str]) -> None:
    files = {f"chapters/{number}-x{number}.md": f"# {title}\nx" for number, title in enumerate(titles)}
    assert read(story(tmp_path, files)).list_faults() == ()
