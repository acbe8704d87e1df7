"""Page turns and stars on posts."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from cachetools import LRUCache

from bot.clock import Clock
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unfit, Unknown
from bot.domain.delivery.retry import backoff
from bot.kit.batching import Batcher
from bot.services.delivery.composer import PostComposer
from bot.services.delivery.post_messenger import ChapterPost, DeliveryMessenger
from bot.services.delivery.preconditions import AgeGate
from bot.services.guilds.guild_members import GuildMembers
from bot.services.reading.bookmarks import Bookmarks
from bot.services.reading.post_page_writer import PostPageWriter
from bot.services.statistics.counters import CounterTracker
from bot.services.transaction_retry import commit_with_retry
from bot.store.database import Database
from bot.store.delivery.post_records import Post
from bot.store.engine.errors import DatabaseAway

_log = logging.getLogger(__name__)

_KEPT = 2048
"""Posts cached in memory, the busiest ones. Any other costs one lookup."""

_MOST_LOOKED_UP = 5000
"""Messages looked up at once. Most reactions are on other people's messages and come in bursts, but the
database can be asked only a few times a second."""

_ATTEMPTS = 4
"""Attempts to show a page while Discord is failing; the next turn starts over."""


@dataclass(slots=True)
class _PostEdit:
    """A post that is being edited."""

    post: Post
    wanted: int
    """The page to show, which may be ahead of the page in the current edit."""

    stale: bool = False
    """Whether the newest revision is to be shown, whatever its page."""

    anyway: bool = False
    """Whether to edit even if the newest revision is shown already."""

    readers: set[int] = field(default_factory=set)
    """The readers who turned the post."""

    task: asyncio.Task[Outcome | None] | None = None

    @property
    def settled(self) -> bool:
        return self.post.page == self.wanted and not self.stale


class PageTurns:
    """Turns posts for readers who react. Turns during an edit are merged into one further edit.

    All edits of posts go through here, those after revisions too, so that no two edits of one post overlap.
    """

    def __init__(
        self,
        store: Database,
        messenger: DeliveryMessenger,
        composer: PostComposer,
        counters: CounterTracker,
        clock: Clock,
        *,
        members: GuildMembers,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._composer = composer
        self._counters = counters
        self._age_gate = AgeGate(store, messenger, members, clock)
        self._posts: LRUCache[int, Post | None] = LRUCache(_KEPT)
        self._edits: dict[int, _PostEdit] = {}
        self._tasks: set[asyncio.Task[Outcome | None]] = set()
        self._writer = PostPageWriter(store, Bookmarks(composer.paginator, clock))
        self._look_up = Batcher(self._find, most=_MOST_LOOKED_UP)

    async def is_chapter_post(self, message_id: int) -> bool:
        """Return whether that message is one of the bot's chapter posts."""
        return await self._post(message_id) is not None

    async def turn_by(self, message_id: int, step: int, user_id: int = 0) -> bool:
        """Turn a post by `step` pages, stopping at its ends. Return False if it is not a chapter post.

        Returns as soon as the turn is scheduled. `user_id` is the reader who turned, or 0 if nobody in
        particular.
        """
        under_way = self._edits.get(message_id)
        if under_way is None:
            post = await self._post(message_id)
            # Somebody else may have started a turn while the post was looked up.
            under_way = self._edits.get(message_id)
            if under_way is None:
                if post is None:
                    return False
                wanted = min(max(post.page + step, 1), post.page_count)
                if wanted != post.page:
                    self._start_edit(_PostEdit(post, wanted, readers={user_id} - {0}))
                self._counters.record_read(post.release_id, user_id)
                return True
        under_way.readers |= {user_id} - {0}
        under_way.wanted = min(max(under_way.wanted + step, 1), under_way.post.page_count)
        self._counters.record_read(under_way.post.release_id, user_id)
        return True

    async def refresh(self, message_id: int, *, anyway: bool = False) -> Outcome | None:
        """Make a post show its chapter's newest revision, on the page with the text that it shows now.

        Unlike a turn, a refresh is tried once; the caller decides when to try again.

        Args:
            message_id: The post.
            anyway: Whether to edit a post that shows the newest revision already, for what surrounds the
                text.

        Returns:
            The outcome of the last edit, or None if no edit was needed or the post is not known.
        """
        under_way = self._edits.get(message_id)
        if under_way is None:
            post = await self._post(message_id)
            under_way = self._edits.get(message_id)
            if under_way is None:
                if post is None:
                    await self.forget_post(message_id)
                    return None
                under_way = self._start_edit(_PostEdit(post, post.page, stale=True))
        under_way.stale = True
        under_way.anyway = under_way.anyway or anyway
        assert under_way.task is not None
        return await asyncio.shield(under_way.task)

    async def set_star(self, message_id: int, user_id: int, on: bool) -> bool:
        """Give or take back a reader's star. Return False if the message is not a chapter post."""
        async with self._counters.serialized(message_id):
            post = await self._post(message_id)
            if post is not None:
                await self._counters.record_star(post.release_id, message_id, user_id, on)
        return post is not None

    async def restore_controls(self, message_id: int) -> None:
        """Schedule the restoration of a post's cleared reactions; a second clearing is taken as intended."""
        if await self._post(message_id) is None:
            return
        restore = await commit_with_retry(self._store, lambda tx: tx.posts.mark_stripped(message_id))
        self._counters.mark_for_recount(message_id)
        if restore:
            _log.info(
                "controls of post %d were cleared and will be restored",
                message_id,
                extra={"action": "controls_restored"},
            )

    async def forget_post(self, message_id: int) -> None:
        """Forget a message that no longer exists in Discord."""
        self._posts[message_id] = None
        await commit_with_retry(self._store, lambda tx: tx.posts.delete(message_id))

    async def drain(self) -> None:
        """Wait until all scheduled turns are shown and stored."""
        while self._tasks:
            await asyncio.wait(list(self._tasks))
        await self._writer.drain()

    async def _post(self, message_id: int) -> Post | None:
        if message_id in self._posts:
            return self._posts[message_id]
        post = await self._look_up(message_id)
        if message_id in self._posts:
            # It was turned, or forgotten, while the database was asked.
            return self._posts[message_id]
        # Strangers' messages are not kept: a post may be settled a moment after its first reaction.
        if post is not None:
            post = self._posts[message_id] = self._writer.find_unwritten(message_id) or post
        return post

    async def _find(self, message_ids: Sequence[int]) -> list[Post | None]:
        async with self._store.read() as tx:
            found = await tx.posts.get_many(message_ids)
        return [found.get(each) for each in message_ids]

    def _start_edit(self, edit: _PostEdit) -> _PostEdit:
        message_id = edit.post.message_id
        self._edits[message_id] = edit
        edit.task = asyncio.create_task(self._run_edit(edit), name=f"turn {message_id}")
        self._tasks.add(edit.task)
        edit.task.add_done_callback(self._tasks.discard)
        return edit

    async def _run_edit(self, edit: _PostEdit) -> Outcome | None:
        """Edit the post until it shows the wanted page or Discord keeps failing.

        Returns:
            The outcome of the last edit.
        """
        message_id = edit.post.message_id
        outcome: Outcome | None = None
        failed = 0
        try:
            while not edit.settled and failed < _ATTEMPTS:
                latest = await self._edit_once(edit)
                # Where no edit was needed, the outcome of the one before remains.
                outcome = latest or outcome
                if isinstance(latest, (Delayed, Unknown)):
                    failed += 1
                    # A refresh is not repeated here: its caller knows what is more urgent.
                    if edit.post.page == edit.wanted:
                        return outcome
                    wait = latest.wait if isinstance(latest, Delayed) else None
                    await asyncio.sleep((wait or backoff(failed, random.random())).total_seconds())
                elif isinstance(latest, (Refused, Unfit)) or (
                    isinstance(latest, Sent) and latest.message_id is None
                ):
                    return outcome
        except DatabaseAway:
            outcome = Delayed("the database is away")
        except Exception:
            _log.exception("turn of post %d failed", message_id, extra={"action": "turn_failed"})
            outcome = Unknown("an error of ours")
        finally:
            # No await lies between the last look at `wanted` and this, so no turn is lost in between.
            self._edits.pop(message_id, None)
        return outcome

    async def _edit_once(self, edit: _PostEdit) -> Outcome | None:
        """Show the wanted page. Return the outcome, or None if it is shown already."""
        post = edit.post
        # Turns that arrive during the awaits below change `wanted`, and count from this page.
        asked = edit.wanted
        content = await self._composer.compose_page(post, asked)
        content = replace(content, figures=await self._counters.get(post.release_id))
        if _shows(post, content) and content.following is None and not edit.anyway:
            await self._keep_shown(edit, asked)
            return None
        objection = None
        # A withdrawn chapter shows only a notice, which is allowed anywhere.
        if not content.release.is_withdrawn:
            objection = await self._age_gate.reason_not_to_show(post, content.story, edit.readers)
        outcome = objection or await self._messenger.edit(post.channel_id, post.message_id, content)
        match outcome:
            case Sent(None):
                await self.forget_post(post.message_id)
            case Sent():
                await self._record_shown(edit, content, asked)
            case Refused(fault) | Unfit(fault):
                _log.warning(
                    "post %d cannot be edited: %s",
                    post.message_id,
                    fault.reason,
                    extra={"action": "turn_refused", "code": fault.code},
                )
        return outcome

    async def _keep_shown(self, edit: _PostEdit, asked: int) -> None:
        post = edit.post
        edit.wanted = post.page + edit.wanted - asked
        if edit.stale:
            edit.stale = False
            async with self._store.begin() as tx:
                await tx.posts.record_page(post.message_id, post.page, post.page_count, post.revision)

    async def _record_shown(self, edit: _PostEdit, content: ChapterPost, asked: int) -> None:
        page, count, revision = content.page_number, content.page_count, content.edition.revision
        edit.wanted = min(max(page + edit.wanted - asked, 1), count)
        edit.post = replace(edit.post, page=page, page_count=count, revision=revision)
        asked_for = edit.stale or edit.anyway
        edit.stale = edit.anyway = False
        self._posts[edit.post.message_id] = edit.post
        # In direct messages nobody else turns it: what it shows is what they read.
        private = edit.readers if edit.post.guild_id is None else set()
        written = self._writer.begin(edit.post, content, private)
        if asked_for:
            # Whoever refreshes posts looks next for those that the database has as stale.
            await written


def _shows(post: Post, content: ChapterPost) -> bool:
    return (post.revision, post.page) == (content.edition.revision, content.page_number)
