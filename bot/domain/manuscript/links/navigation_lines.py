"""Navigation lines: links to the previous and the next chapter, which the bot has buttons for."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.domain.manuscript.code_spans import CodeLookup, find_code
from bot.domain.manuscript.links.link_syntax import ESCAPE, Link, find_links
from bot.domain.manuscript.links.navigation_words import ARROWS, SEPARATORS, Direction, find_directions
from bot.domain.manuscript.offset_tracking import Edit, TrackedText

_LONGEST = 600
"""Characters of a line to be looked at, with the targets of its links."""

_MOST_LOOKED_AT = 4
_LINK = "\ufffc"
_ARROW = re.compile(rf"[{re.escape(ARROWS)}]|<-+|-+>|=+>|<=+")
_POINTERS = "←→⇐⇒⟵⟶◀▶◁▷◄►⬅➡"
"""Arrows that are no quotation marks."""

_POINTER = re.compile(rf"[{_POINTERS}]|<-+|-+>|<<|>>|=+>|<=+")
_QUOTE = re.compile(r"\A[ \t]*+(?:>(?![>\]])[ \t]*+)*+")
_SEPARATOR = re.compile(rf"[{re.escape(SEPARATORS)}]+")
_TITLED = re.compile(
    rf"(?P<words>[^:：–—]{{1,40}}?)\s*+(?:[:：–—]|\s-\s|[{re.escape(ARROWS)}]).{{1,200}}\Z", re.DOTALL
)
_BLANK = re.compile(r"\s++")
_RULE = re.compile(r"[ \t]*+(?:(?:\*[ \t]*+){3,}|(?:-[ \t]*+){3,}|(?:_[ \t]*+){3,})")


@dataclass(slots=True)
class _Line:
    """A line at `text[start:end]`, without its line end, and the links in it."""

    start: int
    end: int
    links: list[Link] = field(default_factory=list)


def remove_navigation(draft: TrackedText) -> None:
    """Remove lines of nothing but links to other chapters, and tell the author of them.

    Without links, only lines at the very beginning and end are taken for such.
    """
    text = draft.text
    lines = [line for line in _linked_lines(text) if _leads_away(text, line)]
    known = {line.start for line in lines}
    lines += [line for line in _edges(text, known) if line.start not in known]
    if not lines:
        return
    lines.sort(key=lambda line: line.start)
    _tell(draft, lines)
    draft.rewrite(_edits(text, lines))


def _linked_lines(text: str) -> Iterator[_Line]:
    """Yield the lines in which links begin, as far as these end there."""
    line: _Line | None = None
    for link in sorted((link for link in find_links(text) if not link.picture), key=lambda link: link.start):
        if line is None or link.start >= line.end:
            if line is not None:
                yield line
            end = text.find("\n", link.start)
            line = _Line(text.rfind("\n", 0, link.start) + 1, len(text) if end < 0 else end)
        line.links.append(link)
    if line is not None:
        yield line


def _leads_away(text: str, line: _Line) -> bool:
    """Return whether a line has nothing but links to other pages, and the words and signs around them."""
    if line.end - line.start > _LONGEST or line.links[-1].end > line.end:
        return False
    rest, at = [], line.start
    for link in line.links:
        rest += [text[at : link.start], _LINK]
        at = link.end
    around = _QUOTE.sub("", html.unescape("".join((*rest, text[at : line.end]))))
    words = _BLANK.sub(" ", _SEPARATOR.sub(" ", _ARROW.sub(" ", around).replace(_LINK, " "))).strip()
    directions = find_directions(words) if words else []
    if directions is None:
        return False
    named = [_is_navigation(text[link.label_start : link.label_end]) for link in line.links]
    if all(named):
        return True
    away = all(link.address is None for link in line.links)
    if away:
        return bool(words) or _points(around, len(line.links)) or (any(named) and len(named) > 1)
    return Direction.TURN in directions


def _points(around: str, links: int) -> bool:
    """Return whether there are arrows around the links of a line; « and » may also be quotation marks."""
    if _POINTER.search(around):
        return True
    signs = around.count("«"), around.count("»")
    return signs in ((0, 1), (1, 0)) or (signs == (1, 1) and links > 1)


def _is_navigation(label: str) -> bool:
    """Return whether the text of a link says that it leads to another chapter: “Next: The Gate”, “The Gate →”."""
    shown = html.unescape(ESCAPE.sub(r"\1", label)).strip()
    bare = _BLANK.sub(" ", _SEPARATOR.sub(" ", _ARROW.sub(" ", shown))).strip()
    if find_directions(bare) is not None:
        return True
    if not bare or len(bare) < 3:
        return bool(_ARROW.search(shown)) and not bare
    edges = _SEPARATOR.sub(" ", shown).strip()
    if edges[0] in _POINTERS or edges[-1] in _POINTERS or _is_half_quoted(edges):
        return True
    titled = _TITLED.fullmatch(shown.strip("*_ "))
    return titled is not None and find_directions(_SEPARATOR.sub(" ", titled["words"])) is not None


def _is_half_quoted(shown: str) -> bool:
    """Return whether a text begins or ends with one of « », which then is an arrow."""
    return (shown[0] == "«" and "»" not in shown) or (shown[-1] == "»" and "«" not in shown)


def _edges(text: str, known: set[int]) -> Iterator[_Line]:
    """Yield the lines at the beginning and the end of the text that are navigation in plain words."""
    code = CodeLookup(find_code(text))
    first = _plain_lines(text, known, range(_MOST_LOOKED_AT), forward=True)
    last = _plain_lines(text, known, range(_MOST_LOOKED_AT), forward=False)
    found = {line.start: line for line in (*first, *last)}
    return (found[start] for start in sorted(found) if code.around(start) is None)


def _plain_lines(text: str, known: set[int], looks: range, *, forward: bool) -> Iterator[_Line]:
    """Yield such lines from one end of the text on, until there is a line of the story."""
    at = 0 if forward else len(text)
    for _ in looks:
        while 0 <= at < len(text) and forward and text[at].isspace():
            at += 1
        while at and not forward and text[at - 1].isspace():
            at -= 1
        inside = at if forward else at - 1
        if not 0 <= inside < len(text):
            return
        start, end = text.rfind("\n", 0, inside) + 1, text.find("\n", inside)
        end = len(text) if end < 0 else end
        line = text[start : min(end, start + _LONGEST + 1)]
        if len(line) > _LONGEST:
            return
        if _is_plain_navigation(line):
            yield _Line(start, end)
        elif not (start in known or _RULE.fullmatch(line) or (forward and line.lstrip().startswith("#"))):
            return
        at = end if forward else start


def _is_plain_navigation(line: str) -> bool:
    if "[" in line and "](" in line:
        return False
    shown = _QUOTE.sub("", html.unescape(ESCAPE.sub(r"\1", line)))
    arrows = _ARROW.findall(shown)
    words = _BLANK.sub(" ", _SEPARATOR.sub(" ", _ARROW.sub(" ", shown))).strip()
    found = find_directions(words)
    if found is None:
        return False
    turns = found.count(Direction.TURN)
    separated = bool(arrows) or bool(re.search(r"[|｜·•/／]|\s[-–—]\s|\s{2,}", shown.strip()))
    return (bool(arrows) and turns > 0) or (len(found) > 1 and (separated or turns > 1 or len(found) > 2))


def _groups(text: str, lines: Sequence[_Line]) -> Iterator[list[_Line]]:
    """Divide lines into those with nothing between them."""
    group: list[_Line] = []
    for line in lines:
        if group and text[group[-1].end : line.start].strip():
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _tell(draft: TrackedText, lines: Sequence[_Line]) -> None:
    for group in _groups(draft.text, lines):
        parts = []
        for line in group:
            text, at = "", line.start
            for link in line.links:
                text += draft.text[at : link.start] + draft.text[link.label_start : link.label_end]
                at = link.end
            parts.append((text + draft.text[at : line.end]).strip(" \t\\#>-*+_"))
        shown = re.sub(r"[*_]++", "", _BLANK.sub(" ", html.unescape(" · ".join(parts))))
        words = shown if len(shown) <= 60 else f"{shown[:60]}…"
        first = group[0]
        indent = len(draft.text[first.start : first.end]) - len(draft.text[first.start : first.end].lstrip())
        draft.remark(
            first.start + indent,
            f"“{words}” only leads to other pages, and is left out",
            "Readers turn pages and chapters with buttons: take it out of the file.",
        )


def _edits(text: str, lines: Sequence[_Line]) -> Iterator[Edit]:
    """Yield the edits that remove lines, with a rule between them and the story at the text's ends."""
    done = 0
    for group in _groups(text, lines):
        start, end = group[0].start, group[-1].end
        if not text[:start].strip():
            end = _behind_rule(text, end)
        elif not text[end:].strip():
            start = _before_rule(text, start)
        if text[max(0, start - 2) : start] == "\\\n":
            start -= 2
            end = min(end, len(text))
        elif end < len(text):
            end += 1
        yield Edit(max(start, done), end, "")
        done = end


def _behind_rule(text: str, end: int) -> int:
    start = end
    while start < len(text) and text[start].isspace():
        start += 1
    start = text.rfind("\n", 0, start) + 1
    stop = text.find("\n", start)
    stop = len(text) if stop < 0 else stop
    return stop if stop - start <= 80 and _RULE.fullmatch(text, start, stop) else end


def _before_rule(text: str, start: int) -> int:
    stop = start
    while stop and text[stop - 1].isspace():
        stop -= 1
    begin = text.rfind("\n", 0, stop) + 1
    return begin if stop - begin <= 80 and _RULE.fullmatch(text, begin, stop) else start
