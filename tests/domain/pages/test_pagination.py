"""What an author writes, and what readers get."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.pages import (
    PageEnd,
    Picture,
    Prose,
    Role,
    SceneBreak,
    count_words,
    escape,
    excerpt,
    map_position,
    page_at,
    paginate,
    unescape,
)
from tests.domain.pages.discord_renderer import read


def shown(text: str) -> str:
    """The Markdown of a text's only page, its blocks apart."""
    (page,) = paginate(text)
    names = {SceneBreak: "***"}
    return "¶".join(
        block.text if isinstance(block, Prose) else names.get(type(block)) or f"!{block.alt}!{block.path}"
        for block in page.blocks
    )


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("One line\nand its second half.", "One line and its second half."),
        ("Hard  \nends\\\nstay.", "Hard\nends\nstay."),
        ("\ufeffFirst\r\nsecond\r\n\r\nThird\u0085fourth", "First second\n\nThird fourth"),
        ("灯台の\n灯り", "灯台の灯り"),
        ("Title\n---\nText", "Title¶***¶Text"),
        ("a\n\n* * *\n\n___\n\nb", "a¶***¶b"),
        ("#### Deep ####\ntext", "### Deep\ntext"),
        ("-# small\n\n# Big", "-# small\n\n# Big"),
        ("> a\n> b\n>> c\n\nd", "> a\n> b\n> c\n\nd"),
        (">>> a\n\nb\n\n***\nc", "> a\n> \n> b¶***¶c"),
        (">_< is a face", "\\>\\_< is a face"),
        ("+ one\n2) two\n   more", "- one\n2. two\n  more"),
        ("Born in\n1984. Died later.", "Born in 1984. Died later."),
        ("    indented prose", "indented prose"),
        ("see ![the *quay*](images/a b.png) there", "see¶!the *quay*!images/a b.png¶there"),
        ("`![not](a)` one", "`![not](a)` one"),
        ("a<!-- secret -->b\n\n<!--\nlonger\n\n-->\n\nc", "ab\n\nc"),
        ("```\n<!-- kept -->\n  in\n```", "```\n<!-- kept -->\n  in\n```"),
        ("~~~py x\na = 1\n~~~", "```py\na = 1\n```"),
        ("```\nnever closed", "\\`\\`\\` never closed"),
        ("*open and **wide** open", "\\*open and **wide** open"),
        ("snake_case and 2 * 3 * 4", "snake\\_case and 2 \\* 3 \\* 4"),
        ("*outer _inner_ outer*", "*outer inner outer*"),
        ("**bold||_both~~", "\\*\\*bold\\|\\|\\_both\\~\\~"),
        (
            "[text *em*](https://a.org/x_(y)) [no](page.md)",
            "[text *em*](https://a.org/x_(y)) [no]\\(page.md)",
        ),
        ("*see https://a.org/b*, done", "*see <https://a.org/b>*, done"),
        ("<t:1:R> <@5> <:a:1> </read:7> <https://a.org>", "<t:1:R> <@5> <:a:1> </read:7> <https://a.org>"),
        ("¯\\\\\\_(ツ)\\_/¯", "¯\\\\\\_(ツ)\\_/¯"),
        ("###### ", "\\######"),
    ],
)
def test_source_is_read_as_told(source: str, markdown: str) -> None:
    assert shown(source) == markdown


@pytest.mark.parametrize("text", ["", " \n\t\n", "<!-- all of it -->", "\u200b\n\n\u00a0"])
def test_nothing_makes_one_empty_page(text: str) -> None:
    (page,) = paginate(text)
    assert (page.blocks, page.start, page.end, page.cut) == ((), 0, len(text), PageEnd.END)


def test_notes_share_the_page_where_they_fit_and_have_their_own_where_not() -> None:
    (page,) = paginate("Story.", note_before="Hello.", note_after="Bye.")
    assert [(b.text, b.role) for b in page.blocks if isinstance(b, Prose)] == [
        ("Hello.", Role.NOTE),
        ("Story.", Role.TEXT),
        ("Bye.", Role.NOTE),
    ]
    pages = paginate("Story goes on. " * 12, limit=200, note_after="Thanks to you all. " * 9)
    assert [(page.start, page.end, page.cut) for page in pages] == [
        (0, 180, PageEnd.END),
        (180, 180, PageEnd.END),
    ]
    assert page_at(pages, 180) == 0


def test_pictures_and_blocks_stay_within_what_a_message_holds() -> None:
    pages = paginate("\n\n".join(f"![{n}](images/{n}.png)" for n in range(20)))
    assert [sum(isinstance(b, Picture) for b in page.blocks) for page in pages] == [5, 5, 5, 5]
    pages = paginate("\n\n***\n\n".join("abcdefghijklmnopqrst"))
    assert all(len(page.blocks) <= 16 for page in pages)


TELLING = "The rain had come down since noon and the quay was empty but for the gulls and the one old boat."


@pytest.mark.parametrize(
    ("label", "named"),
    [
        ("## Victor's POV", "Victor"),
        ("**Victor’s POV**", "Victor"),
        ("# POV: Ada Quill", "Ada Quill"),
        ("*Ada (POV)*", "Ada"),
        ("### Charles’ point of view", "Charles"),
    ],
)
def test_a_page_inside_a_section_repeats_its_point_of_view(label: str, named: str) -> None:
    pages = paginate(
        f"{label}\n\n" + f"{TELLING}\n\n" * 6 + f"***\n\n{TELLING}\n\n" + "# Noon\n\n" + f"{TELLING}\n\n" * 3,
        limit=260,
        pov="Nobody",
    )
    assert pages[0].pov is None
    assert {page.pov for page in pages[1:3]} == {named}
    assert pages[-1].pov == "Nobody"


def test_pages_are_of_similar_length() -> None:
    lengths = [page.length for page in paginate(f"{TELLING}\n\n" * 70)]
    assert len(lengths) == 3
    assert max(lengths) - min(lengths) < 150


def test_escape_keeps_every_character_and_lets_none_act() -> None:
    text = "# @everyone **[x](https://a.org)** <@1> <t:1> ||no|| `c`\n> q\n-# s\n1. one\n- two"
    assert escape(text).count("@\u200b") == 2
    assert read(escape(text)).text == text
    assert read(escape(text)).marks == []


@given(
    st.text(st.one_of(st.characters(codec="utf-8"), st.sampled_from("*_~|`[]()<>@#-1.:/\\ \n")), max_size=60)
)
@example("https://a.org http://b.org/_x_")
@example("\\\\*a* \\_b_")
@example("[a](<https://b.c>)")
def test_escaped_text_is_read_as_it_was_typed(text: str) -> None:
    reading = read(escape(text))
    assert reading.marks == []
    assert reading.text == text.replace("\u200b", "")
    assert not re.search(r"@[^\s\u200b]", escape(text))
    assert unescape(escape(text)) == text


def test_words_are_counted_as_writers_count_them() -> None:
    assert (
        count_words("*Well*-known don’t **stop**, 3.14 — [two words](https://a.org/b/c)\n\n![a b](c.png)")
        == 6
    )
    assert count_words("灯台の灯り、カメラ。") == 8
    assert count_words("हिन्दी में लिखा") == 3
    assert count_words("1. one\n2. two") == 2
    assert count_words("***\n\n# \n") == 0


def test_an_excerpt_tells_little_and_spoils_nothing() -> None:
    text = f"# Title\n\n![x](y)\n\nThe *keeper* was ||dead|| all along. {TELLING}"
    assert excerpt(text, 40) == "The keeper was … all along. The rain…"
    assert excerpt("Short.", 40) == "Short."
    assert excerpt("x" * 99, 10) == "x" * 9 + "…"
    assert excerpt("👨‍👩‍👧‍👦" * 9, 15) == "👨‍👩‍👧‍👦…"
    assert excerpt("灯台の灯りが消えた夜、港には誰もいなかった", 12) == "灯台の灯りが消えた夜…"


@given(st.text(max_size=200), st.integers(0, 120))
def test_an_excerpt_keeps_to_its_limit(text: str, limit: int) -> None:
    assert len(excerpt(text, limit).encode("utf-16-le")) // 2 <= limit


def test_a_place_is_carried_by_the_words_around_it() -> None:
    old = "\n\n".join(f"Paragraph {n} tells of the {n}th night at the quay." for n in range(300))
    new = old.replace("Paragraph 7 ", "A whole new beginning was put before this. Paragraph 7 ").replace(
        "Paragraph 250 tells of the 250th night at the quay.\n\n", ""
    )
    for number in (3, 8, 120, 249, 251, 299):
        sentence = f"Paragraph {number} tells"
        assert map_position(old, new, old.index(sentence)) == new.index(sentence)
    gone = map_position(old, new, old.index("Paragraph 250 tells"))
    assert abs(gone - new.index("Paragraph 251 tells")) < 60
    wrapped = old.replace(" tells of", "\ntells of")
    assert wrapped[map_position(old, wrapped, old.index("151th")) :].startswith("151th")
