"""Callouts, admonitions and quotes of other tools are quotes in Discord."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("> [!note] Ein Brief\n> Liebe Ada", "> **Ein Brief**\n> Liebe Ada"),
        ("> [!quote]+\n> 本文", "> **Quote**\n> 本文"),
        ("> [!warning]- ملاحظة\n> نص", "> **ملاحظة**\n> نص"),
        ("> [!NOTE]\n> Κείμενο", "> **Note**\n> Κείμενο"),
        ("> [!my-kind]\n> Текст", "> **My kind**\n> Текст"),
        ("> [!tip] Un *gran* **día**\n> Texto", "> **Un *gran* día**\n> Texto"),
        ("/// note | Заметка\nТекст\n///\nДальше.", "> **Заметка**\n> Текст\n\nДальше."),
        ("/// details | 메모\n    open: True\n\n글\n///", "> **메모**\n> 글"),
        ("```ad-note\ntitle: หมายเหตุ\ncollapse: open\n\nข้อความ\n```", "> **หมายเหตุ**\n> ข้อความ"),
        ("````ad-warning\n警告です。\n````", "> **Warning**\n> 警告です。"),
        ("```ad-tip\nEin Rat.%%geheim%%\n```", "> **Tip**\n> Ein Rat."),
        ("> [!a] 겉\n> > [!b] 속\n> > 글", "> **겉**\n> **속**\n> 글"),
        (">[!info] ข่าว\n>ข้อความ", "> **ข่าว**\n> ข้อความ"),
        ('!!! note "सूचना"\n    एक\n\n    दो\n\nबाद', "> **सूचना**\n> एक\n> \n> दो\n\nबाद"),
        ("??? warning\n    Texte", "> **Warning**\n> Texte"),
        (":::tip Título\nTexto\n:::", "> **Título**\n> Texto"),
        (":::note[Titel]\nEins\n\nZwei\n:::\nDrei", "> **Titel**\n> Eins\n> \n> Zwei\n\nDrei"),
        (".. note::\n   Text\n\nNext", "> **Note**\n> Text\n\nNext"),
        ("[NOTE]\n====\nText\n====", "> **Note**\n> Text"),
        ("[quote, Ada]\n____\nText\n____", "> Text\n> — Ada"),
        (":::: outer\n::: {.inner}\nText\n:::\n::::", "Text"),
        ("::: letter From Ada\nDear you.\n:::", "**From Ada**\n\nDear you."),
    ],
)
def test_callouts(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    "text", ["/// note\n///x", "!!! Watch out", "??? What now", "!!! note\nno body", "> \\[!note] x"]
)
def test_shouts_are_no_callouts(text: str) -> None:
    assert "**" not in shown(text)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (">text", "> text"),
        (">>nested\n>>twice", "> nested\n> twice"),
        (">“Ja”, sagte sie.", "> “Ja”, sagte sie."),
        (">«Oui»\n>\n>«Non»", "> «Oui»\n> \n> «Non»"),
        (">— Да", "> — Да"),
        (">言葉", "> 言葉"),
        (">말\n>글", "> 말\n> 글"),
        (">ข้อความ", "> ข้อความ"),
        (">שלום", "> שלום"),
        (">*es* war", "> *es* war"),
        (">- bread\n>- salt", "> - bread\n> - salt"),
        (">1. uno\n>2. dos", "> 1. uno\n> 2. dos"),
        (">100 lines\n>200 lines", "> 100 lines\n> 200 lines"),
    ],
)
def test_quotes_without_a_blank(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    "face", [">_<", ">.> fine", ">:(", ">:D", ">;)", ">w< hm", ">3", ">5 km away", ">///<"]
)
def test_faces_are_no_quotes(face: str) -> None:
    assert shown(face).startswith("\\>")
