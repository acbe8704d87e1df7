"""Texts of notices, by kind.

Seen by: readers, authors, server managers.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.chat.i18n.gettext import later, n, t
from bot.chat.notifications import alert_texts, credit_notice_texts
from bot.chat.releases import calendar_news_texts
from bot.chat.stories import morning_card_texts
from bot.chat.suggestions import outcome_texts, poll_texts, review_channel_texts

Facts = Mapping[str, str]


def delayed_title() -> str:
    """Return the line above notices that could not be sent before.

    Seen by: readers.
    """
    return t("While you were away:")


_SENTENCES = {
    "following": later(
        "📖 Hello! New chapters of **{story}** will come to you here.\n-# To stop, use `/unfollow`."
    ),
    "subscription-parked": later(
        "⚠️ I could not post **{story}** in <#{channel}>, so I have stopped there for now: "
        "{reason}\n"
        "-# No chapter is lost. `/subscriptions` shows the details."
    ),
    "publication-refused": later(
        "⚠️ I posted **{story}** in <#{channel}>, but could not publish it to the channel’s "
        "followers: {reason}\n"
        "-# The post stays, and new chapters come as before."
    ),
    "revision-refused": later(
        "⚠️ “{chapter}” of **{story}** was revised, but I could not change its post in "
        "<#{channel}>: {reason}\n"
        "-# `/read` shows the new text."
    ),
    "chapter-held": later(
        "📎 **{story}**: the text of {file} is (nearly) the same as “{title}”, so I have not "
        "released it.\n"
        "-# If it is a copy, delete it. If it is a new chapter, give it its own `id:` in the "
        "front matter."
    ),
    "chapter-part-held": later(
        "📎 **{story}**: the text of {file} is part of “{title}”, which is already out, so I "
        "have not released it.\n"
        "-# To release this part again as its own chapter, give it its own `id:` in the "
        "front matter. Otherwise put it back into that chapter’s file, or delete it."
    ),
}
"""Notices of one sentence, by kind."""


def notice(kind: str, facts: Facts) -> str:
    """Return the text of a notice. The facts are escaped already."""
    if kind in _SENTENCES:
        return t(_SENTENCES[kind], **facts)
    if kind in _COMPOSED:
        return _COMPOSED[kind](facts)
    return outcome_texts.notice(kind, facts)


def _mention_lost(facts: Facts) -> str:
    """Return the notice that a subscription's role can no longer be mentioned.

    Seen by: server managers.
    """
    if facts["why"] == "gone":
        return t(
            "🔕 The role I mentioned for **{story}** in <#{channel}> was deleted, so chapters "
            "come without a mention.\n"
            "-# To choose another role, use `/subscribe` with `mention`.",
            **facts,
        )
    return t(
        "🔕 Mentioning the role for **{story}** in <#{channel}> would no longer notify "
        "anybody, so chapters come without it.\n"
        "-# Allow anyone to @mention it in the role’s settings, or let me mention all roles.",
        **facts,
    )


def _restored(facts: Facts) -> str:
    """Return the notice that the database was restored from a backup.

    Seen by: server managers, operators.
    """
    return t(
        "🕰️ My database was restored from a backup of about {at}, so it is older than my "
        "latest posts. I check each channel before I post there, so no chapter comes twice.\n"
        "-# What was set up, suggested or voted after that is lost. Please look through "
        "`/subscriptions`.",
        at=f"<t:{facts['at']}:f>",
    )


def guild_notice(kind: str, facts: Facts) -> str:
    """Return the text of a notice in a guild, where everybody can read it: it does not name the story.

    Seen by: everyone in the channel.
    """
    match kind:
        case "subscription-parked":
            return t(
                "⚠️ I could not post a new chapter in <#{channel}>, so I have stopped there for now: "
                "{reason}\n"
                "-# For whoever manages this server: no chapter is lost, and `/subscriptions` shows "
                "the details.",
                **facts,
            )
        case "mention-lost":
            return t(
                "🔕 I can no longer mention the role for new chapters in <#{channel}>, so they come "
                "without it.\n"
                "-# For whoever manages this server: `/subscriptions` shows the details.",
                **facts,
            )
        case _:
            raise ValueError(f"no words for {kind}")


def _look_ahead(facts: Facts) -> str:
    """Return the notice about what will not work in the coming day.

    Seen by: authors.
    """
    count = int(facts["count"])
    lines = [t("🔭 A look at the coming day: this will not work unless you change something.")]
    index = 0
    while f"{index}.kind" in facts:
        start = f"{index}."
        own = {name.removeprefix(start): value for name, value in facts.items() if name.startswith(start)}
        lines.append(f"- {_problem(own)}")
        index += 1
    if count > index:
        lines.append(n("-# … and {count} more like this.", "-# … and {count} more like this.", count - index))
    return "\n".join(lines)


def _problem(facts: Facts) -> str:
    """Return the line of a problem that can be solved in advance.

    Seen by: authors.
    """
    if "at" in facts:
        facts = {**facts, "at": f"<t:{facts['at']}:F> (<t:{facts['at']}:R>)"}
    match facts["kind"]:
        case "dry":
            return t(
                "**{story}** has no finished chapter for {at}. Finish one by then, or use `/author delay`.",
                **facts,
            )
        case "picture":
            return t(
                "**{story}**, “{chapter}”, {at}: the picture {path} cannot be sent. Put it into the "
                "story’s folder as PNG, JPEG, GIF or WebP, at most 8 MiB.",
                **facts,
            )
        case "file" if facts["line"] == "0":
            return t("**{story}**, {file}: {reason}", **facts)
        case "file":
            return t("**{story}**, {file}, line {line}: {reason}", **facts)
        case "destination":
            return t("**{story}** cannot be posted in <#{channel}> {at}: {reason}", **facts)
        case "destinations":
            return n(
                "**{story}** cannot be posted in one channel {at}. I have told the person who set it up why.",
                "**{story}** cannot be posted in {count} channels {at}. I have told the people who "
                "set them up why.",
                int(facts["count"]),
                **facts,
            )
        case kind:
            raise ValueError(f"no words for {kind}")


_COMPOSED: Mapping[str, Callable[[Facts], str]] = {
    "mention-lost": _mention_lost,
    "restored": _restored,
    "look-ahead": _look_ahead,
    "idea-used": credit_notice_texts.used,
    "thanks-ignored": credit_notice_texts.ignored,
    "poll-counted": poll_texts.result_notice,
    "poll-failed": poll_texts.failure_notice,
    "review-refused": review_channel_texts.refusal_notice,
    "review-asked": review_channel_texts.request_notice,
    "digest": morning_card_texts.notice,
    "trouble": alert_texts.news,
    "calendar-news": calendar_news_texts.notice,
}


def more(count: int) -> str:
    """Return the number of notices left out.

    Seen by: authors, readers.
    """
    return n("-# … and {count} more.", "-# … and {count} more.", count)


def messages_off_button() -> str:
    """Return the label of the button that turns direct messages about suggestions off.

    Seen by: readers.
    """
    return t("No direct messages about ideas")


def messages_on_button() -> str:
    """Return the label of the button that turns them on.

    Seen by: readers.
    """
    return t("Tell me by direct message again")


def messages_off_answer() -> str:
    """Return the answer after they were turned off.

    Seen by: readers.
    """
    return t("Done: from now on I tell you news about ideas when you next use a command.")


def messages_on_answer() -> str:
    """Return the answer after they were turned on.

    Seen by: readers.
    """
    return t("Done: news about ideas comes by direct message again.")
