"""Lines such as `**Status:** draft` below a chapter's heading: read where only an author writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.content.chapters.front_matter import split
from bot.domain.stories.story import Chapter
from tests.content.samples import read, story

TEXT = "The harbour lay still."


def chapter_of(tmp_path: Path, text: str) -> tuple[Chapter, list[str]]:
    library = read(story(tmp_path, {"chapters/1-one.md": text}))
    return library.serials()["lamp"].chapters[0], [str(fault) for fault in library.list_faults()]


@pytest.mark.parametrize(
    ("heading", "lines"),
    [
        ("# Rain", "**Status:** revised\n**Word Count:** 1200"),
        ("# Der Regen", "**Status**: First draft 2"),
        ("## Дождь", "Status: final\nTags: море, дом"),
        ("# 雨", "- **Word Count:** 1200\n- **Tags:** 海"),
        ("# المطر", "status:: done\ntags:: بحر"),
        ("# बारिश", "__Tags:__ समुद्र"),
        ("# Η βροχή", "**Last updated:** 2026-01-02\\\n**Author:** Ada Quill"),
    ],
)
def test_what_only_an_author_writes_is_not_shown(tmp_path: Path, heading: str, lines: str) -> None:
    draft = "draft: false\n"
    chapter, warnings = chapter_of(tmp_path, f"---\n{draft}---\n{heading}\n\n{lines}\n\n{TEXT}")
    assert (chapter.title, chapter.text) == (heading.lstrip("# "), TEXT)
    assert len(warnings) == 1
    assert "passed over" in warnings[0]


def test_keys_of_ours_are_read_there_and_a_draft_is_kept_back(tmp_path: Path) -> None:
    chapter, _ = chapter_of(tmp_path, f"# Rain\n**POV:** Mira\n**Status:** draft\n\n{TEXT}")
    assert (chapter.pov, chapter.draft, chapter.text) == ("Mira", True, TEXT)


@pytest.mark.parametrize(
    "lines",
    [
        "**Date:** 3 March 1890\n**Location:** London",
        "**Status:** Poisoned",
        "**Name:** Mira\n**Class:** Mage\n**Tags:** 3",
        "**Status:** draft\nShe read it twice.",
        "Mira: Come here.\nAda: No.",
        "Note: the tide turns at nine.",
        "Draft:",
    ],
)
def test_what_a_story_may_show_stays(tmp_path: Path, lines: str) -> None:
    chapter, warnings = chapter_of(tmp_path, f"# Rain\n\n{lines}\n\n{TEXT}")
    assert chapter.text.startswith(lines.split("\n", 1)[0][:5])
    assert (chapter.draft, warnings) == (False, [])


def test_what_stands_below_keeps_its_line() -> None:
    text = f"---\nid: a\n---\n# Rain\n\n**Tags:** sea\n**POV:** Mira\n\n{TEXT}\n"
    parts = split(text)
    lines = ["", *text.split("\n")]
    body = parts.body.split("\n")
    assert [lines[parts.body_line + at] for at, line in enumerate(body) if line] == [
        line for line in body if line
    ]
    assert [block.line for block in parts.blocks] == [2, 6]
