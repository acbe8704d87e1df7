"""HTML elements whose content a browser would not show."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from bot.domain.manuscript.html.html_tags import SINGLE, Tag
from bot.domain.manuscript.offset_tracking import TrackedText

_SILENT = ("head", "style", "title")
"""Elements whose content nobody expects to be shown, so their author is not told of it."""

_EMBEDDED = frozenset(("iframe", "video", "audio", "object", "embed", "canvas", "script", "svg"))
"""Elements that readers would miss, also where their end tag is missing."""

_DECLARATION = re.compile(
    r"<!DOCTYPE\b[^<>]{0,500}>|<\?(?:xml|php|=)[^<>]{0,500}?\?>|<!\[CDATA\[(?P<data>(?:[^\]<]|\](?!\]>)|<(?!!\[CDATA\[))*+)\]\]>"
    r"|<!(?:--)?\[(?:if|endif)[^\]\n]{0,80}\](?:--)?>",
    re.IGNORECASE,
)


def remove_declarations(draft: TrackedText) -> None:
    """Remove `<!DOCTYPE …>`, `<?xml …?>` and the conditions of Word; of character data, the text stays."""
    if "<!" in draft.text or "<?" in draft.text:
        draft.replace(_DECLARATION, lambda found: found["data"] or "")


def remove_hidden_elements(draft: TrackedText, tags: list[Tag]) -> Iterator[Tag]:
    """Yield the tags with each hidden element as one tag that stands for nothing, and tell the author of it."""
    ends: dict[str, list[int]] = {}
    for index, tag in enumerate(tags):
        if tag.closes:
            ends.setdefault(tag.name, []).append(index)
    gone = -1
    for index, tag in enumerate(tags):
        if index <= gone or not tag.hidden or tag.closes or tag.name in SINGLE:
            if index > gone:
                if tag.name == "embed":
                    _tell(draft, tag)
                yield tag
            continue
        closing = ends.get(tag.name, [])
        at = bisect_left(closing, index)
        if at == len(closing):
            if tag.name in _EMBEDDED:
                _tell(draft, tag)
            yield tag
            continue
        gone = closing[at]
        yield Tag(tag.start, tags[gone].end, "hidden", False, "")
        if tag.name != "rp" and tag.name not in _SILENT:
            _tell(draft, tag)


def _tell(draft: TrackedText, tag: Tag) -> None:
    draft.remark(
        tag.start,
        f"what stands in this <{tag.name}> would not be shown on a web page, and is left out"
        if tag.name not in _EMBEDDED
        else f"a <{tag.name}> cannot be shown in Discord, and is left out",
        "Write it as plain text if readers are to see it.",
    )
