"""A `---` on a chapter's first line: front matter or a scene break, by what stands behind it."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.chapters.front_matter import split
from tests.content.samples import read, story, told

TEXTS = {
    "prose between two breaks": "---\n\nIt was night when the ferry left.\n\n---\n\nMorning came.",
    "no blank line": "---\nThe bell rang twice.\n---\nNobody came.",
    "a colon in a sentence": "---\n\nShe had one rule: never look down.\n\n---\n\nShe looked down.",
    "dialogue with dashes": "---\n- Are you there?\n- No.\n---\nHe was.",
    "German": "---\n\nDer Regen hörte auf.\n\n---\n\nDann kam der Wind.",
    "Japanese": "---\n\n夜が明けた。\n\n---\n\n海は静かだった。",
    "Arabic": "---\n\nانتهى المطر.\n\n---\n\nثم جاء الريح.",
    "no second one": "---\nIt began with a knock.\n\nThen another.",
    "no second one, blank": "---\n\nIt began with a knock.",
    "a letter": "---\n\nDate: 3 May\\\nTo: Mara\n\nCome at once. Bring the lamp.\n\n---\n\nShe did.",
    "a heading": "---\n\n# The Ferry\n\n---\n\nIt left.",
    "an ellipsis": "---\n\nHe waited.\n\n...\n\nHe waited still.",
    "a quotation": '---\n"Go," she said: "now."\n---\nHe went.',
    "a clock": "---\n18:30 and no train.\n---\n19:00.",
}

MATTERS = {
    "keys": "---\ntitle: The Lamp\n---\nText",
    "a blank line first": "---\n\ntitle: The Lamp\n\n---\nText",
    "comments and lists": "---\n# mine\ntags:\n- a\n- b\ntitle: The Lamp\n---\nText",
    "text over several lines": "---\ntitle: The Lamp\nnote_after: |\n  One.\n\n  Two.\n---\nText",
    "quoted keys": '---\n"title": The Lamp\n---\nText',
    "braces": '---\n{title: "The Lamp"}\n---\nText',
    "behind blank lines": "\n\n---\ntitle: The Lamp\n---\nText",
    "behind a comment": "<!-- second\n draft -->\n---\ntitle: The Lamp\n---\nText",
    "behind a blank": " ---\ntitle: The Lamp\n---\nText",
    "longer rows": "----\ntitle: The Lamp\n----\nText",
    "named as YAML": "---yaml\ntitle: The Lamp\n---\nText",
    "two byte order marks": "\ufeff\ufeff---\ntitle: The Lamp\n---\nText",
}

FAULTS = {
    "---\ntitle: The Lamp\n\nIt was dark.": (1, "never ends", "write ***"),
    "---\ntitle: The Lamp\nIt was dark.\n---\nText": (4, "not valid YAML", ""),
    "---\ntitle:The Lamp\n---\nText": (2, "group of keys", ""),
    "---\nNote: she left.\n---\nText": (2, "“Note” is an unknown key", "write ***"),
    "---\nMara: Where are you?\n---\nText": (2, "“Mara” is an unknown key", "write ***"),
    "---\nErzählerin: Es war still.\n---\nText": (2, "“Erzählerin” is an unknown key", "write ***"),
    "\n<!-- x -->\n\n---\ntitle: A\ndraft: perhaps\n---\nText": (6, "must be true or false", ""),
    "---\n\ntitle: The Lamp\nIt was dark.\n\n---\nText": (6, "not valid YAML", ""),
}


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_keeps_its_scene_break(tmp_path: Path, name: str) -> None:
    root = story(tmp_path, {"chapters/1-one.md": TEXTS[name]})
    assert told(root) == []
    [chapter] = read(root).serials()["lamp"].chapters
    assert chapter.text.startswith("---\n")
    # The dashes of dialogue are escaped, and each utterance is a paragraph of its own.
    kept = chapter.text.replace("\\-", "-").replace("\n\n", "\n")
    assert kept == TEXTS[name].replace("# The Ferry\n\n", "").replace("\n\n", "\n")


@pytest.mark.parametrize("name", MATTERS)
def test_front_matter_is_read(tmp_path: Path, name: str) -> None:
    root = story(tmp_path, {"chapters/1-one.md": MATTERS[name]})
    assert [fault for fault in read(root).list_faults() if not fault.warning] == []
    [chapter] = read(root).serials()["lamp"].chapters
    assert (chapter.title, chapter.text) == ("The Lamp", "Text")


@pytest.mark.parametrize("text", FAULTS)
def test_faults_of_what_looks_like_keys(tmp_path: Path, text: str) -> None:
    line, problem, mend = FAULTS[text]
    [(_, at, said, how)] = told(story(tmp_path, {"chapters/1-one.md": text}))
    assert (at, problem in said, mend in how) == (line, True, True), (at, said, how)


def test_a_fault_of_our_own_keys_says_nothing_of_scene_breaks(tmp_path: Path) -> None:
    [(*_, how)] = told(story(tmp_path, {"chapters/1-one.md": "---\ntitle: A\nmood: dark\n---\nText"}))
    assert "***" not in how


lines = st.sampled_from(
    [
        "---",
        "",
        " ",
        "...",
        "title: A",
        "Note: b",
        "- c",
        "<!-- d -->",
        "Prose.",
        "# e",
        "tags:",
        "{f: g}",
        "----",
    ]
)


@given(st.lists(lines, max_size=8).map("\n".join))
def test_of_any_text_each_line_is_matter_or_body_or_dropped_before_both(text: str) -> None:
    parts = split(text)
    whole = text.split("\n")
    assert whole[parts.body_line - 1 :] == parts.body.split("\n") or not parts.body
    if parts.matter is None:
        assert (parts.body, parts.body_line) == (text, 1)
    else:
        assert parts.blocks[0].text == parts.matter
        read = set(range(1, parts.body_line))
        for block in parts.blocks:
            matter = block.text.split("\n")[:-1]
            assert whole[block.line - 1 : block.line - 1 + len(matter)] == matter
            read -= set(range(block.line, block.line + len(matter)))
        assert {whole[number - 1].strip() for number in read} <= {"---", "----", "...", "", "<!-- d -->"}
