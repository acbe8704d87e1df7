"""Front matter in TOML and as header lines, read with the line of each key like `YamlSource`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.chapters.third_party_front_matter import normalize_key
from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import code_point, find_stray_control
from bot.schemas.yaml_source import Location

_LISTS = frozenset(
    name
    for name, field in FrontMatterSchema.model_fields.items()
    if str(field.annotation).startswith("tuple")
)
_AT = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
_DEEPEST = 100
_MOST_FAULTS = 100
_QUOTES = {'"': '"', "'": "'", "“": "”", "„": "“”", "‘": "’"}


class MatterSource(Protocol):
    """A piece of front matter in some notation."""

    def read(self) -> tuple[Any, list[Diagnostic]]:
        """Return the value, made of dicts, lists, text and None, and the faults that prevented reading it."""

    def fault(self, at: Location, problem: str, mend: str) -> Diagnostic:
        """Return a fault of the value at that place."""

    def line(self, at: Location) -> int:
        """Return the line of that value's key, or of the nearest thing to it."""


@dataclass(frozen=True, slots=True)
class TomlSource:
    """A piece of TOML: the file it is in, and the line of that file it begins on."""

    file: str
    text: str
    first_line: int

    def read(self) -> tuple[Any, list[Diagnostic]]:
        """Return the value, with all numbers, dates and truth values as text."""
        if (at := find_stray_control(self.text)) is not None:
            problem = f"there is a control character, {code_point(self.text[at])}"
            line = self.first_line + self.text.count("\n", 0, at)
            mend = "Take it out: it cannot be seen, and does no good here."
            return None, [Diagnostic(self.file, line, problem, mend, at - self.text.rfind("\n", 0, at))]
        try:
            if max(map(self.text.count, "[{")) > _DEEPEST:
                raise RecursionError
            return _as_text(tomllib.loads(self.text)), []
        except tomllib.TOMLDecodeError as error:
            place = _AT.search(str(error))
            row, column = (int(place[1]), int(place[2])) if place and place[1] else (1, 0)
            problem = f"this is not valid TOML: {_AT.sub('', str(error)).strip()}"
            mend = 'Write one key = value a line, and text in quotes: title = "The Lamp".'
            return None, [Diagnostic(self.file, self.first_line + row - 1, problem, mend, column)]
        except RecursionError:
            mend = "Keys need a few levels only: look for a stray row of brackets."
            return None, [Diagnostic(self.file, self.first_line, "this is nested too deeply", mend)]

    def fault(self, at: Location, problem: str, mend: str) -> Diagnostic:
        """Return a fault of the value at that place."""
        return Diagnostic(self.file, self.line(at), problem, mend)

    def line(self, at: Location) -> int:
        """Return the line on which the key stands, or its table begins."""
        lines = self.text.split("\n")
        place = 0
        for step in at:
            if isinstance(step, int):
                break
            name = re.escape(step)
            sought = re.compile(rf"""[ \t]*(?:\[+[ \t]*)?["']?{name}["']?[ \t]*(?:[=.\]]|$)""")
            found = (number for number in range(place, len(lines)) if sought.match(lines[number]))
            place = next(found, place)
        return self.first_line + place


def _as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _as_text(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_as_text(each) for each in value]
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value)


@dataclass(frozen=True, slots=True)
class HeaderLine:
    """One `Key: value` and the line of the file that it is on."""

    key: str
    value: str
    line: int


@dataclass(frozen=True, slots=True)
class HeaderSource:
    """Header lines such as MultiMarkdown's, with one value each."""

    file: str
    lines: tuple[HeaderLine, ...]

    def read(self) -> tuple[Any, list[Diagnostic]]:
        """Return the values as text, those of keys that take a list split at commas."""
        value: dict[str, Any] = {}
        faults = []
        for header in self.lines:
            if header.key in value:
                problem = f"“{header.key}” stands here twice"
                faults.append(Diagnostic(self.file, header.line, problem, "Keep one of the two."))
            value[header.key] = _header_value(header)
        return value, faults[:_MOST_FAULTS]

    def fault(self, at: Location, problem: str, mend: str) -> Diagnostic:
        """Return a fault of the value at that place."""
        return Diagnostic(self.file, self.line(at), problem, mend)

    def line(self, at: Location) -> int:
        """Return the line of that key, or the first one."""
        lines: Mapping[str, int] = {header.key: header.line for header in self.lines}
        return lines.get(str(at[0]) if at else "", self.lines[0].line)


def _header_value(header: HeaderLine) -> str | list[str] | None:
    value = header.value.strip()
    if normalize_key(header.key) in _LISTS:
        return [unquoted(each.strip()) for each in value.strip("[]").split(",") if each.strip()]
    return unquoted(value) or None


def unquoted(text: str) -> str:
    """Return text without the quotation marks, straight or curly, that enclose all of it."""
    if len(text) > 1 and text[0] in _QUOTES and text[-1] in _QUOTES[text[0]]:
        inner = text[1:-1]
        if not any(quote in inner for quote in (text[0], text[-1])):
            return inner.strip()
    return text
