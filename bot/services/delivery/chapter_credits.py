"""The people named in a chapter's credits."""

from __future__ import annotations

from bot.domain.releases.release import Release
from bot.domain.suggestions.credits import Credits, credit_contributors
from bot.store.transaction import Transaction


async def load_credits(tx: Transaction, release: Release) -> Credits:
    """Whom a chapter thanks for the ideas it used."""
    return credit_contributors(await tx.credits.list_contributors(release.story, release.chapter))
