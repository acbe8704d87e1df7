"""From what a person typed or picked to the story or chapter that they may see."""

from __future__ import annotations

import unicodedata

from bot.domain.access import Viewer, may_know, may_see, require_visible
from bot.domain.errors import ChapterUnknown, DiscordSlow, NoStoryHere, StoryNeeded, StoryUnknown
from bot.domain.release import Release
from bot.services.storage import StoryRecord, Transaction

SHOWN_TEXT = 80
"""How much of what somebody typed a refusal repeats, in characters."""


def fold(text: str) -> str:
    """For comparing what people type: NFKC, without case or outer white space."""
    return unicodedata.normalize("NFKC", text).casefold().strip()


async def find_named(tx: Transaction, viewer: Viewer, typed: str) -> StoryRecord | None:
    """The story of that slug or title, whoever may know of it; of several of that title the viewer's own."""
    record = await tx.stories.get(typed)
    if record is not None:
        return record
    wanted = fold(typed)
    named = [r for r in await tx.stories.all() if wanted in (fold(r.story.slug), fold(r.story.title))]
    return next((r for r in named if viewer.directs(r.story)), named[0] if named else None)


async def called(tx: Transaction, viewer: Viewer, typed: str) -> str:
    """How to call what was typed or picked in a refusal: by the story's title, if it is one that they may know."""
    record = await find_named(tx, viewer, typed)
    return record.story.title if record is not None and may_know(record.story, viewer) else typed[:SHOWN_TEXT]


async def find_story(tx: Transaction, viewer: Viewer, typed: str) -> StoryRecord:
    """The story of that slug or title.

    Raises:
        StoryUnknown: there is none, or none that this person may know of here.
        AgeRestricted: there is, and its rating asks for another place.
    """
    record = await tx.stories.get(typed)
    if record is None:
        wanted = fold(typed)
        named = [r for r in await tx.stories.all() if wanted in (fold(r.story.slug), fold(r.story.title))]
        record = next((r for r in named if may_see(r.story, viewer)), named[0] if named else None)
    if record is None:
        raise StoryUnknown(story=typed[:SHOWN_TEXT])
    require_visible(record.story, viewer, StoryUnknown(story=typed[:SHOWN_TEXT]))
    return record


async def find_implied_story(tx: Transaction, viewer: Viewer) -> StoryRecord:
    """The story meant when none is named: the channel's only one, else the only one there is to see.

    Raises:
        StoryNeeded: several could be meant.
        NoStoryHere: none could.
        DiscordSlow: none could, as far as Discord says of which servers they are a member.
    """
    seen: list[StoryRecord] = []
    if viewer.channel_id is not None:
        for subscription in await tx.subscriptions.of_channel(viewer.channel_id):
            record = await tx.stories.get(subscription.story)
            if record is not None and may_see(record.story, viewer):
                seen.append(record)
    if not seen:
        seen = [record for record in await tx.stories.all() if may_see(record.story, viewer)]
    if not seen and viewer.server is None and viewer.unsure:
        raise DiscordSlow
    if not seen:
        raise NoStoryHere
    if len(seen) > 1:
        raise StoryNeeded
    return seen[0]


async def follows(tx: Transaction, user_id: int, slug: str) -> bool:
    """Whether that story's chapters come to that person's direct messages."""
    return any(own.story == slug for own in await tx.subscriptions.of_reader(user_id))


async def find_release(tx: Transaction, record: StoryRecord, typed: str) -> Release:
    """The released chapter of that key, number or title.

    Raises:
        ChapterUnknown: no released chapter is called that; whether an unreleased one is, is not told.
    """
    wanted = fold(typed)
    released = await tx.releases.of(record.story.slug)
    for release in released:
        if wanted == fold(release.chapter):
            return release
    for release in released:
        if wanted in (fold(release.title), str(release.number)):
            return release
    raise ChapterUnknown(story=record.story.title, chapter=typed[:SHOWN_TEXT])
