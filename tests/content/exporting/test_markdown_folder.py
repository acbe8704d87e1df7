"""A story exported as a folder is the same story when it is read again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.book_contents import whole_book
from bot.content.exporting.markdown_folder import folder_files
from bot.domain.stories.story import Chapter, Serial
from tests.content.samples import picture, put, read, story

ROOT = Path(__file__).parents[3]


def exported(root: Path, slug: str, to: Path) -> Serial:
    serial = read(root).serials()[slug]
    book = whole_book(root / slug, serial, None, drafts=True)
    put(to / slug, dict(folder_files(book, (root / slug / "story.yaml").read_bytes())))
    again = read(to)
    assert [str(fault) for fault in again.list_faults() if not fault.warning] == []
    return again.serials()[slug]


def bare(chapters: tuple[Chapter, ...]) -> list[Chapter]:
    return [replace(chapter, file="", named=False, former=()) for chapter in chapters]


@pytest.mark.parametrize("slug", ["the-lamplighters", "tide-tables"])
def test_the_samples_come_back(slug: str, tmp_path: Path) -> None:
    before = read(ROOT / "content").serials()[slug]
    after = exported(ROOT / "content", slug, tmp_path)
    assert after.story == before.story
    assert bare(after.chapters) == bare(before.chapters)


def test_everything_of_a_chapter_comes_back(tmp_path: Path) -> None:
    head = (
        "---\ntitle: 'Yes: no'\nid: Öl/7\npart: II\npov: Bo\nwarnings: [fog, 'a, b']\nnote_before: |\n  One.\n\n"
        "  Two.\n"
        "note_after: '# hi'\nthanks: [4]\npublish_at: 2026-12-01 18:00\ndraft: true\n---\n"
    )
    text = (
        "Roses are red\nViolets are blue\nSugar is sweet\n\n> q\n\n![d](images/a b.png)\n\n***\n\n"
        "A note[^1].\n\n[^1]: N.\n"
    )
    root = story(
        tmp_path / "content",
        {
            "chapters/2-sea/01-x.md": head + text,
            "chapters/1-land/3.md": "Plain.",
            "images/a b.png": picture(),
        },
    )
    before = read(root).serials()["lamp"]
    after = exported(root, "lamp", tmp_path / "again")
    assert len(before.chapters) == 2
    assert bare(after.chapters) == bare(before.chapters)
    assert (tmp_path / "again/lamp/images/a b.png").read_bytes() == picture()
