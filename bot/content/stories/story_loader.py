"""Loading a story's folder into a serial with all its faults; unchanged files are not read again."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from os.path import lexists
from pathlib import Path

from bot.content.chapters.book_title import under_book_title
from bot.content.chapters.chapter_file import ChapterFile
from bot.content.files.chapter_tree import name_below, read_chapter_tree, sort_paths
from bot.content.files.directory_scan import (
    closed_folder_fault,
    outside_link_fault,
    printable_path,
    unreadable_folder_fault,
)
from bot.content.files.skipped_files import misplaced_file_warnings, no_chapter_fault
from bot.content.files.sync_conflicts import split_copies
from bot.content.stories.chapter_numbering import order_warnings
from bot.content.stories.cross_chapter_checks import duplicate_identity_faults, picture_faults
from bot.content.stories.left_out_files import find_left_out_files
from bot.content.stories.load_cache import LoadCache, TooSlow
from bot.content.stories.scene_break_value import find_unquoted_sign
from bot.content.stories.story_folders import CHAPTERS, STORY_FILE, slug_of
from bot.content.stories.story_schema import StorySchema
from bot.domain.diagnostics import Diagnostic, without_warnings
from bot.domain.stories.story import BrokenChapter, Chapter, Serial, Story, chapter_key
from bot.domain.text.terminal_escaping import printable
from bot.schemas.text_file import UnreadableFile, read_any_text
from bot.schemas.validation import read_schema
from bot.schemas.yaml_source import YamlSource

_log = logging.getLogger(__name__)


_LONGEST_STORY_FILE = 256 * 1024


@dataclass(frozen=True, slots=True)
class LoadedStory:
    """A story's folder as loaded: its description, its sound chapters, and every fault.

    `parts` are the chapter files in order: current, last good, or a fault; empty if the folder of chapters is
    missing or empty. `ill` are the first faults of chapters that are faulty now.
    """

    slug: str
    story: Story | None
    parts: tuple[ChapterFile | BrokenChapter, ...]
    faults: tuple[Diagnostic, ...]
    ill: tuple[Diagnostic, ...] = ()
    unfinished: bool = False

    def under(self, story: Story, memory: LoadCache) -> Serial | None:
        """Return the serial with the given description, or None if there are no chapters."""
        if not self.parts:
            return None
        chapters: list[Chapter] = []
        broken: list[BrokenChapter] = []
        for part in self.parts:
            if isinstance(part, BrokenChapter):
                broken.append(replace(part, place=len(chapters)))
            else:
                chapters.append(memory.built(part, story.release_rules.zone))
        return Serial(story, tuple(chapters), tuple(broken))


def load_story(folder: Path, memory: LoadCache) -> LoadedStory:
    """Load a story's folder. A fault of one chapter affects neither other chapters nor other stories."""
    slug = slug_of(folder)
    if (fault := closed_folder_fault(folder, folder.parent, STORY_FILE)) is not None:
        return LoadedStory(slug, None, (), (fault,))
    try:
        return _load_story(folder, slug, memory)
    except TooSlow:
        mend = "It is read on bit by bit; if this stays, part what is long and save pictures smaller."
        fault = Diagnostic(printable_path(folder), 0, "this story takes too long to read", mend)
        return LoadedStory(slug, None, (), (fault,), unfinished=True)
    except Exception as error:
        # Nothing is known that leads here; but then the other stories are to be read, and this one not to be lost.
        _log.exception(
            "%s could not be read", printable_path(folder), extra={"action": "story_not_read", "story": slug}
        )
        problem = f"this story could not be read: {printable(repr(error)[:200])}"
        mend = "Look at what was changed last, and tell the makers of this bot."
        return LoadedStory(slug, None, (), (Diagnostic(printable_path(folder), 0, problem, mend),))


def _load_story(folder: Path, slug: str, memory: LoadCache) -> LoadedStory:
    story, faults = _read_story(folder, slug, memory)
    parts, more, ill = _read_chapters(folder, memory, None if story is None else story.title)
    found = tuple(sorted({*faults, *more}))
    return LoadedStory(slug, story if not without_warnings(faults) else None, tuple(parts), found, ill)


def _read_story(folder: Path, slug: str, memory: LoadCache) -> tuple[Story | None, list[Diagnostic]]:
    file = folder / STORY_FILE
    if not lexists(file):
        mend = "Make it; one line is enough to begin with: “title: …”."
        return None, [Diagnostic(printable_path(file), 0, "the story has chapters but no story.yaml", mend)]
    if (fault := outside_link_fault(file, folder.parent)) is not None:
        return None, [fault]
    try:
        read = read_any_text(file, printable_path(file), most=_LONGEST_STORY_FILE)
    except UnreadableFile as error:
        return None, [error.fault]
    source = YamlSource(printable_path(file), read.text)
    form, faults = read_schema(StorySchema, source)
    if (sign := find_unquoted_sign(read.text)) is not None:
        said = f"“{sign}” without quotes is nothing to YAML, so scene breaks stay as they are by default"
        warning = source.fault(["scene_break"], said, f'Write scene_break: "{sign}".')
        faults.append(replace(warning, warning=True))
    cover = form.cover if form is not None else _cover(source)
    if cover is not None and (problem := memory.pictures.problem(folder, cover)):
        faults.append(source.fault(["cover"], *problem))
    return (None if form is None else form.story(slug)), [*faults, *read.warnings]


def _cover(source: YamlSource) -> str | None:
    """Return the cover that a faulty story file names, so that all faults are reported together."""
    data, _ = source.read()
    cover = data.get("cover") if isinstance(data, dict) else None
    return cover.strip() if isinstance(cover, str) else None


def _read_chapters(
    folder: Path, memory: LoadCache, title: str | None
) -> tuple[list[ChapterFile | BrokenChapter], list[Diagnostic], tuple[Diagnostic, ...]]:
    """Read the chapters as far as possible; return them with all faults and the first fault of each."""
    where = folder / CHAPTERS
    if (fault := outside_link_fault(where, folder.parent)) is not None:
        return [], [fault], ()
    left: list[Diagnostic] = []
    try:
        left += misplaced_file_warnings(folder, CHAPTERS)
        tree = read_chapter_tree(where, folder.parent)
        left += tree.warnings
    except (FileNotFoundError, NotADirectoryError):
        mend = "Make it and put the chapters there, as .md files."
        return [], [*left, Diagnostic(printable_path(where), 0, "the chapters folder is missing", mend)], ()
    except OSError as error:
        return [], [*left, unreadable_folder_fault(where, error)], ()
    files_only = [path for path in tree.files if path not in tree.closed]
    readable, copies = split_copies(files_only, lambda path: memory.text(path, where))
    left += copies
    kept = _known_below(tree.closed, where, memory)
    memory.forget_all_but(where, [*readable, *kept])
    results = {path: memory.chapter(path, where) for path in readable}
    aside = find_left_out_files(where, {path: file for path, (file, _) in results.items()}, memory.samples)
    left += aside.values()
    paths = [path for path in tree.files if path in tree.closed or (path in results and path not in aside)]
    if not paths:
        return [], [*left, no_chapter_fault(where)], ()
    results = _under_book_title({path: results[path] for path in paths if path in results}, title, memory)
    files = [file for file, _ in results.values() if file is not None]
    left += order_warnings(files) + [book for file in files if (book := memory.books.of(file)) is not None]
    same = duplicate_identity_faults(files)
    checked: list[tuple[Path, ChapterFile | None, list[Diagnostic]]] = []
    for path in paths:
        file, found = results.get(path) or (None, [tree.closed[path]])
        own = without_warnings(found)
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
    parts: list[ChapterFile | BrokenChapter] = []
    for path, file, own in checked:
        below = [last for each, last in kept.items() if path in each.parents] if path in tree.closed else []
        last = memory.good.get(path)
        parts += [each for each in below if each.key not in taken] or [
            _part(name_below(where, path), file, own, None if last and last.key in taken else last)
        ]
    ill = tuple(min(own) for _, _, own in checked if own)
    return parts, [*left, *(fault for _, _, own in checked for fault in own)], ill


def _known_below(
    closed: Mapping[Path, Diagnostic], chapters: Path, memory: LoadCache
) -> dict[Path, ChapterFile]:
    """Return in order the last good versions of the files in folders that cannot be read now."""
    paths = [path for path in memory.good if closed.keys() & set(path.parents)] if closed else []
    return {path: memory.good[path] for path in sort_paths(chapters, paths, {})}


def _under_book_title(
    results: Mapping[Path, tuple[ChapterFile | None, list[Diagnostic]]], title: str | None, memory: LoadCache
) -> dict[Path, tuple[ChapterFile | None, list[Diagnostic]]]:
    """Give the chapters that begin with the book's title their own."""
    under = under_book_title([file for file, _ in results.values() if file is not None], title)
    return {
        path: (memory.retitled(file) if file is not None and file.name in under else file, faults)
        for path, (file, faults) in results.items()
    }


def _part(
    name: str, file: ChapterFile | None, faults: list[Diagnostic], last: ChapterFile | None
) -> ChapterFile | BrokenChapter:
    """Return the file if sound, else its last good version, else its fault."""
    if file is not None and not faults:
        return file
    key = file.key if file is not None else chapter_key(name[:-3] if name.lower().endswith(".md") else name)
    return last or BrokenChapter(key, printable_path(Path(name)), 0, min(faults))
