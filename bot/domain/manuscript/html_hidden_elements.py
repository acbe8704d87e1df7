"""HTML elements whose content a browser would not show."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from bot.domain.manuscript.html_tags import SINGLE, Tag
from bot.domain.manuscript.offset_tracking import TrackedText

_SILENT = ("head", "style", "script", "title")
"""Elements whose content nobody expects to be shown, so their author is not told of it."""


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
                yield tag
            continue
        closing = ends.get(tag.name, [])
        at = bisect_left(closing, index)
        if at == len(closing):
            yield tag
            continue
        gone = closing[at]
        yield Tag(tag.start, tags[gone].end, "hidden", False, "")
        if tag.name != "rp" and tag.name not in _SILENT:
            draft.remark(
                tag.start,
                f"what stands in this <{tag.name}> would not be shown on a web page, and is left out",
                "Write it as plain text if readers are to see it.",
            )
