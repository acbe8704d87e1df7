"""Validation of request bodies against Discord's OpenAPI file."""

from __future__ import annotations

import json
import re
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from discord_sandbox.errors import ApiError
from discord_sandbox.trace import Trace

_NAME = "urn:discord"
_NAMED = re.compile(r"\{\w+\}")
_KNOWN_BODIES = 500
_ID = {"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}
"""Schema of an id: the file says text, the API accepts numbers as well, and libraries send both."""


class Schema(Protocol):
    """Validator of request bodies."""

    def check(self, method: str, route: str, body: Any, trace: Trace) -> None:
        """Record the faults of a body in the trace; a strict schema refuses it too."""
        ...


class NoSchema:
    """Validator without an OpenAPI file, which accepts everything."""

    def check(self, method: str, route: str, body: Any, trace: Trace) -> None:
        """Accept the body."""


class OpenApiSchema:
    """Validator by the schemas of an OpenAPI 3.1 file.

    Raises:
        ModuleNotFoundError: jsonschema, an optional dependency, is not installed.
        OSError: the file cannot be read.
        ValueError: the file is malformed.
    """

    def __init__(self, path: Path, *, strict: bool = False) -> None:
        self._strict = strict
        self._specification = _specification(path, path.stat().st_mtime_ns)

    def check(self, method: str, route: str, body: Any, trace: Trace) -> None:
        """Record the faults of a body; with `strict`, refuse it.

        Raises:
            ApiError: 50035.
        """
        problem = self._specification.problem(method, route, json.dumps(body))
        if problem is None:
            return
        trace.add("schema", method=method, path=route, problem=problem)
        if self._strict:
            raise ApiError(50035, message=f"Invalid Form Body: {problem}")

    def knows(self, method: str, route: str) -> bool:
        """Return whether the specification has a route."""
        return self._specification.operation(method, route) is not None


class _Specification:
    """Parsed file with cached results, because tests send the same bodies a thousand times."""

    def __init__(self, path: Path) -> None:
        import jsonschema
        import referencing.jsonschema

        self._library: Any = jsonschema
        document = json.loads(path.read_text("utf-8"))
        document["components"]["schemas"]["SnowflakeType"] = _ID
        _choose_by_type(document["components"]["schemas"])
        specification = referencing.jsonschema.DRAFT202012
        resource = specification.create_resource(document)
        self._registry: Any = referencing.Registry().with_resource(_NAME, resource).crawl()
        self._paths = {_shape(template): item for template, item in document["paths"].items()}
        self._validator = lru_cache(maxsize=None)(self._build)
        self.problem = lru_cache(maxsize=_KNOWN_BODIES)(self._look)

    def operation(self, method: str, route: str) -> dict[str, Any] | None:
        """Return the operation of a route, or None."""
        found: dict[str, Any] | None = self._paths.get(_shape(route), {}).get(method.lower())
        return found

    def _look(self, method: str, route: str, body: str) -> str | None:
        """Return the gravest fault of a body, which is JSON, or None."""
        validator = self._validator(method, route)
        if validator is None:
            return None
        error = self._library.exceptions.best_match(validator.iter_errors(json.loads(body)))
        if error is None:
            return None
        return f"{'.'.join(map(str, error.absolute_path)) or 'body'}: {error.message[:300]}"

    def _build(self, method: str, route: str) -> Any:
        operation = self.operation(method, route) or {}
        schema = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
        if schema is None:
            return None
        root = json.loads(json.dumps(schema).replace('"#/', f'"{_NAME}#/'))
        return self._library.Draft202012Validator(root, registry=self._registry)


@lru_cache(maxsize=1)
def _specification(path: Path, _changed_at: int) -> _Specification:
    """Parse a file, cached by its modification time, because parsing takes half a second."""
    return _Specification(path)


def _choose_by_type(schemas: dict[str, Any]) -> None:
    """Rewrite each "one of these components" to "the one of its type".

    This is equivalent, names the fault within the intended component, and takes a tenth of the time: trying every
    alternative at every level of a tree adds up.
    """
    for name, schema in schemas.items():
        schemas[name] = _choose(schema, schemas)


def _choose(node: Any, schemas: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_choose(each, schemas) for each in node]
    if not isinstance(node, dict):
        return node
    types = [_type_of(each, schemas) for each in node.get("oneOf", [])]
    if len(types) < 2 or None in types or len(set(types)) < len(types):
        return {key: _choose(value, schemas) for key, value in node.items()}
    branches = [
        {"if": {"properties": {"type": {"const": kind}}}, "then": branch}
        for kind, branch in zip(types, node["oneOf"], strict=True)
    ]
    return {
        "type": "object",
        "required": ["type"],
        "properties": {"type": {"enum": types}},
        "allOf": branches,
    }


def _type_of(branch: Any, schemas: dict[str, Any]) -> int | None:
    """Return the one `type` that a component's schema allows, or None for any other schema."""
    schema = schemas.get(str(branch.get("$ref", "")).rpartition("/")[2], {})
    allowed = schema.get("properties", {}).get("type", {}).get("enum", [])
    return allowed[0] if len(allowed) == 1 and isinstance(allowed[0], int) else None


def _shape(template: str) -> str:
    """Return a path without the names of its parameters; `@original` counts as one."""
    return _NAMED.sub("{}", template)
