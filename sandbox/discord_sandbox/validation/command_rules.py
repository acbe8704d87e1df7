"""Validation of application commands. Limits per Discord's "Application Commands" page."""

from __future__ import annotations

import re
from typing import Any

from discord_sandbox.discord_objects import Json
from discord_sandbox.errors import Problems
from discord_sandbox.validation.field_reader import FieldReader

SLASH, USER, MESSAGE = 1, 2, 3
SUBCOMMAND, GROUP, STRING, INTEGER, BOOLEAN, USER_OPTION, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = (
    range(1, 12)
)
MOST_TEXT = 8000
_NAME = re.compile(r"[-_'\w\u0900-\u097F\u0E00-\u0E7F]{1,32}")
_BOUND = 2**53 - 1
_LOCALISED = {"name_localizations": 32, "description_localizations": 100}


def read_command(body: Any, path: tuple[str | int, ...] = ()) -> Json:
    """Validate a command and return it in the form in which Discord returns it, without ids and version.

    Raises:
        ApiError: 50035 with every fault.
    """
    problems = Problems()
    fields = FieldReader(body, problems, path)
    fields.require("name")
    kind = fields.choice("type", {SLASH, USER, MESSAGE}) or SLASH
    made: Json = {"type": kind, "name": _name(fields, kind)}
    if kind == SLASH:
        fields.require("description")
        made["description"] = fields.text("description", 100, 1) or ""
        options = _read_options(fields, depth=0)
        if options:
            made["options"] = options
    else:
        made["description"] = ""
        if fields.data.get("description") or fields.data.get("options"):
            fields.fault(
                "description",
                "APPLICATION_COMMAND_CONTEXT_MENU",
                "Context menu commands have no description.",
            )
    made |= _read_terms(fields)
    if _length(made) > MOST_TEXT:
        fields.fault("", "APPLICATION_COMMAND_TOO_LARGE", f"Command exceeds maximum size ({MOST_TEXT})")
    problems.raise_any()
    return made


def _read_terms(fields: FieldReader) -> Json:
    terms: Json = {
        "default_member_permissions": None,
        "nsfw": fields.boolean("nsfw"),
        "contexts": None,
        "integration_types": [0],
        "dm_permission": fields.boolean("dm_permission", True),
    }
    permissions = fields.snowflake("default_member_permissions")
    if permissions is not None:
        terms["default_member_permissions"] = str(permissions)
    if fields.has("contexts"):
        terms["contexts"] = sorted({each for each in fields.items("contexts", 3) if each in (0, 1, 2)})
    elif not terms["dm_permission"]:
        terms["contexts"] = [0]
    if fields.has("integration_types"):
        terms["integration_types"] = sorted(
            {each for each in fields.items("integration_types", 2, 1) if each in (0, 1)}
        )
    for key, longest in _LOCALISED.items():
        terms[key] = fields.texts_by_locale(key, longest)
    if fields.data.get("type", SLASH) == SLASH:
        _check_names(fields, terms["name_localizations"])
    return terms


def _name(fields: FieldReader, kind: int) -> str:
    name = fields.text("name", 32, 1) or ""
    if kind == SLASH and name and not _is_name(name):
        fields.fault("name", "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
    return name


def _is_name(text: str) -> bool:
    return _NAME.fullmatch(text) is not None and text == text.lower()


def _check_names(fields: FieldReader, localized: Json | None) -> None:
    """Check localized names by the rules of the name itself."""
    for locale, name in (localized or {}).items():
        if not _is_name(name):
            fault = "APPLICATION_COMMAND_INVALID_NAME"
            fields.fault(f"name_localizations.{locale}", fault, "Command name is invalid")


def _read_options(fields: FieldReader, depth: int) -> list[Json]:
    read: list[Json] = []
    seen: set[str] = set()
    optional = False
    for option in fields.objects("options", 25):
        made = _read_option(option, depth)
        if made["name"] in seen:
            option.fault(
                "name", "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS", "Option name already exists"
            )
        seen.add(made["name"])
        if made.get("required") and optional:
            option.fault(
                "",
                "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
                "Required options must be placed before non-required options",
            )
        optional = optional or not made.get("required")
        read.append(made)
    kinds = {made["type"] in (SUBCOMMAND, GROUP) for made in read}
    if len(kinds) > 1:
        fields.fault(
            "options",
            "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID",
            "Sub-command and sub-command group option types are mutually exclusive to all other types",
        )
    return read


def _read_option(option: FieldReader, depth: int) -> Json:
    option.require("type", "name", "description")
    kind = option.choice("type", range(1, 12)) or STRING
    made: Json = {
        "type": kind,
        "name": _name(option, SLASH),
        "description": option.text("description", 100, 1) or "",
    }
    for key, longest in _LOCALISED.items():
        if option.has(key):
            made[key] = option.texts_by_locale(key, longest)
    _check_names(option, made.get("name_localizations"))
    if kind in (SUBCOMMAND, GROUP):
        if depth >= (2 if kind == SUBCOMMAND else 1):
            option.fault(
                "type", "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Option type is nested too deeply"
            )
        made["options"] = _read_options(option, depth + 1) if depth < 2 else []
        return made
    made["required"] = option.boolean("required")
    _read_bounds(option, kind, made)
    if option.has("channel_types"):
        made["channel_types"] = option.items("channel_types", 20)
    if option.has("autocomplete"):
        made["autocomplete"] = option.boolean("autocomplete")
    if option.items("choices", 25):
        made["choices"] = [_read_choice(choice, kind) for choice in option.objects("choices", 25)]
        if made.get("autocomplete"):
            option.fault(
                "autocomplete",
                "APPLICATION_COMMAND_OPTION_AUTOCOMPLETE_CHOICES",
                "An option with choices cannot autocomplete.",
            )
    return made


def _read_bounds(option: FieldReader, kind: int, made: Json) -> None:
    if kind == STRING:
        for key, lowest in (("min_length", 0), ("max_length", 1)):
            if option.has(key):
                made[key] = option.integer(key, lowest, 6000)
    elif kind in (INTEGER, NUMBER):
        for key in ("min_value", "max_value"):
            value = option.data.get(key)
            if value is not None:
                if not isinstance(value, int | float) or not -_BOUND <= value <= _BOUND:
                    option.fault(key, "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number within bounds.')
                made[key] = value


def _read_choice(choice: FieldReader, kind: int) -> Json:
    choice.require("name", "value")
    value = choice.data.get("value")
    if kind == STRING:
        choice.text("value", 100)
    elif isinstance(value, bool) or not isinstance(value, int | float):
        choice.fault("value", "NUMBER_TYPE_COERCE", f'Value "{value}" is not a number.')
    made: Json = {"name": choice.text("name", 100, 1) or "", "value": value}
    if choice.has("name_localizations"):
        made["name_localizations"] = choice.texts_by_locale("name_localizations", 100)
    return made


def _length(made: Json) -> int:
    """Return the characters that count towards a command's 8000: the longest localization of each text."""
    length = 0
    for key in ("name", "description"):
        localized = (made.get(f"{key}_localizations") or {}).values()
        length += max(len(text) for text in [made.get(key, ""), *localized])
    length += sum(_length(option) for option in made.get("options", []))
    length += sum(_length(choice) + len(str(choice["value"])) for choice in made.get("choices", []))
    return length


def read_choices(body: Any) -> list[Json]:
    """Validate the suggestions of an autocomplete callback: at most 25."""
    problems = Problems()
    fields = FieldReader(body, problems, ("data",))
    read = [
        _read_choice(each, STRING if isinstance(each.data.get("value"), str) else NUMBER)
        for each in fields.objects("choices", 25)
    ]
    problems.raise_any()
    return read
