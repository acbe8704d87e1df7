"""Refusals about pages, posts and stars."""

from __future__ import annotations

from bot.domain.errors import Refusal


class PostGone(Refusal):
    code = "post-gone"
    template = "That chapter is no longer available. `/read` shows you what is."


class PageRestricted(Refusal):
    code = "page-restricted"
    template = (
        "“{story}” is rated {rating}, so I can’t send its pages by direct message. You can "
        "read it here; only you see it."
    )


class PageNotWelcome(Refusal):
    code = "page-not-welcome"
    template = (
        "I can’t send you direct messages. Allow them in this server’s privacy settings (or "
        "unblock me), then press the button again."
    )


class PageUnknown(Refusal):
    code = "page-unknown"
    template = "That is not a page number. Press the page number again and enter one, such as 3."


class StarElsewhere(Refusal):
    code = "star-elsewhere"
    template = (
        "You gave this star with the ⭐ under the chapter’s post. Remove it there, and it is gone here too."
    )
