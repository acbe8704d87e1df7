"""Hard-wrapped text of every script is joined, with a blank only where the script has blanks."""

from __future__ import annotations

import textwrap

import pytest

from bot.domain.manuscript.lines.line_breaks import LineMode
from tests.domain.manuscript.prose import CLOSE, PROSE, chunks
from tests.domain.manuscript.samples import shown


def wrap(text: str, column: int, indent: str = "") -> str:
    return textwrap.fill(text, column, break_long_words=False, break_on_hyphens=False, initial_indent=indent)


@pytest.mark.parametrize("end", ["", " ", "  "])
@pytest.mark.parametrize("column", [40, 45, 50])
@pytest.mark.parametrize("language", PROSE)
def test_narrow_columns_are_joined_whatever_blanks_end_the_lines(
    language: str, column: int, end: str
) -> None:
    wrapped = f"{end}\n".join(wrap(PROSE[language], column).split("\n"))
    assert shown(wrapped) == shown(PROSE[language])


@pytest.mark.parametrize("column", [40, 50, 72])
@pytest.mark.parametrize("language", PROSE)
def test_only_first_lines_are_indented(language: str, column: int) -> None:
    text = PROSE[language]
    assert shown("\n".join(wrap(text, column, "   ") for _ in range(3))) == "\n\n".join([text] * 3)


@pytest.mark.parametrize("language", PROSE)
def test_a_paragraph_ends_in_a_short_line(language: str) -> None:
    text = PROSE[language]
    column = next(
        column for column in range(44, 80) if len(wrap(text, column).split("\n")[-1]) < 0.6 * column
    )
    assert shown("\n".join(wrap(text, column) for _ in range(3))) == "\n\n".join([text] * 3)


@pytest.mark.parametrize("size", [20, 24, 30])
@pytest.mark.parametrize("language", CLOSE)
def test_nothing_comes_between_letters_where_words_have_no_blanks(language: str, size: int) -> None:
    assert shown(chunks(CLOSE[language] * 2, size)) == CLOSE[language] * 2


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_wrapped_dialogue_in_corners_begins_paragraphs(language: str) -> None:
    text = CLOSE[language]
    lines = [chunks(f"　{text}", 23), "「誰だ」", "「私です」", chunks(f"　{text}", 23)]
    assert shown("\n".join(lines)) == "\n\n".join([text, "「誰だ」", "「私です」", text])


@pytest.mark.parametrize("language", ["zh", "ja"])
def test_ideographs_end_paragraphs_in_a_short_line_or_begin_them_indented(language: str) -> None:
    text = CLOSE[language]
    size = next(size for size in range(20, 40) if 0 < len(text) % size < 0.6 * size)
    assert shown("\n".join([chunks(text, size)] * 3)) == "\n\n".join([text] * 3)
    assert shown("\n".join([chunks(f"　　{text}", size)] * 3)) == "\n\n".join([text] * 3)


@pytest.mark.parametrize(
    "text",
    [
        "这是第一行文字没有结束\n就换行了所以应该连接起来\n不加空格才对的吧我想是的。",
        "他在码头上走了很久很久，终于听见有人说“\n灯灭了”，于是他就停下来，看了看四周的黑暗。",
        "他在码头上走了很久，终于听见有人说了\n“灯灭了”，于是他就停下来，看了看四\n周……——然后走了很远很远的路。",
        "她读过一本很旧的书，书的名字叫作\n《灯的历史》，可是书里没有提到码头\n、这条河和这里的人们的名字。",
        "彼女は古い本を読んだことがあるが、その\n『灯の歴史』には、港のことも、川のことも\n…書かれてはいなかったのだと言う。",
    ],
)
def test_nothing_comes_beside_punctuation_between_ideographs(text: str) -> None:
    assert shown(text) == text.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("听见有人说**灯灭了**\n*于是*他停下来", "听见有人说**灯灭了***于是*他停下来"),
        ("看了看四周……\n——然后走了", "看了看四周……——然后走了"),
        ("川の…\n…ことも", "川の……ことも"),
        ("灯灭了”\n“他", "灯灭了”“他"),
        ("灯灭了”\n（他想）", "灯灭了”（他想）"),
        ("他用 Python\n写字", "他用 Python 写字"),
        ("เขาพูดว่า\n“ไป”", "เขาพูดว่า “ไป”"),
        ("ไม่มี*ใคร*\nรู้จัก", "ไม่มี*ใคร*รู้จัก"),
        ("등불을 세지\n않았다", "등불을 세지 않았다"),
        ("សាឡាងចេញ។\nមុនជួង", "សាឡាងចេញ។ មុនជួង"),
        ("*a*\n*b*", "*a* *b*"),
    ],
)
def test_what_comes_between_joined_lines(text: str, seen: str) -> None:
    assert shown(text, lines=LineMode.WRAPPED).replace("\u200b", "") == seen


def test_korean_lines_have_a_blank() -> None:
    text = (
        "나룻배는 종이 울리기 전에 떠났고 부두에서는\n아무도 등불을 세지 않았다. 항구 관리인은\n"
        "감기에 걸려 집으로 돌아갔다."
    )
    assert shown(text) == text.replace("\n", " ")


def test_verse_of_two_blanks_stays_verse_beside_prose_in_which_they_mean_nothing() -> None:
    verse = "The harbour keeps its silence like a stone,  \nand nobody along the water wakes;  \nthe lamps burn low."
    prose = "  \n".join(wrap(PROSE["en"], 64).split("\n"))
    assert shown(f"{verse}\n\n{prose}") == f"{verse.replace('  ', '')}\n\n{PROSE['en']}"


def test_wrapped_dialogue_with_dashes_begins_paragraphs() -> None:
    text = (
        "— Bonjour, dit-elle en posant la lampe sur la\ntable de la cuisine, tu es en retard.\n— Bonsoir.\n"
        "— Le bac est parti sans toi, et le vent s’est\nlevé depuis midi. Il faudra attendre demain."
    )
    assert shown(text).count("\n\n") == 2
    assert shown(text).count("\n") == 4


def test_a_chapter_without_blank_lines_has_its_paragraphs_where_another_word_would_have_fitted() -> None:
    paragraphs = [
        PROSE["en"],
        "“Will it come?” he asked, and she looked at the door.",
        PROSE["en"],
        "“No.”",
        PROSE["en"],
    ]
    text = "\n".join(wrap(paragraph, 60) for paragraph in paragraphs)
    assert shown(text) == "\n\n".join(paragraphs)


def test_two_lines_reach_the_column_of_the_rest() -> None:
    short = "“Two lines!” cried the keeper. “Seals,\nturtles and so on.”"
    text = "\n\n".join([wrap(PROSE["en"], 40), wrap(PROSE["de"], 40), short])
    assert shown(text).endswith(short.replace("\n", " "))
