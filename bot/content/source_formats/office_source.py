"""Common parts of the readers of DOCX and ODT: the frame of a body's reader, and the source that comes of it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from bot.content.source_formats.office_blocks import build_document
from bot.content.source_formats.office_paragraphs import OfficeItem, OfficeText
from bot.content.source_formats.read_source import ReadSource
from bot.domain.manuscript_import.source_document import Source, SourceRemark


class OfficeBody(ABC):
    """Reader of the paragraphs and tables in an element."""

    def __init__(self) -> None:
        self._items: list[OfficeItem] = []
        """What was found in the element that is read."""

    def read(self, container: etree._Element) -> list[OfficeItem]:
        """Return the paragraphs and tables in an element."""
        outer, self._items = self._items, []
        self._take_blocks(container)
        found, self._items = self._items, outer
        return found

    @abstractmethod
    def _take_blocks(self, container: Iterable[etree._Element]) -> None:
        """Add the paragraphs and tables among some elements."""


@dataclass(frozen=True, slots=True)
class OfficeExtras:
    """Contents of a document that are not taken as they stand."""

    macros: bool = False
    suggestions: bool = False
    """Changes are suggested in it; what they put in is read, what they take out is not."""
    page_text: bool = False
    """Its pages have headers or footers with words in them."""


def office_source(
    name: str, text: OfficeText, pictures: Mapping[str, Callable[[], bytes]], extras: OfficeExtras
) -> ReadSource:
    """Return the source that an office document is.

    Args:
        name: Its name in the source.
        text: All that was read of it.
        pictures: By key: returns a picture's bytes.
        extras: What is not taken as it stands, for remarks.
    """
    document = build_document(name, text)
    said = {
        "its macros are not taken": extras.macros,
        "its suggested changes are read as accepted": extras.suggestions,
        "its page headers and footers are not taken": extras.page_text,
    }
    remarks = tuple(SourceRemark(name, each) for each, holds in said.items() if holds)
    source = Source(
        name,
        (document,),
        title=document.title,
        author=document.author,
        language=document.language,
        remarks=remarks,
    )
    return ReadSource(source, pictures)


def has_words(text: str) -> bool:
    """Return whether a text has letters, and not only a page's number."""
    return any(char.isalpha() for char in text)
