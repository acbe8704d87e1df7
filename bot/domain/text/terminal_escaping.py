"""Anybody's text on its way to a terminal or a log: what would move the cursor, begin a line of its own or turn the
direction of writing is shown as the code it has."""

from __future__ import annotations

import re

_TURNING = "\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_UNPRINTABLE = re.compile(f"[{_CONTROL}{_TURNING}\ud800-\udfff]")
_STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_IN_NAMES = re.compile(f"[{_CONTROL}{_TURNING}]")


def printable(text: str) -> str:
    """The text on one line, with control characters, line ends included, and halves of characters as `\\x1b`."""
    return _UNPRINTABLE.sub(_escaped, text)


def printable_lines(text: str) -> str:
    """The same, but line feeds and tabs stay."""
    return _UNPRINTABLE.sub(lambda found: found[0] if found[0] in "\n\t" else _escaped(found), text)


def printable_json(text: str) -> str:
    """Finished JSON, in which such characters stand in strings only, with each as `\\u009b`: it means the same."""
    return _UNPRINTABLE.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)


def find_stray_control(text: str, start: int = 0) -> int | None:
    """Where the first control character stands that no text has any use for: other than tabs and line ends."""
    found = _STRAY.search(text, start)
    return None if found is None else found.start()


def find_unfit_character(name: str) -> str | None:
    """The first character that an id, a title or a name cannot hold, as words such as `U+001B`; None if all are fit.

    Those that turn the direction of writing are among them: they would carry along what stands beside the name. Names
    written from right to left need none.
    """
    found = _NOT_IN_NAMES.search(name)
    return None if found is None else code_point(found[0])


def code_point(character: str) -> str:
    """A character that cannot be seen, by its number."""
    return f"U+{ord(character):04X}"


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
