"""Escaping of literal text for Markdown files: what an editor, Fascicle or Discord would take for a sign stays text.

A sign that means nothing where it stands is left alone, so that the files remain readable.
"""

from __future__ import annotations

import re

_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_SURROGATES = re.compile("[\ud800-\udfff]")
_TEXT = re.compile(
    r"""
    (?P<url>https?://[^\s<>\[\]\\`*|~^{}"]*[^\s<>\[\]\\`*|~^{}".,:;!?'”’»_()。、，．！？；：」』】》）…])
  | (?P<word>(?<=[0-9A-Za-z])_(?=[0-9A-Za-z]))
  | (?P<sign>[*_`|~\\]
      | <(?=[A-Za-z/!?@\#:&%]) | &(?=\#?[0-9A-Za-z]{1,40};)
      | \[(?=[\^\[!/\s]|[xX]\]|[0-9*a-z]{1,12}[\]=] | [^\[\]\n]{0,500}\][(\[:{])
      | \](?=[(\[:{])
      | @(?=everyone|here) | \$ | \{ | %(?=%|\s|\}) | ==?(?==) | \+(?=\+) | \^ | !(?=\[) | :(?=:)
    )
    """,
    re.VERBOSE,
)
_LINE_START = re.compile(
    r"(?P<lead>[^\S\n]*)(?:(?P<number>\d{1,9}|[A-Za-z]|[ivxIVX]{1,5})(?=[.)](?:\s|$))"
    r"|(?=\#|>|-\#|[-+•](?:\s|$)|[-=+](?:[ \t]*[-=+])+[ \t]*$|\+\+\+|:(?:\s|$)|%|//|/\*|!))"
)


def clean_text(text: str) -> str:
    """Return text without control characters, with line feeds as line ends."""
    text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    return _SURROGATES.sub("\ufffd", text)


def escape_text(text: str) -> str:
    """Escape literal text from inside a line."""
    return _TEXT.sub(lambda found: f"\\{found[0]}" if found["sign"] else found[0], text)


def escape_line_start(line: str) -> str:
    """Escape what would make a heading, quote, list, rule or definition of a line."""
    found = _LINE_START.match(line)
    return line if found is None else f"{line[: found.end()]}\\{line[found.end() :]}"
