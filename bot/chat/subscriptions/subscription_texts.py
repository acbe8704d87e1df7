"""Texts of `/subscriptions` and of the answers to the commands that change a subscription.

Seen by: server managers.
"""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.i18n.gettext import later, n, t
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import MentionReach, Start, SubscriptionState
from bot.services.stories.upcoming import ContentHitch

SUBSCRIBE = "Post a story’s chapters in a channel"
SUBSCRIBE_STORY = "The story"
SUBSCRIBE_CHANNEL = "The channel to post in (default: this one)"
SUBSCRIBE_START = "The chapter to begin with (default: the next new one)"
SUBSCRIBE_PACE = "The channel’s own schedule, such as “tue, fri at 18:00” (default: as chapters come out)"
SUBSCRIBE_STYLE = "How a chapter looks there (default: one post with pages to turn)"


SUBSCRIBE_PUBLISH = "Publish each card to the channel’s followers (announcement channels only)"


SUBSCRIBE_TAG = "The tag for each post (forums only)"


SUBSCRIBE_MENTION = "A role to mention with every new chapter"
STYLE_PAGES = "pages: one post, and everybody turns its pages together"
STYLE_THREAD = "thread: the whole chapter in its own thread or forum post"
STYLE_CARD = "card: an announcement with a Read button"
START_NEXT = "with the next new chapter"
START_LATEST = "with the newest chapter, right now"
START_BEGINNING = "from the beginning, with everything that is out"


PACES = (
    "daily at 18:00",
    "weekdays at 18:00",
    "tue, fri at 18:00",
    "sundays at 12:00",
    "every 3 days at 18:00",
)


UNSUBSCRIBE = "Stop posting a story in a channel"
SUBSCRIPTIONS = "See this server’s subscriptions and how they are doing"
PAUSE = "Pause a subscription; it keeps its place"
RESUME = "Continue a paused subscription where it stopped"
SUBSCRIBED_STORY = "The subscribed story"
SUBSCRIBED_CHANNEL = "The channel it is posted in (default: this one)"


def as_released() -> str:
    """Return the name of the default pace: each chapter when it is released."""
    return t("as released")


def list_title() -> str:
    """Return the heading of a guild's list."""
    return t("## Subscriptions of this server")


def list_empty() -> str:
    """Return the text of an empty list."""
    return t(
        "This server has no subscriptions yet. To have a story’s chapters posted in a "
        "channel, use `/subscribe`."
    )


_STATES = {
    SubscriptionState.ACTIVE: later("running"),
    SubscriptionState.PAUSED: later("paused; `/resume` continues it"),
    SubscriptionState.PARKED: later(
        "stopped, because I could not post; it continues by itself once this is fixed"
    ),
    SubscriptionState.ENDED: later("ended"),
}


def summary(title: str, channel: int, state: SubscriptionState) -> str:
    """Return the first line about a subscription."""
    return t(
        "**{title}** in <#{channel}>: {state}",
        title=title,
        channel=channel,
        state=t(_STATES[state]),
    )


_STYLES = {
    ReleaseStyle.PAGES: later("pages to turn"),
    ReleaseStyle.THREAD: later("a thread for each chapter"),
    ReleaseStyle.CARD: later("cards"),
}


_STARTS = {
    Start.NEXT: later("from the next new chapter on"),
    Start.LATEST: later("from the chapter that was newest then"),
    Start.BEGINNING: later("from the beginning"),
}


def style(style: ReleaseStyle) -> str:
    """Return the name of the style of its posts."""
    return t(_STYLES[style])


def pace(pace: str | None) -> str:
    """Return the pace, or the name of the default one for None."""
    return pace if pace is not None else as_released()


def start(start: Start) -> str:
    """Return the chapter from which it began."""
    return t(_STARTS[start])


def mention(role: int) -> str:
    """Return the note about the role it mentions."""
    return t("mentions <@&{role}>", role=role)


def mention_lost(role: int, why: MentionReach) -> str:
    """Return the reason why its role is no longer mentioned."""
    if why is MentionReach.GONE:
        return t("⚠️ its role was deleted; choose another with `/subscribe` and `mention`")
    return t("⚠️ without <@&{role}>: I may not mention it; see the role’s settings", role=role)


def next_chapter(number: int, moment: str) -> str:
    """Return the date of its next chapter."""
    return t("-# Chapter {number}: {moment}", number=number, moment=moment)


def pending_posts(count: int) -> str:
    """Return the number of planned posts."""
    return n("-# 1 post on its way", "-# {count} posts on their way", count)


def pending_crossposts(count: int, stamp: int, reason: str | None) -> str:
    """Return the number of posts not yet published to followers, the next attempt, and the last failure."""
    text = n(
        "-# 1 post is not published to the channel’s followers yet; next try <t:{stamp}:R>",
        "-# {count} posts are not published to the channel’s followers yet; next try <t:{stamp}:R>",
        count,
        stamp=stamp,
    )
    return f"{text} · {reason}" if reason else text


_HITCHES = {
    ContentHitch.AWAY: later(
        "-# ⚠️ The story’s files are missing, so nothing new can come out. I have told its author."
    ),
    ContentHitch.BROKEN: later(
        "-# ⚠️ A chapter’s file cannot be read, so it and the chapters after it wait. I have "
        "told the story’s author."
    ),
    ContentHitch.DESCRIPTION: later(
        "-# ⚠️ The story’s settings file cannot be read, so I use the last version that "
        "worked. I have told its author."
    ),
}


def content_hitch(hitch: ContentHitch) -> str:
    """Return the problem in the story's files that its author has to solve."""
    return t(_HITCHES[hitch])


def fault(reason: str, stamp: int) -> str:
    """Return its last fault."""
    return f"-# ⚠️ <t:{stamp}:R>: {reason}"


def automatic_resumption(stamp: int) -> str:
    """Return the note that it was resumed automatically."""
    return t("-# Continued by itself <t:{stamp}:R>", stamp=stamp)


def subscribe_answer(title: str, channel: int, *, created: bool) -> str:
    """Return the answer to `/subscribe`."""
    if created:
        return t(
            "Done: from now on I post the chapters of **{title}** in <#{channel}>.",
            title=title,
            channel=channel,
        )
    return t(
        "Done: **{title}** in <#{channel}> has its new settings and keeps its place.",
        title=title,
        channel=channel,
    )


def pace_times(moments: Sequence[str]) -> str:
    """Return the next times of the channel's own pace."""
    heading = n("-# Next release time:", "-# Next {count} release times:", len(moments))
    return "\n".join([heading, *(f"-# {moment}" for moment in moments)])


def pace_exhausted() -> str:
    """Return the note that the channel's own pace has no times left."""
    return t("-# This pace has no more release times.")


def immediate_posts(count: int) -> str:
    """Return the number of posts that are sent at once."""
    return n("One post is on its way.", "{count} posts are on their way, one after another.", count)


def unsubscribe_answer(title: str, channel: int) -> str:
    """Return the answer to `/unsubscribe`."""
    return t(
        "Done: I no longer post **{title}** in <#{channel}>. To start again, use `/subscribe`.",
        title=title,
        channel=channel,
    )


def pause_answer(title: str, channel: int) -> str:
    """Return the answer to `/pause`."""
    return t(
        "Paused: **{title}** keeps its place in <#{channel}>. To continue, use `/resume`.",
        title=title,
        channel=channel,
    )


def resume_answer(title: str, channel: int) -> str:
    """Return the answer to `/resume`."""
    return t("Resumed: **{title}** continues in <#{channel}> where it stopped.", title=title, channel=channel)
