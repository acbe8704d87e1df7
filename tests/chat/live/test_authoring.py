"""Publishing from Discord alone: a new story, its chapters from files, order, schedule and notes, over real sockets."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, READERS
from discord_sandbox.server import Sandbox

from bot.clock import SystemClock
from bot.content.content_folder import ContentFolder
from bot.services.authoring.authoring import AuthoringSetup
from bot.store.database import Database
from tests.chat.live.running_bot import living, sample
from tests.chat.samples import chapter
from tests.services.authoring.plain_files import PlainFiles
from tests.support.publishing import press

FORM = {
    "title": "The Lamp",
    "summary": "A light.",
    "rating": ["general"],
    "schedule": "every 2 seconds",
    "zone": "Europe/Berlin",
}


@pytest.fixture
def setup(tmp_path: Path) -> Iterator[AuthoringSetup]:
    """An empty content folder in which the sandbox's author may start stories."""
    (tmp_path / "content").mkdir()
    files = PlainFiles(ContentFolder(tmp_path / "content"))
    return AuthoringSetup(files, tmp_path / "drafts", creators=(AUTHOR,), page_length=600)


def file(name: str, text: str) -> dict[str, str]:
    """An attachment as the sandbox takes it."""
    return {"filename": name, "data": b64encode(text.encode()).decode()}


async def test_a_story_is_made_uploaded_and_released_from_discord_alone(
    sandbox: Sandbox, store: Database, setup: AuthoringSetup
) -> None:
    author = sandbox.person(AUTHOR)
    async with living(sandbox, store, authoring=setup) as bot:
        refused = await sandbox.person(READERS[0]).invoke(CHAPTERS, "/author new")
        assert f"ask whoever runs this bot to add your id, `{READERS[0]}`" in refused.text
        assert "author new" not in (await sandbox.person(READERS[0]).invoke(CHAPTERS, "/help")).text
        assert "You may start stories here." in (await author.invoke(CHAPTERS, "/help")).text
        form = await author.invoke(CHAPTERS, "/author new")
        wrong = await author.submit(form, FORM | {"schedule": "every blue moon"})
        assert "every blue moon" in wrong.text
        form = await author.press(wrong.message, "Correct it")
        made = await author.submit(form, FORM)
        assert "The Lamp" in made.text
        assert "/author upload" in made.text
        files = {
            "file": file("1.md", "# Dusk\n\nThe sun went."),
            "file2": file("2.md", "# Night\n\nThe lamp was lit."),
            "file3": file("3.md", "# Dawn\n\nThe sun came."),
        }
        offered = await author.autocomplete(CHAPTERS, "/author upload", "story", "lam")
        assert [each["value"] for each in offered] == ["the-lamp"]
        seen = await author.invoke(CHAPTERS, "/author upload", {"story": "the-lamp", **files})
        assert seen.private
        assert "3 chapters for The Lamp" in seen.text
        assert "2. **Night** · 4 words, 1 page" in seen.text
        assert not list((setup.files.root / "the-lamp" / "chapters").iterdir()), "nothing is written yet"  # type: ignore[attr-defined]
        await author.choose(seen.message, "See a chapter’s pages", "2")
        page = await author.sees(CHAPTERS, lambda each: "The lamp was lit." in each.text)
    async with living(sandbox, store, authoring=setup) as bot:
        # After a restart the same preview is accepted, once.
        back = await press(author, page, "Back")
        done = await press(author, back, "Accept")
        assert "3 chapters added" in done.text
        again = await author.invoke(CHAPTERS, "/author chapters", story="the-lamp")
        assert "1. **Dusk** · comes" in again.text
        await sandbox.person(ADMIN).invoke(CHAPTERS, "/subscribe", story="the-lamp")
        due = SystemClock().now() + timedelta(seconds=3)
        while SystemClock().now() < due and not any(
            "The sun went." in each.text for each in sandbox.person(ADMIN).messages(CHAPTERS)
        ):
            await bot.work()
        assert any("The sun went." in each.text for each in sandbox.person(ADMIN).messages(CHAPTERS))


async def test_a_note_goes_out_once_after_a_look(
    sandbox: Sandbox, store: Database, setup: AuthoringSetup, tmp_path: Path
) -> None:
    serial = sample(chapter("one"))
    author = sandbox.person(AUTHOR)
    folder = tmp_path / "content" / serial.story.slug
    (folder / "chapters").mkdir(parents=True)
    (folder / "story.yaml").write_text(
        f"title: The Lamp\nauthors: [{{name: Ada Quill, discord: {AUTHOR}}}]\n"
    )
    (folder / "chapters" / "001-one.md").write_text("# One\n\nText.\n")
    await setup.files.refresh()
    async with living(sandbox, store, authoring=setup):
        await sandbox.person(ADMIN).invoke(CHAPTERS, "/subscribe", story="The Lamp")
        form = await author.invoke(CHAPTERS, "/author note", story="The Lamp")
        seen = await author.submit(form, {"text": "Back on *Friday*, @everyone!"})
        assert "Ada Quill has a note" in seen.text
        sent = await press(author, seen.message, "Send it")
        assert "Told" in sent.text
        told = [each for each in sandbox.person(ADMIN).messages(CHAPTERS) if "has a note" in each.text]
        assert len(told) == 1
