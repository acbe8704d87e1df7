"""Sharing a line: the paragraphs of a page, one of them to be shown, and whether it may be posted somewhere."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from cachetools import LRUCache

from bot.clock import Clock
from bot.domain.authorization import Viewer, require_visible
from bot.domain.pages.shareable_paragraphs import ShareableParagraph, SharedText, shareable_paragraphs
from bot.domain.reading.reading_refusals import (
    LineChanged,
    LineNotHere,
    NothingToShare,
    PostGone,
    SharingTooFast,
)
from bot.domain.releases.release import Edition, PictureFile, Release
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import StoryHidden
from bot.services.delivery.composer import load_edition
from bot.services.pages.paginator import Paginator
from bot.services.stories.story_lookup import find_here
from bot.store.database import Database
from bot.store.transaction import Transaction

COOLDOWN = timedelta(seconds=15)
"""The least time between two lines that one person posts."""

_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class PageReference:
    """A page of a chapter as buttons name it."""

    release_id: int
    page: int
    revision: int
    """The revision in which the page counts; 0 for the current one."""


@dataclass(frozen=True, slots=True)
class ShareablePage:
    """A page with the paragraphs that can be shared."""

    story: Story
    release: Release
    edition: Edition
    reference: PageReference
    """The page as it is now."""
    paragraphs: tuple[ShareableParagraph, ...]


@dataclass(frozen=True, slots=True)
class SharedLine:
    """A line to be shown as a picture."""

    page: ShareablePage
    paragraph: int
    """The index of its paragraph on the page."""
    text: SharedText
    cover: PictureFile | None

    @property
    def checksum(self) -> int:
        """A number, up to 65,535, that tells whether a button's line is still the one that was shown."""
        return zlib.crc32(self.text.plain.encode()) & 0xFFFF


class ShareableLines:
    """Finds the line that a reader wants to share. Nothing of it is stored."""

    def __init__(self, store: Database, pager: Paginator, clock: Clock) -> None:
        self._store = store
        self._pager = pager
        self._clock = clock
        self._shared_at: LRUCache[int, datetime] = LRUCache(_REMEMBERED)

    async def list_paragraphs(self, viewer: Viewer, wanted: PageReference) -> ShareablePage:
        """Return the paragraphs of a page; if the chapter was revised since, those of the page with the same text.

        Raises:
            NothingToShare: There is no text on the page, or it was withdrawn.
            Refusal: The chapter may not be shown here, or is no longer stored.
        """
        async with self._store.read() as tx:
            return await self._page(tx, viewer, wanted)

    async def compose(
        self, viewer: Viewer, wanted: PageReference, paragraph: int, first: int = 0, last: int | None = None
    ) -> SharedLine:
        """Return the sentences of a paragraph, as many as may be shared, with what surrounds them on the picture.

        Raises:
            LineChanged: The page has no such paragraph any more.
            Refusal: See `list_paragraphs`.
        """
        async with self._store.read() as tx:
            page = await self._page(tx, viewer, wanted)
            if paragraph >= len(page.paragraphs):
                raise LineChanged
            cover = page.story.cover
            found = await tx.releases.get_pictures(page.release.id, [cover]) if cover is not None else []
        text = page.paragraphs[paragraph].cut(first, last)
        return SharedLine(page, paragraph, text, found[0] if found else None)

    @staticmethod
    def require_shareable(viewer: Viewer, story: Story, *, alone: bool) -> None:
        """Refuse to post a line of a story that is for certain guilds where none of them decides who reads it.

        Raises:
            LineNotHere: Others might read it for whom the story is not meant.
        """
        guild_id = viewer.governing_guild
        welcome = guild_id is not None and story.allows_guild(guild_id)
        if story.guilds is not None and not (welcome or alone or viewer.is_author_of(story)):
            raise LineNotHere(story=story.title)

    async def is_ahead(self, viewer: Viewer, page: ShareablePage, *, alone: bool) -> bool:
        """Return whether a line of that page would give something away where the viewer is.

        The first chapter never does, and nothing does in the viewer's own conversation with the bot (`alone`). Else
        the channel, or for a thread its parent, must have come as far as the chapter: by its subscription, or
        because the thread is about that chapter or a later one.
        """
        release = page.release
        if alone or release.number == 1:
            return False
        async with self._store.read() as tx:
            here = await find_here(tx, viewer)
            about = here.chapter if here is not None else None
            if about is not None and about.story == release.story and about.number >= release.number:
                return False
            for channel_id in (viewer.channel_id, viewer.parent_id):
                if channel_id is not None and await _has_come_to(tx, channel_id, release):
                    return False
        return True

    def begin(self, viewer: Viewer) -> None:
        """Record that the viewer posts a line.

        Raises:
            SharingTooFast: They posted another a moment ago, or pressed twice.
        """
        now, last = self._clock.now(), self._shared_at.get(viewer.user_id)
        if last is not None and now - last < COOLDOWN:
            raise SharingTooFast(at=int((last + COOLDOWN).timestamp()) + 1)
        self._shared_at[viewer.user_id] = now

    def undo(self, viewer: Viewer) -> None:
        """Let the viewer try again at once, after the line could not be posted."""
        self._shared_at.pop(viewer.user_id, None)

    async def _page(self, tx: Transaction, viewer: Viewer, wanted: PageReference) -> ShareablePage:
        release = await tx.releases.get(wanted.release_id)
        story = await tx.stories.get_description(release.story) if release is not None else None
        if release is None or story is None:
            raise PostGone
        require_visible(story, viewer, StoryHidden())
        if release.is_withdrawn:
            raise NothingToShare
        edition = await load_edition(tx, release)
        number = wanted.page
        if wanted.revision not in (0, edition.revision):
            before = await tx.releases.get_edition(release.id, wanted.revision)
            number = number if before is None else self._pager.map_page(before, edition, number)
        pages = self._pager.pages(edition)
        number = min(max(number, 1), len(pages))
        paragraphs = shareable_paragraphs(pages[number - 1])
        if not paragraphs:
            raise NothingToShare
        reference = PageReference(release.id, number, edition.revision)
        return ShareablePage(story, release, edition, reference, paragraphs)


async def _has_come_to(tx: Transaction, channel_id: int, release: Release) -> bool:
    """Return whether a channel's subscription has brought that chapter, or begun after it."""
    subscription = await tx.subscriptions.find(channel_id, release.story)
    if subscription is None or subscription.place < release.number:
        return False
    waiting = await tx.delivery_plans.find_first_unsent(subscription.id)
    return waiting is None or waiting > release.number
