"""Where a chapter's title comes from: front matter, a heading at the top, or the name of its file."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.releases.revisions import Announcement, RevisionKind, detect_change
from tests.content.samples import picture, read, story

DEEP = [
    "It began quietly.\n\n### Later\n\nIt went on.",
    "By Ada Quill\n\n# The Lamp\n\nText",
    "> A motto\n\n## One\n\nText",
    "`x`\n# One\nText",
    "雨だった。\n\n# 後で\n\n続く。",
    "***\n\nText\n\n***\n\n# Two\n\nText",
    "```\n# not one\n```\n# Nor this\nText",
    "    # code\n\n# Below\n\nText",
]

TOP = {
    "# The Lamp\n\nText": "Text",
    "\n\n  ## The Lamp ##\nText": "Text",
    "<!-- second draft -->\n# The Lamp\n\nText": "Text",
    "<!-- one\n\ntwo --> \n\n<!-- three -->\n### The Lamp\nText": "Text",
    "***\n\n# The Lamp\n\nText": "***\n\nText",
    "![x](images/x.png)\n\n# The Lamp\n\nText": "![x](images/x.png)\n\nText",
    "---\n\n# The Lamp\n\nText\n\n---\n\nMore": "---\n\nText\n\n---\n\nMore",
    "---\ntitle: the lamp\n---\n<!-- x -->\n# The Lamp\nText": "Text",
}


@pytest.mark.parametrize("text", DEEP)
def test_a_heading_deep_in_the_text_is_no_title(tmp_path: Path, text: str) -> None:
    [chapter] = read(story(tmp_path, {"chapters/001-the-start.md": text})).serials()["lamp"].chapters
    assert (chapter.title, chapter.text) == ("The Start", text)


@pytest.mark.parametrize("text", TOP)
def test_a_heading_at_the_top_is_the_title_and_not_shown_twice(tmp_path: Path, text: str) -> None:
    root = story(tmp_path, {"chapters/001-the-start.md": text, "images/x.png": picture()})
    [chapter] = read(root).serials()["lamp"].chapters
    assert (chapter.title.casefold(), chapter.text) == ("the lamp", TOP[text])


def test_front_matter_comes_before_any_heading(tmp_path: Path) -> None:
    text = "---\ntitle: Arrival\n---\n# One\n\nText"
    [chapter] = read(story(tmp_path, {"chapters/1-a.md": text})).serials()["lamp"].chapters
    assert (chapter.title, chapter.text) == ("Arrival", "# One\n\nText")


@pytest.mark.parametrize("text", DEEP)
def test_a_title_that_is_another_now_is_a_change_and_no_other_chapter(tmp_path: Path, text: str) -> None:
    """As it was released by an earlier version, titled by the heading that stands deep in it."""
    [chapter] = read(story(tmp_path, {"chapters/001-the-start.md": text})).serials()["lamp"].chapters
    assert (chapter.key, chapter.former) == ("the-start", ())
    change = detect_change(chapter, digest="that of the former title", said=Announcement(), withdrawn=False)
    assert change is RevisionKind.REVISE


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("The **Bank**", "The Bank"),
        ("Das [Tor](tor.md) {#tor .unnumbered}", "Das Tor"),
        ("{漢字|かんじ}の話", "漢字（かんじ）の話"),
        ("<i>Река</i> &amp; мост", "Река & мост"),
        ("El río%%nombre?%%", "El río"),
        ("[[Φάρος|Ο φάρος]]", "Ο φάρος"),
        ("M*A*S*H, snake_case & 2 < 3 {x} #1", "M*A*S*H, snake_case & 2 < 3 {x} #1"),
        ("[REDACTED] $5 ~ C:\\x", "[REDACTED] $5 ~ C:\\x"),
    ],
)
def test_markup_in_a_title_of_the_front_matter_is_not_shown(tmp_path: Path, written: str, title: str) -> None:
    text = f"---\ntitle: '{written}'\n---\nText\n"
    [chapter] = read(story(tmp_path, {"chapters/001.md": text})).serials()["lamp"].chapters
    assert chapter.title == title
