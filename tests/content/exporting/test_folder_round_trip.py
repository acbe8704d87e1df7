"""A story that is exported as a folder and imported again has the same chapters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli.book_contents import whole_book
from bot.content.authoring.story_files import StoryFiles
from bot.content.exporting.book import Book, BookChapter
from bot.content.exporting.markdown_folder import folder_files
from bot.content.importing.manuscript_importer import prepare_import
from bot.content.source_formats.source_reader import read_source
from bot.domain.schedule.release_rules import ReleaseRules
from bot.domain.stories.story import Chapter, Story
from tests.content.samples import picture, put, read, story

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 12, 1, 18, tzinfo=UTC)
YAML = "title: The Lamp\n"

WORD = st.sampled_from(
    [
        "lamp",
        "fog",
        "Dorcas",
        "said",
        "the",
        "a",
        "of",
        "harbour",
        "“Yes,”",
        "no.",
        "Ìdòwú",
        "灯",
        "фонарь",
        "stairs;",
        "and—",
    ]
)
WORDS = st.lists(WORD, min_size=3, max_size=30).map(" ".join)
PARAGRAPH = st.one_of(
    WORDS,
    WORDS.map(lambda text: f"*{text.rstrip(' .;—')}* and then."),
    WORDS.map(lambda text: f"> {text}"),
    st.lists(WORDS, min_size=2, max_size=4).map("\\\n".join),
)
SCENE = st.lists(PARAGRAPH, min_size=1, max_size=5).map("\n\n".join)
TEXT = st.lists(SCENE, min_size=1, max_size=3).map("\n\n***\n\n".join)
TITLE = st.lists(
    st.sampled_from(["Fog", "Lamp", "Quay", "Night", "灯り", "Ночь"]), min_size=2, max_size=4
).map(" ".join)
CHAPTER = st.builds(
    BookChapter,
    key=st.just("one"),
    title=TITLE,
    text=TEXT,
    note_before=st.none() | WORDS,
    note_after=st.none() | WORDS,
    pov=st.none() | st.sampled_from(["Dorcas Pike", "Ìdòwú Cole"]),
    part=st.none() | st.sampled_from(["Fog", "Part Two: Light"]),
    warnings=st.lists(st.sampled_from(["grief", "drowning (recalled)"]), unique=True).map(tuple),
    publish_at=st.none() | st.just(NOW),
    draft=st.booleans(),
)


def round_trip(files: dict[str, bytes]) -> tuple[Sequence[Chapter], Sequence[Chapter]]:
    """Return the chapters of an exported folder, and those that an import makes of it."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        put(folder / "first/lamp", files)
        prepare_import(read_source(folder / "first/lamp")).write(StoryFiles(folder / "again"), "lamp")
        return tuple(read(folder / each).serials()["lamp"].chapters for each in ("first", "again"))  # type: ignore[return-value]


def told(chapter: Chapter) -> dict[str, object]:
    """All that readers get of a chapter, and when."""
    names = ["title", "part", "pov", "note_before", "note_after", "warnings", "publish_at", "draft", "text"]
    return {name: getattr(chapter, name) for name in names}


@settings(max_examples=25, deadline=None)
@given(st.lists(CHAPTER, min_size=1, max_size=4, unique_by=lambda each: (each.title, each.text)))
def test_any_chapters_come_back(chapters: list[BookChapter]) -> None:
    made = Story(slug="lamp", title="The Lamp", release_rules=ReleaseRules(None, ZoneInfo("UTC")))
    named = tuple(
        BookChapter(**{name: getattr(each, name) for name in each.__slots__} | {"key": f"c{number}"})
        for number, each in enumerate(chapters)
    )
    before, after = round_trip(dict(folder_files(Book(made, named, NOW), YAML.encode())))
    assert [told(each) for each in after] == [told(each) for each in before]


@pytest.mark.parametrize("slug", ["the-lamplighters", "tide-tables"])
def test_the_samples_come_back(slug: str) -> None:
    root = ROOT / "content"
    book = whole_book(root / slug, read(root).serials()[slug], None, drafts=True)
    before, after = round_trip(dict(folder_files(book, (root / slug / "story.yaml").read_bytes())))
    assert [told(each) for each in after] == [told(each) for each in before]


def test_pictures_come_back(tmp_path: Path) -> None:
    files = {"chapters/1.md": "# One\n\nA lamp:\n\n![A lamp](images/a b.png)\n", "images/a b.png": picture()}
    root = story(tmp_path, files, yaml=YAML)
    book = whole_book(root / "lamp", read(root).serials()["lamp"], None, drafts=True)
    put(tmp_path / "out", dict(folder_files(book, YAML.encode())))
    prepare_import(read_source(tmp_path / "out")).write(StoryFiles(tmp_path / "again"), "lamp")
    [file] = (tmp_path / "again/lamp/images").iterdir()
    assert file.read_bytes() == picture()
    assert f"![A lamp](images/{file.name})" in read(tmp_path / "again").serials()["lamp"].chapters[0].text
