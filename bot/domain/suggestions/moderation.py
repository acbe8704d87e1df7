"""Automatic moderation: suggestions that only their author may see until they are reviewed."""

from __future__ import annotations

import re
import unicodedata

_LEADS_ELSEWHERE = re.compile(
    r"\b[a-z][a-z0-9+.-]{1,30}://\S"  # any address, also one in <…>
    r"|\bwww\.\w"
    r"|\bdiscord(?:app)?\s*\.\s*(?:gg|com\s*/\s*invite|me|li)\b"
    r"|\bdsc\s*\.\s*gg\b"
    r"|\[[^\]\n]{0,400}\]\s?\([^)\n]{1,400}\)"  # a masked link, whatever it leads to
)


def contains_link(text: str) -> bool:
    """Return whether a text has a link or an invite in it, also one hidden by look-alike or invisible characters."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    seen = "".join(c for c in plain if unicodedata.category(c) != "Cf")
    return _LEADS_ELSEWHERE.search(seen) is not None
