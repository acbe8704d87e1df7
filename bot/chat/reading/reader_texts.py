"""What the private reader and the lists say of a reader's own place: what is new, what is ahead, what can be done."""

from __future__ import annotations

from bot.chat.i18n.gettext import t


def withdrawn(name: str) -> str:
    """A chapter in a list that its author has taken back."""
    return t("{name} (withdrawn for now)", name=name)


def unreleased(name: str) -> str:
    """A chapter in an author's list that is not out yet."""
    return t("{name} (to come)", name=name)


def back_to_bookmark() -> str:
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


def send_answer() -> str:
    """The page is there."""
    return t("The page is in your direct messages now.")


def send_answer_with_turns() -> str:
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


READ = "Read in private, at your own pace and from your own place"


READ_STORY = "The story; the one you read last if you leave it out"


READ_CHAPTER = "A chapter to open; your place if you leave it out"
