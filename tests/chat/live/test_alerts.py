"""Troubles that last, and files that are held back, as people hear of them in Discord."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS
from discord_sandbox.server import Sandbox

from bot.clock import ManualClock, SystemClock
from bot.domain.authorization import Viewer
from bot.domain.diagnostics import ContentProblems, Diagnostic
from bot.domain.stories.story import BrokenChapter
from bot.services.alerts.alerts import GRACE, Alerts
from bot.services.releases.content_sync import ContentSync
from bot.services.stories.content_alerts import ContentAlerts
from bot.services.stories.publishable_content import PublishableContent
from bot.store.database import Database
from tests.chat.live.running_bot import living, sample
from tests.chat.samples import chapter

ADA = Viewer(AUTHOR, "Ada")
LONG = " ".join(f"word{number}" for number in range(200))
ONE = chapter("one", LONG, file="1-one.md")
FAULT = Diagnostic("content/the-lamp/chapters/2-two.md", 3, "this is no title", "Write one")


async def test_authors_hear_of_broken_files_and_admins_see_it(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(ONE, backlog=1)) as bot:
        admin, author = sandbox.person(ADMIN), sandbox.person(AUTHOR)
        await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp")
        assert "cannot be read" not in (await admin.invoke(CHAPTERS, "/subscriptions")).text
        held = bot.content.held["the-lamp"]
        bot.content.held["the-lamp"] = replace(held, broken=(BrokenChapter("two", "2-two.md", 1, FAULT),))
        bot.content.ills = ContentProblems(chapters={"the-lamp": (FAULT,)})
        clock = ManualClock(SystemClock().now() - 4 * GRACE)
        troubles = Alerts(store, clock)
        holdings = PublishableContent(bot.content, store, clock)
        await bot.content_sync.sync()
        await holdings.reload()
        for phase in ("three lines", "again"):
            await ContentAlerts(store, holdings, troubles).check()
            clock.advance(GRACE)
            await troubles.sweep()
            await bot.services.notification_outbox.sweep()
            if phase == "three lines":
                told = await author.sees(author.dm(), lambda seen: "no title" in seen.text)
                assert "2-two.md, line 3" in told.text
                assert "this chapter and those after it wait" in told.text
                assert "cannot be read" in (await admin.invoke(CHAPTERS, "/subscriptions")).text
                refused = await author.invoke(CHAPTERS, "/author publish", story="the-lamp")
                assert "this is no title" in refused.text
                bot.content.ills = ContentProblems()
        await author.sees(author.dm(), lambda seen: "all be read again" in seen.text)
        assert len(author.messages(author.dm())) == 2


async def test_a_held_copy_is_told_with_its_mend_and_never_offered(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(ONE, backlog=1)) as bot:
        author = sandbox.person(AUTHOR)
        copy = chapter("two", LONG.replace("word7", "wordy"), file="2-two.md")
        bot.content.held["the-lamp"] = sample(ONE, copy, backlog=1)
        clock = ManualClock(SystemClock().now() - timedelta(minutes=5))
        await ContentSync(store, PublishableContent(bot.content, store, clock), clock).sync()
        await bot.content_sync.sync()
        await bot.services.notification_outbox.sweep()
        told = await author.sees(author.dm(), lambda seen: "have not released it" in seen.text)
        assert "2-two.md" in told.text
        assert "`id:`" in told.text
        refused = await author.invoke(CHAPTERS, "/author publish", story="the-lamp")
        assert "no finished chapter" in refused.text
