"""Pages keep their promises whatever an author writes."""

from __future__ import annotations

import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from uniseg.graphemecluster import grapheme_cluster_boundaries, grapheme_clusters

from bot.domain.pages import Page, PageEnd, Picture, Prose, SceneBreak, map_position, page_at, paginate
from bot.domain.pages.text_length import cluster_starts
from tests.domain.pages.discord_renderer import read

FAMILY = "👨‍👩‍👧‍👦"
WORDS = [
    "a",
    "lamp",
    "Victor’s",
    "light",
    "Mr.",
    "3.14",
    "end.",
    "“Go!”",
    "why?",
    "…",
    "well...",
    "e.g.",
    "—",
    "I",
    "#",
    "-",
    "1.",
    ">",
    "-#",
    "+",
    "0",
    "é",
    "e\u0301",
    "z\u0363\u0301\u0338",
    FAMILY,
    "🇩🇪🇫🇷",
    "👍🏽",
    "שלום",
    "مرحبا",
    "。",
    "漢字",
    "「はい。」",
    "क्षि",
    "각",
    "\u200f",
    "\u2067",
    "\u2069",
    "\u202b",
    "\u202c",
]
MARKUP = [
    "*",
    "**",
    "***",
    "_",
    "__",
    "~~",
    "||",
    "`",
    "``",
    "```",
    "[",
    "](https://x.org/a_b)",
    "](",
    ")",
    "![map](images/m.png)",
    "\\",
    "\\*",
    "<",
    ">",
    "https://example.org/a_(b)*c",
    "<https://example.org>",
    "<t:1700000000:R>",
    "<@123>",
    "<:hm:1>",
    "</read:1>",
    "<!--",
    "-->",
    "|",
    "~",
    "\\](",
]
SPACES = [" ", " ", " ", "\n", "\n\n", "  \n", "\t", "\r\n", "\u0085", "\u00a0", "\u3000", "\u2028"]
LINES = [
    "\n\n***\n\n",
    "\n\n# Heading\n\n",
    "\n\n## Victor’s POV\n\n",
    "\n> ",
    "\n>>> ",
    "\n- ",
    "\n  - ",
    "\n1. ",
    "\n```py\n",
    "\n```\n",
    "\n-# ",
    "\n\n---\n",
    "\n~~~\n",
    "\n****\n",
    "\n    ",
]
ATOMS = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(WORDS + MARKUP),
    st.sampled_from(SPACES),
    st.sampled_from(LINES),
    st.text(max_size=3),
)
REPEATED = st.builds(
    lambda part, times: "".join(part) * times, st.lists(ATOMS, min_size=1, max_size=5), st.integers(1, 150)
)
HOSTILE = st.lists(st.one_of(ATOMS, ATOMS, REPEATED), max_size=60).map(
    lambda parts: unicodedata.normalize("NFC", "".join(parts))[:2500]
)
LIMITS = st.sampled_from([200, 201, 333, 800, 3200, 3500])


def prose(page: Page) -> list[str]:
    return [block.text for block in page.blocks if isinstance(block, Prose)]


def squeezed(text: str) -> str:
    """Text without anything that page ends may add or take: whitespace and invisible characters."""
    return "".join(
        char
        for char in text
        if not char.isspace()
        and unicodedata.category(char) not in ("Cf", "Cc")
        and char not in "\ufe0f\u2800\u3164\u180e"
    )


def seen(pages: tuple[Page, ...]) -> str:
    return squeezed("".join(read(text).text for page in pages for text in prose(page)))


def source_words(text: str) -> str:
    """Letters and digits of the source in order, without regard to what its markup means."""
    return re.sub(r"[\W_]|\d", "", text)


@settings(max_examples=200, deadline=None)
@given(HOSTILE, LIMITS)
@example("_" * 4000, 200)
@example("*_" * 2000, 200)
@example("**a** " * 400, 3200)
@example("***\n\n" * 100, 200)
@example("![a](b)\n\n" * 40, 200)
@example("> *" + "word " * 400 + "*", 200)
@example("[" + "text " * 200 + "](https://example.org/)", 200)
@example("https://example.org/" + "x" * 900, 200)
@example("```\n" + "code\n" * 300 + "```", 200)
@example("```\n" + "x" * 1000, 200)
@example("| a | b |\n" * 100, 200)
@example("z" + "\u0301" * 1000, 200)
@example(FAMILY * 200, 200)
@example("🇩🇪" * 300, 200)
@example("[***](https://x.org/a_b)*" * 8, 200)
@example("- `\n14``\n" + "~~\n-\n" * 25, 200)
@example("```\n" + "`" * 90 + "word " * 25 + "\n```", 200)
@example("||" + "**_~~deep~~_**" * 100 + "||", 200)
def test_every_page_keeps_to_the_limits_and_they_tile_the_text(text: str, limit: int) -> None:
    pages = paginate(text, limit=limit)
    assert pages == paginate(text, limit=limit)
    assert pages[0].start == 0
    assert pages[-1].end == len(text)
    assert pages[-1].cut is PageEnd.END
    for before, after in pairwise(pages):
        assert before.end == after.start
        assert before.start < before.end
    for page in pages:
        assert page.length <= limit
        assert len(page.blocks) <= 16
        assert sum(isinstance(block, Picture) for block in page.blocks) <= 6
        marks = [mark for part in prose(page) for mark in read(part).marks]
        assert (
            len([mark for mark in marks if mark not in ("quote", "heading", "small", "item", "fence")]) <= 80
        )
        for part in prose(page):
            assert part == part.strip("\n")
            assert part.strip()


@settings(max_examples=200, deadline=None)
@given(HOSTILE, LIMITS)
@example("# # ", 200)
@example("__*_", 200)
@example("~~.~\t~~", 200)
@example("# ![](g)\u3000l", 200)
@example("[[_]](http://.)", 200)
@example("```<!---->", 200)
@example("<http://\xa0>", 200)
@example("## C# " * 40 + "#", 200)
@example("a*b **c** d*e " * 40, 200)
@example("_a **b** c_ *d*__e__ " * 40, 200)
def test_no_word_is_lost_or_repeated(text: str, limit: int) -> None:
    whole = paginate(text, limit=3500)
    assert seen(paginate(text, limit=limit)) == seen(whole)
    assert "".join(squeezed(page.plain) for page in whole) == seen(whole)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(WORDS), st.sampled_from([" ", " ", "\n", "*", "**", "||", "\n\n", "_", "~~", "`"])
        ),
        max_size=300,
    ),
    LIMITS,
)
def test_every_letter_of_the_source_is_read_in_its_order(parts: list[str], limit: int) -> None:
    text = unicodedata.normalize("NFC", "".join(parts))
    shown = "".join(read(part).text for page in paginate(text, limit=limit) for part in prose(page))
    assert source_words(shown) == source_words(text)


def _some_way(text: str) -> st.SearchStrategy[str]:
    return st.sampled_from([text, f"\u2067{text}\u2069", f"\u202b{text}\u202c"])


@settings(max_examples=150, deadline=None)
@given(
    st.recursive(
        st.sampled_from(
            ["word ", "שלום. ", "Go! ", "*so* ", "**and** ", "||on|| ", "`it` ", "*so \u2067שלום\u2069 it* "]
        ),
        lambda inner: st.lists(inner, min_size=1, max_size=12).map("".join).flatmap(_some_way),
        max_leaves=60,
    ),
    st.integers(1, 20),
)
def test_what_runs_the_other_way_is_closed_on_every_page(part: str, times: int) -> None:
    text = part * times
    for page in paginate(text, limit=200):
        for block in prose(page):
            if text.count("\u2067") + text.count("\u202b") <= 32:
                assert block.count("\u2067") == block.count("\u2069")
                assert block.count("\u202b") == block.count("\u202c")


@settings(max_examples=150, deadline=None)
@given(HOSTILE, st.sampled_from([200, 333]))
def test_no_cut_falls_inside_a_grapheme(text: str, limit: int) -> None:
    pages = paginate(text, limit=limit)
    if any(len(cluster) > limit // 4 for cluster in grapheme_clusters(text)):
        return
    boundaries = {0, *grapheme_cluster_boundaries(text)}
    assert {page.start for page in pages} <= boundaries


@settings(max_examples=150, deadline=None)
@given(
    st.text(
        st.one_of(
            st.characters(exclude_categories=["Cs"]),
            st.sampled_from(list(FAMILY + "🇩🇪क्षि각\u0301\r\n\u0600")),
        ),
        max_size=40,
    )
)
def test_clusters_are_those_of_uniseg(text: str) -> None:
    assert [0, *cluster_starts(text), len(text)] == [
        0,
        *list(grapheme_cluster_boundaries(text))[1:-1],
        len(text),
    ]


@settings(max_examples=100, deadline=None)
@given(HOSTILE, st.text(max_size=400), st.text(max_size=400), LIMITS)
def test_notes_stay_before_and_after_the_story(text: str, before: str, after: str, limit: int) -> None:
    pages = paginate(text, limit=limit, note_before=before, note_after=after)
    assert (pages[0].start, pages[-1].end) == (0, len(text))
    assert all(a.end == b.start for a, b in pairwise(pages))
    roles = [block.role.value for page in pages for block in page.blocks if isinstance(block, Prose)]
    assert re.fullmatch(r"n*t*n*", "".join(role[0] for role in roles))
    assert all(page.length <= limit for page in pages)


@settings(max_examples=200, deadline=None)
@given(HOSTILE, st.integers(-5, 7000))
def test_a_place_is_on_the_page_that_shows_it(text: str, offset: int) -> None:
    pages = paginate(text, limit=200)
    page = pages[page_at(pages, offset)]
    assert page.start <= max(0, min(offset, len(text))) <= page.end


@settings(max_examples=200, deadline=None)
@given(HOSTILE, HOSTILE, st.lists(st.integers(0, 6000), max_size=20))
def test_a_carried_place_keeps_order_and_bounds(old: str, new: str, offsets: list[int]) -> None:
    places = [map_position(old, new, offset) for offset in sorted(offsets)]
    assert places == sorted(places)
    assert all(0 <= place <= len(new) for place in places)
    assert [map_position(old, old, min(offset, len(old))) for offset in offsets] == [
        min(o, len(old)) for o in offsets
    ]


@pytest.mark.parametrize("limit", [0, 199, 4001])
def test_a_limit_no_page_can_keep_is_refused(limit: int) -> None:
    with pytest.raises(ValueError, match="between 200 and 4000"):
        paginate("text", limit=limit)


def test_scene_breaks_alone_make_one_page() -> None:
    assert paginate("***\n\n---\n\n* * *\n")[0].blocks == (SceneBreak(),)
