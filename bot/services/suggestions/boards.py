"""The content of suggestion boards."""

from __future__ import annotations

from bot.domain.suggestions.panel_views import BoardPost
from bot.domain.suggestions.panels import Panel
from bot.store.transaction import Transaction

SHOWN = 8
"""Ideas on a board: each takes three of the forty components that a message may have."""


async def compose_board(tx: Transaction, panel: Panel) -> BoardPost | None:
    """Return the best suggestions of a board's story as they are now, or None if the story is gone."""
    record = await tx.stories.get(panel.story)
    if record is None:
        return None
    ideas = tuple(await tx.suggestions.list_top(panel.story, limit=SHOWN))
    titles = {}
    for key in {idea.chapter for idea in ideas if idea.chapter is not None}:
        release = await tx.releases.get_by_chapter(panel.story, key)
        if release is not None:
            titles[key] = release.title
    return BoardPost(
        story=record.story,
        suggestions=ideas,
        total=await tx.suggestions.count_public(panel.story),
        titles=titles,
        votes=await tx.polls.get_votes([idea.number for idea in ideas]),
        marker=panel.marker,
        guild_id=panel.guild_id,
    )
