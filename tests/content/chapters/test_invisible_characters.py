"""Control characters: faults where authors write names, and escaped wherever anybody's text is printed."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import printable, printable_json, printable_lines
from bot.observability.logs import JsonFormatter, TextFormatter
from tests.content.samples import read, story

ONE = "chapters/1-one.md"
SOUND = "title: The Lamp\n"


def only(root: Path) -> Diagnostic:
    [fault] = read(root).list_faults()
    return fault


@pytest.mark.parametrize(
    ("yaml", "line", "column"),
    [
        ('title: "A\\x1b[2J"\n', 1, 8),
        ('title: A\ntags: [b, "c\\x07"]\n', 2, 11),
        ('title: A\nauthors:\n  - name: "B\\e"\n', 3, 11),
        ("title: A\x9bB\n", 1, 9),
        ("title: A\nsummary: one\x0btwo\n", 2, 13),
    ],
)
def test_a_control_character_in_a_story_file(tmp_path: Path, yaml: str, line: int, column: int) -> None:
    fault = only(story(tmp_path, {ONE: "x"}, yaml=yaml))
    assert (fault.line, fault.column) == (line, column)
    assert "control character, U+00" in fault.problem
    assert str(fault).startswith(f"{tmp_path}/lamp/story.yaml:{line}:{column}: ")


@pytest.mark.parametrize(
    ("matter", "line", "problem"),
    [
        ('id: "a\\nb"', 2, "“id”: this is more than one line"),
        ('title: "a\\tb"', 2, "“title”: there is an invisible character, U+0009"),
        ("title: a\npov: Ann\u202e", 3, "“pov”: there is an invisible character, U+202E"),
        ('warnings: ["\\u2066x"]', 2, "“warnings #1”: there is an invisible character, U+2066"),
    ],
)
def test_what_cannot_stand_in_a_name(tmp_path: Path, matter: str, line: int, problem: str) -> None:
    fault = only(story(tmp_path, {ONE: f"---\n{matter}\n---\nText"}, yaml=SOUND))
    assert (fault.line, fault.problem) == (line, problem)


def test_a_control_character_in_front_matter_a_heading_and_a_file_name(tmp_path: Path) -> None:
    root = story(
        tmp_path,
        {
            ONE: '---\ntitle: Two\nid: "a\\x1b"\n---\nText',
            "chapters/2-two.md": "---\ndraft: true\n---\n\n<!-- x -->\n\n# The \x1bLamp\n",
            "chapters/3-\x1b[31mred.md": "Text",
            "chapters/4-\u202emd.exe.md": "Text",
        },
        yaml=SOUND,
    )
    assert [(fault.line, fault.column) for fault in read(root).list_faults()] == [
        (3, 5),
        (7, 7),
        (0, 0),
        (0, 0),
    ]
    for fault in read(root).list_faults():
        assert str(fault).isprintable()


def test_right_to_left_names_and_several_lines_of_text_are_fine(tmp_path: Path) -> None:
    yaml = 'title: "\u200fמנורה\u200f"\nsummary: |\n  One.\n  \tTwo.\n'
    assert read(story(tmp_path, {"chapters/1-אחת.md": "x"}, yaml=yaml)).list_faults() == ()


@given(
    st.text(st.one_of(st.sampled_from('a\n\t\r\x1b\x9b\x7f\u2028\u202e\ud800\\"'), st.characters(codec=None)))
)
def test_nothing_printed_moves_a_cursor(text: str) -> None:
    for shown in (printable(text), printable_lines(text).replace("\n", "").replace("\t", "")):
        assert not any(c < " " or "\x7f" <= c <= "\x9f" or c in "\u2028\u2029\u202e" for c in shown)
        shown.encode()
    assert json.loads(printable_json(json.dumps({"a": [text]}, ensure_ascii=False, indent=2))) == {
        "a": [text]
    }


def test_a_log_line_is_one_line_and_a_traceback_is_set_in() -> None:
    try:
        raise ValueError("oh\n2026-01-01 00:00:00,000 ERROR   bot.app: forged\x1b[2J")
    except ValueError as error:
        record = logging.LogRecord(
            "bot",
            logging.ERROR,
            "f",
            1,
            "about %s",
            ("\x1b[2J\nforged \udcff",),
            (type(error), error, error.__traceback__),
        )
    first, *rest = TextFormatter().format(record).split("\n")
    assert first.endswith("ERROR   bot: about \\x1b[2J\\nforged \\udcff")
    assert all(line.startswith("  ") for line in rest)
    assert "\x1b" not in "".join(rest)
    line = JsonFormatter().format(record)
    assert line.isprintable()
    assert json.loads(line)["message"] == "about \x1b[2J\nforged \udcff"
