"""Escaping of untrusted text for a terminal or a log.

Characters that would move the cursor, begin a line or turn the direction of writing are shown by their code.
"""

from __future__ import annotations

import re

_TURNING = "\u202a-\u202e\u2066-\u2069"
_CONTROL = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_UNPRINTABLE = re.compile(f"[{_CONTROL}{_TURNING}\ud800-\udfff]")
_STRAY = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029]")
_NOT_IN_NAMES = re.compile(f"[{_CONTROL}{_TURNING}]")


def printable(text: str) -> str:
    r"""Return the text on one line, with control characters, line ends and lone surrogates escaped like `\x1b`."""
    return _UNPRINTABLE.sub(_escaped, text)


def printable_lines(text: str) -> str:
    """Return the text escaped like `printable`, but with line feeds and tabs kept."""
    return _UNPRINTABLE.sub(lambda found: found[0] if found[0] in "\n\t" else _escaped(found), text)


def printable_json(text: str) -> str:
    r"""Return serialized JSON with such characters, which only strings contain, escaped like `\u009b`."""
    return _UNPRINTABLE.sub(lambda found: found[0] if found[0] == "\n" else f"\\u{ord(found[0]):04x}", text)


def find_stray_control(text: str, start: int = 0) -> int | None:
    """Return the offset of the first control character other than tabs and line ends."""
    found = _STRAY.search(text, start)
    return None if found is None else found.start()


def find_unfit_character(name: str) -> str | None:
    """Return the first character that an id, a title or a name cannot have, such as `U+001B`; None if there is none.

    Characters that turn the direction of writing are among them: they would affect the text next to the name, and
    names written from right to left need none.
    """
    found = _NOT_IN_NAMES.search(name)
    return None if found is None else code_point(found[0])


def code_point(character: str) -> str:
    """Return the notation of an invisible character."""
    return f"U+{ord(character):04X}"


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode("unicode_escape").decode("ascii")
