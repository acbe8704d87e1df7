"""The keys of front matter: ours, those of other tools, and those that stand in several pieces of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.content.chapters.front_matter_forms import MatterBlock, MatterForm
from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.chapters.matter_sources import MatterSource, unquoted
from bot.content.chapters.third_party_front_matter import holds_back, is_third_party_key
from bot.domain.diagnostics import Diagnostic
from bot.schemas.base import nearest_word
from bot.schemas.yaml_source import KeyLocation, Location

_OWN = list(FrontMatterSchema.model_fields)
_NEAR_MISS = 0.7
_VAULT = 3
"""Keys of other tools that show a file to be kept by one; then it may have keys that only its author knows."""

_MOST_NAMED = 10
_CURLY = re.compile(r"(?m)^([ \t]*[\w-]{1,40}:[ \t]+)[“„”]([^\"\\“”„\n]*)[“”]([ \t]*)$")
_COMMENTED = re.compile(r"(?im)^[\"']?(title)[\"']?[ \t]*:[ \t]+(#+[ \t]*([^\n]*))$")
_NULL = re.compile(r"(?m)^[Tt]itle:[ \t]+(Null|NULL)[ \t]*$")
"""A title; tools write `null` where there is none."""


@dataclass(slots=True)
class MergedKeys:
    """The keys of all pieces of front matter; `first` is the source that faults of no key are found in."""

    first: MatterSource
    own: dict[Any, Any] = field(default_factory=dict)
    """Our keys, and those that nobody knows."""
    passed: dict[str, MatterSource] = field(default_factory=dict)
    """Keys of other tools."""
    passed_values: dict[str, Any] = field(default_factory=dict)
    """The values of those."""
    held_by: str = ""
    """The key of another tool that keeps the chapter back."""

    _written: dict[Any, tuple[MatterSource, Any]] = field(default_factory=dict)
    _twice: list[Diagnostic] = field(default_factory=list)
    _holding: dict[str, Any] = field(default_factory=dict)

    def add(self, source: MatterSource, value: Mapping[Any, Any], *, tables: bool) -> None:
        """Add a piece; with `tables`, other tools have groups of keys under any name in it."""
        for key, each in value.items():
            ours = key.strip().casefold() if isinstance(key, str) else key
            if ours in FrontMatterSchema.model_fields:
                self._add_own(source, ours, key, each)
            elif isinstance(key, str) and (is_third_party_key(key) or (tables and _is_table(key, each))):
                self.passed.setdefault(key, source)
                self.passed_values.setdefault(key, each)
                if holds_back(key, each):
                    self._holding.setdefault(key, source)
            else:
                self.own[key] = each
                self._written[key] = source, key

    def _add_own(self, source: MatterSource, ours: str, key: str, value: Any) -> None:
        if ours not in self.own or self.own[ours] is None:
            self.own[ours], self._written[ours] = value, (source, key)
            return
        other, _ = self._written[ours]
        if other is source:
            self._twice.append(
                source.fault(KeyLocation([key]), f"“{key}” stands here twice", "Keep one of the two.")
            )
        elif value is not None and value != self.own[ours]:
            problem = f"“{key}” stands in two pieces of front matter"
            self._twice.append(source.fault(KeyLocation([key]), problem, "Keep one of the two."))

    def finish(self) -> list[Diagnostic]:
        """Settle what depends on all pieces, and return the faults of keys that stand there twice."""
        unknown = [key for key in self.own if key not in FrontMatterSchema.model_fields]
        if len(self.passed) >= _VAULT:
            for key in unknown:
                if isinstance(key, str) and nearest_word(key, _OWN, likeness=_NEAR_MISS) is None:
                    self.passed_values[key] = self.own.pop(key)
                    self.passed[key] = self._written[key][0]
        if self._holding and self.own.get("draft") is None:
            self.held_by = next(iter(self._holding))
            self.own["draft"], self._written["draft"] = "true", (self._holding[self.held_by], self.held_by)
        return self._twice

    def place(self, at: Location) -> tuple[MatterSource, Location]:
        """Return the source of a value, and the way to it as it is written there."""
        if not at or at[0] not in self._written:
            return self.first, at
        source, key = self._written[at[0]]
        written = [key, *at[1:]]
        return source, KeyLocation(written) if isinstance(at, KeyLocation) else written


def _is_table(key: str, value: object) -> bool:
    group = isinstance(value, dict) or (
        isinstance(value, list) and any(isinstance(each, dict) for each in value)
    )
    return group and nearest_word(key, _OWN, likeness=_NEAR_MISS) is None


def passed_over(keys: MergedKeys) -> Diagnostic:
    """Return the warning that names the keys of other tools."""
    names = list(keys.passed)
    named = ", ".join(f"“{key}”" for key in names[:_MOST_NAMED])
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    one = len(names) == 1
    problem = f"{named}{more} {'is a key' if one else 'are keys'} of other tools and passed over"
    mend = f"Nothing needs to be done; {'it' if one else 'they'} may stay or go."
    if keys.held_by:
        mend = f"This chapter is kept back by “{keys.held_by}”, as by draft: true; to publish it, write draft: false."
    source = keys.passed[names[0]]
    return replace(source.fault(KeyLocation([names[0]]), problem, mend), warning=True)


def with_straight_quotes(text: str) -> str:
    """Return YAML with straight quotes where an editor made those around a value curly."""
    if not any(quote in text for quote in "“„”"):
        return text
    return _CURLY.sub(r'\1"\2"\3', text)


def restored_titles(source: MatterSource, block: MatterBlock, value: dict[Any, Any]) -> list[Diagnostic]:
    """Give a title back that YAML takes for a comment, and say so."""
    if block.form is not MatterForm.YAML:
        return []
    for key, title in value.items():
        if not isinstance(key, str) or key.casefold() != "title":
            continue
        if isinstance(title, str):
            value[key] = unquoted(title)
        elif title is None and (found := _COMMENTED.search(block.text)) is not None and found[3].strip():
            value[key] = found[3].rstrip("# \t")
            problem = f"“{found[2].strip()}” is a comment to YAML; it was taken as the title “{value[key]}”"
            mend = f'Write title: "{value[key]}".'
            return [replace(source.fault([key], problem, mend), warning=True)]
        elif title is None and (named := _NULL.search(block.text)) is not None:
            value[key] = named[1]
    return []
