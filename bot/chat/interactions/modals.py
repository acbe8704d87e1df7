"""Modals: opening them, and reading their fields."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import discord
from discord import ui

FormValues = Mapping[str, str | bool]


async def open_modal(interaction: discord.Interaction[Any], form: ui.Modal) -> None:
    """Open a modal; it is stopped first, so that discord.py does not keep it."""
    form.stop()
    await interaction.response.send_modal(form)


def form_values(data: Mapping[str, Any]) -> FormValues:
    """Return the values by field (docs: interactions/receiving-and-responding, Modal Submit Data)."""
    return {field["custom_id"]: _value(field) for field in _fields(data.get("components") or ())}


def _value(field: Mapping[str, Any]) -> str | bool:
    """Return what was typed, ticked, or picked in a menu of one."""
    picked: Sequence[str] = field.get("values") or ("",)
    value: str | bool = field.get("value", picked[0])
    return value


def _fields(components: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for component in components:
        if "component" in component:
            yield from _fields([component["component"]])
        elif "components" in component:
            yield from _fields(component["components"])
        elif "custom_id" in component:
            yield component
