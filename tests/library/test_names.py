"""Names: their natural order, which files count, and titles made of them."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.story import chapter_key
from bot.library.names import is_ignored, is_slug, natural, spoken

names = st.text(alphabet=st.one_of(st.sampled_from("0123456789٣४-_. aBßÉé"), st.characters()), max_size=20)


def test_numbers_count_as_numbers_in_any_script() -> None:
    ordered = ["1", "2-b", "010-a", "10-a", "٣٠ x", "100"]
    shuffled = random.Random(1).sample(ordered, len(ordered))
    assert sorted(shuffled, key=natural) == ["1", "2-b", "010-a", "10-a", "٣٠ x", "100"]


def test_case_and_composition_do_not_matter_to_the_order() -> None:
    assert sorted(["b", "A", "C", "e\u0301", "é2"], key=natural) == ["A", "b", "C", "e\u0301", "é2"]


@given(names, names, names)
def test_the_order_is_total(a: str, b: str, c: str) -> None:
    x, y, z = natural(a), natural(b), natural(c)
    assert (x < y) + (y < x) + (x == y) == 1
    assert (x == y) == (a == b)
    if x <= y <= z:
        assert x <= z


@given(names, st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_smaller_number_comes_first(rest: str, one: int, other: int) -> None:
    if one < other:
        assert natural(f"a{one}-{rest}") < natural(f"a{other}-{rest}")


@given(
    st.text(st.characters(categories=("L",)), min_size=1, max_size=12),
    st.integers(0, 9999),
    st.integers(0, 9999),
)
def test_an_identity_survives_renumbering_and_recasing(name: str, one: int, other: int) -> None:
    assert chapter_key(f"{one:03}-{name}") == chapter_key(f"{other}_{name}") == chapter_key(name)
    assert chapter_key(chapter_key(name)) == chapter_key(name)


@pytest.mark.parametrize("name", [".a.md", "a.md~", ".a.md.swp", "#a.md#", ".#a.md", "~a.md"])
def test_what_editors_leave_behind_is_ignored(name: str) -> None:
    assert is_ignored(name)
    assert not is_ignored("001-a.md")


@pytest.mark.parametrize(
    ("stem", "title"),
    [
        ("003-the-lamp", "The lamp"),
        ("003", "3"),
        ("12_Dark__House", "Dark House"),
        ("7. École", "École"),
        ("--", "--"),
    ],
)
def test_a_title_made_of_a_file_name(stem: str, title: str) -> None:
    assert spoken(stem) == title


@given(names.filter(bool))
def test_every_name_makes_some_title(name: str) -> None:
    assert spoken(name)


@pytest.mark.parametrize(
    ("name", "good"), [("the-lamp_2", True), ("été", True), ("-a", False), ("a b", False), ("a.b", False)]
)
def test_slugs(name: str, good: bool) -> None:
    assert is_slug(name) is good
    assert not is_slug("a" * 65)
