"""Sets of names, such as those of HTML's elements, written as one string."""

from __future__ import annotations


def split_names(words: str) -> frozenset[str]:
    """Return the names that blanks separate in a string.

    A list of strings with one name on each line would take a page.
    """
    return frozenset(words.split())
