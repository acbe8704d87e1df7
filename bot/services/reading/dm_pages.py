"""Pages sent to readers by direct message, which turn by reactions and advance the bookmark."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, replace
from datetime import timedelta
from weakref import WeakValueDictionary

from bot.clock import Clock
from bot.domain.authorization import Viewer, require_visible
from bot.domain.delivery.message_ids import lowest_id_at
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unfit, Unknown
from bot.domain.errors import DiscordSlow
from bot.domain.reading.reading_refusals import PageNotWelcome, PageRestricted, PostGone
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import StoryHidden
from bot.kit.message_nonces import new_nonce
from bot.services.delivery.composer import PostComposer
from bot.services.delivery.post_messenger import ChapterPost, DeliveryMessenger, Destination
from bot.services.stories.story_lookup import is_following
from bot.services.transaction_retry import commit_with_retry
from bot.store.database import Database
from bot.store.delivery.post_records import Post

REPEAT_WINDOW = timedelta(hours=1)
"""For this long a page is not sent again while its message shows it: later it lies too far back to be found."""


@dataclass(frozen=True, slots=True)
class SentPage:
    """A message with a page in the reader's direct messages."""

    channel_id: int
    message_id: int
    is_turnable: bool
    """Set if its reactions will turn the page."""
    is_repeated: bool = False
    """Set if it was there already, and nothing was sent."""


class DmPages:
    """Sends pages by direct message. The delivery ledger does not know such posts."""

    def __init__(
        self,
        store: Database,
        messenger: DeliveryMessenger,
        composer: PostComposer,
        clock: Clock,
        *,
        reactions: bool = True,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._composer = composer
        self._clock = clock
        self._reactions = reactions
        self._under_way: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()

    async def send_page(self, viewer: Viewer, release_id: int, page_number: int, revision: int) -> SentPage:
        """Send one page to the reader, unless a message of the last hour shows it there.

        The post is stored after it was sent. If the bot stops in between, the reader has a page that does not
        turn and can ask for another.

        Args:
            viewer: The reader.
            release_id: The chapter.
            page_number: The page, counted in `revision`.
            revision: The revision that the reader saw, or 0 for the current one.

        Raises:
            Refusal: The page may not be shown here or by direct message, is no longer stored, or cannot reach
                the reader.
        """
        story, shown = await self._composed(viewer, release_id, page_number, revision)
        if story.rating.age_restricted:
            raise PageRestricted(story=story.title, rating=story.rating.value)
        channel_id = await self._messenger.find_dm_channel(viewer.user_id)
        if not isinstance(channel_id, int):
            raise _refusal(channel_id)
        is_turnable = self._reactions and shown.page_count > 1
        # Two presses at once send one page too.
        async with self._under_way.setdefault(viewer.user_id, asyncio.Lock()):
            earlier = await self._earlier(channel_id, shown)
            if earlier is not None:
                return SentPage(channel_id, earlier, is_turnable, is_repeated=True)
            to = Destination(channel_id, None, viewer.user_id)
            outcome = await self._messenger.post(to, shown, new_nonce())
            if not isinstance(outcome, Sent) or outcome.message_id is None:
                raise _refusal(outcome)
            post = _post(outcome.message_id, channel_id, shown)
            await commit_with_retry(self._store, lambda tx: tx.posts.add(post))
        return SentPage(channel_id, post.message_id, is_turnable)

    async def _earlier(self, channel_id: int, shown: ChapterPost) -> int | None:
        """Return the message of the last hour that shows this page in those direct messages."""
        since = lowest_id_at(self._clock.now() - REPEAT_WINDOW)
        async with self._store.read() as tx:
            known = await tx.posts.find_latest_in(channel_id, shown.release.id, after=since)
        here = (shown.page_number, shown.edition.revision)
        return known.message_id if known is not None and (known.page, known.revision) == here else None

    async def _composed(
        self, viewer: Viewer, release_id: int, page_number: int, revision: int
    ) -> tuple[Story, ChapterPost]:
        async with self._store.read() as tx:
            release = await tx.releases.get(release_id)
            story = await tx.stories.get_description(release.story) if release is not None else None
            follows = story is not None and await is_following(tx, viewer.user_id, story.slug)
        if release is None or story is None:
            raise PostGone
        require_visible(story, viewer, StoryHidden())
        here = Post(
            message_id=0,
            channel_id=0,
            guild_id=None,
            release_id=release_id,
            delivery_id=None,
            page=page_number,
            page_count=page_number,
            revision=revision or release.revision,
            decorated=False,
        )
        return story, replace(await self._composer.compose_page(here, page_number), is_followed=follows)


def _post(message_id: int, channel_id: int, shown: ChapterPost) -> Post:
    return Post(
        message_id=message_id,
        channel_id=channel_id,
        guild_id=None,
        release_id=shown.release.id,
        delivery_id=None,
        page=shown.page_number,
        page_count=shown.page_count,
        revision=shown.edition.revision,
        decorated=False,
    )


def _refusal(outcome: Outcome) -> PageNotWelcome | DiscordSlow:
    match outcome:
        case Refused():
            return PageNotWelcome()
        case Sent() | Unfit() | Delayed() | Unknown():
            return DiscordSlow()
