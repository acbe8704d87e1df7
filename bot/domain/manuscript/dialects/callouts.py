"""Callouts and admonitions, which Discord lacks: quotes whose first line is the title in bold.

They are written as `> [!note] Title` (Obsidian, GitHub), `!!! note "Title"` and `/// note | Title` (MkDocs),
`:::note[Title]` (Docusaurus), and `.. note::` (reStructuredText). Other divisions between colons keep only their text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.domain.manuscript.code_spans import CodeLookup, find_code
from bot.domain.manuscript.name_sets import split_names
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.text.sign_search import has_sign

_CALLOUT = re.compile(
    r"(?m)^(?P<quote>[ \t]{0,8}>(?:[ \t]*+>)*+[ \t]*+)\[!(?P<kind>[^\[\]\n|]{1,40})(?:\|[^\[\]\n]{0,80})?\][+-]?"
    r"[ \t]*+(?P<title>[^\n]*+)$"
)
_BODY = r"(?P<body>(?:\n(?:[ ]{2,}|\t)[^\n]*+|\n[ \t]*+(?=\n(?:[ \t]*+\n){0,3}+(?:[ ]{2,}|\t)))++)"
_INDENTED = re.compile(
    r"(?m)^(?:(?:!!!|\?\?\?\+?)[ \t]++(?P<kind>[\w-]++)(?:[ \t]++[\w-]++){0,4}+(?:[ \t]++\"(?P<title>[^\"\n]*+)\")?"
    rf"|\.\.[ \t]++(?P<directive>[a-z]++)::(?:[ \t]++(?P<words>[^\n]++))?)[ \t]*+$(?:\n[ \t]*+$)?{_BODY}"
)
_INDENT = re.compile(r"\n(?P<indent>[ ]{1,8}|\t)?")
_DIRECTIVES = split_names(
    "note warning tip hint important caution danger attention error admonition epigraph pull topic sidebar"
)
_DIVISION = re.compile(
    r"(?m)^[ ]{0,3}(?:>[ \t]?)*+:{3,}(?P<blank>[ \t]*+)"
    r"(?:\{[^\n{}]*+\}|(?P<kind>[\w.-]++)?(?:\[(?P<label>[^\[\]\n]*+)\])?"
    r"(?:\{[^\n{}]*+\})?(?:[ \t]++(?P<title>[^\n:]*+))?)[ \t]*+:*+[ \t]*+$\n?"
)
_SLASHED = re.compile(
    r"(?m)^///+[ \t]++(?P<kind>[\w-]++)(?:[ \t]*+\|[ \t]*+(?P<title>[^\n]*+))?[ \t]*+\n(?:[ ]{4}[\w-]++:[^\n]*+\n)*+"
    r"(?P<body>(?:(?!///)[^\n]*+\n){0,400}+)///+[ \t]*+$"
)
"""Blocks of pymdownx."""

_OPENED = re.compile(r"(?m)^[ ]{0,3}:{3,}+[ \t]*+[^\s:]")
_DELIMITED = re.compile(
    r"(?m)^\[(?P<kind>NOTE|TIP|IMPORTANT|WARNING|CAUTION|quote|verse)(?:,[ \t]*+(?P<source>[^\[\]\n]*+))?\][ \t]*+\n"
    r"(?P<fence>={4,}|_{4,}|\*{4,}|-{4,})\n(?P<body>[^\x00]{1,9000}?)\n(?P=fence)[ \t]*+$"
)
"""Blocks of AsciiDoc."""

_KINDS = split_names(
    "note tip hint info important warning caution danger error success question quote example abstract "
    "summary todo details spoiler seealso attention"
)


def read_callouts(draft: TrackedText) -> None:
    """Rewrite callouts, admonitions and divisions."""
    text = draft.text
    if "[" in text:
        if has_sign(text, "[!"):
            draft.replace(_CALLOUT, _callout)
        if "]\n" in text:
            draft.replace(_DELIMITED, _delimited)
    if "!!!" in text or "???" in text or (has_sign(text, "::") and ".. " in text):
        draft.replace(_INDENTED, _indented)
    if has_sign(text, "/// "):
        draft.replace(_SLASHED, _slashed)
    if has_sign(text, ":::") and _OPENED.search(text):
        # Without one that opens, rows of nothing but colons separate scenes.
        _divisions(draft)


def _bold(title: str, kind: str) -> str:
    shown = title.replace("**", "").strip() or kind.replace("-", " ").strip().capitalize()
    return f"**{shown}**" if shown else ""


def _callout(found: re.Match[str]) -> str:
    return found["quote"] + _bold(found["title"], found["kind"])


def _indented(found: re.Match[str]) -> str | None:
    directive = found["directive"]
    if directive is not None and directive not in _DIRECTIVES:
        return None
    title = (found["title"] or found["words"] or "").strip()
    kind = (found["kind"] or directive or "").replace("admonition", "")
    heading = _bold(title, "" if directive in ("epigraph", "pull") else kind)
    body = _INDENT.sub("\n> ", found["body"])
    return f"> {heading}{body}" if heading else body[1:]


def _slashed(found: re.Match[str]) -> str:
    if found["kind"] == "caption":
        return found["body"]
    body = found["body"].strip("\n").replace("\n", "\n> ")
    return f"> {_bold(found['title'] or '', found['kind'])}\n> {body}"


def _delimited(found: re.Match[str]) -> str:
    heading = "" if found["kind"].islower() else f"> {_bold('', found['kind'].lower())}\n"
    source = f"\n> — {found['source'].strip()}" if found["source"] else ""
    return heading + "> " + found["body"].replace("\n", "\n> ") + source


def _divisions(draft: TrackedText) -> None:
    """Drop lines of colons; a kind of admonition that is named makes a quote of what follows up to its end."""
    text = draft.text
    edits: list[Edit] = []
    opened: list[bool] = []
    quoting = done = 0
    for found in _matches(draft):
        if quoting:
            edits += _quoted(text, done, found.start())
        done = found.end()
        kind, title = (found["kind"] or ""), (found["label"] or found["title"] or "").strip()
        if not kind and not title and "{" not in found[0]:
            ends = bool(opened and opened.pop())
            quoting -= ends
            edits.append(Edit(found.start(), found.end(), "\n" if ends and not quoting else ""))
            continue
        quotes = kind.lower() in _KINDS and bool(title or not found["blank"])
        opened.append(quotes)
        quoting += quotes
        new = f"{'> ' if quoting else ''}{_bold(title, kind)}\n" if title or quotes else ""
        edits.append(Edit(found.start(), found.end(), new + "\n" if new and not quoting else new))
    if quoting:
        edits += _quoted(text, done, len(text))
    draft.rewrite(edits)


def _matches(draft: TrackedText) -> Iterator[re.Match[str]]:
    """Yield the lines of colons outside code."""
    code = CodeLookup(find_code(draft.text))
    return (found for found in _DIVISION.finditer(draft.text) if code.around(found.start()) is None)


def _quoted(text: str, start: int, end: int) -> Iterator[Edit]:
    """Yield the edits that make a quote of whole lines."""
    at = start
    while at < end:
        yield Edit(at, at, "> ")
        after = text.find("\n", at, end)
        at = end if after < 0 else after + 1
