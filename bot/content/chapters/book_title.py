"""The title of the whole book as the first heading of its files, which is no chapter's title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.content.chapters.chapter_file import ChapterFile
from bot.content.chapters.chapter_title import is_same_title

_SHARE = 0.8
_FEWEST = 2


def under_book_title(files: Sequence[ChapterFile], story: str | None) -> set[str]:
    """Return the names of the files whose first heading is the title of the book.

    It is if nearly all chapters begin with it, or if it is the story's title and stands in more than one, or above
    the title of the only one.
    """
    headings = {file.name: file.book.heading.casefold() for file in files if file.book is not None}
    counts = Counter(headings.values())
    shared = {heading for heading, count in counts.items() if count >= max(_FEWEST, _SHARE * len(files))}
    return {
        file.name
        for file in files
        if file.book is not None
        and (
            (heading := headings[file.name]) in shared
            or (story and is_same_title(heading, story) and (file.book.headed or counts[heading] >= _FEWEST))
        )
    }
