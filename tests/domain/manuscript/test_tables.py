"""Tables of all makes are readable lines."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import BREAK, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("| Имя | Сила |\n|:--|--:|\n| Ада | |\n| | 3 |", "**Имя · Сила**\nАда\n3"),
        ("| a | b |\n|---|---|\n| `x|y` | z |", "**a · b**\n`x|y` · z"),
        ("> | 名前 | 値 |\n> |---|---|\n> | 剣 | 2 |\n\nText", "> **名前 · 値**\n> 剣 · 2\n\nText"),
        ("| **a** | b\\|c |\n|---|---|\n| x | y |", "**a · b|c**\nx · y".replace("|", "\\|")),
        ("+---+---+\n| א | ב |\n+===+===+\n| ג | ד |\n|   | ה |\n+---+---+", "**א · ב**\nג · ד ה"),
        ("+----+----+\n| एक | दो |\n+----+----+", "एक · दो"),
        ("Nom   Rang\n----- ----\nAda   3\nBen   12\n\nTexte", "**Nom · Rang**\nAda · 3\nBen · 12\n\nTexte"),
        ("이름   값\n----- -----\n검    12\n\n글", "**이름 · 값**\n검 · 12\n\n글"),
        ("====  ====\nΑ     Β\n====  ====\n1     2\n====  ====\n\nΤέλος", "**Α · Β**\n1 · 2\n\nΤέλος"),
        (
            "-------------\nA      B\n------ ------\n1      uno\n       due\n\n2      tre\n-------------\n\nX",
            "**A · B**\n1 · uno due\n2 · tre\n\nX",
        ),
        (
            "+------------+\n| 状態：毒   |\n| HP: 10/100 |\n+------------+\n\nText",
            "状態：毒\nHP: 10/100\n\nText",
        ),
        ("|--------|\n| Имя: А |\n|--------|\n| HP: 10 |\n|--------|", "Имя: А\nHP: 10"),
        ("+=========+\n| HP | MP |\n+---------+\n| 1  | 2  |\n+=========+", "HP \\| MP\n1  \\| 2"),
        ("<table><tr><td>หนึ่ง</td><td>สอง</td></tr></table>", "หนึ่ง · สอง"),
    ],
)
def test_tables(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    "text", ["He said.\n\n--- --- ---\n\nThen.", "A\n\n- - -\n\nB", "Один.\n\n---\n\nДва.", "a\n\n===\n\nb"]
)
def test_rows_of_dashes_alone_are_scene_breaks(text: str) -> None:
    first, *_, last = text.split("\n\n")
    assert shown(text) == f"{first}\n\n{BREAK}\n\n{last}"
