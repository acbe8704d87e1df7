"""Uploads with the importer and writer that a running bot has: what is accepted, discarded, refused, or cut off."""

from __future__ import annotations

import asyncio
import io
from base64 import b64encode
from pathlib import Path

import pytest
from discord_sandbox.message_view import MessageView
from discord_sandbox.people.person import Person
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS
from discord_sandbox.server import Sandbox
from PIL import Image

from bot.content.authoring.story_files import StoryFiles
from bot.content.content_folder import ContentFolder
from bot.content.importing.authoring_folder import AuthoringFolder
from bot.services.authoring import chapter_uploads
from bot.services.authoring.authoring import AuthoringSetup
from bot.store.database import Database
from tests.chat.live.running_bot import living
from tests.content.source_formats.office_samples import docx, p, zip_of
from tests.support.publishing import press

MARKDOWN = b"# Night\n\nThe lamp was lit.\n"


@pytest.fixture
async def setup(tmp_path: Path) -> AuthoringSetup:
    """A content folder with one story of the sandbox's author, who may start others."""
    root = tmp_path / "content"
    (root / "the-lamp" / "chapters").mkdir(parents=True)
    (root / "the-lamp" / "story.yaml").write_text(
        f"title: The Lamp\nauthors: [{{name: Ada Quill, discord: {AUTHOR}}}]\n", "utf-8"
    )
    files = AuthoringFolder(ContentFolder(root), StoryFiles(root))
    await files.refresh()
    return AuthoringSetup(files, tmp_path / "drafts", creators=(AUTHOR,), page_length=600)


def file(name: str, content: bytes) -> dict[str, str]:
    """An attachment as the sandbox takes it."""
    return {"filename": name, "data": b64encode(content).decode()}


def picture() -> bytes:
    """A small PNG."""
    made = io.BytesIO()
    Image.new("RGB", (8, 8), "#204060").save(made, "PNG")
    return made.getvalue()


def written(tmp_path: Path) -> list[str]:
    """The names of the story's chapters."""
    return sorted(each.name for each in (tmp_path / "content" / "the-lamp" / "chapters").rglob("*.md"))


def kept(tmp_path: Path) -> list[Path]:
    """Whatever of uploads is kept for a preview."""
    drafts = tmp_path / "drafts"
    return list(drafts.rglob("*")) if drafts.exists() else []


async def upload(author: Person, **files: dict[str, str]) -> MessageView:
    """Upload to the story; return the answer."""
    seen = await author.invoke(CHAPTERS, "/author upload", {"story": "the-lamp", **files})
    assert seen.private
    assert seen.message is not None
    return seen.message


async def test_a_document_markdown_and_an_archive_become_planned_chapters(
    sandbox: Sandbox, store: Database, setup: AuthoringSetup, tmp_path: Path
) -> None:
    author = sandbox.person(AUTHOR)
    archive = zip_of({"3.md": "# Dawn\n\nThe sun came.\n\n![A lamp](lamp.png)\n", "lamp.png": picture()})
    async with living(sandbox, store, authoring=setup) as bot:
        seen = await upload(
            author,
            file=file("1.docx", docx(p("Dusk", "Heading1") + p("The sun went."))),
            file2=file("2.md", MARKDOWN),
            file3=file("3.zip", archive),
        )
        assert "3 chapters for The Lamp" in seen.text
        for number, words in enumerate(("The sun went.", "The lamp was lit.", "The sun came."), 1):
            await author.choose(seen, "See a chapter’s pages", str(number))
            page = await author.sees(CHAPTERS, lambda each, words=words: words in each.text)  # type: ignore[misc]
            seen = await press(author, page, "Back")
        assert written(tmp_path) == []
        done = await press(author, seen, "Accept")
        assert "3 chapters added" in done.text
        assert len(written(tmp_path)) == 3
        assert kept(tmp_path) == []
        shown = await author.invoke(CHAPTERS, "/author schedule", story="the-lamp")
        assert shown.message is not None
        form = await author.press(shown.message, "Change it")
        await author.submit(form, {"schedule": "tue, fri at 18:00", "zone": "Europe/Berlin"})
        asked = await author.sees(CHAPTERS, lambda each: "Nothing is changed yet" in each.text)
        assert asked.text.count("<t:") >= 3
        saved = await press(author, asked, "Save it")
        assert "Saved" in saved.text
        await bot.work()
        listed = await author.invoke(CHAPTERS, "/author chapters", story="the-lamp")
        assert str(tmp_path) not in listed.text.replace("\\", "")
        await author.invoke(CHAPTERS, "/author delay", story="the-lamp", until="in 30 days", reason="Moving")
        held = await author.invoke(CHAPTERS, "/author schedule", story="the-lamp")
        assert "No new chapters before" in held.text
        assert "Moving" in held.text
        for line in ("1. **Dusk** · comes", "2. **Night** · comes", "3. **Dawn** · comes"):
            assert line in listed.text


async def test_from_a_new_story_to_a_released_chapter_with_its_picture(
    sandbox: Sandbox, store: Database, setup: AuthoringSetup
) -> None:
    author = sandbox.person(AUTHOR)
    archive = zip_of({"1.md": "# Dusk\n\nThe sun went.\n\n![A lamp](lamp.png)\n", "lamp.png": picture()})
    async with living(sandbox, store, authoring=setup) as bot:
        form = await author.invoke(CHAPTERS, "/author new")
        facts = {"title": "The Quay", "summary": "Boats.", "rating": ["general"], "zone": "Europe/Berlin"}
        made = await author.submit(form, {**facts, "schedule": ""})
        assert "The Quay" in made.text
        sent = {
            "file": file("1.zip", archive),
            "file2": file("2.docx", docx(p("Night", "Heading1") + p("The lamp was lit."))),
            "file3": file("3.md", b"# Dawn\n\nThe sun came.\n"),
        }
        seen = await author.invoke(CHAPTERS, "/author upload", {"story": "the-quay", **sent})
        assert seen.message is not None
        done = await press(author, seen.message, "Accept")
        assert "3 chapters added" in done.text
        shown = await author.invoke(CHAPTERS, "/author schedule", story="the-quay")
        assert shown.message is not None
        form = await author.press(shown.message, "Change it")
        await author.submit(form, {"schedule": "every 2 seconds", "zone": "Europe/Berlin"})
        asked = await author.sees(CHAPTERS, lambda each: "Nothing is changed yet" in each.text)
        await press(author, asked, "Save it")
        admin = sandbox.person(ADMIN)
        await admin.invoke(CHAPTERS, "/subscribe", story="the-quay")

        def posts() -> list[MessageView]:
            return [each for each in admin.messages(CHAPTERS) if "The sun went." in each.text]

        async with asyncio.timeout(20):
            while not posts():
                await bot.work()
        (post,) = posts()
        assert [each["description"] for each in post.data["attachments"]] == ["A lamp"]


async def test_what_is_discarded_leaves_nothing(
    sandbox: Sandbox, store: Database, setup: AuthoringSetup, tmp_path: Path
) -> None:
    author = sandbox.person(AUTHOR)
    async with living(sandbox, store, authoring=setup):
        seen = await upload(author, file=file("2.md", MARKDOWN))
        gone = await press(author, seen, "Discard")
        assert "Nothing was written" in gone.text
        assert gone.buttons == []
    assert written(tmp_path) == []
    assert kept(tmp_path) == []


async def test_what_cannot_be_taken_is_refused_and_leaves_nothing(
    sandbox: Sandbox,
    store: Database,
    setup: AuthoringSetup,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    author = sandbox.person(AUTHOR)
    async with living(sandbox, store, authoring=setup):
        unreadable = await upload(author, file=file("book.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"))
        assert "book.pdf" in unreadable.text
        assert "PDF" in unreadable.text
        monkeypatch.setattr(chapter_uploads, "LARGEST_UPLOAD", 20)
        large = await upload(author, file=file("2.md", MARKDOWN))
        assert "too large" in large.text
    assert written(tmp_path) == []
    assert kept(tmp_path) == []


async def test_of_two_uploads_accepted_at_once_each_chapter_is_written_once(
    sandbox: Sandbox, store: Database, setup: AuthoringSetup, tmp_path: Path
) -> None:
    author = sandbox.person(AUTHOR)
    async with living(sandbox, store, authoring=setup):
        first = await upload(author, file=file("2.md", MARKDOWN))
        second = await upload(author, file=file("2.md", MARKDOWN + b"\nAnother end.\n"))
        await asyncio.gather(*(author.press(each, "Accept") for each in (first, second)))
        await author.sees(CHAPTERS, lambda each: "1 chapter added" in each.text)
        await sandbox.until(lambda: not kept(tmp_path), 5)
        assert len(written(tmp_path)) == 1


async def test_after_a_restart_a_preview_that_is_gone_says_what_to_do(
    sandbox: Sandbox, store: Database, setup: AuthoringSetup, tmp_path: Path
) -> None:
    author = sandbox.person(AUTHOR)
    async with living(sandbox, store, authoring=setup):
        seen = await upload(author, file=file("2.md", MARKDOWN))
    for each in sorted(kept(tmp_path), reverse=True):
        each.rmdir() if each.is_dir() else each.unlink()
    async with living(sandbox, store, authoring=setup):
        await author.press(seen, "Accept")
        told = await author.sees(CHAPTERS, lambda each: "Please use the command again" in each.text)
        assert told.private
    assert written(tmp_path) == []
