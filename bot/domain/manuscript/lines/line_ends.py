"""Line ends other than the line feed: of word processors, of Unicode, and of printers' pages."""

from __future__ import annotations

import re

from bot.domain.manuscript.lines.hyphenation import SOFT_HYPHEN
from bot.domain.manuscript.lines.line_features import ends_sentence
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.manuscript.scene_breaks.scene_break_classifier import BREAK
from bot.domain.pages.markdown_syntax import is_structured

_FORM_FEED = "\x0c"
_PARAGRAPH_END = "\u2029"
_LINE_ENDS = "\x0b\x1c\x1d\x1e\x85\u2028"
_ALL = (*_LINE_ENDS, _FORM_FEED, _PARAGRAPH_END)
_FOUND = re.compile(f"[ \t\n]{{0,64}}{_FORM_FEED}[ \t\n{_FORM_FEED}]*+|[{_LINE_ENDS}{_PARAGRAPH_END}]")
_SOFT_HYPHENS = re.compile(f"{SOFT_HYPHEN}++(?![ \t]*+\n)")
_HARD_END = re.compile(r"(?m)(?<=[^\\\s:])\\[ \t]*+$")
_PATH = re.compile(r"[A-Za-z]:\\|\\\w")
_ENDING = 40


def read_line_ends(draft: TrackedText) -> None:
    """Turn every kind of line end into line feeds.

    A form feed between paragraphs is a scene break; inside a sentence it is the end of a printed page.
    """
    if any(sign in draft.text for sign in _ALL):
        draft.rewrite([_line_end(draft.text, found) for found in _FOUND.finditer(draft.text)])


def _line_end(text: str, found: re.Match[str]) -> Edit:
    start, end = found.span()
    if _FORM_FEED not in found[0]:
        return Edit(start, end, "\n\n" if found[0] == _PARAGRAPH_END else "\n")
    if not text[:start].strip() if start < _ENDING else False:
        return Edit(start, end, "\n")
    before = text[max(0, start - _ENDING) : start].rpartition("\n")[2].strip()
    following = text[end : end + 1]
    if not before or not following:
        return Edit(start, end, "\n\n")
    on = not ends_sentence(before) and not before.startswith("#") and following.islower()
    return Edit(start, end, "\n" if on else f"\n\n{BREAK}\n\n")


def drop_soft_hyphens(draft: TrackedText) -> None:
    """Remove soft hyphens, which Discord may show, except at line ends, where they part a word."""
    if SOFT_HYPHEN in draft.text:
        draft.rewrite([Edit(*found.span(), "") for found in _SOFT_HYPHENS.finditer(draft.text)])


def drop_last_hard_ends(draft: TrackedText) -> None:
    """Remove the backslash of a hard end where nothing of the same paragraph follows; that of a path stays."""
    if "\\\n" in draft.text or "\\ " in draft.text or draft.text.endswith("\\"):
        draft.replace(_HARD_END, lambda found: _last_hard_end(draft.text, found))


def _last_hard_end(text: str, found: re.Match[str]) -> str | None:
    before = text[max(0, found.start() - _ENDING) : found.start()].rpartition("\n")[2]
    if _PATH.search(before.rpartition(" ")[2]):
        return None
    end = text.find("\n", found.end() + 1)
    following = text[found.end() + 1 : end if end >= 0 else len(text)]
    inner = following.lstrip("> \t")
    if not inner.strip() or is_structured(inner):
        return ""
    quoted = text[text.rfind("\n", 0, found.start()) + 1 : found.start()].lstrip().startswith(">")
    return "" if quoted != following.lstrip().startswith(">") else None
