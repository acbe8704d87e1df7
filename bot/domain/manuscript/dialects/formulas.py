r"""Formulas between dollar signs (`$x^2$`, `$$\alpha + 1$$`), which Discord cannot set: they become plain signs.

Sums of money stay as they are: a formula begins and ends right at its dollar signs, and looks like one.
"""

from __future__ import annotations

import re

from bot.domain.manuscript.name_sets import split_names
from bot.domain.manuscript.offset_tracking import TrackedText
from bot.domain.manuscript.superscripts import to_subscript, to_superscript
from bot.domain.manuscript.text_removal import RemarkTally

_INLINE = re.compile(
    r"(?<![\\$A-Za-z0-9_])\$(?P<text>(?=[^\s$])[^$\n]{1,300}+)(?<![\s\\])\$(?![A-Za-z0-9_$])"
)
_DISPLAYED = re.compile(
    r"(?m)^(?P<before>[ \t>]*+)\$\$(?P<text>(?:[^$`\n]|\n(?![ \t]*+\n)){1,2000}+)\$\$[ \t]*+$"
)
_LIKE_A_FORMULA = re.compile(r"\\[A-Za-z]|[\w)}][\^_][\w{\\]|[\w)}] ?[=+<>] ?[\w({\\-]")
_PROSE = re.compile(r"(?<![\\A-Za-z])[^\W\d_]{4}|[,.;:!?] ")
_TEXT = re.compile(r"\\(?:text|math|operatorname)[a-z]{0,6}\{([^{}]*+)\}")
_FRACTION = re.compile(r"\\[dt]?frac\{([^{}]*+)\}\{([^{}]*+)\}")
_ROOT = re.compile(r"\\sqrt\{([^{}]*+)\}")
_POWER = re.compile(r"(?P<sign>[\^_])(?:\{(?P<group>[^{}]*+)\}|(?P<one>[^\s{}\\]))")
_COMMAND = re.compile(r"\\(?P<name>[A-Za-z]++)|\\(?P<blank>[,;:! ])|\\(?P<line>\\)|\\(?P<sign>[^\w\s])")
_WORDY = re.compile(r"\w++\Z")
_MARKS = re.compile(r"[\\*_~|`<]")
_COMMANDS: dict[str, str] = dict(
    re.findall(
        "([A-Za-z]+) ([^A-Za-z ])",
        "alpha α beta β gamma γ delta δ epsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν xi ξ "
        "omicron ο pi π rho ρ sigma σ tau τ upsilon υ phi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ "
        "Lambda Λ Xi Ξ Pi Π Sigma Σ Phi Φ Psi Ψ Omega Ω times × cdot · div ÷ pm ± mp ∓ leq ≤ le ≤ geq ≥ ge ≥ "
        "neq ≠ ne ≠ approx ≈ sim ∼ equiv ≡ propto ∝ infty ∞ to → rightarrow → leftarrow ← Rightarrow ⇒ iff ⇔ "
        "sum ∑ prod ∏ int ∫ partial ∂ nabla ∇ in ∈ notin ∉ subset ⊂ cup ∪ cap ∩ forall ∀ exists ∃ emptyset ∅ "
        "circ ∘ ldots … dots … cdots … hbar ℏ ell ℓ degree ° sqrt √",
    )
)
_SIGNS = _COMMANDS | dict.fromkeys(("left", "right", "displaystyle"), "") | {"quad": " "}
_FUNCTIONS = split_names("sin cos tan log ln exp lim max min det")
_PASSES_MOST = 4


def read_formulas(draft: TrackedText) -> None:
    """Write formulas in plain signs, and warn of those that have no such form."""
    if draft.text.count("$") < 2:
        return
    unknown = RemarkTally(draft)

    def write(found: re.Match[str]) -> str | None:
        inside, displayed = found["text"].strip(), found.re is _DISPLAYED
        if not inside or not (_LIKE_A_FORMULA.search(inside) if displayed else _is_formula(inside)):
            return None
        plain, complete = _plain(inside)
        if not complete:
            unknown.add("a formula", found.start())
        shown = _MARKS.sub(r"\\\g<0>", " ".join(plain.split()))
        return found["before"] + shown if displayed else shown

    draft.replace(_DISPLAYED, write)
    draft.replace(_INLINE, write)
    unknown.tell("{kind} cannot be shown as one in Discord", "Write it in words or plain signs.")


def _is_formula(inside: str) -> bool:
    if len(inside) == 1:
        return inside.isalpha()
    return _LIKE_A_FORMULA.search(inside) is not None and not _PROSE.search(_TEXT.sub("", inside))


def _plain(formula: str) -> tuple[str, bool]:
    """Return a formula in plain signs, and whether they say all of it."""
    complete = True

    def sign(found: re.Match[str]) -> str:
        nonlocal complete
        name = found["name"]
        if name is None:
            return str(found["sign"] or " ")
        complete = complete and (name in _SIGNS or name in _FUNCTIONS)
        return _SIGNS.get(name, name)

    def power(found: re.Match[str]) -> str:
        nonlocal complete
        inside = (found["group"] if found["one"] is None else found["one"]).strip()
        if inside in ("∘", "°"):
            return "°"
        small = (to_superscript if found["sign"] == "^" else to_subscript)(inside)
        complete = complete and small is not None
        return small or f"{found['sign']}{_grouped(inside)}"

    text = formula
    for _ in range(_PASSES_MOST):
        before = text
        text = _TEXT.sub(r"\1", text)
        text = _FRACTION.sub(lambda found: f"{_grouped(found[1])}/{_grouped(found[2])}", text)
        text = _ROOT.sub(lambda found: f"√{_grouped(found[1])}", text)
        if text == before:
            break
    text = _POWER.sub(power, _COMMAND.sub(sign, text).replace("&", " "))
    return text.replace("{", "").replace("}", ""), complete


def _grouped(text: str) -> str:
    return text if _WORDY.match(text) else f"({text})"
