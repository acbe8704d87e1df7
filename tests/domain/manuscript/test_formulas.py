"""Formulas between dollar signs become plain signs, and money stays money."""

from __future__ import annotations

import pytest

from tests.domain.manuscript.samples import remarks, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("He wrote $E = mc^2$ on it.", "He wrote E = mc² on it."),
        ("Der Winkel $\\alpha$ blieb.", "Der Winkel α blieb."),
        ("Это $x_1 + x_2$ и всё.", "Это x₁ + x₂ и всё."),
        ("Η τιμή $n$ μένει.", "Η τιμή n μένει."),
        ("他写下$a \\times b$。", "他写下a × b。"),
        ("角度は $90^\\circ$ だ。", "角度は 90° だ。"),
        ("값은 $\\sqrt{2}$ 이다.", "값은 √2 이다."),
        ("قال $\\pi \\approx 3$ ثم مشى.", "قال π ≈ 3 ثم مشى."),
        ("मान $\\frac{a}{b+1}$ है।", "मान a/(b+1) है।"),
        ("ค่า $\\text{area} = r^{2}$ ครับ", "ค่า area = r² ครับ"),
        ("One.\n\n$$\na \\leq b\n$$\n\nTwo.", "One.\n\na ≤ b\n\nTwo."),
        ("> $$a = b$$", "> a = b"),
        ("So $a_{ij}$ it is.", "So a\\_ij it is."),
    ],
)
def test_formulas(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    "text",
    [
        "It cost $5 and then $6.",
        "US$5, or ($10), or $5–$6, or “$7”.",
        "A$AP met KE$HA for $money$.",
        "Set $HOME/$USER first.",
        "Er zahlte 5$ und dann 6$ = 11$.",
        "请付$5或$6。",
        "Une somme de $1,000$ et $20.",
        "She paid $3. He had $4 = a coffee, $5 = two.",
        "`$x^2$`",
        "$$\n\nHe = she.\n\n$$",
        "$$ geschafft $$",
    ],
)
def test_money_is_no_formula(text: str) -> None:
    assert shown(text) == text
    assert remarks(text) == []


def test_a_formula_without_plain_signs_is_warned_of() -> None:
    assert remarks("Он сказал: $x^{k}$ и $\\foo{y}$.") == [
        "1:12 a formula cannot be shown as one in Discord, and 1 more"
    ]


@pytest.mark.parametrize("sign", ["$", "$a", "$x$", "$\\", "$$\n", "$x^", "${", "$_{"])
def test_many_signs_are_read_fast(sign: str) -> None:
    assert shown(sign * 20_000) is not None
