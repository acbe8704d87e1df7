"""Damage in a chapter's text: lost characters, a wrong encoding on the way, and control characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from bot.content.chapters.front_matter import Parts
from bot.content.chapters.mojibake import find_mojibake
from bot.domain.diagnostics import Diagnostic
from bot.domain.text.terminal_escaping import code_point

_LOST = "\ufffd"
_CONTROL = re.compile("\x1b\\[[0-9;?]{0,20}[A-Za-z]|[\x00-\x08\x0e-\x1f\x7f]")
_LATIN_1 = re.compile("[\x80-\x84\x86-\x9f]")
_CONTROL_BYTES = bytes([*range(9), *range(14, 32), 0x7F])
_WORD_HYPHEN = "\x1e"
"""The non-breaking hyphen of Word."""


def examine_body(name: str, parts: Parts) -> tuple[Parts, list[Diagnostic]]:
    """Return the parts without control characters in the body, and a fault or warning for each kind of damage."""
    body = parts.body
    raw = body.encode("utf-8", "surrogatepass")
    stray = len(raw.translate(None, _CONTROL_BYTES)) != len(raw)
    if not stray and raw.isascii():
        return parts, []
    found = list(_grave(body, raw))
    diagnostics = [_diagnostic(name, parts, *damage) for damage in found]
    if stray:
        first = _CONTROL.search(body)
        at = first.start() if first else 0
        several = f" (and {more} more)" if (more := len(_CONTROL.findall(body)) - 1) else ""
        problem = f"there is a control character, {code_point(body[at])}{several}, which is left out"
        warning = _diagnostic(
            name, parts, at, problem, "Take it out: it cannot be seen, and does no good here."
        )
        diagnostics.append(replace(warning, warning=True))
        body = _CONTROL.sub(lambda each: "\u2011" if each[0] == _WORD_HYPHEN else "", body)
    return replace(parts, body=body), diagnostics


def _grave(body: str, raw: bytes) -> Iterator[tuple[int, str, str]]:
    if _LOST in body:
        at, count = body.index(_LOST), body.count(_LOST)
        problem = f"a character was lost here: {_LOST} stands for it" + _as_often(count)
        yield at, problem, "Write the right one, or save the original again as UTF-8."
    if (wrong := find_mojibake(body, raw)) is not None:
        problem = (
            f"“{wrong.written}” stands where “{wrong.meant}” was meant"
            if wrong.meant
            else (f"“{wrong.written}” comes from a text read in a wrong encoding")
        )
        mend = f"The text was {wrong.encodings}: save the original again as UTF-8, or replace it here."
        yield wrong.at, problem + _as_often(wrong.count), mend
        return
    if b"\xc2" in raw and (latin := _LATIN_1.search(body)) is not None:
        meant = latin[0].encode("latin-1").decode("cp1252", "ignore")
        problem = f"there is a control character, {code_point(latin[0])}"
        problem += f", probably meant as {meant}" if meant else ""
        mend = "The text was Windows-1252 and read as Latin-1: save the original again as UTF-8."
        yield latin.start(), problem + _as_often(len(_LATIN_1.findall(body))), mend


def _as_often(count: int) -> str:
    return f", as in {count - 1} more places" if count > 2 else ", as in one more place" if count == 2 else ""


def _diagnostic(name: str, parts: Parts, at: int, problem: str, mend: str) -> Diagnostic:
    start = parts.body.rfind("\n", 0, at) + 1
    line = parts.body_line + parts.body.count("\n", 0, at)
    return Diagnostic(name, line, problem, mend, at - start + 1)
