"""One chapter's file, read on its own: everything about it that needs neither its story nor its neighbours."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.domain.faults import FileFault
from bot.domain.pages.words import visible
from bot.domain.story import Chapter, RevisionNote, chapter_key
from bot.forms.filling import read_form
from bot.forms.source import Source
from bot.forms.text import Unreadable, read_text
from bot.library.front_matter import ChapterForm, split
from bot.library.moments import instant
from bot.library.names import LONGEST_NAME, said, spoken
from bot.library.pictures import Shown, pictures_in

_HEADING = re.compile(r"[ ]{0,3}#{1,6}[ \t]+(?=\S)(.*?)(?:[ \t]+#+)?[ \t]*")
_FENCE = re.compile(r"[ ]{0,3}(?:```|~~~)")
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SOMETHING = re.compile(r"[^\s*_>#-]")


@dataclass(frozen=True, slots=True)
class ChapterFile:
    """A chapter file as far as it can be read; one that is not `sound` is only good for finding further faults.

    `key_line` is the line that gives its identity, 0 for its name; `picture_lines` where its pictures are written.
    """

    name: str
    key: str
    key_line: int
    title: str
    text: str
    form: ChapterForm
    shown: Shown
    picture_lines: tuple[int, ...] = ()
    sound: bool = True

    def chapter(self, zone: ZoneInfo) -> Chapter:
        """The chapter, in a story of that time zone."""
        form = self.form
        return Chapter(
            key=self.key,
            title=self.title,
            text=self.text,
            publish_at=None if form.publish_at is None else instant(form.publish_at, zone),
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
            asking=None if form.suggestions is None else form.suggestions.asking(zone),
            file=Path(self.name).name,
            named=form.id is not None,
        )


def read_chapter(path: Path) -> tuple[ChapterFile | None, list[FileFault]]:
    """The chapter in that file, or None if it cannot be read at all; and every fault in it."""
    name = said(path)
    if name != str(path):
        return None, [FileFault(name, 0, "the name of this file is not text", "Rename it in plain letters.")]
    try:
        whole = read_text(path)
    except Unreadable as error:
        return None, [error.fault]
    parts = split(whole)
    if not parts.closed:
        mend = "Put --- alone on a line after it; if this is a scene break, write *** instead."
        return None, [FileFault(name, 1, "the front matter that begins here never ends", mend)]
    source = Source(name, parts.matter or "", 2)
    filled, faults = read_form(ChapterForm, source)
    form = filled or ChapterForm()
    title, text = _titled(form.title, parts.body, path.stem)
    if not form.draft and _is_empty(text):
        mend = "Write its text below, or mark it with draft: true in the front matter."
        faults.append(FileFault(name, parts.body_line, "this chapter is empty", mend))
    key = chapter_key(path.stem, form.id)
    if len(key) > LONGEST_NAME:
        mend = f"Give it a shorter name, or an id of at most {LONGEST_NAME} characters in the front matter."
        faults.append(FileFault(name, 0, "the name of this file is too long for an identity", mend))
    shown = pictures_in(text, form.note_before, form.note_after)
    return ChapterFile(
        name=name,
        key=key,
        key_line=source.line(["id"]) if form.id else 0,
        title=title,
        text=text,
        form=form,
        shown=shown,
        picture_lines=tuple(picture_line(whole, picture) for picture in shown.paths),
        sound=not faults,
    ), faults


def picture_line(whole: str, picture: str) -> int:
    """The line of the file where that picture is first written."""
    places = (whole.find(mark + picture) for mark in ("](", "](<", "(", "<", ""))
    at = next((place for place in places if place >= 0), 0)
    return whole.count("\n", 0, at) + 1


def _titled(given: str | None, body: str, stem: str) -> tuple[str, str]:
    """The title and the text without it: a heading that opens the text and is the title is not shown twice.

    Without a title in the front matter it is the first heading, wherever that stands, else the file's name.
    """
    text = body.strip("\n")
    opening, _, rest = text.partition("\n")
    heading = _HEADING.fullmatch(opening)
    shown = visible(heading[1]).strip() if heading else ""
    if shown and (given is None or shown.casefold() == given.casefold()):
        return given or shown, rest.strip("\n")
    return given or _first_heading(text) or spoken(stem), text


def _first_heading(text: str) -> str | None:
    if "#" not in text:
        return None
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif not fenced and (found := _HEADING.fullmatch(line)):
            return visible(found[1]).strip() or None
    return None


def _is_empty(text: str) -> bool:
    """Whether nothing is left to read or see: white space, scene breaks and comments are nothing."""
    if "<!--" in text:
        text = _COMMENT.sub("", text)
    return not _SOMETHING.search(text)
