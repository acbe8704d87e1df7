"""Whole manuscripts of many kinds and languages are shown as their authors meant, and `check` names the rest."""

from __future__ import annotations

import pytest

from tests.manuscripts.expected_pages import CONTENT, EXPECTED, FAULTS, faults, read_content, shown

STORIES = sorted(folder.name for folder in CONTENT.iterdir())


@pytest.mark.parametrize("slug", STORIES)
def test_a_story_is_shown_as_meant(slug: str) -> None:
    serials = read_content().serials()
    expected = EXPECTED / f"{slug}.txt"
    assert (shown(serials[slug]) if slug in serials else "") == (
        expected.read_text(encoding="utf-8") if expected.exists() else ""
    )


def test_check_names_all_that_could_not_be_carried_over() -> None:
    assert faults(read_content()) == FAULTS.read_text(encoding="utf-8")


def test_no_mark_of_another_tool_is_shown() -> None:
    for serial in read_content().serials().values():
        text = shown(serial)
        for mark in (
            "<",
            "%%",
            "{%",
            "{{",
            "[[",
            "]{",
            ":::",
            "&nbsp;",
            "《",
            "［＃",
            "==",
            "^[",
            "[^",
            "~~~",
            "](../",
        ):
            seen = text.replace("](https://", "").replace("== ", "")
            assert mark not in seen, (serial.story.slug, mark)
