r"""LaTeX's usual commands are shown as meant; a backslash before anything else is text."""

from __future__ import annotations

import pytest

from bot.domain.manuscript.conversion import read_manuscript
from tests.domain.manuscript.samples import BREAK, remarks, shown


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (r"\textit{schräg} und \emph{betont}", "*schräg* und *betont*"),
        (r"\textbf{жирный} текст", "**жирный** текст"),
        (r"\emph{un \textbf{mot} fort}", "_un **mot** fort_"),
        ("\\begin{center}\nκέντρο\n\\end{center}", "κέντρο"),
        (r"\noindent Texto", "Texto"),
        ("\\vspace{1cm}\n\n본문", "본문"),
        (r"und so \ldots{} weiter", "und so … weiter"),
        ("``מילה'' ו``שתיים''", "“מילה” ו“שתיים”"),
        ("\\section{第一章}\n本文", "## 第一章\n本文"),
        (r"\emph{caf\'{e}} na\"ive Stra\ss{}e \c{c}a \~nu", "*café* naïve Straße ça ñu"),
        ("\\emph{Он}~ушёл --- и всё, 5--6 раз.", "*Он*\xa0ушёл — и всё, 5–6 раз."),
        ("\\chapter{Ein}\nDr.~Weiß ging.", "# Ein\nDr.\xa0Weiß ging."),
        (r"Kein \"Zitat\" und H~2~O -- nie.", r"Kein \"Zitat\" und H₂O -- nie."),
        (r"ข้อ\footnote{หมายเหตุ} ต่อ", "ข้อ¹ ต่อ\n\n-# ¹ หมายเหตุ"),
        ("{\\it पाठ} यहाँ", "*पाठ* यहाँ"),
        ("A\n\n\\newpage\n\nB", f"A\n\n{BREAK}\n\nB"),
        ("\\begin{verse}\nRosen \\\\\nRegen\n\\end{verse}", "Rosen\nRegen"),
        ("\\begin{itemize}\n\\item pan\n\\item sal\n\\end{itemize}", "- pan\n- sal"),
    ],
)
def test_commands(written: str, seen: str) -> None:
    assert shown(written) == seen


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (r"C:\new\textures\part{1}", r"C:\\new\\textures\\part{1}"),
        (r"wave \o/ and \n", r"wave \\o/ and \\n"),
        (r"`\emph{x}`", r"`\emph{x}`"),
        (r"\*kein Stern\*", r"\*kein Stern\*"),
        ("``code`` stays, '' too", "`code` stays, '' too"),
    ],
)
def test_other_backslashes_are_text(written: str, seen: str) -> None:
    assert shown(written) == seen


def test_a_note_to_oneself_is_private_and_an_unknown_command_is_told_of() -> None:
    manuscript = read_manuscript("One.\\todo{she dies}\n\n\\begin{comment}\nsecret\n\\end{comment}\n\nTwo.")
    assert manuscript.text.split() == ["One.", "Two."]
    assert manuscript.private == 2
    assert remarks("Then \\weather{rain} came.") == ["1:6 the LaTeX command \\weather is not known here"]
