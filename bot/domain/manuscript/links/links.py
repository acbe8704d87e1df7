"""Links: Discord shows those to web addresses, of all others the text is left."""

from __future__ import annotations

import re

from bot.domain.manuscript.links.link_addresses import names_address, read_addresses
from bot.domain.manuscript.links.link_references import read_references
from bot.domain.manuscript.links.link_syntax import Link, find_links
from bot.domain.manuscript.links.navigation_lines import remove_navigation
from bot.domain.manuscript.links.picture_links import PicturePath, read_pictures
from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.pages.escaping import ZERO_WIDTH
from bot.domain.pages.plain_text import visible

_LABEL = re.compile(r"(?:[^\[\]\\]|\\[^\[\]\n]|\[(?:[^\[\]\\]|\\[^\[\]\n])*+\])++")
"""Labels that Discord takes: no escaped bracket, and brackets in one another once."""

_TITLE = re.compile(r"\"[^\"\\\n]*+\"|'[^'\\\n]*+'")
_LINE_END = re.compile(r"[ \t]*+\\?\n[ \t]*+(?:>[ \t]*+)*+")
_LINE_MARK = re.compile(
    r"(?P<digits>\d{1,9})[.)](?=\s|$)|(?:#{1,6}|[-+*]|-#)(?=\s|$)|>|(?:[-*_][ \t]*+){3,}+$"
)
_MARKED = re.compile(r"[\\*_~|`<\n]")
_MOST_SHOWN = 60


def read_links(draft: TrackedText, picture_path: PicturePath) -> None:
    """Turn links, references and pictures into those that Discord shows.

    A link that leads to no web address becomes its text. Lines that only lead to other chapters are left out.
    """
    read_references(draft)
    remove_navigation(draft)
    read_pictures(draft, picture_path)
    _read_targets(draft)
    read_addresses(draft)


def _read_targets(draft: TrackedText) -> None:
    text = draft.text
    links = [link for link in find_links(text) if not link.picture]
    edits: list[Edit] = []
    lost: list[Link] = []
    for link in links:
        address = link.address
        label = text[link.label_start : link.label_end]
        if address is not None:
            edits += _masked(text, link, address, label)
            continue
        if label.strip():
            lost.append(link)
        edits += _bare(text, link, label)
    if edits:
        if lost:
            _tell(draft, min(lost, key=lambda link: link.start), len(lost) - 1)
        draft.rewrite(sorted(edits))


def _masked(text: str, link: Link, address: str, label: str) -> list[Edit]:
    """Return the edits that make a link one that Discord shows."""
    seen = (visible(label) if _MARKED.search(label) else label).strip()
    if not seen or names_address(seen, address):
        apart = link.end == len(text) or text[link.end] in " \t\n.,:;!?)*_~|\"'"
        return [Edit(link.start, link.end, address if apart else f"<{address}>")]
    opening, closing = Edit(link.start, link.label_start, ""), ""
    if "://" in seen or seen[:4].lower() == "www." or not _LABEL.fullmatch(label):
        closing = "" if address in seen else f" ({address})"
        return [opening, Edit(link.label_end, link.end, closing)]
    title = f" {link.title}" if _TITLE.fullmatch(link.title) else ""
    ends = [
        Edit(link.label_start + found.start(), link.label_start + found.end(), " ")
        for found in _LINE_END.finditer(label)
    ]
    return [*ends, Edit(link.label_end, link.end, f"]({address}{title})")]


def _bare(text: str, link: Link, label: str) -> list[Edit]:
    """Return the edits that leave the text of a link, without a new meaning by its place or its neighbours."""
    before, after = text[link.start - 1 : link.start], text[link.end : link.end + 1]
    opening = closing = ""
    if label[:1] and label[0] == before and before in "*_~|`":
        opening = ZERO_WIDTH
    if label[-1:] and label[-1] == after and after in "*_~|`":
        closing = ZERO_WIDTH
    edits = [Edit(link.start, link.label_start, opening), Edit(link.label_end, link.end, closing)]
    nearby = max(0, link.start - 80)
    line = text[max(nearby, text.rfind("\n", nearby, link.start) + 1) : link.start]
    if line.strip(" \t>") or not (marked := _LINE_MARK.match(label)):
        return edits
    escape_at = link.label_start + (marked.end("digits") if marked["digits"] else 0)
    return [edits[0], Edit(escape_at, escape_at, "\\"), edits[1]]


def _tell(draft: TrackedText, first: Link, others: int) -> None:
    target = first.target if len(first.target) <= _MOST_SHOWN else f"{first.target[:_MOST_SHOWN]}…"
    where = f"leads to “{target}”, where readers cannot follow" if target else "leads nowhere"
    more = "" if not others else f" (and {others} more like it)" if others > 1 else " (and one more like it)"
    draft.remark(
        first.start,
        f"this link {where}; its text stays{more}",
        "Give an address that begins with https://, or write a backslash before the [ if it is no link.",
    )
