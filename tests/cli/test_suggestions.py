"""`fascicle suggestions`: the queue in four forms, from a real database."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.cli.suggestions import _FORMULA_STARTS, _cell, _harmless
from bot.domain.suggestions.suggestion import SuggestionState
from bot.store.database import Database
from bot.store.suggestions.suggestion_records import NewSuggestion, StateChange
from tests.cli.test_check import fascicle
from tests.content.samples import put, read, story

MADE = datetime(2026, 12, 1, 18, tzinfo=UTC)
FORMULA = '=HYPERLINK("http://x")'
IDEAS = ["A | b <i>\nnew line", FORMULA, " ＠cmd", "[red]plain[/red] \x1b[31m", "-1+1"]


async def fill(root: Path, url: str) -> None:
    store = await Database.open(url)
    async with store.begin() as tx:
        for serial in read(root).serials().values():
            await tx.stories.add(serial.story, first_seen=MADE, settled_until=MADE)
        for number, idea in enumerate(IDEAS):
            await tx.suggestions.add(
                NewSuggestion(
                    story="lamp" if number else "other",
                    chapter=None,
                    text=idea,
                    suggester=5,
                    suggester_name="Bo",
                    anonymous=False,
                    name_me=True,
                    created_at=MADE,
                    guild_id=1,
                    channel_id=2,
                )
            )
        await tx.suggestions.decide(
            2, StateChange(was=SuggestionState.NEW, to=SuggestionState.ACCEPTED, by=1, at=MADE, reason="=Yes")
        )
    await store.close()


@pytest.fixture(autouse=True)
def queue(tmp_path: Path) -> None:
    root = story(tmp_path / "content", {"chapters/1.md": "x"})
    story(root, {"chapters/1.md": "x"}, yaml="title: Another", slug="other")
    asyncio.run(fill(root, f"sqlite+aiosqlite:///{tmp_path}/data/fascicle.db"))


def test_json() -> None:
    rows = json.loads(fascicle("suggestions", "--format", "json").stdout)
    assert [row["number"] for row in rows] == [5, 4, 3, 2, 1]
    assert rows[3] == {
        "number": 2,
        "story": "lamp",
        "chapter": None,
        "state": "accepted",
        "idea": FORMULA,
        "supporters": rows[3]["supporters"],
        "created_at": "2026-12-01T18:00:00Z",
        "reason": "=Yes",
    }


def test_by_story_and_state() -> None:
    rows = json.loads(
        fascicle("suggestions", "--story", "The Lamp", "--state", "new", "--format", "json").stdout
    )
    assert [row["number"] for row in rows] == [5, 4, 3]
    assert "No suggestions." in fascicle("suggestions", "--state", "withdrawn").stdout
    unknown = fascicle("suggestions", "--story", "lamb")
    assert unknown.exit_code == 2
    assert "“lamp”" in unknown.stderr
    assert fascicle("suggestions", "--state", "lost").exit_code == 2


def test_no_cell_of_csv_begins_a_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(fascicle("suggestions", "--format", "csv").stdout, newline="")))
    assert [row["idea"] for row in rows] == [
        "'-1+1",
        IDEAS[3].replace("\x1b[31m", ""),
        "' ＠cmd",
        f"'{FORMULA}",
        IDEAS[0],
    ]
    assert [row["number"] for row in rows] == ["5", "4", "3", "2", "1"]
    assert [row["reason"] for row in rows] == ["", "", "", "'=Yes", ""]


def test_markdown_keeps_one_row_a_suggestion() -> None:
    lines = fascicle("suggestions", "--format", "md").stdout.splitlines()
    assert len(lines) == 2 + len(IDEAS)
    assert "A \\| b \\<i\\><br>new line" in lines[-1]


HOSTILE = [
    "[free](https://bad.example) ![x](http://bad.example/x.png)",
    "https://bad.example www.bad.example <https://bad.example> a@bad.example",
    "<script>alert(1)</script> &lt;b&gt; `code` **bold** ~~gone~~",
    "a\\| b | c",
    "\u2028one\x85two\x0bthree\r\nfour",
]


@pytest.mark.parametrize("idea", HOSTILE)
def test_nothing_in_a_markdown_cell_formats_links_or_ends_its_row(idea: str) -> None:
    cell = _cell(idea)
    assert len(cell.splitlines()) == 1
    parser = MarkdownIt("commonmark", {"linkify": False}).enable("table").enable("strikethrough")
    table = parser.parse(f"| a |\n| --- |\n| {cell} |\n")
    (row,) = [token for token in table if token.type == "inline"][1:]
    kinds = {token.type for token in row.children or ()}
    assert kinds <= {"text", "text_special", "html_inline"}
    assert {token.content for token in row.children or () if token.type == "html_inline"} <= {"<br>"}
    shown = "".join(token.content for token in row.children or ())
    assert re.sub(r"\s+", "", shown.replace("<br>", "")) == re.sub(r"\s+", "", idea)
    assert not re.search(r"(https?|\w)://|www\.|\w@", cell)


@given(st.text(max_size=60))
def test_whatever_is_written_stays_one_cell(idea: str) -> None:
    assert re.search(r"(?<!\\)(\\\\)*\|", _cell(idea)) is None
    assert not str(_harmless(idea)).lstrip(" \u00a0\ufeff").startswith(_FORMULA_STARTS)


def test_the_table_shows_ideas_as_they_are_without_moving_the_cursor() -> None:
    out = fascicle("suggestions").stdout
    assert "[red]plain[/red]" in out
    assert "\x1b" not in out


def test_it_works_while_a_bot_holds_the_database(tmp_path: Path) -> None:
    async def both() -> int:
        store = await Database.open(f"sqlite+aiosqlite:///{tmp_path}/data/fascicle.db")
        try:
            return (await asyncio.to_thread(fascicle, "suggestions")).exit_code
        finally:
            await store.close()

    assert asyncio.run(both()) == 0


def test_a_database_that_cannot_be_read_is_one_line_and_2(tmp_path: Path) -> None:
    put(
        tmp_path,
        {"bad.yaml": "database: {url: 'sqlite+aiosqlite:///bad.db'}\n", "bad.db": b"not a database" * 100},
    )
    result = fascicle("suggestions", "-c", "bad.yaml")
    assert result.exit_code == 2
    assert result.stderr.count("\n") == 1
