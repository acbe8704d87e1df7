"""Imports, edits by hand, new orders, removals and returns in any sequence: no text that an author wrote is lost."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.content.authoring.import_report import ConflictAnswer, ConflictAnswers, ImportConflict
from bot.content.authoring.story_files import StoryFiles
from bot.content.chapters.chapter_file import read_chapter
from bot.domain.manuscript_import.imported_story import ImportedChapter, ImportedStory
from bot.domain.manuscript_import.source_document import Source

TITLES = ("One", "2", "Three: three", "Chapter")


class ImportHistory(RuleBasedStateMachine):
    """A story that is imported again and again while its author works on it; each text has a word of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.root = Path(self.folder.name)
        self.files = StoryFiles(self.root)
        self.words = 0
        self.source = dict.fromkeys(TITLES, "source0.")
        self.by_hand: set[str] = set()
        """Words that the author wrote and has not written over."""
        self.chapters: set[str] = set()
        """Identities that the story has, in or taken out."""

    def word(self) -> str:
        self.words += 1
        return f"word{self.words}."

    def whole(self) -> str:
        story = self.root / "tale"
        found = (*story.rglob("chapters/**/*.md"), *story.glob(".removed/*"))
        return "\n".join(each.read_text(encoding="utf-8") for each in found)

    @rule(
        titles=st.lists(st.sampled_from(TITLES), unique=True), answer=st.sampled_from([None, *ConflictAnswer])
    )
    def write_import(self, titles: list[str], answer: ConflictAnswer | None) -> None:
        chapters = tuple(
            ImportedChapter(title, f"It begins.\n\n{self.source[title]}\n", f"book#{title}", place)
            for place, title in enumerate(titles)
        )
        story = ImportedStory(Source("book.epub", ()), chapters, (), "Tale", "Ada", "en")
        mine = {each.file: each.mine for each in self.import_with(story, None)} if answer else {}
        self.import_with(story, answer)
        if answer is ConflictAnswer.TAKE_SOURCE:
            self.by_hand -= {word for word in self.by_hand if any(word in text for text in mine.values())}
        # What is told of as a conflict is asked for again, and nothing else is left to do.
        assert self.files.write_import("tale", story, {}, add=True).updated == ()

    def import_with(self, story: ImportedStory, answer: ConflictAnswer | None) -> list[ImportConflict]:
        report = self.files.write_import("tale", story, {}, answers=ConflictAnswers(answer), add=True)
        return list(report.conflicts)

    @rule(title=st.sampled_from(TITLES))
    def change_source(self, title: str) -> None:
        self.source[title] = self.word()

    @rule(place=st.integers(0, 5))
    def edit(self, place: int) -> None:
        names = self.files.list_chapters("tale")
        if place < len(names):
            current = self.files.read_text("tale", names[place])
            word = self.word()
            self.files.save_text("tale", names[place], f"{current.text}\n{word}\n", current.version)
            self.by_hand.add(word)

    @rule(data=st.data())
    def reorder(self, data: st.DataObject) -> None:
        names = self.files.list_chapters("tale")
        if names:
            before = self.identities()
            self.files.reorder("tale", data.draw(st.permutations(names)))
            assert sorted(self.identities()) == sorted(before)

    @rule(place=st.integers(0, 5))
    def remove(self, place: int) -> None:
        names = self.files.list_chapters("tale")
        if place < len(names):
            self.files.remove("tale", names[place])

    @rule(place=st.integers(0, 2))
    def restore(self, place: int) -> None:
        kept = self.files.list_removed("tale")
        if place < len(kept):
            self.files.restore("tale", kept[place])

    def identities(self) -> list[str]:
        chapters = self.root / "tale" / "chapters"
        read = [read_chapter(chapters / name, chapters)[0] for name in self.files.list_chapters("tale")]
        return [each.key for each in read if each is not None]

    @invariant()
    def no_text_is_lost(self) -> None:
        whole = self.whole()
        assert {word for word in self.by_hand if word not in whole} == set()

    @invariant()
    def identities_are_unique_and_nothing_else_is_left(self) -> None:
        found = self.identities()
        assert len(set(found)) == len(found) == len(self.files.list_chapters("tale"))
        if (self.root / "tale").exists():
            known = {"chapters", "story.yaml", ".import.json", ".writing.lock", ".removed"}
            assert {each.name for each in (self.root / "tale").iterdir()} <= known

    def teardown(self) -> None:
        self.folder.cleanup()


ImportHistory.TestCase.settings = settings(max_examples=20, stateful_step_count=15, deadline=None)
TestImportHistory = ImportHistory.TestCase
