"""`scene_break` in story.yaml: a rule, a blank space or the author's own signs, and what it cannot be."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.releases.revisions import Announcement, detect_change
from tests.content.samples import read, story, told


def yaml(value: str) -> str:
    return (
        "title: The Lamp\nauthors: [{name: Ada, discord: 100000000000000001}]\n"
        f"release: {{schedule: daily at 18:00, timezone: Europe/London}}\nscene_break: {value}\n"
    )


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        *(("rule", "rule"), ("Blank", "blank"), (" RULE ", "rule"), ("⁂", "⁂"), ('"* * *"', "* * *")),
        *(("~ ❖ ~", "~ ❖ ~"), ("xXx", "xXx"), ("---", "---"), ("'# * #'", "# * #"), ("0", "0"), ("", "rule")),
        *(("～ 場面 ～", "～ 場面 ～"), ("॥ ॥ ॥", "॥ ॥ ॥"), ("۞ ۞ ۞", "۞ ۞ ۞"), ("·  คั่น  ·", "·  คั่น  ·")),
        *(("'@everyone'", "@everyone"), ("x" * 20 + " " + "-" * 19, "x" * 20 + " " + "-" * 19), ("ஃ", "ஃ")),
    ],
)
def test_a_style_is_read(tmp_path: Path, value: str, shown: str) -> None:
    root = story(tmp_path, {"chapters/1-one.md": "One."}, yaml=yaml(value))
    assert told(root) == []
    assert read(root).serials()["lamp"].story.scene_break == shown


@pytest.mark.parametrize(
    ("value", "problem", "mend"),
    [
        ("ruler", "“ruler” is a word", "Did you mean “rule”?"),
        ("lines", "“lines” is a word", "Did you mean “rule”?"),
        ("blanc", "“blanc” is a word", "Did you mean “blank”?"),
        ("none", "“none” is a word", "Did you mean “blank”?"),
        ("Szenenwechsel", "“Szenenwechsel” is a word", "“~ Szenenwechsel ~”"),
        ("сцена", "“сцена” is a word", "“~ сцена ~”"),
        ('""', "empty", "write blank"),
        ('"\u3000"', "empty", "write blank"),
        ("yes", "“yes” is a word", "Did you mean “rule”?"),
        ("[⁂]", "one text", "“* * *”"),
        ("'" + "-" * 41 + "'", "41 characters, and 40 is the most", "up to 40"),
        ('"a\\nb"', "more than one line", "on one line"),
        ("* * *", "not valid YAML", "in quotes"),
        ("- - -", "not valid YAML", "in quotes"),
        ("%%%", "not valid YAML", "in quotes"),
    ],
)
def test_what_is_none_is_a_fault_with_its_line_and_an_example(
    tmp_path: Path, value: str, problem: str, mend: str
) -> None:
    [(_, line, said, how)] = told(story(tmp_path, {"chapters/1-one.md": "One."}, yaml=yaml(value)))
    assert (line, problem in said, mend in how) == (4, True, True), (line, said, how)


def test_another_style_is_no_other_chapter(tmp_path: Path) -> None:
    text = {"chapters/1-one.md": "One.\n\n***\n\nTwo."}
    [before] = read(story(tmp_path / "a", text, yaml=yaml("rule"))).serials()["lamp"].chapters
    [after] = read(story(tmp_path / "b", text, yaml=yaml("⁂"))).serials()["lamp"].chapters
    assert detect_change(after, digest=before.digest, said=Announcement(), withdrawn=False) is None
