"""Writing of an import into a story's folder: what is new is added, what changed in the source is changed."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from bot.content.authoring.change_journal import StoryChange
from bot.content.authoring.chapter_order_change import plan_order
from bot.content.authoring.front_matter_edit import change_keys
from bot.content.authoring.import_comparison import ComparedImport, ImportComparison
from bot.content.authoring.import_record import (
    RECORD_FILE,
    read_record,
    read_refused,
    record_text,
)
from bot.content.authoring.import_report import (
    ImportReport,
    StoryNotImported,
)
from bot.content.authoring.import_request import ImportRequest
from bot.content.authoring.imported_pictures import PicturePlacer
from bot.content.files.chapter_tree import chapter_files
from bot.content.stories.story_folders import CHAPTERS, STORY_FILE
from bot.domain.manuscript_import.import_progress import PartsDone
from bot.schemas.text_file import read_text


def update_story(story: Path, change: StoryChange, request: ImportRequest, *, add: bool) -> ImportReport:
    """Add to a change of a story what writes an import.

    Raises:
        StoryNotImported: it has chapters that were not imported, and `add` is not set.
        OSError: a file cannot be read or staged.
    """
    chapters = story / CHAPTERS
    found = chapter_files(chapters) if chapters.is_dir() else []
    files = [path.relative_to(chapters).as_posix() for path in found]
    record = story / RECORD_FILE
    if files and not add and not record.exists():
        raise StoryNotImported("this story has chapters that were not imported")
    placer = PicturePlacer(story, change, request.pictures)
    update = ImportComparison(chapters, files, request, placer, read_record(story))
    done = update.compare()
    names = _put_chapters(chapters, change, done, request.told)
    file, cover = story / STORY_FILE, request.imported.cover
    settings = present = read_text(file) if file.exists() else None
    if settings is None:
        settings = request.story_file
    if not record.exists() and cover and "cover:" not in settings and (path_of_cover := placer.place(cover)):
        settings = change_keys(settings, {"cover": path_of_cover})
    if settings != present:
        change.put(STORY_FILE, settings)
    refused = read_refused(story) if request.refused is None else request.refused
    text = record_text(update.records, refused)
    if not record.exists() or record.read_text(encoding="utf-8", errors="replace") != text:
        change.put(RECORD_FILE, text)
    added, updated, unchanged, vanished = (
        tuple(names.get(each, each) for each in group)
        for group in (done.added, done.updated, done.unchanged, update.vanished())
    )
    return ImportReport(
        added,
        updated,
        unchanged,
        tuple(replace(each, file=names.get(each.file, each.file)) for each in done.conflicts),
        vanished,
        tuple(done.taken_out),
        tuple(placer.lost),
    )


def _put_chapters(
    chapters: Path, change: StoryChange, done: ComparedImport, told: PartsDone
) -> Mapping[str, str]:
    """Have the texts written, and files numbered so that added ones stand at their place; return new names by old.

    If they cannot be numbered, added ones stand at the end.
    """
    texts, names = dict(done.texts), {}
    if done.added:
        with suppress(ValueError):
            order = plan_order(chapters, done.order, texts)
            texts |= order.texts
            names = dict(order.moves)
    for number, (file, text) in enumerate(texts.items()):
        told(len(texts) + number, 2 * len(texts))
        change.put(f"{CHAPTERS}/{file}", text)
    for old, new in names.items():
        change.move(f"{CHAPTERS}/{old}", f"{CHAPTERS}/{new}")
    return names
