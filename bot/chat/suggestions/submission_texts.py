"""Texts of submitting a suggestion: the form, the answer, and a draft that was refused."""

from __future__ import annotations

from bot.chat.i18n.gettext import t

SUGGEST = "Suggest to an author what should happen"


SUGGEST_TEXT = "Your idea; leave it out to write it in a form"


SUGGEST_STORY = "The story it is for; the one of this channel if you leave it out"


SUGGEST_CHAPTER = "The chapter it is about"


SUGGEST_ANONYMOUS = "Keep your name from the readers"


SUGGEST_NAME_ME = "Name you if your idea is used"


SUGGEST_THIS = "Suggest this"


def form_title(story: str) -> str:
    """The title of the form for an idea, before it is shortened."""
    return t("An idea for {story}", story=story)


def text_label() -> str:
    """What the form for an idea asks."""
    return t("Your idea")


def text_hint() -> str:
    """Who will read it."""
    return t("The author reads it, and other readers can support it.")


def text_placeholder() -> str:
    """In the empty field."""
    return t("What should happen?")


def name_label() -> str:
    """The box that asks to be named."""
    return t("Name me if it is used")


def name_hint() -> str:
    """What the box does."""
    return t("In the chapter’s credits. You can change this later.")


def anonymous_label() -> str:
    """The box for staying anonymous."""
    return t("Stay anonymous")


def anonymous_hint() -> str:
    """What it does."""
    return t("Nobody sees who made it, the author neither, and nobody is named.")


def submit_answer(number: int, title: str) -> str:
    """An idea is queued."""
    return t(
        "Thank you! Your idea for **{title}** has number **{number}** and waits for its author.",
        title=title,
        number=number,
    )


def held_back() -> str:
    """It is held because of a link."""
    return t("🔒 Because of the link in it, other readers see it only once the author has accepted it.")


def outcome_by_message() -> str:
    """How the outcome comes."""
    return t("-# What becomes of it comes to you by direct message. `/suggestions mine` shows it, too.")


def outcome_with_next_command() -> str:
    """How the outcome comes to whoever wants no messages."""
    return t("-# What becomes of it waits for your next command here. `/suggestions mine` shows it, too.")


def credit_promise() -> str:
    """They agreed to be named."""
    return t("-# If a chapter uses it, you are named there.")


def anonymity_promise() -> str:
    """They asked to be anonymous."""
    return t("-# Nobody sees who made it, the author neither.")


def name_me_button() -> str:
    """The button to be named."""
    return t("Name me if used")


def do_not_name_me_button() -> str:
    """The button to be named no more."""
    return t("Don’t name me")


def messages_off_button() -> str:
    """The button that turns direct messages off."""
    return t("No direct messages")


def messages_on_button() -> str:
    """The button that turns direct messages on."""
    return t("Tell me by direct message")


def similar_title() -> str:
    """Introduces ideas of others that are alike."""
    return t(
        "**These are much like yours.** You can support one of them instead: together they count for more."
    )


def support_instead_button() -> str:
    """The button that supports another idea in place of one's own."""
    return t("Support that instead")


def support_instead_answer(number: int, own: int) -> str:
    """The other idea is supported now."""
    return t(
        "You support idea **{number}** now, and your own, **{own}**, is taken back. You will hear what becomes of it.",
        number=number,
        own=own,
    )


def send_anyway_button() -> str:
    """The button that sends an idea which looked like a slip."""
    return t("Send it all the same")


def draft_attached() -> str:
    """Below a failure: the text is in the file."""
    return t("Your text is safe in this file.")


def draft_file_description() -> str:
    """What the file is, for those who cannot see it."""
    return t("The idea as you wrote it")


def edit_button() -> str:
    """The button that opens the form with the text again."""
    return t("Edit")


def edit_menu() -> str:
    """The menu that asks for the story."""
    return t("Which story is it for?")
