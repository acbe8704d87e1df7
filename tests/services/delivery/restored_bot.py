"""A bot whose database is put back to an earlier state: Discord as it remembers, and the databases."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.clock import ManualClock
from bot.domain.delivery.message_ids import lowest_id_at
from bot.domain.delivery.outcomes import Outcome, Sent
from bot.domain.subscriptions.release_styles import MessageForm
from bot.services.delivery.post_messenger import ChapterPost, Destination
from bot.store.database import Database
from tests.services.fakes import NOON, FakeLibrary, FakeMessenger, World
from tests.support.databases import back_up, put_back


@dataclass
class Discord(FakeMessenger):
    """Keeps its messages whatever becomes of the database, answers a repeated nonce with the first message, and tells
    at each start what is the newest in every channel. With a `fuse` the bot dies at the post that burns it down."""

    clock: ManualClock = field(default_factory=lambda: ManualClock(NOON))
    fuse: int | None = None
    made: bool = True
    dead: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, to: Destination, post: ChapterPost, nonce: str) -> Outcome:
        if self.fuse is not None:
            self.fuse -= 1
            if self.fuse <= 0:
                if self.made:
                    self._once(to, post, nonce)
                self.dead.set()
                await asyncio.Event().wait()
        return Sent(self._once(to, post, nonce))

    def _once(self, to: Destination, post: ChapterPost, nonce: str) -> int:
        there = (id_ for id_, (_, _, known) in self.posts.items() if known == nonce)
        if post.shape is not MessageForm.STARTER and (found := next(there, None)) is not None:
            return found
        message_id = max(lowest_id_at(self.clock.now()), *self.posts, 0) + 1
        self.posts[message_id] = (to, post, nonce)
        return message_id

    def watch(self, channel_ids: Iterable[int]) -> None:
        self.newest = dict.fromkeys(channel_ids, 0)
        self.watched = set(self.newest)
        for message_id, (to, _, _) in self.posts.items():
            if to.channel_id in self.newest:
                self.newest[to.channel_id] = message_id

    def discord_time(self) -> datetime | None:
        return self.clock.now()

    def shown(self, channel_id: int) -> list[tuple[str, int]]:
        """The chapters and parts of a channel and its threads, in the order they came."""
        here = {id_ for id_, (to, _, _) in self.posts.items() if to.channel_id == channel_id}
        return [
            (post.release.chapter, post.part)
            for to, post, _ in self.posts.values()
            if to.channel_id == channel_id or to.channel_id in here
        ]


class Bot:
    """A bot on a database (a SQLite file unless told), which may die, and whose database may be put back."""

    def __init__(self, folder: Path, library: FakeLibrary, url: str | None = None) -> None:
        self.folder = folder
        self.url = url or f"sqlite+aiosqlite:///{folder / 'bot.db'}"
        self.library = library
        self.discord = Discord()
        self.clock = self.discord.clock
        self.world: World

    async def start(self) -> None:
        """Open the database and take up the work."""
        self.store = await Database.open(self.url)
        self.world = World(self.store, clock=self.clock, library=self.library, messenger=self.discord)
        await self.world.content_sync.sync()
        await self.world.restore_recovery.start()
        await self.world.delivery_worker.reclaim_abandoned()

    async def die(self) -> None:
        """End without settling anything."""
        for task in list(self.world.delivery_worker._busy.values()):
            task.cancel()
        await asyncio.sleep(0)
        await self.store.close()
        self.discord.fuse, self.discord.dead = None, asyncio.Event()

    async def work(self) -> None:
        """Do what is due, or die doing it."""
        working = asyncio.create_task(self.world.run())
        dying = asyncio.create_task(self.discord.dead.wait())
        await asyncio.wait([working, dying], return_when=asyncio.FIRST_COMPLETED)
        dying.cancel()
        if not working.done():
            working.cancel()
            await asyncio.gather(working, return_exceptions=True)
            await self.die()
            await self.start()
        else:
            working.result()

    async def back_up(self) -> None:
        """Copy the database while the bot runs."""
        await back_up(self.url, self._backup)

    async def restore(self) -> None:
        """End, put the copy back, start again."""
        await self.die()
        await put_back(self.url, self._backup)
        await self.start()

    @property
    def _backup(self) -> Path:
        return self.folder / "backup.db"
