"""A chapter's manuscript converted for readers: its text and the notes around it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bot.content.chapters.front_matter import FrontMatter, Parts
from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.pictures.picture_paths import PictureFinder
from bot.domain.diagnostics import Diagnostic
from bot.domain.manuscript.conversion import Manuscript, read_manuscript
from bot.domain.manuscript.offset_tracking import Interpretation, Remark

_NOTES = ("note_before", "note_after")


@dataclass(frozen=True, slots=True)
class ConvertedChapter:
    """The converted text, and the front matter with its converted notes.

    `readings` tell, by line of the file, how the text was interpreted; `private` counts parts left out
    because they are not meant for readers. `lacking` are the names and paths of pictures that no file has;
    `spellings` has the paths as they were written, by what they became.
    """

    text: str
    form: FrontMatterSchema
    faults: tuple[Diagnostic, ...] = ()
    readings: tuple[Interpretation, ...] = ()
    private: int = 0
    lacking: tuple[str, ...] = ()
    spellings: Mapping[str, str] = field(default_factory=dict)


def convert_manuscript(
    name: str, folder: Path, parts: Parts, matter: FrontMatter, beside: Path | None = None
) -> ConvertedChapter:
    """Convert a chapter's body and notes.

    `folder` is the story's and `beside` the chapter's own; `name` is the file name used in faults.
    """
    form = matter.form or FrontMatterSchema()
    pictures = _Pictures(PictureFinder(folder, beside))

    def read(text: str, *, is_note: bool = False) -> Manuscript:
        return read_manuscript(
            text,
            lines=form.lines,
            picture_named=pictures.named,
            picture_path=pictures.path,
            is_note=is_note,
        )

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
        lacking=tuple(dict.fromkeys(pictures.lacking)),
        spellings=pictures.spellings,
    )


@dataclass(slots=True)
class _Pictures:
    """The pictures of a chapter: where they are, and which are not there."""

    finder: PictureFinder
    lacking: list[str] = field(default_factory=list)
    spellings: dict[str, str] = field(default_factory=dict)

    def named(self, name: str) -> str | None:
        """Return the path of a picture by its name."""
        return self._noted(name, self.finder.by_name(name))

    def path(self, written: str) -> str:
        """Return the path of a picture by the path as written, which stays if nothing is there."""
        return self._noted(written, self.finder.path(written)) or written

    def _noted(self, written: str, path: str | None) -> str | None:
        if path is None:
            self.lacking.append(written)
        else:
            self.spellings.setdefault(path, written)
        return path


def _fault(name: str, remark: Remark, lines_before: int) -> Diagnostic:
    line = remark.line + lines_before
    return Diagnostic(name, line, remark.problem, remark.mend, remark.column, warning=not remark.grave)
