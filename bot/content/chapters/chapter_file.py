"""Reading one chapter file: everything about it that needs neither its story nor its neighbours."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.content.chapters.chapter_title import plain_title, take_title
from bot.content.chapters.damaged_text import examine_body
from bot.content.chapters.document_formats import recognize_document
from bot.content.chapters.front_matter import Parts, read_matter, split
from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.chapters.manuscript import convert_manuscript
from bot.content.chapters.third_party_front_matter import read_counts
from bot.content.dates import to_instant
from bot.content.files.chapter_order import part_title
from bot.content.files.directory_scan import printable_path, unfit_name_fault
from bot.content.files.file_names import LONGEST_NAME, chapter_name
from bot.content.pictures.picture_files import ShownPictures, find_pictures
from bot.domain.diagnostics import Diagnostic, without_warnings
from bot.domain.manuscript.offset_tracking import Interpretation
from bot.domain.pages.markdown_syntax import find_picture_paths
from bot.domain.stories.story import Chapter, RevisionNote, chapter_key, former_keys
from bot.domain.text.terminal_escaping import find_unfit_character
from bot.schemas.text_file import DecodedText, UnreadableFile, read_any_text

LONGEST_FILE = 4 * 1024 * 1024
"""Bytes of a chapter, more than the longest novels have: what is made of it must fit into memory."""

LONGEST_MATTER = 256 * 1024
"""Characters of YAML, which takes far longer to read than text."""

MOST_PICTURES = 500
"""Different pictures in a chapter: each is looked for on the disk, and names like it where it is missing."""

_MOST_SEARCHED = 16
_SOMETHING = re.compile(r"[^\s*_>#-]")


@dataclass(frozen=True, slots=True)
class UnderBook:
    """A first heading that may be the title of the whole book, and the chapter's title and text if it is.

    `headed` means that this title is more than the file's name.
    """

    heading: str
    title: str
    text: str
    headed: bool


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """A chapter file as far as it can be read.

    One that is not `sound` only serves to find further faults. `key_line` is the line that gives its
    identity, 0 if that is the file name; `picture_places` are the lines and columns at which pictures are named.
    `file` is its name below the folder of chapters, `part` the story's part that it belongs to, and `counted` what
    other tools' front matter numbers it with.
    `book` is set if its first heading may be the title of the whole book, which only the other chapters tell.
    `readings`, `private` and `lacking` are those of `bot.content.chapters.manuscript.ConvertedChapter`.
    """

    name: str
    key: str
    key_line: int
    title: str
    text: str
    form: FrontMatterSchema
    shown: ShownPictures
    picture_places: tuple[tuple[int, int], ...] = ()
    sound: bool = True
    readings: tuple[Interpretation, ...] = ()
    private: int = 0
    lacking: tuple[str, ...] = ()
    file: str = ""
    part: str | None = None
    counted: Mapping[str, float] = field(default_factory=dict)
    book: UnderBook | None = None

    def without_book_title(self) -> ChapterFile:
        """Return the chapter with the title and text that it has if its first heading is the title of the book."""
        return self if self.book is None else replace(self, title=self.book.title, text=self.book.text)

    def chapter(self, zone: ZoneInfo) -> Chapter:
        """Build the chapter for a story of that time zone."""
        form = self.form
        return Chapter(
            key=self.key,
            title=self.title,
            text=self.text,
            publish_at=None if form.publish_at is None else to_instant(form.publish_at, zone),
            draft=form.draft,
            warnings=form.warnings,
            note_before=form.note_before,
            note_after=form.note_after,
            pov=form.pov,
            thanks=form.thanks,
            revision=None
            if form.revision is None
            else RevisionNote(form.revision.number, form.revision.note),
            pictures=self.shown.paths,
            prompt=None if form.suggestions is None else form.suggestions.asking(zone),
            former=former_keys(self.file.rpartition(".")[0], form.id),
            file=self.file,
            named=form.id is not None,
            part=self.part,
        )


def read_chapter(path: Path, chapters: Path | None = None) -> tuple[ChapterFile | None, list[Diagnostic]]:
    """Read a chapter file; return the chapter (None if it is unreadable) with all faults and warnings.

    `chapters` is the folder of chapters, unless that is the file's own folder.
    """
    if (unfit := unfit_name_fault(path)) is not None:
        return None, [unfit]
    try:
        read = read_any_text(path, printable_path(path), most=LONGEST_FILE)
    except UnreadableFile as error:
        return None, [error.fault]
    return read_chapter_text(path, read, chapters)


def read_chapter_text(
    path: Path, read: DecodedText, chapters: Path | None = None
) -> tuple[ChapterFile | None, list[Diagnostic]]:
    """Read a text as `read_chapter` would if it were the file's; the file may hold another, or be missing."""
    name, chapters = printable_path(path), chapters or path.parent
    whole = read.text
    parts = split(whole)
    if not parts.closed:
        mend = f"Put {parts.unclosed} alone on a line after it; if this is a scene break, write *** instead."
        problem = "the front matter that begins here never ends"
        return None, [Diagnostic(name, parts.matter_line - 1, problem, mend)]
    if (kind := recognize_document(whole) or recognize_document(parts.body)) is not None:
        return None, [Diagnostic(name, 0, f"this is {kind[0]}, not Markdown", kind[1])]
    if sum(len(block.text) for block in parts.blocks) > LONGEST_MATTER:
        problem = f"the front matter has more than {LONGEST_MATTER // 1024} KiB"
        return None, [Diagnostic(name, 1, problem, "Keep a few short keys, and put text below it.")]
    parts, damage = examine_body(name, parts)
    matter = read_matter(name, parts)
    written = convert_manuscript(name, chapters.parent, parts, matter, path.parent)
    form, faults = written.form, [*read.warnings, *matter.faults, *damage, *written.faults]
    below = path.relative_to(chapters)
    own_name = chapter_name(below.as_posix())
    titled = take_title(form.title and plain_title(form.title), written.text, own_name.rpartition("/")[2])
    title, text = titled.title, titled.text
    if not form.draft and _is_empty(text):
        mend = "Write its text below, or mark it with draft: true in the front matter."
        faults.append(Diagnostic(name, parts.body_line, "this chapter is empty", mend))
    faults += _unfit_title(name, parts, title, form.title)
    key = chapter_key(own_name, form.id)
    if len(key) > LONGEST_NAME:
        mend = f"Give it a shorter name, or an id of at most {LONGEST_NAME} characters in the front matter."
        faults.append(Diagnostic(name, 0, "the name of this file is too long for an identity", mend))
    shown = find_pictures(text, form.note_before, form.note_after)
    if len(shown.paths) > MOST_PICTURES:
        problem = f"more than {MOST_PICTURES} different pictures stand in this chapter"
        faults.append(Diagnostic(name, 0, problem, "Part it into several files."))
        shown = ShownPictures()
    return ChapterFile(
        name=name,
        key=key,
        key_line=matter.line(["id"]) if form.id else 0,
        title=title,
        text=text,
        form=form,
        shown=shown,
        picture_places=picture_places(whole, [written.spellings.get(path, path) for path in shown.paths]),
        sound=not without_warnings(faults),
        readings=written.readings,
        private=written.private,
        lacking=written.lacking,
        file=printable_path(below),
        part=form.part or part_title(below.as_posix()),
        counted=read_counts(matter.passed),
        book=None if titled.chapter is None else UnderBook(titled.book, *titled.chapter, titled.headed),
    ), faults


def _unfit_title(name: str, parts: Parts, title: str, given: str | None) -> list[Diagnostic]:
    if given is not None or (unfit := find_unfit_character(title)) is None:
        return []
    before = parts.body.partition(chr(int(unfit[2:], 16)))[0]
    line, column = parts.body_line + before.count("\n"), len(before) - before.rfind("\n")
    problem, mend = f"the title holds an invisible character, {unfit}", "Write it anew in plain letters."
    return [Diagnostic(name, line, problem, mend, column)]


def picture_places(whole: str, pictures: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Return the line and the column of the file at which each of these pictures is first named."""
    if not pictures:
        return ()
    first: dict[str, int] = {}
    for place, path in find_picture_paths(whole):
        first.setdefault(path, place)
    lost = [picture for picture in pictures if picture not in first]
    for picture in lost[:_MOST_SEARCHED]:
        # Something stands between its signs that the text was read without, such as a line's end.
        first[picture] = max(whole.find(f"({picture}"), whole.find(picture), 0)
    ends = [found.start() for found in re.finditer("\n", whole)]
    places = [first.get(picture, 0) for picture in pictures]
    return tuple((bisect_left(ends, at) + 1, at - whole.rfind("\n", 0, at) if at else 0) for at in places)


def _is_empty(text: str) -> bool:
    """Return whether the text shows nothing but white space and scene breaks."""
    return not _SOMETHING.search(text)
