"""Records of a story's readers in the bot's database, read and changed beside a running bot."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

from bot.domain.authorization import Viewer
from bot.domain.releases.release import Release
from bot.domain.stories.story import Serial, Story
from bot.domain.stories.story_refusals import NothingPublished
from bot.domain.suggestions.suggestion import UNDO_TIME, Suggestion, author_decisions
from bot.services.statistics.reports import StoryReports
from bot.services.stories.chapter_lookup import chapter_token
from bot.services.stories.upcoming import UpcomingReleases
from bot.services.suggestions.decision_undo import undo_offer
from bot.store.database import Database
from bot.store.transaction import Transaction

_MOST = 500
"""Ideas of a story that are shown, the newest."""


class DeskSerials(UpcomingReleases):
    """The chapters as the desk reads them, for services that look them up."""

    def __init__(self, serials: Mapping[str, Serial]) -> None:
        self._serials = serials

    def serial(self, slug: str) -> Serial | None:
        """Return a story's chapters."""
        return self._serials.get(slug)


def author_of(story: Story) -> Viewer:
    """Return the person at the desk as an author of the story: they have its files and the bot's database."""
    user_id = next((author.discord for author in story.authors if author.discord is not None), 0)
    return Viewer(user_id, "author", operator=True)


@asynccontextmanager
async def open_beside(url: str) -> AsyncIterator[Database]:
    """Open the bot's database, which the bot may have open too.

    Raises:
        StoreError: it cannot be used now.
    """
    store = await Database.open(url, shared=True)
    try:
        yield store
    finally:
        await store.close()


async def list_ideas(tx: Transaction, story: Story, serial: Serial | None, now: datetime) -> dict[str, Any]:
    """Return a story's ideas, and the chapters that may use one."""
    releases = await tx.releases.list_by_story(story.slug)
    titles = _titles(releases, serial)
    found = await tx.suggestions.list_all([story.slug], None, limit=_MOST)
    return {
        "ideas": [await _idea(tx, each, titles, now) for each in found],
        "chapters": [
            {"token": chapter_token(key), "title": title, "number": number}
            for key, (number, title) in titles.items()
        ],
    }


def _titles(releases: list[Release], serial: Serial | None) -> dict[str, tuple[int, str]]:
    """Return the number and the title of every chapter by its key, those to come first."""
    out = {each.chapter: (each.number, each.title) for each in releases}
    coming = [each for each in (serial.chapters if serial else ()) if each.key not in out]
    ahead = {each.key: (len(out) + place, each.title) for place, each in enumerate(coming, 1)}
    return ahead | dict(reversed(out.items()))


async def _idea(
    tx: Transaction, one: Suggestion, titles: Mapping[str, tuple[int, str]], now: datetime
) -> dict[str, Any]:
    offer = None
    if one.decided_at is not None and now - one.decided_at < 60 * UNDO_TIME:
        offer = undo_offer(await tx.suggestions.list_changes(one.number), now)

    def named(key: str | None) -> str | None:
        if key is None:
            return None
        number, title = titles.get(key, (0, key))
        return f"{number}. {title}" if number else title

    return {
        "number": one.number,
        "text": one.text,
        "state": one.state.value,
        "held": one.held,
        "by": one.shown_suggester,
        "supporters": one.supporters,
        "chapter": named(one.chapter),
        "used_in": named(one.used_in),
        "merged_into": one.merged_into,
        "reason": one.reason,
        "created_at": one.created_at.isoformat(),
        "decisions": [decision.value for decision in author_decisions(one.state)],
        "undo": None if offer is None else {"change": offer.change, "until": offer.until.isoformat()},
    }


async def show_figures(store: Database, story: Story) -> dict[str, Any]:
    """Return reads, stars and the share of readers who went on by chapter, and who follows the story."""
    async with store.read() as tx:
        subscriptions = await tx.subscriptions.list_by_story(story.slug)
    followers = sum(each.user_id is not None for each in subscriptions)
    places = {"followers": followers, "channels": len(subscriptions) - followers}
    try:
        report = await StoryReports(store).report(author_of(story), story.slug)
    except NothingPublished:
        return {**places, "chapters": []}
    return {
        **places,
        "chapters": [
            {
                "number": each.number,
                "title": each.title,
                "reads": each.counters.reads,
                "stars": each.counters.votes,
                "comments": each.counters.comments,
                "stayed": None if each.retention is None else round(each.retention * 100),
            }
            for each in report.chapters
        ],
    }
