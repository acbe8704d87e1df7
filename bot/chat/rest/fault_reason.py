"""A fault's reason, as it is shown."""

from __future__ import annotations

import re

from bot.chat.i18n.late_translation import retold
from bot.chat.text.user_text import literal_line
from bot.domain.errors import TimedOut

_OWN = re.compile(re.escape(TimedOut.template).replace(re.escape("{at}"), r"\d{1,12}"))
_STAMP = re.compile(r"\\<t:(\d{1,12}):f>")


def reason_line(reason: str, limit: int) -> str:
    """The reason in the language of the moment, on one line and literal, but for the moment that a time-out ends: that
    everybody sees by their own clock."""
    line = literal_line(retold(reason), limit)
    return _STAMP.sub(r"<t:\1:f>", line) if _OWN.fullmatch(reason) else line
