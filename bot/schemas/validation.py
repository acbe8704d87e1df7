"""Validation of data against a schema, with faults in kind words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from bot.domain.diagnostics import Diagnostic
from bot.schemas.base import OWN, Schema, suggestion
from bot.schemas.yaml_source import KeyLocation, Location, YamlSource

F = TypeVar("F", bound=Schema)

_MOST = 100
"""Faults of one form that are explained: to find the nearest known key takes a while."""

Blame = Callable[[Location, str, str], Diagnostic]
"""Makes a fault of a place, a problem and a mend."""


def read_schema(form: type[F], source: YamlSource) -> tuple[F | None, list[Diagnostic]]:
    """Return the schema filled from YAML (None if it cannot be), and every fault."""
    value, faults = source.read()
    if value is None and faults:
        return None, faults
    filled, more = fill(form, {} if value is None else value, source.fault)
    return (None if faults else filled), faults + more


def fill(form: type[F], data: Any, blame: Blame) -> tuple[F | None, list[Diagnostic]]:
    """Return the schema filled from `data` (None if it cannot be), and every fault, each built by `blame`."""
    try:
        return form.model_validate(data), []
    except ValidationError as error:
        errors = error.errors(include_url=False)
        faults = [_fault(form, details, blame) for details in errors[:_MOST]]
        if len(errors) > _MOST:
            faults.append(
                blame((), f"there are {len(errors) - _MOST} more faults in this", "Mend these first.")
            )
        return None, faults


def _fault(form: type[Schema], error: ErrorDetails, blame: Blame) -> Diagnostic:
    at = [step for step in error["loc"] if not (isinstance(step, str) and step.startswith("function-"))]
    problem, mend = _explain(form, at, error)
    return blame(KeyLocation(at) if error["type"] == "extra_forbidden" else at, problem, mend)


def _explain(form: type[Schema], at: Sequence[int | str], error: ErrorDetails) -> tuple[str, str]:
    name, given, context = _name(at), error["input"], error.get("ctx", {})
    kind = error["type"]
    if kind == OWN:
        return (f"“{name}”: {context['problem']}" if at else str(context["problem"])), str(context["mend"])
    if kind == "extra_forbidden":
        known = _keys(_model_at(form, at[:-1]))
        return f"“{name}” is an unknown key", suggestion(
            at[-1], known, none=f"Known keys here: {', '.join(known)}."
        )
    if kind == "missing":
        return f"“{name}” is missing", f"Add a line “{at[-1]}: …”."
    if kind in ("enum", "literal_error"):
        known = _choices(str(context["expected"]))
        listed = f"Write one of: {', '.join(known)}."
        near = suggestion(given, known, none="")
        return f"“{name}” cannot be {_shown(given)}", f"{near} {listed}".strip()
    for bound, words in _BOUNDS.items():
        if bound in context:
            return f"“{name}” cannot be {_shown(given)}", words.format(context[bound])
    for prefixes, wanted, how in _TYPES:
        if kind.startswith(prefixes):
            return f"“{name}” must be {wanted}, not {_shown(given)}" if at else f"this must be {wanted}", how(
                form, at
            )
    return f"“{name}” cannot be {_shown(given)}", f"{error['msg']}."


_BOUNDS = {
    "ge": "Write {} or more.",
    "gt": "Write more than {}.",
    "le": "Write {} or less.",
    "lt": "Write less than {}.",
    "min_length": "Write at least {} of it.",
    "max_length": "Shorten it to {}.",
}


def _group_mend(form: type[Schema], at: Location) -> str:
    return f"Its keys stand below it, indented: {', '.join(_keys(_model_at(form, at)))}."


_TYPES: tuple[tuple[tuple[str, ...], str, Callable[[type[Schema], Location], str]], ...] = (
    (
        ("string",),
        "text",
        lambda *_: "Write one text, in quotes if it holds a colon or begins with a bracket.",
    ),
    (("int", "float"), "a whole number", lambda *_: "Write digits only, such as 5."),
    (("bool",), "true or false", lambda *_: "Write true or false."),
    (
        ("list", "tuple", "frozen_set", "set"),
        "a list",
        lambda *_: "Write it as [one, two], or one a line after “- ”.",
    ),
    (("model", "dict", "mapping"), "a group of keys", _group_mend),
)


def _name(at: Location) -> str:
    name = ""
    for step in at:
        name += f" #{step + 1}" if isinstance(step, int) else f".{step}" if name else str(step)
    return name


def _shown(value: Any) -> str:
    if isinstance(value, Mapping):
        return "a group of keys"
    if isinstance(value, (list, tuple)):
        return "a list"
    if value is None:
        return "nothing"
    text = str(value)
    return f"“{text if len(text) <= 40 else text[:39] + '…'}”"


def _choices(expected: str) -> list[str]:
    return [word.strip().strip("'") for word in expected.replace(" or ", ",").split(",") if word.strip()]


def _model_at(form: type[BaseModel], at: Location) -> type[BaseModel]:
    for step in at:
        if isinstance(step, str) and step in form.model_fields:
            form = _form_in(form.model_fields[step].annotation) or form
    return form


def _form_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _form_in(part))), None)


def _keys(form: type[BaseModel]) -> list[str]:
    return list(form.model_fields)
