"""Texts of `/subscriptions` and of the answers to the commands that change a subscription."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.i18n.gettext import later, n, t
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import MentionReach, Start, SubscriptionState
from bot.services.stories.upcoming import ContentHitch

SUBSCRIBE = "Have the chapters of a story posted in a channel"
SUBSCRIBE_STORY = "The story"
SUBSCRIBE_CHANNEL = "Where the chapters go; this channel if you leave it out"
SUBSCRIBE_START = "Where to begin; the next new chapter if you leave it out"
SUBSCRIBE_PACE = "A pace of the channel’s own, such as “tue, fri at 18:00”; as released if you leave it out"
SUBSCRIBE_STYLE = "What a chapter looks like there; pages to turn if you leave it out"


SUBSCRIBE_PUBLISH = "Hand each card on to the channel’s followers (announcement channels)"


SUBSCRIBE_TAG = "The tag of each post (forums)"


SUBSCRIBE_MENTION = "A role to mention with every new chapter"
STYLE_PAGES = "pages: one post whose pages everybody turns"
STYLE_THREAD = "thread: the whole chapter in a thread, or a forum’s post, of its own"
STYLE_CARD = "card: an announcement with a Read button"
START_NEXT = "with the next new chapter"
START_LATEST = "with the newest chapter, now"
START_BEGINNING = "from the beginning, everything that is out"


PACES = (
    "daily at 18:00",
    "weekdays at 18:00",
    "tue, fri at 18:00",
    "sundays at 12:00",
    "every 3 days at 18:00",
)


UNSUBSCRIBE = "Stop posting a story in a channel"
SUBSCRIPTIONS = "List the subscriptions of this server and their state"
PAUSE = "Stop a subscription for a while; it keeps its place"
RESUME = "Continue a paused subscription where it stopped"
SUBSCRIBED_STORY = "The subscribed story"
SUBSCRIBED_CHANNEL = "The channel it is posted in; this one if you leave it out"


def as_released() -> str:
    """Return the name of the default pace: each chapter when it is released."""
    return t("as released")


def list_title() -> str:
    """Return the heading of a guild's list."""
    return t("## Subscriptions of this server")


def list_empty() -> str:
    """Return the text of an empty list."""
    return t(
        "Nothing is subscribed in this server yet. `/subscribe` has a story’s chapters posted in a channel."
    )


_STATES = {
    SubscriptionState.ACTIVE: later("running"),
    SubscriptionState.PAUSED: later("paused; `/resume` continues it"),
    SubscriptionState.PARKED: later(
        "stopped, because posting failed; it resumes by itself once this is fixed"
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
    Start.LATEST: later("from the then newest chapter on"),
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
        return t("⚠️ its role was deleted; `/subscribe` with `mention` names another")
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
        "-# 1 post waits to be published to this channel’s followers: <t:{stamp}:R>",
        "-# {count} posts wait to be published to this channel’s followers: the first <t:{stamp}:R>",
        count,
        stamp=stamp,
    )
    return f"{text} · {reason}" if reason else text


_HITCHES = {
    ContentHitch.AWAY: later(
        "-# ⚠️ The story’s files are away, so nothing new can come out. Its author has been told."
    ),
    ContentHitch.BROKEN: later(
        "-# ⚠️ A chapter’s file cannot be read; what comes after it waits. The story’s author has been told."
    ),
    ContentHitch.DESCRIPTION: later(
        "-# ⚠️ The story’s own file cannot be read, so I go on as before. Its author has been told."
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
    return t("-# On again by itself <t:{stamp}:R>", stamp=stamp)


def subscribe_answer(title: str, channel: int, *, created: bool) -> str:
    """Return the answer to `/subscribe`."""
    if created:
        return t(
            "Done: the chapters of **{title}** come to <#{channel}> from now on.",
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
    heading = n("-# Its next time:", "-# Its next {count} times:", len(moments))
    return "\n".join([heading, *(f"-# {moment}" for moment in moments)])


def pace_exhausted() -> str:
    """Return the note that the channel's own pace has no times left."""
    return t("-# Its pace has no times to come.")


def immediate_posts(count: int) -> str:
    """Return the number of posts that are sent at once."""
    return n("One post is on its way.", "{count} posts are on their way, one after another.", count)


def unsubscribe_answer(title: str, channel: int) -> str:
    """Return the answer to `/unsubscribe`."""
    return t(
        "Done: **{title}** no longer comes to <#{channel}>. `/subscribe` brings it back.",
        title=title,
        channel=channel,
    )


def pause_answer(title: str, channel: int) -> str:
    """Return the answer to `/pause`."""
    return t(
        "Paused: **{title}** keeps its place in <#{channel}>. `/resume` continues it.",
        title=title,
        channel=channel,
    )


def resume_answer(title: str, channel: int) -> str:
    """Return the answer to `/resume`."""
    return t("On again: **{title}** goes on in <#{channel}> where it stopped.", title=title, channel=channel)
