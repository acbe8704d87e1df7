"""JSON Schema of the YAML that people write, for editors that complete and check it.

It says what the loader takes, which reads every plain scalar as text: `title: 1984` is a title, `rate: "40"` a number,
and a key without a value counts as absent.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from bot.schemas.base import Schema

DRAFT = "https://json-schema.org/draft/2020-12/schema"

_BOOLEANS = [True, False, "true", "false", "yes", "no", "on", "off"]
_DIGITS = r"^\s*\d+\s*$"


def json_schema(
    form: type[Schema], title: str, *, other_keys: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of a group of keys.

    Args:
        form: The group.
        title: Name of the schema, as editors show it.
        other_keys: Keys that may stand there as well, and mean nothing; in lower case with `_`.
    """
    made = form.model_json_schema(mode="validation")
    groups = {each.__name__: each for each in _groups(form)}
    definitions = made.pop("$defs", {})
    for name, group in (*groups.items(), (form.__name__, form)):
        keys = made if group is form else definitions[name]
        _complete(keys, _field_docstrings(group))
    made["properties"] = {**dict.fromkeys(_spellings(other_keys), True), **made["properties"]}
    for name, each in definitions.items():
        if name not in groups:
            each.pop("description", None)
            each.pop("title", None)
    return {"$schema": DRAFT, **made, "title": title, **({"$defs": definitions} if definitions else {})}


def _spellings(keys: frozenset[str]) -> list[str]:
    """Return keys as tools write them: with `_` or with `-`."""
    return sorted({*keys, *(key.replace("_", "-") for key in keys)})


def _groups(form: type[Schema]) -> Iterator[type[Schema]]:
    """Yield the groups of keys within a group."""
    for field in form.model_fields.values():
        for kind in _kinds(field.annotation):
            if isinstance(kind, type) and issubclass(kind, Schema):
                yield kind
                yield from _groups(kind)


def _kinds(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in getattr(annotation, "__args__", ()):
        yield from _kinds(part)


def _field_docstrings(form: type[Schema]) -> Mapping[str, str]:
    """Return the docstrings that stand below a group's fields."""
    (tree,) = ast.parse(textwrap.dedent(inspect.getsource(form))).body
    body = tree.body if isinstance(tree, ast.ClassDef) else []
    return {
        field.target.id: inspect.cleandoc(text.value.value)
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign)
        and isinstance(field.target, ast.Name)
        and isinstance(text, ast.Expr)
        and isinstance(text.value, ast.Constant)
        and isinstance(text.value.value, str)
    }


def _complete(keys: dict[str, Any], docstrings: Mapping[str, str]) -> None:
    """Give the keys of a group their descriptions, and the forms in which YAML may give their values."""
    keys.pop("description", None)
    keys.pop("title", None)
    required = keys.get("required", ())
    for name, value in keys["properties"].items():
        value.pop("title", None)
        if isinstance(value.get("default"), dict) or value.get("default") in ([], None):
            value.pop("default", None)
        written = _as_written(value)
        if name not in required:
            written = _or_nothing(written)
        keys["properties"][name] = {"description": docstrings[name], **written}


def _as_written(value: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a value with the other forms in which YAML may give it."""
    value = {key: each for key, each in value.items() if key != "format"}
    for each in ("items", "anyOf"):
        if isinstance(value.get(each), dict):
            value[each] = _as_written(value[each])
        elif isinstance(value.get(each), list):
            value[each] = [_as_written(branch) for branch in value[each]]
    if "enum" in value:
        return value
    match value.get("type"):
        case "string" if "pattern" not in value and "examples" not in value:
            return {**value, "type": ["string", "number", "boolean"]}
        case "integer":
            return {**value, "type": ["integer", "string"], "pattern": _DIGITS}
        case "boolean":
            return {key: each for key, each in value.items() if key != "type"} | {"enum": _BOOLEANS}
    return value


def _or_nothing(value: dict[str, Any]) -> dict[str, Any]:
    """Return the schema of a value that may also be left empty."""
    if "anyOf" in value:
        branches = [branch for branch in value["anyOf"] if branch != {"type": "null"}]
        if len(branches) == 1 and "$ref" not in branches[0]:
            return _or_nothing(
                {**{key: each for key, each in value.items() if key != "anyOf"}, **branches[0]}
            )
        return {**value, "anyOf": [*branches, {"type": "null"}]}
    if "enum" in value:
        return {**value, "enum": [*value["enum"], None]}
    if "type" in value:
        kinds = value["type"] if isinstance(value["type"], list) else [value["type"]]
        return {**value, "type": [*kinds, "null"]}
    rest = {key: each for key, each in value.items() if key == "default"}
    return {
        "anyOf": [{key: each for key, each in value.items() if key != "default"}, {"type": "null"}],
        **rest,
    }
