"""A whole novel goes through pages, and no word of it is lost or repeated."""

from __future__ import annotations

import html
import re
import sys
import zipfile
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest

from bot.domain.pages import Cut, Page, Prose, paginate
from tests.domain.discord_reader import read

ALICE = Path(__file__).parents[2] / "../shared/books/alice.epub"


def chapters(book: Path) -> list[str]:
    """The book's chapters as an author would have written them in Markdown."""
    with zipfile.ZipFile(book) as archive:
        names = sorted(name for name in archive.namelist() if re.search(r"chapter-\d+\.xhtml$", name))
        return [markdown(archive.read(name).decode()) for name in names]


def markdown(page: str) -> str:
    body = page[page.find("<body") :]
    body = re.sub(r"\s*\n\s*", " ", body)
    body = re.sub(r"</?(?:i|em)\b[^>]*>", "*", body)
    body = re.sub(r"<h[1-6]\b[^>]*>", "\n\n## ", body)
    body = re.sub(r"<hr\b[^>]*>", "\n\n***\n\n", body)
    body = re.sub(r"<br\b[^>]*>", "  \n", body)
    body = re.sub(r"</?(?:p|div|section|h[1-6]|li|tr|blockquote|header)\b[^>]*>", "\n\n", body)
    return html.unescape(re.sub(r"<[^>]+>", "", body))


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text)


def shown(pages: tuple[Page, ...]) -> list[str]:
    texts = [read(block.text).text for page in pages for block in page.blocks if isinstance(block, Prose)]
    return words("\n".join(texts))


@pytest.mark.skipif(not ALICE.exists(), reason="the novel is not beside the repository")
@pytest.mark.parametrize("limit", [3200, 700])
def test_a_novel_keeps_every_word_and_every_limit(limit: int, capsys: pytest.CaptureFixture[str]) -> None:
    cuts: Counter[str] = Counter()
    for text in chapters(ALICE):
        pages = paginate(text, limit=limit)
        cuts.update(page.cut.value for page in pages)
        assert not any(
            "*" in read(b.text).text for page in pages for b in page.blocks if isinstance(b, Prose)
        )
        assert shown(pages) == words(text.replace("*", ""))
        assert (pages[0].start, pages[-1].end) == (0, len(text))
        assert all(before.end == after.start for before, after in pairwise(pages))
        assert all(page.length <= limit for page in pages)
        lengths = [page.length for page in pages]
        assert min(lengths) > max(lengths) * (0.7 if limit > 1000 else 0.35)
    assert sum(cuts.values()) > 40
    assert not cuts[Cut.WORD] + cuts[Cut.GRAPHEME] or limit < 1000
    with capsys.disabled():
        sys.stdout.write(f"\n  pages of {limit}: {dict(cuts)}\n")
