"""Forms and answers of `/author chapters`: the list, and what can be done with a chapter.

Seen by: authors.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import n, t


def title(story: str) -> str:
    """Introduce the list."""
    return t("### Chapters of {story}", story=story)


def empty() -> str:
    """Return that there is no chapter yet."""
    return t("There is no chapter yet. Send the first with `/author upload`.")


def out(moment: str) -> str:
    """Return the state of a chapter that is out."""
    return t("out since {moment}", moment=moment)


def planned(moment: str) -> str:
    """Return the state of a chapter with a time."""
    return t("comes {moment}", moment=moment)


def waiting() -> str:
    """Return the state of a chapter that is finished and has no time."""
    return t("finished, without a time")


def draft() -> str:
    """Return the state of a draft."""
    return t("a draft")


def held(why: str) -> str:
    """Return the state of a chapter that something keeps back."""
    return t("held back: {why}", why=why) if why else t("held back")


def stale() -> str:
    """Return that nothing was done since the list has changed."""
    return t("The list has changed since you saw it, so I did nothing. This is how it is now:")


def done() -> str:
    """Return that a change was made."""
    return t("✅ Done.")


def pick_placeholder() -> str:
    """Return the placeholder of the menu of chapters."""
    return t("Choose a chapter to change it")


def up_button() -> str:
    """Return the label of the button that moves a chapter up."""
    return t("Up")


def down_button() -> str:
    """Return the label of the button that moves a chapter down."""
    return t("Down")


def place_button() -> str:
    """Return the label of the button that asks for a place."""
    return t("Move to…")


def draft_button() -> str:
    """Return the label of the button that makes a chapter a draft."""
    return t("Make it a draft")


def ready_button() -> str:
    """Return the label of the button that makes a draft a finished chapter."""
    return t("It is finished")


def time_button() -> str:
    """Return the label of the button that asks for a time."""
    return t("Set a time…")


def replace_button() -> str:
    """Return the label of the button that tells how to replace a chapter."""
    return t("Replace…")


def remove_button() -> str:
    """Return the label of the button that takes a chapter out."""
    return t("Take it out…")


def sure_button() -> str:
    """Return the label of the button that takes a chapter out for good."""
    return t("Yes, take it out")


def back_button() -> str:
    """Return the label of the button that leads back to the list."""
    return t("All chapters")


def how_to_replace(title: str) -> str:
    """Return how to replace a chapter."""
    return t(
        "To replace **{title}**, send the new version with `/author upload` under the same title. I ask before "
        "anything is replaced.",
        title=title,
    )


def ask_remove(title: str) -> str:
    """Return the question before a chapter is taken out."""
    return t(
        "Take **{title}** out? You can bring it back whenever you like.",
        title=title,
    )


def removed(title: str) -> str:
    """Return that a chapter was taken out."""
    return t("✅ **{title}** is taken out. Nothing of it is lost.", title=title)


def undo_button() -> str:
    """Return the label of the button that brings a chapter back that was just taken out."""
    return t("Undo")


def removed_button(count: int) -> str:
    """Return the label of the button that lists what was taken out."""
    return n("{count} taken out", "{count} taken out", count)


def removed_title(story: str) -> str:
    """Introduce the list of chapters that were taken out."""
    return t("### Taken out of {story}\nThe last one first. Choose one to bring it back:", story=story)


def removed_empty() -> str:
    """Return that nothing is taken out."""
    return t("Nothing is taken out: every chapter is in the list.")


def restore_placeholder() -> str:
    """Return the placeholder of the menu of chapters that were taken out."""
    return t("Bring a chapter back")


def restored() -> str:
    """Return that a chapter was brought back."""
    return t("✅ It is back in the list.")


def how_to_mend() -> str:
    """Return what to do about a chapter whose file cannot be read."""
    return t(
        "Its file has a fault, and nothing of it is lost. Mend it where you write it, or take it out here and send a "
        "mended version with `/author upload`."
    )


def is_out() -> str:
    """Return that a chapter that is out cannot be moved."""
    return t(
        "It is out, so it stays in its place. A new version sent with `/author upload` changes its text."
    )


def place_title() -> str:
    """Return the title of the form that asks for a place."""
    return t("Move the chapter")


def place_label(first: int, last: int) -> str:
    """Return the label of the place's field."""
    return t("To which place? ({first} to {last})", first=first, last=last)


def time_title() -> str:
    """Return the title of the form that asks for a time."""
    return t("A time for the chapter")


def time_label() -> str:
    """Return the label of the time's field."""
    return t("When?")


def time_hint(zone: str) -> str:
    """Return the hint of the time's field."""
    return t("Such as: tomorrow 18:00 (in {zone}). Empty: it takes the schedule’s next slot.", zone=zone)
