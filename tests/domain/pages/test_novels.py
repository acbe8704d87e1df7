"""Whole novels go through pages, and no word of them is lost or repeated."""

from __future__ import annotations

import re
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from bot.domain.pages import Page, PageEnd, Prose, SceneBreak, paginate
from tests.domain.pages.books import books, chapters
from tests.domain.pages.discord_renderer import read

BOOKS = books()
STRAY = re.compile(r"[*_~|`\\]")
HALF = re.compile(r"(?:\b(?:Mr|Mrs|Dr|St|Messrs)\.|(?<!\w)[A-Z]\.)$")
CLOSER = re.compile(r"[”’»)\]]")


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def shown(page: Page) -> str:
    return "\n".join(read(block.text).text for block in page.blocks if isinstance(block, Prose))


@pytest.mark.skipif(not BOOKS, reason="no novel is beside the repository, and FASCICLE_BOOKS names none")
@pytest.mark.parametrize("limit", [3200, 700])
@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.stem)
def test_a_novel_keeps_every_word_and_every_limit(
    book: Path, limit: int, capsys: pytest.CaptureFixture[str]
) -> None:
    cuts: Counter[PageEnd] = Counter()
    total = 0
    for text in chapters(book):
        pages = paginate(text, limit=limit)
        cuts.update(page.cut for page in pages)
        texts = [shown(page) for page in pages]
        assert words("\n".join(texts)) == words(re.sub(r"[*_]", "", text))
        stray = len(STRAY.findall(read(re.sub(r"(?<!\n)\n(?!\n)", " ", text)).text))
        assert sum(len(STRAY.findall(page)) for page in texts) <= stray, "a mark is shown"
        assert (pages[0].start, pages[-1].end) == (0, len(text))
        assert all(before.end == after.start for before, after in pairwise(pages))
        assert all(page.length <= limit for page in pages)
        lengths = [page.length for page in pages]
        assert min(lengths) > max(lengths) * (0.65 if limit > 1000 else 0.2)
        for page, (before, after) in zip(pages, pairwise(texts), strict=False):
            last = page.blocks[-1]
            assert isinstance(last, SceneBreak) or not last.text.rsplit("\n", 1)[-1].startswith("#")  # type: ignore[union-attr]
            if page.cut is PageEnd.SENTENCE:
                assert not HALF.search(before.rstrip()), "an abbreviation ends no sentence"
                assert len(after.split("\n", 1)[0]) >= 60, "no last line alone"
                assert not CLOSER.match(after.lstrip()), "what closes stays with what it closes"
        total += len(words(text))
    assert sum(cuts.values()) > 40
    assert not cuts[PageEnd.WORD] + cuts[PageEnd.GRAPHEME] or limit < 1000
    with capsys.disabled():
        counts = ", ".join(f"{cuts[kind]} {kind}" for kind in PageEnd)
        sys.stdout.write(f"\n  {book.stem}, {total} words, pages of {limit}: {counts}\n")
