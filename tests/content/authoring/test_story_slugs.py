"""Names of new stories: each may name a story, whatever the title."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.content.authoring.story_slugs import free_slug, slug_from_title
from bot.content.files.file_names import is_slug


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("The Lamplighters", "the-lamplighters"),
        ("Ada’s  _Lamp_!", "adas-lamp"),
        ("नदी", "नद"),
        ("1984", "story-1984"),
        ("CON", "story-con"),
        ("…", "story"),
    ],
)
def test_slugs_of_titles(title: str, slug: str) -> None:
    assert slug_from_title(title) == slug


@given(st.text())
@example("7" * 80)
@example("İ" * 80)
@example("ไม่")
def test_every_title_gives_a_slug(title: str) -> None:
    assert is_slug(slug_from_title(title))


def test_a_slug_is_free_whatever_the_case(tmp_path: Path) -> None:
    assert free_slug(tmp_path / "missing", "Tale") == "tale"
    (tmp_path / "Tale").mkdir()
    (tmp_path / "tale-2").mkdir()
    assert free_slug(tmp_path, "Tale") == "tale-3"
