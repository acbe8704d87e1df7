"""Passages that a paste doubled: around the notice of a picture that is gone, or at the chapter's top."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from bot.domain.manuscript.web_pages.web_page_lines import QUOTES
from bot.domain.manuscript_import.line_editor import BlockLine, LineEditor
from bot.domain.manuscript_import.source_document import BlockKind

_PICTURE_NOTICE = re.compile(
    r"this image (?:does not follow our|(?:was|has been) removed because it (?:breaks|violates|does not follow) our)"
    r" content guidelines|dieses bild entspricht nicht unseren|esta imagen no sigue nuestras (?:pautas|normas)"
    r"|cette image ne (?:respecte|suit) pas nos|esta imagem não segue nossas|gambar ini tidak mengikuti"
    r"|изображение не соответствует нашим",
    re.IGNORECASE,
)
_PICTURE_PLACE = re.compile(
    r"[\[(]?(?:image|picture|photo|bild) (?:removed|deleted|not available|entfernt)[\])]?\.?", re.I
)
_REACH = 12
"""Lines on either side of a notice that a doubled passage has at most."""

_SHORTEST_PART = 30
"""Characters that a line has at least which is only a part of its double."""

_SHORTEST_ALONE = 80
"""Characters from which a paragraph is not repeated by chance."""

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"))
_BLANKS = re.compile(r"\s+")


def drop_doubled_passages(editor: LineEditor) -> None:
    """Take out the notice of each vanished picture, and one copy of the passage that stands on both sides of it."""
    notices = [
        index for index, line in enumerate(editor.lines) if line.is_prose and is_picture_notice(line.text)
    ]
    reasons: dict[int, str] = dict.fromkeys(notices, "the notice of a picture that is gone")
    starts = set(notices) - {notice + 1 for notice in notices}
    for notice in sorted(starts):  # One search for each run of notices, for it looks beyond them all.
        for index in _find_double(editor.lines, notice):
            reasons.setdefault(index, "a passage that stands here twice, around a picture that is gone")
    editor.drop(reasons)


def drop_repeated_paragraphs(editor: LineEditor) -> None:
    """Take out long paragraphs that stand there twice in a row; for text that was evidently copied from a page."""
    found: dict[int, str] = {}
    before = ""
    for index, line in enumerate(editor.lines):
        text = _normalize(line.text) if line.kind is BlockKind.PARAGRAPH else ""
        if len(text) >= _SHORTEST_ALONE and text == before:
            found[index] = "a paragraph that stands here twice in a row"
        before = text
    editor.drop(found)


def is_picture_notice(text: str) -> bool:
    """Return whether a line says that a picture is gone."""
    bare = text.strip(" \t*_>\\")
    return len(bare) < 300 and (
        (_PICTURE_NOTICE.search(bare) is not None and not bare.startswith(tuple(QUOTES)))
        or _PICTURE_PLACE.fullmatch(bare) is not None
    )


def _normalize(text: str) -> str:
    """Return what shows of a line, so that copies with an invisible difference are the same."""
    shown = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    return _BLANKS.sub(" ", shown.replace("’", "'").replace("“", '"').replace("”", '"')).strip()


def _find_double(lines: Sequence[BlockLine], notice: int) -> list[int]:
    """Return the lines of the copy that may go: the one before or after, whichever loses no word."""
    first_after = notice + 1
    while first_after < len(lines) and is_picture_notice(lines[first_after].text):
        first_after += 1
    before = [_normalize(line.text) for line in lines[max(0, notice - _REACH) : notice]]
    after = [_normalize(line.text) for line in lines[first_after : first_after + _REACH]]
    for earlier in range(len(before), 0, -1):
        text = " ".join(before[-earlier:])
        later = next((each for each in range(1, len(after) + 1) if " ".join(after[:each]) == text), None)
        if later is not None and len(text) >= _SHORTEST_PART:
            is_first_whole = earlier <= later
            return [
                *(
                    range(first_after, first_after + later)
                    if is_first_whole
                    else range(notice - earlier, notice)
                )
            ]
    for count in range(min(len(before), len(after)), 0, -1):
        pairs = [*zip(before[-count:], after[:count], strict=True)]
        if not all(_is_same(*pair) for pair in pairs) or sum(map(len, before[-count:])) < _SHORTEST_PART:
            continue
        if all(later in earlier for earlier, later in pairs):
            return [*range(first_after, first_after + count)]
        if all(earlier in later for earlier, later in pairs):
            return [*range(notice - count, notice)]
    places = [*range(notice - len(before), notice), *range(first_after, first_after + len(after))]
    return [places[at] for at in _find_repeat([*before, *after], len(before))]


def _find_repeat(texts: Sequence[str], notice: int) -> range:
    """Return the second copy of a passage that stands twice in a row, one of them with the notice before `notice`."""
    for count in range(len(texts) // 2, 1, -1):
        for start in range(max(0, notice - 2 * count + 1), min(notice, len(texts) - 2 * count + 1)):
            middle = start + count
            passage = texts[start:middle]
            if passage == texts[middle : middle + count] and sum(map(len, passage)) >= _SHORTEST_ALONE:
                return range(middle, middle + count)
    return range(0)


def _is_same(one: str, other: str) -> bool:
    """Return whether lines are the same, or one is the beginning or end of the other."""
    if one == other:
        return bool(one)
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_PART and (long.startswith(short) or long.endswith(short))
