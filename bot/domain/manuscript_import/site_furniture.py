"""Pieces of a web page around and between paragraphs: buttons, counters, notices, footers, promotion."""

from __future__ import annotations

import re

from bot.domain.manuscript.web_pages.web_page_lines import BYLINE, MARKS, SENTENCE_ENDS, SPEECH
from bot.domain.manuscript.web_pages.web_page_pieces import Certainty, PieceKind, find_web_page_pieces
from bot.domain.manuscript_import.line_editor import LineEditor
from bot.domain.manuscript_import.note_phrases import may_address_readers
from bot.domain.manuscript_import.source_document import BlockKind

_REASONS = {
    PieceKind.BUTTON: "a button or link of the web page",
    PieceKind.COUNTER: "a counter of the web page",
    PieceKind.NOTICE: "a notice of the site",
    PieceKind.FOOTER: "the footer of the web page",
    PieceKind.HEADER: "the header of the web page",
}
_PROMOTION = re.compile(
    r"\b(?:patreon|ko-?fi|buymeacoffee|buy me a coffee|paypal|subscribestar|tip jar|join (?:my|our|the) discord)\b"
)
_LONGEST_TITLE = 80
_DATE = re.compile(
    r"(?:posted|published|updated|last updated|veröffentlicht|aktualisiert|publicado|publié|опубликовано)"
    r"(?: on| am| el| le)?:? .{0,12}\d{1,4}.{0,16}",
    re.IGNORECASE,
)
_TOP = 8
_AUTHOR_BOX = re.compile(
    r"about the author|über den autor|über die autorin|sobre el autor|à propos de l[’']auteur", re.IGNORECASE
)
_BOX_LINE = re.compile(r"bio:", re.IGNORECASE)
"""A line that such a box has, and a story does not that happens to speak of an author."""

_BOX_LINES = 8
_BOX_WORDS = 120
_BUTTON = (
    r"(?:previous|prev|next|first|last)(?: chapter)?|fiction index|table of contents|index|home|contents"
)
_BUTTONS = re.compile(rf"(?:{_BUTTON})(?:[ |•·/-]+(?:{_BUTTON}))+", re.IGNORECASE)
_HASHTAGS = re.compile(r"(?:\\?#[^\W\d_][^#\n]{0,60}){2,40}(?<![.!?])")
_SENTENCE_END = re.compile(r"(?<=[.!?…]) +")
_END = 8
_LAST_LINES = (
    (re.compile(r"\d[\d,.]{0,9}[km]? notes", re.IGNORECASE), _REASONS[PieceKind.COUNTER]),
    (
        re.compile(
            r"[\w-]{2,40} (?:reblogged|liked) this(?: from [\w-]{2,40})?(?: and added:?)?", re.IGNORECASE
        ),
        "a line of the web page that says who shared it",
    ),
    (re.compile(r"tbc|t\.b\.c", re.IGNORECASE), "a line that says that the story goes on"),
    (_BUTTONS, _REASONS[PieceKind.BUTTON]),
    (
        re.compile(
            r"(?:sent|gesendet|envoyé|enviado|inviato) (?:from|von|de|desde|da) (?:my|meinem|mon|mi|il mio) .{2,30}",
            re.IGNORECASE,
        ),
        "the signature of a mail program",
    ),
    (
        re.compile(
            r"(?:end of|ende von|fin du|fin del) (?:chapter|part|kapitel|chapitre|capítulo)(?: [\w-]{1,20})?",
            re.IGNORECASE,
        ),
        "a line that says where the chapter ends",
    ),
)


def drop_site_furniture(editor: LineEditor) -> None:
    """Take out every line of a document or a chapter that is surely a piece of a web page in its place."""
    prose = [index for index, line in enumerate(editor.lines) if line.is_prose and line.text.strip()]
    texts = [
        f"# {line.text}" if line.kind is BlockKind.HEADING else line.text
        for line in map(editor.lines.__getitem__, prose)
    ]
    if not texts:
        return
    found: dict[int, str] = {}
    pieces = find_web_page_pieces(texts)
    for number, piece in pieces.items():
        if (
            len(pieces) == 1
            and piece.certainty is not Certainty.ANYWHERE
            and number not in (0, 1, len(texts) - 1)
        ):
            continue  # One alone, with story on both sides of it, may be the story's.
        if piece.kind in _REASONS:
            found[number] = _REASONS[piece.kind]
        elif piece.kind is PieceKind.TALK and _is_promotion(texts[number]):
            found[number] = "promotion or a call for donations"
    found |= _last_lines(texts) | _author_box(texts)
    if found:
        found |= _titles_among(texts, found) | _dates(texts)
    editor.drop({prose[number]: reason for number, reason in found.items()})


def _author_box(texts: list[str]) -> dict[int, str]:
    """Return the lines from “About the author” to the end, where a site tells of the author below a chapter."""
    for number in range(max(1, len(texts) - _BOX_LINES), len(texts)):
        if _AUTHOR_BOX.fullmatch(texts[number].strip(f"{MARKS}:")):
            box = texts[number:]
            few = sum(len(text.split()) for text in box) <= _BOX_WORDS and any(map(_BOX_LINE.match, box))
            return dict.fromkeys(range(number, len(texts)), "the page's box about the author") if few else {}
    return {}


def _is_promotion(text: str) -> bool:
    """Return whether a line calls for support and says nothing else to the readers, such as thanks."""
    sentences = [each.lower() for each in _SENTENCE_END.split(text)]
    others = [each for each in sentences if not _PROMOTION.search(each)]
    return len(others) < len(sentences) and not any(map(may_address_readers, others))


def _last_lines(texts: list[str]) -> dict[int, str]:
    """Return the lines of the page with which the text ends, talk to the readers among them aside."""
    result: dict[int, str] = {}
    for number in range(len(texts) - 1, max(-1, len(texts) - 1 - _END), -1):
        last = texts[number].strip(f"{MARKS}.")
        reason = next((reason for pattern, reason in _LAST_LINES if pattern.fullmatch(last)), None)
        if reason is None and _HASHTAGS.fullmatch(texts[number].strip()):
            reason = "tags of the web page"
        if reason is not None:
            result[number] = reason
        elif not may_address_readers(texts[number]):
            break
    return result


def _titles_among(texts: list[str], found: dict[int, str]) -> dict[int, str]:
    """Return titles and names that stand after a button, with nothing but pieces of the page to the end."""
    result: dict[int, str] = {}
    waiting: list[int] = []
    for number in range(len(texts) - 1, -1, -1):
        if number in found:
            if waiting and found[number] not in (_REASONS[PieceKind.BUTTON], _REASONS[PieceKind.FOOTER]):
                break
            result |= dict.fromkeys(waiting, "the title of the book in the footer of the web page")
            waiting = []
            continue
        if len(waiting) == 2 or not _is_title(texts[number]):
            break
        waiting.append(number)
    return result


def _is_title(text: str) -> bool:
    bare = text.strip(MARKS)
    return (
        0 < len(bare) <= _LONGEST_TITLE
        and bare[-1] not in SENTENCE_ENDS
        and SPEECH.isdisjoint(bare)
        and (not bare[0].isalpha() or not bare[0].islower() or BYLINE.fullmatch(bare) is not None)
    )


def _dates(texts: list[str]) -> dict[int, str]:
    return {
        number: "the date of the web page"
        for number, text in enumerate(texts[:_TOP])
        if _DATE.fullmatch(text.strip(MARKS))
    }
