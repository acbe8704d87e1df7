"""What chapters in Discord tell of themselves, read back through discord.py from the sandbox."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from discord_sandbox.operations import channels
from discord_sandbox.permissions import Permission
from discord_sandbox.seed import ADMIN, BOT, CHAPTERS, GUILD, READERS, SERIALS
from discord_sandbox.server import Sandbox

from bot.domain.delivery.outcomes import Sent
from bot.domain.delivery.post_identity import PostIdentity, chapter_mark
from bot.domain.subscriptions.release_styles import MessageForm
from bot.services.delivery.post_messenger import Destination, SearchOutcome
from bot.store.database import Database
from tests.chat.live.running_bot import living, until
from tests.chat.samples import post

pytestmark = pytest.mark.slow

HERE, FORUM = Destination(CHAPTERS, GUILD), Destination(SERIALS, GUILD, forum=True)
LONG_AGO = datetime.now(UTC) - timedelta(hours=1)


async def test_each_shape_tells_which_chapter_it_is(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store) as bot:
        traces = []
        for marker, shape in enumerate(
            (MessageForm.PAGES, MessageForm.CARD, MessageForm.OPENING, MessageForm.STARTER), 7
        ):
            where = FORUM if shape is MessageForm.STARTER else HERE
            made = post(marker=marker, shape=shape)
            sent = await bot.messenger.post(where, made, f"n{marker}")
            assert isinstance(sent, Sent)
            mark = chapter_mark(made.story.slug, made.release.chapter, 0)
            traces.append(
                PostIdentity(sent.message_id or 0, marker, mark, (made.story.title, made.release.title))
            )
        sandbox.person(ADMIN).say(CHAPTERS, "What a chapter!")
        await bot.messenger.post(HERE, post(marker=0), "sent at a wish")
        assert await bot.messenger.list_chapter_posts(HERE, LONG_AGO) == traces[:3]
        assert await bot.messenger.list_chapter_posts(FORUM, LONG_AGO) == traces[3:]
        assert await bot.messenger.list_chapter_posts(HERE, datetime.now(UTC) + timedelta(hours=1)) == []
        channels.allow(
            sandbox.world, sandbox.world.channel(CHAPTERS), BOT, Permission.READ_MESSAGE_HISTORY, False
        )
        assert await bot.messenger.list_chapter_posts(HERE, LONG_AGO) is SearchOutcome.BLIND


async def test_a_connection_tells_the_newest_message_of_watched_channels(
    sandbox: Sandbox, store: Database
) -> None:
    said = sandbox.person(READERS[0]).say(CHAPTERS, "Good morning")
    async with living(sandbox, store) as bot:
        assert bot.messenger.newest_in(CHAPTERS) is None
        bot.messenger.watch([CHAPTERS, SERIALS])
        sandbox.hub.invalidate()
        await until(lambda: bot.messenger.newest_in(CHAPTERS) is not None)
        assert bot.messenger.newest_in(CHAPTERS) == said.id
        assert bot.messenger.newest_in(SERIALS) == 0
        now = bot.messenger.discord_time()
        assert now is not None
        assert abs(now - datetime.now(UTC)) < timedelta(seconds=3)
