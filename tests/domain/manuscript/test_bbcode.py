"""BBCode of forums is shown like the HTML that it stands for."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import BREAK, remarks, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("[i]kursiv[/i] und [b]fett[/b]", "*kursiv* und **fett**"),
        ("[u]ligne[/u] [s]barré[/s]", "__ligne__ ~~barré~~"),
        ("[I]Наклон.\n\nДальше[/I]", "*Наклон.*\n\n*Дальше*"),
        ("[b]太字[i]両方[/i][/b]", "**太字*両方***"),
        ("[center]κέντρο[/center]\n\nx", "κέντρο\n\nx"),
        ("[url=https://a.org]여기[/url]", "[여기](https://a.org)"),
        ("[quote]एक\nदो[/quote]\nतीन", "> एक\n> दो\n\nतीन"),
        ("[quote=Ada, post: 1]שלום[/quote]", "> **Ada**\n> שלום"),
        ("[spoiler]ลับ[/spoiler]", "||ลับ||"),
        ("[spoiler=Ende]tot\n\nbegraben[/spoiler]", "Ende: ||tot||\n\n||begraben||"),
        ("A\n\n[hr]\n\nB", f"A\n\n{BREAK}\n\nB"),
        ("[color=red]rot[/color] [size=5]groß[/size]", "rot groß"),
        ("[list][*]pan[*]sal[/list]", "- pan\n- sal"),
        ("x[sup]2[/sup] [code]a[/code]", "x²\n\n```\na\n```"),
    ],
)
def test_codes(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    "text", ["the [b] button", "rank [S] and [/s]", "[i] alone", "`[i]x[/i]`", "[x](https://a.b)"]
)
def test_single_codes_are_text(text: str) -> None:
    assert shown(text) == text


def test_a_picture_of_the_web_is_told_of() -> None:
    text = "One.\n\n[img]https://a.org/b.png[/img]"
    assert shown(text) == "One."
    assert remarks(text) == ["3:1 a picture from the web cannot be shown"]
