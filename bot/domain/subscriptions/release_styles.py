"""Release styles: the form in which a chapter is posted, and the messages that form consists of."""

from __future__ import annotations

from enum import StrEnum


class ReleaseStyle(StrEnum):
    """Form of a chapter's post in a channel."""

    PAGES = "pages"
    THREAD = "thread"
    CARD = "card"


class MessageForm(StrEnum):
    """Form of one message of a chapter."""

    PAGES = "pages"
    """The shared post whose pages readers turn."""
    CARD = "card"
    """An announcement with a Read button."""
    OPENING = "opening"
    """The announcement above a thread."""
    STARTER = "starter"
    """The plain first message of a forum post."""
    PART = "part"
    """One page in a thread."""

    @property
    def in_thread(self) -> bool:
        """Return whether the message begins or continues a chapter that is posted in parts."""
        return self in (MessageForm.OPENING, MessageForm.STARTER, MessageForm.PART)


def message_form(style: ReleaseStyle, part: int, *, forum: bool) -> MessageForm:
    """Return the form of one part of a chapter: part 0 comes first, a thread's pages are numbered from 1."""
    if part > 0:
        return MessageForm.PART
    if style is ReleaseStyle.THREAD:
        return MessageForm.STARTER if forum else MessageForm.OPENING
    return MessageForm.CARD if style is ReleaseStyle.CARD else MessageForm.PAGES
