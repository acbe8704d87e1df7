"""A story's folder becomes a serial, with every fault in it; files that did not change are not read again."""

from __future__ import annotations

import logging
import math
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from os.path import lexists
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from zoneinfo import ZoneInfo

from bot.clock import stopwatch
from bot.content.chapter_file import ChapterFile, read_chapter
from bot.content.cross_chapter_checks import out_of_order, picture_faults, twins
from bot.content.directory_scan import closed, listed, outside, passed_over, reason, said, unreadable
from bot.content.file_names import chapter_files, is_ignored, is_slug, not_chapters
from bot.content.pictures import PictureChecks, picture_named
from bot.content.skipped_files import beside_chapters, not_taken
from bot.content.story_schema import StorySchema
from bot.content.subprocess_reader import LARGE, read_apart
from bot.content.sync_conflicts import split_copies
from bot.domain.diagnostics import Diagnostic, harmful
from bot.domain.stories.story import BrokenChapter, Chapter, Serial, Story, chapter_key
from bot.domain.text.terminal_escaping import printable
from bot.schemas.text_file import UnreadableFile, read_text
from bot.schemas.validation import read_form
from bot.schemas.yaml_source import YamlSource

_log = logging.getLogger(__name__)

STORY_FILE = "story.yaml"
CHAPTERS = "chapters"

_LONGEST_STORY_FILE = 256 * 1024


class TooSlow(Exception):
    """Reading a story took longer than it may hold up the others. What was read of it is remembered."""


_Read = tuple[ChapterFile | None, list[Diagnostic]]


@dataclass(slots=True)
class LoadCache:
    """What was read of which file, by the time and size it had then; and each chapter as it was last found sound."""

    pictures: PictureChecks
    until: float = math.inf
    """When to let go of the story that is being read, by the stopwatch."""

    _chapters: dict[Path, tuple[tuple[int, int, int], _Read]] = field(default_factory=dict)
    _built: dict[str, tuple[ChapterFile, ZoneInfo, Chapter]] = field(default_factory=dict)
    good: dict[Path, ChapterFile] = field(default_factory=dict)

    def chapter(self, path: Path) -> _Read:
        """The chapter in that file, read again only if the file changed.

        Raises:
            TooSlow: the story's time is up; the chapter is remembered.
        """
        if (fault := outside(path, path.parents[2])) is not None:
            return None, [fault]
        try:
            stat = path.stat()
        except OSError:
            return read_chapter(path)
        stamp = (stat.st_mtime_ns, stat.st_size, stat.st_ino)
        known = self._chapters.get(path)
        if known is None or known[0] != stamp or _finds_more(known[1][0], path):
            read = read_apart if stat.st_size > LARGE else read_chapter
            known = self._chapters[path] = (stamp, read(path))
            self.keep_going()
        return known[1]

    def keep_going(self) -> None:
        """After what takes time, and is remembered.

        Raises:
            TooSlow: the story's time is up.
        """
        if stopwatch() > self.until:
            raise TooSlow

    def text(self, path: Path) -> str | None:
        """The text of the chapter in that file, if it can be read."""
        file, _ = self.chapter(path)
        return None if file is None else file.text

    def built(self, file: ChapterFile, zone: ZoneInfo) -> Chapter:
        """The chapter of that file, the same object as long as neither file nor zone change: whoever finds out
        something about it need not find it out again."""
        known = self._built.get(file.name)
        if known is None or known[0] is not file or known[1] != zone:
            known = self._built[file.name] = (file, zone, file.chapter(zone))
        return known[2]

    def forget_all_but(self, folder: Path, paths: Iterable[Path]) -> None:
        """Let go of chapters of that folder which are gone."""
        for gone in {path for path in self._chapters if path.parent == folder}.difference(paths):
            del self._chapters[gone]
            self._built.pop(said(gone), None)
            self.good.pop(gone, None)


def _finds_more(file: ChapterFile | None, path: Path) -> bool:
    """Whether a picture that a chapter lacked is there now."""
    return file is not None and any(picture_named(path.parents[1], name) for name in file.lacking)


@dataclass(frozen=True, slots=True)
class LoadedStory:
    """What a story's folder holds: its description and its chapters as far as they are sound, and every fault.

    `parts` are the files of chapters in order: as they are, as they were last found sound, or what is wrong with them.
    There are none where the folder of chapters is missing or empty. `ill` are the first faults of the chapters that
    are at fault now.
    """

    slug: str
    story: Story | None
    parts: tuple[ChapterFile | BrokenChapter, ...]
    faults: tuple[Diagnostic, ...]
    ill: tuple[Diagnostic, ...] = ()
    unfinished: bool = False

    def under(self, story: Story, memory: LoadCache) -> Serial | None:
        """The serial with that description; None where there are no chapters."""
        if not self.parts:
            return None
        chapters: list[Chapter] = []
        broken: list[BrokenChapter] = []
        for part in self.parts:
            if isinstance(part, BrokenChapter):
                broken.append(replace(part, place=len(chapters)))
            else:
                chapters.append(memory.built(part, story.timetable.zone))
        return Serial(story, tuple(chapters), tuple(broken))


def story_folders(root: Path) -> tuple[list[Path], list[Diagnostic]]:
    """The folders of stories below `root`, by name; and the faults in how they are named.

    What has neither a story file nor chapters is nobody's story and is passed over.
    """
    try:
        entries = [(path, found) for path, found in listed(root) if not is_ignored(path.name)]
    except FileNotFoundError:
        return [], [
            Diagnostic(
                said(root), 0, "there is no such folder", "Make it, with a folder for each story in it."
            )
        ]
    except OSError as error:
        problem = f"this is no folder that can be read: {reason(error)}"
        return [], [Diagnostic(said(root), 0, problem, "Name the content folder.")]
    folders: list[Path] = []
    faults: list[Diagnostic] = []
    for path, found in entries:
        if not isinstance(found, int) or not (S_ISDIR(found) or S_ISREG(found)):
            faults.append(passed_over(path, found))
        elif S_ISDIR(found):
            _look_into(path, root, folders, faults)
    seen: dict[str, Path] = {}
    for path in folders:
        slug = slug_of(path)
        if not is_slug(slug):
            mend = "Use letters, digits, - and _ only, 64 at most: the-lamplighters."
            faults.append(Diagnostic(said(path), 0, "this folder’s name cannot name a story", mend))
        elif (twin := seen.setdefault(slug.casefold(), path)) is not path:
            problem = f"this story has the same name as {twin}"
            faults.append(
                Diagnostic(said(path), 0, problem, "Rename one of the two: case does not tell them apart.")
            )
    bad = {fault.file for fault in faults}
    return [path for path in folders if said(path) not in bad], faults


def _look_into(path: Path, root: Path, folders: list[Path], faults: list[Diagnostic]) -> None:
    """Take a folder for a story's, or pass it over. One that is closed may well be a story's if it could be called so:
    what it holds is then found to be missing."""
    fault = closed(path, root, STORY_FILE)
    if fault is None:
        if lexists(path / STORY_FILE) or _has_chapters(path):
            folders.append(path)
    elif is_slug(slug_of(path)):
        folders.append(path)
    else:
        faults.append(replace(fault, problem=f"{fault.problem}; it is passed over", warning=True))


def slug_of(folder: Path) -> str:
    """The slug that a story's folder gives it."""
    return unicodedata.normalize("NFC", folder.name)


def load_story(folder: Path, memory: LoadCache) -> LoadedStory:
    """Read a story's folder. A fault of one chapter is that chapter's alone, and no other story hears of any."""
    slug = slug_of(folder)
    if (fault := closed(folder, folder.parent, STORY_FILE)) is not None:
        return LoadedStory(slug, None, (), (fault,))
    try:
        return _load_story(folder, slug, memory)
    except TooSlow:
        mend = "It is read on bit by bit; if this stays, part what is long and save pictures smaller."
        fault = Diagnostic(said(folder), 0, "this story takes too long to read", mend)
        return LoadedStory(slug, None, (), (fault,), unfinished=True)
    except Exception as error:
        # Nothing is known that leads here; but then the other stories are to be read, and this one not to be lost.
        _log.exception(
            "%s could not be read", said(folder), extra={"action": "story_not_read", "story": slug}
        )
        problem = f"this story could not be read: {printable(repr(error)[:200])}"
        mend = "Look at what was changed last, and tell the makers of this bot."
        return LoadedStory(slug, None, (), (Diagnostic(said(folder), 0, problem, mend),))


def _load_story(folder: Path, slug: str, memory: LoadCache) -> LoadedStory:
    story, faults = _read_story(folder, slug, memory)
    parts, more, ill = _read_chapters(folder, memory)
    found = tuple(sorted({*faults, *more}))
    return LoadedStory(slug, story if not faults else None, tuple(parts), found, ill)


def _read_story(folder: Path, slug: str, memory: LoadCache) -> tuple[Story | None, list[Diagnostic]]:
    file = folder / STORY_FILE
    if not lexists(file):
        mend = "Make it; one line is enough to begin with: “title: …”."
        return None, [Diagnostic(said(file), 0, "the story has chapters but no story.yaml", mend)]
    if (fault := outside(file, folder.parent)) is not None:
        return None, [fault]
    try:
        source = YamlSource(said(file), read_text(file, most=_LONGEST_STORY_FILE))
    except UnreadableFile as error:
        return None, [error.fault]
    form, faults = read_form(StorySchema, source)
    cover = form.cover if form is not None else _cover(source)
    if cover is not None and (problem := memory.pictures.problem(folder, cover)):
        faults.append(source.fault(["cover"], *problem))
    return (None if form is None else form.story(slug)), faults


def _cover(source: YamlSource) -> str | None:
    """The cover that a faulty story file names, so that its faults are told together with the others."""
    data, _ = source.read()
    cover = data.get("cover") if isinstance(data, dict) else None
    return cover.strip() if isinstance(cover, str) else None


def _read_chapters(
    folder: Path, memory: LoadCache
) -> tuple[list[ChapterFile | BrokenChapter], list[Diagnostic], tuple[Diagnostic, ...]]:
    """The chapters as far as they can be read, all that is to be said of them, and the first fault of each."""
    where = folder / CHAPTERS
    if (fault := outside(where, folder.parent)) is not None:
        return [], [fault], ()
    left: list[Diagnostic] = []
    try:
        left += beside_chapters(folder, CHAPTERS)
        paths = chapter_files(where)
        left += not_chapters(where) + not_taken(where, folder.parent)
    except (FileNotFoundError, NotADirectoryError):
        mend = "Make it and put the chapters there, as .md files."
        return [], [*left, Diagnostic(said(where), 0, "the chapters folder is missing", mend)], ()
    except OSError as error:
        return [], [*left, unreadable(where, error)], ()
    paths, copies = split_copies(paths, memory.text)
    left += copies
    memory.forget_all_but(where, paths)
    if not paths:
        problem, mend = "there is no chapter here", "Add the first as 001-its-name.md."
        return [], [*left, Diagnostic(said(where), 0, problem, mend)], ()
    results = [memory.chapter(path) for path in paths]
    files = [file for file, _ in results if file is not None]
    left += out_of_order(files)
    same = twins(files)
    checked: list[tuple[Path, ChapterFile | None, list[Diagnostic]]] = []
    for path, (file, found) in zip(paths, results, strict=True):
        own = harmful(found)
        left += [fault for fault in found if fault.warning]
        if file is not None:
            decoded = memory.pictures.decoded
            own += [*same.get(file.name, ()), *picture_faults(folder, file, memory.pictures)]
            if not own:
                memory.good[path] = file
            if memory.pictures.decoded != decoded:
                memory.keep_going()
        checked.append((path, file, own))
    taken = {file.key for _, file, own in checked if file is not None and not own}
    parts = [
        _part(path, file, own, None if (last := memory.good.get(path)) and last.key in taken else last)
        for path, file, own in checked
    ]
    ill = tuple(min(own) for _, _, own in checked if own)
    return parts, [*left, *(fault for _, _, own in checked for fault in own)], ill


def _part(
    path: Path, file: ChapterFile | None, faults: list[Diagnostic], last: ChapterFile | None
) -> ChapterFile | BrokenChapter:
    """The file if it is sound, else as it was last, else what is wrong with it."""
    if file is not None and not faults:
        return file
    key = file.key if file is not None else chapter_key(path.stem)
    return last or BrokenChapter(key, said(Path(path.name)), 0, min(faults))


def _has_chapters(folder: Path) -> bool:
    try:
        return bool(chapter_files(folder / CHAPTERS))
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        # There may well be some, and that they cannot be read is to be said.
        return True
