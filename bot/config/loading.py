"""Loading `config.yaml` and the environment into `Settings`, reporting every fault of both at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.config.settings import Settings
from bot.domain.diagnostics import Diagnostic
from bot.schemas.base import nearest_word
from bot.schemas.text_file import UnreadableFile, read_text
from bot.schemas.validation import fill
from bot.schemas.yaml_source import Location, YamlSource

DEFAULT_FILE = Path("config.yaml")
_PREFIX = "FASCICLE_"
_NEAR, _VERY_NEAR = 0.5, 0.9
"""How much like a setting's a name must be to be taken for a slip: less where it has the two underscores of one."""

_INJECTED = re.compile(r"(^|_)(service_host|service_port(_\w+)?|port_\d+_(tcp|udp|sctp)(_\w+)?)$")
_INJECTED_VALUE = re.compile(r"(tcp|udp|sctp)://")
"""What Kubernetes and Docker append to a service's name in the variables that they make up, and what they hold."""

_TOKEN_MEND = (
    "The token never stands in a file: set DISCORD_TOKEN or DISCORD_TOKEN_FILE, and make a new "
    "one if this was shared."
)


class ConfigErrors(Exception):
    """The configuration cannot be used; `faults` lists everything wrong with it."""

    def __init__(self, faults: tuple[Diagnostic, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def load_settings(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of that file, or of `config.yaml` if there is one, with the environment's on top.

    `FASCICLE_<SECTION>__<KEY>` overrides a key (`FASCICLE_OPERATORS` the list of that name); lists are written as in
    YAML, `[1, 2]`, and `null` or nothing means the default. Whatever else begins like that is none of ours: a cluster
    puts `FASCICLE_PORT` into the environment for a service of that name. Relative paths in settings start at the
    working directory.

    Raises:
        ConfigFaults: something in the file or the environment is wrong.
    """
    source, faults = _source(path)
    data, more = source.read()
    faults += more
    if data is not None and not isinstance(data, dict):
        faults.append(
            source.fault(
                (), "settings are written as “section:” with keys below it", "See config.example.yaml."
            )
        )
    merged, origins, more = _overridden(data if isinstance(data, dict) else {}, environ)
    faults += more

    def blame(at: Location, problem: str, mend: str) -> Diagnostic:
        if at and "token" in str(at[-1]).lower():
            mend = _TOKEN_MEND
        variable = next((origins[tuple(at[:n])] for n in (2, 1) if tuple(at[:n]) in origins), None)
        return Diagnostic(variable, 0, problem, mend) if variable else source.fault(at, problem, mend)

    settings, more = fill(Settings, merged, blame)
    faults += more
    if settings is None or faults:
        raise ConfigErrors(tuple(sorted(set(faults))))
    return settings


def _source(path: Path | None) -> tuple[YamlSource, list[Diagnostic]]:
    if path is None and not DEFAULT_FILE.is_file():
        return YamlSource(str(DEFAULT_FILE), ""), []
    file = path or DEFAULT_FILE
    if not file.exists():
        mend = "Check the path after -c, or copy config.example.yaml to it."
        return YamlSource(str(file), ""), [Diagnostic(str(file), 0, "there is no such file", mend)]
    try:
        return YamlSource(str(file), read_text(file)), []
    except UnreadableFile as error:
        return YamlSource(str(file), ""), [error.fault]


def _overridden(
    data: dict[Any, Any], environ: Mapping[str, str]
) -> tuple[dict[Any, Any], dict[tuple[int | str, ...], str], list[Diagnostic]]:
    """Return the data with the environment's values, each value's variable, and unreadable ones."""
    merged = {key: dict(value) if isinstance(value, dict) else value for key, value in data.items()}
    origins: dict[tuple[int | str, ...], str] = {}
    faults: list[Diagnostic] = []
    names = _names()
    for variable in _prefixed(environ):
        name = variable[len(_PREFIX) :].lower()
        if name not in names:
            continue
        at = name.split("__")
        value, more = _value(variable, environ[variable])
        faults += more
        origins[tuple(at)] = variable
        if len(at) == 1:
            merged[at[0]] = value
        else:
            section = merged.get(at[0])
            merged[at[0]] = {**section, at[1]: value} if isinstance(section, dict) else {at[1]: value}
    return merged, origins, faults


def unknown_variables(environ: Mapping[str, str]) -> tuple[Diagnostic, ...]:
    """Return a fault for each variable that looks like a setting but is none, naming the nearest one."""
    names = _names()
    strays = []
    for variable in _prefixed(environ):
        name = variable[len(_PREFIX) :].lower()
        if name in names:
            continue
        if _INJECTED.search(name) or _INJECTED_VALUE.match(environ[variable]):
            continue
        near = nearest_word(name, names, likeness=_NEAR if "__" in name else _VERY_NEAR)
        mend = (
            f"Did you mean {_PREFIX}{near.upper()}?"
            if near
            else "Names look like FASCICLE_READING__PAGE_LENGTH."
        )
        if "token" in name:
            mend = _TOKEN_MEND
        if near is not None or "__" in name or "token" in name:
            strays.append(Diagnostic(variable, 0, "this variable names no setting and is not read", mend))
    return tuple(strays)


def _prefixed(environ: Mapping[str, str]) -> list[str]:
    return sorted(name for name in environ if name.upper().startswith(_PREFIX))


def _value(variable: str, text: str) -> tuple[Any, list[Diagnostic]]:
    text = text.strip()
    if text.lower() in ("", "null", "~"):
        return None, []
    if text[0] not in "[{":
        return text, []
    value, faults = YamlSource(variable, text).read()
    return value, [Diagnostic(variable, 0, fault.problem, "Write a list as [1, 2].") for fault in faults]


def _names() -> list[str]:
    names = []
    for section, field in Settings.model_fields.items():
        keys = getattr(field.annotation, "model_fields", None)
        names += [f"{section}__{key}" for key in keys] if keys else [section]
    return names
