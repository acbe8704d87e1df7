"""An import takes linear time, whatever its lines are made of."""

from __future__ import annotations

import pytest

from bot.domain.manuscript_import.import_pipeline import import_source
from bot.domain.manuscript_import.source_document import BlockKind, Source, SourceBlock, SourceDocument
from tests.domain.pages.test_linear_time import assert_linear

HOSTILE = (
    *("A/N: x", "(((", "[[[[", " " * 40 + "x", "*" * 40, "* * * x", "_" * 40, "-" * 40, "– " * 20, "1" * 30),
    *(
        "12 34 56",
        "I. " * 20,
        "XIVXIV",
        "Chapter 1",
        "Part II",
        "by ",
        "Mara’s POV",
        "POV: Mara Of The Of The",
    ),
    *(
        "Disclaimer:",
        "Copyright ©",
        "For Ben",
        "— Ana",
        "a, b, and c",
        "TW: a, b, c",
        "..... 3",
        "Share",
        "“a",
    ),
    *(
        "1.2K Reads",
        "thanks for reading ",
        "Author’s Note: (",
        "5 days ago",
        "“" * 40,
        "a.b." * 20,
        "\\*" * 40,
    ),
    *("This image does not follow our content guidelines", "![a](b", "[^1]" * 20, "12/12/2012", "Summary"),
    *("a--b", "a -- b", '“a” "b"', "a'b’c’", "(A/N: x)", "#a #b", "TBC"),
)


def _import(text: str, kind: BlockKind) -> None:
    lines = text.split("\n")
    level = int(kind is BlockKind.HEADING)
    blocks = tuple(SourceBlock(line, kind, level, number) for number, line in enumerate(lines, 1))
    import_source(Source("-", (SourceDocument("-", blocks, tuple(lines)),)))


@pytest.mark.parametrize("kind", [BlockKind.PARAGRAPH, BlockKind.VERSE, BlockKind.HEADING])
def test_of_many_lines(kind: BlockKind) -> None:
    for piece in HOSTILE:
        assert_linear(lambda text: _import(text, kind), lambda length, p=piece: "\n".join([p] * length), 2000)


@pytest.mark.parametrize("kind", [BlockKind.PARAGRAPH, BlockKind.HEADING])
def test_of_one_long_line(kind: BlockKind) -> None:
    for piece in HOSTILE:
        assert_linear(lambda text: _import(text, kind), lambda length, p=piece: p * (length // len(p)))
