"""What is searched is folded: every spelling of a word that people type becomes the same."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.text.normalization import _once, fold, split_at_apostrophes


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cafe", "Café"),
        ("CAFE\u0301", "café"),
        ("kings", "King’s"),
        ("king's", "King’s"),
        ("kingʼs", "King‘s"),
        ("king´s", "king`s"),
        ("dachern", "Dächern"),
        ("strasse", "Straße"),
        ("STRASSE", "straẞe"),
        ("aether", "Æther"),
        ("oere", "Œre"),
        ("smorrebrod", "Smørrebrød"),
        ("lodz", "Łódź"),
        ("thorn", "Þorn"),
        ("istanbul", "İSTANBUL"),
        ("diyarbakir", "Diyarbakır"),
        ("well known", "Well–Known"),
        ("well-known", "well‑known"),
        ("7 lamps", "７　Ｌａｍｐｓ"),
        ("ﾗﾝﾌﾟ", "ランプ"),
        ("ガ", "カ\u3099"),
        ("한", "\u1112\u1161\u11ab"),
        ("محمد", "مُحَمَّد"),
        ("שלום", "שָׁלוֹם"),
        ("the end", "“The… End!”"),
        ("heart", "he\u200bart"),
    ],
)
def test_spellings_that_are_the_same(typed: str, meant: str) -> None:
    assert fold(typed) == fold(meant) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("かき", "がき"), ("हिन्दी", "हन्द"), ("กำลัง", "กาลง"), ("cat", "cart"), ("C", "D")]
)
def test_words_that_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
@example("\u0345\u03b1\u0345")
@example("ŉ'ﬀ \ufb01")
@example("\u1e9e\u0130\u0149")
def test_folding_again_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(max_codepoint=127)))
def test_plain_text_folds_as_any_other(text: str) -> None:
    slow, before = _once(text), text
    while slow != before:
        slow, before = _once(slow), slow
    assert fold(text) == slow


@given(st.text(max_size=40), st.text(max_size=40))
def test_words_beside_each_other_fold_each_for_itself(one: str, other: str) -> None:
    assert fold(f"{one} – {other}") == f"{fold(one)} {fold(other)}".strip()


def test_what_an_apostrophe_parts_can_be_looked_at() -> None:
    assert fold(split_at_apostrophes("l’idiot")) == "l idiot"
