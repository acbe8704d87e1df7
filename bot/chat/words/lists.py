"""What stands in lists and answers: the library, a story, subscriptions, the calendar, ideas, help."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.story import Rating, Status
from bot.domain.subscription import SubscriptionState
from bot.domain.suggestion import SuggestionState
from bot.services.outlook import Silence

LIBRARY = "## Library"
LIBRARY_EMPTY = (
    "There is nothing to read here yet. Stories for adults are shown in age-restricted channels only; others appear "
    "here as soon as an author adds them."
)
LIBRARY_PICK = "Look into a story…"
BACK_TO_LIBRARY = "Library"

RATINGS = {
    Rating.GENERAL: "for everyone",
    Rating.TEEN: "for teens and up",
    Rating.MATURE: "mature",
    Rating.EXPLICIT: "explicit",
}
STATUSES = {
    Status.ONGOING: "ongoing",
    Status.HIATUS: "on hiatus",
    Status.EDITING: "being edited",
    Status.COMPLETE: "complete",
}

SILENCES = {
    Silence.COMPLETE: "no more chapters are to come",
    Silence.UNFINISHED: "no date yet: the next chapter is still to be written",
    Silence.UNPLANNED: "no date yet for the next chapter",
}
"""Why there is no next date."""


def chapters_out(count: int) -> str:
    """How much there is to read."""
    return "nothing out yet" if count == 0 else "1 chapter" if count == 1 else f"{count} chapters"


def comes(moment: str) -> str:
    """When the next chapter comes."""
    return f"Next chapter {moment}"


def waits(until: str | None, reason: str) -> str:
    """Why no chapter comes; `until` is None where nobody knows."""
    held = f"No new chapters before {until}" if until else "On hiatus"
    return f"{held}: {reason}" if reason else held


def by(names: str) -> str:
    """Who wrote it."""
    return f"by {names}"


def waiting(count: int) -> str:
    """For its authors only: what is ready."""
    return f"-# For you as its author: {count} finished and waiting."


def dated(line: str, stamp: int) -> str:
    """A chapter with the day it came out."""
    return f"{line} · <t:{stamp}:d>"


SUBSCRIPTIONS = "## Subscriptions of this server"
SUBSCRIPTIONS_EMPTY = (
    "Nothing is subscribed in this server yet. `/subscribe` has a story’s chapters posted in a channel."
)

SUBSCRIPTION_STATES = {
    SubscriptionState.ACTIVE: "running",
    SubscriptionState.PAUSED: "paused; `/resume` continues it",
    SubscriptionState.PARKED: "stopped, because posting failed; it goes on by itself once this is mended",
    SubscriptionState.ENDED: "ended",
}


def subscription(title: str, channel: int, state: str) -> str:
    """A line of the list."""
    return f"**{title}** in <#{channel}>: {state}"


def subscription_next(number: int, moment: str) -> str:
    """What comes there next."""
    return f"-# Chapter {number}: {moment}"


def subscription_waiting(count: int) -> str:
    """What is planned and not yet posted."""
    return "-# 1 post on its way" if count == 1 else f"-# {count} posts on their way"


def subscription_fault(reason: str, stamp: int) -> str:
    """Its last fault."""
    return f"-# ⚠️ <t:{stamp}:R>: {reason}"


def subscription_revived(stamp: int) -> str:
    """It went on by itself."""
    return f"-# On again by itself <t:{stamp}:R>"


def subscribed(title: str, channel: int, *, created: bool) -> str:
    """The answer to /subscribe."""
    if created:
        return f"Done: the chapters of **{title}** come to <#{channel}> from now on."
    return f"Done: **{title}** in <#{channel}> has its new settings and keeps its place."


def own_pace(moments: Sequence[str]) -> str:
    """The next times of a channel’s own pace."""
    return "\n".join(["-# Its next three times:", *(f"-# {moment}" for moment in moments)])


OWN_PACE_OVER = "-# Its pace has no times to come."


def followed(title: str, *, news: bool) -> str:
    """The answer to /follow."""
    if not news:
        return f"You follow **{title}** already: its new chapters come to your direct messages."
    return f"Done: new chapters of **{title}** come to your direct messages. `/unfollow` ends it."


def unfollowed(title: str) -> str:
    """The answer to /unfollow."""
    return f"Done: **{title}** no longer comes to your direct messages. `/follow` brings it back."


def posting(count: int) -> str:
    """What comes at once because of it."""
    return "One post is on its way." if count == 1 else f"{count} posts are on their way, one after another."


def unsubscribed(title: str, channel: int) -> str:
    """The answer to /unsubscribe."""
    return f"Done: **{title}** no longer comes to <#{channel}>. `/subscribe` brings it back."


def paused(title: str, channel: int) -> str:
    """The answer to /pause."""
    return f"Paused: **{title}** keeps its place in <#{channel}>. `/resume` continues it."


def resumed(title: str, channel: int) -> str:
    """The answer to /resume."""
    return f"On again: **{title}** goes on in <#{channel}> where it stopped."


MINE = "## Your ideas"
MINE_EMPTY = "You have not suggested anything yet. `/suggest` tells an author what should happen."

STATES = {
    SuggestionState.NEW: "🕓 waiting",
    SuggestionState.ACCEPTED: "✅ accepted",
    SuggestionState.DECLINED: "🚫 declined",
    SuggestionState.MERGED: "🔗 merged",
    SuggestionState.USED: "⭐ used",
    SuggestionState.WITHDRAWN: "↩️ withdrawn",
}


def idea(number: int, title: str, state: str) -> str:
    """The first line about an idea in a list."""
    return f"**{number}** · {title} · {state}"


def reason(text: str) -> str:
    """The author's word about an idea."""
    return f"-# The author: {text}"


def suggested(number: int, title: str) -> str:
    """The answer to /suggest."""
    return (
        f"Thank you! Your idea for **{title}** has number **{number}** and waits for its author. "
        "`/suggestions mine` shows what becomes of it."
    )


def withdrawn(number: int) -> str:
    """The answer to /suggestions withdraw."""
    return f"Idea **{number}** is withdrawn. `/suggest` makes another."


def published(number: int, title: str, story: str) -> str:
    """The answer to /author publish."""
    return (
        f"Out now: chapter {number} of **{story}**, “{title}”. It is on its way to every subscribed channel."
    )


def calendar(story: str) -> str:
    """Introduces what comes."""
    return f"### What comes of {story}"


def due(title: str, moment: str) -> str:
    """A coming release."""
    return f"{title} · {moment}"


def runs_dry(moment: str) -> str:
    """When there is nothing finished for a slot."""
    return f"-# The finished chapters last until {moment}; for that day one more is needed."


CALENDAR_EMPTY = "Nothing is planned. Finished chapters in the story’s folder take the next slots."

HELP = """## What I do
I bring serial stories to Discord, chapter by chapter.
- `/library` shows what there is, `/story` how one story stands.
- `/read` opens a private reader at your own place. Only you see it.
- `/follow` brings a story’s new chapters to your direct messages.
- Under a chapter in a channel, ◀️ ▶️ turn its pages for everyone there and ⭐ is your vote for it.
- `/suggest` tells an author what should happen; `/suggestions mine` shows what became of it."""

HELP_MANAGER = """### You manage this server
- `/subscribe` has a story’s chapters posted in a channel, `/unsubscribe` ends it.
- `/pause` and `/resume` keep its place; `/subscriptions` shows how everything stands."""


def help_author(titles: str) -> str:
    """For authors."""
    return f"""### You write here: {titles}
- `/author queue` goes through your readers’ ideas, `/author decide` decides on one.
- `/author publish` brings the next chapter out now; `/author delay`, `/author hiatus` and `/author continue` move the \
calendar."""


def more(count: int) -> str:
    """What did not fit."""
    return f"-# … and {count} more."
