"""Taking a chapter out in Discord and bringing it back, on real files, also after a restart of the bot."""

from __future__ import annotations

from pathlib import Path

from discord_sandbox.seed import AUTHOR, CHAPTERS
from discord_sandbox.server import Sandbox

from bot.content.authoring.story_files import StoryFiles
from bot.content.content_folder import ContentFolder
from bot.content.importing.authoring_folder import AuthoringFolder
from bot.content.importing.removed_chapters import RemovedChapters
from bot.services.authoring.authoring import AuthoringSetup
from bot.store.database import Database
from tests.chat.live.running_bot import living
from tests.support.publishing import press


async def test_a_removal_is_undone_also_after_a_restart(
    sandbox: Sandbox, store: Database, tmp_path: Path
) -> None:
    files = StoryFiles(tmp_path / "content")
    files.create_story("the-lamp", {"title": "The Lamp", "authors": [{"name": "Ada", "discord": AUTHOR}]})
    for number in range(1, 31):
        files.add_chapter("the-lamp", f"Evening {number}", f"The text of evening {number}.")
    before = files.list_chapters("the-lamp")
    folder = ContentFolder(tmp_path / "content")
    setup = AuthoringSetup(
        AuthoringFolder(folder, files), tmp_path / "drafts", removed=RemovedChapters(files)
    )
    author = sandbox.person(AUTHOR)
    await folder.load()
    async with living(sandbox, store, authoring=setup):
        shown = (await author.invoke(CHAPTERS, "/author chapters", story="the-lamp")).message
        assert shown is not None
        second = await press(author, shown, "▶️")
        menu = next(each for each in second.controls if each.get("options"))
        await author.choose(second, menu["placeholder"], menu["options"][11]["value"])
        card = await author.sees(CHAPTERS, lambda each: "Take it out…" in str(each.data))
        asked = await press(author, card, "Take it out…")
        done = await press(author, asked, "Yes, take it out")
        assert "**Evening 27** is taken out" in done.text
        assert len(files.list_chapters("the-lamp")) == 29
    async with living(sandbox, store, authoring=setup):
        back = await press(author, done, "Undo")
        assert "It is back in the list" in back.text
        assert "27. **Evening 27**" in back.text
        assert files.list_chapters("the-lamp") == before
