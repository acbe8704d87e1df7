"""Changes of a story's files: identities stay, nothing is lost, and a kill in the middle leaves all chapters."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.content.authoring.chapter_file_names import name_from_title
from bot.content.authoring.story_files import EditConflict, StoryFiles
from bot.content.chapters.chapter_file import read_chapter

TITLES = ("The Lamp", "1", "Chapter", "Глава 2", "CON", "notes", "नदी", "The Lamp")


def story(root: Path, *names: str) -> StoryFiles:
    files = StoryFiles(root)
    files.create_story("tale", {"title": "Tale"})
    for name in names:
        path = root / "tale" / "chapters" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"Text of {name}.\n", encoding="utf-8")
    return files


def identities(root: Path) -> list[str]:
    chapters = root / "tale" / "chapters"
    read = [read_chapter(chapters / name, chapters)[0] for name in StoryFiles(root).list_chapters("tale")]
    return [each.key for each in read if each is not None]


@pytest.mark.parametrize(
    ("title", "name"),
    [("The Lamp!", "the-lamp"), ("CON", "chapter-con"), ("7", "chapter-7"), ("नदी", "नदी"), ("?", "chapter")],
)
def test_titles_become_portable_names(title: str, name: str) -> None:
    assert name_from_title(title) == name


def test_long_titles_fit_a_file_system() -> None:
    assert len(name_from_title("灯" * 300).encode()) <= 180


def test_chapters_move_within_their_part_only(tmp_path: Path) -> None:
    files = story(tmp_path, "part-1/1-a.md", "part-1/2-b.md", "part-2/1-c.md")
    files.reorder("tale", ["part-1/2-b.md", "part-1/1-a.md", "part-2/1-c.md"])
    assert identities(tmp_path) == ["part-1/b", "part-1/a", "part-2/c"]
    with pytest.raises(ValueError, match="within"):
        files.reorder("tale", list(reversed(files.list_chapters("tale"))))


def test_an_edit_over_another_one_is_a_conflict(tmp_path: Path) -> None:
    files = story(tmp_path, "1-a.md")
    first = files.read_text("tale", "1-a.md")
    files.save_text("tale", "1-a.md", "Mine.\n", first.version)
    with pytest.raises(EditConflict) as conflict:
        files.save_text("tale", "1-a.md", "Yours.\n", first.version)
    assert conflict.value.current.text == "Mine.\n"


def test_a_full_disk_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = story(tmp_path, "1-a.md")
    file = tmp_path / "tale" / "chapters" / "1-a.md"
    file.chmod(0o640)
    first = files.read_text("tale", "1-a.md")

    def refuse(_number: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refuse)
        with pytest.raises(OSError, match="No space"):
            files.save_text("tale", "1-a.md", "new", first.version)
    assert {each.name for each in (tmp_path / "tale").iterdir()} == {
        "chapters",
        "story.yaml",
        ".writing.lock",
    }
    assert files.read_text("tale", "1-a.md") == first
    files.save_text("tale", "1-a.md", "new", first.version)
    assert file.read_text(encoding="utf-8") == "new"
    assert file.stat().st_mode & 0o777 == 0o640


class Authors(RuleBasedStateMachine):
    """Authors who add, move and remove chapters; `wanted` is what they expect."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.files = story(self.root)
        self.wanted: list[str] = []

    @rule(title=st.sampled_from(TITLES), place=st.integers(0, 9))
    def add(self, title: str, place: int) -> None:
        names = self.files.list_chapters("tale")
        at = min(place, len(names))
        known = set(self.wanted)
        self.files.add_chapter("tale", title, "Text.\n", before=names[at] if at < len(names) else None)
        (new,) = set(identities(self.root)) - known
        self.wanted.insert(at, new)

    @rule(data=st.data())
    def move(self, data: st.DataObject) -> None:
        places = data.draw(st.permutations(range(len(self.wanted))))
        names = self.files.list_chapters("tale")
        self.files.reorder("tale", [names[place] for place in places])
        self.wanted = [self.wanted[place] for place in places]

    @rule(place=st.integers(0, 9))
    def remove(self, place: int) -> None:
        names = self.files.list_chapters("tale")
        if place < len(names):
            self.files.remove("tale", names[place])
            del self.wanted[place]

    @invariant()
    def all_are_there(self) -> None:
        assert identities(self.root) == self.wanted

    def teardown(self) -> None:
        self.folder.cleanup()


Authors.TestCase.settings = settings(max_examples=15, stateful_step_count=12, deadline=None)
TestAuthors = Authors.TestCase
