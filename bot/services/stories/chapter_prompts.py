"""Prompts for suggestions after a chapter, and the time in which they are open."""

from __future__ import annotations

from datetime import datetime

from bot.domain.releases.release import Release
from bot.domain.stories.chapter_prompts import ResolvedPrompt, resolve_prompt
from bot.domain.stories.story import Story
from bot.domain.suggestions.submission_refusals import WindowOver, WindowPassed
from bot.store.transaction import Transaction


async def find_prompt(tx: Transaction, story: Story, release: Release | None) -> ResolvedPrompt:
    """Return the prompt after a chapter, or without one the prompt of the story."""
    policy = story.suggestions
    if release is None:
        return ResolvedPrompt(policy.prompt)
    edition = await tx.releases.get_edition(release.id)
    asking = edition.prompt if edition is not None else None
    return resolve_prompt(policy.prompt, policy.window, asking, release.released_at)


async def require_open(tx: Transaction, story: Story, release: Release | None, now: datetime) -> None:
    """Refuse a suggestion that comes too late.

    Where the story limits the time for suggestions, one about no chapter counts as one about the newest.

    Raises:
        WindowOver, WindowPassed: The time for suggestions about that chapter is over.
    """
    newest = await tx.releases.count(story.slug)
    if release is None and story.suggestions.window is not None:
        release = await tx.releases.get_by_number(story.slug, newest)
    if release is None:
        return
    asked = await find_prompt(tx, story, release)
    if not asked.is_over(now, succeeded=newest > release.number):
        return
    if asked.until is not None:
        raise WindowOver(chapter=release.title, story=story.title, at=int(asked.until.timestamp()))
    raise WindowPassed(chapter=release.title, story=story.title)
