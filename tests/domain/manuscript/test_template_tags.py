"""What another program would fill in or hide is left out, and its author is told of each kind once."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import remarks, shown


@pytest.mark.parametrize(
    ("written", "seen", "place"),
    [
        ("{% include nav.html %}\n\nText", "Text", "1:1"),
        ("Hallo {{ page.title }} du", "Hallo du", "1:7"),
        ('{{< figure src="a.png" >}}\n\nΚείμενο', "Κείμενο", "1:1"),
        ("{{% notice %}}\nТекст\n{{% /notice %}}", "Текст", "1:1"),
        ("{%- if gast -%}Willkommen{%- endif -%}", "Willkommen", "1:1"),
        ("{% if a\n  and b %}본문", "본문", "1:1"),
        ("{{{ kopf }}} Texto", "Texto", "1:1"),
        ("{{date:YYYY-MM-DD}} ข้อความ", "ข้อความ", "1:1"),
        ("{{#include ../x.md}}\n\n雨が降った。", "雨が降った。", "1:1"),
        ("She {{#if alone}}went{{/if}} home.", "She went home.", "1:5"),
        ('<% tp.file.title %>\n\nपाठ "यहाँ"', 'पाठ "यहाँ"', "1:1"),
        ("```dataview\nTABLE x\n```\n\n正文", "正文", "1:1"),
        ("Er ist `= this.alter` alt", "Er ist alt", "1:8"),
        ("estado:: borrador\npov:: Ana\n\nTexto", "Texto", "1:1"),
        ("本文\n\n[状態:: 下書き]\n\n続き", "本文\n\n続き", "3:1"),
        ("import Note from './note'\n\nexport const a = 1\n\nText", "Text", "1:1"),
        ("<Gallery items={all} />\n\nנוסח", "נוסח", "1:1"),
        ('<Letter from="Ada">\n\nDear you,\n\n</Letter>', "Dear you,", "1:1"),
        ("Fin du paragraphe. ^abc123\n\nSuite", "Fin du paragraphe.\n\nSuite", "1:20"),
        ("[TOC]\n\nنص", "نص", "1:1"),
        ("1. TOC\n{:toc}\n\nText", "Text", "1:1"),
        ("* 目录\n{:toc .large}\n\n正文", "正文", "1:1"),
        ("Text\n\n*[HTML]: Hyper Text", "Text", "3:1"),
        ('{::options toc_levels="2" /}\n\nТекст', "Текст", "1:1"),
        ("{::nomarkdown}\n글\n{:/}", "글", "1:1"),
        ("# שער\n\nנוסח\n\nimport {A} from './a';", "# שער\nנוסח", "5:1"),
        ('<Tabs><TabItem value="a">ข้อความ</TabItem></Tabs>', "ข้อความ", "1:1"),
        ("#+AUTHOR: Ada\n#+DATE: today\n\nText", "Text", "1:1"),
        (".. image:: a.png\n   :alt: A gate\n\nText", "Text", "1:1"),
    ],
)
def test_tags_are_left_out_and_told(written: str, seen: str, place: str) -> None:
    assert shown(written) == seen
    told = remarks(written)
    assert told
    assert all("left out" in one for one in told)
    assert told[0].startswith(place + " ")


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("#novela #borrador\n\nTexto", "Texto"),
        ("#черновик/первый\n\nТекст", "Текст"),
        ("# Titel\n\n#entwurf #kapitel\n\nText", "# Titel\nText"),
        ("正文。\n\n#标签 #小说", "正文。"),
        ("tags: #ครั้งแรก\n\nข้อความ", "ข้อความ"),
    ],
)
def test_lines_of_tags_around_the_text_are_left_out(written: str, seen: str) -> None:
    assert shown(written) == seen
    assert len(remarks(written)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "{{Can you hear me?}} she thought.",
        "{{Ja}} dachte er.",
        "{x} and {12} and 100{%}",
        "<System> Level up!",
        "<Ada> hello </Ada>",
        "<System>\nLevel up!\n</System>",
        "She posted: #gate #night",
        "Early.\n\n#gate #night\n\nThe picture had nine likes.",
        "#해시태그 하나로 시작하는 문장.",
        "Import goods from 'abroad', he said.",
        "He said: note:: nothing",
        "The sum is 2 ^2 or 3 ^ab? No: (x) ^^",
        'Cargo:\n\nimport salt from "Cuba";\n\nimport tea from China',
        "*[sic]* he wrote: {:3} and {: and :}",
        "`{{ page.title }}` and `<% x %>`",
        "#1 #2",
    ],
)
def test_what_only_looks_like_a_tag_stays(text: str) -> None:
    assert shown(text) == text
    assert remarks(text) == []


def test_each_kind_is_told_once_with_its_number() -> None:
    text = "{% a %}\n\nOne {{ b.c }} two.\n\n{% d %}\n\nThree {{ e.f }} four {{ g.h }}."
    assert shown(text) == "One two.\n\nThree four."
    first, second = remarks(text)
    assert first.startswith("1:1 a template tag in {% %}")
    assert first.endswith("and 1 more")
    assert second.startswith("3:5 a template tag in {{ }}")
    assert second.endswith("and 2 more")
