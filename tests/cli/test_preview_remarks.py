"""`fascicle preview` marks what could not be carried over, on the page where readers would miss it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.preview_remarks import CLOSE, OPEN, PlacedRemark, mark_page
from bot.domain.diagnostics import Diagnostic
from bot.domain.manuscript.remark_places import Letters, find_place
from bot.domain.pages import Prose, paginate
from tests.cli.test_check import fascicle
from tests.content.samples import story

SENTENCES = {
    "English": "On evening {} the ferryman lit the lamp, and nobody looked up.\n\n",
    "German": "Am Abend {} zündete der Fährmann die Laterne an, und keiner sah hin.\n\n",
    "French": "Au soir {} le passeur alluma la lampe, et personne ne leva les yeux.\n\n",
    "Russian": "На вечер {} паромщик зажёг фонарь, и никто не поднял глаз.\n\n",
    "Greek": "Το βράδυ {} ο βαρκάρης άναψε το φανάρι, και κανείς δεν κοίταξε.\n\n",
    "Arabic": "في المساء {} أشعل الملاح المصباح، ولم يرفع أحد رأسه.\n\n",
    "Hebrew": "בערב {} הדליק הספן את הפנס, ואיש לא הרים את עיניו.\n\n",
    "Hindi": "शाम {} को नाविक ने दीपक जलाया, और किसी ने ऊपर नहीं देखा।\n\n",
    "Thai": "เย็นวันที่ {} คนแจวเรือจุดตะเกียง และไม่มีใครเงยหน้าขึ้นมอง\n\n",
    "Chinese": "第{}个晚上，船夫点亮了灯，没有人抬头看。\n\n",
    "Japanese": "{}日目の夜、渡し守は灯りをともし、誰も顔を上げなかった。\n\n",
    "Korean": "{}번째 저녁에 뱃사공은 등불을 켰고 아무도 고개를 들지 않았다.\n\n",
}


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("evening", [0, 57, 140, 199])
def test_a_warning_is_on_the_page_of_its_place(tmp_path: Path, language: str, evening: int) -> None:
    lines = [SENTENCES[language].format(number) for number in range(200)]
    said = lines[evening].strip()
    lines[evening] = f"{said} ![[gone.png]]\n\n"
    story(tmp_path / "content", {"chapters/1.md": "---\npov: Ada\n---\n\n" + "".join(lines)})
    pages = json.loads(fascicle("preview", "lamp", "--json").stdout)
    [page] = [page for page in pages if page["warnings"]]
    assert len(pages) > 1
    assert any(said in block.get("text", "") for block in page["blocks"])
    [warning] = page["warnings"]
    assert set(warning) == {"line", "column", "problem", "mend"}
    assert warning["line"] == 5 + 2 * evening


def test_marks_and_their_words_are_on_the_web_page_apart_from_the_text(tmp_path: Path) -> None:
    text = "%%her name?%%He went **far** _away_ ![[gone.png]] that night.\n\n> - 灯り![[無い.png]]が消えた。"
    text = f"{text}\n\nAdd to library"
    story(tmp_path / "content", {"chapters/1.md": text})
    page = Path(fascicle("preview", "lamp").stdout.strip()).read_text(encoding="utf-8")
    assert "<strong>far</strong> <em>away</em>" in page
    assert [*re.findall(r'<sup class="mark"[^>]*>(\d+)</sup>', page)] == ["1", "2", "3"]
    box = page.partition('<aside class="author">')[2]
    assert "readers do not see this" in box
    assert "“gone.png” is not there" in box
    assert "one note not meant for readers" in box
    assert OPEN not in page


def test_without_warnings_there_is_no_box(tmp_path: Path) -> None:
    story(tmp_path / "content", {"chapters/1.md": "x"})
    page = Path(fascicle("preview", "lamp").stdout.strip()).read_text(encoding="utf-8")
    assert "<aside" not in page
    assert json.loads(fascicle("preview", "lamp", "--json").stdout)[0]["warnings"] == []


def test_warnings_of_notes_are_on_the_page_of_the_note(tmp_path: Path) -> None:
    front = "---\nnote_before: Hi ![[a.png]]\nnote_after: Bye ![[b.png]]\n---\n"
    story(tmp_path / "content", {"chapters/1.md": front + "word " * 2000})
    pages = json.loads(fascicle("preview", "lamp", "--json").stdout)
    assert [[warning["line"] for warning in page["warnings"]] for page in pages if page["warnings"]] == [
        [2],
        [3],
    ]
    assert pages[0]["warnings"]
    assert pages[-1]["warnings"]


def test_a_broken_chapter_is_named_among_the_sound_ones(tmp_path: Path) -> None:
    files = {
        "chapters/1.md": "One.",
        "chapters/2.md": "---\ntitel: <b>x\n---\nTwo.",
        "chapters/3.md": "Three.",
    }
    story(tmp_path / "content", files)
    result = fascicle("preview", "lamp")
    assert result.exit_code == 1
    assert "2.md:2:1: “titel”" in result.stderr
    page = Path(result.stdout.strip()).read_text(encoding="utf-8")
    assert page.index("One.") < page.index("2.md cannot come out") < page.index("Three.")
    assert {row["chapter"] for row in json.loads(fascicle("preview", "lamp", "--json").stdout)} == {"1", "3"}
    sound = fascicle("preview", "lamp", "3")
    assert (sound.exit_code, sound.stderr) == (0, "")
    broken = fascicle("preview", "lamp", "2")
    assert (broken.exit_code, broken.stdout) == (1, "")
    assert "2.md:2" in broken.stderr


def test_a_faulty_story_file_is_all_that_is_said(tmp_path: Path) -> None:
    story(tmp_path / "content", {"chapters/1.md": "One."}, yaml="titel: x\n")
    result = fascicle("preview", "lamp")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "story.yaml:1" in result.stderr


PIECES = [
    "word ",
    "**bold** ",
    "_it_ ",
    "字字",
    "# ",
    "> ",
    "- ",
    "1. ",
    "\n",
    "\n\n",
    "`a b` ",
    "[x y](https://a.b/c) ",
]


@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join), st.data())
def test_marks_are_all_there_and_change_nothing_else(text: str, data: st.DataObject) -> None:
    pages = paginate(text, limit=200)
    for index, page in enumerate(pages):
        offsets = data.draw(st.lists(st.integers(page.start, max(page.start, page.end - 1)), max_size=4))
        placed = [
            PlacedRemark(number, index, Diagnostic("x.md", 1, "p", "m"), offset)
            for number, offset in enumerate(offsets, 1)
        ]
        marked = mark_page(page, text, placed)
        written = [block.text for block in marked.blocks if isinstance(block, Prose)]
        found = sorted(int(number) for each in written for number in re.findall(f"{OPEN}(\\d+){CLOSE}", each))
        readable = any(char.isalnum() for char in page.plain)
        assert found == ([remark.number for remark in placed] if readable else [])
        assert [re.sub(f"{OPEN}\\d+{CLOSE}", "", each) for each in written] == [
            block.text for block in page.blocks if isinstance(block, Prose)
        ]


@given(st.text(), st.text(), st.integers(0, 50))
def test_a_place_is_a_letter_of_what_is_shown(written: str, shown: str, at: int) -> None:
    place = find_place(Letters(written), Letters(shown), at)
    assert place is None or shown[place].isalnum()
