"""Backups put back at any moment, between deaths and slots: every chapter once in every destination, and in order."""

from __future__ import annotations

import asyncio
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from bot.domain.releases.release_refusals import NothingToPublish
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.services.guilds.channel_survey import ChannelKind, ChannelState
from tests.services.delivery.restored_bot import Bot
from tests.services.fakes import AUTHOR, GUILD, READER, FakeLibrary, chapter, long_text, serial
from tests.support.profiles import examples

pytestmark = pytest.mark.slow

KEYS = [f"ch{number:02}" for number in range(1, 31)]
TEXT, THREADS, FORUM, NEWS, DIRECT = 600, 601, 602, 603, 70_000 + READER.user_id
PLACES = {
    TEXT: (SubscriptionOptions(), ChannelKind.TEXT),
    THREADS: (SubscriptionOptions(style=ReleaseStyle.THREAD), ChannelKind.TEXT),
    FORUM: (SubscriptionOptions(style=ReleaseStyle.THREAD), ChannelKind.FORUM),
    NEWS: (SubscriptionOptions(style=ReleaseStyle.CARD, publish=True), ChannelKind.ANNOUNCEMENT),
}

T = TypeVar("T")


class Restoring(RuleBasedStateMachine):
    """Five destinations of a story with a chapter an hour. Whatever is lost with a state that is put back, its posts
    stand in Discord."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    @initialize()
    def open(self) -> None:
        chapters = [chapter(key, long_text(130)) for key in KEYS]
        self.bot = Bot(self.folder, FakeLibrary(serial(*chapters, schedule="every 1 hours")))
        self.run(self.begin())

    async def begin(self) -> None:
        await self.bot.start()
        await self.bot.world.run()
        async with self.bot.store.read() as tx:
            self.out = await tx.releases.count("lamps")
        for place, (options, kind) in PLACES.items():
            self.bot.discord.surveys[place] = ChannelState(place, GUILD, "x", kind, age_restricted=False)
            await self.bot.world.subscribe(channel_id=place, options=options)
        await self.bot.world.followers.follow(READER, "lamps")
        await self.bot.back_up()

    def teardown(self) -> None:
        try:
            if hasattr(self, "bot"):
                self.finish()
        finally:
            if hasattr(self, "bot"):
                self.run(self.bot.die())
            self.loop.close()
            shutil.rmtree(self.folder)

    def finish(self) -> None:
        """In the end everything has come everywhere, without a gap."""
        self.run(self.go_on())
        keys = {key for place in (*PLACES, DIRECT) for key, _ in self.bot.discord.shown(place)}
        due = set(KEYS[self.out : self.out + len(keys)])
        for place in (*PLACES, DIRECT):
            assert {key for key, _ in self.bot.discord.shown(place)} == due, place
        self.in_order_and_once()

    async def go_on(self) -> None:
        """Calm days, in which whatever is late comes."""
        for _ in range(len(KEYS)):
            self.bot.clock.advance(timedelta(minutes=11))
            await self.bot.work()

    @rule(minutes=st.integers(1, 150))
    def time_passes(self, minutes: int) -> None:
        self.bot.clock.advance(timedelta(minutes=minutes))
        self.run(self.bot.work())

    @rule(posts=st.integers(1, 12), minutes=st.integers(20, 200), made=st.booleans())
    def death(self, posts: int, minutes: int, made: bool) -> None:
        self.bot.discord.fuse, self.bot.discord.made = posts, made
        self.bot.clock.advance(timedelta(minutes=minutes))
        self.run(self.bot.work())
        self.bot.discord.fuse = None

    @rule()
    def backup(self) -> None:
        self.run(self.bot.back_up())

    @rule()
    def restored(self) -> None:
        self.run(self.bot.restore())

    @rule()
    def noted(self) -> None:
        self.run(self.bot.world.restore_recovery.record_heartbeat())

    @rule()
    def published_by_hand(self) -> None:
        try:
            self.run(self.bot.world.calendar_overrides.publish(AUTHOR, "lamps"))
        except NothingToPublish:
            return
        self.run(self.bot.work())

    @invariant()
    def in_order_and_once(self) -> None:
        for place in (*PLACES, DIRECT) if hasattr(self, "bot") else ():
            shown = self.bot.discord.shown(place)
            assert shown == sorted(set(shown)), place


Restoring.TestCase.settings = settings(max_examples=examples(9), stateful_step_count=12, deadline=None)
TestRestoring = Restoring.TestCase
