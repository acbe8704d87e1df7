"""Refusals about pages, posts and stars."""

from __future__ import annotations

from bot.domain.errors import Refusal


class PostGone(Refusal):
    code = "post-gone"
    template = "That chapter is no longer kept. `/read` opens what is."


class PageRestricted(Refusal):
    code = "page-restricted"
    template = (
        "“{story}” is rated {rating}, so I send no page of it to direct messages. It can be read here, in "
        "private."
    )


class PageNotWelcome(Refusal):
    code = "page-not-welcome"
    template = (
        "I cannot write to you. Allow direct messages in this server’s privacy settings (or unblock me), "
        "then press the button again."
    )


class PageUnknown(Refusal):
    code = "page-unknown"
    template = "Pages are counted from 1. Press the page’s number again and enter another."


class StarElsewhere(Refusal):
    code = "star-elsewhere"
    template = (
        "Your star for this chapter is the reaction under its post. Take it back there, and it is gone here "
        "too."
    )


class NothingToShare(Refusal):
    code = "nothing-to-share"
    template = "There is no text on this page to share. Turn to another one and try again."


class LineChanged(Refusal):
    code = "line-changed"
    template = "The chapter was revised meanwhile. Press “Share a line” again and pick the line anew."


class LineNotHere(Refusal):
    code = "line-not-here"
    template = "“{story}” is for certain servers only. Share its lines there."


class SharingTooFast(Refusal):
    code = "sharing-too-fast"
    template = "One line at a time: you can share the next one <t:{at}:R>."
