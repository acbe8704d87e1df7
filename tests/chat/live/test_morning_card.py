"""The morning card: turned on in the queue or under the statistics, sent by direct message, its buttons lead on."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from discord_sandbox.seed import AUTHOR, CHAPTERS, READERS, READING_ROOM
from discord_sandbox.server import Sandbox

from bot.clock import SystemClock
from bot.domain.stories.story import Serial, SuggestionPolicy
from bot.store.database import Database
from tests.chat.live.running_bot import accept_review_channel, living, sample
from tests.chat.live.test_author_desk import IDEAS, suggest
from tests.chat.samples import chapter


async def test_the_morning_card_comes_by_direct_message_and_its_buttons_lead_on(
    sandbox: Sandbox, store: Database
) -> None:
    author = sandbox.person(AUTHOR)
    tale = sample(chapter("one"), chapter("two", "Soon it rains."), backlog=1)
    async with living(sandbox, store, tale) as bot:
        queue = await author.invoke(CHAPTERS, "/author queue")
        on = await author.press(queue.message, "Send me a morning card")
        assert "Every morning at nine" in on.text
        off = await author.press(on.message, "No more morning cards")
        assert "No more morning cards." in off.text
        report = await author.invoke(CHAPTERS, "/author stats", story="the-lamp")
        on = await author.press(report.message, "Send me a morning card")
        assert "Every morning at nine" in on.text
        async with store.begin() as tx:
            assert await tx.preferences.record_digest(AUTHOR, SystemClock().now() - timedelta(hours=30), None)
        await suggest(sandbox, *IDEAS[:1])
        await sandbox.person(READERS[0]).invoke(CHAPTERS, "/read", story="the-lamp")
        for _ in range(2):
            await bot.services.morning_cards.sweep()
            await bot.services.notification_outbox.sweep()
        (card,) = author.messages(author.dm())
        assert "one new reader · one chapter read" in card.text
        assert "One new idea" in card.text
        assert IDEAS[0] in card.text
        assert IDEAS[0] in (await author.press(card, "Open the queue")).text
        assert "in numbers" in (await author.press(card, "Statistics")).text
        assert "Soon it rains." in (await author.press(card, "Look at the next chapter")).text
        off = await author.press(card, "No more morning cards")
        assert "No more morning cards" in off.text
        async with store.read() as tx:
            assert not (await tx.preferences.get(AUTHOR)).digest


async def test_the_queue_has_no_button_where_a_channel_shows_all_ideas(
    sandbox: Sandbox, store: Database
) -> None:
    author = sandbox.person(AUTHOR)
    lamp = sample(chapter("one"))
    own = replace(lamp.story, suggestions=SuggestionPolicy(review_channel=READING_ROOM))
    async with living(sandbox, store, Serial(own, lamp.chapters)) as bot:
        queue = await author.invoke(CHAPTERS, "/author queue")
        assert "Send me a morning card" in queue.message.buttons, "nobody has accepted the channel yet"
        await accept_review_channel(bot, READING_ROOM, "the-lamp")
        queue = await author.invoke(CHAPTERS, "/author queue")
        assert "Send me a morning card" not in queue.message.buttons
