"""The content of suggestion boards."""

from __future__ import annotations

from bot.domain.suggestions.panel_contents import BoardPost
from bot.domain.suggestions.panels import Panel
from bot.store.transaction import Transaction

SHOWN = 8
"""Suggestions on a board: each takes three of the forty components that a message may have."""


async def compose_board(tx: Transaction, panel: Panel) -> BoardPost | None:
    """Return the best suggestions of a board's story as they are now, or None if the story is gone."""
    record = await tx.stories.get(panel.story)
    if record is None:
        return None
    suggestions = tuple(await tx.suggestions.list_top(panel.story, limit=SHOWN))
    titles = {}
    for key in {suggestion.chapter for suggestion in suggestions if suggestion.chapter is not None}:
        release = await tx.releases.get_by_chapter(panel.story, key)
        if release is not None:
            titles[key] = release.title
    return BoardPost(
        story=record.story,
        suggestions=suggestions,
        total=await tx.suggestions.count_public(panel.story),
        titles=titles,
        votes=await tx.polls.get_votes([suggestion.number for suggestion in suggestions]),
        marker=panel.marker,
        guild_id=panel.guild_id,
    )
