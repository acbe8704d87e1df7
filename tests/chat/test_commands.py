"""The whole tree of commands, as Discord will see it, against Discord's limits and the interface's table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.chat.client import CONTROLS
from bot.chat.command_list import COMMANDS
from bot.chat.command_tree import FascicleCommandTree
from bot.chat.interactions import custom_ids
from bot.chat.stories.library_position import WHOLE_LIBRARY
from bot.chat.suggestions import confirmation_ids
from bot.chat.suggestions.queue_position import QueuePosition

SERVERS = {"subscribe", "unsubscribe", "subscriptions", "pause", "resume"}

EXPECTED = {
    "subscribe": ["story", "channel", "start", "pace", "style", "mention", "publish", "tag"],
    "unsubscribe": ["story", "channel"],
    "subscriptions": [],
    "pause": ["story", "channel"],
    "resume": ["story", "channel"],
    "library": ["search"],
    "story": ["story"],
    "read": ["story", "chapter"],
    "follow": ["story"],
    "unfollow": ["story"],
    "suggest": ["idea", "story", "chapter", "anonymous", "name_me"],
    "suggestions mine": [],
    "suggestions top": ["story"],
    "suggestions withdraw": ["number"],
    "author queue": ["story", "state"],
    "author decide": ["number", "decision", "reason", "chapter", "into"],
    "author board": ["story", "channel"],
    "author poll": ["story", "channel", "length", "answers"],
    "author block": ["number", "undo"],
    "author review channel": ["story", "channel", "off"],
    "author publish": ["story"],
    "author delay": ["story", "until", "reason"],
    "author hiatus": ["story", "reason"],
    "author continue": ["story"],
    "author preview": ["story", "chapter"],
    "author stats": ["story"],
    "author new": [],
    "author upload": ["story", "file", "file2", "file3", "file4", "file5"],
    "author chapters": ["story"],
    "author schedule": ["story"],
    "author note": ["story"],
    "privacy export": [],
    "privacy delete": [],
    "help": [],
}

OPTIONAL = {
    *("file2", "file3", "file4", "file5"),
    *("search", "channel", "start", "pace", "style", "mention", "publish", "tag"),
    *(
        "chapter",
        "idea",
        "anonymous",
        "name_me",
        "reason",
        "into",
        "state",
        "length",
        "answers",
        "undo",
        "off",
    ),
}

NEEDED = {"author board channel", "author preview chapter"}
"""Options that are needed there and optional elsewhere."""

OFFERED = {"search", "story", "chapter", "number", "into", "pace", "tag", "until"}


def leaves() -> Iterator[app_commands.Command[Any, ..., Any]]:
    for command in COMMANDS:
        if isinstance(command, app_commands.Group):
            for each in command.walk_commands():
                if isinstance(each, app_commands.Command):
                    yield each
        elif isinstance(command, app_commands.Command):
            yield command


@pytest.fixture
async def payload() -> list[dict[str, Any]]:
    client = discord.Client(intents=discord.Intents.none())
    tree = FascicleCommandTree(client)
    return [dict(command.to_dict(tree)) for command in tree.get_commands()]


def test_every_command_of_the_interface_is_there_with_its_options_in_order() -> None:
    found = {each.qualified_name: [option.name for option in each.parameters] for each in leaves()}
    assert found == EXPECTED


def test_options_autocomplete_where_the_interface_says() -> None:
    for command in leaves():
        for option in command.parameters:
            assert option.autocomplete == (option.name in OFFERED), f"{command.qualified_name} {option.name}"


def test_options_are_required_exactly_where_the_interface_says() -> None:
    for command in leaves():
        for option in command.parameters:
            named = f"{command.qualified_name} {option.name}"
            loose = (option.name in OPTIONAL and named not in NEEDED) or (
                option.name == "story"
                and command.qualified_name in ("read", "suggest", "author queue", "author review channel")
            )
            assert option.required != loose, f"{command.qualified_name} {option.name}"


async def test_names_descriptions_and_sizes_keep_discords_limits(payload: list[dict[str, Any]]) -> None:
    def walk(each: dict[str, Any]) -> Iterator[dict[str, Any]]:
        yield each
        for option in each.get("options", []):
            yield from walk(option)

    assert len({each["name"] for each in payload}) == len(payload) <= 100
    for command in payload:
        total = 0
        for each in walk(command):
            assert 1 <= len(each["name"]) <= 32
            if command["type"] == discord.AppCommandType.message.value:
                assert command["name"] == "Suggest this"
                continue
            assert 1 <= len(each["description"]) <= 100
            assert each["description"] != "…", f"{command['name']} {each['name']} has no description"
            assert len(each.get("options", [])) <= 25
            choices = each.get("choices", [])
            assert len(choices) <= 25
            assert all(1 <= len(choice["name"]) <= 100 for choice in choices)
            total += len(each["name"]) + len(each["description"])
            total += sum(len(choice["name"]) + len(str(choice["value"])) for choice in choices)
        assert total <= 8000


async def test_contexts_and_installs_are_exact(payload: list[dict[str, Any]]) -> None:
    for command in payload:
        name = command["name"]
        contexts, installs = sorted(command["contexts"]), sorted(command["integration_types"])
        if name in SERVERS:
            assert (contexts, installs) == ([0], [0]), name
            assert int(command["default_member_permissions"]) == discord.Permissions(manage_guild=True).value
        else:
            assert contexts == ([0, 1] if name == "author" else [0, 1, 2]), name
            assert installs == [0, 1], name
            assert command["default_member_permissions"] is None


def test_channel_options_take_every_kind_a_chapter_could_go_to() -> None:
    kinds = discord.ChannelType
    for command in leaves():
        for option in command.parameters:
            if option.name == "channel":
                messages = {
                    kinds.text,
                    kinds.news,
                    kinds.public_thread,
                    kinds.private_thread,
                    kinds.news_thread,
                }
                chapters = set() if command.qualified_name.startswith("author ") else {kinds.forum}
                assert set(option.channel_types) == messages | chapters


def test_no_two_controls_answer_to_one_id() -> None:
    spot = QueuePosition(12, 3, None)
    samples = [
        custom_ids.read(5), custom_ids.open_story("a"), custom_ids.suggest("a", 3), custom_ids.page(5, -1),
        custom_ids.chapters(5, 2), custom_ids.follow("a"), custom_ids.unfollow("a"),
        custom_ids.follow_story("a", 2, on=True), custom_ids.follow_here(5, 2, 1, on=False),
        custom_ids.story("a", 1),
        "shelf:0", "pick", WHOLE_LIBRARY.turn(1), WHOLE_LIBRARY.pick_id, WHOLE_LIBRARY.ask_id,
        custom_ids.subscriptions(1), custom_ids.mine(2),
        custom_ids.look(1, 2, 3),
        custom_ids.peek(4),
        custom_ids.top("a", 1), custom_ids.support(3, 0), custom_ids.support(3),
        custom_ids.instead(1, 2), custom_ids.name_me(1), custom_ids.told(1, True),
        custom_ids.edit("a", 0, anonymous=True, named=False),
        custom_ids.edit_for(anonymous=True, named=True), spot.button("on"), spot.button("accept"),
        custom_ids.unboard(3), custom_ids.end_poll(4), custom_ids.stats("a", 1), custom_ids.preview("a", "0" * 16, 2),
        confirmation_ids.post_poll("a", 5, hours=72, answers=5, seen="0" * 10), confirmation_ids.no_poll(),
        confirmation_ids.poll_end(4, sure=True), confirmation_ids.withdrawal(4, sure=False), confirmation_ids.undo(9),
    ]  # fmt: skip
    for sample in samples:
        matching = [c for c in CONTROLS if c.__discord_ui_compiled_template__.fullmatch(sample)]
        assert len(matching) == 1, sample
    assert not [c for c in CONTROLS if c.__discord_ui_compiled_template__.fullmatch("off:here")]
