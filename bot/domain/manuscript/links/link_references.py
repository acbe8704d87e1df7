"""References: links whose targets are defined elsewhere in the text, `[text][1]` and `[1]: https://…`."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from bot.domain.manuscript.code_spans import CodeLookup, find_code
from bot.domain.manuscript.links.link_syntax import Link, read_link, scan_labels
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.text.sign_search import has_sign

_DEFINITION = re.compile(
    r"""(?m)^(?:[ ]{0,3}>)*[ ]{0,3}\[(?P<label>(?!\^)(?:\\[^\n]|[^\[\]\\\n]){1,300})\]:
    [ \t]*+(?:\n[ \t]*+)?(?:<(?P<held>[^<>\n]{0,2000})>|(?P<bare>[^\s<]\S{0,2000}+))
    (?P<title>(?:[ \t]{0,99}\n[ \t]{0,99}|[ \t]{1,99})(?:"[^"\n]{0,500}+"|'[^'\n]{0,500}+'|\([^()\n]{0,500}+\)))?
    [ \t]*+(?:$\n?|\Z)""",
    re.VERBOSE,
)
_LABEL = re.compile(r"\[(?P<label>(?:\\[^\n]|[^\[\]\\]){0,300}+)\]")
_TASK = re.compile(r"[ \t>]*+(?:[-*+]|\d{1,9}[.)])[ \t]++\Z")
_LIKE_A_TARGET = re.compile(
    r"\A(?:[a-z][a-z0-9+.-]{1,30}:\S|www\.|\.{0,2}/\S|#)|\w\.[a-z]\w{0,7}(?:[?#]\S{0,400})?\Z", re.IGNORECASE
)
_BLANKS = re.compile(r"\s++")
_LONGEST = 300
"""Characters of a label."""


@dataclass(slots=True)
class _Definition:
    """A definition at `text[start:end]`; `sure` if it cannot be a line of dialogue such as `[Mara]: Yes`."""

    start: int
    end: int
    target: str
    sure: bool
    used: bool = False


@dataclass(frozen=True, slots=True)
class _Use:
    """A reference: `text[label_end:end]` is what stands behind its label."""

    label_end: int
    end: int
    key: str


def read_references(draft: TrackedText) -> None:
    """Write the target of each reference into the link itself, and remove the definitions."""
    if not has_sign(draft.text, "]:"):
        return
    definitions, first = _definitions(draft.text)
    if not definitions:
        return
    uses = _uses(draft.text, first, definitions)
    edits = [Edit(use.label_end, use.end, f"](<{first[use.key].target}>)") for use in uses]
    edits += [Edit(one.start, one.end, "") for one in definitions if one.sure or one.used]
    draft.rewrite(sorted(edits))


def _definitions(text: str) -> tuple[list[_Definition], dict[str, _Definition]]:
    """Return the definitions in order, and by label the one that counts."""
    code = CodeLookup(find_code(text))
    found: list[_Definition] = []
    first: dict[str, _Definition] = {}
    at = 0
    while match := _DEFINITION.search(text, at):
        at = max(match.end(), match.start() + 1)
        if (stretch := code.around(match.start())) is not None:
            at = stretch.end
            continue
        target = match["held"] if match["bare"] is None else match["bare"]
        sure = match["bare"] is None or match["title"] is not None or bool(_LIKE_A_TARGET.search(target))
        one = _Definition(match.start(), match.end(), target.strip(), sure)
        found.append(one)
        first.setdefault(_key(match["label"]), one)
    return found, first


def _key(label: str) -> str:
    return _BLANKS.sub(" ", label).strip().casefold()


def _uses(text: str, first: dict[str, _Definition], definitions: list[_Definition]) -> list[_Use]:
    """Return the references; one in a label comes before the one around it."""
    starts = [one.start for one in definitions]

    def read(start: int, end: int, picture: bool) -> _Use | Link | None:
        index = bisect_right(starts, start) - 1
        if index >= 0 and start < definitions[index].end:
            return None
        return read_link(text, start, end, picture) or _use(text, start, end, picture, first)

    return [use for use in scan_labels(text, read) if isinstance(use, _Use)]


def _use(text: str, start: int, end: int, picture: bool, first: dict[str, _Definition]) -> _Use | None:
    following = _LABEL.match(text, end + 1)
    if following is not None and (key := _key(following["label"])) in first:
        first[key].used = True
        return _Use(end, following.end(), key)
    written = text[start + 1 + picture : end] if end - start <= _LONGEST else ""
    definition = first.get(key := _key(written))
    if definition is None:
        return None
    if following is not None and not following["label"].strip():
        definition.used = True
        return _Use(end, following.end(), key)
    # A word in brackets may be anything: only a picture, or a definition beyond doubt, makes it a reference.
    if not (picture or definition.sure) or text[end + 1 : end + 2] in ("{", ":"):
        return None
    if _is_task(text, start, written):
        return None
    definition.used = True
    return _Use(end, end + 1, key)


def _is_task(text: str, start: int, label: str) -> bool:
    line = text.rfind("\n", max(0, start - 40), start) + 1
    return label in (" ", "x", "X", "/", "-", ">") and _TASK.match(text[line:start]) is not None
