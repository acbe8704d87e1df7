"""Base class of all buttons and menus."""

from __future__ import annotations

import re
from abc import abstractmethod
from collections.abc import Mapping
from typing import Any, Self

import discord
from discord import ui

from bot.chat.interactions.interaction_context import Interaction
from bot.chat.interactions.responses import report_failure
from bot.chat.interactions.viewer import load_memberships


class Component(ui.DynamicItem[ui.Item[Any]], template=r"(?!)"):
    """A button or menu that discord.py recognizes by the pattern of its id. Nothing of it is kept in memory."""

    def __init__(self, item: ui.Item[Any], match: re.Match[str]) -> None:
        super().__init__(item)
        self.facts = match

    @classmethod
    async def from_custom_id(
        cls, _interaction: discord.Interaction[Any], item: ui.Item[Any], match: re.Match[str], /
    ) -> Self:
        """Return the component that was used."""
        return cls(item, match)

    async def callback(self, interaction: discord.Interaction[Any], /) -> None:
        """Act, and tell the person if that fails: discord.py would only log it."""
        try:
            await load_memberships(interaction)
            await self.act(interaction)
        except Exception as error:
            await report_failure(interaction, error)

    @abstractmethod
    async def act(self, interaction: Interaction) -> None:
        """Do what the component is for."""


def selected_value(interaction: Interaction) -> str:
    """Return the value picked in a menu that takes one."""
    return (selected_values(interaction) or [""])[0]


def selected_values(interaction: Interaction) -> list[str]:
    """Return the values picked in a menu that takes several."""
    data: Mapping[str, Any] = interaction.data or {}
    return [str(value) for value in data.get("values") or ()]
