"""The few words of our own in a book, in the story's language if they are known in it, else in English."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BookWords:
    """Words and sentences around a story's own text."""

    contents: str
    cover: str
    start: str
    rated: str
    ratings: dict[str, str]
    warnings: str
    note_before: str
    note_after: str
    thanks: str
    ideas_in_story: str
    ideas_by: str
    one_reader: str
    readers: str
    more: str
    last: str
    """Joins the last name of several to those before it."""


_ENGLISH = BookWords(
    contents="Contents",
    cover="Cover",
    start="Start",
    rated="Rated {rating}.",
    ratings={},
    warnings="Warnings: {warnings}.",
    note_before="Note before the chapter",
    note_after="Note after the chapter",
    thanks="Thanks",
    ideas_in_story="These readers’ ideas are in the story.",
    ideas_by="With ideas by {names}.",
    one_reader="a reader",
    readers="{count} readers",
    more="{count} more",
    last=" and ",
)
_GERMAN = BookWords(
    contents="Inhalt",
    cover="Umschlag",
    start="Anfang",
    rated="Einstufung: {rating}.",
    ratings={
        "general": "für alle",
        "teen": "für Jugendliche",
        "mature": "für Erwachsene",
        "explicit": "explizit",
    },
    warnings="Hinweise: {warnings}.",
    note_before="Bemerkung vor dem Kapitel",
    note_after="Bemerkung nach dem Kapitel",
    thanks="Danke",
    ideas_in_story="Ideen dieser Leserinnen und Leser stecken in der Geschichte.",
    ideas_by="Mit Ideen von {names}.",
    one_reader="einer weiteren Person",
    readers="{count} Personen",
    more="{count} weiteren",
    last=" und ",
)


def words_for(language: str) -> BookWords:
    """Return the words for a story in that language."""
    return _GERMAN if language.lower().partition("-")[0] == "de" else _ENGLISH
