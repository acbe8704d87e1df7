"""What becomes of a chapter that is out when its file changes: a new revision, a withdrawal, a return."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.stories.story import Chapter, RevisionNote


@dataclass(frozen=True, slots=True)
class Announcement:
    """What posts say of a chapter's changes. `number` is the highest its author has given so far, also one from before
    the chapter was out; without a `note` nothing is said."""

    number: int | None = None
    note: str | None = None

    def after(self, given: RevisionNote | None) -> Announcement:
        """What is said once the chapter's file has that note.

        A higher number is news, the same one may put it in other words; a lower one is a slip and changes nothing.
        A note taken out of the file is said no more.
        """
        if given is None:
            return Announcement(self.number)
        if self.number is None or given.number > self.number:
            return Announcement(given.number, given.note)
        if given.number == self.number and self.note is not None:
            return Announcement(given.number, given.note)
        return self


class RevisionKind(StrEnum):
    """What a file's change means to readers. A return after a withdrawal is a revision."""

    REVISE = "revise"
    WITHDRAW = "withdraw"


def detect_change(
    chapter: Chapter, *, digest: str, said: Announcement, withdrawn: bool
) -> RevisionKind | None:
    """What is to be done about a chapter that is out with that digest and announcement; None: it stands as it is.

    While a chapter is withdrawn its file may change as it likes: readers get the text it has on its return.
    """
    if chapter.draft:
        return None if withdrawn else RevisionKind.WITHDRAW
    if withdrawn or chapter.digest != digest or said.after(chapter.revision) != said:
        return RevisionKind.REVISE
    return None
