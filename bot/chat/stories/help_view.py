"""The answer to `/help`: the commands of this person in this place, with buttons to the most used ones.

Readers see every command with its description. Who can do more sees an overview, and a button for each topic.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from bot.chat.i18n.gettext import listed
from bot.chat.interactions import custom_ids
from bot.chat.interactions.outgoing_message import Item, Message, button, plain, row
from bot.chat.stories import catalogue_texts, help_ids, help_texts
from bot.chat.stories.help_topics import HelpEntry, HelpTopic
from bot.chat.stories.library_position import WHOLE_LIBRARY
from bot.chat.text.user_text import literal_line
from bot.services.stories.catalogue import Help

_TITLE = 60
_TITLES = 6

OVERVIEW = "overview"

_EMOJI = {
    HelpTopic.READING: "📖",
    HelpTopic.IDEAS: "💡",
    HelpTopic.SERVER: "🛠️",
    HelpTopic.AUTHOR: "✍️",
    HelpTopic.DATA: "🔒",
}

Entries = Mapping[HelpTopic, Sequence[HelpEntry]]
Mention = Callable[[str], str]
"""Turns a command's path into what is shown for it."""


def help_message(what: Help, entries: Entries, mention: Mention, topic: str = OVERVIEW) -> Message:
    """Render the help, opened at a topic; the overview where there is no such topic for this person."""
    if HelpTopic.SERVER not in entries and HelpTopic.AUTHOR not in entries:
        parts = [help_texts.introduction()]
        for each, commands in entries.items():
            parts.append(_explained(each, commands, what, mention))
        return Message((*plain("\n".join(parts)).items, *_shortcuts(what, entries)))
    opened = next((each for each in entries if each == topic), None)
    if opened is not None:
        text = _explained(opened, entries[opened], what, mention)
    else:
        brief = [_brief(each, commands, what, mention) for each, commands in entries.items()]
        text = "\n".join([help_texts.introduction(), *brief, help_texts.overview_hint()])
    return Message((*plain(text).items, *_topics(entries, what, opened), *_shortcuts(what, entries)))


def _title(topic: HelpTopic, what: Help) -> str:
    """Return a topic's name; an operator who writes nothing has no stories to call their own."""
    if topic is HelpTopic.AUTHOR and what.operates and not what.is_author_of:
        return help_texts.all_stories()
    return help_texts.topic_title(topic)


def _brief(topic: HelpTopic, commands: Sequence[HelpEntry], what: Help, mention: Mention) -> str:
    names = [
        f"*{help_texts.menu_name(each.path)}*" if each.is_message_command else mention(each.path)
        for each in commands
    ]
    lines = [f"### {_EMOJI[topic]} {_title(topic, what)}", *_hints(topic, what, mention), " · ".join(names)]
    return "\n".join(lines)


def _explained(topic: HelpTopic, commands: Sequence[HelpEntry], what: Help, mention: Mention) -> str:
    lines = [f"### {_EMOJI[topic]} {_title(topic, what)}", *_hints(topic, what, mention)]
    for each in commands:
        if each.is_message_command:
            lines.append(help_texts.menu_line(each.path))
        else:
            lines.append(help_texts.command_line(mention(each.path), each.description))
    if topic is HelpTopic.READING:
        lines.append(help_texts.reading_hint())
    return "\n".join(lines)


def _hints(topic: HelpTopic, what: Help, mention: Mention) -> list[str]:
    """Return why this person sees the topic."""
    if topic is HelpTopic.SERVER:
        return [help_texts.server_hint()]
    if topic is not HelpTopic.AUTHOR:
        return []
    hints = []
    if what.is_author_of:
        titles = [f"**{literal_line(story.title, _TITLE)}**" for story in what.is_author_of[:_TITLES]]
        more = ["…"] if len(what.is_author_of) > _TITLES else []
        hints.append(help_texts.author_hint(", ".join(titles + more) if more else listed(titles)))
    elif what.may_begin and not what.operates:
        hints.append(help_texts.beginner_hint(mention("author new")))
    if what.operates:
        hints.append(help_texts.operator_hint())
    return hints


def _topics(entries: Entries, what: Help, opened: HelpTopic | None) -> list[Item]:
    buttons = [
        button(_title(topic, what), help_ids.show_help(topic), emoji=_EMOJI[topic], disabled=topic is opened)
        for topic in entries
    ]
    if opened is not None:
        back = button(help_texts.overview_button(), help_ids.show_help(OVERVIEW), emoji="↩️")
        buttons = [back, *(each for each in buttons if not each.disabled)]
    return [row(*buttons)]


def _shortcuts(what: Help, entries: Entries) -> list[Item]:
    """Return the buttons to what this person most likely wants to do next."""
    buttons = []
    if what.reads is not None:
        opening = custom_ids.open_story(what.reads.slug)
        buttons.append(button(help_texts.continue_button(), opening, emoji="📖", loud=True))
    buttons.append(button(catalogue_texts.library_button(), WHOLE_LIBRARY.show_id, emoji="📚"))
    if HelpTopic.AUTHOR in entries and (what.operates or what.is_author_of):
        buttons.append(button(help_texts.queue_button(), help_ids.NEW_IDEAS, emoji="📥"))
    if HelpTopic.IDEAS in entries:
        buttons.append(button(help_texts.own_ideas_button(), custom_ids.mine(0), emoji="💡"))
    if HelpTopic.SERVER in entries:
        buttons.append(button(help_texts.subscriptions_button(), custom_ids.subscriptions(0), emoji="📡"))
    return [row(*buttons)]
