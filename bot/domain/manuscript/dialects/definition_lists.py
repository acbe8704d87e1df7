"""Definition lists: a term, and below it its meanings behind colons."""

from __future__ import annotations

import re

from bot.domain.manuscript.code_spans import CodeLookup, find_code
from bot.domain.manuscript.offset_tracking import Edit, TrackedText

_LIST = re.compile(
    r"(?m)^(?P<term>(?![-*+>#|:]|\d++[.)])\S[^\n]{0,200})(?=\n(?:[ \t]*+\n)?+[ ]{0,3}:[ \t]++\S)"
)
_NEXT = re.compile(r"[ \t]*+\n(?:[ \t]*+\n)?+[ ]{0,3}:[ \t]++(?=\S)")
_REST = re.compile(r"[^\n]*+(?:\n(?![ ]{0,3}:[ \t])[ \t]++\S[^\n]*+)*+")
_CONTINUED = re.compile(r"\n[ \t]++")
_SIGNS = ("\n:", "\n :", "\n  :", "\n   :")


def read_definition_lists(draft: TrackedText) -> None:
    """Write each term with its meanings behind dashes, one on a line."""
    text = draft.text
    if not any(sign in text for sign in _SIGNS):
        return
    code = CodeLookup(find_code(text))
    edits: list[Edit] = []
    at = 0
    while found := _LIST.search(text, at):
        at = found.end()
        if code.around(found.start()) is not None:
            continue
        between = " — "
        while colon := _NEXT.match(text, at):
            edits.append(Edit(colon.start(), colon.end(), between))
            between = "\\\n— "
            rest = _REST.match(text, colon.end())
            at = rest.end() if rest else colon.end()
            edits += [Edit(*line.span(), " ") for line in _CONTINUED.finditer(text, colon.end(), at)]
    draft.rewrite(edits)
