"""Front matter of a chapter: the keys at the top of the file, mostly YAML between two `---` lines."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bot.content.chapters.front_matter_detection import (
    all_keys,
    has_known_key,
    has_own_key,
    has_telling_key,
    looks_like_keys,
    skip_comments,
)
from bot.content.chapters.front_matter_forms import (
    MatterBlock,
    MatterForm,
    find_other_form,
    may_be_other_form,
)
from bot.content.chapters.front_matter_keys import (
    MergedKeys,
    passed_over,
    restored_titles,
    with_straight_quotes,
)
from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.chapters.matter_below_heading import blank_matter_below_heading
from bot.content.chapters.matter_sources import HeaderSource, MatterSource, TomlSource
from bot.domain.diagnostics import Diagnostic
from bot.schemas.validation import fill
from bot.schemas.yaml_source import Location, YamlSource

_SCENE_BREAK = "If this is a scene break, write *** instead."
_MOST_BLOCKS = 4
_FENCE = re.compile(r"---[ \t]*")
_END = re.compile(r"(?:---|\.\.\.)[ \t]*")
_LATE_FENCE = re.compile(r"-{3,}+[ \t]*+(?:ya?ml[ \t]*+)?")
_LATE_END = re.compile(r"[ ]{0,3}(?:-{3,}+|\.\.\.)[ \t]*+")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Front matter as read: the filled schema (None if it cannot be filled) with every fault and warning."""

    form: FrontMatterSchema | None
    faults: list[Diagnostic]
    _keys: MergedKeys

    @property
    def passed(self) -> Mapping[str, Any]:
        """The values of other tools' keys."""
        return self._keys.passed_values

    def line(self, at: Location) -> int:
        """Return the line of the file on which a value is written."""
        return self.fault(at, "", "").line

    def fault(self, at: Location, problem: str, mend: str) -> Diagnostic:
        """Return a fault of a value, with its place in the file."""
        source, written = self._keys.place(at)
        return source.fault(written, problem, mend)


def read_matter(name: str, parts: Parts) -> FrontMatter:
    """Read front matter. Our keys may be capitalized; keys of other tools are skipped with one warning."""
    sources = [_source(name, block) for block in parts.blocks] or [YamlSource(name, "", parts.matter_line)]
    keys = MergedKeys(sources[0])
    faults: list[Diagnostic] = []
    warnings: list[Diagnostic] = []
    for block, source in zip(parts.blocks, sources, strict=False):
        value, found = source.read()
        if value is None and found:
            return FrontMatter(None, _in_doubt(faults + found, parts), keys)
        faults += found
        if isinstance(value, dict):
            warnings += restored_titles(source, block, value)
            keys.add(source, value, tables=block.form is MatterForm.TOML)
        elif value is not None:
            # Something else than keys: the schema says so.
            return FrontMatter(None, _in_doubt(faults + _filled(value, keys)[1], parts), keys)
    faults += keys.finish()
    form, more = _filled(keys.own, keys)
    if keys.passed:
        warnings.append(passed_over(keys))
    return FrontMatter(None if faults else form, _in_doubt(faults + more, parts) + warnings, keys)


def _filled(value: object, keys: MergedKeys) -> tuple[FrontMatterSchema | None, list[Diagnostic]]:
    def blame(at: Location, problem: str, mend: str) -> Diagnostic:
        source, written = keys.place(at)
        return source.fault(written, problem, mend)

    return fill(FrontMatterSchema, value, blame)


def _source(name: str, block: MatterBlock) -> MatterSource:
    if block.form is MatterForm.TOML:
        return TomlSource(name, block.text, block.line)
    if block.form is MatterForm.HEADER:
        return HeaderSource(name, block.headers)
    return YamlSource(name, with_straight_quotes(block.text), block.line)


def _in_doubt(faults: list[Diagnostic], parts: Parts) -> list[Diagnostic]:
    """Add to the faults what to do if the text was not meant as front matter at all."""
    if not parts.doubtful:
        return faults
    return [replace(fault, mend=f"{fault.mend} {_SCENE_BREAK}") for fault in faults]


@dataclass(frozen=True, slots=True)
class Parts:
    """A chapter file split into front matter and body.

    `matter` is None without front matter; `matter_line` and `body_line` are the first lines of both. `blocks` are
    all pieces of front matter, mostly one. `doubtful` means that none of the keys is ours or nearly so, so that it
    may be text. If `unclosed` is not empty, it is the line that should close front matter, which begins on
    `matter_line` less one.
    """

    matter: str | None
    body: str
    body_line: int
    unclosed: str = ""
    matter_line: int = 2
    doubtful: bool = False
    blocks: tuple[MatterBlock, ...] = ()

    @property
    def closed(self) -> bool:
        """True if no front matter lacks its end."""
        return not self.unclosed


def split(text: str) -> Parts:
    """Split a chapter's text into front matter and body.

    A `---` on the very first line opens front matter if what follows looks like keys; otherwise it is a scene
    break, as it is further down. Front matter after blank lines and comments is accepted if all of it is
    keys, as is a second one right after the first. `bot.content.chapters.front_matter_forms` has its other forms.
    """
    parts = _split_first(text)
    if parts.matter is None and parts.closed:
        parts = _split_later(text, 1) or parts
    while parts.closed and parts.matter is not None and len(parts.blocks) < _MOST_BLOCKS:
        more = _split_later(parts.body, parts.body_line)
        if more is None or not _is_second(more):
            break
        parts = replace(
            parts,
            body=more.body,
            body_line=more.body_line,
            blocks=parts.blocks + more.blocks,
            doubtful=parts.doubtful and more.doubtful,
        )
    return _with_matter_below_heading(parts) if parts.closed else parts


def _with_matter_below_heading(parts: Parts) -> Parts:
    found = blank_matter_below_heading(parts.body, parts.body_line)
    if found is None:
        return parts
    block, body = found
    return replace(parts, matter=parts.matter or block.text, body=body, blocks=(*parts.blocks, block))


def _is_second(more: Parts) -> bool:
    """Return whether this can follow front matter: dialogue between two scene breaks can as well."""
    return more.closed and any(
        block.form is not MatterForm.YAML or has_telling_key(block.text.split("\n")) for block in more.blocks
    )


def _split_first(text: str) -> Parts:
    """Split a text that begins with `---`."""
    first, newline, rest = text.partition("\n")
    if not _FENCE.fullmatch(first):
        return Parts(None, text, 1)
    lines = rest.split("\n") if newline else []
    ends = (number for number, line in enumerate(lines) if _END.fullmatch(line))
    end = next(ends, None)
    if end is None or not all_keys(lines[:end]):
        # A block scalar may hold such a line as well, so the one at the margin comes first.
        indented = next(
            (number for number, line in enumerate(lines[:end]) if _LATE_END.fullmatch(line)), None
        )
        if indented is not None and all_keys(lines[:indented]) and has_known_key(lines[:indented]):
            end = indented
    if end is not None:
        matter = lines[:end]
        return _parts(matter, lines[end + 1 :], 2) if looks_like_keys(matter) else Parts(None, text, 1)
    if looks_like_keys(_first_paragraph(lines), closed=False):
        return Parts(None, text, 1, unclosed="---")
    return Parts(None, text, 1)


def _split_later(text: str, number: int) -> Parts | None:
    """Split a text whose front matter has another form, or follows blank lines and comments.

    `number` is that of the text's first line.
    """
    start = skip_comments(text)
    if text[start : start + 1] in ("", "<", "!", "“", "”", "—"):
        return None
    first = number + text.count("\n", 0, start)
    if not text.startswith("---", start):
        return _split_other(text, start, first)
    fence, *lines = text[start:].split("\n")
    if not _LATE_FENCE.fullmatch(fence):
        return None
    end = next((at for at, line in enumerate(lines) if _LATE_END.fullmatch(line)), None)
    if end is None or not (all_keys(lines[:end]) and has_known_key(lines[:end])):
        return None
    return _parts(lines[:end], lines[end + 1 :], first + 1)


def _split_other(text: str, start: int, first: int) -> Parts | None:
    if not may_be_other_form(text, start):
        return None
    lines = text[start:].split("\n")
    block = find_other_form(lines, first)
    if block is None:
        return None
    if block.fence:
        return Parts(None, text, 1, unclosed=block.fence, matter_line=block.line + 1)
    body = "\n".join(lines[block.end - first :])
    return Parts(block.text, body, block.end, matter_line=block.line, blocks=(block,))


def _parts(matter: list[str], body: list[str], line: int) -> Parts:
    text = "".join(f"{kept}\n" for kept in matter)
    return Parts(
        text,
        "\n".join(body),
        line + len(matter) + 1,
        matter_line=line,
        doubtful=bool(matter) and not has_own_key(matter),
        blocks=(MatterBlock(text, line),),
    )


def _first_paragraph(lines: Sequence[str]) -> Sequence[str]:
    begun = False
    for number, line in enumerate(lines):
        if begun and not line.strip():
            return lines[:number]
        begun = begun or bool(line.strip())
    return lines
