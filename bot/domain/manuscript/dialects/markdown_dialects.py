"""Markdown dialects: marks of Obsidian, pandoc and Japanese novel sites that Discord lacks."""

from __future__ import annotations

import re
from collections.abc import Callable

from bot.domain.manuscript.offset_tracking import Edit, TrackedText

PictureNamed = Callable[[str], str | None]
"""Returns the path, from the story's folder, of a picture by its name in a vault; None if there is none."""

_PICTURE_NAME = re.compile(r"\.(?:png|jpe?g|gif|webp|svg|bmp|avif|tiff?)\Z", re.IGNORECASE)
_WIKI = re.compile(r"\[\[(?<!\\\[\[)(?P<target>[^\[\]\n|]{1,400})(?:\|(?P<text>[^\[\]\n]{0,400}))?\]\]")
_PROPERTY = r"(?:[.#][\w-]++|[\w-]++=(?:\"[^\"\n]*+\"|[^\s{}\"]++))"
_ATTRIBUTES = re.compile(rf"\{{(?<!\\\{{):?[ \t]*+{_PROPERTY}(?:[ \t]++{_PROPERTY})*+[ \t]*+\}}")
_BRACKETED = re.compile(
    rf"(?<![!\\\]])\[(?P<text>[^\[\]\n]{{0,400}})\]\{{:?[ \t]*+{_PROPERTY}(?:[ \t]++(?:{_PROPERTY}|\w++))*+[ \t]*+\}}"
)
_TASK = re.compile(r"(?m)^(?P<item>[ \t>]*+(?:[-*+]|\d{1,9}[.)])[ \t]++)\[[ xX/><?!*\"✓✔✗-]\][ \t]++")
_BOXES = ("- [", "* [", "+ [", ". [", ") [")
"""Cheap signs to search for first: few texts have any of them."""

_NESTED_MOST = 4
_KANJI = r"\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffffヶ仝"
_KANA = r"\u3041-\u3096\u309d\u309e\u30a1-\u30ff\uff66-\uff9f・\s"
_RUBY = re.compile(
    rf"[｜|](?P<base>[^｜|《》\n]{{1,40}})《(?P<said>[^《》\n]{{1,80}})》"
    rf"|(?P<kanji>[{_KANJI}]{{1,40}})《(?P<kana>[{_KANA}]{{1,80}})》"
    rf"|\{{(?P<braced>[^{{}}|｜\n]{{1,40}})[|｜](?P<parts>[^{{}}\n]{{1,80}})\}}"
)
_STRESSED = re.compile(r"《《(?P<text>[^《》\n]{1,80})》》")
_HAS_KANJI_OR_KANA = re.compile(rf"[{_KANJI}{_KANA.replace(chr(92) + 's', '')}]")


def read_dialects(draft: TrackedText, picture_named: PictureNamed) -> None:
    """Turn the formatting of other tools into Discord's marks or plain text."""
    text = draft.text
    if "[[" in text:
        draft.replace(_WIKI, lambda found: _wiki(draft, found, picture_named))
    if "{" in text:
        for _ in range(_NESTED_MOST if "]{" in text else 0):
            before = draft.text
            draft.replace(_BRACKETED, lambda found: found["text"])
            if draft.text == before:
                break
        draft.replace(_ATTRIBUTES, _without_attributes(draft))
    if "[" in text and any(box in text for box in _BOXES):
        draft.replace(_TASK, lambda found: found["item"])
    if "《" in text or "{" in text:
        draft.replace(_STRESSED, lambda found: f"**{found['text']}**")
        draft.replace(_RUBY, _ruby)


def _wiki(draft: TrackedText, found: re.Match[str], picture_named: PictureNamed) -> Edit:
    target, shown = found["target"].strip(), (found["text"] or "").strip()
    before = draft.text[max(0, found.start() - 2) : found.start()]
    if before[-1:] != "!" or before == "\\!":
        return Edit(found.start(), found.end(), shown or _page_name(target))
    embedded = _embedded(draft, found.start() - 1, target, shown, picture_named)
    return Edit(found.start() - 1, found.end(), embedded)


def _embedded(draft: TrackedText, at: int, target: str, shown: str, picture_named: PictureNamed) -> str:
    if not _PICTURE_NAME.search(target):
        draft.remark(
            at,
            f"the page “{target}” is put in here, which only Obsidian can do",
            "Copy what readers are to see of it into the chapter.",
        )
        return ""
    path = picture_named(target)
    if path is None:
        draft.remark(
            at,
            f"the picture “{target}” is not there, and is left out",
            "Put it into the story’s images folder.",
        )
        return ""
    name = target.rpartition("/")[2].rpartition(".")[0]
    alt = "" if re.fullmatch(r"\d+(?:x\d+)?", shown) else shown
    return f"![{alt or name}](<{path}>)" if re.search(r"[\s()]", path) else f"![{alt or name}]({path})"


def _page_name(target: str) -> str:
    """Return the text of a link in Obsidian: the page, or for one on this page the heading."""
    page, _, heading = target.partition("#")
    return page.rpartition("/")[2].removesuffix(".md") or heading.replace("#", " ") or target


def _without_attributes(draft: TrackedText) -> Callable[[re.Match[str]], Edit]:
    def replacement(found: re.Match[str]) -> Edit:
        text = draft.text
        start, end = found.span()
        ends = end == len(text) or text[end] == "\n"
        while ends and start and text[start - 1] in " \t":
            start -= 1
        alone = start == 0 or text[start - 1] == "\n"
        return Edit(start, end + 1 if alone and ends and end < len(text) else end, "")

    return replacement


def _ruby(found: re.Match[str]) -> str | None:
    """Write `漢字《かんじ》` as 漢字（かんじ）.

    Without a bar it needs a reading in kana, because Chinese titles are in 《》.
    """
    if found["kanji"]:
        dots = not found["kana"].strip("・")
        return f"**{found['kanji']}**" if dots else f"{found['kanji']}（{found['kana']}）"
    base = found["base"] or found["braced"]
    said = found["said"] or "".join(re.split("[|｜]", found["parts"]))
    if not said.strip("・﹅﹆●○"):
        return f"**{base}**"
    if not _HAS_KANJI_OR_KANA.search(base + said):
        return None
    return f"{base}（{said}）"
