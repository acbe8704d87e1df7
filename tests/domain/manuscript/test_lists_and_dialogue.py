"""Lists are lists; dashes of dialogue, years and dates at the beginning of a line are shown as they were written."""

from __future__ import annotations

import re

import pytest

from bot.domain.manuscript.conversion import read_manuscript
from tests.domain.manuscript.samples import shown

ITEM = re.compile(r"(?m)^ *(?:[-*+]|\d+[.)]) ")
"""Discord makes an item of this."""


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "lines",
    [
        ["Hello, she said.", "Are you there?", "No…"],
        ["Bonjour, dit-elle.", "Vous partez déjà ?", "Oui."],
        ["Hola, Juan.", "¿Qué tal?", "Bien."],
        ["Привет, - сказал он.", "Уходишь?", "Да."],
        ["Olá.", "Já vais?", "Não."],
        ["Cześć - powiedział.", "Idziesz już?", "Tak."],
        ["Merhaba.", "Gidiyor musun?", "Evet."],
        ["Γεια σου.", "Φεύγεις τώρα;", "Όχι."],
        ["नमस्ते।", "आप जा रहे हैं?", "नहीं।"],
        ["你好。", "要走了吗？", "不。"],
    ],
)
def test_full_sentences_with_dashes_are_dialogue(lines: list[str], gap: str) -> None:
    text = gap.join(f"- {line}" for line in lines)
    assert shown(text) == "\n\n".join(f"\\- {line}" for line in lines)
    assert shown(text.replace("- ", "— ", 1)).startswith(f"— {lines[0]}")


@pytest.mark.parametrize("dash", ["-", "–", "—", "―"])
@pytest.mark.parametrize("line", ["Hello.", "Bonjour !", "¿Qué?", "Привет.", "你好。", "Γεια."])
def test_a_single_line_with_a_dash_is_shown_with_it(line: str, dash: str) -> None:
    for text in (f"{dash} {line}", f"{dash} {line}\nShe left.", f"She came.\n\n{dash} {line}\n\nShe left."):
        assert f"{dash} {line}" in shown(text)
        assert not ITEM.search(shown(text))


@pytest.mark.parametrize(
    "text",
    [
        "- eggs\n- milk",
        "- Яйца\n- Молоко\n- Хлеб",
        "- 鸡蛋\n- 牛奶",
        "- bread\n- eggs\n\n- milk",
        "Shopping:\n- Eggs",
        "- one\n- two\n  - deep\n  - deeper\n- three",
        "- **Ada:** The keeper.\n- **Ben:** The mate.",
        "3. one\n4. two",
        "1. one\n1. two",
        "1. Close the door.\n2. Turn the key.",
        "- one\n\n- two\n\n- three",
    ],
)
def test_a_list_stays_as_it_is(text: str) -> None:
    assert shown(text) == text


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("* a\n* b", "- a\n- b"),
        ("* One.\n* Two.", "- One.\n- Two."),
        ("+ a\n+ b", "- a\n- b"),
        ("1) one\n2) two", "1. one\n2. two"),
        ("+ plus line", "\\+ plus line"),
    ],
)
def test_other_markers_become_those_of_discord(text: str, seen: str) -> None:
    assert shown(text) == seen


@pytest.mark.parametrize(
    "text",
    [
        "1984. It was a cold year.",
        "1984. It was cold.\n\n1985. It was not.",
        "2019. Das Jahr begann still.",
        "5. May 1984 war ein Tag wie jeder andere.",
        "3. Mai\n\n4. Mai",
        "12. октября мы уехали.",
        "2. Kapitel",
        "7) was her number.",
        "3. března jsme odjeli.",
    ],
)
def test_years_dates_and_single_numbers_are_text(text: str) -> None:
    assert re.sub(r"\\(?=[.)])", "", shown(text)) == text
    assert not ITEM.search(shown(text))


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("- bread\nShe put the list away.", "- bread\n\nShe put the list away."),
        ("- bread\n- milk\nShe put the list away.", "- bread\n- milk\n\nShe put the list away."),
        ("- Hello, she said.\nShe left.", "\\- Hello, she said.\n\nShe left."),
        ("1. one\n2. two\nThen they left.", "1. one\n2. two\n\nThen they left."),
        ("- хлеб\n- молоко\nОна убрала список.", "- хлеб\n- молоко\n\nОна убрала список."),
        ("- パン\n- 牛乳\n彼女は笑った。", "- パン\n- 牛乳\n\n彼女は笑った。"),
    ],
)
def test_a_plain_line_after_an_item_is_a_paragraph(text: str, seen: str) -> None:
    assert shown(text) == seen


def test_a_hard_wrapped_item_is_joined_with_or_without_an_indent() -> None:
    text = (
        "- a first item that is rather long and was wrapped by\n  the editor at its column\n"
        "- a second item that is rather long and was wrapped by\nthe editor without an indent\n- short\n"
        "And here the text goes on as it did before the list."
    )
    assert shown(text) == (
        "- a first item that is rather long and was wrapped by the editor at its column\n"
        "- a second item that is rather long and was wrapped by the editor without an indent\n- short\n\n"
        "And here the text goes on as it did before the list."
    )


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("1. one\n\n   more of it\n2. two", "1. one\n  more of it\n2. two"),
        ("- one\n\n  more of it\n- two", "- one\n  more of it\n- two"),
        ("- eins\n\n\tmehr davon\n\n- zwei", "- eins\n  mehr davon\n\n- zwei"),
        ("3. одно\n\n   ещё о нём\n4. два", "3. одно\n  ещё о нём\n4. два"),
        ("1. 一\n\n   还有\n2. 二", "1. 一\n  还有\n2. 二"),
    ],
)
def test_the_second_paragraph_of_an_item_stays_with_it(text: str, seen: str) -> None:
    assert shown(text) == seen


@pytest.mark.parametrize(
    "text",
    ["```\n- a.\n- b.\n1984. c\n```", "> - quoted.\n> - items.", "a - b\n\n-\n\nc", "- - -", "* * *"],
)
def test_code_quotes_and_scene_breaks_are_none_of_its_business(text: str) -> None:
    assert "\\-" not in read_manuscript(text).text


def test_how_dashes_were_read_can_be_asked_for() -> None:
    readings = read_manuscript("- Hola.\n- ¿Qué tal?\n\nText.\n\n- Bien.").readings
    assert [(one.line, one.column, one.what) for one in readings if "dash" in one.what] == [
        (1, 1, "a dash that is no list, shown as written, as in 2 more places")
    ]
