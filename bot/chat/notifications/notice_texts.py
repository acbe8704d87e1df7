"""Texts of notices, by kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.chat.i18n.gettext import later, n, t
from bot.chat.notifications import alert_texts, credit_notice_texts
from bot.chat.releases import calendar_news_texts
from bot.chat.stories import morning_card_texts
from bot.chat.suggestions import outcome_texts, poll_texts, review_channel_texts

Facts = Mapping[str, str]


def delayed_title() -> str:
    """Return the line above notices that could not be sent before."""
    return t("While you were away:")


_SENTENCES = {
    "following": later(
        "📖 Here I am: new chapters of **{story}** will come to you here.\n-# `/unfollow` ends it."
    ),
    "subscription-parked": later(
        "⚠️ I could not post **{story}** in <#{channel}> and have stopped there: {reason}\n"
        "-# `/subscriptions` shows how it stands. No chapter is lost."
    ),
    "publication-refused": later(
        "⚠️ I posted **{story}** in <#{channel}> and could not publish it to the channel’s followers: {reason}\n"
        "-# The post stays, and new chapters come as before."
    ),
    "revision-refused": later(
        "⚠️ “{chapter}” of **{story}** was revised, and I could not change its post in <#{channel}>: "
        "{reason}\n-# `/read` shows the new text."
    ),
    "chapter-held": later(
        "📎 **{story}**: the text of {file} is (nearly) that of “{title}”, so I hold it back.\n"
        "-# If it is a copy, delete it. If it is meant as a new chapter, give it an `id:` of its own in its "
        "front matter."
    ),
    "chapter-part-held": later(
        "📎 **{story}**: the text of {file} is a part of “{title}”, which is out already, so I hold it back.\n"
        "-# If readers should get this part again as a chapter of its own, give it an `id:` of its own in "
        "its front matter; else add it to that chapter’s file again, or delete it."
    ),
}


def notice(kind: str, facts: Facts) -> str:
    """Return the text of a notice. The facts are escaped already."""
    if kind in _SENTENCES:
        return t(_SENTENCES[kind], **facts)
    if kind in _COMPOSED:
        return _COMPOSED[kind](facts)
    return outcome_texts.notice(kind, facts)


def _mention_lost(facts: Facts) -> str:
    if facts["why"] == "gone":
        return t(
            "🔕 The role that I mentioned for **{story}** in <#{channel}> was deleted. Chapters go out without "
            "it.\n-# `/subscribe` with `mention` names another.",
            **facts,
        )
    return t(
        "🔕 A mention of the role for **{story}** in <#{channel}> would notify nobody any more. Chapters go "
        "out without it.\n-# Allow anyone to @mention it in the role’s settings, or let me mention all roles.",
        **facts,
    )


def _restored(facts: Facts) -> str:
    return t(
        "🕰️ My database is older than what I have posted: it was restored from a backup of about {at}. I look "
        "at each channel before I post there, so no chapter comes twice.\n-# What was set up, suggested or "
        "voted after that moment is lost. Please look through `/subscriptions`.",
        at=f"<t:{facts['at']}:f>",
    )


def guild_notice(kind: str, facts: Facts) -> str:
    """Return the text of a notice in a guild, where everybody can read it: it does not name the story."""
    match kind:
        case "subscription-parked":
            return t(
                "⚠️ I could not post a new chapter in <#{channel}> and have stopped there: {reason}\n"
                "-# For whoever manages this server: `/subscriptions` shows how it stands. No chapter is lost.",
                **facts,
            )
        case "mention-lost":
            return t(
                "🔕 The role for new chapters in <#{channel}> cannot be mentioned any more; they go out without it.\n"
                "-# For whoever manages this server: `/subscriptions` shows how it stands.",
                **facts,
            )
        case _:
            raise ValueError(f"no words for {kind}")


def _look_ahead(facts: Facts) -> str:
    count = int(facts["count"])
    lines = [t("🔭 A look at the next day. As things stand, this will not work:")]
    index = 0
    while f"{index}.kind" in facts:
        start = f"{index}."
        own = {name.removeprefix(start): value for name, value in facts.items() if name.startswith(start)}
        lines.append(f"- {_problem(own)}")
        index += 1
    if count > index:
        lines.append(
            n("-# … and {count} more of the kind.", "-# … and {count} more of the kind.", count - index)
        )
    return "\n".join(lines)


def _problem(facts: Facts) -> str:
    """Return the line of a problem that can be solved in advance."""
    if "at" in facts:
        facts = {**facts, "at": f"<t:{facts['at']}:F> (<t:{facts['at']}:R>)"}
    match facts["kind"]:
        case "dry":
            return t(
                "**{story}** has no finished chapter for {at}. Finish one by then, or `/author delay` it.",
                **facts,
            )
        case "picture":
            return t(
                "**{story}**, “{chapter}”, {at}: the picture {path} cannot be sent. Put it into the story’s folder as "
                "PNG, JPEG, GIF or WebP of 8 MiB at most.",
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
                "**{story}** cannot be posted in one channel {at}. Whoever set it up has been told why.",
                "**{story}** cannot be posted in {count} channels {at}. Whoever set them up has been told why.",
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
    """Return the number of notices left out."""
    return n("-# … and {count} more.", "-# … and {count} more.", count)


def messages_off_button() -> str:
    """Return the label of the button that turns direct messages about suggestions off."""
    return t("No direct messages about ideas")


def messages_on_button() -> str:
    """Return the label of the button that turns them on."""
    return t("Tell me by direct message again")


def messages_off_answer() -> str:
    """Return the answer after they were turned off."""
    return t("Done: news of ideas wait for your next command from now on.")


def messages_on_answer() -> str:
    """Return the answer after they were turned on."""
    return t("Done: news of ideas come to you by direct message again.")
