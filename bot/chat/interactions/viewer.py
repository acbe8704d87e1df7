"""The person and the place of an interaction, as the services' `Viewer`."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from contextvars import ContextVar
from typing import Any

import discord

from bot.chat.interactions.interaction_context import Interaction, services
from bot.domain.authorization import Viewer
from bot.services.guilds.guild_members import Memberships

_log = logging.getLogger(__name__)

RAW_CHANNEL: ContextVar[Mapping[str, Any] | None] = ContextVar("raw_channel", default=None)
"""The channel as Discord sent it with the current interaction.

discord.py's object does not distinguish a missing age restriction, as for threads, from one that is false."""

_THREADS = {10, 11, 12}


_KNOWN = "membership"
"""Key of the memberships in an interaction's extras."""


async def load_memberships(interaction: Interaction) -> None:
    """Load the person's memberships in the stories' guilds, where no guild decides what may be shown.

    `viewer_of` includes them. Never raises: a failure leaves the membership unsure.
    """
    members, user_id = services(interaction).guild_members, interaction.user.id
    try:
        if interaction.guild_id is not None:
            await members.record_member(user_id, interaction.guild_id)
        if interaction.guild_id is None or _is_guest(interaction):
            interaction.extras[_KNOWN] = await members.memberships(user_id)
    except Exception:
        _log.warning("a membership could not be asked", exc_info=True, extra={"action": "membership_unasked"})
        interaction.extras[_KNOWN] = Memberships(unsure=True)


def _is_guest(interaction: Interaction) -> bool:
    """Return whether a user's own installation is used in a guild that does not have the bot."""
    guild_id = interaction.guild_id
    if guild_id is None or interaction.is_guild_integration():
        return False
    return guild_id not in interaction.client.guild_cache


def viewer_of(interaction: Interaction) -> Viewer:
    """Return the person and the place of an interaction."""
    user = interaction.user
    known: Memberships = interaction.extras.get(_KNOWN, Memberships())
    return Viewer(
        user_id=user.id,
        name=user.display_name,
        guild_id=interaction.guild_id,
        channel_id=interaction.channel_id,
        age_restricted=is_age_restricted(interaction),
        manages_guild=interaction.guild_id is not None and interaction.permissions.manage_guild,
        operator=user.id in interaction.client.operators,
        locale=interaction.locale.value,
        roles=_roles(user),
        administrator=interaction.guild_id is not None and interaction.permissions.administrator,
        parent_id=_parent_of(RAW_CHANNEL.get()),
        guest=_is_guest(interaction),
        member_of=known.guild_ids,
        unsure=known.unsure,
    )


def _roles(user: discord.User | discord.Member) -> frozenset[int]:
    """Return the roles that Discord sent with the interaction.

    discord.py, which caches no guild's roles here, has them only as ids in a private attribute.
    """
    return frozenset(getattr(user, "_roles", ()))


def _parent_of(raw: Mapping[str, Any] | None) -> int | None:
    """Return a thread's parent channel; None for other channels."""
    if raw is None or raw.get("type") not in _THREADS or raw.get("parent_id") is None:
        return None
    return int(raw["parent_id"])


def is_age_restricted(interaction: Interaction) -> bool:
    """Return whether Discord marks the place as age-restricted; for a thread, its parent (docs: topics/threads).

    It never is in direct messages, or where nothing is known.
    """
    guild_id, raw = interaction.guild_id, RAW_CHANNEL.get()
    if guild_id is None or raw is None:
        return False
    place = raw
    if raw.get("type") in _THREADS:
        place = {"id": raw.get("parent_id"), **(raw.get("parent") or {})}
    if "nsfw" in place:
        return bool(place["nsfw"])
    return place.get("id") is not None and interaction.client.guild_cache.is_age_restricted(
        guild_id, int(place["id"])
    )
