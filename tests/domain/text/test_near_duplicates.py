"""When one text is another's copy, or a part of it, and when it is not."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.text.near_duplicates import DuplicateKind, SketchIndex, compare_texts, fingerprint_text

VOCABULARY = [
    f"{first}{last}" for first in "blmnprstvz" for last in ("ado", "eri", "ino", "ole", "uma", "esk", "orn")
]


def prose(seed: int, words: int) -> list[str]:
    chosen = random.Random(seed)
    return [chosen.choice(VOCABULARY) for _ in range(words)]


def near(new: str, old: str) -> DuplicateKind | None:
    return compare_texts(fingerprint_text(new), fingerprint_text(old))


def sketched(new: str, old: str) -> bool:
    index = SketchIndex[int]()
    for key in range(1, 40):
        index.add(key, fingerprint_text(" ".join(prose(10_000 + key, 400))).sketch)
    index.add(0, fingerprint_text(old).sketch)
    return 0 in index.candidates(fingerprint_text(new).sketch)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 999), st.integers(120, 1500), st.data())
def test_small_corrections_leave_it_the_same(seed: int, words: int, data: st.DataObject) -> None:
    old = prose(seed, words)
    new = list(old)
    for place in data.draw(st.lists(st.integers(0, words - 1), max_size=words // 60)):
        new[place] = data.draw(st.sampled_from(["corrected", "", "two words"]))
    assert near(" ".join(new), " ".join(old)) is DuplicateKind.SAME
    assert sketched(" ".join(new), " ".join(old))


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 999), st.integers(0, 999), st.integers(0, 1500), st.integers(0, 1500))
def test_other_texts_are_not_near(one: int, other: int, words: int, more: int) -> None:
    assert near(" ".join(prose(one, words)), " ".join(prose(other + 1000, more))) is None


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 999), st.integers(300, 1500), st.integers(1, 9))
def test_a_half_is_a_part_and_a_quotation_is_none(seed: int, words: int, tenth: int) -> None:
    whole, own = prose(seed, words), prose(seed + 5000, words)
    assert near(" ".join(whole[words // 2 :]), " ".join(whole)) is DuplicateKind.PART
    assert sketched(" ".join(whole[words // 2 :]), " ".join(whole))
    quoting = [*own, *whole[: words * min(tenth, 4) // 10]]
    assert near(" ".join(quoting), " ".join(whole)) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_very_short_texts_are_nobody_s_copy(one: str, other: str) -> None:
    if " ".join(one.split()) != " ".join(other.split()):
        assert near(f"Soon {one}"[:30], f"Soon {other}"[:30]) in (None, DuplicateKind.SAME)
    assert near("To be continued.", "To be continued.") is None
    assert near("", "") is None


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Day five. The sun rose and I walked on.", "Day six. The sun rose and I walked on.", None),
        (
            "“Day five” – the sun rose, and I walked ON!",
            "Day five the sun rose and I walked on",
            DuplicateKind.SAME,
        ),
        (
            "夜は長く、灯台の光だけが海を照らしていた。" * 9,
            "夜は長く、灯台の光だけが海を照らしていた。" * 9,
            DuplicateKind.SAME,
        ),
        ("ทะเลเงียบมากในคืนนั้น " * 20, "ทะเลเงียบมากในคืนนั้น" * 20, DuplicateKind.SAME),
    ],
)
def test_examples(one: str, other: str, kind: DuplicateKind | None) -> None:
    assert near(one, other) is kind


def test_texts_of_one_pattern_are_told_apart_by_their_numbers() -> None:
    pattern = "Day {0}. The lamp stood in the window, and whoever passed looked up at it. " * 9
    assert near(pattern.format(5), pattern.format(6)) is None
    once = "Day {0}. " + " ".join(prose(3, 300))
    assert near(once.format(5), once.format(6)) is None
    assert near(once.format(5), once.format(5) + "corrected") is DuplicateKind.SAME


def test_a_longer_version_is_nearly_it() -> None:
    old, more = prose(1, 600), prose(2, 400)
    assert near(" ".join([*old, *more]), " ".join(old)) is DuplicateKind.WHOLE


def test_one_new_text_among_a_thousand_is_quick() -> None:
    index = SketchIndex[int]()
    texts = [" ".join(prose(seed, 300)) for seed in range(1000)]
    for key, text in enumerate(texts):
        index.add(key, fingerprint_text(text).sketch)
    began = time.perf_counter()
    assert index.candidates(fingerprint_text(texts[500] + " and one more").sketch)[0] == 500
    assert time.perf_counter() - began < 0.5
