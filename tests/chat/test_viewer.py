"""Who is asking and from where; above all whether the place is for adults."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.chat.viewer import RAW_CHANNEL, age_restricted, may_mention, viewer_of


class Cached:
    """A channel of a guild in the cache."""

    def __init__(self, nsfw: bool) -> None:
        self.nsfw = nsfw


def interaction(
    *, guild_id: int | None = 1, channel: Any = None, cached: dict[int, Any] | None = None, **more: Any
) -> Any:
    guild = SimpleNamespace(get_channel=(cached or {}).get) if guild_id else None
    return SimpleNamespace(
        guild_id=guild_id,
        guild=guild,
        channel=channel,
        channel_id=7,
        user=SimpleNamespace(id=5, display_name="Imke"),
        permissions=more.pop("permissions", discord.Permissions.none()),
        locale=discord.Locale.german,
        client=SimpleNamespace(operators=frozenset({5})),
        **more,
    )


@pytest.mark.parametrize(
    ("raw", "cached", "expected"),
    [
        ({"type": 0, "nsfw": True}, {}, True),
        ({"type": 0, "nsfw": False}, {}, False),
        ({"type": 0}, {}, False),
        ({"type": 11, "parent_id": "9"}, {9: Cached(True)}, True),
        ({"type": 11, "parent_id": "9"}, {9: Cached(False)}, False),
        ({"type": 11, "parent_id": "9"}, {}, False),
        ({"type": 12, "parent_id": "9", "nsfw": True}, {9: Cached(False)}, False),
        ({"type": 10, "parent_id": "9", "parent": {"nsfw": True}}, {9: Cached(False)}, True),
        ({"type": 11, "parent_id": "9", "parent": {"nsfw": False}}, {9: Cached(True)}, False),
        (None, {}, False),
    ],
)
def test_the_parents_mark_counts_for_a_thread(raw: Any, cached: dict[int, Any], expected: bool) -> None:
    token = RAW_CHANNEL.set(raw)
    try:
        assert age_restricted(interaction(cached=cached)) is expected
        assert age_restricted(interaction(guild_id=None, cached=cached)) is False, "never in direct messages"
    finally:
        RAW_CHANNEL.reset(token)


def test_without_the_raw_channel_the_cached_one_is_asked() -> None:
    assert age_restricted(interaction(channel=Cached(True)))
    assert not age_restricted(interaction(channel=Cached(False)))


def test_a_viewer_has_rights_only_in_servers() -> None:
    manager = discord.Permissions(manage_guild=True)
    here = viewer_of(interaction(permissions=manager))
    assert (here.user_id, here.name, here.guild_id, here.channel_id) == (5, "Imke", 1, 7)
    assert here.manages_server
    assert here.operator
    assert here.locale == "de"
    assert not viewer_of(interaction(guild_id=None, permissions=manager)).manages_server


@pytest.mark.parametrize(
    ("role_id", "mentionable", "may_everyone", "expected"),
    [(9, True, False, True), (9, False, True, True), (9, False, False, False), (1, True, True, False)],
)
def test_a_role_may_be_mentioned_by_whoever_could_anyway(
    role_id: int, mentionable: bool, may_everyone: bool, expected: bool
) -> None:
    role: Any = SimpleNamespace(id=role_id, mentionable=mentionable)
    asked = interaction(permissions=discord.Permissions(mention_everyone=may_everyone))
    assert may_mention(asked, role) is expected
    assert may_mention(asked, None)
