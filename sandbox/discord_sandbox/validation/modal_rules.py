"""Validation of forms (modals): the bot's definition, and a person's answers.

Source: Discord's "Component Reference" and "Receiving and Responding": 1 to 5 components at the top, labels with one
input each; rows with a text input are the old form and still accepted.
"""

from __future__ import annotations

from typing import Any

from discord_sandbox.discord_objects import Json
from discord_sandbox.errors import Problems
from discord_sandbox.validation.component_rules import SELECTS, read_select
from discord_sandbox.validation.field_reader import FieldReader

ROW, TEXT_INPUT, TEXT, LABEL, UPLOAD, RADIO, CHECKBOXES, CHECKBOX = 1, 4, 10, 18, 19, 21, 22, 23
_INPUTS = SELECTS | {TEXT_INPUT, UPLOAD, RADIO, CHECKBOXES, CHECKBOX}


def read_modal(body: FieldReader) -> Json:
    """Validate the form of a callback and return it as the person's client receives it."""
    body.require("custom_id", "title", "components")
    seen: set[str] = set()
    made: Json = {
        "custom_id": body.text("custom_id", 100, 1),
        "title": body.text("title", 45, 1),
        "components": [],
    }
    for number, fields in enumerate(body.objects("components", 5, 1)):
        kind = fields.choice("type", {ROW, TEXT, LABEL})
        component: Json = {"type": kind, "id": fields.integer("id", 0, 2**31 - 1) or number * 2 + 1}
        if kind == TEXT:
            component["content"] = fields.text("content", 4000, 1)
        elif kind == LABEL:
            _read_label(fields, component, seen)
        elif kind == ROW:
            inner = fields.objects("components", 1, 1)
            component["components"] = [
                _read_input(each, {TEXT_INPUT}, seen, component["id"] + 1) for each in inner
            ]
        made["components"].append(component)
    return made


def _read_label(fields: FieldReader, made: Json, seen: set[str]) -> None:
    fields.require("label", "component")
    made["label"] = fields.text("label", 45, 1)
    made["description"] = fields.text("description", 100)
    if fields.has("component"):
        made["component"] = _read_input(fields.object("component"), _INPUTS, seen, made["id"] + 1)


def _read_input(fields: FieldReader, allowed: frozenset[int] | set[int], seen: set[str], number: int) -> Json:
    kind = fields.choice("type", allowed)
    fields.require("type", "custom_id")
    custom_id = fields.text("custom_id", 100, 1)
    if custom_id is not None and custom_id in seen:
        fields.fault(
            "custom_id", "COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated"
        )
    seen.add(custom_id or "")
    made: Json = {"type": kind, "id": fields.integer("id", 0, 2**31 - 1) or number, "custom_id": custom_id}
    made["required"] = fields.boolean("required", True)
    if fields.boolean("disabled"):
        fields.fault("disabled", "MODAL_COMPONENT_DISABLED", "Components in a modal cannot be disabled.")
    if kind == TEXT_INPUT:
        made |= _read_text_input(fields)
    elif kind in SELECTS:
        made |= read_select(fields)
    elif kind == UPLOAD:
        made |= {
            "min_values": fields.integer("min_values", 0, 10, 1),
            "max_values": fields.integer("max_values", 1, 10, 1),
        }
    elif kind in (RADIO, CHECKBOXES):
        most = 10
        made["options"] = [
            _read_option(each) for each in fields.objects("options", most, 2 if kind == RADIO else 1)
        ]
        if kind == CHECKBOXES:
            made["min_values"] = fields.integer("min_values", 0, most, 1)
            made["max_values"] = fields.integer("max_values", 1, most, len(made["options"]) or 1)
    elif kind == CHECKBOX:
        made["default"] = fields.boolean("default")
    return made


def _read_text_input(fields: FieldReader) -> Json:
    fields.require("style")
    made: Json = {
        "style": fields.choice("style", {1, 2}),
        "min_length": fields.integer("min_length", 0, 4000),
        "max_length": fields.integer("max_length", 1, 4000, 4000),
    }
    for key, longest in (("label", 45), ("placeholder", 100), ("value", 4000)):
        text = fields.text(key, longest)
        if text is not None:
            made[key] = text
    if made["min_length"] > made["max_length"]:
        fields.fault("min_length", "TEXT_INPUT_MIN_LENGTH", "min_length must not exceed max_length.")
    return made


def _read_option(fields: FieldReader) -> Json:
    fields.require("label", "value")
    made: Json = {"label": fields.text("label", 100, 1), "value": fields.text("value", 100, 1)}
    if fields.has("description"):
        made["description"] = fields.text("description", 100)
    made["default"] = fields.boolean("default")
    return made


def inputs(form: Json) -> list[Json]:
    """Return the input components of a form."""
    found = []
    for component in form["components"]:
        if component["type"] == LABEL:
            found.append(component["component"])
        elif component["type"] == ROW:
            found += component["components"]
    return found


def check_answers(form: Json, values: dict[str, Any]) -> dict[str, str]:
    """Return the faults of a person's answers by custom id, in words for that person."""
    wrong = {}
    for field in inputs(form):
        fault = _fault(field, values.get(field["custom_id"]))
        if fault:
            wrong[field["custom_id"]] = fault
    return wrong


def _fault(field: Json, value: Any) -> str | None:
    kind = field["type"]
    if kind == CHECKBOX:
        return None
    empty = value is None or value == "" or value == []
    if empty:
        return "Please fill this in." if field["required"] and field.get("min_values", 1) else None
    if kind == TEXT_INPUT:
        length = len(str(value))
        if length < field["min_length"]:
            return f"Please write at least {field['min_length']} characters."
        return (
            f"Please write at most {field['max_length']} characters."
            if length > field["max_length"]
            else None
        )
    if kind == RADIO:
        return (
            None
            if value in {each["value"] for each in field["options"]}
            else "Please choose one of the options."
        )
    chosen = value if isinstance(value, list) else [value]
    if not field.get("min_values", 0) <= len(chosen) <= field.get("max_values", 10):
        return f"Please choose {field.get('min_values', 0)} to {field.get('max_values', 10)}."
    known = {each["value"] for each in field.get("options", [])}
    return "Please choose from the list." if known and not known.issuperset(chosen) else None


def read(data: Any) -> Json:
    """Validate a form by itself.

    Raises:
        ApiError: 50035 with every fault.
    """
    problems = Problems()
    made = read_modal(FieldReader(data, problems, ("data",)))
    problems.raise_any()
    return made
