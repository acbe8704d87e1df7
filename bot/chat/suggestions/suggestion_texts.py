"""Texts of the lists of suggestions and of supporting one."""

from __future__ import annotations

from bot.chat.i18n.gettext import later, n, t
from bot.domain.suggestions.suggestion import SuggestionState

TOP = "See the most supported ideas for a story, and support them"


TOP_STORY = "The story"


def full_text_button() -> str:
    """The button that shows the whole of a long idea."""
    return t("Show all")


def back_button() -> str:
    """The button back to the list."""
    return t("Back")


def top_title(title: str) -> str:
    """The heading over the most supported ideas."""
    return t("## What readers want of {title}", title=title)


def top_empty(title: str) -> str:
    """Nothing to support."""
    return t("There are no open ideas for **{title}** yet. `/suggest` makes the first.", title=title)


def support_line(number: int, count: int, *, own: bool) -> str:
    """The line above an idea in the list."""
    people = (
        n("{count} person supports it", "{count} people support it", count)
        if count
        else t("nobody supports it yet")
    )
    line = f"**{number}** · {people}"
    return f"{line} · {t('yours')}" if own else line


def support() -> str:
    """The button that supports an idea."""
    return t("Support")


def withdraw_support() -> str:
    """The same button for whoever does."""
    return t("Supported")


def support_answer(number: int, count: int) -> str:
    """After a press on a message for everybody."""
    return n(
        "You support idea **{idea}** now: {count} person does. Press again to take it back.",
        "You support idea **{idea}** now: {count} people do. Press again to take it back.",
        count,
        idea=number,
    )


def unsupport_answer(number: int) -> str:
    """After another press."""
    return t("You no longer support idea **{number}**.", number=number)


def text_withheld() -> str:
    """In place of an idea's text where it may not stand."""
    return t("-# 🔞 The text is shown in age-restricted channels only.")


def whereabouts_button() -> str:
    """The button beside that."""
    return t("Where to read it")


def numbered_whereabouts_button(number: int) -> str:
    """The same button among several."""
    return t("Where to read {number}", number=number)


def command_for(*, is_author_of: bool, own: bool) -> str:
    """The command that shows an idea to its story's author, to its maker, to others."""
    if is_author_of:
        return t("`/author queue`")
    return t("`/suggestions mine`") if own else t("`/suggestions top`")


def known_whereabouts(number: int, story: str, channels: str, command: str) -> str:
    """Where it can be read: in these channels."""
    return t(
        "Idea **{number}** for **{story}** is shown in age-restricted channels only, such as {channels}. "
        "{command} shows it there.",
        number=number,
        story=story,
        channels=channels,
        command=command,
    )


def unknown_whereabouts(number: int, story: str, command: str) -> str:
    """Where it can be read, if no channel is known."""
    return t(
        "Idea **{number}** for **{story}** is shown in age-restricted channels only. Use {command} in one of a "
        "server where I am.",
        number=number,
        story=story,
        command=command,
    )


def heading(number: int, title: str) -> str:
    """Above one idea."""
    return t("### Idea {number} for {title}", number=number, title=title)


def asked(prompt: str) -> str:
    """The author's question after a chapter."""
    return f"💡 {prompt}"


def asked_until(moment: str) -> str:
    """Until when ideas are taken."""
    return t("-# Ideas until {moment}", moment=moment)


def asked_till_next() -> str:
    """Ideas are taken until the next chapter."""
    return t("-# Ideas until the next chapter is out")


SUGGESTIONS = "Your ideas"


MINE = "See your ideas and what became of them"


WITHDRAW = "Take one of your ideas back"


WITHDRAW_NUMBER = "The number of the idea"


def own_title() -> str:
    """The heading of one's own ideas."""
    return t("## Your ideas")


def own_empty() -> str:
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


def list_line(number: int, title: str, state: str) -> str:
    """The first line about an idea in a list."""
    return f"**{number}** · {title} · {state}"


def author_reason(text: str) -> str:
    """The author's word about an idea."""
    return t("-# The author: {text}", text=text)


def withdraw_answer(number: int) -> str:
    """The answer to /suggestions withdraw."""
    return t("Idea **{number}** is withdrawn. `/suggest` makes another.", number=number)
