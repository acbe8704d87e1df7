"""A chapter's manuscript converted for readers: its text and the notes around it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from bot.content.chapters.front_matter import FrontMatter, Parts
from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.pictures.picture_files import find_picture_by_name
from bot.domain.diagnostics import Diagnostic
from bot.domain.manuscript.conversion import Manuscript, read_manuscript
from bot.domain.manuscript.offset_tracking import Interpretation, Remark

_NOTES = ("note_before", "note_after")


@dataclass(frozen=True, slots=True)
class ConvertedChapter:
    """The converted text, and the front matter with its converted notes.

    `readings` tell, by line of the file, how the text was interpreted; `private` counts parts left out
    because they are not meant for readers. `lacking` are pictures referenced by a name that no file has.
    """

    text: str
    form: FrontMatterSchema
    faults: tuple[Diagnostic, ...] = ()
    readings: tuple[Interpretation, ...] = ()
    private: int = 0
    lacking: tuple[str, ...] = ()


def convert_manuscript(name: str, folder: Path, parts: Parts, matter: FrontMatter) -> ConvertedChapter:
    """Convert a chapter's body and notes; `folder` is the story's, `name` is the file name used in faults."""
    form = matter.form or FrontMatterSchema()
    lacking: list[str] = []
    read = _reader(form, folder, lacking)
    body = read(parts.body)
    notes = {key: read(note, is_note=True) for key in _NOTES if (note := getattr(form, key))}
    lines_before = parts.body_line - 1
    return ConvertedChapter(
        text=body.text,
        form=form.model_copy(update={key: note.text.strip() or None for key, note in notes.items()}),
        faults=(
            *(_fault(name, remark, lines_before) for remark in body.remarks),
            *(
                replace(_fault(name, remark, 0), line=matter.line([key]), column=0)
                for key, note in notes.items()
                for remark in note.remarks
            ),
        ),
        readings=tuple(replace(reading, line=reading.line + lines_before) for reading in body.readings),
        private=body.private + sum(note.private for note in notes.values()),
        lacking=tuple(dict.fromkeys(lacking)),
    )


def _reader(form: FrontMatterSchema, folder: Path, lacking: list[str]) -> Callable[..., Manuscript]:
    def named(picture: str) -> str | None:
        path = find_picture_by_name(folder, picture)
        if path is None:
            lacking.append(picture)
        return path

    return partial(read_manuscript, lines=form.lines, picture_named=named)


def _fault(name: str, remark: Remark, lines_before: int) -> Diagnostic:
    line = remark.line + lines_before
    return Diagnostic(name, line, remark.problem, remark.mend, remark.column, warning=not remark.grave)
