"""Parts of a story by the names of files that hold several chapters each, such as `Book 2 - Ash.docx`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from bot.domain.manuscript_import.heading_candidates import HeadingSort, find_candidates, read_heading
from bot.domain.manuscript_import.source_document import SourceDocument


def part_of_name(name: str, documents: Sequence[SourceDocument]) -> str | None:
    """Return the part that a file is by its name; None for one that is a chapter, whatever it is called.

    Args:
        name: The file's name in the source.
        documents: All that was read of it.
    """
    said = read_heading(" ".join(PurePosixPath(name).stem.replace("_", " ").split()))
    if said is None or said[0] is not HeadingSort.PART:
        return None
    # Wattpad calls each chapter a part: only a file with headings of its own holds chapters.
    sorts = {candidate.sort for each in documents for candidate in find_candidates(each.blocks)}
    if sorts.isdisjoint((HeadingSort.NUMBERED, HeadingSort.NAMED)):
        return None
    return said[2] or said[1]
