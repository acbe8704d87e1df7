"""Quotes: Discord needs a blank behind the sign, and the sign before each line."""

from __future__ import annotations

import re
import unicodedata

from bot.domain.manuscript.offset_tracking import Edit, TrackedText

_UNSPACED = re.compile(r"(?m)^(?P<marks>[ \t]{0,8}(?:>[ \t]?)*+)(?<=>)(?P<word>(?![>\s])[^\s]{1,20})")
_NESTED = re.compile(r"(?m)^[ \t]{0,3}>{3,}+(?=[ \t]*[^\s>])")
"""What begins a quote of all that follows in Discord."""

_FACE = re.compile(
    r"[:;=8%][-'^oc]?[\[\](){}DPpOoSsCc/\\|3<>*@$&!?]*+|[xX]-?[DPp()<>]++|[._,;~^'oOuUwWxXnNAaTt0-9=/-]{0,4}[<>][^\w]*+"
    r"|3(?!\w).*|[.=]{1,3}|\W{1,3}[_.\-w]\W{1,4}"
)

_HIDDEN = re.compile(r"(?<!\\)>!(?=\S)(?P<text>[^\n|]{1,2000}?)(?<=\S)!<")
"""A spoiler, which is no quote."""

_LAZY = re.compile(
    r"(?m)^(?P<marks>[ ]{0,3}>(?:[ ]?>)*+[ ]?)(?P<said>[^\s>][^\n]{18,}+)\n"
    r"(?P<rest>(?:(?![ ]{0,3}(?:[>#|`~*+_=\\-]|\d{1,9}[.)][ ]|\s))[^\n]++(?:\n|\Z))++)"
)
_PAUSES = frozenset(",;，、；،–—-")
_FULL_LINE = 50
"""Characters of a line that may have ended because it was full."""

_NUMBERED = re.compile(r"\d{1,9}[.)]")


def read_blockquotes(draft: TrackedText) -> None:
    """Add the blank behind the sign of a quote, and the sign to lines that go on with one.

    `>_<` and `>3` are text. Among other quoted lines, `>>>` is a quote in a quote, as in mails; alone it quotes all
    that follows, as in Discord.
    """
    if ">!" in draft.text and "!<" in draft.text:
        draft.replace(_HIDDEN, lambda found: f"||{found['text']}||")
    if ">>>" in draft.text:
        draft.replace(_NESTED, lambda found: ">" if _among_others(draft.text, found) else None)
    if "\n>" in draft.text or draft.text.startswith(">") or "\n >" in draft.text:
        draft.replace(_UNSPACED, lambda found: _spaced(draft.text, found))
        draft.replace(_LAZY, _continued)


def _continued(found: re.Match[str]) -> Edit | None:
    """Add the sign to the lines behind a quote that end its last sentence: Markdown allows to leave it out.

    A line after a finished sentence is rather a paragraph of its own, as in a text without blank lines.
    """
    before = found["said"]
    lines = found["rest"].split("\n")
    count = 0
    for line in lines:
        if not line or not _is_unfinished(before) or (line[0].isupper() and len(before) < _FULL_LINE):
            break
        before = line
        count += 1
    if not count:
        return None
    marks = found["marks"].rstrip() + " "
    return Edit(
        found.start("rest"),
        found.end(),
        "\n".join([*(marks + line for line in lines[:count]), *lines[count:]]),
    )


def _is_unfinished(line: str) -> bool:
    """Return whether a line ends in the middle of a sentence, and not by hand."""
    last = line.rstrip()[-1:]
    return not line.endswith("  ") and (last in _PAUSES or unicodedata.category(last or ".")[0] in "LMN")


def _spaced(text: str, found: re.Match[str]) -> str | None:
    word = found["word"]
    if _FACE.fullmatch(word):
        return None
    if (
        word[0].isdigit()
        and not _NUMBERED.fullmatch(word)
        and found["marks"].strip() == ">"
        and not _among_others(text, found)
    ):
        return None
    return f"{found['marks']} {word}"


def _among_others(text: str, found: re.Match[str]) -> bool:
    """Return whether the line before or after is of the quote too."""
    after = text.find("\n", found.end())
    before = text.rfind("\n", 0, max(0, found.start() - 1)) + 1 if found.start() else found.start()
    return (found.start() > 0 and text[before : found.start()].lstrip().startswith(">")) or (
        after >= 0 and text[after + 1 : after + 10].lstrip(" \t").startswith(">")
    )
