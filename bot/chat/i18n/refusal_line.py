"""The line that shows why a destination, a board or a poll was refused."""

from __future__ import annotations

import re

from bot.chat.i18n.message_translation import render_reason
from bot.chat.text.user_text import literal_line
from bot.domain.message_templates import Message, Reason
from bot.domain.subscriptions.channel_refusals import TimedOut

_STORED_TIME_OUT = re.compile(re.escape(TimedOut.template).replace(re.escape("{at}"), r"\d{1,12}"))
"""A time-out that was stored as plain text, before messages had codes."""

_STAMP = re.compile(r"\\<t:(\d{1,12}):f>")


def refusal_line(reason: Reason, limit: int) -> str:
    """Return the reason in the language of the moment, on one line and literal.

    The moment when a time-out ends stays markup, since everybody sees it by their own clock.
    """
    line = literal_line(render_reason(reason), limit)
    return _STAMP.sub(r"<t:\1:f>", line) if _is_time_out(reason) else line


def _is_time_out(reason: Reason) -> bool:
    if isinstance(reason, Message):
        return reason.code == TimedOut.code
    return _STORED_TIME_OUT.fullmatch(reason) is not None
