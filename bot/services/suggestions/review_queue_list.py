"""The review queue as a list: some suggestions a page, each with what tells it from others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.authorization import Viewer, redact_suggestion, require_author
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import NotAnyAuthor
from bot.domain.suggestions.panel_contents import QueueFilter, QueueListEntry, QueueListView
from bot.domain.suggestions.suggestion import Suggestion
from bot.domain.text.normalization import fold
from bot.services.stories.story_lookup import find_story
from bot.store.stories.story_records import StoryRecord
from bot.store.suggestions.review_queue_records import QueueQuery
from bot.store.transaction import Transaction

LISTED = 8
"""Suggestions on a page of the list."""


async def find_reviewed_stories(tx: Transaction, viewer: Viewer, story: str | None) -> list[StoryRecord]:
    """Return the stories whose suggestions the viewer may look at: the one that is named, or all of them.

    Raises:
        NotAnyAuthor: There is none.
        Refusal: The story named is not the viewer's.
    """
    if story is not None:
        record = await find_story(tx, viewer, story)
        require_author(record.story, viewer)
        return [record]
    records = [record for record in await tx.stories.list_all() if viewer.is_author_of(record.story)]
    if not records:
        raise NotAnyAuthor
    return records


def queue_query(slugs: tuple[str, ...], look: QueueFilter) -> QueueQuery:
    """Return the query for what a filter shows of these stories."""
    return QueueQuery(slugs, look.state, look.order, look.chapter, look.held, fold(look.search))


async def compose_list(
    tx: Transaction,
    viewer: Viewer,
    stories: Sequence[Story],
    look: QueueFilter,
    number: int,
    step: int,
) -> QueueListView:
    """Return the page of the list on which a suggestion stands, or would stand if it has left the queue.

    Args:
        tx: The transaction to read in.
        viewer: The author.
        stories: All stories that the author may look at.
        look: The filter; its `story` is a slug.
        number: The suggestion's number; 0 for the first page.
        step: How many suggestions further on, or back where it is negative.
    """
    by_slug = {story.slug: story for story in stories}
    wanted = queue_query(tuple(by_slug) if look.story is None else (look.story,), look)
    ahead, total = await tx.review_queue.locate(wanted, number)
    page_count = max(1, -(-total // LISTED))
    page = min(max(ahead + step, 0) // LISTED, page_count - 1)
    numbers = await tx.review_queue.list_numbers(wanted, offset=page * LISTED, limit=LISTED)
    found = await tx.suggestions.get_many(numbers)
    entries = [
        await _entry(tx, redact_suggestion(found[each], by_slug[found[each].story], viewer), by_slug)
        for each in numbers
    ]
    return QueueListView(look, tuple(entries), page, page_count, total, tuple(stories))


async def _entry(tx: Transaction, one: Suggestion, by_slug: Mapping[str, Story]) -> QueueListEntry:
    release = await tx.releases.get_by_chapter(one.story, one.chapter) if one.chapter is not None else None
    if release is None:
        return QueueListEntry(one, by_slug[one.story], one.chapter)
    return QueueListEntry(one, by_slug[one.story], release.title, release.number)
