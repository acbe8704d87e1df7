"""Composition of posts from the store, never from the files, which may have changed or gone."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.clock import Clock
from bot.domain.delivery.delivery import Delivery
from bot.domain.delivery.message_ids import is_apart
from bot.domain.pages import Page, Picture
from bot.domain.releases.release import Edition, PictureFile, Release
from bot.domain.subscriptions.release_styles import MessageForm, message_form
from bot.domain.subscriptions.subscription import Subscription, SubscriptionOptions, SubscriptionState
from bot.domain.suggestions.credits import Credits, credit_contributors
from bot.kit.batching import SingleFlight
from bot.services.delivery.post_messenger import ChapterPost, MessageRef
from bot.services.pages.paginator import Paginator
from bot.services.read_cache import ReadCache
from bot.services.stories.next_chapter import next_in_story, next_on_own_schedule
from bot.services.stories.upcoming import UpcomingReleases
from bot.store.database import Database
from bot.store.delivery.delivery_records import ClaimedDelivery
from bot.store.delivery.post_records import Post
from bot.store.transaction import Transaction


class MissingContent(LookupError):
    """The store lacks what a post refers to."""


class PostComposer:
    """Builds `ChapterPost`s. Each is read in one transaction, so its parts belong together."""

    def __init__(self, store: Database, pager: Paginator, upcoming: UpcomingReleases, clock: Clock) -> None:
        self._store = store
        self._pager = self.paginator = pager
        self._upcoming = upcoming
        self._clock = clock
        self._common = SingleFlight(self._read_common)
        self._shelf = ReadCache(store)

    async def compose_delivery(self, job: ClaimedDelivery) -> ChapterPost | None:
        """Build a delivery's message with the present revision of its chapter; None if its page no longer exists.

        A chapter that is withdrawn before its delivery is posted too: as a notice, in its place in the order, without a
        mention. So none is missing when it returns, and none after it waits.

        Raises:
            ContentMissing: Its story or text is not in the store.
        """
        delivery, options = job.delivery, job.subscription.options
        shape = message_form(options.style, delivery.part, forum=job.subscription.forum)
        post = await self._common((job.release.id, shape, delivery.part))
        if post is None:
            return None
        said = _said(post.release, delivery, job.subscription)
        if delivery.skipped or options.pace is not None:
            async with self._store.read() as tx:
                said["skipped"] = await _named(tx, post.release, delivery)
                said |= await self._at_pace(tx, post.release, job.subscription)
        return replace(post, marker=delivery.id, **said)

    async def _read_common(self, key: tuple[int, MessageForm, int]) -> ChapterPost | None:
        """Build the message that all destinations share, read once for all deliveries that are due together.

        Since the claim the chapter may have been revised or withdrawn; the older text must not be sent then.
        """
        release_id, shape, part = key
        async with self._store.read() as tx:
            release = await tx.releases.get(release_id)
            if release is None:
                raise MissingContent(f"release {release_id}")
            figures = await tx.counters.count_by_release([release_id])
            base = replace(await self._base(tx, release), figures=figures[release_id])
            return await self._shaped(tx, base, shape, part) if part <= base.parts else None

    async def compose_page(self, post: Post, page_number: int) -> ChapterPost:
        """Build a post with another of its pages; a number out of range selects the nearest page.

        `page_number` counts in the revision that the post shows. If there is a newer revision, its page with the same
        text is shown. A post whose chapter is withdrawn keeps its page for the return. Posts without pages to turn are
        built as they are in the present revision.

        Raises:
            ContentMissing: Its story or text is not in the store.
        """
        return await self._shelf.read(lambda tx: self._turned_post(tx, post, page_number))

    async def _turned_post(self, tx: Transaction, post: Post, page_number: int) -> ChapterPost:
        release = await tx.releases.get(post.release_id)
        if release is None:
            raise MissingContent(f"release {post.release_id}")
        base = await self._base(tx, release)
        base = replace(base, marker=post.delivery_id or 0, guild_id=post.guild_id)
        base = replace(base, **await self._said_before(tx, release, post))
        if post.shape is not MessageForm.PAGES:
            base = replace(base, following=await _apart(tx, post))
            return await self._shaped(tx, base, post.shape, min(post.part, base.parts))
        pages = self._pager.pages(base.edition)
        number = post.page if release.is_withdrawn else page_number
        if post.revision != base.edition.revision:
            shown = await tx.releases.get_edition(release.id, post.revision)
            number = number if shown is None else self._pager.map_page(shown, base.edition, number)
        turned = await self._turned(tx, base, min(max(number, 1), len(pages)))
        if post.guild_id is None and post.delivery_id is None and turned.page_number == len(pages):
            # A page that its reader asked for, which the ledger does not know.
            own = await tx.subscriptions.find(post.channel_id, release.story)
            return replace(turned, is_followed=own is not None and own.state is not SubscriptionState.ENDED)
        return turned

    async def _base(self, tx: Transaction, release: Release) -> ChapterPost:
        """Build what all messages of a chapter have in common, with its first page."""
        record = await tx.stories.get(release.story)
        if record is None:
            raise MissingContent(f"story {release.story}")
        onward = await next_in_story(tx, self._upcoming, record, release, self._clock.now())
        edition = await load_edition(tx, release)
        pages = self._pager.pages(edition)
        return ChapterPost(
            story=record.story,
            release=release,
            edition=edition,
            page=pages[0],
            page_number=1,
            page_count=1,
            marker=0,
            options=SubscriptionOptions(),
            next_at=onward.next_at,
            succeeding=onward.succeeding,
            parts=len(pages),
        )

    async def _turned(self, tx: Transaction, base: ChapterPost, number: int) -> ChapterPost:
        page = self._pager.pages(base.edition)[number - 1]
        return replace(
            base,
            page=page,
            page_number=number,
            page_count=base.parts,
            pictures=await load_pictures(tx, base.release.id, page),
            credits=await _credits(tx, base, ends=number == base.parts),
        )

    async def _shaped(self, tx: Transaction, base: ChapterPost, shape: MessageForm, part: int) -> ChapterPost:
        if shape is MessageForm.PAGES:
            return await self._turned(tx, base, 1)
        if shape is MessageForm.PART:
            page = self._pager.pages(base.edition)[part - 1]
            pictures = await load_pictures(tx, base.release.id, page)
            named = await _credits(tx, base, ends=part == base.parts)
            return replace(base, shape=shape, part=part, page=page, pictures=pictures, credits=named)
        named = await _credits(tx, base, ends=True)
        return replace(base, shape=shape, pictures=await self._cover(tx, base), credits=named)

    async def _cover(self, tx: Transaction, base: ChapterPost) -> tuple[PictureFile, ...]:
        """Return the picture of an announcement: the story's cover, or else the first in the chapter."""
        blocks = (block for page in self._pager.pages(base.edition) for block in page.blocks)
        first = next((block.path for block in blocks if isinstance(block, Picture)), None)
        paths = [path for path in (base.story.cover, first) if path is not None]
        return tuple((await tx.releases.get_pictures(base.release.id, paths))[:1]) if paths else ()

    async def count_pages(self, release: Release) -> int:
        """Return the number of pages of the chapter."""
        known = self._pager.cached_pages(release.id, release.revision)
        if known is not None:
            return len(known)
        async with self._store.read() as tx:
            return len(self._pager.pages(await load_edition(tx, release)))

    async def _said_before(self, tx: Transaction, release: Release, post: Post) -> dict[str, Any]:
        """Return the fields that a sent post has beside the chapter, as far as the ledger still knows them."""
        delivery = await tx.deliveries.get(post.delivery_id) if post.delivery_id is not None else None
        if delivery is not None:
            subscription = await tx.subscriptions.get(delivery.subscription_id)
        else:
            # A page in somebody's direct messages is theirs alone; any other belongs to what its channel reads.
            found = post.guild_id is not None
            subscription = await tx.subscriptions.find(post.channel_id, release.story) if found else None
        if subscription is None:
            return (
                {} if post.guild_id is None or delivery is not None else {"next_at": None, "succeeding": None}
            )
        said = await self._at_pace(tx, release, subscription)
        if delivery is None:
            return said
        said |= _said(release, delivery, subscription)
        if subscription.mention_fault is not None:
            said["mention"] = None
        return said | {"skipped": await _named(tx, release, delivery)}

    async def _at_pace(self, tx: Transaction, release: Release, subscription: Subscription) -> dict[str, Any]:
        """Return the continuation in a channel with its own schedule, which replaces that of the story."""
        record = await tx.stories.get(release.story) if subscription.options.pace is not None else None
        if record is None:
            return {}
        now = self._clock.now()
        own = await next_on_own_schedule(tx, self._upcoming, record, release, subscription, now)
        return {"next_at": own.next_at, "succeeding": own.succeeding}


def _said(release: Release, delivery: Delivery, subscription: Subscription) -> dict[str, Any]:
    """Return the fields of one destination's post beside the chapter."""
    options = subscription.options
    mentions = delivery.mention and not release.is_withdrawn
    return {
        "options": options,
        "mention": options.mention if mentions else None,
        "is_followed": subscription.user_id is not None and subscription.state is not SubscriptionState.ENDED,
    }


async def _named(tx: Transaction, release: Release, delivery: Delivery) -> tuple[Release, ...]:
    """Return the chapters that a post names instead of posting them."""
    found = [await tx.releases.get_by_number(release.story, number) for number in delivery.skipped]
    return tuple(each for each in found if each is not None)


async def _apart(tx: Transaction, post: Post) -> MessageRef | None:
    """Return the message with the next part of a thread, if a revision or a long failure separated the two."""
    if post.shape is not MessageForm.PART or post.guild_id is None:
        return None
    following = await tx.posts.find_next_part(post)
    if following is None or not is_apart(post.message_id, following.message_id):
        return None
    return MessageRef(post.guild_id, following.channel_id, following.message_id)


async def _credits(tx: Transaction, base: ChapterPost, *, ends: bool) -> Credits:
    """Return the credits if the page ends the chapter."""
    return await load_credits(tx, base.release) if ends else Credits()


async def load_edition(tx: Transaction, release: Release) -> Edition:
    """Return the current text of a release.

    Raises:
        ContentMissing: It is not in the store.
    """
    edition = await tx.releases.get_edition(release.id)
    if edition is None:
        raise MissingContent(f"text of release {release.id}")
    return edition


async def load_pictures(tx: Transaction, release_id: int, page: Page) -> tuple[PictureFile, ...]:
    """Return the files of the pictures on a page, in their order."""
    paths = [block.path for block in page.blocks if isinstance(block, Picture)]
    if not paths:
        return ()
    return tuple(await tx.releases.get_pictures(release_id, paths))


async def load_credits(tx: Transaction, release: Release) -> Credits:
    """Return the people credited for the suggestions that a chapter used."""
    return credit_contributors(await tx.credits.list_contributors(release.story, release.chapter))
