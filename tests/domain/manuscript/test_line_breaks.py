"""Line ends mean what their author meant: wrapped prose is joined, verse keeps its lines, paragraphs stay apart."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.manuscript.lines.line_breaks import LineMode, arrange_lines
from bot.domain.pages import paginate
from tests.domain.manuscript.prose import CLOSE, PROSE, chunks
from tests.domain.manuscript.samples import shown


@pytest.mark.parametrize("column", [50, 64, 72, 80, 100])
@pytest.mark.parametrize("language", PROSE)
def test_wrapped_prose_is_joined(language: str, column: int) -> None:
    wrapped = textwrap.fill(PROSE[language], column, break_long_words=False, break_on_hyphens=False)
    assert wrapped.count("\n")
    assert shown(wrapped) == shown(PROSE[language])


@pytest.mark.parametrize("size", [20, 26, 33, 38, 70])
@pytest.mark.parametrize("language", ["zh", "ja"])
def test_scripts_without_blanks_are_joined_without_one(language: str, size: int) -> None:
    assert shown(chunks(CLOSE[language] * 3, size)) == CLOSE[language] * 3


def test_thai_lines_are_joined_inside_a_word() -> None:
    lines = ["เรือข้ามฟากออกไปก่อนระฆัง", "และไม่มีใครบนท่านับดวงไฟเพ", "ราะนายท่าเป็นหวัดกลับบ้าน"]
    assert shown("\n".join(lines)) == "".join(lines)


@pytest.mark.parametrize(
    "verse",
    [
        "Roses on the sill,\nRain upon the stone.",
        "Mira: where r u\nDan: outside",
        "Der Regen fällt,\ndie Lampe brennt,\ndu bist nicht da",
        "床前灯影长，\n窗外雨声凉。\n一夜无人语，\n天明各一方。",
        "古い橋\n水に映るは\n灯の影",
        "Дождь стучит в окно,\nГаснет свет в порту.",
        "المطر على الحجر\nوالليل في المرفأ",
        "Llueve en el puerto,\nnadie en la calle,\nsólo las lámparas.",
        "비가 내린다\n등불이 꺼진다\n너는 없다",
        "1 egg\na cup of flour\nsalt",
        (
            "Shall I go down at evening to the quiet quay\nWhere Ada Quill has lit the lanterns on the wall\n"
            "And count with her the vessels coming from the bay\nTill night and fog and silence have put out them all"
        ),
        "Yours,\nAda Quill\n12 Harbour Row",
        "[Name: Ada]\n[Level: 12]\n[Class: Lamplighter]",
    ],
)
def test_short_lines_keep_their_ends(verse: str) -> None:
    assert shown(f"She sang:\n\n{verse}\n\nThen it was quiet.").split("\n\n")[1] == verse


def test_indents_of_verse_are_seen() -> None:
    text = "The ferry left\n        before the bell\n\tand nobody\n\n    (She did.\n    She always did.)"
    assert shown(text) == (
        f"The ferry left\n{chr(160) * 8}before the bell\n{chr(160) * 4}and nobody\n\n"
        f"{chr(160) * 4}(She did.\n{chr(160) * 4}She always did.)"
    )


def test_a_poem_and_wrapped_prose_in_one_chapter() -> None:
    poem = "The ferry left\nbefore the bell"
    text = f"{poem}\n\n{textwrap.fill(PROSE['en'], 60)}\n\n{poem}"
    assert shown(text) == f"{poem}\n\n{PROSE['en']}\n\n{poem}"


@pytest.mark.parametrize("language", PROSE)
def test_paragraphs_parted_by_single_line_ends_stay_paragraphs(language: str) -> None:
    long = PROSE[language]
    text = "\n".join([long, "“Hm.”", long, long])
    assert shown(text) == "\n\n".join([long, "“Hm.”", long, long])


def test_a_text_of_one_wrapped_block_has_its_paragraphs_where_a_sentence_ends_early() -> None:
    paragraphs = [PROSE["en"], PROSE["es"], PROSE["fr"]]
    text = "\n".join(textwrap.fill(paragraph, 70, break_on_hyphens=False) for paragraph in paragraphs)
    assert shown(text) == "\n\n".join(paragraphs)


def test_a_text_with_indented_first_lines_has_its_paragraphs_there() -> None:
    paragraphs = [PROSE["en"], PROSE["en"], PROSE["de"]]
    text = "\n".join(
        textwrap.fill(paragraph, 70, break_on_hyphens=False, initial_indent="    ")
        for paragraph in paragraphs
    )
    assert shown(text) == "\n\n".join(paragraphs)


def test_hard_ends_by_hand_stay_in_every_kind_of_block() -> None:
    assert shown("one  \ntwo\\\nthree") == "one\ntwo\nthree"
    lines = textwrap.fill(PROSE["en"], 70).split("\n")
    lines[0] += "  "
    assert shown("\n".join(lines)).split("\n") == [lines[0].rstrip(), " ".join(lines[1:])]


@pytest.mark.parametrize(
    "text",
    [
        "- one\n- two\nthree",
        "> quoted\n> lines",
        "# Title\nshort line",
        "```\na\nb\n```",
        "| a | b |",
        ">>> all\nof this\nis quoted",
        "One line.\n\nAnother, which is rather long and goes on.",
    ],
)
def test_what_has_a_structure_is_left_to_the_parser(text: str) -> None:
    assert arrange_lines(text).text == text


@pytest.mark.parametrize(
    ("wish", "seen"),
    [
        (LineMode.PARAGRAPHS, "one\n\ntwo\n\nthree"),
        (LineMode.WRAPPED, "one two three"),
        (LineMode.VERSE, "one\ntwo\nthree"),
    ],
)
def test_the_author_can_decide(wish: LineMode, seen: str) -> None:
    assert shown("one\ntwo\nthree", lines=wish) == seen


def test_the_underline_of_a_heading_is_no_line_of_verse() -> None:
    text = "The Gate\n========\n\nText."
    assert arrange_lines(text).text == text


def test_emphasis_over_lines_is_not_torn() -> None:
    text = f"*{PROSE['en']}\n{PROSE['en']}*\n{PROSE['en']}"
    assert "\\*" not in shown(text)
    assert shown(text).count("\n\n") == 1


def test_how_blocks_were_read_can_be_asked_for() -> None:
    text = f"Roses,\nrain.\n\n{textwrap.fill(PROSE['en'], 60)}\n\n{PROSE['de']}\n{PROSE['de']}"
    assert [(one.line, one.lines, one.mode) for one in arrange_lines(text).blocks] == [
        (1, 2, LineMode.VERSE),
        (4, 4, LineMode.WRAPPED),
        (9, 2, LineMode.PARAGRAPHS),
    ]


WORDS = {language: text.split() for language, text in PROSE.items()}


def stretch(words: list[str], start: int, length: int) -> str:
    return " ".join(words[(start + number) % len(words)] for number in range(length))


@given(
    st.sampled_from(sorted(WORDS)),
    st.integers(50, 100),
    st.integers(60, 90),
    st.lists(st.tuples(st.integers(0, 30), st.integers(1, 80)), max_size=5),
)
def test_wrapping_changes_nothing(
    language: str, column: int, least: int, parts: list[tuple[int, int]]
) -> None:
    paragraphs = [stretch(WORDS[language], *part) for part in [(0, least), *parts]]
    wrapped = "\n\n".join(
        textwrap.fill(paragraph, column, break_long_words=False, break_on_hyphens=False)
        for paragraph in paragraphs
    )
    assert [page.plain for page in paginate(arrange_lines(wrapped).text)] == [
        page.plain for page in paginate(wrapped)
    ]


@given(
    st.lists(
        st.sampled_from([*PROSE.values(), "short", "Ende.", "", "  in", "- x", "> q", "a  ", "b\\", "字。"]),
        max_size=12,
    )
)
def test_nothing_is_lost_and_to_arrange_again_changes_nothing(lines: list[str]) -> None:
    text = "\n".join(lines)
    once = arrange_lines(text).text
    assert paginate(arrange_lines(once).text) == paginate(once)
    assert "".join(once.split()).replace("\\", "") == "".join(text.split()).replace("\\", "")
