"""BBCode of forums, such as `[i]word[/i]`, rewritten as the HTML that it stands for."""

from __future__ import annotations

import re

from bot.domain.manuscript.code_spans import CodeLookup, find_code
from bot.domain.manuscript.name_sets import split_names
from bot.domain.manuscript.offset_tracking import Edit, TrackedText

_SAME = split_names("i b u s sup sub center h1 h2 h3 h4 table tr td th ul ol li")
_AS = {
    "em": "em",
    "strong": "strong",
    "strike": "s",
    "del": "s",
    "quote": "blockquote",
    "heading": "h2",
    "p": "p",
    "code": "pre",
    "list": "ul",
}
_PLAIN = split_names(
    "color colour size font left right justify align indent float background highlight glow shadow anchor "
    "tab plain noparse small big ooc note"
)
_HIDING = frozenset(
    ("spoiler", "spoilers", "spoilertext", "ispoiler", "hide", "hidden", "collapse", "accordion")
)
_NAMES = "|".join(
    sorted(_SAME | _AS.keys() | _PLAIN | _HIDING | {"url", "img", "email", "media", "youtube"}, key=len)[::-1]
)
_CODE = re.compile(
    rf"\[(?<!\\\[)(?P<end>/?)(?P<name>{_NAMES})(?:[= ](?P<value>[^\[\]\n]{{0,500}}))?\](?!\()", re.IGNORECASE
)
_RULE = re.compile(r"(?mi)^[ \t]*+\[hr\](?:\[/hr\])?[ \t]*+$")
_ITEM = re.compile(r"\[\*\]")
_DEEPEST = 40


def read_bbcode(draft: TrackedText) -> None:
    """Rewrite pairs of BBCode; a single `[b]` is a word of the story."""
    text = draft.text
    if "[hr]" in text or "[HR]" in text:
        draft.replace(_RULE, lambda _: "<hr>")
    if "[/" not in text:
        return
    text = draft.text
    edits: list[Edit] = []
    for opening, closing in _pairs(text):
        edits += _pair(text, opening, closing)
    edits.sort()
    kept: list[Edit] = []
    for edit in edits:
        if not kept or edit.start >= kept[-1].end:
            kept.append(edit)
    if kept:
        draft.rewrite(kept)


def _pairs(text: str) -> list[tuple[re.Match[str], re.Match[str]]]:
    """Return the codes that open and close; one that crosses another is closed too, as forums do."""
    code = CodeLookup(find_code(text))
    opened: list[re.Match[str]] = []
    pairs: list[tuple[re.Match[str], re.Match[str]]] = []
    for found in _CODE.finditer(text):
        if code.around(found.start()) is not None:
            continue
        if not found["end"]:
            opened.append(found)
            del opened[:-_DEEPEST]
            continue
        for number in reversed(range(len(opened))):
            if opened[number]["name"] == found["name"]:
                pairs.append((opened.pop(number), found))
                break
    return pairs


def _pair(text: str, opening: re.Match[str], closing: re.Match[str]) -> list[Edit]:
    name = opening["name"].lower()
    value = (opening["value"] or "").strip().strip("\"'")
    inside = text[opening.end() : closing.start()]
    edits: list[Edit] = []
    if name == "img":
        return [
            Edit(
                opening.start(),
                closing.end(),
                f'<img src="{inside.strip()}" alt="{value if "x" not in value else ""}">',
            )
        ]
    if name in ("media", "youtube"):
        return [Edit(opening.start(), closing.end(), f"<iframe>{inside}</iframe>")]
    if name == "url" and value:
        first, last = f'<a href="{value}">', "</a>"
    elif name in _HIDING:
        first, last = f"{value + ': ' if value else ''}<spoiler>", "</spoiler>"
    elif name in _SAME or name in _AS:
        element = _AS.get(name, name)
        if name == "list":
            element = "ol" if value else "ul"
            edits += [
                Edit(opening.end() + one.start(), opening.end() + one.end(), "<li>")
                for one in _ITEM.finditer(inside)
            ]
        speaker = value.split(",")[0].split(";")[0].strip("\"' ") if name == "quote" else ""
        first = f"<{element}>" + (f"<b>{speaker}</b><br>" if speaker else "")
        last = f"</{element}>"
    else:
        first = last = ""
    return [
        Edit(opening.start(), opening.end(), first),
        *edits,
        Edit(closing.start(), closing.end(), last),
    ]
