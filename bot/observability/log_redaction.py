"""Redaction of logs: tokens, and what people wrote, whoever logs them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_GONE = "[hidden]"

_PATTERNS: Sequence[tuple[re.Pattern[str], str]] = (
    # A token answers an interaction for fifteen minutes, and a webhook for ever; both stand in addresses.
    (re.compile(r"(/(?:interactions|webhooks)/\d{15,20}/)[^/\s'\"?&)\]}>,]+"), rf"\1{_GONE}"),
    (re.compile(r"""((?:\\*["'])token(?:\\*["'])\s*:\s*(\\*["']))[^"'\\]+"""), rf"\1{_GONE}"),
    # What databases and SQLAlchemy say of the values they were given.
    (re.compile(r"(\[parameters: ).*?(\]?$)", re.MULTILINE), rf"\1{_GONE}\2"),
    (re.compile(r"(DETAIL:\s+).*?$", re.MULTILINE), rf"\1{_GONE}"),
    (re.compile(r"(Failing row contains \().*?$", re.MULTILINE), rf"\1{_GONE}"),
    (re.compile(r"(invalid input for query argument \$\d+: ).*?$", re.MULTILINE), rf"\1{_GONE}"),
    # Discord quotes what it does not take (docs: reference, Error Messages).
    (re.compile(r"(Value \\?\")[^\"]*(\\?\" )"), rf"\1{_GONE}\2"),
)


def redact(line: str) -> str:
    """Return a text for the log without secrets and without what people wrote."""
    for pattern, instead in _PATTERNS:
        line = pattern.sub(instead, line)
    return line
