"""Editorial comments: notes of authors and editors in a text, which readers are never shown.

These are HTML's comments, Obsidian's `%%…%%`, CriticMarkup (http://criticmarkup.com) with its changes taken as
accepted, the comments of template languages (`{# … #}`, `{% comment %}`, `{{!-- … --}}`) and of LaTeX, and the link
definitions that are used as comments in Markdown: `[//]: # (…)`.
"""

from __future__ import annotations

import re

from bot.domain.manuscript.code_spans import CodeLookup, find_code
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.manuscript.text_removal import cut_out

_OPENING = re.compile(
    # A percent sign behind a number is doubled now and then, so a note there has to look like one.
    r"<(?<!\\<)!--|%(?<![%\\]%)%(?!%)(?:(?<!\d%%)|(?=[^\s%][^%\n]{0,300}(?<![\d\s])%%))"
    r"|(?P<liquid>\{(?<!\\\{)%-?[ \t]*+comment\b[^%\n]{0,80}%\})|\\(?<!\\\\)begin\{comment\}"
    r"|\{(?<!\\\{)(?:>>|--|\+\+|~~|==|#(?=[\s#*-])|\{!--|\{!|\{/\*|/\*|::comment\})"
)
_NEXT_NOTES = re.compile(r"(?:%%(?!%)(?:[^%]|%(?!%))*+%%)++")
_LIQUID = "{%comment%}"
_CLOSING = {
    "<!--": "-->",
    "%%": "%%",
    "{>>": "<<}",
    "{--": "--}",
    "{++": "++}",
    "{~~": "~~}",
    "{==": "==}",
    "{#": "#}",
    "{{!--": "--}}",
    "{{!": "}}",
    "{{/*": "*/}}",
    "{/*": "*/}",
    "{::comment}": "{:/comment}",
    "\\begin{comment}": "\\end{comment}",
}
_CHANGES = frozenset(("{--", "{++", "{~~", "{=="))
_END_COMMENT = re.compile(r"\{%-?[ \t]*+endcomment[ \t]*+-?%\}")
_TEXT_IF_OPEN = frozenset(("{--", "{++", "{~~", "{==", "{#", "{{!"))
"""Signs that are text if they are never closed."""

_PAGE_BREAK = re.compile(
    r"[ \t]*+(?:page[ -]?break|new[ -]?page|nextpage|scene[ -]?break)[ \t]*+", re.IGNORECASE
)
_MORE = re.compile(
    r"[ \t]*+(?:more\b[^\n]{0,80}|noteaser|excerpt|truncate|end[ -]?excerpt)[ \t]*+", re.IGNORECASE
)
_SURE = r"//|#|comment|_+|\^_\^|-+|\*+|"
_TITLE = r"\((?P<round>)|\"(?P<double>)|'(?P<single>)"
_DEFINITION = re.compile(
    rf"(?m)^[ ]{{0,3}}\[(?:(?:(?:{_SURE})\]:[ \t]*+(?:#|<#?>|\S++)"
    r"|[^\[\]\n]{1,200}\]:[ \t]*+(?:#|<#?>)(?=[ \t]++[\"'(]))"
    rf"[ \t]*+(?:(?:{_TITLE})[^\n]*+)?+$|(?://|)\]:[ \t]*+\S[^\n]*+$)",
    re.IGNORECASE,
)
_CLOSERS = {"round": ")", "double": '"', "single": "'"}
_TITLE_LINES_MOST = 200


def remove_private_notes(draft: TrackedText) -> None:
    """Remove private notes, and accept an editor's changes."""
    text = draft.text
    if "<!--" in text or "%%" in text or "{" in text:
        _leave_out(draft)
    if "]:" in draft.text:
        draft.replace(_DEFINITION, lambda found: _definition(draft, found))


def _leave_out(draft: TrackedText) -> None:
    text = draft.text
    code = CodeLookup(find_code(text))
    edits: list[Edit] = []
    unclosed: set[str] = set()
    at = 0
    while opened := _OPENING.search(text, at):
        if (stretch := code.around(opened.start())) is not None:
            at = stretch.end
            continue
        sign, at = _LIQUID if opened["liquid"] else opened[0], opened.end()
        closing = None if sign in unclosed else _closing(text, sign, at)
        if closing is None:
            if sign not in _TEXT_IF_OPEN and sign not in unclosed:
                _unclosed(draft, opened.start(), sign)
            unclosed.add(sign)
            continue
        inside, at = text[at : closing[0]], closing[1]
        edit = _edit(draft, sign, inside, Edit(opened.start(), at, ""), edits[-1].end if edits else 0)
        edits.append(edit)
        at = max(at, edit.end)
    draft.rewrite(edits)


def _closing(text: str, sign: str, at: int) -> tuple[int, int] | None:
    """Return where the note opened before `at` closes, and the end of its closing sign."""
    if sign == _LIQUID:
        found = _END_COMMENT.search(text, at)
        return found.span() if found else None
    if sign == "<!--" and (empty := re.compile("-?>").match(text, at)):
        return empty.span()
    end = text.find(_CLOSING[sign], at)
    if end < 0:
        return None
    if sign == "%%" and (others := _NEXT_NOTES.match(text, end + 2)):
        return end, others.end()
    return end, end + len(_CLOSING[sign])


def _edit(draft: TrackedText, sign: str, inside: str, whole: Edit, done: int) -> Edit:
    if kept := _accepted(sign, inside):
        return whole._replace(text=kept)
    if sign == "<!--" and _PAGE_BREAK.fullmatch(inside):
        return whole._replace(text="\n\n***\n\n")
    if sign not in _CHANGES and not (sign == "<!--" and _MORE.fullmatch(inside)):
        draft.private += 1
        draft.left_out.append((draft.source(whole.start), draft.source(whole.end - 1) + 1))
        draft.read(whole.start, "a note that is not meant for readers, left out")
    return cut_out(draft.text, whole.start, whole.end, done)


def _accepted(sign: str, inside: str) -> str:
    """Return the rest of a stretch when its change is accepted."""
    if sign in ("{++", "{=="):
        return inside
    return inside.partition("~>")[2] if sign == "{~~" else ""


def _definition(draft: TrackedText, found: re.Match[str]) -> Edit:
    """Remove a link definition that is a comment, with all lines of its title."""
    text, end = draft.text, found.end()
    kind = found.lastgroup if found.lastgroup in _CLOSERS else None
    if kind is not None and not text[:end].endswith(_CLOSERS[kind]) and text[end : end + 1] == "\n":
        end = _title_end(draft, found, _CLOSERS[kind])
    draft.private += 1
    draft.left_out.append((draft.source(found.start()), draft.source(end - 1) + 1))
    draft.read(found.start(), "a note that is not meant for readers, left out")
    return cut_out(text, found.start(), end)


def _title_end(draft: TrackedText, found: re.Match[str], closer: str) -> int:
    """Return the end of a title of several lines. One that never closes may hide text: its author must decide."""
    text, end = draft.text, found.end()
    for _ in range(_TITLE_LINES_MOST):
        after = text.find("\n", end + 1)
        line = text[end + 1 : after if after >= 0 else len(text)]
        if not line.strip() or (line.lstrip().startswith("[") and "]:" in line):
            break
        end = after if after >= 0 else len(text)
        if line.rstrip().endswith(closer):
            return end
        if after < 0:
            break
    if end != found.end():
        _unclosed(draft, found.start(), found[0].strip()[:12], closer)
    return found.end()


def _unclosed(draft: TrackedText, at: int, sign: str, closing: str = "") -> None:
    """Warn of a note that never ends: all that follows may be private. Two percent signs alone may be no note."""
    begins_line = not draft.text[draft.text.rfind("\n", 0, at) + 1 : at].strip()
    grave = sign != "%%" or begins_line
    closing = closing or ("{% endcomment %}" if sign == _LIQUID else _CLOSING[sign])
    draft.remark(
        at,
        f"the private note that begins here with {sign} never ends",
        f"Write {closing} where it ends, or a backslash before {sign} if readers are to see it.",
        grave=grave,
    )
