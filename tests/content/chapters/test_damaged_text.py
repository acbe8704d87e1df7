"""Texts that readers must not see as they are: other documents, mojibake, lost and control characters."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.chapters.chapter_file import read_chapter
from bot.domain.diagnostics import Diagnostic, without_warnings
from tests.content.samples import put
from tests.schemas.samples import TEXTS

DOCUMENTS = {
    "<!DOCTYPE html>\n<html><head><title>T</title></head><body><p>Hi</p></body></html>": "an HTML page",
    "\ufeff\n<!-- saved -->\n<html lang='fr'>\n<body><p>x</p></body>\n</html>": "an HTML page",
    "<HEAD><TITLE>x</TITLE></HEAD>\n<BODY>x</BODY>": "an HTML page",
    "---\ntitle: A\n---\n<!doctype html>\n<html><body>x</body></html>": "an HTML page",
    '<?xml version="1.0"?>\n<html xmlns="x"><body>x</body></html>': "an HTML page",
    '<?xml version="1.0" encoding="utf-8"?>\n<FictionBook xmlns="x"></FictionBook>': "an FB2 book",
    '<?xml version="1.0"?>\n<opml></opml>': "an XML document",
    "{\\rtf1\\ansi\\deff0 Hello\\par}": "an RTF document",
    "\\documentclass{book}\n\\begin{document}\nx\n\\end{document}": "a LaTeX document",
    "MIME-Version: 1.0\nContent-Type: multipart/related\n\nx": "a saved web page",
}

MARKDOWN = [
    '<div align="center">\n\nRain\n\n</div>\n\nIt rained.',
    "<p>It rained.</p>",
    "<b>Rain</b> fell on <i>the lamp</i>.",
    "She typed `<html>` and waited.",
    "```html\n<html>\n<body>\n</body>\n</html>\n```\n\nThat was all.",
    "<hr>\n\nIt rained.",
]

MOJIBAKE = [
    ("“Hello,” she said.", "cp1252"),
    ("It’s late at the café.", "cp1252"),
    ("naïve über Straße", "latin-1"),
    ("Она вышла из дома.", "cp1252"),
    ("Она вышла из дома.", "cp1251"),
    ("香港的夜晚很冷", "cp1252"),
    ("香港的夜晚很冷", "gb18030"),
    ("彼は家を出て行った", "cp1252"),
    ("안녕하세요 세계", "cp1252"),
    ("مرحبا بالعالم", "cp1252"),
    ("שלום עולם", "cp1252"),
    ("ที่บ้านของเธอ", "cp1252"),
    ("नमस्ते दुनिया", "cp1252"),
    ("Η γυναίκα βγήκε", "mac-roman"),
    ("“Non,” dit-elle.", "mac-roman"),
    ("l’été", "cp437"),
    ("Příliš dlouho", "cp1250"),
]

SOUND = [
    "« il est allé…” »",
    "CAFÉ” dit-il, « TÉ»",
    "AMANHÃ” disse ele. São João é à noite.",
    "“Å” är en å. “Ä” och “Ö”.",
    "ŻÓŁW „Ą” i Ă",
    "Сёстры — Рёв, Рим, Сиё",
    "РОМАН В СТИХАХ",
    "“—…—” • • • √2 ≥ 1",
    *TEXTS.values(),
]


def read(tmp_path: Path, text: str | bytes) -> tuple[str | None, list[Diagnostic]]:
    put(tmp_path, {"s/chapters/1-one.md": text})
    file, faults = read_chapter(tmp_path / "s/chapters/1-one.md")
    return None if file is None else file.text, faults


@pytest.mark.parametrize("text", DOCUMENTS)
def test_another_document_is_called_by_its_kind(tmp_path: Path, text: str) -> None:
    _, [fault] = read(tmp_path, text)
    assert DOCUMENTS[text] in fault.problem
    assert "copy the text" in fault.mend


@pytest.mark.parametrize("text", MARKDOWN)
def test_markdown_may_hold_html(tmp_path: Path, text: str) -> None:
    _, faults = read(tmp_path, text)
    assert without_warnings(faults) == []


def misread(text: str, encoding: str) -> str:
    return (
        "".join(
            each.decode(encoding, "ignore") or chr(each[0])
            for each in (bytes([byte]) for byte in text.encode())
        )
        if encoding.startswith(("cp", "latin", "mac"))
        else text.encode().decode(encoding, "ignore")
    )


@pytest.mark.parametrize(("text", "encoding"), MOJIBAKE)
def test_mojibake_is_a_fault_with_its_place(tmp_path: Path, text: str, encoding: str) -> None:
    _, faults = read(tmp_path, f"---\ntitle: A\n---\n\nIt rained.\n\nThen: {misread(text, encoding)}\n")
    [fault] = without_warnings(faults)
    assert fault.line == 7
    assert fault.column >= 7
    assert "read as" in fault.mend


def test_a_mojibake_paragraph_far_down_is_found(tmp_path: Path) -> None:
    text = "It rained, and nobody came.\n\n" * 2000 + "She said: â€œNo.â€\n"
    _, faults = read(tmp_path, text)
    [fault] = without_warnings(faults)
    assert (fault.line, fault.column) == (4001, 11)


@pytest.mark.parametrize("text", SOUND)
def test_what_only_looks_like_it_is_none(tmp_path: Path, text: str) -> None:
    _, faults = read(tmp_path, f"{text}\n\nAnd so on.")
    assert without_warnings(faults) == []


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("Caf\ufffd.", 1, 4),
        ("One.\n\nДом\ufffd и \ufffd.", 3, 4),
        ("# A\n\n雨\ufffd", 3, 2),
        ("---\nid: a\n---\n\ufffdA", 4, 1),
        ("مرحبا \ufffd", 1, 7),
    ],
)
def test_a_lost_character_is_a_fault(tmp_path: Path, text: str, line: int, column: int) -> None:
    _, [fault] = read(tmp_path, text)
    assert (fault.line, fault.column, fault.warning) == (line, column, False)
    assert "lost" in fault.problem


@pytest.mark.parametrize(
    ("text", "shown", "column"),
    [
        ("a\x07b", "ab", 2),
        ("ring\x08 it", "ring it", 5),
        ("\x1b[31mred\x1b[0m rain", "red rain", 1),
        ("雨\x02が降る", "雨が降る", 2),
        ("no\x1ebreak", "no\u2011break", 3),
        ("конец\x1a", "конец", 6),
        ("a\x7fb", "ab", 2),
    ],
)
def test_a_control_character_is_left_out_with_a_warning(
    tmp_path: Path, text: str, shown: str, column: int
) -> None:
    got, [fault] = read(tmp_path, text)
    assert (got, fault.column, fault.warning) == (shown, column, True)


@pytest.mark.parametrize("char", ["\x80", "\x93", "\x97", "\x9f", "\x81"])
def test_a_character_between_ascii_and_latin_is_a_fault(tmp_path: Path, char: str) -> None:
    _, [fault] = read(tmp_path, f"It {char}rained.")
    assert (fault.column, fault.warning) == (4, False)
    assert "Windows-1252" in fault.mend


@pytest.mark.parametrize("text", ["क्\u200dष", "می\u200cخواهم", "👩\u200d🚀", "Auf\u00adlage", "a\u2060b"])
def test_joiners_stay(tmp_path: Path, text: str) -> None:
    got, faults = read(tmp_path, f"It was {text}.")
    assert without_warnings(faults) == []
    assert "\u200d" not in text or "\u200d" in (got or "")
