"""The length of a chapter in the unit of its script."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.i18n.gettext import in_language
from bot.chat.pages import page_texts
from bot.domain.pages import LengthUnit, count_words, measure_length


@pytest.mark.parametrize(
    ("text", "words", "unit"),
    [
        ("The keeper counted the lamps.", 5, LengthUnit.WORDS),
        ("Der Wärter zählte die Lampen.", 5, LengthUnit.WORDS),
        ("Смотритель считал фонари.", 3, LengthUnit.WORDS),
        ("Ο φύλακας μέτρησε τα φανάρια.", 5, LengthUnit.WORDS),
        ("حارس المنارة عد المصابيح.", 4, LengthUnit.WORDS),
        ("שומר המגדלור ספר את הפנסים.", 5, LengthUnit.WORDS),
        ("रखवाले ने दीपक गिने।", 4, LengthUnit.WORDS),
        ("등대지기는 등불을 세었다.", 3, LengthUnit.WORDS),
        ("灯台の灯り、カメラ。", 8, LengthUnit.CHARACTERS),
        ("守灯人数了数那些灯。", 9, LengthUnit.CHARACTERS),
        ("他用 Python 3 写字。", 6, LengthUnit.CHARACTERS),
        ("The sign said 灯台 in the harbour.", 8, LengthUnit.WORDS),
        ("Alone, the word ไฟ stood there.", 6, LengthUnit.WORDS),
        ("", 0, LengthUnit.WORDS),
    ],
)
def test_each_script_has_its_unit(text: str, words: int, unit: LengthUnit) -> None:
    measured = measure_length(text)
    assert (measured.count, measured.unit) == (words, unit)
    assert count_words(text) == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("เราเดินไปตามถนนที่ไม่มีใครรู้จักแล้วหยุดพักใต้ต้นไม้ใหญ่", 16),
        ("เธอปิดหน้าต่างแล้วดับไฟในห้องเล็กริมน้ำ", 11),
        ("ຂ້ອຍໄປຕະຫຼາດກັບແມ່ແລ້ວກັບບ້ານ", 8),
        ("ខ្ញុំទៅផ្សារជាមួយម្តាយហើយត្រឡប់មកផ្ទះវិញ", 9),
        ("ကျွန်တော်ဈေးသို့သွားပြီးအိမ်ပြန်လာသည်", 9),
        ("ང་ཚོ་བོད་ལ་འགྲོ་གི་ཡིན།", 7),
    ],
)
def test_words_without_blanks_are_estimated(text: str, words: int) -> None:
    measured = measure_length(text * 50)
    assert measured.unit is LengthUnit.ABOUT_WORDS
    assert 0.65 * words * 50 <= measured.count <= 1.35 * words * 50


def test_a_thai_chapter_is_not_a_few_hundred_words() -> None:
    text = "เราเดินไปตามถนนที่ไม่มีใครรู้จัก แล้วหยุดพักใต้ต้นไม้ใหญ่ " * 1000
    assert 11_000 < count_words(text) < 21_000


@pytest.mark.parametrize(
    ("text", "english", "german"),
    [
        ("word " * 2300, "2,300 words · 10 min", "2.300 Wörter · 10 Min."),
        ("灯" * 8120, "8,120 characters · 20 min", "8.120 Zeichen · 20 Min."),
        ("あ" * 5000, "5,000 characters · 10 min", "5.000 Zeichen · 10 Min."),
        ("ไฟดับ " * 1840, "about 2,300 words · 10 min", "etwa 2.300 Wörter · 10 Min."),
        ("등불 " * 230, "230 words · 1 min", "230 Wörter · 1 Min."),
    ],
)
def test_readers_are_told_the_unit_and_the_time(text: str, english: str, german: str) -> None:
    assert page_texts.length(measure_length(text)) == english
    with in_language("de"):
        assert page_texts.length(measure_length(text)) == german


@given(st.text(st.sampled_from("aб字あไကᄀ가 .,-*་བ"), max_size=60))
def test_more_text_is_never_shorter(text: str) -> None:
    assert 0 <= count_words(text) <= len(text)
