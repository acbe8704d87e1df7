"""Who is asking and from where; above all whether the place is for adults."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import discord
import pytest

from bot.chat.gateway.guild_cache import GuildCache
from bot.chat.interactions.viewer import RAW_CHANNEL, is_age_restricted, viewer_of


def guild_cache(*restricted: int) -> GuildCache:
    """What is known of server 1: its age-restricted channels."""
    known = GuildCache()
    known.set_guild({"id": "1", "channels": [{"id": str(each), "nsfw": True} for each in restricted]})
    return known


def interaction(*, guild_id: int | None = 1, restricted: tuple[int, ...] = (), **more: Any) -> Any:
    return SimpleNamespace(
        guild_id=guild_id,
        channel_id=7,
        extras={},
        is_guild_integration=lambda: guild_id is not None,
        user=SimpleNamespace(id=5, display_name="Imke"),
        permissions=more.pop("permissions", discord.Permissions.none()),
        locale=discord.Locale.german,
        client=SimpleNamespace(operators=frozenset({5}), guild_cache=guild_cache(*restricted)),
        **more,
    )


@pytest.mark.parametrize(
    ("raw", "restricted", "expected"),
    [
        ({"type": 0, "id": "7", "nsfw": True}, (), True),
        ({"type": 0, "id": "7", "nsfw": False}, (7,), False),
        ({"type": 0, "id": "7"}, (), False),
        ({"type": 0, "id": "7"}, (7,), True),
        ({"type": 11, "id": "7", "parent_id": "9"}, (9,), True),
        ({"type": 11, "id": "7", "parent_id": "9"}, (7,), False),
        ({"type": 11, "id": "7"}, (7,), False),
        ({"type": 12, "id": "7", "parent_id": "9", "nsfw": True}, (), False),
        ({"type": 10, "id": "7", "parent_id": "9", "parent": {"nsfw": True}}, (), True),
        ({"type": 11, "id": "7", "parent_id": "9", "parent": {"nsfw": False}}, (9,), False),
        ({"type": 11, "id": "7", "parent_id": "9", "parent": {"name": "on"}}, (9,), True),
        (None, (7,), False),
    ],
)
def test_the_parents_mark_counts_for_a_thread(raw: Any, restricted: tuple[int, ...], expected: bool) -> None:
    token = RAW_CHANNEL.set(raw)
    try:
        assert is_age_restricted(interaction(restricted=restricted)) is expected
        assert is_age_restricted(interaction(guild_id=None, restricted=restricted)) is False, (
            "never in direct messages"
        )
    finally:
        RAW_CHANNEL.reset(token)


def test_a_viewer_has_rights_only_in_servers() -> None:
    manager = discord.Permissions(manage_guild=True)
    here = viewer_of(interaction(permissions=manager))
    assert (here.user_id, here.name, here.guild_id, here.channel_id) == (5, "Imke", 1, 7)
    assert here.manages_guild
    assert here.operator
    assert here.locale == "de"
    assert not viewer_of(interaction(guild_id=None, permissions=manager)).manages_guild


def test_a_viewer_has_the_roles_that_came_with_the_interaction() -> None:
    owner = interaction(permissions=discord.Permissions(administrator=True))
    owner.user._roles = [3, 4]
    assert (viewer_of(owner).roles, viewer_of(owner).administrator) == ({3, 4}, True)
    assert viewer_of(interaction()).roles == frozenset()
    assert not viewer_of(interaction()).administrator
