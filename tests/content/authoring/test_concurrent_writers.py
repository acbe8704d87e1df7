"""Processes that write into the same folder at once: one after the other, and never into each other's new story."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path
from typing import Any

from bot.content.authoring.new_story_folder import StoryExists, new_story_folder
from bot.content.authoring.story_files import StoryFiles
from bot.domain.manuscript_import.imported_story import ImportedChapter, ImportedStory
from bot.domain.manuscript_import.source_document import Source

ROUNDS = 6


def book(writer: str) -> ImportedStory:
    chapters = tuple(
        ImportedChapter(f"{writer} {number}", f"Text {number} of {writer}.\n", f"{writer}#{number}", number)
        for number in range(5)
    )
    return ImportedStory(Source(f"{writer}.epub", ()), chapters, (), f"Tale of {writer}", writer, "en")


def import_into(root: Path, slug: str, writer: str) -> None:
    StoryFiles(root).write_import(slug, book(writer), {}, add=True)


def create(root: Path, slug: str, writer: str) -> None:
    StoryFiles(root).create_story(slug, {"title": f"Tale of {writer}"})


def work(change: Any, root: Path, writer: str, together: Barrier, done: Any) -> None:
    outcomes = []
    for number in range(ROUNDS):
        together.wait(60)
        try:
            change(root, f"tale-{number}", writer)
            outcomes.append("written")
        except StoryExists:
            outcomes.append("refused")
    done.put((writer, outcomes))


def at_once(change: Any, root: Path) -> dict[str, list[str]]:
    context = multiprocessing.get_context("spawn")
    together, done = context.Barrier(2), context.Queue()
    workers = [
        context.Process(target=work, args=(change, root, writer, together, done)) for writer in ("ada", "bo")
    ]
    for each in workers:
        each.start()
    found = dict(done.get(timeout=120) for _ in workers)
    for each in workers:
        each.join()
    return found


def texts(story: Path) -> str:
    return "".join(each.read_text(encoding="utf-8") for each in sorted(story.glob("chapters/*.md")))


def test_two_imports_into_one_story_come_one_after_the_other(tmp_path: Path) -> None:
    files = StoryFiles(tmp_path)
    for number in range(ROUNDS):
        files.create_story(f"tale-{number}", {"title": "Tale"})
    assert at_once(import_into, tmp_path) == {"ada": ["written"] * ROUNDS, "bo": ["written"] * ROUNDS}
    for number in range(ROUNDS):
        names = files.list_chapters(f"tale-{number}")
        assert [name[:3] for name in names] == [f"{place:03}" for place in range(1, 11)]
        whole = texts(tmp_path / f"tale-{number}")
        for writer in ("ada", "bo"):
            assert all(whole.count(f"Text {place} of {writer}.") == 1 for place in range(5))
            assert not StoryFiles(tmp_path).write_import(f"tale-{number}", book(writer), {}).added


def check_one_each(root: Path, found: dict[str, list[str]]) -> None:
    for number in range(ROUNDS):
        outcome = {writer: outcomes[number] for writer, outcomes in found.items()}
        assert sorted(outcome.values()) == ["refused", "written"]
        (winner,) = [writer for writer, each in outcome.items() if each == "written"]
        story = root / f"tale-{number}"
        assert f"Tale of {winner}" in (story / "story.yaml").read_text(encoding="utf-8")
        assert ("bo" if winner == "ada" else "ada") not in texts(story)
    assert sorted(each.name for each in root.iterdir()) == [f"tale-{number}" for number in range(ROUNDS)]


def test_of_two_who_make_the_same_story_one_is_refused(tmp_path: Path) -> None:
    check_one_each(tmp_path, at_once(create, tmp_path))


def test_a_story_made_while_an_import_is_read_is_not_written_into(tmp_path: Path) -> None:
    def picture() -> bytes:
        # While its pictures are read, somebody else takes the name.
        if not (tmp_path / "tale").exists():
            create(tmp_path, "tale", "ada")
        return b""

    shown = ImportedChapter("One", "![It](a.png)\n", "book#1", 0, pictures={"a.png": "a.png"})
    story = ImportedStory(Source("book.epub", ()), (shown,), (), "Tale of bo", "bo", "en")
    try:
        StoryFiles(tmp_path).write_import("tale", story, {"a.png": picture})
    except StoryExists:
        pass
    else:
        raise AssertionError("it was written")
    assert [each.name for each in tmp_path.iterdir()] == ["tale"]
    assert texts(tmp_path / "tale") == ""


def test_a_folder_that_is_being_filled_is_not_taken_for_abandoned(tmp_path: Path) -> None:
    with new_story_folder(tmp_path, "tale") as made:
        (made / "story.yaml").write_text("title: Tale\n", encoding="utf-8")
        StoryFiles(tmp_path)
        assert made.is_dir()
    (tmp_path / ".new-story-left" / "other").mkdir(parents=True)
    StoryFiles(tmp_path)
    assert [each.name for each in tmp_path.iterdir()] == ["tale"]
