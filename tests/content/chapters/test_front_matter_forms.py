"""Front matter in every notation: read, or a fault, and never shown to readers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.content.chapters.chapter_file import ChapterFile, read_chapter
from bot.content.chapters.front_matter import read_matter, split
from bot.domain.diagnostics import Diagnostic, without_warnings
from tests.content.samples import put

READ = {
    "TOML": '+++\ntitle = "The Lamp"\ndraft = true\n+++\n',
    "TOML with tables": '+++\ntitle = "The Lamp"\ndraft = true\ndate = 2026-01-02\n[params]\nmood = "dark"\n+++\n',
    "TOML behind a comment": '<!-- x -->\n\n+++\n# mine\ntitle = "The Lamp"\ndraft = true\n+++\n',
    "JSON": '{\n\t"title": "The Lamp",\n\t"draft": true,\n\t"tags": ["a"]\n}\n',
    "JSON on a line": '{"title": "The Lamp", "draft": true}\n',
    "JSON between semicolons": ';;;\n{"title": "The Lamp", "draft": true}\n;;;\n',
    "MultiMarkdown": "Title: The Lamp\nAuthor: Ada Quill\nDraft: yes\n",
    "MultiMarkdown with a rule": "title: The Lamp\ndraft: true\n---\n",
    "YAML without its lines": "title: The Lamp\ndraft: true\ntags:\n  - a\n  - b\n",
    "bold lines": "**Title:** The Lamp\n**Author**: Ada\n**Draft:** yes\n",
    "a list of bold lines": "- **Title:** The Lamp\n- **Draft:** yes\n",
    "bold lines apart": "**Title:** The Lamp  \n\n**Status:** draft\n",
    "Org": "#+TITLE: The Lamp\n#+AUTHOR: Ada\n#+DRAFT: true\n",
    "a fence of code": "```yaml\ntitle: The Lamp\ndraft: true\n```\n",
    "a fence of TOML": '~~~toml\ntitle = "The Lamp"\ndraft = true\n~~~\n',
    "two pieces": "---\ntitle: The Lamp\n---\n\n---\ndraft: true\ntags: [a]\n---\n",
    "two notations": '---\ntags: [a]\n---\n+++\ntitle = "The Lamp"\ndraft = true\n+++\n',
    "three pieces": "---\ntitle: The Lamp\n---\n---\ntags: [a]\n---\n---\ndraft: yes\n---\n",
    "one end for two": "---\ntitle: The Lamp\n---\ndraft: true\n---\n",
    "the same key twice alike": "---\ntitle: The Lamp\n---\n---\ntitle: The Lamp\ndraft: true\n---\n",
    "an indented end": "---\ntitle: The Lamp\ndraft: true\n ---\n",
    "dots as end": "---\ntitle: The Lamp\ndraft: true\n...\n",
    "curly quotes": "---\ntitle: “The Lamp”\ndraft: true\n---\n",
    "held by another tool": "---\ntitle: The Lamp\ndg-publish: false\n---\n",
    "private": "---\ntitle: The Lamp\nvisibility: private\n---\n",
}

BODIES = {
    "English": "Note: he lied.",
    "German": "Der Regen hörte auf.",
    "French": "Il pleuvait: « Non. »",
    "Russian": "Она вышла из дома.",
    "Greek": "Έβρεχε.",
    "Arabic": "انتهى المطر.",
    "Hindi": "बारिश रुक गई।",
    "Thai": "ฝนหยุดแล้ว",
    "Chinese": "雨停了。",
    "Japanese": "雨が止んだ。",
    "Korean": "비가 그쳤다.",
}

FAULTS = {
    '+++\ntitle = "A\n+++\nText': (2, "no closing quote"),
    '+++\ntitle = "A"\ndraft = "perhaps"\n+++\nText': (3, "must be true or false"),
    '+++\ntitle = "A"\n[revision]\nnumber = "x"\nnote = "n"\n+++\nText': (4, "“revision.number”"),
    '+++\ntitle = "A"\n\nText': (1, "never ends"),
    '+++\ntitel = "A"\nweight = 1\n+++\nText': (2, "“titel” is an unknown key"),
    '{\n  "title": "A"\n  "draft": true\n}\n\nText': (3, "not valid YAML"),
    '{\n  "title": "A",\n\nText': (1, "never ends"),
    "Title: A\nAuthor: B\nDraft: perhaps\n\nText": (3, "must be true or false"),
    "Title: A\nMood: dark\n\nText": (2, "“Mood” is an unknown key"),
    "Title: A\nTitle: B\n\nText": (2, "stands here twice"),
    "#+TITLE: A\n#+DRAFT: perhaps\n\nText": (2, "must be true or false"),
    "---\ntitle: A\n---\n---\ntitle: B\n---\nText": (5, "two pieces of front matter"),
    "---\ntitle: A\n---\n\n---\ndraft: perhaps\n---\nText": (6, "must be true or false"),
    "---\ntitle: a: b\n---\nText": (2, "not valid YAML"),
    "---\ntitle: [A]\n---\nText": (2, "must be text"),
    "---\ntags:\n\t- a\n---\nText": (3, "not valid YAML"),
}

TEXTS = [
    "Anna: I told you.\nBen: You did not.\n\nHe left.",
    "Anna: I told you.\n\nHe left.",
    "Date: 3 May\nLocation: The docks\n\nNobody came.",
    "From: Mara\nTo: Ben\nSubject: The lamp\nDate: 3 May\n\nCome at once.",
    "+++\n\nIt rained.\n\n+++\n\nIt stopped.",
    "+++\n\nIt rained.",
    "% of them left.",
    "{She waited.}\n\nHe came.",
    "**Note:** he lied.\n\nText",
    "**Anna:** Come here.\n**Ben:** No.\n\nText",
    "```yaml\nname: a robot\nmode: off\n```\n\nIt was off.",
    "Warnings: nobody listened.\n\nText",
    "Он: Нет.\nОна: Да.\n\nТишина.",
    "安娜: 我说过。\n本: 没有。\n\n他走了。",
    "---\nAnna: hello\n\nText",
    "---\nNote: he lied.\n\nText",
    "---\nNote: he lied. And she\nknew it.\n---\nText",
    "---\n- one\n- two\n\nText",
    "---\n> A quote: yes.\n\n---\n\nText",
]


def one(tmp_path: Path, text: str) -> tuple[ChapterFile | None, list[Diagnostic]]:
    put(tmp_path, {"s/chapters/1-one.md": text})
    return read_chapter(tmp_path / "s/chapters/1-one.md")


@pytest.mark.parametrize("form", READ)
@pytest.mark.parametrize("language", ["English", "Russian", "Arabic", "Thai", "Japanese"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_keys_are_read_and_never_shown(tmp_path: Path, form: str, language: str, ends: str) -> None:
    text = f"\ufeff{READ[form]}\n{BODIES[language]}\n".replace("\n", ends)
    file, faults = one(tmp_path, text)
    assert without_warnings(faults) == []
    assert file is not None
    assert (file.title, file.form.draft, file.text) == ("The Lamp", True, BODIES[language])


@pytest.mark.parametrize("text", FAULTS)
def test_what_is_wrong_in_them_has_its_line(tmp_path: Path, text: str) -> None:
    _, faults = one(tmp_path, text)
    fault = without_warnings(faults)[0]
    assert (fault.line, FAULTS[text][1] in fault.problem) == (FAULTS[text][0], True), fault


@pytest.mark.parametrize("text", TEXTS)
def test_a_text_is_shown_with_all_its_words(tmp_path: Path, text: str) -> None:
    file, faults = one(tmp_path, text)
    assert without_warnings(faults) == []
    assert file is not None
    words = "".join(char for char in text if char.isalnum())
    assert "".join(char for char in file.text if char.isalnum()) == words


@pytest.mark.parametrize("language", BODIES)
@pytest.mark.parametrize("start", ["---\n", "\ufeff---\n\n", "---\r\n", "--- \n", "\n---\n"])
def test_a_scene_break_at_the_top_is_none(tmp_path: Path, language: str, start: str) -> None:
    file, faults = one(tmp_path, f"{start}{BODIES[language]}\n\nMore: yes.\n")
    assert without_warnings(faults) == []
    assert file is not None
    assert BODIES[language] in file.text.replace("\\", "").replace("\n", " ")


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("% The Lamp\n% Ada Quill; Ben\n% 3 May\n", "The Lamp"),
        ("% The Lamp:\n  a Tale\n%\n", "The Lamp: a Tale"),
        ("% Лампа\n", "Лампа"),
        ("% 灯\n% 作者\n", "灯"),
        ("% اللمبة\n%\n% 2026\n", "اللمبة"),
    ],
)
def test_a_title_block(tmp_path: Path, text: str, title: str) -> None:
    file, faults = one(tmp_path, f"{text}\nIt rained.\n")
    assert without_warnings(faults) == []
    assert file is not None
    assert (file.title, file.text) == (title, "It rained.")


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("# One", "One"),
        ("#1 Fan", "1 Fan"),
        ("## Глава", "Глава"),
        ("# 第一章", "第一章"),
        ("# Título #", "Título"),
        ("# الفصل", "الفصل"),
    ],
)
def test_a_title_that_yaml_takes_for_a_comment_is_not_lost(tmp_path: Path, written: str, title: str) -> None:
    file, [warning] = one(tmp_path, f"---\ntags: [a]\ntitle: {written}\n---\nText".replace("tags: [a]\n", ""))
    assert file is not None
    assert (file.title, warning.warning, warning.line) == (title, True, 2)
    assert "comment to YAML" in warning.problem


@pytest.mark.parametrize("title", ["1984", "yes", "no", "2020-01-01", "1e3", "Null", "0x10", "12:30"])
def test_a_title_is_as_it_was_written(tmp_path: Path, title: str) -> None:
    file, faults = one(tmp_path, f"---\ntitle: {title}\n---\nText")
    assert faults == []
    assert file is not None
    assert file.title == title


def test_a_key_of_its_author_alone_is_passed_over_in_a_vault(tmp_path: Path) -> None:
    vault = "tags: [a]\naliases: []\ncreated: 2026-01-02"
    file, [warning] = one(tmp_path, f"---\n{vault}\nmood: dark\n---\nText")
    assert file is not None
    assert file.sound
    assert "“mood”" in warning.problem
    _, faults = one(tmp_path, f"---\n{vault}\ntitel: A\n---\nText")
    assert [fault.problem for fault in without_warnings(faults)] == ["“titel” is an unknown key"]


keys = st.sampled_from(
    [
        "title: A",
        "draft: no",
        "tags: [a]",
        "+++",
        "---",
        ";;;",
        "",
        'title = "B"',
        "% T",
        "#+TITLE: C",
        "Prose.",
        "{",
        "}",
    ]
)


@given(st.lists(keys, max_size=9).map("\n".join))
def test_splitting_loses_no_line_and_shows_none_that_was_read(text: str) -> None:
    parts = split(text)
    whole = text.split("\n")
    assert parts.body.split("\n") == whole[parts.body_line - 1 :] or not parts.body
    read_matter("x.md", parts)
    read = {
        number for block in parts.blocks for number in range(block.line, block.line + block.text.count("\n"))
    }
    assert all(number < parts.body_line for number in read)
    left = [line for number, line in enumerate(whole, 1) if number < parts.body_line and number not in read]
    assert not [line for line in left if line.strip(" +-;")]


@pytest.mark.parametrize(
    ("line", "column", "problem"),
    [
        ('title = "A', 11, "this text has no closing quote"),
        ("title = Five", 9, "this value is no text in quotes"),
        ('draft = true\ntitle "A"', 7, "there is no = after this key"),
        ('title = "A" draft = true', 13, "something is left over after the value"),
        ('warnings = ["a"', 0, "this list has no closing bracket"),
        ('title = "A"\n  title = "B"', 3, "“title” stands here twice"),
        ('draft = "perhaps"', 9, "must be true or false"),
        ('  thanks = [1, "x", 3]', 16, "“thanks #2” must be a whole number"),
        ("warnings = 3", 12, "must be a list"),
        ('title = "A"\ntitel = "B"', 1, "“titel” is an unknown key"),
        ('title = "A"\n[revision]\nnumber = "x"\nnote = "n"', 10, "“revision.number”"),
    ],
)
def test_a_fault_in_toml_has_its_column(tmp_path: Path, line: str, column: int, problem: str) -> None:
    _, faults = one(tmp_path, f"+++\n{line}\n+++\nText")
    fault = next(each for each in faults if problem in each.problem)
    assert fault.column == column


@pytest.mark.parametrize(
    ("text", "column", "problem"),
    [
        ("Title: A\nAuthor: B\nDraft:  perhaps\n\nText", 9, "must be true or false"),
        ("Title: A\nMood: dark\n\nText", 1, "“Mood” is an unknown key"),
        ("Title: A\nTitle: B\n\nText", 1, "stands here twice"),
        ("#+TITLE: A\n#+DRAFT: perhaps\n\nText", 10, "must be true or false"),
    ],
)
def test_a_fault_in_header_lines_has_its_column(tmp_path: Path, text: str, column: int, problem: str) -> None:
    _, faults = one(tmp_path, text)
    fault = next(each for each in faults if problem in each.problem)
    assert fault.column == column
