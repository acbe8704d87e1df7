"""Front matter of a chapter: the YAML between two `---` lines at the top of the file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bot.content.chapters.front_matter_detection import (
    all_keys,
    has_known_key,
    has_own_key,
    looks_like_keys,
    skip_comments,
)
from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.chapters.third_party_front_matter import KEPT_BACK, is_third_party_key, normalize_key
from bot.domain.diagnostics import Diagnostic
from bot.schemas.validation import fill
from bot.schemas.yaml_source import Location, YamlSource

_MOST_NAMED = 10
_NO = ("false", "no", "off")
_SCENE_BREAK = "If this is a scene break, write *** instead."
_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")
_LATE_FENCE = re.compile(r"-{3,}+[ \t]*+(?:ya?ml[ \t]*+)?")
_LATE_END = re.compile(r"[ ]{0,3}(?:-{3,}+|\.\.\.)[ \t]*+")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter as read: the filled schema (None if it cannot be filled) with every fault and warning."""

    form: FrontMatterSchema | None
    faults: list[Diagnostic]
    _source: YamlSource
    _written: Mapping[str, str]
    passed: Mapping[str, Any] = field(default_factory=dict)
    """The values of other tools' keys."""

    def line(self, at: Location) -> int:
        """Return the line of the file on which a value is written."""
        return self._source.line(_as_written(at, self._written))


def read_matter(name: str, parts: Parts) -> FrontMatter:
    """Read front matter. Our keys may be capitalized; keys of other tools are skipped with one warning."""
    source = YamlSource(name, parts.matter or "", parts.matter_line)
    value, faults = source.read()
    written: dict[str, str] = {}
    if value is None and faults:
        return FrontMatter(None, _in_doubt(faults, parts), source, written)
    passed: list[str] = []
    all_values = value if isinstance(value, dict) else {}
    if isinstance(value, dict):
        value, twice = _sorted_out(value, written, passed)
        faults += [source.fault([key], f"“{key}” stands here twice", "Keep one of the two.") for key in twice]

    def blame(at: Location, problem: str, mend: str) -> Diagnostic:
        return source.fault(_as_written(at, written), problem, mend)

    form, more = fill(FrontMatterSchema, {} if value is None else value, blame)
    found = _in_doubt(faults + more, parts)
    warnings = [_passed_over(source, passed, written.get("draft"))] if passed else []
    others = {key: all_values[key] for key in passed}
    return FrontMatter(None if faults else form, found + warnings, source, written, others)


def _sorted_out(
    value: dict[Any, Any], written: dict[str, str], passed: list[str]
) -> tuple[dict[Any, Any], list[str]]:
    """Separate our keys and unknown keys from those of other tools, and find our keys that occur twice.

    `written` receives the spelling of our keys in the file, `passed` the keys of other tools.
    """
    own: dict[Any, Any] = {}
    twice: list[str] = []
    for key, each in value.items():
        ours = key.strip().casefold() if isinstance(key, str) else key
        if ours in FrontMatterSchema.model_fields:
            if ours in own:
                twice.append(key)
            own[ours], written[ours] = each, key
        elif isinstance(key, str) and is_third_party_key(key):
            passed.append(key)
        else:
            own[key] = each
    kept_back = [
        key for key in passed if normalize_key(key) in KEPT_BACK and str(value[key]).casefold() in _NO
    ]
    if kept_back and "draft" not in own:
        own["draft"], written["draft"] = "true", kept_back[0]
    return own, twice


def _as_written(at: Location, written: Mapping[str, str]) -> Location:
    return [written.get(str(step), step) if place == 0 else step for place, step in enumerate(at)]


def _in_doubt(faults: list[Diagnostic], parts: Parts) -> list[Diagnostic]:
    """Add to the faults what to do if the text was not meant as front matter at all."""
    if not parts.doubtful:
        return faults
    return [replace(fault, mend=f"{fault.mend} {_SCENE_BREAK}") for fault in faults]


def _passed_over(source: YamlSource, keys: list[str], draft: str | None) -> Diagnostic:
    named = ", ".join(f"“{key}”" for key in keys[:_MOST_NAMED])
    more = f" and {len(keys) - _MOST_NAMED} more" if len(keys) > _MOST_NAMED else ""
    one = len(keys) == 1
    problem = f"{named}{more} {'is a key' if one else 'are keys'} of other tools and passed over"
    mend = f"Nothing needs to be done; {'it' if one else 'they'} may stay or go."
    if draft in keys:
        mend = f"This chapter is kept back as by draft: true, for “{draft}” says no."
    return replace(source.fault([keys[0]], problem, mend), warning=True)


@dataclass(frozen=True, slots=True)
class Parts:
    """A chapter file split into front matter and body.

    `matter` is None without front matter; `matter_line` and `body_line` are the first lines of both.
    `doubtful` means that none of its keys is ours or nearly so, so that it may be text.
    """

    matter: str | None
    body: str
    body_line: int
    closed: bool = True
    matter_line: int = 2
    doubtful: bool = False


def split(text: str) -> Parts:
    """Split a chapter's text into front matter and body.

    A `---` on the very first line opens front matter if what follows looks like keys; otherwise it is a scene
    break, as it is further down. Front matter after blank lines and comments is accepted if all of it is
    keys.
    """
    first, newline, rest = text.partition("\n")
    if not _FENCE.fullmatch(first):
        return _split_later(text) or Parts(None, text, 1)
    lines = rest.split("\n") if newline else []
    for number, line in enumerate(lines):
        if _END.fullmatch(line):
            matter = lines[:number]
            if not looks_like_keys(matter):
                return Parts(None, text, 1)
            return _parts(matter, lines[number + 1 :], 2)
    if looks_like_keys(_first_paragraph(lines), closed=False):
        return Parts(None, text, 1, closed=False)
    return Parts(None, text, 1)


def _split_later(text: str) -> Parts | None:
    """Split a text whose front matter follows blank lines and comments, or other rows of hyphens."""
    start = skip_comments(text)
    if not text.startswith("---", start):
        return None
    first, *lines = text[start:].split("\n")
    if not _LATE_FENCE.fullmatch(first):
        return None
    end = next((number for number, line in enumerate(lines) if _LATE_END.fullmatch(line)), None)
    if end is None or not (all_keys(lines[:end]) and has_known_key(lines[:end])):
        return None
    return _parts(lines[:end], lines[end + 1 :], text.count("\n", 0, start) + 2)


def _parts(matter: list[str], body: list[str], line: int) -> Parts:
    return Parts(
        "".join(f"{kept}\n" for kept in matter),
        "\n".join(body),
        line + len(matter) + 1,
        matter_line=line,
        doubtful=bool(matter) and not has_own_key(matter),
    )


def _first_paragraph(lines: list[str]) -> list[str]:
    begun = False
    for number, line in enumerate(lines):
        if begun and not line.strip():
            return lines[:number]
        begun = begun or bool(line.strip())
    return lines
