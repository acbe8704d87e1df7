"""What stands in an author's queue of ideas and on its forms."""

from __future__ import annotations

from bot.chat.i18n.gettext import later, t
from bot.domain.suggestions.suggestion import Decision


def empty() -> str:
    """Where there is nothing to decide."""
    return t("There are no ideas here at the moment. `/author queue` with another `state` shows the others.")


_BUTTONS = {
    Decision.ACCEPT: later("Accept"),
    Decision.DECLINE: later("Decline…"),
    Decision.MERGE: later("Merge…"),
    Decision.USED: later("Used…"),
    Decision.REOPEN: later("Reopen"),
}

CHOICES = {
    Decision.ACCEPT: later("accept"),
    Decision.DECLINE: later("decline"),
    Decision.MERGE: later("merge into another"),
    Decision.USED: later("mark as used in a chapter"),
    Decision.REOPEN: later("reopen"),
}
"""Decisions as `/author decide` offers them, in English: Discord is given every language's at once."""


def button(decision: Decision) -> str:
    """The button that takes a decision."""
    return t(_BUTTONS[decision])


def decided(number: int, state: str) -> str:
    """What an author has just done."""
    return t("Idea **{number}** is {state} now. Whoever made it will hear of it.", number=number, state=state)


def position(number: int, total: int) -> str:
    """Where in the queue this is."""
    return f"{number} / {total}"


def title(number: int, story: str) -> str:
    """The heading of an idea."""
    return t("### Idea {number} for {story}", number=number, story=story)


def maker(name: str, stamp: int, *, anonymous: bool) -> str:
    """Who made it and when."""
    if anonymous:
        return t("-# By {name}, who asks not to be named · <t:{stamp}:R>", name=name, stamp=stamp)
    return t("-# By {name} · <t:{stamp}:R>", name=name, stamp=stamp)


def maker_erased() -> str:
    """In place of a name."""
    return t("somebody whose data was erased")


def under(chapter: str) -> str:
    """Where it was made."""
    return t("-# Made under “{chapter}”", chapter=chapter)


def merged_into(number: int) -> str:
    """Where it went."""
    return t("-# Joined idea {number}", number=number)


def used_in(chapter: str) -> str:
    """What it shaped."""
    return t("-# Used in “{chapter}”", chapter=chapter)


def change(state: str, stamp: int, reason: str) -> str:
    """A line of its record."""
    line = f"-# {state} · <t:{stamp}:f>"
    return f"{line} · {reason}" if reason else line


def form_title(decision: Decision, number: int) -> str:
    """The title of the form that asks for what a decision needs (45 characters at most)."""
    match decision:
        case Decision.DECLINE:
            return t("Decline idea {number}", number=number)[:45]
        case Decision.MERGE:
            return t("Merge idea {number}", number=number)[:45]
        case Decision.USED:
            return t("Idea {number} was used", number=number)[:45]
        case _:
            raise ValueError(f"{decision.value} has no form")


_FORM_LABELS = {
    Decision.DECLINE: (later("A word to whoever made it"), later("You may leave this empty.")),
    Decision.MERGE: (later("The number of the idea it joins"), later("An open idea for the same story.")),
    Decision.USED: (later("The chapter it was used in"), later("Its number or its title.")),
}


def form_label(decision: Decision) -> tuple[str, str]:
    """What the form asks, and its hint."""
    label, hint = _FORM_LABELS[decision]
    return t(label), t(hint)


def not_a_number() -> str:
    """What was filled in is no idea's number."""
    return t("I need the number of an idea there, such as 12.")


def idea_form_title(story: str) -> str:
    """The title of the form for an idea, before it is shortened."""
    return t("An idea for {story}", story=story)


def idea_label() -> str:
    """What the form for an idea asks."""
    return t("Your idea")


def idea_hint() -> str:
    """Who will read it."""
    return t("The author reads it, and other readers can support it.")


def idea_placeholder() -> str:
    """In the empty field."""
    return t("What should happen?")
