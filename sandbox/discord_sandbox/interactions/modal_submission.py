"""Submitted forms (modals) in the shape the bot receives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from discord_sandbox.discord_objects import Channel, Json
from discord_sandbox.interactions.option_values import OF_SELECT, ResolvedData, upload_of
from discord_sandbox.validation import modal_rules
from discord_sandbox.world import World


def fill_form(
    world: World, channel: Channel, form: Json, values: Mapping[str, Any]
) -> tuple[list[Json], Json]:
    """Return the components of a submitted form as the bot receives them, and their resolved data."""
    resolved = ResolvedData(world, channel)
    filled: list[Json] = []
    for component in form["components"]:
        told: Json = {"type": component["type"], "id": component["id"]}
        if component["type"] == modal_rules.LABEL:
            told["component"] = _fill_field(component["component"], values, resolved)
        elif component["type"] == modal_rules.ROW:
            told["components"] = [_fill_field(each, values, resolved) for each in component["components"]]
        filled.append(told)
    return filled, resolved.data


def _fill_field(field: Json, values: Mapping[str, Any], resolved: ResolvedData) -> Json:
    kind = field["type"]
    told: Json = {"type": kind, "id": field["id"], "custom_id": field["custom_id"]}
    value = values.get(field["custom_id"])
    listed = value if isinstance(value, list) else [] if value in (None, "") else [value]
    if kind == modal_rules.TEXT_INPUT:
        told["value"] = str(value or "")
    elif kind == modal_rules.CHECKBOX:
        told["value"] = bool(value)
    elif kind == modal_rules.RADIO:
        told["value"] = value or None
    elif kind == modal_rules.UPLOAD:
        told["values"] = [resolved.file(upload_of(each)) for each in listed]
    elif kind in OF_SELECT:
        told["values"] = [resolved.thing(OF_SELECT[kind], each, field) for each in listed]
    else:
        told["values"] = [str(each) for each in listed]
    return told
