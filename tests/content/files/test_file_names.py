"""Names: their natural order, which files count, and titles made of them."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.files.chapter_tree import chapter_files
from bot.content.files.file_names import counted_parts, is_ignored, is_slug, natural_key, title_from_name
from bot.domain.stories.story import chapter_key, former_keys
from tests.content.samples import put

names = st.text(alphabet=st.one_of(st.sampled_from("0123456789٣४-_. aBßÉé"), st.characters()), max_size=20)


def test_numbers_count_as_numbers_in_any_script() -> None:
    ordered = ["1", "2-b", "010-a", "10-a", "٣٠ x", "100"]
    shuffled = random.Random(1).sample(ordered, len(ordered))
    assert sorted(shuffled, key=natural_key) == ["1", "2-b", "010-a", "10-a", "٣٠ x", "100"]


def test_case_and_composition_do_not_matter_to_the_order() -> None:
    assert sorted(["b", "A", "C", "e\u0301", "é2"], key=natural_key) == ["A", "b", "C", "e\u0301", "é2"]


@given(names, names, names)
def test_the_order_is_total(a: str, b: str, c: str) -> None:
    x, y, z = natural_key(a), natural_key(b), natural_key(c)
    assert (x < y) + (y < x) + (x == y) == 1
    assert (x == y) == (a == b)
    if x <= y <= z:
        assert x <= z


@given(names, st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_smaller_number_comes_first(rest: str, one: int, other: int) -> None:
    if one < other:
        assert natural_key(f"a{one}-{rest}") < natural_key(f"a{other}-{rest}")


@given(
    st.text(st.characters(categories=("L",)), min_size=1, max_size=12),
    st.integers(0, 9999),
    st.integers(0, 9999),
)
def test_an_identity_survives_renumbering_and_recasing(name: str, one: int, other: int) -> None:
    assert chapter_key(f"{one:03}-{name}") == chapter_key(f"{other}_{name}") == chapter_key(name)
    assert chapter_key(chapter_key(name)) == chapter_key(name)


@pytest.mark.parametrize(
    "ordered",
    [
        ["Chapter 1", "Chapter 2", "Chapter 2.5", "Chapter 3", "Chapter 10"],
        ["2", "2.25", "2.5", "2.75", "3"],
        ["1.1-a", "1.2-a", "1.9-a", "1.10-a", "1.11-a", "2.1-a", "2.25-a", "2.3-a"],
        ["v1.2.9", "v1.2.10", "v1.10.1"],
        ["2026-01-05-first", "2026-01-05-second", "2026-02-01-third"],
        ["2.The lamp", "2.5.The half", "3. The end"],
    ],
)
def test_decimals_lie_between_and_parts_are_counted_on(tmp_path: Path, ordered: list[str]) -> None:
    put(tmp_path, {f"{name}.md": "x" for name in ordered})
    assert [path.stem for path in chapter_files(tmp_path)] == ordered


@given(names, names, names)
def test_the_order_is_total_where_parts_are_counted_too(a: str, b: str, c: str) -> None:
    counting = counted_parts([a, b, c, "1.10", "a 2.20"])
    x, y, z = natural_key(a, counting), natural_key(b, counting), natural_key(c, counting)
    assert (x < y) + (y < x) + (x == y) == 1
    if x <= y <= z:
        assert x <= z


@given(st.integers(0, 999), st.integers(1, 9))
def test_a_half_chapter_lies_behind_its_whole_one_under_its_own_identity(whole: int, tenth: int) -> None:
    for before in ("", "Chapter "):
        rising = [f"{before}{whole}", f"{before}{whole}.{tenth}", f"{before}{whole + 1}"]
        assert sorted(rising, key=natural_key) == rising
        assert len({chapter_key(name) for name in [*rising, f"{before}{tenth}"]}) >= 3
        assert chapter_key(rising[1]) == rising[1].casefold()


@pytest.mark.parametrize(
    ("stem", "key", "former"),
    [
        ("2.5", "2.5", ("5",)),
        ("5", "5", ()),
        ("1.1-gate", "gate", ("1-gate",)),
        ("1.12 Gate", "gate", ("12 gate",)),
        ("2026-01-05-first", "first", ("01-05-first",)),
        ("2026-01-05", "2026-01-05", ("01-05",)),
        ("003-the-lamp", "the-lamp", ()),
        ("7. École", "école", ()),
        ("003-7-samurai", "7-samurai", ()),
        ("Chapter 2.5", "chapter 2.5", ()),
        ("2.", "2.", ()),
    ],
)
def test_identities_keep_decimals_and_remember_what_they_were(
    stem: str, key: str, former: tuple[str, ...]
) -> None:
    assert (chapter_key(stem), former_keys(stem)) == (key, former)
    assert (chapter_key(stem, "own"), former_keys(stem, "own")) == ("own", ())


@pytest.mark.parametrize("name", [".a.md", "a.md~", ".a.md.swp", "#a.md#", ".#a.md", "~a.md"])
def test_what_editors_leave_behind_is_ignored(name: str) -> None:
    assert is_ignored(name)
    assert not is_ignored("001-a.md")


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("003-the-lamp", "The Lamp"),
        ("4-the-lamp-of-the-row", "The Lamp of the Row"),
        ("5_what_they_came_for", "What They Came For"),
        ("chapter-iv", "Chapter IV"),
        ("the lamp of ada", "The lamp of ada"),
        ("die-Lampe", "Die Lampe"),
        ("größe-der-welt", "Größe der welt"),
        ("003", "3"),
        ("12_Dark__House", "Dark House"),
        ("7. École", "École"),
        ("--", "--"),
        ("1.1-gate", "Gate"),
        ("2026-01-05-first", "First"),
        ("2026-01-05", "2026-01-05"),
        ("002.5", "2.5"),
        ("Chapter 2.5", "Chapter 2.5"),
    ],
)
def test_a_title_made_of_a_file_name(stem: str, title: str) -> None:
    assert title_from_name(stem) == title


@given(names.filter(bool))
def test_every_name_makes_some_title(name: str) -> None:
    assert title_from_name(name)


@pytest.mark.parametrize(
    ("name", "good"), [("the-lamp_2", True), ("été", True), ("-a", False), ("a b", False), ("a.b", False)]
)
def test_slugs(name: str, good: bool) -> None:
    assert is_slug(name) is good
    assert not is_slug("a" * 65)
