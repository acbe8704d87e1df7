"""`/help` against the command tree: complete, right for each person, and short enough to be read on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from discord import app_commands

from bot.chat.command_list import COMMANDS
from bot.chat.gateway.registered_commands import AnyCommand, RegisteredCommands
from bot.chat.i18n.gettext import in_language
from bot.chat.interactions.outgoing_message import TEXT_LIMIT, texts
from bot.chat.stories import help_ids
from bot.chat.stories.help_topics import Availability, HelpTopic, list_entries
from bot.chat.stories.help_view import help_message
from bot.chat.suggestions.queue_position import QueuePosition
from bot.chat.text.user_text import utf16_length
from bot.services.stories.catalogue import Help
from tests.chat.samples import story

LONGEST_ID = 2**63 - 1

GUILD = Availability(in_guild=True)
DM = Availability(in_bot_dm=True)
GUEST = Availability(in_guild=True, as_guest=True)
GROUP = Availability(in_private_channel=True, as_guest=True)

READER = Help()
MANAGER = Help(manages=True)
AUTHOR = Help(is_author_of=(story(),))
OPERATOR = Help(operates=True)
BEGINNER = Help(may_begin=True)
EVERYTHING = Help(manages=True, operates=True, is_author_of=(story(),), reads=story())


def paths(commands: tuple[AnyCommand, ...] = COMMANDS) -> Iterator[str]:
    for command in commands:
        if isinstance(command, app_commands.Group):
            yield from paths(tuple(command.commands))
        elif isinstance(command, app_commands.ContextMenu):
            yield command.name
        else:
            yield command.qualified_name


def offered(what: Help, here: Availability = GUILD) -> set[str]:
    return {entry.path for entries in list_entries(COMMANDS, what, here).values() for entry in entries}


def registered() -> RegisteredCommands:
    kept = RegisteredCommands()
    kept.record(
        None,
        [
            {
                "name": each.name,
                "id": str(LONGEST_ID),
                "type": 3 if isinstance(each, app_commands.ContextMenu) else 1,
            }
            for each in COMMANDS
        ],
    )
    return kept


def said(what: Help, here: Availability = GUILD, topic: str = "overview") -> str:
    entries = list_entries(COMMANDS, what, here)
    message = help_message(what, entries, lambda path: registered().mention(path, 5), topic)
    return "\n".join(texts(message.view()))


def labels(what: Help, here: Availability = GUILD) -> dict[str, str]:
    message = help_message(what, list_entries(COMMANDS, what, here), lambda path: path)
    return {
        str(getattr(item, "label", "")): str(getattr(item, "custom_id", ""))
        for item in message.view().walk_children()
        if getattr(item, "custom_id", None)
    }


def test_no_command_is_missing_from_the_help() -> None:
    assert offered(EVERYTHING) == set(paths())
    for path in paths():
        assert path in said(EVERYTHING), "the overview has it"
        assert any(path in said(EVERYTHING, topic=topic) for topic in HelpTopic), "a topic explains it"


def test_a_reader_is_offered_nothing_for_others() -> None:
    found = offered(READER)
    assert {"library", "read", "suggest", "Suggest this", "suggestions top", "privacy delete"} <= found
    assert not any(path.startswith("author") for path in found)
    assert found.isdisjoint({"subscribe", "unsubscribe", "subscriptions", "pause", "resume"})


@pytest.mark.parametrize("here", [DM, GUEST, GROUP])
def test_commands_are_offered_where_discord_has_them(here: Availability) -> None:
    assert "subscribe" not in offered(EVERYTHING, here)
    assert ("author queue" in offered(EVERYTHING, here)) is (here is not GROUP)
    assert "read" in offered(EVERYTHING, here)


def test_who_manages_a_guild_may_agree_to_a_channel_for_ideas_and_no_more() -> None:
    found = offered(MANAGER)
    assert {"subscribe", "author review channel"} <= found
    assert [path for path in found if path.startswith("author")] == ["author review channel"]
    assert "author review channel" not in offered(READER)


def test_an_operator_is_no_author() -> None:
    assert "author publish" in offered(OPERATOR)
    assert "You run this bot" in said(OPERATOR)
    assert "You write" not in said(OPERATOR)
    assert "You write **The Lamp**" in said(AUTHOR)
    assert "You run this bot" not in said(AUTHOR)


@pytest.mark.parametrize("here", [GUILD, DM])
def test_who_may_start_stories_and_has_none_sees_where_to_begin_and_no_more(here: Availability) -> None:
    found = offered(BEGINNER, here)
    assert [path for path in found if path.startswith("author")] == ["author new"]
    for topic in ("overview", "author"):
        assert "You may start stories here. Begin with </author new:" in said(BEGINNER, here, topic)
    assert {"Your stories", "Library", "My ideas"} <= set(labels(BEGINNER, here))
    assert "New ideas" not in labels(BEGINNER, here), "they have no queue yet"
    author = replace(AUTHOR, may_begin=True)
    assert offered(author, here) == offered(AUTHOR, here)
    assert "You may start" not in said(author, here)
    assert "You may start" not in said(replace(OPERATOR, may_begin=True), here)
    manager = replace(MANAGER, may_begin=True)
    assert {"author new", "author review channel"} == {
        path for path in offered(manager) if path.startswith("author")
    }


def test_commands_are_mentioned_by_the_id_of_their_scope() -> None:
    kept = RegisteredCommands()
    assert kept.mention("author queue", 5) == "`/author queue`"
    kept.record(None, [{"name": "author", "id": "11", "type": 1}, {"name": "author", "id": "12", "type": 3}])
    assert kept.mention("author queue", 5) == kept.mention("author queue", None) == "</author queue:11>"
    kept.record(5, [{"name": "author", "id": "13"}])
    assert kept.mention("author queue", 5) == "</author queue:13>"
    assert kept.mention("author queue", None) == "</author queue:11>"


def test_a_topic_that_is_no_longer_theirs_opens_the_overview() -> None:
    assert said(MANAGER, topic="author") == said(MANAGER)
    assert "</author publish:" in said(AUTHOR, topic="author")


def test_the_buttons_are_those_a_person_needs() -> None:
    assert set(labels(READER)) == {"Library", "My ideas"}
    assert "Read on" in labels(Help(reads=story()))
    assert {"Subscriptions", "This server", "Reading"} <= set(labels(MANAGER))
    assert "Subscriptions" not in labels(AUTHOR)
    assert labels(AUTHOR)["New ideas"] == QueuePosition().button("home") == help_ids.NEW_IDEAS


@pytest.mark.parametrize("language", ["en", "de"])
@pytest.mark.parametrize("what", [READER, MANAGER, BEGINNER, AUTHOR, OPERATOR, EVERYTHING])
def test_it_fits_and_names_commands_in_the_language_of_the_reader(what: Help, language: str) -> None:
    with in_language(language):
        for topic in ("overview", *HelpTopic):
            text = said(what, topic=topic)
            assert utf16_length(text) < TEXT_LIMIT * 3 // 4
            assert len(re.sub(r"</([^:]+):\d+>", r"/\1", text).split("\n")) <= 24, (
                "it is read without much scrolling"
            )
        assert ("Das vorschlagen" in said(what)) is (language == "de")
