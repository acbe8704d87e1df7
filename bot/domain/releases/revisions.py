"""Revisions: changes to chapters that are out, as revision, withdrawal or return."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.stories.story import Chapter, RevisionNote


@dataclass(frozen=True, slots=True)
class Announcement:
    """The announcement of a chapter's changes in its posts."""

    number: int | None = None
    """The highest number that the author has given so far, also before the chapter was out."""
    note: str | None = None
    """Without a note nothing is announced."""

    def update_with(self, given: RevisionNote | None) -> Announcement:
        """Return the announcement once the chapter's file has the note `given`.

        A higher number is news, and the same one may reword it; a lower one is a slip and changes nothing. A note
        that is removed from the file is announced no more.
        """
        if given is None:
            return Announcement(self.number)
        if self.number is None or given.number > self.number:
            return Announcement(given.number, given.note)
        if given.number == self.number and self.note is not None:
            return Announcement(given.number, given.note)
        return self


class RevisionKind(StrEnum):
    """Meaning of a file's change to readers. A return after a withdrawal is a revision."""

    REVISE = "revise"
    WITHDRAW = "withdraw"


def detect_change(
    chapter: Chapter, *, digest: str, said: Announcement, withdrawn: bool
) -> RevisionKind | None:
    """Return what has to be done about a released chapter, or None if its file has not changed.

    While a chapter is withdrawn its file may change freely: readers get the text that it has on its return.

    Args:
        chapter: The chapter as its file has it now.
        digest: The digest of the text that is out.
        said: The announcement that is out.
        withdrawn: Set if the chapter is withdrawn now.
    """
    if chapter.draft:
        return None if withdrawn else RevisionKind.WITHDRAW
    if withdrawn or chapter.digest != digest or said.update_with(chapter.revision) != said:
        return RevisionKind.REVISE
    return None
