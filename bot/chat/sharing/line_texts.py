"""Texts of sharing a line.

Seen by: readers.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import t


def pick_title(story: str, chapter: str) -> str:
    """Return the text above the menu of paragraphs."""
    return t(
        "Which line do you want to share? These are the paragraphs of the page you are on.\n-# {story} · {chapter}",
        story=story,
        chapter=chapter,
    )


def pick_placeholder() -> str:
    """Return the placeholder of the menu of paragraphs."""
    return t("Pick a paragraph")


def more_paragraphs() -> str:
    """Return the menu's entry that shows the paragraphs after these."""
    return t("More paragraphs …")


def first_paragraphs() -> str:
    """Return the menu's entry that shows the page's first paragraphs again."""
    return t("Back to the first ones …")


def preview_note() -> str:
    """Return the small print below the preview of a picture."""
    return t("-# Only you see this so far.")


def preview_note_ahead() -> str:
    """Return the same where the line will be hidden as a spoiler."""
    return t("-# Only you see this so far. It is posted as a spoiler: this channel may not be there yet.")


def text_note() -> str:
    """Return the note on a line without a picture."""
    return t("-# I can’t draw this line as a picture, so it is posted as text.")


def sentences_placeholder() -> str:
    """Return the placeholder of the menu that shortens a paragraph."""
    return t("Only some of the sentences")


def post_button() -> str:
    """Return the label of the button that posts the line for everybody in the channel."""
    return t("Post here")


def other_button() -> str:
    """Return the label of the button back to the paragraphs."""
    return t("Another line")


def posted_answer() -> str:
    """Return the answer after a line was posted."""
    return t("Posted. Thank you for passing it on!")


def chapter(number: int, title: str) -> str:
    """Return the chapter's line on the picture."""
    return t("Chapter {number} · {title}", number=number, title=title)


def attribution(story: str, chapter: int, person: str) -> str:
    """Return the line below a shared picture.

    Seen by: everyone in the channel.
    """
    return t(
        "-# **{story}**, chapter {chapter} · shared by {person}", story=story, chapter=chapter, person=person
    )


def attribution_by(story: str, authors: str, chapter: int, person: str) -> str:
    """Return the line below a line shared as text, which has no picture to name the author.

    Seen by: everyone in the channel.
    """
    return t(
        "-# **{story}** by {authors}, chapter {chapter} · shared by {person}",
        story=story,
        authors=authors,
        chapter=chapter,
        person=person,
    )
