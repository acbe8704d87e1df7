"""No text takes more than linear time to read: what anybody writes is read by everybody's bot.

Texts of one to three repeated pieces between others are what makes an expression try every way to part them. A time
that looks like more than linear is measured again before it is believed, for machines are busy.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from time import process_time

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from bot.chat.i18n.message_translation import render_reason
from bot.chat.text.user_text import clip, literal_block, literal_line, literal_pages
from bot.content.chapters import chapter_file
from bot.content.chapters.chapter_title import take_title
from bot.content.chapters.front_matter import split
from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.files.natural_order import chapter_count
from bot.content.pictures.picture_files import find_pictures
from bot.domain.manuscript.conversion import read_manuscript
from bot.domain.manuscript.lines.line_breaks import LineMode, arrange_lines
from bot.domain.message_json import decode
from bot.domain.pages import PositionMap, count_words, escape, excerpt, paginate
from bot.domain.schedule.schedule import parse_schedule
from bot.domain.schedule.time_zones import parse_zone
from bot.domain.schedule.vocabulary import ScheduleError, parse_duration
from bot.domain.suggestions.moderation import contains_link
from bot.domain.suggestions.similarity import fingerprint, fold
from bot.domain.text.terminal_escaping import find_stray_control, printable
from bot.schemas.validation import read_schema
from bot.schemas.yaml_source import YamlSource

LONG = 10_000
QUICK = 0.25
"""Seconds of computing within which nothing is suspected; what is quadratic takes seconds at that length."""

PIECES = [
    *" \t\n\r#*_[]()<>`~\\!|-+.,:;\"'@&{}=0aA",
    *("é", "字", "ア", "‽", "\u2003", "\u2028", "\u202e", "\u2069", "\u0301", "\u200b", "🇩", "👨\u200d"),
    *(
        "# ",
        "> ",
        "- ",
        "1. ",
        "***\n",
        "```",
        "~~~",
        "```\n",
        "\n\n",
        "<!--",
        "-->",
        "![",
        "](",
        "![x](",
        "[x](",
    ),
    *(
        "http://",
        "(https://a.b/",
        "*a",
        "_b ",
        "c* ",
        "||",
        "__",
        '" ',
        "’s ",
        "pov",
        "discord",
        "... ",
        "a. A",
        "$&",
    ),
    *(
        "<i>",
        "</i>",
        "<b>",
        "<p>",
        "</p>",
        "<br>",
        "<pre>",
        "<table>",
        "<td>",
        "<ruby>",
        "<rt>",
        "<script>",
        "</script>",
    ),
    *(
        "<span style='font-weight:bold'>",
        "<blockquote>",
        "<li>",
        "<img src=a>",
        "<a href='http://a'>",
        "&amp;",
        "&#1;",
    ),
    *(
        "%%",
        "{>>",
        "<<}",
        "{++",
        "{--",
        "{~~",
        "==",
        "[[",
        "]]",
        "![[",
        "[^a]",
        "\n[^a]: ",
        "^[",
        "{.a}",
        ":::",
        "《",
        "》",
    ),
    *(
        "[a](",
        "[a](b) ",
        "[a][",
        "\n[a]: b",
        "![a](b) ",
        "*![a](b) ",
        '[x]("a ',
        "https://x/\\-a",
        "[Next](b)\n",
    ),
    *("｜", "字《", "[//]: # (", "|-|", "- [ ] ", "\n: ", "~~~\n", "⁂", "-x-", "[TODO "),
]
pieces = st.sampled_from(PIECES)


def text_of(before: str, repeated: tuple[str, ...], after: str, length: int = LONG) -> str:
    """`before`, each of `repeated` many times in a row or all of them in turn, `after`."""
    if repeated[0] == "turn":
        whole = "".join(repeated[1:])
        return before + whole * (length // len(whole)) + after
    share = length // len(repeated)
    return before + "".join(piece * (share // len(piece)) for piece in repeated) + after


TEXTS = st.tuples(
    st.sampled_from(["", "a", "# a", "x\n# ", "![a](", "[a](http://", "http://a", "```", "<", "* ", "“"]),
    st.one_of(
        st.lists(pieces, min_size=1, max_size=3).map(tuple),
        st.lists(pieces, min_size=2, max_size=3).map(lambda row: ("turn", *row)),
    ),
    st.sampled_from(["", "a", "b\n\nc", "`", ")", "\u2003x", '"', "*", "."]),
)


def _read_chapter(text: str) -> None:
    body = split(text).body
    split(f"---\n{text}")
    split(f"\n---\n{text}\n---\n")
    split(f"---\ntags:\n{text}\n---\n")
    chapter_count(text)
    chapter_count(f"chapter {text}")
    take_title(None, f"***\n{body}", "x")
    take_title(None, body, "x")
    chapter_file._is_empty(body)
    shown = find_pictures(f"{body}\n\n![a](b)", None, None)
    chapter_file.picture_places(text, shown.paths)


def _read_manuscript(text: str) -> None:
    read_manuscript(text, picture_named=lambda name: name)
    for wish in LineMode:
        arrange_lines(text, wish)


def _page(text: str) -> None:
    paginate(text)
    count_words(text)
    excerpt(text, 300)


def _show(text: str) -> None:
    escape(text)
    literal_line(text, 300)
    literal_block(text, len(text) // 2)
    literal_pages(text, 2000)
    clip(text, 2000)
    printable(text)
    find_stray_control(text)
    render_reason(decode(text))


def _listen(text: str) -> None:
    fingerprint(fold(text))
    contains_link(text)
    for parse in (parse_schedule, parse_duration, parse_zone):
        with suppress(ScheduleError):
            parse(text)


def parse_nothing(text: str) -> None:
    with pytest.raises(ScheduleError):
        parse_duration(text)


def _fill(text: str) -> None:
    read_schema(FrontMatterSchema, YamlSource("f", text))
    read_schema(FrontMatterSchema, YamlSource("f", f'title: "{text}"'))


def _carry(text: str) -> None:
    PositionMap(text, text[1:] + "x").word(len(text) // 2)
    PositionMap(text, f"x{text[::-1]}").word(len(text) // 2)


def took(work: Callable[[str], None], text: str) -> float:
    started = process_time()
    work(text)
    return process_time() - started


def assert_linear(work: Callable[[str], None], make: Callable[[int], str], length: int = LONG) -> None:
    for _ in range(5):
        long = took(work, make(length))
        if long < QUICK or long < 9 * max(took(work, make(length // 4)), 0.01):
            return
    pytest.fail(f"{make(8)!r}… takes {long:.1f} s at {length} characters")


@pytest.mark.parametrize("work", [_read_chapter, _read_manuscript, _page, _show, _listen, _fill, _carry])
def test_any_text_is_read_in_linear_time(work: Callable[[str], None]) -> None:
    # Found texts are listed below; shrinking one that takes long would take for ever.
    @settings(
        max_examples=30,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(TEXTS)
    @example(("# a", (" ",), "b"))
    def read(parts: tuple[str, tuple[str, ...], str]) -> None:
        assert_linear(work, lambda length: text_of(*parts, length=length))

    read()


FOUND = {
    "spaces in a heading": lambda n: f"# a{' ' * n}b",
    "tabs in a heading": lambda n: f"# a{chr(9) * n}b",
    "spaces behind a fence": lambda n: f"```{' ' * n}`",
    "a fence of tildes": lambda n: f"{'~' * n}`",
    "fences of every length": lambda n: (
        "".join("`" * i + "\n" for i in range(3, int((2 * n) ** 0.5))) + "<!--"
    ),
    "rows of backticks of every length": lambda n: (
        "".join("`" * i + " a " for i in range(1, int(n**0.5))) * 2
    ),
    "spaces in a picture": lambda n: f"![](a{' ' * n}",
    "pictures in one paragraph": lambda n: "![x](a)\n" * (n // 8),
    "stops behind an address": lambda n: f"http://a{'.' * n}b",
    "brackets behind an address": lambda n: f"http://a{')' * n}",
    "questions and exclamations": lambda n: "‽" * n,
    "spaces before a wider one": lambda n: f"a{' ' * n}\u2003b " * 2,
    "marks in marks": lambda n: "_a " * (n // 6) + "a_ " * (n // 6),
    "rows of marks": lambda n: "*" * (n // 2) + "a" + "*" * (n // 2),
    "marks around addresses": lambda n: "*a http://x/_ " * (n // 28) + "a* " * (n // 28),
    "marks that end addresses": lambda n: "||http://" * (n // 2),
    "points of view": lambda n: f"# '{' ' * 40}pov{' ' * 10}x\n\n" * (n // 60),
    "blank lines": lambda n: "\n" * n + "x",
    "comments before a title": lambda n: "<!-- -->\n" * (n // 9),
    "comments that never end": lambda n: "***\n<!--" * (n // 8),
    "breaks before a title": lambda n: "***\n" * (n // 4),
    "keys": lambda n: "---\n" + "Note: x\n" * (n // 8) + "---\n",
    "numerals": lambda n: "第" + "一" * n,
    "lengths of time": lambda n: "0" * n,
    "lines of one sign": lambda n: "《\n}" * (n // 3),
    "fences in a row": lambda n: "```\n{" * (n // 5),
    "elements that never end": lambda n: "<i>" * (n // 3),
    "lists in lists": lambda n: "《<ul>" * (n // 5),
}


@pytest.mark.parametrize("name", FOUND)
def test_what_took_longer_once(name: str) -> None:
    for work in (_read_chapter, _page, escape, parse_nothing):
        assert_linear(work, FOUND[name], 20_000)


def test_aliases_of_aliases_are_a_fault_before_they_are_filled_in() -> None:
    rows = [
        f"{name}: &{name} [{', '.join(['*' + before] * 9)}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    yaml = "\n".join(["a: &a [x, x]", *rows, "publish_at: *i"])
    value, [fault] = YamlSource("f", yaml).read()
    assert value is None
    assert "repeats itself" in fault.problem
    assert YamlSource("f", "a: &a [x]\nb: [*a, *a]\n").read() == ({"a": ["x"], "b": [["x"], ["x"]]}, [])


def test_of_very_many_faults_the_first_hundred_are_told() -> None:
    _, faults = read_schema(FrontMatterSchema, YamlSource("f", "".join(f"key{n}: x\n" for n in range(5000))))
    assert len(faults) == 101
    assert "4900 more" in faults[-1].problem
