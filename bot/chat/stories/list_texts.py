"""What stands in lists and answers: the library, a story, subscriptions, the calendar, ideas, help."""

from __future__ import annotations

from collections.abc import Sequence

from bot.chat.i18n.command_descriptions import as_released
from bot.chat.i18n.gettext import later, n, t
from bot.domain.stories.story import Status
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import MentionReach, Start, SubscriptionState
from bot.domain.suggestions.suggestion import SuggestionState
from bot.services.stories.upcoming import ContentHitch, Unscheduled


def library() -> str:
    """The heading of the library."""
    return t("## Library")


def library_empty() -> str:
    """Where there is no story to see."""
    return t(
        "There is nothing to read here yet. Stories for adults are shown in age-restricted channels only; others "
        "appear here as soon as an author adds them."
    )


def library_pick() -> str:
    """The menu of the library."""
    return t("Look into a story…")


def back_to_library() -> str:
    """The button that leads back."""
    return t("Library")


_STATUSES = {
    Status.ONGOING: later("ongoing"),
    Status.HIATUS: later("on hiatus"),
    Status.EDITING: later("being edited"),
    Status.COMPLETE: later("complete"),
}
_SILENCES = {
    Unscheduled.COMPLETE: later("no more chapters are to come"),
    Unscheduled.UNFINISHED: later("no date yet: the next chapter is still to be written"),
    Unscheduled.UNPLANNED: later("no date yet for the next chapter"),
}


def status(of: Status) -> str:
    """Whether a story goes on."""
    return t(_STATUSES[of])


def silence(why: Unscheduled) -> str:
    """Why there is no next date."""
    return t(_SILENCES[why])


def chapters_out(count: int) -> str:
    """How much there is to read."""
    return n("1 chapter", "{count} chapters", count) if count else t("nothing out yet")


def comes(moment: str) -> str:
    """When the next chapter comes."""
    return t("Next chapter {moment}", moment=moment)


def waits(until: str | None, reason: str) -> str:
    """Why no chapter comes; `until` is None where nobody knows."""
    held = t("No new chapters before {until}", until=until) if until else t("On hiatus")
    return f"{held}: {reason}" if reason else held


def by(names: str) -> str:
    """Who wrote it."""
    return t("by {names}", names=names)


def waiting(count: int) -> str:
    """For its authors only: what is ready."""
    return n(
        "-# For you as its author: {count} finished and waiting.",
        "-# For you as its author: {count} finished and waiting.",
        count,
    )


def dated(line: str, stamp: int) -> str:
    """A chapter with the day it came out."""
    return f"{line} · <t:{stamp}:d>"


def subscriptions() -> str:
    """The heading of a server's list."""
    return t("## Subscriptions of this server")


def subscriptions_empty() -> str:
    """Where nothing is subscribed."""
    return t(
        "Nothing is subscribed in this server yet. `/subscribe` has a story’s chapters posted in a channel."
    )


_SUBSCRIPTION_STATES = {
    SubscriptionState.ACTIVE: later("running"),
    SubscriptionState.PAUSED: later("paused; `/resume` continues it"),
    SubscriptionState.PARKED: later(
        "stopped, because posting failed; it goes on by itself once this is mended"
    ),
    SubscriptionState.ENDED: later("ended"),
}


def subscription(title: str, channel: int, state: SubscriptionState) -> str:
    """A line of the list."""
    return t(
        "**{title}** in <#{channel}>: {state}",
        title=title,
        channel=channel,
        state=t(_SUBSCRIPTION_STATES[state]),
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


def subscription_style(style: ReleaseStyle) -> str:
    """What its chapters look like."""
    return t(_STYLES[style])


def subscription_pace(pace: str | None) -> str:
    """How often they come; None: when they are released."""
    return pace if pace is not None else as_released()


def subscription_start(start: Start) -> str:
    """Where it began."""
    return t(_STARTS[start])


def subscription_mention(role: int) -> str:
    """Whom it calls."""
    return t("mentions <@&{role}>", role=role)


def subscription_unmentioned(role: int, why: MentionReach) -> str:
    """Whom it no longer calls."""
    if why is MentionReach.GONE:
        return t("⚠️ its role was deleted; `/subscribe` with `mention` names another")
    return t("⚠️ without <@&{role}>: I may not mention it; see the role’s settings", role=role)


def subscription_next(number: int, moment: str) -> str:
    """What comes there next."""
    return t("-# Chapter {number}: {moment}", number=number, moment=moment)


def subscription_waiting(count: int) -> str:
    """What is planned and not yet posted."""
    return n("-# 1 post on its way", "-# {count} posts on their way", count)


def subscription_unpublished(count: int, stamp: int, reason: str | None) -> str:
    """What is posted and not yet handed on to the channel's followers, when it will be tried, and why it was not."""
    said = n(
        "-# 1 post waits to be published to this channel’s followers: <t:{stamp}:R>",
        "-# {count} posts wait to be published to this channel’s followers: the first <t:{stamp}:R>",
        count,
        stamp=stamp,
    )
    return f"{said} · {reason}" if reason else said


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


def subscription_hitch(hitch: ContentHitch) -> str:
    """What its author has to mend."""
    return t(_HITCHES[hitch])


def subscription_fault(reason: str, stamp: int) -> str:
    """Its last fault."""
    return f"-# ⚠️ <t:{stamp}:R>: {reason}"


def subscription_revived(stamp: int) -> str:
    """It went on by itself."""
    return t("-# On again by itself <t:{stamp}:R>", stamp=stamp)


def subscribed(title: str, channel: int, *, created: bool) -> str:
    """The answer to /subscribe."""
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


def own_pace(moments: Sequence[str]) -> str:
    """The next times of a channel’s own pace."""
    heading = n("-# Its next time:", "-# Its next {count} times:", len(moments))
    return "\n".join([heading, *(f"-# {moment}" for moment in moments)])


def own_pace_over() -> str:
    """A channel's own pace that ends."""
    return t("-# Its pace has no times to come.")


def followed(title: str, *, news: bool) -> str:
    """The answer to /follow."""
    if not news:
        return t(
            "You follow **{title}** already: its new chapters come to your direct messages.", title=title
        )
    return t(
        "Done: new chapters of **{title}** come to your direct messages. `/unfollow` ends it.", title=title
    )


def unfollowed(title: str) -> str:
    """The answer to /unfollow."""
    return t(
        "Done: **{title}** no longer comes to your direct messages. `/follow` brings it back.", title=title
    )


def posting(count: int) -> str:
    """What comes at once because of it."""
    return n("One post is on its way.", "{count} posts are on their way, one after another.", count)


def unsubscribed(title: str, channel: int) -> str:
    """The answer to /unsubscribe."""
    return t(
        "Done: **{title}** no longer comes to <#{channel}>. `/subscribe` brings it back.",
        title=title,
        channel=channel,
    )


def paused(title: str, channel: int) -> str:
    """The answer to /pause."""
    return t(
        "Paused: **{title}** keeps its place in <#{channel}>. `/resume` continues it.",
        title=title,
        channel=channel,
    )


def resumed(title: str, channel: int) -> str:
    """The answer to /resume."""
    return t("On again: **{title}** goes on in <#{channel}> where it stopped.", title=title, channel=channel)


def mine() -> str:
    """The heading of one's own ideas."""
    return t("## Your ideas")


def mine_empty() -> str:
    """Where somebody has not suggested anything."""
    return t("You have not suggested anything yet. `/suggest` tells an author what should happen.")


STATES = {
    SuggestionState.NEW: later("🕓 waiting"),
    SuggestionState.ACCEPTED: later("✅ accepted"),
    SuggestionState.DECLINED: later("🚫 declined"),
    SuggestionState.MERGED: later("🔗 merged"),
    SuggestionState.USED: later("⭐ used"),
    SuggestionState.WITHDRAWN: later("↩️ withdrawn"),
}
"""How ideas stand, in English: for what Discord is given in every language at once."""


def state(of: SuggestionState) -> str:
    """How an idea stands."""
    return t(STATES[of])


def idea(number: int, title: str, state: str) -> str:
    """The first line about an idea in a list."""
    return f"**{number}** · {title} · {state}"


def reason(text: str) -> str:
    """The author's word about an idea."""
    return t("-# The author: {text}", text=text)


def withdrawn(number: int) -> str:
    """The answer to /suggestions withdraw."""
    return t("Idea **{number}** is withdrawn. `/suggest` makes another.", number=number)


def published(number: int, title: str, story: str) -> str:
    """The answer to /author publish."""
    return t(
        "Out now: chapter {number} of **{story}**, “{title}”. It is on its way to every subscribed channel.",
        number=number,
        title=title,
        story=story,
    )


def calendar(story: str) -> str:
    """Introduces what comes."""
    return t("### What comes of {story}", story=story)


def due(title: str, moment: str) -> str:
    """A coming release."""
    return f"{title} · {moment}"


def runs_dry(moment: str) -> str:
    """When there is nothing finished for a slot."""
    return t("-# The finished chapters last until {moment}; for that day one more is needed.", moment=moment)


def calendar_empty() -> str:
    """Where nothing is planned."""
    return t("Nothing is planned. Finished chapters in the story’s folder take the next slots.")


def help_reader() -> str:
    """For everybody."""
    return t(
        "## What I do\n"
        "I bring serial stories to Discord, chapter by chapter.\n"
        "- `/library` shows what there is, `/story` how one story stands.\n"
        "- `/read` opens a private reader at your own place. Only you see it.\n"
        "- `/follow` brings a story’s new chapters to your direct messages.\n"
        "- Under a chapter in a channel, ◀️ ▶️ turn its pages for everyone there and ⭐ is your vote for it.\n"
        "- `/suggest` tells an author what should happen; `/suggestions mine` shows what became of it.\n"
        "- `/suggestions top` shows what other readers want, so that you can support it.\n"
        "- `/privacy export` gives you all that I keep of you, `/privacy delete` erases it."
    )


def help_manager() -> str:
    """For whoever manages the server."""
    return t(
        "### You manage this server\n"
        "- `/subscribe` has a story’s chapters posted in a channel, `/unsubscribe` ends it.\n"
        "- `/pause` and `/resume` keep its place; `/subscriptions` shows how everything stands."
    )


def help_author(titles: str) -> str:
    """For authors."""
    return t(
        "### You write here: {titles}\n"
        "- `/author queue` goes through your readers’ ideas, `/author decide` decides on one.\n"
        "- `/author publish` brings the next chapter out now; `/author delay`, `/author hiatus` and `/author "
        "continue` move the calendar.",
        titles=titles,
    )


def more(count: int) -> str:
    """What did not fit."""
    return n("-# … and {count} more.", "-# … and {count} more.", count)
