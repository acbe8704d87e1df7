"""Texts of an author's decisions and of the forms that ask for their details.

Seen by: authors.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import later, t
from bot.domain.suggestions.suggestion import Decision

DECIDE = "Decide on one idea"
DECIDE_NUMBER = "The number of the idea"
DECIDE_DECISION = "What you decide"
DECIDE_REASON = "A few words to the person who sent it"


DECIDE_CHAPTER = "The chapter it was used in (for “used”)"


DECIDE_INTO = "The number of the idea to merge it into (for “merge”)"


_BUTTONS = {
    Decision.ACCEPT: later("Accept…"),
    Decision.DECLINE: later("Decline…"),
    Decision.MERGE: later("Merge…"),
    Decision.USED: later("Used…"),
    Decision.REOPEN: later("Reopen"),
}


def button(decision: Decision) -> str:
    """Return the label of the button for a decision."""
    return t(_BUTTONS[decision])


CHOICES = {
    Decision.ACCEPT: later("accept"),
    Decision.DECLINE: later("decline"),
    Decision.MERGE: later("merge into another"),
    Decision.USED: later("mark as used in a chapter"),
    Decision.REOPEN: later("reopen"),
}
"""Decisions as `/author decide` offers them, in English: Discord is given every language's at once."""


def decide_answer(number: int, state: str) -> str:
    """Return the answer after a decision."""
    return t(
        "Idea **{number}** is now {state}. I will tell the person who sent it.", number=number, state=state
    )


def form_title(decision: Decision, number: int) -> str:
    """Return the title of a decision's form (45 characters at most)."""
    match decision:
        case Decision.ACCEPT:
            return t("Accept idea {number}", number=number)[:45]
        case Decision.DECLINE:
            return t("Decline idea {number}", number=number)[:45]
        case Decision.MERGE:
            return t("Merge idea {number}", number=number)[:45]
        case Decision.USED:
            return t("Idea {number} was used", number=number)[:45]
        case _:
            raise ValueError(f"{decision.value} has no form")


_FORM_LABELS = {
    Decision.ACCEPT: (later("A few words to the person who sent it"), later("You can leave this empty.")),
    Decision.DECLINE: (later("A few words to the person who sent it"), later("You can leave this empty.")),
    Decision.MERGE: (
        later("The number of the idea to merge it into"),
        later("An open idea for the same story."),
    ),
    Decision.USED: (later("The chapter it was used in"), later("Its number or its title.")),
}


def form_label(decision: Decision) -> tuple[str, str]:
    """Return the label and the hint of a decision's field."""
    label, hint = _FORM_LABELS[decision]
    return t(label), t(hint)


def not_a_number() -> str:
    """Return the text for an input that is no suggestion's number."""
    return t("Please enter the number of an idea, such as 12.")


def pick_label(decision: Decision) -> str:
    """Return the label of a decision's menu."""
    if decision is Decision.MERGE:
        return t("The idea to merge it into")
    return t("The chapter it was used in")


def pick_placeholder() -> str:
    """Return the placeholder of a decision's menu."""
    return t("Pick one")


def input_label(decision: Decision) -> str:
    """Return the label of the field for a value that the menu does not offer."""
    if decision is Decision.MERGE:
        return t("Or the number of another idea")
    return t("Or another chapter’s number or title")
