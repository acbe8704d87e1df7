"""The whole tree of commands, as Discord will see it, against Discord's limits and the interface's table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import discord
import pytest
from discord import app_commands

from bot.chat import ids
from bot.chat.client import CONTROLS
from bot.chat.cogs import COMMANDS
from bot.chat.ids import QueueSpot
from bot.chat.tree import Tree

SERVERS = {"subscribe", "unsubscribe", "subscriptions", "pause", "resume"}

EXPECTED = {
    "subscribe": ["story", "channel", "start", "pace", "style", "mention", "publish", "tag"],
    "unsubscribe": ["story", "channel"],
    "subscriptions": [],
    "pause": ["story", "channel"],
    "resume": ["story", "channel"],
    "library": [],
    "story": ["story"],
    "read": ["story", "chapter"],
    "follow": ["story"],
    "unfollow": ["story"],
    "suggest": ["idea", "story", "chapter", "anonymous"],
    "suggestions mine": [],
    "suggestions withdraw": ["number"],
    "author queue": ["story", "state"],
    "author decide": ["number", "decision", "reason", "chapter", "into"],
    "author publish": ["story"],
    "author delay": ["story", "until", "reason"],
    "author hiatus": ["story", "reason"],
    "author continue": ["story"],
    "help": [],
}

OPTIONAL = {
    *("channel", "start", "pace", "style", "mention", "publish", "tag"),
    *("chapter", "idea", "anonymous", "reason", "into", "state"),
}

OFFERED = {"story", "chapter", "number", "into", "pace", "tag"}


def leaves() -> Iterator[app_commands.Command[Any, ..., Any]]:
    for command in COMMANDS:
        if isinstance(command, app_commands.Group):
            for each in command.walk_commands():
                assert isinstance(each, app_commands.Command)
                yield each
        else:
            yield command


@pytest.fixture
async def payload() -> list[dict[str, Any]]:
    client = discord.Client(intents=discord.Intents.none())
    tree = Tree(client)
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
            loose = option.name in OPTIONAL or (
                option.name == "story" and command.qualified_name in ("read", "suggest", "author queue")
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
                assert set(option.channel_types) == {
                    kinds.text, kinds.news, kinds.forum, kinds.public_thread, kinds.private_thread, kinds.news_thread,
                }  # fmt: skip


def test_no_two_controls_answer_to_one_id() -> None:
    spot = QueueSpot(12, 3, None, scoped=True)
    samples = [
        ids.read(5), ids.open_story("a"), ids.suggest("a", 3), ids.page(5, -1), ids.chapters(5, 2), ids.story("a", 1),
        ids.shelf(0), ids.SHELF_PICK, ids.subscriptions(1), ids.mine(2), spot.button("show"), spot.button("accept"),
    ]  # fmt: skip
    for sample in samples:
        matching = [c for c in CONTROLS if c.__discord_ui_compiled_template__.fullmatch(sample)]
        assert len(matching) == 1, sample
    assert not [c for c in CONTROLS if c.__discord_ui_compiled_template__.fullmatch("off:here")]
