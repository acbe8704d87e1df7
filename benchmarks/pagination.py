"""Speed of pagination on the sample stories and on hostile texts, and page breaks of whole novels if there are any."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path

from bot.domain.pages import PageEnd, count_words, paginate
from tests.domain.pages.books import books, chapters

CONTENT = Path(__file__).parents[1] / "content"
LEAST_SECONDS = 1.5
NASTY_LENGTH = 100_000


def run() -> list[dict[str, str | float]]:
    """Return pages and words a second on one core, and the longest time for 100 KB of hostile text."""
    texts = sample()
    words = sum(map(count_words, texts))
    pages = sum(len(paginate(text)) for text in texts)
    rounds, started = 0, time.perf_counter()
    while (taken := time.perf_counter() - started) < LEAST_SECONDS:
        for text in texts:
            paginate(text)
        rounds += 1
    name, worst = max(((name, _seconds(text)) for name, text in nasty().items()), key=lambda pair: pair[1])
    note = f"{len(texts)} chapters, {words} words, {pages} pages"
    return [
        {"name": "pages made", "value": pages * rounds / taken, "unit": "pages/s", "note": note},
        {"name": "words paged", "value": words * rounds / taken, "unit": "words/s", "note": "one core"},
        {
            "name": "worst 100 KB of hostile text",
            "value": worst * 1000,
            "unit": "ms",
            "note": f"{name}, limit 200",
        },
        *(_breaks(book, limit) for book in books() for limit in (3200, 700)),
    ]


def _breaks(book: Path, limit: int) -> dict[str, str | float]:
    """Return the number of pages of a novel and how they end."""
    cuts = Counter(page.cut for text in chapters(book) for page in paginate(text, limit=limit))
    kinds = ", ".join(f"{cuts[kind]} {kind}" for kind in PageEnd)
    return {
        "name": f"{book.stem}, at most {limit} a page",
        "value": cuts.total(),
        "unit": "pages",
        "note": kinds,
    }


def sample() -> list[str]:
    """Return the sample stories' chapters without their front matter, or made-up text if there are none."""
    files = sorted(CONTENT.glob("*/chapters/*.md"))
    texts = [
        re.sub(r"\A---\n.*?\n---\n", "", file.read_text(encoding="utf-8"), flags=re.DOTALL) for file in files
    ]
    sentence = "The lamp at the end of the quay went out, and *nobody* saw who had done it. "
    return texts or ["\n\n".join(sentence * (1 + number % 9) for number in range(60))] * 8


def nasty() -> dict[str, str]:
    """Texts on which a careless parser takes quadratic time."""
    seeds = {
        "one word": "x",
        "words": "word ",
        "underscores": "_",
        "open marks": "*a **b ||c ~~d __e ",
        "marks": "**a** ",
        "brackets": "[a](",
        "backticks": "`a ``b ",
        "fences": "```a\n",
        "flags": "🇩🇪",
        "families": "👨‍👩‍👧‍👦",
        "stops": ". ",
        "stops in a row": ".",
        "paragraphs": "a\n\n",
        "scene breaks": "a\n\n***\n\n",
        "comments": "<!-- ",
        "pictures": "![a](b) ",
        "half pictures": "![",
        "addresses": "https://a.b/c*",
        "escapes": "\\*",
        "quotes": "> a\n",
        "combining marks": "\u0301",
        "ideographs": "灯",
    }
    return {name: (seed * (NASTY_LENGTH // len(seed) + 1))[:NASTY_LENGTH] for name, seed in seeds.items()}


def _seconds(text: str) -> float:
    started = time.perf_counter()
    paginate(text, limit=200)
    return time.perf_counter() - started


if __name__ == "__main__":
    for row in run():
        print(f"{row['name']:<34}{row['value']:>14,.1f} {row['unit']:<9} {row['note']}")
