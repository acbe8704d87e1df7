"""`config.yaml` and the environment become `Settings`; every fault of both is told at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bot.config.settings import Settings
from bot.domain.faults import FileFault
from bot.forms.filling import fill
from bot.forms.model import suggestion
from bot.forms.source import Location, Source
from bot.forms.text import Unreadable, read_text

DEFAULT_FILE = Path("config.yaml")
_PREFIX = "FASCICLE_"
_TOKEN_MEND = (
    "The token never stands in a file: set DISCORD_TOKEN or DISCORD_TOKEN_FILE, and make a new "
    "one if this was shared."
)


class ConfigFaults(Exception):
    """The configuration cannot be used; `faults` are all that is wrong with it."""

    def __init__(self, faults: tuple[FileFault, ...]) -> None:
        super().__init__("\n".join(map(str, faults)))
        self.faults = faults


def load_settings(path: Path | None, environ: Mapping[str, str]) -> Settings:
    """The settings of that file, or of `config.yaml` if there is one, with the environment's on top.

    `FASCICLE_<SECTION>__<KEY>` overrides a key (`FASCICLE_OPERATORS` the list of that name); lists are written as in
    YAML, `[1, 2]`, and `null` or nothing means the default. Relative paths in settings start at the working directory.

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

    def blame(at: Location, problem: str, mend: str) -> FileFault:
        if at and "token" in str(at[-1]).lower():
            mend = _TOKEN_MEND
        variable = next((origins[tuple(at[:n])] for n in (2, 1) if tuple(at[:n]) in origins), None)
        return FileFault(variable, 0, problem, mend) if variable else source.fault(at, problem, mend)

    settings, more = fill(Settings, merged, blame)
    faults += more
    if settings is None or faults:
        raise ConfigFaults(tuple(sorted(set(faults))))
    return settings


def _source(path: Path | None) -> tuple[Source, list[FileFault]]:
    if path is None and not DEFAULT_FILE.is_file():
        return Source(str(DEFAULT_FILE), ""), []
    file = path or DEFAULT_FILE
    if not file.exists():
        mend = "Check the path after -c, or copy config.example.yaml to it."
        return Source(str(file), ""), [FileFault(str(file), 0, "there is no such file", mend)]
    try:
        return Source(str(file), read_text(file)), []
    except Unreadable as error:
        return Source(str(file), ""), [error.fault]


def _overridden(
    data: dict[Any, Any], environ: Mapping[str, str]
) -> tuple[dict[Any, Any], dict[tuple[int | str, ...], str], list[FileFault]]:
    """The data with the environment's values in it, which variable each came from, and what could not be read."""
    merged = {key: dict(value) if isinstance(value, dict) else value for key, value in data.items()}
    origins: dict[tuple[int | str, ...], str] = {}
    faults: list[FileFault] = []
    for variable in sorted(name for name in environ if name.upper().startswith(_PREFIX)):
        at = variable[len(_PREFIX) :].lower().split("__")
        if len(at) > 2 or not all(at):
            known = [f"{_PREFIX}{name}".upper() for name in _names()]
            near = suggestion(variable, known, none="Names look like FASCICLE_READING__PAGE_LENGTH.")
            faults.append(FileFault(variable, 0, "this variable names no setting", near))
            continue
        value, more = _value(variable, environ[variable])
        faults += more
        origins[tuple(at)] = variable
        if len(at) == 1:
            merged[at[0]] = value
        else:
            section = merged.get(at[0])
            merged[at[0]] = {**section, at[1]: value} if isinstance(section, dict) else {at[1]: value}
    return merged, origins, faults


def _value(variable: str, text: str) -> tuple[Any, list[FileFault]]:
    text = text.strip()
    if text.lower() in ("", "null", "~"):
        return None, []
    if text[0] not in "[{":
        return text, []
    value, faults = Source(variable, text).read()
    return value, [FileFault(variable, 0, fault.problem, "Write a list as [1, 2].") for fault in faults]


def _names() -> list[str]:
    names = []
    for section, field in Settings.model_fields.items():
        keys = getattr(field.annotation, "model_fields", None)
        names += [f"{section}__{key}" for key in keys] if keys else [section]
    return names
