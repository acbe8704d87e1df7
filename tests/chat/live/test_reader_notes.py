"""Notes to readers over real sockets: they ping nobody, and channels that take none are named to the author."""

from __future__ import annotations

from pathlib import Path

import pytest
from discord_sandbox.operations import channels
from discord_sandbox.permissions import Permission
from discord_sandbox.seed import ADMIN, AUTHOR, BOT, CHAPTERS, READERS, READING_ROOM, WELCOME
from discord_sandbox.server import Sandbox

from bot.content.content_folder import ContentFolder
from bot.services.authoring.authoring import AuthoringSetup
from bot.store.database import Database
from tests.chat.live.running_bot import living
from tests.services.authoring.plain_files import PlainFiles
from tests.support.publishing import press


@pytest.fixture
def setup(tmp_path: Path) -> AuthoringSetup:
    """A story of the sandbox's author."""
    folder = tmp_path / "content" / "the-lamp"
    (folder / "chapters").mkdir(parents=True)
    (folder / "story.yaml").write_text(
        f"title: The Lamp\nauthors: [{{name: Ada Quill, discord: {AUTHOR}}}]\n"
    )
    (folder / "chapters" / "001-one.md").write_text("# One\n\nText.\n")
    return AuthoringSetup(PlainFiles(ContentFolder(tmp_path / "content")), tmp_path / "drafts")


async def test_a_note_pings_nobody_and_closed_channels_are_told(
    sandbox: Sandbox, store: Database, setup: AuthoringSetup
) -> None:
    await setup.files.refresh()
    author, admin, world = sandbox.person(AUTHOR), sandbox.person(ADMIN), sandbox.world
    async with living(sandbox, store, authoring=setup) as bot:
        for channel in (CHAPTERS, READING_ROOM, WELCOME):
            await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp", channel=channel)
        await bot.work()
        before, words = len(sandbox.pings), f"Hi @everyone, @here and <@{READERS[0]}>!"
        form = await author.invoke(CHAPTERS, "/author note", story="The Lamp")
        seen = await author.submit(form, {"text": words})
        assert seen.private
        channels.delete(world, world.channel(READING_ROOM))
        channels.allow(world, world.channel(WELCOME), BOT, Permission.SEND_MESSAGES, False)
        report = await press(author, seen.message, "Send it")
        assert "1 channel" in report.text
        assert report.text.count("\n") >= 2, report.text
        told = [each for each in admin.messages(CHAPTERS) if "has a note" in each.text]
        assert [each.private for each in told] == [False]
        assert len(sandbox.pings) == before
        assert not [each for each in admin.messages(WELCOME) if "has a note" in each.text]
