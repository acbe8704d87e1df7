"""What authors and editors write to each other never reaches a reader."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.manuscript.conversion import read_manuscript
from tests.domain.manuscript.samples import remarks, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("She left. %%check the name%% He stayed.", "She left. He stayed."),
        ("One.\n\n%%\nzwei Zeilen,\n\ndrei Absätze\n%%\n\nTwo.", "One.\n\nTwo."),
        ("Up the road. %%\nwhich?\n%%\nShe ran.", "Up the road. She ran."),
        ("一、%%名前を確認%%二。", "一、二。"),
        ("<!-- не забыть -->Она ушла.<!--\n\nконец -->", "Она ушла."),
        ("{>>too fast?<<}She {++never ++}ran.", "She never ran."),
        ("She {--always --}ran {~~quick~>fast~~} {==home==}{>>where?<<}.", "She ran fast home."),
        ("One.\n\n[//]: # (she dies in chapter nine)\n\nTwo.", "One.\n\nTwo."),
        ("[comment]: <> (ابدأ من هنا)\nنص.", "نص."),
        ('[_]: # "nota"\nTexto.', "Texto."),
        ("Uno.\n\n[]: # (x)\n\nDos.", "Uno.\n\nDos."),
        ("Один.\n\n[^_^]: # (она умрёт)\n\nДва.", "Один.\n\nДва."),
        ('एक।\n\n[hidden]: # "नोट"\n\nदो।', "एक।\n\nदो।"),
        ("一。\n\n[x]: <> (メモ)\n\n二。", "一。\n\n二。"),
        ("Eins.\n\n[//]: # (erste\nzweite\ndritte)\n\nZwei.", "Eins.\n\nZwei."),
        ('일.\n\n[note]: # "첫째\n둘째"\n이.', "일.\n\n이."),
        ("[//]: # nur so notiert\nText.", "Text."),
        ("Ένα {>>πρώτη\nδεύτερη<<} δύο", "Ένα δύο"),
        ("<!-- a -- b -->ข้อความ<!--->ต่อ", "ข้อความต่อ"),
        ("{% comment %}סוד{% endcomment %}טקסט", "טקסט"),
        ("{# سر #}نص {{!-- سر --}}آخر{{! x }}", "نص آخر"),
        ("{{/* caché */}}Texte {/* secret */}fin.", "Texte fin."),
        ("A\n\n<!-- pagebreak -->\n\nB", "A\n\n[break]\n\nB"),
        ("A\n\n<!--more-->\n\nB<!--nextpage-->C", "A\n\nB\n\n[break]\n\nC"),
        ("a %%x%%%%y%% b", "a b"),
        ("%%秘密%%%%メモ%%%%もう一つ%%\n\n本文。", "本文。"),
        ("Она%%имя?%%%%возраст?%% ушла.", "Она ушла."),
        ("Er war 42%%Alter prüfen%%, sie 40%%auch%%%%wirklich%%.", "Er war 42, sie 40."),
        ("كان عمره 30%%تحقق%%.", "كان عمره 30."),
        ("50%% to 60%% of it, 50%%%% of that", "50%% to 60%% of it, 50%%%% of that"),
        ("Eins.\n\n{::comment}\ngeheim\n{:/comment}\n\nZwei.", "Eins.\n\nZwei."),
        ("ก่อน {::comment}ลับ{:/comment}หลัง", "ก่อน หลัง"),
        ("\\emph{Uno}\n% privado\n\nDos.", "*Uno*\n\nDos."),
        ("One.\n\n% is a sign.", "One.\n\n% is a sign."),
        ("see [x]: # of it, and {# one", "see [x]: # of it, and {# one"),
        ("Kein `%%Code%%` und kein\n\n```\n%%x%%\n```", "Kein `%%Code%%` und kein\n\n```\n%%x%%\n```"),
        ("100%% of 30%% is nothing", "100%% of 30%% is nothing"),
        (r"a \%%shown%% b", r"a \%%shown%% b"),
    ],
)
def test_private_notes(written: str, seen: str) -> None:
    assert shown(written) == seen


def test_they_are_counted_and_can_be_asked_for() -> None:
    manuscript = read_manuscript("One.%%a%%\n\n{>>b<<}Two.\n\n[//]: # (c)\n\n{++d++}")
    assert manuscript.private == 3
    assert [(one.line, one.column) for one in manuscript.readings] == [(1, 5), (3, 1), (5, 1)]
    assert manuscript.remarks == ()


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("One.\n\n<!-- she dies\n\nTwo.", (3, 1)),
        ("a {>>b\n\nc", (1, 3)),
        ("One.\n\n  %%\nnote\n\nTwo.", (3, 3)),
        ("One.\n\n[//]: # (she dies\nin nine\n\nTwo.", (3, 1)),
        ("One. {% comment %}x", (1, 6)),
        ("One.\n\n\\begin{comment}\nx", (3, 1)),
    ],
)
def test_one_that_never_ends_keeps_the_chapter_from_being_published(
    text: str, place: tuple[int, int]
) -> None:
    (remark,) = read_manuscript(text).remarks
    assert (remark.line, remark.column) == place
    assert remark.grave
    assert "never ends" in remark.problem


def test_two_percent_signs_in_a_line_are_doubtful() -> None:
    (remark,) = read_manuscript("Up by %%, they said.").remarks
    assert not remark.grave


@pytest.mark.parametrize(
    "text", ["Then [TK name] came.", "Then [TODO: a fight] came.", "Then TKTK came.", "TODO: end"]
)
def test_reminders_are_warned_of(text: str) -> None:
    assert shown(text) == text
    assert len(remarks(text)) == 1


@given(
    st.lists(
        st.sampled_from(["%%", "<!--", "-->", "{>>", "<<}", "secret ", "word ", "\n", "\n\n", "`"]),
        max_size=20,
    )
)
def test_what_stands_between_the_signs_is_never_shown(parts: list[str]) -> None:
    text = "".join(parts)
    before = "" if "`" in text else "a %%secret%% b\n\n"
    manuscript = read_manuscript(before + text)
    assert not before or not manuscript.text.split("\n\n")[0].count("secret")
    if "secret" not in text:
        assert manuscript.text.count("word") <= text.count("word")
