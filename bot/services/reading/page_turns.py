"""Turning the pages of posts, and the stars on them."""

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
from bot.services.transaction_retry import recorded
from bot.store.database import Database
from bot.store.delivery.post_records import Post
from bot.store.engine.errors import DatabaseAway

_log = logging.getLogger(__name__)

_KEPT = 2048
"""Posts kept in memory: the busy ones. Any other is one look-up away."""

_MOST_LOOKED_UP = 5000
"""Messages looked up at once. Most reactions are to strangers' messages, and they come in floods, in which the database
has its turn but a few times a second."""

_ATTEMPTS = 4
"""How often one page is tried while Discord is failing; the next turn tries again."""


@dataclass(slots=True)
class _Turned:
    """A post that is being edited: `wanted` may run ahead of what the edit under way shows. `stale`: it is to show the
    newest revision, whatever its page; `anyway`: also if it does already. `readers` are those who turned it."""

    post: Post
    wanted: int
    stale: bool = False
    anyway: bool = False
    readers: set[int] = field(default_factory=set)
    task: asyncio.Task[Outcome | None] | None = None

    @property
    def settled(self) -> bool:
        return self.post.page == self.wanted and not self.stale


class PageTurns:
    """Turns posts for whoever reacts. Turns that pile up on one post while an edit is under way become one edit.

    Every edit of a post is made here, those of a revision too, so that no two are under way on one post.
    """

    def __init__(
        self,
        store: Database,
        messenger: DeliveryMessenger,
        composer: PostComposer,
        counting: CounterTracker,
        clock: Clock,
        *,
        members: GuildMembers,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._composer = composer
        self._counting = counting
        self._age_gate = AgeGate(store, messenger, members, clock)
        self._kept: LRUCache[int, Post | None] = LRUCache(_KEPT)
        self._turning: dict[int, _Turned] = {}
        self._tasks: set[asyncio.Task[Outcome | None]] = set()
        self._recording = PostPageWriter(store, Bookmarks(composer.pager, clock))
        self._look_up = Batcher(self._find, most=_MOST_LOOKED_UP)

    async def is_chapter_post(self, message_id: int) -> bool:
        """Whether that message is one of the bot's chapter posts."""
        return await self._post(message_id) is not None

    async def turn_by(self, message_id: int, step: int, user_id: int = 0) -> bool:
        """Turn a post by `step` pages, stopping at its ends, for that person (0: nobody in particular); False if the
        message is not a chapter post.

        Returns when the turn is on its way; the edit follows.
        """
        under_way = self._turning.get(message_id)
        if under_way is None:
            post = await self._post(message_id)
            # Somebody else may have started a turn while the post was looked up.
            under_way = self._turning.get(message_id)
            if under_way is None:
                if post is None:
                    return False
                wanted = min(max(post.page + step, 1), post.page_count)
                if wanted != post.page:
                    self._begin(_Turned(post, wanted, readers={user_id} - {0}))
                self._counting.record_read(post.release_id, user_id)
                return True
        under_way.readers |= {user_id} - {0}
        under_way.wanted = min(max(under_way.wanted + step, 1), under_way.post.page_count)
        self._counting.record_read(under_way.post.release_id, user_id)
        return True

    async def refresh(self, message_id: int, *, anyway: bool = False) -> Outcome | None:
        """Have a post show its chapter's newest revision, on the page with the text that it shows now.

        `anyway`: also if it does already, because of what stands around the text.

        Returns how the last edit of it ended; None where no edit was needed or the post is not known. Unlike a turn, it
        is tried once: whoever asks decides when to try again.
        """
        under_way = self._turning.get(message_id)
        if under_way is None:
            post = await self._post(message_id)
            under_way = self._turning.get(message_id)
            if under_way is None:
                if post is None:
                    await self.forget_post(message_id)
                    return None
                under_way = self._begin(_Turned(post, post.page, stale=True))
        under_way.stale = True
        under_way.anyway = under_way.anyway or anyway
        assert under_way.task is not None
        return await asyncio.shield(under_way.task)

    async def set_star(self, message_id: int, user_id: int, on: bool) -> bool:
        """Count or take back a person's vote for the chapter; False if the message is not a chapter post."""
        async with self._counting.serialized(message_id):
            post = await self._post(message_id)
            if post is not None:
                await self._counting.record_star(post.release_id, message_id, user_id, on)
        return post is not None

    async def restore_controls(self, message_id: int) -> None:
        """Somebody cleared the controls of a post: they come back once; a second time is taken as meant."""
        if await self._post(message_id) is None:
            return
        restore = await recorded(self._store, lambda tx: tx.posts.mark_stripped(message_id))
        self._counting.mark_for_recount(message_id)
        self._kept.pop(message_id, None)
        if restore:
            _log.info(
                "controls of post %d were cleared and will be restored",
                message_id,
                extra={"action": "controls_restored"},
            )

    async def forget_post(self, message_id: int) -> None:
        """The message no longer exists in Discord."""
        self._kept[message_id] = None
        await recorded(self._store, lambda tx: tx.posts.delete(message_id))

    async def drain(self) -> None:
        """Wait until every turn under way is shown, and written down."""
        while self._tasks:
            await asyncio.wait(list(self._tasks))
        await self._recording.drain()

    async def _post(self, message_id: int) -> Post | None:
        if message_id in self._kept:
            return self._kept[message_id]
        post = await self._look_up(message_id)
        # Strangers' messages are not kept: a post may be settled a moment after its first reaction.
        if post is not None:
            self._kept[message_id] = post
        return post

    async def _find(self, message_ids: Sequence[int]) -> list[Post | None]:
        async with self._store.read() as tx:
            found = await tx.posts.get_many(message_ids)
        return [found.get(each) for each in message_ids]

    def _begin(self, turned: _Turned) -> _Turned:
        message_id = turned.post.message_id
        self._turning[message_id] = turned
        turned.task = asyncio.create_task(self._show(turned), name=f"turn {message_id}")
        self._tasks.add(turned.task)
        turned.task.add_done_callback(self._tasks.discard)
        return turned

    async def _show(self, turned: _Turned) -> Outcome | None:
        """Show the wanted page, and go on until none newer is wanted; gives up when Discord keeps failing.

        Returns how the last edit ended.
        """
        message_id = turned.post.message_id
        outcome: Outcome | None = None
        failed = 0
        try:
            while not turned.settled and failed < _ATTEMPTS:
                asked = turned.wanted
                content = await self._composer.turned_post(turned.post, asked)
                content = replace(content, figures=await self._counting.get(turned.post.release_id))
                if _shows(turned.post, content) and content.following is None and not turned.anyway:
                    await self._stays(turned, asked)
                    continue
                # A notice that the chapter is withdrawn may stand anywhere.
                objection = None
                if not content.release.is_withdrawn:
                    objection = await self._age_gate.objection(turned.post, content.story, turned.readers)
                outcome = objection or await self._messenger.edit(turned.post.channel_id, message_id, content)
                match outcome:
                    case Sent(None):
                        await self.forget_post(message_id)
                        return outcome
                    case Sent():
                        await self._shown(turned, content, asked)
                    case Refused(fault) | Unfit(fault):
                        _log.warning(
                            "post %d cannot be edited: %s",
                            message_id,
                            fault.reason,
                            extra={"action": "turn_refused", "code": fault.code},
                        )
                        return outcome
                    case Delayed() | Unknown():
                        failed += 1
                        if turned.post.page == turned.wanted:
                            return outcome
                        wait = outcome.wait if isinstance(outcome, Delayed) else None
                        pause = wait or backoff(failed, random.random())
                        await asyncio.sleep(pause.total_seconds())
        except DatabaseAway:
            outcome = Delayed("the database is away")
        except Exception:
            _log.exception("turn of post %d failed", message_id, extra={"action": "turn_failed"})
            outcome = Unknown("an error of ours")
        finally:
            # No await lies between the last look at `wanted` and this, so no turn is lost in between.
            self._turning.pop(message_id, None)
        return outcome

    async def _stays(self, turned: _Turned, asked: int) -> None:
        """The post shows already what it is to show, as one whose chapter is withdrawn does on every turn."""
        post = turned.post
        turned.wanted = post.page + turned.wanted - asked
        if turned.stale:
            turned.stale = False
            async with self._store.begin() as tx:
                await tx.posts.record_page(post.message_id, post.page, post.page_count, post.revision)

    async def _shown(self, turned: _Turned, content: ChapterPost, asked: int) -> None:
        """Remember what the post shows now.

        Turns made meanwhile counted from the page that was `asked`, which a revision may have given another number.
        """
        page, count, revision = content.page_number, content.page_count, content.edition.revision
        turned.wanted = min(max(page + turned.wanted - asked, 1), count)
        turned.post = replace(turned.post, page=page, page_count=count, revision=revision)
        asked_for = turned.stale or turned.anyway
        turned.stale = turned.anyway = False
        self._kept[turned.post.message_id] = turned.post
        # In direct messages nobody else turns it: what it shows is what they read.
        private = turned.readers if turned.post.guild_id is None else set()
        written = self._recording.begin(turned.post, content, private)
        if asked_for:
            # Whoever refreshes posts looks next for those that the database has as stale.
            await written


def _shows(post: Post, content: ChapterPost) -> bool:
    return (post.revision, post.page) == (content.edition.revision, content.page_number)
