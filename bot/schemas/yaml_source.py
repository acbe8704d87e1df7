"""YAML with line numbers.

Every plain scalar is read as text; the schema decides what it means. So `title: 1984`, `id: 007`, `language:
no` and `at: 18:00` are what their author wrote, without YAML's surprises.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import code_point, find_stray_control

Location = Sequence[int | str]
"""The way to a value: keys and indexes from the top."""


class KeyLocation(tuple[int | str, ...]):
    """The way to a key itself, where a fault is of the key and not of its value."""


_DEEPEST = 100
_LARGEST = 100_000
"""Values that a piece of YAML may come to with all that its aliases repeat."""

_MOST_TWICE = 100
_YAML_PROBLEMS = (
    ("mapping values are not allowed", "there is a second colon in it"),
    ("expected ',' or ']'", "a [ before this has no ]"),
    ("expected ',' or '}'", "a { before this has no }"),
    ("unexpected end of stream", "a quote has no end"),
    ("could not find expected ':'", "there is no colon after the key"),
    ("cannot start any token", "nothing can begin with this sign, or with a tab"),
)
"""By words of the parser's: what they mean."""

_TextLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_TextLoader):  # type: ignore[misc, valid-type]
    """Loader that reads scalars as text and remembers duplicate keys."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute
        first: [(tag, rule) for tag, rule in rules if tag == "tag:yaml.org,2002:null"]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.twice: list[tuple[str, int, int]] = []
        self.stray: list[tuple[str, int, int]] = []

    def construct_scalar(self, node: yaml.ScalarNode) -> Any:
        value = super().construct_scalar(node)
        if isinstance(value, str) and (at := find_stray_control(value)) is not None:
            self.stray.append((value[at], node.start_mark.line, node.start_mark.column))
        return value

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen = set()
        for key, _ in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    self.twice.append((key.value, key.start_mark.line, key.start_mark.column))
                seen.add(key.value)
        mapping: dict[Any, Any] = super().construct_mapping(node, deep)
        return mapping


@dataclass(slots=True)
class YamlSource:
    """A piece of YAML: the file it is in, and the line of that file it begins on."""

    file: str
    text: str
    first_line: int = 1
    _root: yaml.Node | None = field(default=None, repr=False)

    def read(self) -> tuple[Any, list[Diagnostic]]:
        """Return the value, made of dicts, lists, text and None, and the faults that prevented reading it."""
        if (at := find_stray_control(self.text)) is not None:
            before = self.text[:at]
            column = at - (before.rfind("\n") + 1)
            return None, [self._stray(self.text[at], before.count("\n"), column)]
        try:
            if (too_deep := self._too_deep()) is not None:
                mend = "Keys need a few levels only: look for a stray row of brackets or dashes."
                return None, [
                    Diagnostic(self.file, self.first_line + too_deep, "this is nested too deeply", mend)
                ]
            if (swollen := self._swollen()) is not None:
                mend = "Write out what the names after * stand for, or leave them out."
                return None, [
                    Diagnostic(self.file, self.first_line + swollen, "this repeats itself too often", mend)
                ]
            loader = _Loader(self.text)
            try:
                value = loader.get_single_data()
            finally:
                loader.dispose()
        except yaml.YAMLError as error:
            return None, [self._broken(error)]
        except (ValueError, RecursionError):
            return None, [self.fault((), "this is not YAML that can be read", "Write plain keys and values.")]
        faults = [
            Diagnostic(
                self.file,
                self.first_line + line,
                f"“{key}” stands here twice",
                "Keep one of the two.",
                column + 1,
            )
            for key, line, column in loader.twice[:_MOST_TWICE]
        ]
        return value, faults + [self._stray(*stray) for stray in loader.stray[:_MOST_TWICE]]

    def fault(self, at: Location, problem: str, mend: str) -> Diagnostic:
        """Return a fault of the value at that place."""
        line, column = self._place(at)
        return Diagnostic(self.file, line, problem, mend, column)

    def line(self, at: Location) -> int:
        """Return the line of that value's key, or of the nearest thing to it."""
        return self._place(at)[0]

    def _place(self, at: Location) -> tuple[int, int]:
        """Return the line of that value's key, and the column of the value if it begins there, else of the key."""
        if self._root is None:
            with suppress(yaml.YAMLError):
                if self._too_deep() is None:
                    self._root = yaml.compose(self.text, Loader=_TextLoader)
        node, mark, found = self._root, None, None
        for step in at:
            found = _step(node, step)
            if found is None:
                break
            mark, node = found
        if mark is None or node is None:
            return self.first_line + (node.start_mark.line if node is not None and not at else 0), 0
        line, column = mark.line, mark.column
        is_value = found is not None and not isinstance(at, KeyLocation) and isinstance(node, yaml.ScalarNode)
        if is_value and node.value and node.start_mark.line == line:
            column = node.start_mark.column
        return self.first_line + line, column + 1

    def _too_deep(self) -> int | None:
        """Return the line, from 0, that is nested too deeply: libyaml would overflow the stack."""
        if sum(map(self.text.count, "[{-?:")) <= _DEEPEST:
            return None
        depth = 0
        for event in yaml.parse(self.text, Loader=_TextLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
            if depth > _DEEPEST:
                return event.start_mark.line if event.start_mark else 0
        return None

    def _swollen(self) -> int | None:
        """Return the line, from 0, at which nested aliases have expanded beyond what memory holds."""
        if "&" not in self.text or "*" not in self.text:
            return None
        sizes: dict[str, int] = {}
        groups: list[tuple[str | None, int]] = [(None, 0)]
        for event in yaml.parse(self.text, Loader=_TextLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                groups.append((event.anchor, 1))
                continue
            if isinstance(event, yaml.CollectionEndEvent):
                anchor, size = groups.pop()
            elif isinstance(event, yaml.AliasEvent):
                anchor, size = None, sizes.get(event.anchor or "", 1)
            elif isinstance(event, yaml.ScalarEvent):
                anchor, size = event.anchor, 1
            else:
                continue
            if anchor is not None:
                sizes[anchor] = size
            groups[-1] = (groups[-1][0], groups[-1][1] + size)
            if groups[-1][1] > _LARGEST:
                return event.start_mark.line if event.start_mark else 0
        return None

    def _stray(self, character: str, line: int, column: int) -> Diagnostic:
        """Return the fault of a control character; line and column count from 0."""
        problem = f"there is a control character, {code_point(character)}"
        mend = "Take it out: it cannot be seen, and does no good here."
        return Diagnostic(self.file, self.first_line + line, problem, mend, column + 1)

    def _broken(self, error: yaml.YAMLError) -> Diagnostic:
        mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
        line = self.first_line + (mark.line if mark else 0)
        problem = (
            getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        ).strip()
        written = self.text.split("\n")[mark.line if mark else 0 :][:1]
        mend = _yaml_mend(problem, tabbed=any(text.lstrip(" ").startswith("\t") for text in written))
        column = mark.column + 1 if mark else 0
        plain = next((plain for words, plain in _YAML_PROBLEMS if words in problem), problem)
        return Diagnostic(self.file, line, f"this is not valid YAML: {plain}", mend, column)


def _step(node: yaml.Node | None, step: int | str) -> tuple[yaml.Mark, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in reversed(node.value):
            if key.value == step:
                return key.start_mark, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step].start_mark, node.value[step]
    return None


def _yaml_mend(problem: str, *, tabbed: bool) -> str:
    if tabbed:
        return "Indent with spaces, not tabs."
    if "mapping values" in problem:
        return 'Put text that holds a colon in quotes: title: "Night: A Beginning".'
    if any(
        word in problem for word in ("alias", "anchor", "token", "alphabetic or numeric", "sequence entries")
    ):
        return "Put text that begins with a sign such as *, -, &, @ or % in quotes."
    if "tag" in problem:
        return "Put text that begins with ! in quotes."
    return (
        "Look at this line and the one above it: a quote or bracket may not be closed, or the indent is off."
    )
