"""Texts of the lists of suggestions and of supporting one.

Seen by: readers.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import later, n, t
from bot.domain.suggestions.suggestion import SuggestionState

TOP = "See a story’s most supported ideas and support them"
TOP_STORY = "The story"


def full_text_button() -> str:
    """Return the label of the button that shows a text in full."""
    return t("Show all")


def back_button() -> str:
    """Return the label of the button back to the list."""
    return t("Back")


def top_title(title: str) -> str:
    """Return the heading of the most supported suggestions."""
    return t("## Top ideas for {title}", title=title)


def top_empty(title: str) -> str:
    """Return the text where a story has no open suggestions."""
    return t("There are no open ideas for **{title}** yet. Be the first with `/suggest`.", title=title)


def support_line(number: int, count: int, *, own: bool) -> str:
    """Return the line with a suggestion's number and support."""
    people = (
        n("{count} person supports it", "{count} people support it", count)
        if count
        else t("nobody supports it yet")
    )
    line = f"**{number}** · {people}"
    return f"{line} · {t('yours')}" if own else line


def support() -> str:
    """Return the label of the button that supports a suggestion."""
    return t("Support")


def withdraw_support() -> str:
    """Return the label of the same button for a supporter."""
    return t("Supported")


def support_answer(number: int, count: int) -> str:
    """Return the answer after supporting."""
    return n(
        "You now support idea **{idea}**: {count} person so far. Press again to undo.",
        "You now support idea **{idea}**: {count} people so far. Press again to undo.",
        count,
        idea=number,
    )


def unsupport_answer(number: int) -> str:
    """Return the answer after taking the support back."""
    return t("You no longer support idea **{number}**.", number=number)


def text_withheld() -> str:
    """Return the text in place of one that only age-restricted channels may show."""
    return t("-# 🔞 The text is shown in age-restricted channels only.")


def whereabouts_button() -> str:
    """Return the label of the button that finds a channel for a withheld text."""
    return t("Where to read it")


def numbered_whereabouts_button(number: int) -> str:
    """Return the label of the same button where there are several."""
    return t("Where to read {number}", number=number)


def command_for(*, is_author_of: bool, own: bool) -> str:
    """Return the command that shows a suggestion to the author, the suggester or another reader."""
    if is_author_of:
        return t("`/author queue`")
    return t("`/suggestions mine`") if own else t("`/suggestions top`")


def known_whereabouts(number: int, story: str, channels: str, command: str) -> str:
    """Return the channels that may show a suggestion."""
    return t(
        "Idea **{number}** for **{story}** is shown in age-restricted channels only, such as {channels}. "
        "{command} shows it there.",
        number=number,
        story=story,
        channels=channels,
        command=command,
    )


def unknown_whereabouts(number: int, story: str, command: str) -> str:
    """Return the text where no channel is known that may show a suggestion."""
    return t(
        "Idea **{number}** for **{story}** is shown in age-restricted channels only. Use "
        "{command} in such a channel, on a server where I am.",
        number=number,
        story=story,
        command=command,
    )


def heading(number: int, title: str) -> str:
    """Return the heading of one suggestion."""
    return t("### Idea {number} for {title}", number=number, title=title)


SUGGESTIONS = "Your ideas"
MINE = "See your ideas and what the authors decided"
WITHDRAW = "Withdraw one of your ideas"
WITHDRAW_NUMBER = "The number of the idea"


def own_title() -> str:
    """Return the heading of one's own suggestions."""
    return t("## Your ideas")


def own_empty() -> str:
    """Return the text for somebody without suggestions."""
    return t("You have not sent any ideas yet. Send your first one with `/suggest`.")


STATES = {
    SuggestionState.NEW: later("🕓 waiting"),
    SuggestionState.ACCEPTED: later("✅ accepted"),
    SuggestionState.DECLINED: later("🚫 declined"),
    SuggestionState.MERGED: later("🔗 merged"),
    SuggestionState.USED: later("⭐ used"),
    SuggestionState.WITHDRAWN: later("↩️ withdrawn"),
}
"""States of an idea, in English: Discord is given every language's at once."""


def state(of: SuggestionState) -> str:
    """Return the name of a suggestion's state."""
    return t(STATES[of])


def list_line(number: int, title: str, state: str) -> str:
    """Return the first line about a suggestion in a list."""
    return f"**{number}** · {title} · {state}"


def author_reason(text: str) -> str:
    """Return the author's comment on a suggestion."""
    return t("-# The author: {text}", text=text)


def withdraw_answer(number: int) -> str:
    """Return the answer to `/suggestions withdraw`."""
    return t("Idea **{number}** is withdrawn. You can send another with `/suggest`.", number=number)
