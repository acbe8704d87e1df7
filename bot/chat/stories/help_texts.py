"""Texts of `/help`.

Seen by: readers.
"""

from __future__ import annotations

from bot.chat.i18n.command_translator import NAME
from bot.chat.i18n.gettext import later, p, t
from bot.chat.stories.help_topics import HelpTopic

HELP = "See what you can do here"

_TITLES = {
    HelpTopic.READING: later("Reading"),
    HelpTopic.IDEAS: later("Ideas"),
    HelpTopic.SERVER: later("This server"),
    HelpTopic.AUTHOR: later("Your stories"),
    HelpTopic.DATA: later("Your data and help"),
}


def introduction() -> str:
    """Open the help: what the bot does."""
    return t("## What you can do here\nI bring serial stories to Discord, chapter by chapter.")


def topic_title(topic: HelpTopic) -> str:
    """Name a group of commands, as its heading and on its button."""
    return t(_TITLES[topic])


def all_stories() -> str:
    """Name the authors' commands where an operator uses them for every story."""
    return t("All stories")


def overview_button() -> str:
    """Label the button back from one group to all of them."""
    return t("Overview")


def overview_hint() -> str:
    """Point from the overview to the buttons that explain each group."""
    return t("-# Tap a command to use it, or a button below to see what each one does.")


def command_line(command: str, description: str) -> str:
    """Return the line of a command: what it does, in the words of its description."""
    return f"- {command} · {t(description)}"


def menu_name(name: str) -> str:
    """Return the name of an item in a message's menu."""
    return p(NAME, name)


def menu_line(name: str) -> str:
    """Explain the item in a message's menu that makes an idea of the message."""
    return t(
        "- *{name}* · Send a message’s text as an idea: right-click or long-press the message, then “Apps”",
        name=p(NAME, name),
    )


def reading_hint() -> str:
    """Explain the reactions under a chapter, in the group about reading."""
    return t("-# Under a chapter in a channel, ◀️ ▶️ turn its pages for everyone, and ⭐ is your vote for it.")


def server_hint() -> str:
    """Tell somebody why they see the group about the server.

    Seen by: server managers.
    """
    return t("-# You manage this server, so you choose which stories its channels get.")


def author_hint(titles: str) -> str:
    """Tell authors which stories are theirs here.

    Seen by: authors.
    """
    return t("-# You write {titles}.", titles=titles)


def beginner_hint(command: str) -> str:
    """Tell somebody who may start stories, and has none, to begin.

    Seen by: authors.
    """
    return t(
        "-# You may start stories here. Begin with {command}: it asks for a title, and little more.",
        command=command,
    )


def operator_hint() -> str:
    """Tell somebody that they run the bot, and what that allows.

    Seen by: operators.
    """
    return t("-# You run this bot, so you can use these commands for every story.")


def continue_button() -> str:
    """Label the button that opens the story they read last."""
    return t("Read on")


def own_ideas_button() -> str:
    """Label the button that lists one's own ideas."""
    return t("My ideas")


def queue_button() -> str:
    """Label the button that opens the queue of new ideas.

    Seen by: authors, operators.
    """
    return t("New ideas")


def subscriptions_button() -> str:
    """Label the button that lists the server's subscriptions.

    Seen by: server managers.
    """
    return t("Subscriptions")
