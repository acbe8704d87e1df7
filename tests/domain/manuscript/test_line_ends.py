"""Rare line ends, pandoc's line blocks, and verse in quotes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.manuscript.conversion import read_manuscript
from tests.domain.manuscript.samples import BREAK, shown

NBSP = "\xa0"


@pytest.mark.parametrize("end", ["\x0b", "\u2028", "\x85", "\x1e"])
@pytest.mark.parametrize(
    "lines",
    [["first", "second", "third"], ["erste", "zweite"], ["первая", "вторая"], ["灯", "水"], ["นก", "ปลา"]],
)
def test_rare_line_ends_end_lines(lines: list[str], end: str) -> None:
    assert shown(end.join(lines)) == "\n".join(lines)
    assert shown(f"- a{end}- b") == "- a\n- b"


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("One.\u2029Two.", "One.\n\nTwo."),
        ("Один.\u2029Два.", "Один.\n\nДва."),
        ("The end.\x0cThe beginning.", f"The end.\n\n{BREAK}\n\nThe beginning."),
        ("The end.\n\n\x0c\nThe beginning.", f"The end.\n\n{BREAK}\n\nThe beginning."),
        ("Das Ende.\x0c\x0cDer Anfang.", f"Das Ende.\n\n{BREAK}\n\nDer Anfang."),
        ("\x0cThe beginning.", "The beginning."),
        ("The end.\x0c", "The end."),
        ("他走了。\x0c天亮了。", f"他走了。\n\n{BREAK}\n\n天亮了。"),
    ],
)
def test_separators_and_form_feeds_end_paragraphs(text: str, seen: str) -> None:
    assert shown(text) == seen


def test_a_printed_page_may_end_inside_a_sentence() -> None:
    text = (
        "The ferry left before the bell and nobody on the quay counted\n"
        "the lamps, because the harbour master had gone home with a\n\x0c"
        "cold, and his daughter was waiting for a letter that would not\ncome."
    )
    assert shown(text) == text.replace("\n\x0c", " ").replace("\n", " ")


def test_places_are_those_in_the_file() -> None:
    remarks = read_manuscript("One.\x0bTwo.\x0c\n\nThree [TODO more].").remarks
    assert [one.line for one in remarks] == [3]


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("| The bay\n|    is wide\n|\n| and deep", f"The bay\n{NBSP * 3}is wide\n\nand deep"),
        ("| Der Hafen\n| liegt still", "Der Hafen\nliegt still"),
        ("| Фонарь\n|     погас", f"Фонарь\n{NBSP * 4}погас"),
        ("| המנורה\n|   כבתה", f"המנורה\n{NBSP * 2}כבתה"),
        ("| 灯灭了\n| 　水流着", "灯灭了\n　水流着"),
        ("| one line of a poem", "one line of a poem"),
        ("| a line that was\n    continued\n| next", "a line that was continued\nnext"),
    ],
)
def test_line_blocks_are_verse(text: str, seen: str) -> None:
    assert shown(f"She sang:\n\n{text}\n\nThen it was quiet.") == f"She sang:\n\n{seen}\n\nThen it was quiet."


@pytest.mark.parametrize("text", ["| a | b |\n| c | d |", "||hidden||\n\nText.", "```\n| a\n| b\n```"])
def test_rows_of_tables_spoilers_and_code_are_no_line_blocks(text: str) -> None:
    assert read_manuscript(text).text.replace("\\", "") == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("> The ferry\n>     left", f"> The ferry\n> {NBSP * 4}left"),
        ("> Der Hafen\n> \tschläft", f"> Der Hafen\n> {NBSP * 3}schläft"),
        ("> המנורה\n>      כבתה", f"> המנורה\n> {NBSP * 5}כבתה"),
        ("> 灯\n> 　水", "> 灯\n> 　水"),
        ("> - one\n>   - two", "> - one\n> - two"),
        ("> a\n> b", "> a\n> b"),
    ],
)
def test_indents_in_quotes_are_kept(text: str, seen: str) -> None:
    assert shown(text) == seen


@pytest.mark.parametrize("indent", ["  ", "\t", "　", " " * 20, "\t\t"])
@pytest.mark.parametrize(
    "lines", [("The bay", "is wide"), ("المرفأ", "واسع"), ("港の灯", "消えて"), ("Море", "спит")]
)
def test_indents_of_verse_are_seen(lines: tuple[str, str], indent: str) -> None:
    first, second = shown(f"{lines[0]}\n{indent}{lines[1]}").split("\n")
    assert (first, second.strip()) == lines
    width = len(indent.expandtabs(4))
    assert second.removesuffix(lines[1]) == ("　" if indent == "　" else NBSP * width)


@given(st.text(st.sampled_from("ab.-| >\t\n\x0b\x0c\x85\u2028\u2029\xad　“”12)*"), max_size=60))
def test_no_letter_is_lost(text: str) -> None:
    read = read_manuscript(text).text
    assert [char for char in read if char in "ab12"] == [char for char in text if char in "ab12"]


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("a rose\\\na thorn\\\n\nText.", "a rose\na thorn\n\nText."),
        ("Роза\\\nи шип\\", "Роза\nи шип"),
        ("床前\\\n明月\\  \n\n低头", "床前\n明月\n\n低头"),
        ("ورد\\\nوشوك\\\n\nنص", "ورد\nوشوك\n\nنص"),
        ("> गुलाब\\\n> काँटा\\\n\nअंत", "> गुलाब\n> काँटा\n\nअंत"),
        ("> rosa\\\n>\n> spina\\\nFin.", "> rosa\n> \n> spina\n\nFin."),
        ("- Milch\\\n- Eier\\\n\nEnde", "- Milch\n- Eier\n\nEnde"),
        ("- Hola.\\\n- Adiós.\\\n\nFin", "\\- Hola.\n\\- Adiós.\n\nFin"),
        ("Ρόδο.\\", "Ρόδο."),
        ("C:\\new\\\n\nD:\\", "C:\\\\new\\\\\n\nD:\\\\"),
        ("`a\\`\n\nb", "`a\\`\n\nb"),
    ],
)
def test_a_backslash_at_the_end_of_a_paragraph_is_not_shown(written: str, seen: str) -> None:
    assert shown(written) == seen
