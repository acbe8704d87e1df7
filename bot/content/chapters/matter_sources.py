"""Front matter in TOML and as header lines, read with the line of each key like `YamlSource`."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import Any, Protocol

from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.chapters.third_party_front_matter import normalize_key
from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import code_point, find_stray_control
from bot.schemas.yaml_source import KeyLocation, Location

_LISTS = frozenset(
    name
    for name, field in FrontMatterSchema.model_fields.items()
    if str(field.annotation).startswith("tuple")
)
_AT = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
_ITEM = re.compile(r"""\"(?:[^\"\\]|\\.)*+\"|'[^']*+'|[^,\[\]\s]++""")
_TOML_KEY = re.compile(r"""[ \t]*+["']?(?P<key>[\w-]++)["']?[ \t]*+=""")
_TOML_MEND = 'Write one key = value a line, and text in quotes: title = "The Lamp".'
_TOML_PROBLEMS = (
    ("Illegal character '\\n'", "this text has no closing quote", 'Put a " after it: title = "The Lamp".'),
    ("Unterminated string", "a text has no closing quote", 'Put a " after it: title = "The Lamp".'),
    ("Invalid value", "this value is no text in quotes, number, date or list", _TOML_MEND),
    ("Expected '='", "there is no = after this key", _TOML_MEND),
    ("Expected newline", "something is left over after the value", "Write one key = value a line."),
    ("Unclosed array", "this list has no closing bracket", 'Put a ] after it: warnings = ["grief"].'),
    ("Unescaped", "a \\ in a text means another sign", "Write it twice, or put the text in 'single quotes'."),
    ("Invalid statement", "this is no key with a value", _TOML_MEND),
)
"""By words of the parser's: what they mean, and what to do."""

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
            return None, [self._broken(str(error))]
        except RecursionError:
            mend = "Keys need a few levels only: look for a stray row of brackets."
            return None, [Diagnostic(self.file, self.first_line, "this is nested too deeply", mend)]

    def fault(self, at: Location, problem: str, mend: str) -> Diagnostic:
        """Return a fault of the value at that place."""
        line, column = self._place(at)
        return Diagnostic(self.file, line, problem, mend, column)

    def line(self, at: Location) -> int:
        """Return the line on which the key stands, or its table begins."""
        return self._place(at)[0]

    def _place(self, at: Location) -> tuple[int, int]:
        """Return the line of that value's key, and the column of the value if it begins there, else of the key."""
        lines = self.text.split("\n")
        place, found = 0, None
        item = None
        for step in at:
            if isinstance(step, int):
                item = step
                break
            name = re.escape(step)
            sought = re.compile(
                rf"""[ \t]*+(?:\[++[ \t]*+)?(?P<key>["']?{name}["']?)[ \t]*+(?:[.\]]|=[ \t]*+(?P<value>[^\s#])?|$)"""
            )
            matches = ((at, sought.match(lines[at])) for at in range(place, len(lines)))
            place, found = next(((at, match) for at, match in matches if match), (place, None))
        if found is None:
            return self.first_line + place, 0
        if isinstance(at, KeyLocation) or not found["value"]:
            return self.first_line + place, found.start("key") + 1
        start = found.start("value")
        if item is not None and found["value"] == "[":
            items = [each.start() for each in _ITEM.finditer(lines[place], start + 1)]
            start = items[item] if item < len(items) else start
        return self.first_line + place, start + 1

    def _broken(self, said: str) -> Diagnostic:
        """Return what the parser said, in plain words."""
        lines = self.text.rstrip("\n").split("\n")
        place = _AT.search(said)
        row, column = (int(place[1]), int(place[2])) if place and place[1] else (len(lines), 0)
        key = _TOML_KEY.match(lines[row - 1]) if row <= len(lines) else None
        problem, mend = f"this is not valid TOML: {_AT.sub('', said).strip()}", _TOML_MEND
        if "overwrite a value" in said and key is not None:
            problem, mend, column = (
                f"“{key['key']}” stands here twice",
                "Keep one of the two.",
                key.start("key") + 1,
            )
        else:
            problem, mend = next(
                ((plain, own) for words, plain, own in _TOML_PROBLEMS if words in said), (problem, mend)
            )
        return Diagnostic(self.file, self.first_line + row - 1, problem, mend, column)


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
    column: int = 0
    """Where the value begins; 0 if that is not known, or there is none."""


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
                faults.append(Diagnostic(self.file, header.line, problem, "Keep one of the two.", 1))
            value[header.key] = _header_value(header)
        return value, faults[:_MOST_FAULTS]

    def fault(self, at: Location, problem: str, mend: str) -> Diagnostic:
        """Return a fault of the value at that place."""
        header = self._header(at)
        column = 1 if isinstance(at, KeyLocation) or not header.value else header.column
        return Diagnostic(self.file, header.line, problem, mend, column)

    def line(self, at: Location) -> int:
        """Return the line of that key, or the first one."""
        return self._header(at).line

    def _header(self, at: Location) -> HeaderLine:
        named = {header.key: header for header in self.lines}
        return named.get(str(at[0]) if at else "", self.lines[0])


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
