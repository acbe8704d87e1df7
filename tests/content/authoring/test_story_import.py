"""Writing of imports: new, again, beside the author's edits, and never by half."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.content.authoring import change_journal
from bot.content.authoring.atomic_files import write_new_file
from bot.content.authoring.import_report import ConflictAnswer, ConflictAnswers, StoryNotImported
from bot.content.authoring.story_files import StoryFiles
from bot.domain.manuscript_import.imported_story import ImportedChapter, ImportedStory
from bot.domain.manuscript_import.source_document import Source


def chapter(title: str, body: str, **matter: object) -> ImportedChapter:
    return replace(ImportedChapter(title, f"{body}\n", f"book#{title}", 0), **matter)  # type: ignore[arg-type]


def book(*chapters: ImportedChapter, cover: str | None = None) -> ImportedStory:
    return ImportedStory(Source("book.epub", ()), chapters, (), "Tale: one", "Ada", "en", cover=cover)


ONE, TWO = chapter("One", "First text.", part="Dawn", pov="Ada"), chapter("Two", "Second text.")


def contents(root: Path) -> Mapping[str, bytes]:
    return {
        str(each.relative_to(root)): each.read_bytes()
        for each in root.rglob("*")
        if each.is_file() and not each.name.endswith(".lock")
    }


def text(files: StoryFiles, file: str) -> str:
    return files.read_text("tale", file).text


def edit(files: StoryFiles, file: str, new: str) -> None:
    files.save_text("tale", file, new, files.read_text("tale", file).version)


def test_the_same_source_again_changes_nothing(tmp_path: Path) -> None:
    files = StoryFiles(tmp_path)
    assert files.write_import("tale", book(ONE, TWO), {}).added == ("001-one.md", "002-two.md")
    assert text(files, "001-one.md") == "---\ntitle: One\npart: Dawn\npov: Ada\n---\nFirst text.\n"
    assert "name: Ada" in (tmp_path / "tale/story.yaml").read_text(encoding="utf-8")
    before = contents(tmp_path)
    assert files.write_import("tale", book(ONE, TWO), {}).unchanged == ("001-one.md", "002-two.md")
    assert contents(tmp_path) == before


def test_changes_of_the_source_come_and_the_authors_own_stay(tmp_path: Path) -> None:
    files = StoryFiles(tmp_path)
    files.write_import("tale", book(ONE, TWO), {})
    files.set_front_matter("tale", "001-one.md", {"warnings": ["grief"]})
    edit(files, "002-two.md", text(files, "002-two.md") + "\nMine.\n")
    between = chapter("Between", "New.")
    report = files.write_import("tale", book(replace(ONE, body="Better.\n"), between, TWO), {})
    assert (report.added, report.updated) == (("002-between.md",), ("001-one.md",))
    assert "grief" in text(files, "001-one.md")
    assert "Better." in text(files, "001-one.md")
    assert "Mine." in text(files, "003-two.md")


@pytest.mark.parametrize("answer", [None, *ConflictAnswer])
def test_what_both_have_changed_is_asked_once(tmp_path: Path, answer: ConflictAnswer | None) -> None:
    files = StoryFiles(tmp_path)
    files.write_import("tale", book(ONE, TWO), {})
    edit(files, "002-two.md", "---\ntitle: Two\n---\nMine.\n")
    newer = book(ONE, replace(TWO, body="Theirs.\n"))
    report = files.write_import("tale", newer, {}, answers=ConflictAnswers(answer))
    assert bool(report.conflicts) is (answer is None)
    taken = answer is ConflictAnswer.TAKE_SOURCE
    assert ("Theirs." if taken else "Mine.") in text(files, "002-two.md")
    assert len(files.list_chapters("tale")) == (3 if answer is ConflictAnswer.BESIDE else 2)
    if answer is ConflictAnswer.BESIDE:
        assert "draft: true" in text(files, "003-two-source.md")
    again = files.write_import("tale", newer, {})
    assert bool(again.conflicts) is (answer is None)


def test_vanished_chapters_stay_and_removed_ones_do_not_return(tmp_path: Path) -> None:
    files = StoryFiles(tmp_path)
    files.write_import("tale", book(ONE, TWO), {})
    assert files.write_import("tale", book(TWO), {}).vanished == ("001-one.md",)
    files.remove("tale", "002-two.md")
    assert files.write_import("tale", book(ONE, TWO), {}).taken_out == ("Two",)
    assert files.list_chapters("tale") == ["001-one.md"]


def test_another_text_from_the_same_place_is_another_chapter(tmp_path: Path) -> None:
    files = StoryFiles(tmp_path)
    files.write_import("tale", book(replace(ONE, source_key="-#1")), {})
    report = files.write_import("tale", book(replace(TWO, source_key="-#1")), {})
    assert (report.added, report.vanished) == (("002-two.md",), ("001-one.md",))


def test_own_chapters_are_not_mixed_with_an_import_unasked(tmp_path: Path) -> None:
    files = StoryFiles(tmp_path)
    files.create_story("tale", {"title": "Tale"})
    files.add_chapter("tale", "Mine", "Text.\n")
    with pytest.raises(StoryNotImported):
        files.write_import("tale", book(ONE), {})
    assert files.write_import("tale", book(ONE), {}, add=True).added == ("002-one.md",)


def test_pictures_are_kept_once_under_a_fitting_name_and_lost_ones_are_told(tmp_path: Path) -> None:
    made = BytesIO()
    Image.new("RGB", (4, 4)).save(made, "PNG")
    keys = ("a.jpg", "b.png", "http://x.test/c.png", "bad.png")
    shown = chapter("One", "\n\n".join(f"![It]({key})" for key in keys), pictures={key: key for key in keys})
    pictures = {"a.jpg": made.getvalue, "b.png": made.getvalue, "bad.png": lambda: b"MZ"}
    report = StoryFiles(tmp_path).write_import("tale", book(shown, cover="b.png"), pictures)
    written = (tmp_path / "tale/chapters/001-one.md").read_text(encoding="utf-8")
    assert written.count("![It](images/a.png)") == 2
    assert "cover: images/a.png" in (tmp_path / "tale/story.yaml").read_text(encoding="utf-8")
    assert [each.partition(": ")[0] for each in report.lost_pictures] == ["http://x.test/c.png", "bad.png"]


def test_a_picture_takes_a_free_name_and_not_that_of_another(tmp_path: Path) -> None:
    made = []
    for width in (4, 5, 6):
        file = BytesIO()
        Image.new("RGB", (width, 4)).save(file, "PNG")
        made.append(file.getvalue())
    files = StoryFiles(tmp_path)
    files.create_story("tale", {"title": "Tale"})
    (tmp_path / "tale/images").mkdir(exist_ok=True)
    (tmp_path / "tale/images/tree.png").write_bytes(made[0])
    named = {"march/tree.png": "images/tree.png", "may/tree.png": "images/tree-2.png"}
    body = "![March](images/tree.png)\n\n![May](images/tree-2.png)\n"
    files.write_import(
        "tale",
        book(chapter("One", body, pictures=named)),
        {"march/tree.png": lambda: made[1], "may/tree.png": lambda: made[2]},
        add=True,
    )
    lines = (tmp_path / "tale/chapters/001-one.md").read_text(encoding="utf-8").split("\n")
    shown = [line.partition("(")[2].rstrip(")") for line in lines if line.startswith("![")]
    assert [(tmp_path / "tale" / each).read_bytes() for each in shown] == made[1:]


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_failure_leaves_all_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    files = StoryFiles(tmp_path)
    calls: list[Path] = []

    def refuse(path: Path, new: bytes) -> None:
        calls.append(path)
        if len(calls) == failing:
            raise OSError(28, "No space left on device")
        write_new_file(path, new)

    for_new, for_more = (
        book(ONE, TWO, chapter("Three", "x")),
        book(replace(ONE, body="Other.\n"), replace(TWO, body="Other too.\n"), chapter("Three", "x")),
    )
    monkeypatch.setattr(change_journal, "write_new_file", refuse)
    with pytest.raises(OSError, match="No space"):
        files.write_import("tale", for_new, {})
    assert contents(tmp_path) == {}
    monkeypatch.undo()
    files.write_import("tale", book(ONE, TWO), {})
    before = contents(tmp_path)
    calls.clear()
    monkeypatch.setattr(change_journal, "write_new_file", refuse)
    with pytest.raises(OSError, match="No space"):
        files.write_import("tale", for_more, {})
    assert contents(tmp_path) == before


@pytest.mark.parametrize(
    ("answer", "first"),
    [(None, "Mine."), (ConflictAnswer.KEEP_MINE, "Mine."), (ConflictAnswer.TAKE_SOURCE, "First text.")],
)
def test_a_chapter_of_the_same_title_that_was_not_imported_is_never_doubled(
    tmp_path: Path, answer: ConflictAnswer | None, first: str
) -> None:
    files = StoryFiles(tmp_path)
    files.create_story("tale", {"title": "Tale"})
    file = files.add_chapter("tale", "one", "Mine.\n")
    files.set_front_matter("tale", file, {"thanks": [3]})
    report = files.write_import("tale", book(ONE, TWO), {}, answers=ConflictAnswers(answer), add=True)
    assert report.added == ("002-two.md",)
    assert [each.file for each in report.conflicts] == ([file] if answer is None else [])
    assert text(files, file).endswith(f"---\n{first}\n")
    assert "thanks:\n  - 3\n" in text(files, file), "what the author has set stays"
    again = files.write_import("tale", book(ONE, TWO), {}, answers=ConflictAnswers(answer), add=True)
    assert not again.added
    assert not again.updated


def test_two_chapters_of_one_title_in_a_source_are_two(tmp_path: Path) -> None:
    files = StoryFiles(tmp_path)
    again = replace(chapter("One", "Another text."), source_key="book#One.2")
    assert len(files.write_import("tale", book(ONE, again), {}).added) == 2
    assert len(files.write_import("tale", book(ONE, again), {}).unchanged) == 2


def test_undone_decisions_are_remembered_until_others_are_given(tmp_path: Path) -> None:
    files = StoryFiles(tmp_path)
    assert files.read_refused("tale") == frozenset()
    files.write_import("tale", book(ONE), {}, refused={"notice:2", "counter:1"})
    files.write_import("tale", book(ONE, TWO), {})
    assert files.read_refused("tale") == {"notice:2", "counter:1"}
    files.reorder("tale", ["002-two.md", "001-one.md"])
    assert files.read_refused("tale") == {"notice:2", "counter:1"}
    files.write_import("tale", book(ONE, TWO), {}, refused=frozenset())
    assert files.read_refused("tale") == frozenset()
    (tmp_path / "tale/.import.json").write_text("{", encoding="utf-8")
    assert files.read_refused("tale") == frozenset()


def test_a_folder_of_chapters_without_a_story_file_is_no_new_story(tmp_path: Path) -> None:
    (tmp_path / "tale/chapters").mkdir(parents=True)
    (tmp_path / "tale/chapters/1-mine.md").write_text("Mine.\n", encoding="utf-8")
    files = StoryFiles(tmp_path)
    with pytest.raises(StoryNotImported):
        files.write_import("tale", book(ONE), {})
    assert files.write_import("tale", book(ONE), {}, add=True).added == ("002-one.md",)
    assert "Ada" in (tmp_path / "tale/story.yaml").read_text(encoding="utf-8")
