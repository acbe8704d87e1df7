"""Sets of names, such as those of HTML's elements, written as one string."""

from __future__ import annotations


def split_names(words: str) -> frozenset[str]:
    """Return the names that blanks separate in a string.

    A literal set would take a line for each name, and some of these sets have fifty.

    Args:
        words: The names, in any order.

    Returns:
        The set of the names.
    """
    return frozenset(words.split())
