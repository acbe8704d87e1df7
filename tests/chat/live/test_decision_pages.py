"""Undoing one of more than twenty-five decisions of an upload, on a later page of their list."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

from discord_sandbox.seed import AUTHOR, CHAPTERS
from discord_sandbox.server import Sandbox

from bot.content.authoring.story_files import StoryFiles
from bot.content.content_folder import ContentFolder
from bot.content.importing.authoring_folder import AuthoringFolder
from bot.services.authoring.authoring import AuthoringSetup
from bot.store.database import Database
from tests.chat.live.running_bot import living
from tests.support.publishing import press

BOOK = "\n\n".join(
    f"# Evening {number}\n\n{number}.3K Reads {number * 2} Votes {number} Comments\n\nThe lamp of evening "
    f"{number} was lit late.\n\nNobody came to see it."
    for number in range(1, 36)
)


async def test_a_decision_on_the_third_page_is_undone_and_written_so(
    sandbox: Sandbox, store: Database, tmp_path: Path
) -> None:
    files = StoryFiles(tmp_path / "content")
    files.create_story("the-lamp", {"title": "The Lamp", "authors": [{"name": "Ada", "discord": AUTHOR}]})
    folder, author = ContentFolder(tmp_path / "content"), sandbox.person(AUTHOR)
    setup = AuthoringSetup(AuthoringFolder(folder, files), tmp_path / "drafts")
    await folder.load()
    sent = {"filename": "book.md", "data": b64encode(BOOK.encode()).decode()}
    async with living(sandbox, store, authoring=setup):
        shown = (await author.invoke(CHAPTERS, "/author upload", {"story": "the-lamp", "file": sent})).message
        assert shown is not None
        assert "35 chapters for The Lamp" in shown.text
        page = await press(author, shown, "Show all decisions")
        for _ in range(2):
            page = await press(author, page, "▶️")
        menu = next(each for each in page.controls if each.get("options"))
        number = next(n for n, each in enumerate(menu["options"]) if ".3K Reads" in each["label"])
        undone = menu["options"][number]
        await author.choose(page, menu["placeholder"], undone["value"])
        page = await author.sees(CHAPTERS, lambda each: each.text.count("~~") == 2)
        menu = next(each for each in page.controls if each.get("options"))
        assert menu["options"][number]["value"] == undone["value"], "it is still the same page"
        back = await press(author, page, "Back")
        await press(author, back, "Accept")
    texts = [files.read_text("the-lamp", each).text for each in files.list_chapters("the-lamp")]
    assert len(texts) == 35
    assert sum(".3K Reads" in each for each in texts) == 1
