"""What stands in an author's queue of ideas and on its forms."""

from __future__ import annotations

from bot.domain.suggestion import Decision

EMPTY = "There are no ideas here at the moment. `/author queue` with another `state` shows the others."

BUTTONS = {
    Decision.ACCEPT: "Accept",
    Decision.DECLINE: "Decline…",
    Decision.MERGE: "Merge…",
    Decision.USED: "Used…",
    Decision.REOPEN: "Reopen",
}

CHOICES = {
    Decision.ACCEPT: "accept",
    Decision.DECLINE: "decline",
    Decision.MERGE: "merge into another",
    Decision.USED: "mark as used in a chapter",
    Decision.REOPEN: "reopen",
}


def decided(number: int, state: str) -> str:
    """What an author has just done."""
    return f"Idea **{number}** is {state} now. Whoever made it will hear of it."


def position(number: int, total: int) -> str:
    """Where in the queue this is."""
    return f"{number} / {total}"


def title(number: int, story: str) -> str:
    """The heading of an idea."""
    return f"### Idea {number} for {story}"


def maker(name: str, stamp: int, *, anonymous: bool) -> str:
    """Who made it and when."""
    shown = f"{name}, who asks not to be named" if anonymous else name
    return f"-# By {shown} · <t:{stamp}:R>"


MAKER_ERASED = "somebody whose data was erased"


def under(chapter: str) -> str:
    """Where it was made."""
    return f"-# Made under “{chapter}”"


def merged_into(number: int) -> str:
    """Where it went."""
    return f"-# Joined idea {number}"


def used_in(chapter: str) -> str:
    """What it shaped."""
    return f"-# Used in “{chapter}”"


def change(state: str, stamp: int, reason: str) -> str:
    """A line of its record."""
    line = f"-# {state} · <t:{stamp}:f>"
    return f"{line} · {reason}" if reason else line


def form_title(decision: Decision, number: int) -> str:
    """The title of the form that asks for what a decision needs (45 characters at most)."""
    asked = {
        Decision.DECLINE: f"Decline idea {number}",
        Decision.MERGE: f"Merge idea {number}",
        Decision.USED: f"Idea {number} was used",
    }
    return asked[decision][:45]


FORM_LABELS = {
    Decision.DECLINE: ("A word to whoever made it", "You may leave this empty."),
    Decision.MERGE: ("The number of the idea it joins", "An open idea for the same story."),
    Decision.USED: ("The chapter it was used in", "Its number or its title."),
}

NOT_A_NUMBER = "I need the number of an idea there, such as 12."


def idea_form_title(story: str) -> str:
    """The title of the form for an idea, before it is shortened."""
    return f"An idea for {story}"


IDEA_LABEL = "Your idea"
IDEA_HINT = "Only the author and I see it."
IDEA_PLACEHOLDER = "What should happen?"
ANONYMOUS_LABEL = "Keep my name from the readers"
ANONYMOUS_HINT = "The author still sees who you are."


def kept_text(idea: str) -> str:
    """Gives back what somebody wrote in a form that could not be taken."""
    return f"Your text, so that nothing is lost:\n>>> {idea}"
