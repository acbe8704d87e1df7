"""What stands on an author's desk: the queue's filters, reviews, boards, polls, the digest."""

from __future__ import annotations

from collections.abc import Mapping

from bot.chat.i18n.gettext import later, n, number, t
from bot.domain.suggestions.panel_views import QueueOrder
from bot.domain.suggestions.suggestion import Decision

BOARD = "Show the best ideas for a story in a channel, always current"
BOARD_CHANNEL = "Where the board goes"
POLL = "Ask the readers about the best ideas in a poll of Discord’s"
POLL_CHANNEL = "Where the poll goes; this channel if you leave it out"
POLL_LENGTH = "How long it runs, such as “12 hours” or “5 days”; 3 days if you leave it out"
POLL_IDEAS = "How many ideas to choose from; 5 if you leave it out"
BLOCK = "Take no more ideas for a story from whoever made this one"
BLOCK_NUMBER = "The number of an idea of theirs"
BLOCK_UNDO = "Undo the block made with that number"


def empty_filtered() -> str:
    """Where no idea is as it was looked for."""
    return t("There are no ideas here at the moment. The menus below show others.")


def anonymous_maker(stamp: int) -> str:
    """In place of who made an idea that nobody is to know."""
    return t("-# By somebody who stays anonymous · <t:{stamp}:R>", stamp=stamp)


def held() -> str:
    """An idea that readers do not see yet."""
    return t("-# 🔒 Readers don’t see it yet, because of a link or an invite in it. Accept it to show it.")


def supporters(count: int) -> str:
    """How many stand behind an idea."""
    return n("-# {count} person supports it", "-# {count} people support it", count)


def poll_votes(count: int) -> str:
    """What it got in a poll."""
    return n("-# Poll: {count} vote", "-# Poll: {count} votes", count)


def used_later() -> str:
    """It shaped a chapter that is not out: its name is nobody's but the author's."""
    return t("-# Used in a chapter to come")


def alike() -> str:
    """Introduces ideas that resemble the one on show."""
    return t("-# Alike:")


def alike_line(one: int, idea: str, support: int) -> str:
    """One of them."""
    return t("-# **{number}** ({support}) {idea}", number=one, idea=idea, support=number(support))


def searching(text: str) -> str:
    """What was searched for."""
    return t("-# 🔎 “{text}”", text=text)


def search_cut(text: str) -> str:
    """A search that was too long."""
    return t("That is long for a search. I looked for “{text}”.", text=text)


def text_page(page: int, pages: int) -> str:
    """Which part of a long idea this is."""
    return t("Text {page} / {pages}", page=page, pages=pages)


_BUTTONS = {
    "search": later("Search…"),
    "clear": later("Clear search"),
    "block": later("Block its maker"),
    "subscribe": later("Tell me daily"),
    "silence": later("No daily word"),
    "remove": later("Remove the board"),
    "end": later("End the poll now"),
}


def button(what: str) -> str:
    """A button of the queue's, a board's or a poll's."""
    return t(_BUTTONS[what])


def any_state() -> str:
    """A choice of the menu of states."""
    return t("all of them")


def held_only() -> str:
    """A choice of the menu of states."""
    return t("🔒 held back for your eyes")


_ORDERS = {
    QueueOrder.NEWEST: later("newest first"),
    QueueOrder.SUPPORTED: later("most supported first"),
    QueueOrder.CHAPTER: later("by chapter"),
}


def order(of: QueueOrder) -> str:
    """How a queue is sorted."""
    return t(_ORDERS[of])


def all_stories() -> str:
    """A choice of the menu of stories."""
    return t("all your stories")


def only_under(chapter: str) -> str:
    """A choice of the menu of stories: one chapter's ideas."""
    return t("only made under “{chapter}”", chapter=chapter)


def menu(what: str) -> str:
    """What a menu is for, before anything is picked."""
    return t(_MENUS[what])


_MENUS = {
    "state": later("Which ideas"),
    "order": later("In which order"),
    "scope": later("For which story"),
}


def search_title() -> str:
    """The title of the form for a search (45 characters at most)."""
    return t("Search the ideas")


def search_label() -> str:
    """What it asks."""
    return t("Words, or a number")


def search_hint() -> str:
    """How it is looked for."""
    return t("Small and capital letters are the same. Leave it empty to see all.")


def pick_label(decision: Decision) -> str:
    """What a form offers to pick from."""
    if decision is Decision.MERGE:
        return t("The idea it joins")
    return t("The chapter it was used in")


def pick_placeholder() -> str:
    """In a menu of a form from which nothing is picked yet."""
    return t("Pick one")


def typed_label(decision: Decision) -> str:
    """What can be typed instead of picking."""
    if decision is Decision.MERGE:
        return t("Or another’s number")
    return t("Or another chapter’s number or title")


def blocked(one: int, story: str) -> str:
    """The answer to /author block, also where they were blocked before: else it would tell who they are."""
    return t(
        "Done: whoever made idea **{number}** can send no more ideas for **{story}**. Those they sent stay. "
        "`/author block` with `undo` takes it back.",
        number=one,
        story=story,
    )


def unblocked(one: int, story: str) -> str:
    """The answer to taking it back."""
    return t(
        "Done: the block made with idea **{number}** is gone. Whoever made it can send ideas for **{story}** again, "
        "unless you blocked another of theirs too.",
        number=one,
        story=story,
    )


def not_theirs() -> str:
    """Somebody else pressed a button of a review, or the idea was erased."""
    return t("Only the story’s authors decide here, and only as long as the idea is there.")


def digest_on() -> str:
    """What the button did."""
    return t("From now on I tell you once a day, at nine in the morning, when there are new ideas.")


def digest_off() -> str:
    """What the button did."""
    return t("I tell you no more of new ideas. `/author queue` always shows them.")


def board_title(story: str) -> str:
    """The heading of a board."""
    return t("### 💡 Ideas for {story}", story=story)


def board_count(count: int) -> str:
    """How many there are."""
    return n(
        "-# {count} open idea. Press to support one.", "-# {count} open ideas. Press to support one.", count
    )


def board_empty() -> str:
    """A board without ideas."""
    return t("There are no open ideas yet. `/suggest` makes the first.")


def board_idea(one: int, idea: str) -> str:
    """An idea on a board."""
    return t("**{number}** · {idea}", number=one, idea=idea)


def board_under(chapter: str) -> str:
    """Where it was made: hidden, for a chapter's name may tell too much."""
    return t("-# under ||{chapter}||", chapter=chapter)


def board_more() -> str:
    """What did not fit."""
    return t("-# `/suggestions top` shows all of them, `/suggest` makes another.")


def board_made(story: str, channel: int) -> str:
    """The answer to /author board."""
    return t(
        "Done: the best ideas for **{story}** appear in <#{channel}>, and I keep them current. "
        "The same command moves the board to the channel’s end.",
        story=story,
        channel=channel,
    )


def board_fault(channel: int, reason: str) -> str:
    """A board elsewhere that cannot be kept current."""
    return t("-# ⚠️ The board in <#{channel}> stands still: {reason}", channel=channel, reason=reason)


def board_removed() -> str:
    """The answer to removing one."""
    return t("Done: the board is gone. `/author board` makes one again.")


def poll_question(story: str) -> str:
    """What a poll asks where the author has no question."""
    return t("{story}: which idea shall it be?", story=story)


def poll_intro(story: str) -> str:
    """Above a poll."""
    return t("**{story}** · Vote for what should happen. The author decides, your votes help.", story=story)


def poll_answer(one: int, idea: str) -> str:
    """An answer."""
    return f"{one}: {idea}"


def poll_lost() -> str:
    """An answer whose idea was erased before the poll was opened."""
    return t("(taken back)")


def poll_begun(story: str, channel: int, stamp: int) -> str:
    """The answer to /author poll."""
    return t(
        "Done: a poll about the best ideas for **{story}** is on its way to <#{channel}>. It ends <t:{stamp}:R>; "
        "then I put the votes on the ideas.",
        story=story,
        channel=channel,
        stamp=stamp,
    )


def poll_running(story: str, channel: int, stamp: int) -> str:
    """The answer where one is running."""
    return t(
        "A poll for **{story}** is running in <#{channel}> already. It ends <t:{stamp}:R>.",
        story=story,
        channel=channel,
        stamp=stamp,
    )


def poll_ended() -> str:
    """The answer to ending one."""
    return t("Done: the poll is over. Its votes are on the ideas in a moment.")


def poll_counted(facts: Mapping[str, str]) -> str:
    """News: what came of a poll."""
    votes = int(facts["votes"])
    if not facts["number"] or not votes:
        return t("📊 The poll for **{story}** in <#{channel}> is over. Nobody voted.", **facts)
    if facts.get("veiled"):
        return n(
            "📊 The poll for **{story}** in <#{channel}> is over. Most voted for idea **{number}** ({count} of {all})."
            "\n-# `/author queue` has the votes of all.",
            "📊 The poll for **{story}** in <#{channel}> is over. Most voted for idea **{number}** ({count} of {all})."
            "\n-# `/author queue` has the votes of all.",
            votes,
            **facts,
        )
    return n(
        "📊 The poll for **{story}** in <#{channel}> is over. Most voted for idea **{number}** ({count} of {all}):\n"
        "> {idea}\n-# `/author queue` has the votes of all.",
        "📊 The poll for **{story}** in <#{channel}> is over. Most voted for idea **{number}** ({count} of {all}):\n"
        "> {idea}\n-# `/author queue` has the votes of all.",
        votes,
        **facts,
    )


def poll_failed(facts: Mapping[str, str]) -> str:
    """News: a poll came to nothing."""
    return t(
        "⚠️ The poll for **{story}** in <#{channel}> came to nothing: {reason}\n-# `/author poll` opens another.",
        **facts,
    )


def review_refused(facts: Mapping[str, str]) -> str:
    """News: ideas cannot be shown in their channel."""
    return t(
        "⚠️ New ideas for **{story}** cannot be shown in <#{channel}>: {reason}\n"
        "-# `/author queue` has them all the same.",
        **facts,
    )


def digest(facts: Mapping[str, str]) -> str:
    """News: the new ideas of a day."""
    total = int(facts["count"])
    lines = [n("💡 {count} new idea waits for you:", "💡 {count} new ideas wait for you:", total)]
    story = 0
    while f"{story}.story" in facts:
        count = number(int(facts[f"{story}.count"]))
        lines.append(t("**{story}**: {count}", story=facts[f"{story}.story"], count=count))
        place = 0
        while f"{story}.{place}.number" in facts:
            one, idea = facts[f"{story}.{place}.number"], facts[f"{story}.{place}.idea"]
            lines.append(t("> {number}: {idea}", number=one, idea=idea) if idea else f"> {one}")
            place += 1
        story += 1
    lines.append(t("-# `/author queue` shows them all; its button ends this daily word."))
    return "\n".join(lines)
