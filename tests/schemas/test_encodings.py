"""Texts in older encodings: read where that is certain, else a fault with the place and the likely encodings."""

from __future__ import annotations

import codecs
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.diagnostics import Diagnostic
from bot.schemas.text_file import UnreadableFile, decode, decode_any, read_any_text
from tests.schemas.samples import ENCODINGS, OTHERS, TEXTS

CASES = [(language, encoding) for language, encodings in ENCODINGS.items() for encoding in encodings]
EVERY = sorted({encoding for encodings in ENCODINGS.values() for encoding in encodings} | set(OTHERS))
WIDE = ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")


def fault_of(raw: bytes) -> Diagnostic:
    with pytest.raises(UnreadableFile) as raised:
        decode_any(raw, "x.md")
    return raised.value.fault


def read_or_fault(raw: bytes) -> str | Diagnostic:
    try:
        return decode_any(raw, "x.md").text
    except UnreadableFile as error:
        return error.fault


@pytest.mark.parametrize(("language", "encoding"), CASES)
@pytest.mark.parametrize("times", [1, 40])
def test_a_text_of_some_lines_is_read_with_one_warning(language: str, encoding: str, times: int) -> None:
    text = f"# 1\n\n{TEXTS[language] * times}"
    read = decode_any(text.encode(encoding), "x.md")
    assert read.text == text
    [warning] = read.warnings
    assert warning.warning
    assert "was read as" in warning.problem
    assert "UTF-8" in warning.mend


@pytest.mark.parametrize("language", TEXTS)
def test_utf_8_is_never_anything_else(language: str) -> None:
    text = TEXTS[language]
    assert decode_any(text.encode(), "x.md").text == text
    assert decode_any(text.encode("utf-8-sig"), "x.md").warnings == ()


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", WIDE)
def test_wide_characters_are_read_with_and_without_a_mark(language: str, encoding: str) -> None:
    text = f"# 1\r\n\r\n{TEXTS[language]}"
    read = decode_any(text.encode(encoding), "x.md")
    assert read.text == text.replace("\r\n", "\n")
    assert len(read.warnings) == 1


@given(
    st.sampled_from(sorted(TEXTS)),
    st.sampled_from(EVERY),
    st.integers(0, 40),
    st.integers(1, 60),
    st.booleans(),
)
def test_any_part_of_a_text_in_any_encoding_is_read_right_or_is_a_fault(
    language: str, encoding: str, start: int, count: int, wide: bool
) -> None:
    text = " ".join(TEXTS[language].split(" ")[start : start + count])
    if wide:
        encoding = "utf-16-le"
    try:
        raw = text.encode(encoding)
    except UnicodeEncodeError:
        return
    read = read_or_fault(raw)
    if isinstance(read, Diagnostic):
        assert "UTF-8" in read.mend
    else:
        assert read == unicodedata.normalize("NFC", raw.decode(encoding))


@given(st.binary(min_size=1, max_size=60))
def test_any_bytes_are_read_or_are_a_fault(raw: bytes) -> None:
    read = read_or_fault(raw)
    assert isinstance(read, Diagnostic) or "\0" not in read


SHORT = {
    "Дождь шёл.".encode("cp1251"): ("Windows-1251",),
    "Дождь шёл, и она ушла.".encode("koi8-r"): ("KOI8-R",),
    "Noël à la".encode("cp1252"): ("may be",),
    "雨が降る".encode("shift_jis"): ("Shift-JIS",),
    "下雨了".encode("gb18030"): ("may be",),
    "비가 온다".encode("euc-kr"): ("may be",),
    "ฝนตก".encode("cp874"): ("may be",),
    "“When?” she said, and that was all there was to it.".encode("mac-roman"): ("Mac Roman",),
}


@pytest.mark.parametrize("raw", SHORT)
def test_what_is_too_short_to_be_certain_names_the_likely_ones(raw: bytes) -> None:
    fault = fault_of(b"# 1\n\nab " + raw)
    assert (fault.line, fault.column) == (3, 4 + raw.index(next(byte for byte in raw if byte > 127)))
    assert all(name in fault.problem for name in SHORT[raw]), fault.problem
    assert "save it as UTF-8" in fault.mend


STRAY = [
    ("Elle était là.\n\nUn caf|noir.\n", 3, 7),
    ("The lamp.\nA caf|\n", 2, 6),
    ("Она вышла из дома.\r\n\r\nЕё | нет.\r\n", 3, 4),
    ("他走出家门。\n\n他走出家门|。\n", 3, 6),
    ("เธอเดินออกจากบ้าน\n\nเธอ|\n", 3, 4),
    ("خرجت المرأة.\rثم |", 2, 4),
]


@pytest.mark.parametrize(("text", "line", "column"), STRAY)
@pytest.mark.parametrize("byte", [b"\xe9", b"\x92", b"\xff"])
def test_a_stray_byte_is_a_fault_with_its_place(text: str, line: int, column: int, byte: bytes) -> None:
    fault = fault_of(text.encode().replace(b"|", byte))
    assert (fault.line, fault.column) == (line, column)
    assert "the rest is" in fault.problem or "other parts of the file are" in fault.problem


@pytest.mark.parametrize(
    ("language", "encoding"),
    [case for case in CASES if case[0] not in ("Japanese", "English") and "-8" not in case[1]],
)
def test_a_pasted_paragraph_is_no_reason_to_read_the_rest_wrongly(language: str, encoding: str) -> None:
    legacy, rest = TEXTS[language].encode(encoding), (TEXTS["French"] + TEXTS[language]).encode()
    for raw in (rest * 5 + legacy, legacy + rest * 5, legacy * 30 + rest):
        fault = fault_of(raw)
        assert fault.line == raw[: raw.index(legacy)].count(b"\n") + 1
        assert fault.column > 0


def test_a_settings_file_is_utf_8_or_marked() -> None:
    assert decode("a: ü\n".encode("utf-16"), "config.yaml") == "a: ü\n"
    with pytest.raises(UnreadableFile):
        decode(TEXTS["German"].encode("cp1252"), "config.yaml")


def test_marks_within_a_text_are_dropped_and_joiners_kept(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_bytes(codecs.BOM_UTF8 * 2 + "a\ufeffb क्\u200dष 👩\u200d🚀\r\rc".encode())
    assert read_any_text(file, most=1000).text == "ab क्\u200dष 👩\u200d🚀\n\nc"


KINDS = {
    b"PK\x03\x04\x14\x00\x06\x00\x00word/document.xml": "Word document (.docx)",
    b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.text": "OpenDocument",
    b"PK\x03\x04\x00mimetypeapplication/epub+zip": "EPUB",
    b"PK\x03\x04\x14\x00a.txt": "ZIP",
    b"%PDF-1.7\n%\xe2\xe3": "PDF",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(50): "old Word document",
    b"{\\rtf1\\ansi Hello\\par}": "RTF",
    b"\x89PNG\r\n\x1a\n\0": "PNG",
    b"\xff\xd8\xff\xe0\0\x10JFIF": "JPEG",
    b"\x1f\x8b\x08\0": "gzip",
    b"RIFF\0\0\0\0WEBP": "WebP",
}


@pytest.mark.parametrize("raw", KINDS)
def test_a_file_that_is_no_text_is_called_by_its_kind(raw: bytes) -> None:
    assert KINDS[raw] in fault_of(raw).problem


def test_nul_is_no_text_and_has_its_place() -> None:
    fault = fault_of(b"One\r\ntwo \0 three")
    assert (fault.line, fault.column) == (2, 5)
    assert "NUL" in fault.problem
