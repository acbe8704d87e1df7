"""Comparison of an import with what a story has: new chapters, changed ones, and those that its author decides on.

A file's front matter and its text are looked at apart: where only the author or only the source has changed one, that
change stays; where both have, the author decides.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from bot.content.authoring.chapter_file_names import free_name, name_from_title, name_without_number
from bot.content.authoring.chapters_by_title import ChaptersByTitle
from bot.content.authoring.front_matter_edit import change_front_matter
from bot.content.authoring.import_record import (
    ChapterRecord,
    are_alike,
    digests,
    identity_line,
    join_text,
    key_of,
    paragraph_digests,
    split_text,
)
from bot.content.authoring.import_report import ConflictAnswer, ImportConflict
from bot.content.authoring.import_request import ImportRequest
from bot.content.authoring.imported_pictures import PicturePlacer
from bot.content.authoring.imported_texts import chapter_matter, chapter_text, draft_text
from bot.content.chapters.chapter_file import LONGEST_FILE
from bot.domain.manuscript_import.imported_story import ImportedChapter
from bot.domain.stories.story import chapter_key
from bot.schemas.text_file import read_any_text


@dataclass(slots=True)
class ComparedImport:
    """Texts that an import is to write, and what becomes of its other chapters."""

    texts: dict[str, str] = field(default_factory=dict)
    """New texts by file."""
    order: list[str] = field(default_factory=list)
    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    conflicts: list[ImportConflict] = field(default_factory=list)
    taken_out: list[str] = field(default_factory=list)


class ImportComparison:
    """Compares the chapters of an import, one after the other, with the files of a story."""

    def __init__(
        self,
        chapters: Path,
        files: list[str],
        request: ImportRequest,
        placer: PicturePlacer,
        records: dict[str, ChapterRecord],
    ) -> None:
        self._request, self._placer = request, placer
        self.records = records
        self._files = files
        self._texts = {file: read_any_text(chapters / file, most=LONGEST_FILE).text for file in files}
        self._by_key = {key_of(file, text): file for file, text in self._texts.items()}
        self._seen: set[str] = set()
        self._done = ComparedImport(order=list(files))
        self._names = [name_without_number(file) for file in files]
        self._by_title = ChaptersByTitle(chapters, self._texts)
        self._met: set[str] = set()

    def compare(self) -> ComparedImport:
        """Return what is to be written."""
        previous: str | None = None
        any_known = False
        found = self._request.imported.chapters
        for number, chapter in enumerate(found):
            self._request.told(number, 2 * len(found))
            text = chapter_text(chapter, self._placer.rewrite(chapter.body, chapter.pictures))
            source_key, known = self._known(chapter)
            self._seen.add(source_key)
            if known is None and (same := self._file_of_title(chapter.title)) is not None:
                self._meet(chapter, text, source_key, same)
                previous = same
            elif known is None:
                previous = self._new_file(chapter.title, text, previous, (chapter, source_key))
            elif (file := self._by_key.get(known.key)) is None:
                self._done.taken_out.append(chapter.title)
            else:
                if not any_known:
                    self._move_before(file)
                any_known = True
                self._update(chapter, known, file, text)
                previous = file
        return self._done

    def _move_before(self, file: str) -> None:
        """Put the chapters that were added so far before a file: they stand before it in the source."""
        order, added = self._done.order, self._done.added
        kept = [each for each in order if each not in added]
        place = kept.index(file)
        order[:] = [*kept[:place], *added, *kept[place:]]

    def vanished(self) -> list[str]:
        """Return the files of chapters that the source no longer has."""
        lost = [each.key for key, each in self.records.items() if key not in self._seen]
        return [file for key in lost if (file := self._by_key.get(key)) is not None]

    def _known(self, chapter: ImportedChapter) -> tuple[str, ChapterRecord | None]:
        """Return the key under which the chapter is recorded, and its record if it was imported before."""
        parts = paragraph_digests(chapter.body)
        number, key = 1, chapter.source_key
        # One that came from the same place, such as another paste, may be another chapter.
        while (known := self.records.get(key)) is not None:
            same = known.title == chapter.title or are_alike(known.paragraphs, parts)
            if same and key not in self._seen:
                return key, known
            number, key = number + 1, f"{chapter.source_key}~{number + 1}"
        for other, record in self.records.items():
            # Its place in the source has changed.
            if (
                other not in self._seen
                and record.title == chapter.title
                and are_alike(record.paragraphs, parts)
            ):
                return other, record
        return key, None

    def _file_of_title(self, title: str) -> str | None:
        """Return a chapter of that title which was there before and is none of the source's that came so far."""
        file = self._by_title.find(title)
        if file is None or file in self._met:
            return None
        taken = {self.records[each].key for each in self._seen & self.records.keys()}
        return file if key_of(file, self._texts[file]) not in taken else None

    def _meet(self, chapter: ImportedChapter, text: str, source_key: str, file: str) -> None:
        """Compare a chapter with one of its title that did not come from it: the author decides between two texts."""
        self._met.add(file)
        present = self._texts[file]
        mine, theirs = split_text(present), split_text(text)
        replaced = change_front_matter(
            join_text(mine[0], theirs[1], identity_line(present)), chapter_matter(chapter)
        )
        answer = self._request.answers.by_file.get(file, self._request.answers.default)
        if mine[1] != theirs[1] and answer is None:
            self._done.conflicts.append(ImportConflict(file, present, replaced))
            return
        if mine[1] != theirs[1] and answer is ConflictAnswer.TAKE_SOURCE:
            self._done.texts[file] = replaced
            self._done.updated.append(file)
            mine = split_text(replaced)
        else:
            self._done.unchanged.append(file)
            if mine[1] != theirs[1] and answer is ConflictAnswer.BESIDE:
                self._new_file(f"{chapter.title} (source)", draft_text(text), file, None)
        self.records[source_key] = ChapterRecord(
            key_of(file, present),
            chapter.title,
            digests(mine),
            digests(theirs),
            paragraph_digests(chapter.body),
        )

    def _new_file(
        self, title: str, text: str, previous: str | None, recorded: tuple[ImportedChapter, str] | None
    ) -> str:
        name = free_name(name_from_title(title), self._names)
        file = f"{len(self._names) + 1:03}-{name}.md"
        self._names.append(name)
        order = self._done.order
        order.insert(order.index(previous) + 1 if previous is not None else len(order), file)
        self._done.texts[file] = text
        self._done.added.append(file)
        if recorded is not None:
            self._remember(*recorded, chapter_key(file.removesuffix(".md")), split_text(text))
        return file

    def _remember(self, chapter: ImportedChapter, source_key: str, key: str, parts: tuple[str, str]) -> None:
        found = digests(parts)
        self.records[source_key] = ChapterRecord(
            key, chapter.title, found, found, paragraph_digests(chapter.body)
        )

    def _update(self, chapter: ImportedChapter, known: ChapterRecord, file: str, text: str) -> None:
        present = self._texts[file]
        mine, theirs = split_text(present), split_text(text)
        mine_now, theirs_now = digests(mine), digests(theirs)
        chosen, disputed = list(mine), False
        for place in (0, 1):
            if theirs_now[place] == known.source[place]:
                continue
            if mine_now[place] in (known.written[place], theirs_now[place]):
                chosen[place] = theirs[place]
            else:
                disputed = True
        identity = identity_line(present)
        if disputed:
            answer = self._request.answers.by_file.get(file, self._request.answers.default)
            if answer is None:
                self._done.conflicts.append(ImportConflict(file, present, join_text(*theirs, identity)))
                return
            if answer is ConflictAnswer.TAKE_SOURCE:
                chosen = list(theirs)
            elif answer is ConflictAnswer.BESIDE:
                self._new_file(f"{chapter.title} (source)", draft_text(text), file, None)
        written = [
            theirs_now[place] if chosen[place] == theirs[place] else known.written[place] for place in (0, 1)
        ]
        known.written, known.source = (written[0], written[1]), theirs_now
        known.title, known.paragraphs = chapter.title, paragraph_digests(chapter.body)
        result = join_text(chosen[0], chosen[1], identity)
        if result == present or tuple(chosen) == mine:
            self._done.unchanged.append(file)
            return
        self._done.texts[file] = result
        self._done.updated.append(file)
