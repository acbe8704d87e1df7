"""Sound stories: what becomes of their files."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.domain.schedule.catch_up import CatchUp
from bot.domain.stories.story import Author, Chapter, Rating, RevisionNote, Serial, Status
from tests.content.samples import picture, read, story

FULL = """\
title: The Lamp
authors: [{name: Ada Quill, discord: 100000000000000001}, Ben]
summary: |
  One paragraph.
cover: images/cover.png
language: pt-BR
rating: mature
warnings: [grief]
tags: [fantasy, 1984]
status: hiatus
servers: [5, "6"]
disclaimer: It is all made up.
release:
  schedule: tue, fri at 18:00
  timezone: Europe/London
  start: 2026-07-01
  backlog: 2
  catch_up: latest
suggestions: {open: false, prompt: What next?, review_channel: 77}
"""


def serial_of(root: Path) -> Serial:
    library = read(root)
    assert library.list_faults() == ()
    return library.serials()["lamp"]


def chapter_of(root: Path, text: str | bytes, name: str = "001-one.md") -> Chapter:
    return serial_of(story(root, {f"chapters/{name}": text, "images/x.png": picture()})).chapters[0]


def test_everything_a_story_says(tmp_path: Path) -> None:
    said = serial_of(story(tmp_path, {"chapters/1.md": "x", "images/cover.png": picture()}, yaml=FULL)).story
    assert said.authors == (Author("Ada Quill", 100000000000000001), Author("Ben"))
    assert (said.summary, said.cover, said.language) == ("One paragraph.", "images/cover.png", "pt-BR")
    assert (said.rating, said.status) == (Rating.MATURE, Status.HIATUS)
    assert (said.warnings, said.tags) == (("grief",), ("fantasy", "1984"))
    assert said.guilds == frozenset({5, 6})
    assert (said.suggestions.open, said.suggestions.prompt, said.suggestions.review_channel) == (
        False,
        "What next?",
        77,
    )
    release_rules = said.release_rules
    assert release_rules.schedule is not None
    assert release_rules.start == datetime(2026, 6, 30, 23, tzinfo=UTC), "midnight in summer time"
    assert (release_rules.zone.key, release_rules.backlog, release_rules.catch_up) == (
        "Europe/London",
        2,
        CatchUp.LATEST,
    )


def test_the_smallest_story(tmp_path: Path) -> None:
    said = serial_of(story(tmp_path, {"chapters/1.md": "x"}, yaml="title: A")).story
    assert said.release_rules.schedule is None
    assert said.release_rules.zone.key == "UTC"
    assert said.guilds is None
    assert said.suggestions.open


def test_everything_a_chapter_says(tmp_path: Path) -> None:
    matter = (
        "---\nid: Lamp-1\ntitle: The *Lamp*\npublish_at: 2026-07-01 9:30\ndraft: yes\nwarnings: [fire]\n"
        "note_before: Hello\nnote_after: Bye\npov: Ada\nthanks: [3, 4]\nrevision: {number: 2, note: Better}\n---\nText"
    )
    assert chapter_of(tmp_path, matter) == Chapter(
        key="lamp-1",
        title="The *Lamp*",
        text="Text",
        publish_at=datetime(2026, 7, 1, 8, 30, tzinfo=UTC),
        draft=True,
        warnings=("fire",),
        note_before="Hello",
        note_after="Bye",
        pov="Ada",
        thanks=(3, 4),
        revision=RevisionNote(2, "Better"),
        file="001-one.md",
        named=True,
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-12-01", datetime(2026, 12, 1, tzinfo=UTC)),
        ("2026-12-01T18:00+09:00", datetime(2026, 12, 1, 9, tzinfo=UTC)),
        ("2026-12-01 18:00:00Z", datetime(2026, 12, 1, 18, tzinfo=UTC)),
        ("2026-03-29 01:30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),  # skipped: becomes 02:30 BST
        ("2026-10-25 01:30", datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # twice: the first
    ],
)
def test_moments_are_in_the_storys_zone(tmp_path: Path, written: str, meant: datetime) -> None:
    assert chapter_of(tmp_path, f"---\npublish_at: {written}\n---\nText").publish_at == meant


@pytest.mark.parametrize(
    ("text", "title", "body"),
    [
        ("# The **Lamp** #\n\nText\n", "The Lamp", "Text"),
        ("Text\n\n## Part two\nMore", "One", "Text\n\n## Part two\nMore"),
        ("---\ntitle: T\n---\n# Another\nText", "T", "# Another\nText"),
        ("---\ntitle: The lamp\n---\n\n# The Lamp\n\nText", "The lamp", "Text"),
        ("```\n# no heading\n```\nText", "One", "```\n# no heading\n```\nText"),
        ("#nohash and\n\nText", "One", "#nohash and\n\nText"),
        ("\n\n---\nText\n\n", "One", "---\nText"),
    ],
)
def test_where_a_title_comes_from(tmp_path: Path, text: str, title: str, body: str) -> None:
    chapter = chapter_of(tmp_path, text)
    assert (chapter.title, chapter.text) == (title, body)


@pytest.mark.parametrize("newline", ["\r\n", "\r", "\n"])
def test_marks_and_line_ends_of_other_editors(tmp_path: Path, newline: str) -> None:
    text = "\ufeff---\ntitle: Cafe\u0301\n---\nOne\n\nTwo e\u0301\n".replace("\n", newline)
    chapter = chapter_of(tmp_path, text)
    assert (chapter.title, chapter.text) == ("Café", "One\n\nTwo é")


def test_natural_order_and_what_is_no_chapter(tmp_path: Path) -> None:
    names = ["10-c.md", "2-b.md", "1-a.MD", ".3-x.md", "4-x.md~", ".#5.md", "a.png", "sub.md/1.css"]
    found = serial_of(story(tmp_path, {f"chapters/{name}": "x" for name in names})).chapters
    assert [chapter.key for chapter in found] == ["a", "b", "c"]


def test_pictures_are_named_once_and_in_order_and_not_in_code(tmp_path: Path) -> None:
    text = "A ![1](images/b.png)\n\n![2](images/a.jpg) ![3](images/b.png)\n\n`![4](images/no.png)`\n"
    images = {"images/a.jpg": picture("JPEG"), "images/b.png": picture("WEBP")}
    chapter = serial_of(story(tmp_path, {"chapters/1.md": text, **images})).chapters[0]
    assert chapter.pictures == ("images/b.png", "images/a.jpg")


async def test_a_pictures_bytes_and_true_type(tmp_path: Path) -> None:
    data = picture("WEBP")
    root = story(tmp_path, {"chapters/1.md": "x", "images/a b.png": data, "secret.txt": "x"})
    (tmp_path / "secret.png").write_bytes(picture())
    library = read(root)
    for written in ("images/a b.png", "images/a%20b.png"):
        found = await library.picture("lamp", written)
        assert found is not None
        assert (found.path, found.media_type, found.data) == (written, "image/webp", data)
    for written in ("images/none.png", "../secret.png", "secret.txt", "/etc/passwd", "x" * 5000, ""):
        assert await library.picture("lamp", written) is None
    assert await library.picture("nobody", "images/a b.png") is None


def test_an_unfinished_draft_may_be_empty(tmp_path: Path) -> None:
    root = story(tmp_path, {"chapters/1.md": "Text", "chapters/2.md": "---\ndraft: true\n---\n"})
    assert [chapter.draft for chapter in serial_of(root).chapters] == [False, True]
