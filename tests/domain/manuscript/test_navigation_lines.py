"""Lines that only lead to other chapters are left out, in any language, and nothing else is."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import remarks, shown

LINKS = [
    "← [Previous](01.md) | [Next](03.md) →",
    "[Vorheriges Kapitel](01.md) · [Inhalt](index.md) · [Nächstes Kapitel](03.md)",
    "[« Chapitre précédent](01.md) — [Sommaire](/) — [Chapitre suivant »](03.md)",
    "[Capítulo anterior](01.md) / [Índice](i.md) / [Capítulo siguiente](03.md)",
    "[Capítulo anterior](01.md) [Próximo capítulo](03.md)",
    "[Предыдущая глава](01.md) | [Оглавление](i.md) | [Следующая глава](03.md)",
    "[Προηγούμενο κεφάλαιο](01.md) | [Επόμενο κεφάλαιο](03.md)",
    "[الفصل السابق](01.md) | [الفهرس](i.md) | [الفصل التالي](03.md)",
    "[הפרק הקודם](01.md) | [הפרק הבא](03.md)",
    "[पिछला अध्याय](01.md) | [विषय सूची](i.md) | [अगला अध्याय](03.md)",
    "[ตอนก่อนหน้า](01.md) | [สารบัญ](i.md) | [ตอนถัดไป](03.md)",
    "[上一章](01.md)  [目录](i.md)  [下一章](03.md)",
    "[前へ](01.md)｜[目次](i.md)｜[次へ](03.md)",
    "[이전](01.md) | [목차](i.md) | [다음](03.md)",
    "## [Next: The Gate](03.md)",
    "**Previous:** [The Gate](01.md) | **Next:** [The Lamp](03.md)",
    "[◀ The Gate](01.md) · [☰](i.md) · [The Lamp ▶](03.md)",
    "- [Previous](01.md)\n- [Next](03.md)",
    "<p align='center'>&larr; <a href='1.html'>Previous</a> | <a href='3.html'>Next</a></p>",
    "<div><a href='1.html'>Zurück</a> <a href='3.html'>Weiter</a></div>",
    "[Next](https://example.org/3)",
    "|[Prev](1.md)|[Home](i.md)|[Next](3.md)|\n|-|-|-|",
    "[Back][b] / [Contents][c]\n\n[b]: 1.md\n[c]: i.md",
]


@pytest.mark.parametrize("line", LINKS)
def test_a_line_of_links_is_left_out(line: str) -> None:
    text = f"One.\n\n{line}\n\nTwo."
    assert shown(text) == "One.\n\nTwo."
    [told] = remarks(text)
    assert told.startswith("3:")
    assert told.endswith("only leads to other pages, and is left out")


@pytest.mark.parametrize(
    "line",
    [
        "← Previous | Next →",
        "« Zurück | Weiter »",
        "Chapitre précédent — Sommaire — Chapitre suivant",
        "Anterior | Índice | Siguiente",
        "← Предыдущая глава    Следующая глава →",
        "上一章 目录 下一章",
        "前へ 目次 次へ",
        "이전 | 다음",
        "السابق | التالي",
        "ก่อนหน้า | ถัดไป",
        "पिछला | अगला",
        "*Next →*",
    ],
)
def test_plain_words_are_left_out_at_the_ends_only(line: str) -> None:
    assert shown(f"{line}\n\nOne.\n\n---\n\n{line}") == "One."
    assert len(remarks(f"{line}\n\nOne.\n\n---\n\n{line}")) == 2
    inside = f"One.\n\n{line}\n\nTwo.\n\nThree."
    assert len(shown(inside).split("\n\n")) == 4
    assert "left out" not in "".join(remarks(inside))


@pytest.mark.parametrize(
    "line",
    [
        "Home.", "Next", "Home", "Zurück!", "Weiter…", "Далее", "下一章", "The next chapter", "Contents", "— Next? —",
        "See [the next one](03.md) soon.", "[The gate](gate.md) and [the lamp](lamp.md)", "[Map](https://x.org/map)",
        "[Home](https://x.org) | [Letters](https://x.org/letters)", "« Oui »", "→ Run!", "> Next",
    ],
)  # fmt: skip
def test_a_line_of_the_story_stays(line: str) -> None:
    text = f"One.\n\n{line}"
    assert shown(text) != "One."
    assert not any("other pages" in remark for remark in remarks(text))


def test_a_heading_may_stand_above() -> None:
    assert shown("# Two\n\n← Prev | Next →\n\nIt rained.") == "# Two\nIt rained."
