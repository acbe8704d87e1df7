"""The line of a chapter's counters."""

from __future__ import annotations

from bot.chat.i18n.gettext import compact, n
from bot.domain.statistics.counters import Counters


def line(figures: Counters) -> str:
    """Under a chapter. Reads are a floor, and shown as one; what there is none of is not named."""
    parts = []
    if figures.reads:
        parts.append(n("{many}+ read", "{many}+ reads", figures.reads, many=compact(figures.reads)))
    if figures.votes:
        parts.append(n("{many} vote", "{many} votes", figures.votes, many=compact(figures.votes)))
    if figures.comments:
        parts.append(n("{many} comment", "{many} comments", figures.comments, many=compact(figures.comments)))
    return f"-# {' · '.join(parts)}"
