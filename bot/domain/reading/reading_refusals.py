"""Refusals about pages, posts and stars.

Seen by: readers.
"""

from __future__ import annotations

from bot.domain.errors import Refusal


class PostGone(Refusal):
    """A button under a post whose chapter is no longer stored."""

    code = "post-gone"
    template = "That chapter is no longer available. `/read` shows you what is."


class PageRestricted(Refusal):
    """A page of a story for adults, asked for by direct message."""

    code = "page-restricted"
    template = (
        "“{story}” is rated {rating}, so I can’t send its pages by direct message. You can "
        "read it here; only you see it."
    )


class PageNotWelcome(Refusal):
    """A page asked for by somebody whose direct messages are closed."""

    code = "page-not-welcome"
    template = (
        "I can’t send you direct messages. Allow them in this server’s privacy settings (or "
        "unblock me), then press the button again."
    )


class PageUnknown(Refusal):
    """Text that is no page number, in the form that asks for one."""

    code = "page-unknown"
    template = "That is not a page number. Press the page number again and enter one, such as 3."


class StarElsewhere(Refusal):
    """The star's button of somebody who starred the post itself."""

    code = "star-elsewhere"
    template = (
        "You gave this star with the ⭐ under the chapter’s post. Remove it there, and it is gone here too."
    )


class NothingToShare(Refusal):
    """“Share a line” on a page of pictures alone."""

    code = "nothing-to-share"
    template = "There is no text on this page to share. Turn to another one and try again."


class LineChanged(Refusal):
    """“Share a line” after the chapter was revised."""

    code = "line-changed"
    template = "The chapter has changed since then. Press “Share a line” again and pick your line once more."


class LineNotHere(Refusal):
    """“Post here” in a server where the story may not be read."""

    code = "line-not-here"
    template = "“{story}” is for certain servers only. Share its lines there."


class SharingTooFast(Refusal):
    """“Post here” again within a few seconds."""

    code = "sharing-too-fast"
    template = "One line at a time: you can share the next one <t:{at}:R>."
