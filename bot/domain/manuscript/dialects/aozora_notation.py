"""Annotations of Japanese novel sites: Aozora Bunko's `［＃…］`, Pixiv's `[[rb:…]]` and Kakuyomu's bars.

Ruby between 《》 is read by `markdown_dialects`.
"""

from __future__ import annotations

import re

from bot.domain.manuscript.offset_tracking import Edit, TrackedText
from bot.domain.manuscript.scene_breaks.scene_break_classifier import classify_scene_break
from bot.domain.manuscript.text_removal import RemarkTally, cut_out

_NOTE = re.compile(r"(?P<stand>※)?［＃(?P<note>[^［］\n]{1,300})］")
_EMPHASIS = re.compile(r"「(?P<word>[^」\n]{1,80})」[にはの](?P<how>[^「」\n]{1,40})")
_SPAN = re.compile(r"［＃(?P<how>[^［］\n「」]{1,20})］(?P<text>[^［］\n]{1,400})［＃(?P=how)終わり］")
_JIS = re.compile(r"第[34]水準(?P<plane>[12])-(?P<row>\d{1,2})-(?P<cell>\d{1,2})")
_CODE_POINT = re.compile(r"U\+(?P<code>[0-9A-Fa-f]{4,6})")
_LEGEND = re.compile(
    r"(?m)^-{20,}+[ \t]*+\n【テキスト中に現れる記号について】[^\x00]{0,3000}?\n-{20,}+[ \t]*+$\n?"
)
_HEADINGS = {"大見出し": "# ", "中見出し": "## ", "小見出し": "### "}
_NEAR = 200
"""Characters of a line around an annotation that may belong to it."""

_MISSING = "〓"
"""Printers' sign for a character that they have not."""

_PIXIV = re.compile(
    r"\[\[rb:[ \t]*+(?P<base>[^\[\]\n>]{1,100}?)[ \t]*+(?:>|&gt;)[ \t]*+(?P<said>[^\[\]\n]{1,100}?)[ \t]*+\]\]"
    r"|\[\[jumpuri:[ \t]*+(?P<label>[^\[\]\n>]{1,200}?)[ \t]*+(?:>|&gt;)[ \t]*+(?P<url>[^\[\]\s]{1,500})[ \t]*+\]\]"
    r"|^[ \t]*+\[chapter:[ \t]*+(?P<chapter>[^\[\]\n]{1,200})\][ \t]*+$"
    r"|^[ \t]*+(?P<page>\[newpage\])[ \t]*+$"
    r"|\[(?P<other>pixivimage|uploadedimage|jump):[^\[\]\n]{1,100}\]",
    re.MULTILINE,
)
_READ_BAR = re.compile(
    r"[｜|](?<!\\.)(?P<base>[^｜|《》()（）\s]{1,20})[(（](?P<said>[\u3041-\u309f\u30a0-\u30ff・]{1,40})[)）]|[｜|](?<!\\.)(?P<plain>《)"
)
_MEND = "Readers get the text without it."


def read_aozora_notation(draft: TrackedText) -> None:
    """Turn annotations into Discord's marks, and leave out those that set pages."""
    text = draft.text
    tally = RemarkTally(draft)
    if "［＃" in text:
        _annotations(draft, tally)
    if (
        "[[rb:" in text
        or "[[jumpuri:" in text
        or "[chapter:" in text
        or "[newpage]" in text
        or "image:" in text
        or "[jump:" in text
    ):
        draft.replace(_PIXIV, lambda found: _pixiv(draft, found, tally))
    if "｜" in text or "|" in text:
        draft.replace(
            _READ_BAR, lambda found: "《" if found["plain"] else f"{found['base']}（{found['said']}）"
        )
    tally.tell("{kind} is left out", _MEND)


def _annotations(draft: TrackedText, tally: RemarkTally) -> None:
    if "【テキスト中に現れる記号について】" in draft.text:

        def legend(found: re.Match[str]) -> str:
            tally.add("the explanation of Aozora’s signs", found.start())
            return ""

        draft.replace(_LEGEND, legend)
    draft.replace(_SPAN, _span)
    draft.replace(_NOTE, lambda found: _note(draft, found, tally))


def _mark(how: str) -> str:
    """Return Discord's mark for a way to set words off; nothing if there is none."""
    if "点" in how or "太字" in how or "ゴシック" in how:
        return "**"
    if "線" in how:
        return "__"
    return "*" if "斜体" in how else ""


def _span(found: re.Match[str]) -> str | None:
    if found["how"] in _HEADINGS:
        return f"{_HEADINGS[found['how']]}{found['text']}"
    mark = _mark(found["how"])
    return f"{mark}{found['text']}{mark}" if mark else None


def _note(draft: TrackedText, found: re.Match[str], tally: RemarkTally) -> str | Edit | None:
    text, note = draft.text, found["note"]
    if found["stand"]:
        return _character(note)
    line_start, line_end = _line_around(text, found)
    if classify_scene_break(text[line_start:line_end]) is not None:
        return None
    if (emphasis := _EMPHASIS.match(note)) is not None:
        word, how = emphasis["word"], emphasis["how"]
        at = text.rfind(word, line_start, found.start())
        level = next((sign for name, sign in _HEADINGS.items() if name in how), "")
        before = _NOTE.sub("", text[line_start:at]).strip() if at >= 0 else ""
        if level and at >= 0 and not before:
            return Edit(line_start, found.end(), f"{level}{word}")
        if at >= 0 and (mark := _mark(how)):
            return Edit(at, found.end(), f"{mark}{word}{mark}{text[at + len(word) : found.start()]}")
    if note == "改行":
        return "\n"
    tally.add(f"the annotation ［＃{note[:20]}］", found.start()) if "入る" in note else tally.add(
        "an annotation of Aozora’s that sets the page", found.start()
    )
    return cut_out(text, found.start(), found.end())


def _line_around(text: str, found: re.Match[str]) -> tuple[int, int]:
    """Return the start and the end of the line of a match, as far as they are near."""
    first, last = max(0, found.start() - _NEAR), min(len(text), found.end() + _NEAR)
    before, after = text.rfind("\n", first, found.start()), text.find("\n", found.end(), last)
    return before + 1 if before >= 0 else first, after if after >= 0 else last


def _character(note: str) -> str:
    """Return the character that a note describes, if it says its number."""
    if code := _CODE_POINT.search(note):
        number = int(code["code"], 16)
        return chr(number) if 0x20 <= number <= 0x10FFFF and not 0xD800 <= number < 0xE000 else _MISSING
    if jis := _JIS.search(note):
        row, cell = int(jis["row"]) + 0xA0, int(jis["cell"]) + 0xA0
        plane = b"\x8f" if jis["plane"] == "2" else b""
        try:
            return (plane + bytes((row, cell))).decode("euc_jis_2004")
        except (UnicodeDecodeError, ValueError):
            return _MISSING
    return _MISSING


def _pixiv(draft: TrackedText, found: re.Match[str], tally: RemarkTally) -> str | Edit:
    if found["base"]:
        return f"{found['base']}（{found['said']}）"
    if found["label"]:
        return f"[{found['label']}]({found['url']})"
    if found["chapter"]:
        return f"## {found['chapter'].strip()}\n"
    if found["page"]:
        return "***"
    tally.add(f"Pixiv’s [{found['other']}:…]", found.start())
    return cut_out(draft.text, found.start(), found.end())
