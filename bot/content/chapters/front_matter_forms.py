"""The forms of front matter beside YAML between `---`: TOML, JSON, header lines and title blocks.

A text may begin like any of them. So lines count as front matter only if their keys are ours or another tool's.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.content.chapters.front_matter_detection import all_keys, has_telling_key, is_known_key
from bot.content.chapters.front_matter_schema import FrontMatterSchema
from bot.content.chapters.matter_sources import HeaderLine
from bot.content.chapters.third_party_front_matter import normalize_key

_KEY = re.compile(r"(?P<key>[^\W\d_][\w .-]{0,40}?)[ \t]{0,4}:(?:[ \t]+(?P<value>.*))?$")
_BOLD_KEY = re.compile(
    r"""(?:[-*+][ ]+)?(?P<mark>\*\*|__)(?P<key>[^\W\d_][\w .-]{0,40}?)[ ]?
    (?::(?P=mark)|(?P=mark)[ ]?:)[ \t]*(?P<value>.*)$""",
    re.VERBOSE,
)
_ORG_KEY = re.compile(r"#\+(?P<key>[A-Za-z][\w-]{0,40}):[ \t]*(?P<value>.*)$")
_JSON = re.compile(r"\{\s{0,200}\"[^\"\n]{1,60}\"\s{0,20}:")
_JSON_KEY = re.compile(r"\"([^\"\n]{1,60})\"\s{0,20}:")
_TOML_KEY = re.compile(r"""[ \t]*(?:\[+["'\w .-]+\]+|["']?[\w.-]+["']?[ \t]*=)""")
_CODE = re.compile(r"(?P<fence>`{3,}|~{3,})[ \t]*(?P<kind>ya?ml|toml|json)[ \t]*$", re.IGNORECASE)
_LINE_ENDS = ("\\", "<br>", "<br/>", "<br />")
_ALONE = frozenset(("title", "draft", "publish_at"))
"""Keys that are no text, even alone."""

_MOST_LINES = 400


class MatterForm(StrEnum):
    """A notation of front matter."""

    YAML = "yaml"
    TOML = "toml"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class MatterBlock:
    """Front matter found in a text: its lines, the first of which is `line`; the text goes on at line `end`."""

    text: str
    line: int
    form: MatterForm = MatterForm.YAML
    headers: tuple[HeaderLine, ...] = ()
    end: int = 0
    fence: str = ""
    """The line that should have closed it, if there is none."""


def may_be_other_form(text: str, start: int) -> bool:
    """Return whether a text may have front matter at `start`, from its first line alone."""
    line = text[start : start + 200].partition("\n")[0].rstrip()
    return line.startswith(("+++", ";;;", "```", "~~~", "{", "%", "#+")) or bool(
        _KEY.match(line) or _BOLD_KEY.match(line)
    )


def find_other_form(lines: Sequence[str], first: int) -> MatterBlock | None:
    """Return the front matter that a text begins with, if it is in one of these forms.

    Args:
        lines: The lines from the first that is not empty on.
        first: The number of that line in the file.
    """
    top = lines[0].rstrip()
    if top == "+++":
        return _fenced(lines, first, "+++", MatterForm.TOML)
    if top == ";;;":
        return _fenced(lines, first, ";;;", MatterForm.YAML)
    if top.startswith(("```", "~~~")):
        return _code(lines, first)
    if top.startswith("{"):
        return _json(lines, first)
    if top == "%" or top.startswith("% "):
        return _title_block(lines, first)
    if top.startswith("#+"):
        return _org(lines, first)
    if _BOLD_KEY.match(top):
        return _bold(lines, first)
    return _plain(lines, first) if _KEY.match(top) else None


def _fenced(lines: Sequence[str], first: int, fence: str, form: MatterForm) -> MatterBlock | None:
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == fence), None)
    within = list(lines[1:end])
    written = [line for line in within if line.strip() and not line.lstrip().startswith("#")]
    opening = _TOML_KEY if form is MatterForm.TOML else re.compile(r"\s*[{\"]")
    if not written:
        return MatterBlock("", first + 1, form, end=first + end + 1) if end and within[:-1] else None
    if opening.match(written[0]) is None:
        return None
    if end is None:
        # What stands between two scene breaks may be anything; without a second, only a key is none.
        known = is_known_key(re.split(r"[=:\]]", written[0].strip(" {[\"'"))[0].strip(" \"'"))
        return MatterBlock("", first, form, fence=fence) if known else None
    return _block(within, first + 1, first + end + 1, form)


def _code(lines: Sequence[str], first: int) -> MatterBlock | None:
    opened = _CODE.match(lines[0])
    if opened is None:
        return None
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == opened["fence"]), None)
    if end is None:
        return None
    within = lines[1:end]
    if opened["kind"].lower() == "toml":
        keys = [
            found.strip(" \"'") for line in within if _TOML_KEY.match(line) for found in [line.split("=")[0]]
        ]
        known = any(normalize_key(key) in FrontMatterSchema.model_fields for key in keys)
        return _block(within, first + 1, first + end + 1, MatterForm.TOML) if known else None
    if not (all_keys(within) and has_telling_key(within)):
        return None
    return _block(within, first + 1, first + end + 1, MatterForm.YAML)


def _json(lines: Sequence[str], first: int) -> MatterBlock | None:
    if _JSON.match("\n".join(lines[:20])) is None:
        return None
    end = 0 if lines[0].rstrip().endswith("}") and lines[0].count("{") == lines[0].count("}") else None
    if end is None:
        end = next((at for at, line in enumerate(lines[:_MOST_LINES]) if line.rstrip() == "}"), None)
    keys = _JSON_KEY.findall("\n".join(lines[: _MOST_LINES if end is None else end + 1]))
    if not any(is_known_key(key) for key in keys):
        return None
    if end is None:
        return MatterBlock("", first, fence="}")
    return _block(lines[: end + 1], first, first + end + 1, MatterForm.YAML)


def _title_block(lines: Sequence[str], first: int) -> MatterBlock | None:
    """Read pandoc's title block: up to three fields after `%`, each continued by indented lines."""
    headers: list[HeaderLine] = []
    at = 0
    while at < len(lines) and len(headers) < 4 and (lines[at].rstrip() == "%" or lines[at].startswith("% ")):
        value, start = lines[at][1:].strip(), at
        at += 1
        while at < len(lines) and lines[at][:1] in (" ", "\t") and lines[at].strip():
            value += f" {lines[at].strip()}"
            at += 1
        headers.append(HeaderLine(("title", "author", "date", "%")[len(headers)], value, first + start))
    if len(headers) > 3 or (len(headers) == 1 and (at == len(lines) or lines[at].strip())):
        return None
    return _headers(lines[:at], headers, first)


def _org(lines: Sequence[str], first: int) -> MatterBlock | None:
    headers = _leading(lines, first, _ORG_KEY)
    keys = {normalize_key(header.key) for header in headers}
    if not headers or any(key.startswith(("begin", "end")) for key in keys):
        return None
    return _headers(lines[: len(headers)], headers, first)


def _bold(lines: Sequence[str], first: int) -> MatterBlock | None:
    """Read lines such as `**Author:** Ada`, which blank lines may part."""
    headers: list[HeaderLine] = []
    end = 0
    for at, line in enumerate(lines[:_MOST_LINES]):
        if not line.strip():
            continue
        found = _BOLD_KEY.match(line)
        if found is None or not is_known_key(found["key"]):
            break
        column = found.start("value") + 1
        headers.append(HeaderLine(found["key"], _without_line_end(found["value"]), first + at, column))
        end = at + 1
    if not _is_certain(headers) or (len(headers) == 1 and "".join(lines[end : end + 1]).strip()):
        return None
    return _headers(lines[:end], headers, first)


def _plain(lines: Sequence[str], first: int) -> MatterBlock | None:
    """Read lines such as MultiMarkdown's `Title: The Lamp`, also YAML whose `---` are missing."""
    paragraph = list(lines[: next((at for at, line in enumerate(lines) if not line.strip()), len(lines))])
    closing = next((at for at, line in enumerate(paragraph) if line.rstrip() in ("---", "...")), None)
    if closing is not None:
        paragraph = paragraph[:closing]
    after = len(paragraph) + (closing is not None)
    if all_keys(paragraph) and any(not _KEY.match(line) for line in paragraph):
        known = [
            key for line in paragraph if (found := _KEY.match(line)) and is_known_key(key := found["key"])
        ]
        if has_telling_key(paragraph) and (len(known) > 1 or closing is not None):
            return _block(paragraph, first, first + after, MatterForm.YAML)
        return None
    headers = _leading(paragraph, first, _KEY)
    if len(headers) < len(paragraph):
        # Prose follows at once: only the lines before it that can be nothing else.
        headers = headers[
            : next((n for n, each in enumerate(headers) if not is_known_key(each.key)), len(headers))
        ]
        after = len(headers)
        certain = _is_certain(headers) and all(each.value for each in headers)
    else:
        certain = _is_certain([each for each in headers if is_known_key(each.key)])
    return _headers(lines[:after], headers, first) if certain else None


def _is_certain(headers: Sequence[HeaderLine]) -> bool:
    """Return whether known keys are front matter: some, such as a date and a place, head a letter as well."""
    if len(headers) == 1:
        return normalize_key(headers[0].key) in _ALONE and bool(headers[0].value)
    return bool(headers) and has_telling_key([f"{each.key}:" for each in headers])


def _leading(lines: Sequence[str], first: int, pattern: re.Pattern[str]) -> list[HeaderLine]:
    headers: list[HeaderLine] = []
    for at, line in enumerate(lines[:_MOST_LINES]):
        found = pattern.match(line)
        if found is None:
            break
        value = _without_line_end(found["value"] or "")
        headers.append(HeaderLine(found["key"], value, first + at, found.start("value") + 1))
    return headers


def _without_line_end(value: str) -> str:
    bare = value.rstrip()
    return next((bare.removesuffix(end).rstrip() for end in _LINE_ENDS if bare.endswith(end)), bare)


def _headers(lines: Sequence[str], headers: Sequence[HeaderLine], first: int) -> MatterBlock:
    text = "".join(f"{line}\n" for line in lines)
    return MatterBlock(text, first, MatterForm.HEADER, tuple(headers), end=first + len(lines))


def _block(lines: Sequence[str], line: int, end: int, form: MatterForm) -> MatterBlock:
    return MatterBlock("".join(f"{kept}\n" for kept in lines), line, form, end=end)
