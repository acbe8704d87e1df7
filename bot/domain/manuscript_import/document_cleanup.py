"""Clean-up of whole documents, before they are split into chapters."""

from __future__ import annotations

from bot.domain.manuscript_import.import_decisions import DecisionLog
from bot.domain.manuscript_import.source_document import Source


def clean_documents(source: Source, log: DecisionLog) -> Source:
    """Take out what belongs to no chapter, such as menus and hidden text, and mark what stays."""
    del log
    return source
