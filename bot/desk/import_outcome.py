"""Outcome of an import for the page: titles of chapters by what became of them, and the questions that are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from bot.content.authoring.import_report import ConflictAnswer, ImportReport
from bot.content.chapters.chapter_file import ChapterFile
from bot.content.files.file_names import title_from_name
from bot.desk.desk_content import DeskStory
from bot.desk.import_conflicts import show_conflict

Outcome = Mapping[str, Any]


def show_outcome(report: ImportReport, story: DeskStory, left_out: Iterable[str]) -> Outcome:
    """Return what became of an import.

    Args:
        report: The report of its writing.
        story: The story as it is now.
        left_out: Titles of the source's chapters that the author did not want; they have not vanished from it.
    """
    titles = _titles(story)

    def titled(files: Iterable[str]) -> list[str]:
        return [titles.get(file) or title_from_name(Path(file).stem) for file in files]

    written = [*report.added, *report.updated]
    # Chapters that are brought one by one each come from a source of their own: none has vanished then.
    known = report.updated or report.unchanged or report.conflicts or report.taken_out
    unwanted = set(left_out)
    return {
        "slug": story.slug,
        "title": story.story.title,
        "first": written[0] if written else None,
        "added": titled(report.added),
        "updated": titled(report.updated),
        "unchanged": titled(report.unchanged),
        "taken_out": list(report.taken_out),
        "vanished": [each for each in titled(report.vanished) if each not in unwanted] if known else [],
        "lost_pictures": list(report.lost_pictures),
        "conflicts": [show_conflict(each, titled([each.file])[0]) for each in report.conflicts],
        "answered": [],
    }


def after_answers(
    before: Outcome, report: ImportReport, story: DeskStory, answers: Mapping[str, ConflictAnswer]
) -> Outcome:
    """Return the outcome `before` with what the author's answers made of it.

    Args:
        before: What the page has shown so far.
        report: The report of the writing with the answers.
        story: The story as it is now.
        answers: The answers that were written, by the files' names before it.
    """
    now = show_outcome(report, story, ())
    asked = {each["file"]: each["title"] for each in before["conflicts"]}
    answered = [
        {"title": asked[file], "answer": answer.value} for file, answer in answers.items() if file in asked
    ]
    lost = dict.fromkeys([*before["lost_pictures"], *now["lost_pictures"]])
    return {
        **before,
        "first": now["first"],
        "conflicts": now["conflicts"],
        "answered": [*before["answered"], *answered],
        "lost_pictures": list(lost),
    }


def _titles(story: DeskStory) -> dict[str, str]:
    return {part.file: part.title for part in story.loaded.parts if isinstance(part, ChapterFile)}
