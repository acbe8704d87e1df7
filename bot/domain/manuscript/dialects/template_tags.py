"""Template tags: what site generators and note programs fill in, and readers of the raw text should not see.

These are tags of Liquid, Jinja, Hugo, Handlebars, ERB, Templater and MDX, queries of Obsidian's Dataview, block ids,
lines of tags, and directives of Org mode. Each kind is left out with one remark; text between paired tags stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from bot.domain.manuscript.code_spans import CodeLookup, CodeSpan, find_code
from bot.domain.manuscript.html.html_tags import KNOWN
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.manuscript.scene_breaks.scene_break_classifier import classify_scene_break
from bot.domain.manuscript.text_removal import RemarkTally, cut_out
from bot.domain.pages.source_map import find_fenced_code
from bot.domain.text.sign_search import has_sign

_BRACED = re.compile(
    r"\{%-?(?P<liquid>[^%\n{}]*+(?:%(?!\})[^%{}]*+)*+|[^%{}]{0,2000}+)%\}"
    r"|\{\{(?P<hugo>[<%])[^{}]{0,2000}?[>%]\}\}"
    r"|\{\{(?P<handle>\{?[^{}\n]{1,500}+\}?)\}\}"
    r"|<%(?P<erb>(?:[^%<]|%(?!>)|<(?!%)){0,2000}+)%>"
)
_EXPRESSION = re.compile(
    r"#[a-z_]{1,30}[ \t][^\n]*"  # `{{#include x.md}}` of mdBook, `{{#each x}}`
    r"|\{?[-~#/^>&!]?[ \t]*+"
    r"(?:[\"'.$][^\n]*|(?![A-Z]\w*$)[A-Za-z_][\w.-]*+(?:[ \t]*+[|(.=:][^\n]*|[ \t]+[\w.-]++=[^\n]*"
    r"|[ \t]+[\"'][^\n]*)?)[ \t]*+[-~]?\}?"
)
_QUERY_FENCE = re.compile(
    r"[ ]{0,3}(?:```+)[ \t]*+(?P<word>dataviewjs|dataview|query|tasks|templater|buttons?|toc|table-of-contents"
    r"|meta-bind[\w-]*|base|bases|mermaid|plantuml|leaflet|chart|tracker|kanban|timeline)\b",
    re.IGNORECASE,
)
_INLINE_QUERY = re.compile(r"`\$?=[ \t]*+(?:this|dv)\b[^`\n]{0,500}`")
_BLOCK_ID = re.compile(
    r"\^(?:(?<=[^\d\s)][ \t]\^)|(?<=\n\^)|(?<=\A\^))(?=[^\n]{0,40}[A-Za-z0-9])[A-Za-z0-9-]{2,40}[ \t]*+$",
    re.MULTILINE,
)
_TAG = r"#(?!\d++(?:\s|$))[^\s#.,;:!?()\[\]{}<>*_~`|\"'“”/]{1,60}(?:/[^\s#.,;:!?()\[\]{}<>*~`|\"'“”]{1,60})?"
_TAG_LINE = re.compile(rf"[ \t]*+(?:tags:[ \t]++)?{_TAG}(?:[ \t,]++{_TAG})*+[ \t]*+", re.IGNORECASE)
_FIELD = re.compile(
    r"[ \t]*+(?:[-*+][ \t]++)?(?:\*\*)?[^\W\d](?:[\w \t-]{0,40}\w)?(?:\*\*)?::(?:[ \t]++[^\n]*+)?"
)
_BRACKETED_FIELD = re.compile(r"(?m)^[ \t]*+[\[(][^\W\d][\w -]{0,40}::[ \t]*+[^\[\]()\n]{0,300}[\])][ \t]*+$")
_MODULE = re.compile(
    r"import[ \t]++(?:[^\"'\n;]{1,200}[ \t]from[ \t]++)?[\"'][^\"'\n]++[\"'];?[ \t]*+"
    r"|export[ \t]++(?:const|let|var|default|function|async)\b[^\n]*+"
)
_IMPORT = re.compile(
    r"(?m)^import[ \t]++(?:[A-Z]\w*+|\{[^{}\n]{1,200}\}|\*[ \t]++as[ \t]++\w++)"
    r"[ \t]++from[ \t]++[\"'][^\"'\n]++[\"'];?[ \t]*+$"
)
_COMPONENT = re.compile(
    r"<(?P<end>/?)(?P<name>[A-Z][A-Za-z0-9]{0,60}(?:\.[A-Z]\w{0,60})?)"
    r"(?P<with>(?:\s++[\w:-]++(?:=(?:\"[^\"]{0,500}+\"|'[^']{0,500}+'|\{[^{}]{0,500}+\}))?+){0,20}+)\s*+(?P<single>/?)>"
)
_CONTENTS = re.compile(
    r"(?mi)^[ ]{0,3}(?:\[toc\]|\[\[_?toc_?\]\]"
    r"|(?:(?:[-*+]|1\.)[ \t][^\n]{0,80}\n[ ]{0,3})?+\{:[ ]?toc[ .#\w-]{0,60}\}|\$\{toc\})[ \t]*+$"
)
_KRAMDOWN = re.compile(r"(?<!\\)\{:(?::[a-z]{2,20}\b[^{}\n]{0,200}|/[a-z]{0,20})\}")
_ABBREVIATION = re.compile(r"(?m)^\*\[[^\[\]\n]{1,60}\]:[ \t][^\n]*+$")
_ORG = re.compile(r"(?m)^[ \t]*+#\+[A-Za-z][\w-]{1,40}(?::(?:[ \t][^\n]*+)?|(?:[ \t][^\n]*+)?)$")
_DIRECTIVE = re.compile(
    r"(?m)^\.\.[ \t]++(?:image|figure|include|contents|raw|toctree|index|only|class|role|meta|highlight)::"
    r"[^\n]*+(?:\n[ \t]{2,20}:[\w-]++:[^\n]*+)*+$"
)
_SINGLE = (
    (("^",), _BLOCK_ID, "a block’s id"),
    (("]", "::"), _BRACKETED_FIELD, "a field of Dataview"),
    ((")", "::"), _BRACKETED_FIELD, "a field of Dataview"),
    (("]", "toc"), _CONTENTS, "a table of contents"),
    (("]", "TOC"), _CONTENTS, "a table of contents"),
    (("}", "toc"), _CONTENTS, "a table of contents"),
    (("import ", " from "), _IMPORT, "an import of MDX"),
    (("{:",), _KRAMDOWN, "an instruction for kramdown"),
    (("*[", "]:"), _ABBREVIATION, "an abbreviation’s meaning"),
    (("#+",), _ORG, "a line for Org mode"),
    ((".. ", "::"), _DIRECTIVE, "a directive of reStructuredText"),
)
"""Signs that are all in the text, where there are any of a kind; what it looks like, and its name."""

_MEND = "Readers get the text without it: write out what they are to see."


def remove_template_tags(draft: TrackedText) -> None:
    """Remove what other programs would fill in, and tell the author where the first of each kind is."""
    tally = RemarkTally(draft)
    if "`" in draft.text:
        _rewrite(draft, tally, _queries(draft.text))
    imports = _top(draft, tally)
    if "{" in draft.text or has_sign(draft.text, "<%"):
        _rewrite(draft, tally, _outside_code(draft.text, _BRACED, _braced_kind))
    if "<" in draft.text and ("/>" in draft.text or "</" in draft.text):
        _components(draft, tally, imports=imports)
    for signs, pattern, kind in _SINGLE:
        if all(has_sign(draft.text, sign) for sign in signs):
            _rewrite(draft, tally, _outside_code(draft.text, pattern, _always(kind)))
    tally.tell("{kind}, which only another program can fill in or hide, is left out", _MEND)


_Found = tuple[int, int, str]
"""The start and the end of a stretch, and its kind."""


def _rewrite(draft: TrackedText, tally: RemarkTally, found: Iterator[_Found]) -> None:
    edits: list[Edit] = []
    for start, end, kind in found:
        tally.add(kind, start)
        edit = cut_out(draft.text, start, end, edits[-1].end if edits else 0)
        if edits and edit.start < edits[-1].end:
            edit = edit._replace(start=edits[-1].end)
        edits.append(edit)
    if edits:
        draft.rewrite(edits)


def _outside_code(
    text: str, pattern: re.Pattern[str], kind: Callable[[re.Match[str]], str | None]
) -> Iterator[_Found]:
    code = CodeLookup(find_code(text))
    for found in pattern.finditer(text):
        if code.around(found.start()) is None and (name := kind(found)) is not None:
            yield found.start(), found.end(), name


def _always(kind: str) -> Callable[[re.Match[str]], str]:
    return lambda _: kind


def _braced_kind(found: re.Match[str]) -> str | None:
    text = found.string
    line = text[text.rfind("\n", max(0, found.start() - 99), found.start()) + 1 : found.end()]
    if text[found.start() - 1 : found.start()] == "\\" or classify_scene_break(line) is not None:
        return None
    if found["liquid"] is not None and found["liquid"].strip() == "comment":
        return None  # A private note that never ends, which is told of already.
    if found["handle"] is not None and not _EXPRESSION.fullmatch(found["handle"].strip()):
        return None
    return "a template tag in " + (
        "{% %}" if found["liquid"] is not None else "<% %>" if found["erb"] is not None else "{{ }}"
    )


def _queries(text: str) -> Iterator[_Found]:
    """Yield the blocks and the spans of code that are queries."""
    fenced = list(find_fenced_code(text)) if "```" in text else []
    found = [
        (start, end, f"a block of {opened['word'].lower()}")
        for start, end in fenced
        if (opened := _QUERY_FENCE.match(text, start))
    ]
    code = CodeLookup([CodeSpan(*stretch) for stretch in fenced])
    found += [
        (one.start(), one.end(), "a query of Dataview")
        for one in _INLINE_QUERY.finditer(text)
        if code.around(one.start()) is None
    ]
    return iter(sorted(found))


def _top(draft: TrackedText, tally: RemarkTally) -> bool:
    """Remove fields, tags and imports above the text, and tags below it; return whether there were imports."""
    text = draft.text
    found: list[_Found] = []
    at = 0
    for _ in range(60):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        kind = _line_kind(line)
        if kind is not None:
            found.append((at, end, kind))
        elif line.strip() and not line.lstrip().startswith("# "):
            break
        if end == len(text):
            break
        at = end + 1
    last = text.rstrip()
    start = last.rfind("\n") + 1
    if start > at and _TAG_LINE.fullmatch(last, start) and not text[:start].rstrip(" \t")[-2:-1].strip():
        found.append((start, len(last), "a line of tags"))
    _rewrite(draft, tally, iter(found))
    return any("MDX" in kind for _, _, kind in found)


def _line_kind(line: str) -> str | None:
    bare = line.strip()
    if bare[:1] == "#" or bare[:5].lower() == "tags:":
        if bare[1:2].isupper() and "#" not in bare[1:]:
            return None  # It is rather a title, written without the blank that Markdown wants.
        return "a line of tags" if _TAG_LINE.fullmatch(bare) else None
    if "::" in bare and ":::" not in bare and _FIELD.fullmatch(bare):
        return "a field of Dataview"
    return "an import of MDX" if _MODULE.fullmatch(bare) else None


def _components(draft: TrackedText, tally: RemarkTally, *, imports: bool) -> None:
    """Remove tags of MDX: single ones, and pairs with properties; among those, also pairs on lines of their own.

    A `<System>` by itself is text.
    """
    text = draft.text
    code = CodeLookup(find_code(text))
    tags = [
        one
        for one in _COMPONENT.finditer(text)
        if one["name"].lower() not in KNOWN and code.around(one.start()) is None
    ]
    ended = {one["name"] for one in tags if one["end"]}
    mdx = imports or any(one["single"] or "=" in one["with"] for one in tags)
    meant = {
        one["name"]
        for one in tags
        if one["name"] in ended and not one["end"] and ("=" in one["with"] or (mdx and _alone(text, one)))
    }
    _rewrite(
        draft,
        tally,
        (
            (one.start(), one.end(), "a component of MDX")
            for one in tags
            if one["single"] or one["name"] in meant
        ),
    )


def _alone(text: str, tag: re.Match[str]) -> bool:
    start, end = tag.span()
    return text[max(0, start - 1) : start] in ("", "\n", ">") and text[end : end + 1] in ("", "\n", "<")
