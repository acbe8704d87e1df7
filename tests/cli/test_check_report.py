"""What `fascicle check` shows: errors before warnings before notes, each with its line; and where it looks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.test_check import fascicle, heads
from tests.content.samples import STORY, put, story

AUTHOR = "authors: [{name: Ada Quill, discord: 100000000000000001}]\n"
LOST = "is not there, and is left out. Put it into the story’s images folder."


def test_errors_come_before_warnings_and_each_has_its_line(tmp_path: Path) -> None:
    files = {
        "chapters/1.md": "He left.\n\nThe 灯り ![[gone.png]] went out.",
        "chapters/2.md": "---\ntitel: Zwei\n---\nx",
    }
    story(tmp_path / "content", files, yaml=STORY + AUTHOR)
    result = fascicle("check")
    assert result.exit_code == 1
    assert result.stderr.splitlines() == [
        "1 error:",
        "content/lamp/chapters/2.md:2:1: “titel” is an unknown key. Did you mean “title”?",
        "    | titel: Zwei",
        "    | ^",
        "1 warning:",
        f"content/lamp/chapters/1.md:3:8: warning: the picture “gone.png” {LOST}",
        "    | The 灯り ![[gone.png]] went out.",
        "    |          ^",
        "    1 story, 1 chapter: 1 error, 1 warning.",
    ]
    found = json.loads(fascicle("check", "--json").stdout)
    assert [(each["line"], each.get("column"), each["text"]) for each in found] == [
        (3, 8, "The 灯り ![[gone.png]] went out."),
        (2, 1, "titel: Zwei"),
    ]


def test_one_fault_alone_has_no_heading(tmp_path: Path) -> None:
    story(tmp_path / "content", {"chapters/1.md": ""}, yaml=STORY + AUTHOR)
    assert fascicle("check").stderr.count("\n") == 1


@pytest.mark.parametrize(("count", "shown", "more"), [(4, 4, 0), (5, 3, 2), (15, 3, 12)])
def test_many_warnings_alike_are_gathered(tmp_path: Path, count: int, shown: int, more: int) -> None:
    story(tmp_path / "content", {"chapters/1.md": "Add to library\n\n" * count}, yaml=STORY + AUTHOR)
    result = fascicle("check")
    assert len(heads(result.stderr)) == shown
    gathered = f"    and {more} more like this in content/lamp/chapters/1.md (-v lists them)"
    assert (gathered in result.stderr.splitlines()) == bool(more)
    assert f"{count} warnings:" in result.stderr
    assert len(heads(fascicle("check", "-v").stderr)) == count
    assert len(json.loads(fascicle("check", "--json").stdout)) == count


def test_a_file_that_is_not_text_is_shown_as_far_as_it_can_be(tmp_path: Path) -> None:
    story(tmp_path / "content", {"chapters/1.md": b"one\nst\xffrange\n"}, yaml=STORY + AUTHOR)
    result = fascicle("check")
    assert result.exit_code == 1
    assert heads(result.stderr)


@pytest.mark.parametrize(
    ("yaml", "text", "told"),
    [
        (f"title: A\n{AUTHOR}", "x", ["story.yaml: ", "no schedule"]),
        (
            f"title: A\nrelease: {{schedule: daily at 18:00}}\n{AUTHOR}",
            "x",
            ["story.yaml:2: ", "no time zone"],
        ),
        (STORY, "x", ["story.yaml: ", "Discord id"]),
        (STORY + "authors: [Ada Quill]\n", "x", ["story.yaml:5: ", "Discord id"]),
        (STORY + AUTHOR, "Он зажёг последний фонарь и долго смотрел на воду в канале.", ["Cyrillic", "ru"]),
        (STORY + AUTHOR, "เขาเดินไปตามถนนที่มืดมิดและไม่มีใครอยู่ที่นั่นเลยสักคนเดียว", ["Thai", "th"]),
        (
            STORY + AUTHOR,
            "彼は最後の灯りをともして、長いあいだ運河の水を見つめていた。" * 2,
            ["Japanese", "ja"],
        ),
        (STORY + AUTHOR, "他点亮了最后一盏灯，久久地望着运河里的水，谁也没有说话。" * 3, ["Chinese", "zh"]),
        (STORY + AUTHOR, "그는 마지막 등불을 켜고 오랫동안 운하의 물을 바라보았다. " * 3, ["Korean", "ko"]),
        (STORY + AUTHOR, "أشعل الرجل المصباح الأخير ونظر طويلا إلى الماء في القناة.", ["Arabic", "ar"]),
        (STORY + AUTHOR, "הוא הדליק את הפנס האחרון והביט ארוכות במים שבתעלה השקטה.", ["Hebrew", "he"]),
        (STORY + AUTHOR, "Άναψε το τελευταίο φανάρι και κοίταξε το νερό στο κανάλι.", ["Greek", "el"]),
        (
            STORY + AUTHOR,
            "उसने आख़िरी दीपक जलाया और देर तक नहर के पानी को देखता रहा, फिर चला गया।",
            ["Devanagari", "hi"],
        ),
    ],
)
def test_what_a_story_lacks_is_worth_knowing_and_no_fault(
    tmp_path: Path, yaml: str, text: str, told: list[str]
) -> None:
    story(tmp_path / "content", {"chapters/1.md": text}, yaml=yaml)
    result = fascicle("check")
    assert (result.exit_code, result.stdout) == (0, "1 story, 1 chapter: no fault.\n")
    [note] = [line for line in result.stderr.splitlines() if "worth knowing: " in line]
    assert all(each in note for each in told)
    assert fascicle("check", "--json").stdout == "[]\n"
    [row] = json.loads(fascicle("check", "--json", "-v").stdout)
    assert row["note"] is True


@pytest.mark.parametrize(
    ("yaml", "text"),
    [
        (STORY + AUTHOR, "The lamp went out over the river, and nobody on the quay looked up at it."),
        (f"title: A\nrelease: {{schedule: every 20 seconds}}\n{AUTHOR}", "x"),
        (f"title: A\nrelease: {{schedule: daily at 18:00 Asia/Tokyo}}\n{AUTHOR}", "x"),
        (f"title: A\n{AUTHOR}", "---\npublish_at: 2026-12-01T18:00Z\n---\nx"),
        (f"{STORY}language: ru\n{AUTHOR}", "Он зажёг последний фонарь и долго смотрел на воду в канале."),
    ],
)
def test_a_story_that_lacks_nothing_has_no_note(tmp_path: Path, yaml: str, text: str) -> None:
    story(tmp_path / "content", {"chapters/1.md": text}, yaml=yaml)
    assert fascicle("check").stderr == ""


@pytest.mark.parametrize(
    ("where", "checked", "first", "second"),
    [
        ("content/lamp", None, ".: this is the folder of one story", "chapters/2.md:2:1: "),
        ("content/lamp/chapters", None, ".: these are the chapters of one story", "2.md:2:1: "),
        (
            ".",
            "content/lamp",
            "content/lamp: this is the folder of one story",
            "content/lamp/chapters/2.md:2:1: ",
        ),
        (
            ".",
            "content/lamp/chapters",
            "content/lamp/chapters: these are the chapters",
            "content/lamp/chapters/2.md:2",
        ),
        (
            ".",
            "content/lamp/chapters/2.md",
            "content/lamp/chapters/2.md: this is a single file",
            "content/lamp/chapters/2.md:2",
        ),
    ],
)
def test_a_story_alone_is_checked_though_it_says_where_to_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str, checked: str | None, first: str, second: str
) -> None:
    story(tmp_path / "content", {"chapters/1.md": "x", "chapters/2.md": "---\ntitel: x\n---\nx"})
    monkeypatch.chdir(tmp_path / where)
    result = fascicle("check", *([checked] if checked else []))
    assert (result.exit_code, result.stdout) == (1, "")
    told = heads(result.stderr)
    assert len(told) == 2
    assert told[0].startswith(first)
    assert told[1].startswith(second)


@pytest.mark.parametrize("file", ["1.txt", "book.docx", "erstes.markdown", "第一章.txt", "глава.rtf"])
def test_run_among_files_of_text_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    put(tmp_path / "texts", {file: "x"})
    monkeypatch.chdir(tmp_path / "texts")
    for words, code in ((["check"], 1), (["plan"], 2), (["preview", "lamp"], 2)):
        result = fascicle(*words)
        assert result.exit_code == code
        assert "there is no story here, only files of text. Make a folder for the story" in result.stderr


def test_run_among_the_stories_they_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    story(tmp_path / "content", {"chapters/1.md": "x"})
    monkeypatch.chdir(tmp_path / "content")
    assert fascicle("check").stdout == "1 story, 1 chapter: no fault.\n"


@pytest.mark.parametrize(
    ("folder", "told"),
    [
        ("content/lamp", "this is the folder of one story"),
        ("content/lamp/chapters", "these are the chapters of one story"),
        ("texts", "only files of text"),
        ("empty", "there is no story in it"),
        ("nowhere", "there is no such folder"),
        ("texts/1.txt", "this is a single file"),
        (".", "the stories lie one folder further down, in content"),
    ],
)
@pytest.mark.parametrize("words", [["demo", "--no-browser"], ["plan"], ["preview", "lamp"]])
def test_other_commands_say_the_same_at_once(
    tmp_path: Path, words: list[str], folder: str, told: str
) -> None:
    story(tmp_path / "content", {"chapters/1.md": "x"})
    put(tmp_path, {"texts/1.txt": "x", "empty/map.png": "x"})
    result = fascicle(*words, "--content", folder)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.count("\n") == 1
    assert told in result.stderr
