"""Texts in two encodings, or encoded twice, are mended; texts that only look strange stay as they are."""

from __future__ import annotations

import pytest

from bot.content.source_formats.encoding_repair import decode_mixed, repair_mojibake

_ENGLISH = "“It’s naïve,” said Zoë – and left the café.\n"
_GERMAN = "Der Müller fühlte, daß er über die Brücke mußte.\n"
_RUSSIAN = "Он шёл долго, молча и почти не глядя на реку.\n"


@pytest.mark.parametrize(
    ("text", "encoding"), [(_ENGLISH, "cp1252"), (_GERMAN, "cp1252"), (_RUSSIAN, "cp1251")]
)
def test_what_was_encoded_twice_is_as_it_was(text: str, encoding: str) -> None:
    undefined = {0x81, 0x8D, 0x8F, 0x90, 0x98, 0x9D}
    twice = "".join(
        bytes((byte,))
        .decode(encoding, "replace")
        .replace("\ufffd", chr(byte) if byte in undefined else "\ufffd")
        for byte in text.encode()
    )
    assert twice != text
    found = repair_mojibake(f"Plain.\n{twice}")
    assert found is not None
    assert (found.text, found.line) == (f"Plain.\n{text}", 2)


def test_a_closing_quote_whose_last_byte_was_lost_is_still_a_quote() -> None:
    found = repair_mojibake(_ENGLISH.encode().decode("cp1252", "replace"))
    assert found is not None
    assert found.text == _ENGLISH


@pytest.mark.parametrize(
    "text",
    [
        _ENGLISH,
        _GERMAN,
        _RUSSIAN * 50,
        "ÂME ÂGÉE, À L’ÎLE D’YEU\n" * 5,
        "The page said â€™ and Ã©.\n",
        "",
        "ὦ ξεῖν’\n",
    ],
)
def test_whole_texts_stay(text: str) -> None:
    assert repair_mojibake(text) is None


def test_pieces_in_an_older_encoding_are_read_as_that() -> None:
    raw = _ENGLISH.encode() + _ENGLISH.encode("cp1252") + _GERMAN.encode("cp1252")
    found = decode_mixed(raw)
    assert found is not None
    assert (found.text, found.line) == (_ENGLISH * 2 + _GERMAN, 2)


@pytest.mark.parametrize(
    "raw",
    [
        _RUSSIAN.encode("cp1251") + "é".encode(),
        _GERMAN.encode("cp1252"),
        _ENGLISH.encode() + b"\x81",
        _ENGLISH.encode() + b"\xfc\0",
        _ENGLISH.encode(),
    ],
    ids=["cyrillic", "one encoding", "undefined", "nul", "utf-8"],
)
def test_what_is_not_surely_such_a_mixture_is_not_guessed(raw: bytes) -> None:
    assert decode_mixed(raw) is None
