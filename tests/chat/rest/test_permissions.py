"""What the bot may do in a channel, reckoned from REST in Discord's order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import discord
import pytest

from bot.chat.rest.permissions import channel_kind, missing_for_style, needed_for_style, permissions_in
from bot.domain.permissions import permission_names
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.services.guilds.channel_survey import ChannelKind
from tests.chat.samples import NOON

GUILD, ROLE, OTHER, ME = 1, 2, 3, 9


def bits(**names: bool) -> str:
    return str(discord.Permissions(**names).value)


def held(
    *, everyone: str = "0", role: str = "0", overwrites: list[Any] | None = None, until: str | None = None
) -> discord.Permissions:
    roles = [
        {"id": str(GUILD), "permissions": everyone},
        {"id": str(ROLE), "permissions": role},
        {"id": str(OTHER), "permissions": bits(administrator=True)},
    ]
    member = {"user": {"id": str(ME)}, "roles": [str(ROLE)], "communication_disabled_until": until}
    channel = {"permission_overwrites": overwrites or []}
    return permissions_in(channel, guild_id=GUILD, roles=roles, member=member, now=NOON)


def overwrite(target: int, *, allow: str = "0", deny: str = "0") -> dict[str, Any]:
    return {"id": str(target), "type": 1 if target == ME else 0, "allow": allow, "deny": deny}


SEE = bits(view_channel=True, send_messages=True)


def test_roles_add_up_and_others_roles_do_not() -> None:
    found = held(everyone=bits(view_channel=True), role=bits(send_messages=True))
    assert found.send_messages
    assert not found.administrator


def test_overwrites_apply_in_discords_order() -> None:
    send = bits(send_messages=True)
    assert not held(everyone=SEE, overwrites=[overwrite(GUILD, deny=send)]).send_messages
    assert held(
        everyone=SEE, overwrites=[overwrite(GUILD, deny=send), overwrite(ROLE, allow=send)]
    ).send_messages
    assert not held(
        everyone=SEE, overwrites=[overwrite(ROLE, allow=send), overwrite(ME, deny=send)]
    ).send_messages
    assert held(
        everyone=SEE, overwrites=[overwrite(ME, allow=send), overwrite(ROLE, deny=send)]
    ).send_messages
    assert held(everyone=SEE, overwrites=[overwrite(OTHER, deny=send)]).send_messages


def test_who_cannot_view_can_do_nothing_and_an_administrator_anything() -> None:
    assert held(everyone=SEE, overwrites=[overwrite(GUILD, deny=bits(view_channel=True))]).value == 0
    assert held(role=bits(administrator=True), overwrites=[overwrite(ME, deny=SEE)]).send_messages


def test_a_time_out_leaves_seeing_and_reading() -> None:
    everything = str(discord.Permissions.all().value & ~discord.Permissions(administrator=True).value)
    silenced = held(everyone=everything, until=(NOON + timedelta(hours=1)).isoformat())
    assert silenced.view_channel
    assert silenced.read_message_history
    assert not silenced.send_messages
    assert held(everyone=everything, until=(NOON - timedelta(hours=1)).isoformat()).send_messages


@pytest.mark.parametrize("style", ReleaseStyle)
def test_what_is_missing_is_named_as_discords_settings_do(style: ReleaseStyle) -> None:
    for kind in (ChannelKind.TEXT, ChannelKind.THREAD, ChannelKind.FORUM, ChannelKind.ANNOUNCEMENT):
        assert missing_for_style(discord.Permissions.all(), kind, style=style) == ()
        lacking = missing_for_style(discord.Permissions.none(), kind, style=style)
        assert len(lacking) == len(needed_for_style(kind, style))
        assert str(permission_names(lacking)).startswith("View Channel, Send Messages")
    in_thread = missing_for_style(discord.Permissions.none(), ChannelKind.THREAD, style=style)
    assert "send_messages_in_threads" in in_thread
    assert "send_messages" not in in_thread


def test_the_invite_covers_every_style() -> None:
    invited = discord.Permissions(309237771328)
    for style in ReleaseStyle:
        for kind in ChannelKind:
            assert missing_for_style(invited, kind, style=style) == ()


def test_kinds() -> None:
    told = [channel_kind({"type": each}) for each in (0, 1, 2, 5, 10, 11, 12, 13, 15, 99)]
    kinds = ChannelKind
    assert told == [
        kinds.TEXT, kinds.DIRECT, kinds.OTHER, kinds.ANNOUNCEMENT, kinds.THREAD, kinds.THREAD, kinds.THREAD,
        kinds.OTHER, kinds.FORUM, kinds.OTHER,
    ]  # fmt: skip
