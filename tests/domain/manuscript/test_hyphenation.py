"""Words parted at a line's end are joined, and compounds keep their hyphen."""

from __future__ import annotations

import pytest

from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.manuscript.lines.line_breaks import LineMode
from tests.domain.manuscript.samples import shown


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("She was under-\nstanding at last.", "She was understanding at last."),
        (
            "The keeper had never under-\nstood the well-\nknown captain Jean-\nLuc and his mother-in-\nlaw.",
            "The keeper had never understood the well-known captain Jean-Luc and his mother-in-law.",
        ),
        (
            "Er kannte die Vor- und\nNachteile des Hafens, die Hafen-\nund Seeleute und verste-\nckten Lam-\npen.",
            "Er kannte die Vor- und Nachteile des Hafens, die Hafen- und Seeleute und versteckten Lampen.",
        ),
        (
            "Avant cela, dit-\nil, on comptera peut-\nêtre les lan-\nternes du quai.",
            "Avant cela, dit-il, on comptera peut-être les lanternes du quai.",
        ),
        (
            "Никто на приста-\nни не ждал, и кто-\nто ушёл до-\nмой.",
            "Никто на пристани не ждал, и кто-то ушёл домой.",
        ),
        ("Κανείς στην προκυ-\nμαία δεν μέτρησε.", "Κανείς στην προκυμαία δεν μέτρησε."),
        ("El faro es-\ntaba apagado.", "El faro estaba apagado."),
        ("Latar-\nnie zgasły.", "Latarnie zgasły."),
        ("Անձ-\nրև է գալիս։", "Անձրև է գալիս։"),
        ("בית־\nספר ישן.", "בית־ספר ישן."),
        ("In the years 1939-\n45 it was dark.", "In the years 1939-45 it was dark."),
        ("Mitten in der Nacht-\nund Tagwache.", "Mitten in der Nacht- und Tagwache."),
        ("single under¬\nstood.", "single understood."),
        (
            "single under\u00ad\nstood, in\u00adside, and out&shy;side.",
            "single understood, inside, and outside.",
        ),
    ],
)
def test_halves_of_words_are_joined(text: str, seen: str) -> None:
    assert shown(text, lines=LineMode.WRAPPED) == seen


WRAPPED = (
    "The ferry left before the bell and nobody on the quay counted the {0}\n"
    "{1} because the harbour master had gone home with a cold, and his own\n"
    "daughter, who usually did it for him, was waiting for a letter that had\n"
    "not come, and so the evening went by as evenings in the harbour go by.\n"
)


@pytest.mark.parametrize(
    ("elsewhere", "seen"),
    [
        ("The seagreen lamps.", "seagreen lamps"),
        ("The sea-green lamps.", "sea-green lamps"),
        ("Das Seegrün. SEAGREEN!", "seagreen lamps"),
        ("Nothing of the kind.", "sea-green lamps"),
    ],
)
def test_the_rest_of_the_chapter_decides(elsewhere: str, seen: str) -> None:
    text = WRAPPED.format("sea-", "green lamps") + "\n" + WRAPPED.format("lamps", "there") * 5
    assert seen in shown(f"{text}\n{elsewhere}")


def test_a_text_with_many_hyphens_was_hyphenated() -> None:
    text = "\n".join(
        WRAPPED.format(f"{one}-", f"{other} there")
        for one, other in [("lan", "terns"), ("bea", "cons"), ("wat", "ches"), ("bun", "dles")]
    )
    for word in ("lanterns", "beacons", "watches", "bundles"):
        assert f"{word} there" in shown(text)
    assert "lan-terns there" in shown(
        WRAPPED.format("lan-", "terns there") + "\n" + WRAPPED.format("x", "y") * 9
    )


@pytest.mark.parametrize(
    "text",
    [
        "The ferry left--\nand came back.",
        "The ferry left —\nand came back.",
        "The ferry left –\nand came back.",
        "Left - right -\nand back.",
        "سنة ١٤٤٥ هـ\nوبعدها.",
    ],
)
def test_dashes_and_tatweel_are_no_hyphens(text: str) -> None:
    assert shown(text, lines=LineMode.WRAPPED) == text.replace("\n", " ")


def test_paragraphs_and_verse_are_left_alone() -> None:
    verse = "The well-\nknown wind,\nthe half-\nlit lamp."
    assert shown(verse, lines=LineMode.VERSE) == verse
    assert shown("A word-\n\nnew", lines=LineMode.WRAPPED) == "A word-\n\nnew"


def test_a_word_that_is_a_line_of_its_own_leaves_no_blank_line() -> None:
    assert (
        shown("It was under-\nstanding\nof a kind.", lines=LineMode.WRAPPED)
        == "It was understanding of a kind."
    )


def test_check_is_told_how_many_were_joined() -> None:
    text = "Text.\n\nThe keeper had under-\nstood the light-\nhouse."
    assert [(one.line, one.what) for one in read_manuscript(text).readings if "hyphen" in one.what] == [
        (3, "2 words joined that a hyphen parts at a line’s end")
    ]
