"""Texts of submitting a suggestion: the form, the answer, and a draft that was refused.

Seen by: readers.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import t

SUGGEST = "Send an author your idea for what should happen"
SUGGEST_TEXT = "Your idea (without it, a form opens)"
SUGGEST_STORY = "The story it is for (default: this channel’s story)"
SUGGEST_CHAPTER = "The chapter it is about"
SUGGEST_ANONYMOUS = "Nobody sees that it is from you, not even the author"
SUGGEST_NAME_ME = "Name you in the chapter if your idea is used"
SUGGEST_THIS = "Suggest this"


def form_title(story: str) -> str:
    """Return the title of the form, at full length."""
    return t("An idea for {story}", story=story)


def text_label() -> str:
    """Return the label of the text field."""
    return t("Your idea")


def text_hint() -> str:
    """Return the hint of the text field."""
    return t("The author reads it, and other readers can support it.")


def text_placeholder() -> str:
    """Return the placeholder of the text field."""
    return t("What should happen?")


def name_label() -> str:
    """Return the label of the checkbox for being named."""
    return t("Name me if it is used")


def name_hint() -> str:
    """Return the hint of the checkbox for being named."""
    return t("In the chapter’s credits. You can change this later.")


def anonymous_label() -> str:
    """Return the label of the checkbox for staying anonymous."""
    return t("Stay anonymous")


def anonymous_hint() -> str:
    """Return the hint of the checkbox for staying anonymous."""
    return t("Nobody sees that it is from you, not even the author, and you are not named.")


def submit_answer(number: int, title: str) -> str:
    """Return the answer to a submitted suggestion."""
    return t(
        "Thank you! Your idea for **{title}** is number **{number}** and is waiting for the author.",
        title=title,
        number=number,
    )


def held_back() -> str:
    """Return the note that a link holds it back."""
    return t("🔒 It contains a link, so other readers see it only after the author accepts it.")


def outcome_by_message() -> str:
    """Return the note that the outcome comes by direct message."""
    return t(
        "-# I will tell you by direct message what the author decides. You can also look "
        "with `/suggestions mine`."
    )


def outcome_with_next_command() -> str:
    """Return the note that the outcome is shown after the next command."""
    return t(
        "-# I will tell you what the author decides the next time you use a command here. "
        "You can also look with `/suggestions mine`."
    )


def credit_promise() -> str:
    """Return the note that the suggester will be named."""
    return t("-# If a chapter uses it, I will name you there.")


def anonymity_promise() -> str:
    """Return the note that the suggester stays anonymous."""
    return t("-# Nobody sees that it is from you, not even the author.")


def name_me_button() -> str:
    """Return the label of the button for being named."""
    return t("Name me if used")


def do_not_name_me_button() -> str:
    """Return the label of the button for not being named."""
    return t("Don’t name me")


def messages_off_button() -> str:
    """Return the label of the button that turns direct messages off."""
    return t("No direct messages")


def messages_on_button() -> str:
    """Return the label of the button that turns direct messages on."""
    return t("Tell me by direct message")


def similar_title() -> str:
    """Return the heading of similar suggestions."""
    return t(
        "**These ideas are much like yours.** You can support one of them instead: together "
        "you count for more."
    )


def support_instead_button() -> str:
    """Return the label of the button that supports a similar suggestion instead."""
    return t("Support that instead")


def support_instead_answer(number: int, own: int) -> str:
    """Return the answer after a similar suggestion was supported instead."""
    return t(
        "You now support idea **{number}**, and your own, **{own}**, is withdrawn. I will "
        "tell you what the author decides.",
        number=number,
        own=own,
    )


def send_anyway_button() -> str:
    """Return the label of the button that sends a doubtful draft."""
    return t("Send it anyway")


def draft_attached() -> str:
    """Return the note that the text is in the attached file."""
    return t("Your text is safe in this file.")


def draft_file_description() -> str:
    """Return the alternative text of the file."""
    return t("The idea as you wrote it")


def edit_button() -> str:
    """Return the label of the button that opens the form with the draft."""
    return t("Edit")


def edit_menu() -> str:
    """Return the placeholder of the menu that asks for the story."""
    return t("Which story is it for?")
