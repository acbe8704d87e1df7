"""`fascicle export`: what is out by the database, or all of the files; never over something without a word."""

from __future__ import annotations

import asyncio
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.cli.book_contents import read_published
from bot.domain.suggestions.suggestion import SuggestionState
from bot.store.database import Database
from bot.store.suggestions.suggestion_records import StateChange
from tests.cli.test_check import fascicle
from tests.content.samples import story
from tests.store.samples import NOW, add_idea, add_story

YAML = "title: The Lamp\nauthors: [Ada]\n"


@pytest.fixture(autouse=True)
def content(tmp_path: Path) -> Path:
    return story(
        tmp_path / "content",
        {
            "chapters/1-one.md": "---\npart: I\n---\nNew text of one.",
            "chapters/2-two.md": "Two.",
            "chapters/3-three.md": "---\ndraft: true\n---\nThree.",
        },
        yaml=YAML,
    )


async def publish(url: str, *chapters: str) -> None:
    store = await Database.open(url)
    async with store.begin() as tx:
        await add_story(tx, chapters=chapters)
    if chapters:
        idea = await add_idea(store)
        async with store.begin() as tx:
            change = StateChange(
                was=SuggestionState.NEW, to=SuggestionState.USED, by=1, at=NOW, used_in="one"
            )
            await tx.suggestions.decide(idea.number, change)
    await store.close()


@pytest.fixture
def database(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/data/fascicle.db"


def chapters(book: Path) -> str:
    with ZipFile(book) as opened:
        names = sorted(name for name in opened.namelist() if "/chapter-" in name or "thanks" in name)
        return "\n".join(opened.read(name).decode() for name in names)


def test_without_a_database_all_but_drafts_is_in_it(tmp_path: Path) -> None:
    made = fascicle("export", "the lamp", "--to", "book.epub")
    assert (made.exit_code, made.stdout) == (0, "book.epub: “The Lamp”, 2 chapters of the files.\n")
    text = chapters(tmp_path / "book.epub")
    assert "New text of one." in text
    assert "Three." not in text
    assert fascicle("export", "lamp", "--to", "all.epub", "--all").exit_code == 0
    assert "Three." in chapters(tmp_path / "all.epub")


def test_with_a_database_only_what_is_out_is_in_it(tmp_path: Path, database: str) -> None:
    asyncio.run(publish(database, "one"))
    made = fascicle("export", "lamp", "--to", "book.epub")
    assert (made.exit_code, made.stdout) == (0, "book.epub: “The Lamp”, 1 chapter out so far.\n")
    text = chapters(tmp_path / "book.epub")
    assert "Text of one." in text, "as readers got it"
    assert "With ideas by Reader." in text
    assert "Two." not in text
    assert fascicle("export", "lamp", "--to", "all.epub", "--all").exit_code == 0
    whole = chapters(tmp_path / "all.epub")
    assert "Two." in whole
    assert "With ideas by Reader." in whole


def test_nothing_out_is_said(database: str) -> None:
    asyncio.run(publish(database))
    made = fascicle("export", "lamp", "--to", "book.epub")
    assert made.exit_code == 2
    assert "Nothing of it is out yet; --all takes all chapters." in made.stderr
    assert not Path("book.epub").exists()


def test_a_story_that_the_bot_never_saw_is_taken_from_its_files(database: str) -> None:
    asyncio.run(publish(database, "one"))
    assert read_published(database, "other") is None


def test_an_unreadable_database_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/fascicle.db").write_bytes(b"no database" * 100)
    made = fascicle("export", "lamp", "--to", "book.epub")
    assert made.exit_code == 0
    assert "So I take the files alone." in made.stderr
    (tmp_path / "c.yaml").write_text("{}")
    refused = fascicle("export", "lamp", "--to", "other.epub", "-c", "c.yaml")
    assert refused.exit_code == 2
    assert "--all takes all chapters" in refused.stderr


def test_a_folder_is_written_whole(tmp_path: Path) -> None:
    assert fascicle("export", "lamp", "--to", "out").exit_code == 0
    assert sorted(each.name for each in (tmp_path / "out/chapters").iterdir()) == ["001-one.md", "002-two.md"]
    assert (tmp_path / "out/story.yaml").read_text() == YAML
    (tmp_path / "out/chapters/004-old.md").write_text("old")
    assert fascicle("export", "lamp", "--to", "out").exit_code == 2
    assert fascicle("export", "lamp", "--to", "out", "--force").exit_code == 0
    assert sorted(each.name for each in (tmp_path / "out/chapters").iterdir()) == ["001-one.md", "002-two.md"]
    assert sorted(each.name for each in tmp_path.iterdir()) == ["content", "out"], "nothing is left beside it"


def test_nothing_else_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("dear")
    (tmp_path / "file").write_text("x")
    (tmp_path / "b.epub").write_text("x")
    (tmp_path / "d.epub").mkdir()
    for target in ("mine", "content/lamp", "content", ".", "file", "d.epub", "nowhere/x.epub"):
        assert fascicle("export", "lamp", "--to", target, "--force").exit_code == 2, target
    refused = fascicle("export", "lamp", "--to", "b.epub")
    assert refused.exit_code == 2
    assert "--force" in refused.stderr
    assert (tmp_path / "b.epub").read_text() == "x"
    assert (tmp_path / "content/lamp/story.yaml").read_text() == YAML


def test_the_nearest_story_is_named() -> None:
    made = fascicle("export", "lmap", "--to", "x.epub")
    assert made.exit_code == 2
    assert "Did you mean “lamp”?" in made.stderr
