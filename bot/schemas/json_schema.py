"""JSON Schema of what people fill in, for editors that complete keys and mark faults while one types.

What a key means stands below it in the schema's class, as a docstring of the attribute; Python keeps none of those, so
they are read from the source.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from bot.schemas.base import Schema

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_SPOKEN_TRUTHS = ["yes", "no", "on", "off"]
"""Words for true and false that are text to YAML 1.2, which editors go by."""


class _Generator(GenerateJsonSchema):
    """Generator of schemas that accept what the bot accepts, such as a number as a title."""

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        made = super().str_schema(schema)
        if made.get("type") == "string" and not made.keys() & {"pattern", "format"}:
            made["type"] = ["string", "number"]
        return made

    def bool_schema(self, schema: core_schema.BoolSchema) -> JsonSchemaValue:
        return {"anyOf": [super().bool_schema(schema), {"enum": _SPOKEN_TRUTHS}]}

    def encode_default(self, dft: Any) -> Any:
        match dft:
            case ZoneInfo():
                return dft.key
            case timedelta():
                return f"{dft.total_seconds():g} seconds"
            case Path():
                return dft.as_posix()
            case BaseModel():
                return None
        return super().encode_default(dft)


def make_json_schema(form: type[Schema], title: str) -> dict[str, Any]:
    """Return the JSON Schema of a form.

    Args:
        form: The form.
        title: What it is of: `story.yaml`.
    """
    made = form.model_json_schema(schema_generator=_Generator)
    forms = {each.__name__: each for each in _forms_in(form)}
    for name, definition in made.get("$defs", {}).items():
        if name in forms:
            _finish(definition, forms[name])
    _finish(made, form)
    definitions = made.pop("$defs", {})
    made["title"] = title
    ordered = {"$schema": DIALECT, **made}
    return ordered | {"$defs": definitions} if definitions else ordered


def _finish(made: dict[str, Any], form: type[Schema]) -> None:
    """Add what keys mean, and that each may be left without a value."""
    made.pop("title", None)
    told = _attribute_docstrings(form)
    for name, value in made.get("properties", {}).items():
        value.pop("title", None)
        if value.get("default", "") is None:
            del value["default"]
        meant = {"description": " ".join(told[name].split())} if name in told else {}
        kept = {key: value.pop(key) for key in ("default", "examples") if key in value}
        is_needed = name in made.get("required", ())
        made["properties"][name] = meant | kept | (value if is_needed else _or_nothing(value))


def _or_nothing(value: dict[str, Any]) -> dict[str, Any]:
    """Return a schema that accepts null as well."""
    choices = value.get("anyOf")
    if choices is None:
        return {"anyOf": [value, {"type": "null"}]}
    return value if {"type": "null"} in choices else {**value, "anyOf": [*choices, {"type": "null"}]}


def _forms_in(form: type[BaseModel]) -> list[type[Schema]]:
    """Return a form and all forms in it."""
    found: dict[str, type[Schema]] = {}
    waiting: list[Any] = [form]
    while waiting:
        each = waiting.pop()
        if isinstance(each, type) and issubclass(each, Schema):
            if each.__name__ not in found:
                found[each.__name__] = each
                waiting += [field.annotation for field in each.model_fields.values()]
        else:
            waiting += getattr(each, "__args__", ())
    return list(found.values())


def _attribute_docstrings(form: type[Schema]) -> dict[str, str]:
    """Return the docstrings of a class's attributes by their names; nothing if its source is not at hand."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(form)))
    except OSError:
        return {}
    (body,) = (node.body for node in tree.body if isinstance(node, ast.ClassDef))
    return {
        key.target.id: text.value.value
        for key, text in pairwise(body)
        if isinstance(key, ast.AnnAssign)
        and isinstance(key.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }
