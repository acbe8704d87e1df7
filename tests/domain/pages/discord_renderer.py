"""An independent reading of Markdown as Discord's clients read it, for tests.

Discord's client takes the first rule that matches at each place, so the rules are tried in turn on what is left of the
text, and inside a mark again. Nothing of the bot's is used here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

_LINE_RULES = [
    ("quote", re.compile(r"(?:[ ]*>[ ]+[^\n]*(?:\n|$))+")),
    ("heading", re.compile(r"[ ]*#{1,3}[ \t]+([^\n]*?)#*[ \t]*(?:\n|$)")),
    ("small", re.compile(r"[ ]*-#[ \t]+([^\n]*)(?:\n|$)")),
    ("item", re.compile(r"[ ]*(?:[-*]|\d+\.)[ ]+(?=\S)")),
]
_FENCE = re.compile(r"```(?:[a-z0-9_+\-.#]+?\n)?\n*([^\n].*?)\n*```", re.DOTALL | re.IGNORECASE)
_MARK_RULES = [
    ("em", re.compile(r"\*(?=\S)((?:\*\*|\\.|\s+(?:\\.|[^\s*\\]|\*\*)|[^\s*\\])+?)\*(?!\*)", re.DOTALL)),
    ("em", re.compile(r"_((?:__|\\.|[^\\_])+?)_(?![0-9A-Za-z_])", re.DOTALL)),
    ("strong", re.compile(r"\*\*((?:\\.|[^\\])+?)\*\*(?!\*)", re.DOTALL)),
    ("underline", re.compile(r"__((?:\\.|[^\\])+?)__(?!_)", re.DOTALL)),
]
_STRIKE = re.compile(r"~~(.+?)~~(?!_)", re.DOTALL)
_SPOILER = re.compile(r"\|\|(.+?)\|\|", re.DOTALL)
_CODE = re.compile(r"(`+)(.*?[^`])\1(?!`)", re.DOTALL)
_LINK = re.compile(
    r"\[((?:\[[^\]]*\]|[^\[\]]|\](?=[^\[]*\]))*)\]\(\s*<?((?:\([^)]*\)|[^\s\\()]|\\.)*?)>?(?:\s+['\"].*?['\"])?\s*\)",
    re.DOTALL,
)
_URL = re.compile(r"https?://[^\s<]+[^<.,:;\"'\]\s]", re.IGNORECASE)
_AUTOLINK = re.compile(r"<(https?://[^ >]+)>", re.IGNORECASE)
_TOKEN = re.compile(r"<(?:@[!&]?\d+|#\d+|t:-?\d+(?::[tTdDfFsSR])?|a?:\w+:\d+|/[^>\n]+:\d+|id:\w+)>")
_ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")


@dataclass
class Reading:
    """What a reader sees, how many marks were rendered, and which."""

    words: list[str] = field(default_factory=list)
    marks: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "".join(self.words).replace("\u200b", "")


def read(markdown: str) -> Reading:
    """Read one text display."""
    reading = Reading()
    _read(markdown, reading, True)
    return reading


def _read(text: str, reading: Reading, fresh: bool, inside: tuple[str, ...] = ()) -> None:
    at = 0
    while at < len(text):
        if fresh and "mark" not in inside:
            for name, rule in _LINE_RULES:
                if name in inside or not (found := rule.match(text, at)):
                    continue
                if name == "item":
                    reading.marks.append("item")
                    at, fresh = found.end(), False
                    break
                reading.marks.append(name)
                body = re.sub(r"(?m)^[ ]*>[ ]+", "", found[0]) if name == "quote" else found[1] + "\n"
                _read(body, reading, name == "quote", (*inside, name))
                at = found.end()
                break
            else:
                at, fresh = _inline(text, at, reading, inside)
            continue
        at, fresh = _inline(text, at, reading, inside)


def _inline(text: str, at: int, reading: Reading, inside: tuple[str, ...]) -> tuple[int, bool]:
    def leaf(name: str, found: re.Match[str], words: str) -> tuple[int, bool]:
        reading.marks.append(name)
        reading.words.append(words)
        return found.end(), False

    char = text[at]
    if char == "\n":
        reading.words.append("\n")
        return at + 1, True
    if found := _ESCAPE.match(text, at):
        reading.words.append(found[1])
        return found.end(), False
    if found := _FENCE.match(text, at):
        return leaf("fence", found, found[1])
    if found := _CODE.match(text, at):
        return leaf("code", found, found[2])
    if found := _AUTOLINK.match(text, at):
        return leaf("url", found, found[1])
    if found := _TOKEN.match(text, at):
        return leaf("token", found, found[0])
    if found := _URL.match(text, at):
        return leaf("url", found, found[0])
    if (found := _LINK.match(text, at)) and re.match("https?://", found[2], re.IGNORECASE):
        return _mark("link", found, reading, inside)
    best: tuple[int, str, re.Match[str]] | None = None
    for name, rule in _MARK_RULES:
        if (found := rule.match(text, at)) and (best is None or found.end() > best[0]):
            best = (found.end(), name, found)
    if best:
        return _mark(best[1], best[2], reading, inside)
    for name, rule in (("strike", _STRIKE), ("spoiler", _SPOILER)):
        if found := rule.match(text, at):
            return _mark(name, found, reading, inside)
    reading.words.append(char)
    return at + 1, False


def _mark(name: str, found: re.Match[str], reading: Reading, inside: tuple[str, ...]) -> tuple[int, bool]:
    reading.marks.append(name)
    _read(found[1], reading, False, (*inside, "mark"))
    return found.end(), False
