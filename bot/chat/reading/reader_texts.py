"""Texts of the private reader.

Seen by: readers.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import t


def back_to_bookmark() -> str:
    """Return the label of the button back to the reader's bookmark."""
    return t("Back to where you were")


def read_on_here() -> str:
    """Return the label of the button that moves the bookmark here."""
    return t("Read on from here")


def star() -> str:
    """Return the label of the button that votes for a chapter."""
    return t("Star")


def starred() -> str:
    """Return the label of the same button after the vote."""
    return t("Starred")


def send() -> str:
    """Return the label of the button that sends the page as a direct message."""
    return t("To my DMs")


def sent_before(link: str) -> str:
    """Return the answer to a second press, with a link to what the first one sent."""
    return t("It is in your DMs already: [open it]({link}).", link=link)


def share() -> str:
    """Return the label of the button that shares a line of the page."""
    return t("Share a line")


def send_answer() -> str:
    """Return the answer after a page was sent."""
    return t("The page is in your direct messages now.")


def send_answer_with_turns() -> str:
    """Return the answer after a page was sent that has others before or after it."""
    return t(
        "The page is in your direct messages now. Press ◀️ ▶️ there to turn pages, as often "
        "as you like; your place moves along."
    )


def up_to_date() -> str:
    """Return the note for a follower who has read all chapters."""
    return t("-# You have read all that is out. The next chapter comes to your direct messages.")


def all_read() -> str:
    """Return the note for somebody who has read all chapters and does not follow the story."""
    return t("-# You have read all that is out. “Follow” brings the next chapter to your direct messages.")


def newest() -> str:
    """Return the note at the newest chapter's end for somebody who left out others."""
    return t("-# This is the newest chapter.")


def jump_title() -> str:
    """Return the title of the form that asks for a page number."""
    return t("Go to a page")


def jump_label(count: int) -> str:
    """Return the label of its field."""
    return t("Page, from 1 to {count}", count=count)


READ = "Read just for yourself, from where you left off"
READ_STORY = "The story (default: the one you read last)"
READ_CHAPTER = "The chapter to open (default: where you left off)"
