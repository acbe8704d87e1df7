"""Keys of other tools in front matter: passed over with one warning, which stops nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.domain.diagnostics import Diagnostic
from tests.content.samples import picture, read, story

ONE = "chapters/1-one.md"

VAULTS = {
    "Obsidian": ("title: One\ntags: [draft, act-one]\naliases: []\ncreated: 2026-01-02\ncssclass: novel", 3),
    "Hugo": (
        "date: 2026-01-02T03:04:05Z\nlastmod: 2026-01-03\nweight: 10\nslug: one\ncategories:\n  - novel",
        2,
    ),
    "Jekyll": ("layout: post\ncategories: novel\npermalink: /one/\ntitle: One\nexcerpt: Rain.", 2),
    "Zettlr": ("keywords:\n  - rain\ntitle: One\nlang: en-GB", 2),
    "Scrivener": ("Title: One\nLabel: Scene\nStatus: First Draft\nKeywords: rain\nSynopsis: It rains.", 3),
    "pandoc": ("author: Ada\nsubtitle: A tale\nlang: en\nmainfont: Serif\nheader-includes: x", 2),
    "capitals": ("TITLE: One\nTags: [a]\nALIASES: b\nDate: 2026-01-02", 3),
    "Obsidian Publish": ("publish: true\nkanban-plugin: basic\nuid: 20260102", 2),
}


def read_one(tmp_path: Path, matter: str) -> tuple[tuple[Diagnostic, ...], object]:
    library = read(story(tmp_path, {ONE: f"---\n{matter}\n---\nText"}))
    ills = library.problems()
    assert not (ills.content)
    assert not (ills.descriptions)
    assert not (ills.folders)
    chapters = library.serials()["lamp"].chapters
    assert bool(ills.chapters) == (not chapters)
    return library.list_faults(), chapters[0] if chapters else None


@pytest.mark.parametrize("tool", VAULTS)
def test_one_warning_a_file_names_them_at_the_first(tmp_path: Path, tool: str) -> None:
    matter, line = VAULTS[tool]
    [fault], chapter = read_one(tmp_path, matter)
    assert chapter is not None
    assert (fault.warning, fault.line) == (True, line)
    named = [key.partition(":")[0] for key in matter.split("\n") if not key.startswith(" ")]
    for key in named:
        assert (f"“{key}”" in fault.problem) == (key.casefold() != "title"), key


@pytest.mark.parametrize(
    ("matter", "draft"),
    [
        ("draft: true\ntags: [a]", True),
        ("Draft: yes\ndate: 2026-01-02", True),
        ("draft: false\nlayout: post", False),
        ("published: false", True),
        ("publish: no\ntags: []", True),
        ("publish: true", False),
        ("publish: false\ndraft: false", False),
    ],
)
def test_a_draft_stays_one(tmp_path: Path, matter: str, draft: bool) -> None:
    library = read(story(tmp_path, {ONE: f"---\n{matter}\n---\nText"}))
    assert [chapter.draft for chapter in library.serials()["lamp"].chapters] == [draft]


@pytest.mark.parametrize(
    ("key", "meant"),
    [
        ("titel", "title"),
        ("tittle", "title"),
        ("note-before", "note_before"),
        ("publishat", "publish_at"),
        ("publishDate", "publish_at"),
        ("Warning", "warnings"),
        ("Revisions", "revision"),
        ("thank", "thanks"),
    ],
)
def test_a_near_miss_of_ours_is_a_fault(tmp_path: Path, key: str, meant: str) -> None:
    faults, chapter = read_one(tmp_path, f"tags: [a]\n{key}: x")
    assert chapter is None
    [fault] = [fault for fault in faults if not fault.warning]
    assert (fault.line, fault.problem) == (3, f"“{key}” is an unknown key")
    assert fault.mend.startswith(f"Did you mean “{meant}”?")


@pytest.mark.parametrize("key", ["mood", "weather", "beat", "rating", "hide"])
def test_what_nobody_knows_stays_a_fault(tmp_path: Path, key: str) -> None:
    faults, _ = read_one(tmp_path, f"title: One\n{key}: x")
    assert [fault.problem for fault in faults] == [f"“{key}” is an unknown key"]


def test_a_key_in_two_writings_stands_there_twice(tmp_path: Path) -> None:
    faults, _ = read_one(tmp_path, "title: One\nid: a\nTitle: Two")
    assert [(fault.line, fault.problem) for fault in faults] == [(4, "“Title” stands here twice")]


def test_faults_in_capitals_are_found_on_their_line(tmp_path: Path) -> None:
    faults, _ = read_one(tmp_path, "Title: One\nTags: [a]\nDraft: perhaps\nThanks: [1, x]")
    assert [(fault.line, fault.warning) for fault in faults] == [(3, True), (4, False), (5, False)]


def test_a_warning_hides_no_fault_of_the_chapter_and_is_none(tmp_path: Path) -> None:
    text = "---\ntags: [a]\n---\nText ![x](images/x.png)"
    root = story(tmp_path, {ONE: text, "chapters/2-two.md": "---\ntags: [a]\ndraft: perhaps\n---\nText"})
    library = read(root)
    assert [fault.line for fault in library.problems().chapters["lamp"]] == [4, 3]
    story(root, {"images/x.png": picture(), "chapters/2-two.md": "---\ntags: [a]\n---\nText"})
    library.load_now()
    assert library.problems().chapters == {}
    assert [chapter.key for chapter in library.serials()["lamp"].chapters] == ["one", "two"]
    assert [fault.warning for fault in library.list_faults()] == [True, True]


def test_what_another_tool_keeps_back_is_told_to_be_kept_back(tmp_path: Path) -> None:
    [fault], _ = read_one(tmp_path, "tags: [a]\npublished: false")
    assert "kept back" in fault.mend
    assert "“published”" in fault.mend
