"""What the private reader and the lists say of a reader's own place: what is new, what is ahead, what can be done."""

from __future__ import annotations

from bot.chat.i18n.gettext import n, t


def fresh(count: int) -> str:
    """What a visit begins with, and what a story's page says."""
    return n(
        "🆕 {count} chapter new since your last visit.",
        "🆕 {count} chapters new since your last visit.",
        count,
    )


def back() -> str:
    """A button for somebody who looks something up: to their own place."""
    return t("Back to where you were")


def read_on_here() -> str:
    """The button beside it: this is their place from now on."""
    return t("Read on from here")


def first_unread(number: int) -> str:
    """A button that leads to what was not read yet."""
    return t("First unread: chapter {number}", number=number)


def star() -> str:
    """A button: give the chapter one's vote."""
    return t("Star")


def starred() -> str:
    """The same button for somebody whose vote it has."""
    return t("Starred")


def send() -> str:
    """A button: have this page in direct messages."""
    return t("To my DMs")


def sent() -> str:
    """The page is there."""
    return t("The page is in your direct messages now.")


def sent_to_turn() -> str:
    """The page is there, and has others before or after it."""
    return t(
        "The page is in your direct messages now. ◀️ ▶️ turn it there, adding as well as taking back, and your place "
        "moves along."
    )


def follow() -> str:
    """A button at the end of all that is out, and on a story's page."""
    return t("Follow")


def up_to_date() -> str:
    """At the end of all that is out, to somebody who follows the story."""
    return t("-# You have read all that is out. The next chapter comes to your direct messages.")


def all_read() -> str:
    """The same, to somebody who does not."""
    return t("-# You have read all that is out. “Follow” brings the next chapter to your direct messages.")


def jump_title() -> str:
    """The form that asks for a page."""
    return t("Go to a page")


def jump_label(count: int) -> str:
    """Its only field."""
    return t("Page, from 1 to {count}", count=count)


def place(number: int) -> str:
    """Where somebody is in a story, in a list of stories."""
    return t("you are in chapter {number}", number=number)


def place_of(number: int, count: int) -> str:
    """The same on the story's own page."""
    return t("-# 🔖 You are in chapter {number} of {count}.", number=number, count=count)


def following() -> str:
    """On the page of a story that somebody follows."""
    return t("-# 🔔 You follow it: new chapters come to your direct messages. `/unfollow` ends it.")


def cover(title: str) -> str:
    """Stands for a story's cover where it is not seen."""
    return t("The cover of {title}", title=title)
