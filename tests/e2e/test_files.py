"""What becomes of faulty files: beside sound ones at the start, and as a change while the bot runs."""

from __future__ import annotations

import os

import pytest
from discord_sandbox.people.person import Person
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS

from tests.e2e.processes import Stage, becomes, chapter_posts, decorated, long_text
from tests.support.publishing import publish_now

pytestmark = pytest.mark.slow

SOUND, BROKEN = "the-sound", "the-broken"


async def library(person: Person) -> str:
    """What `/library` shows."""
    return (await person.invoke(CHAPTERS, "/library")).text


async def test_a_broken_story_beside_a_sound_one_and_mended_while_the_bot_runs(stage: Stage) -> None:
    admin = stage.sandbox.person(ADMIN)
    stage.story(SOUND, long_text(20))
    story = stage.story(BROKEN, long_text(20)) / "story.yaml"
    sound_words = story.read_text(encoding="utf-8")
    story.write_text("titel: The Broken\nrelease: {schedule: tuesdayish}\n", encoding="utf-8")
    async with stage.running() as bot:
        for fault in ("“titel” is an unknown key", "“title” is missing", "not a schedule"):
            (line,) = [line for line in bot.lines if fault in line]
            assert f"{BROKEN}/story.yaml:" in line
        assert "The Sound" in await library(admin)
        assert "The Broken" not in await library(admin)
        assert (await admin.invoke(CHAPTERS, "/subscribe", story=SOUND, start="latest")).state == "done"
        await decorated(admin, CHAPTERS, "The Sound")

        story.write_text(sound_words, encoding="utf-8")
        await bot.says(f"{BROKEN} is new")
        assert "The Broken" in await library(admin)


async def test_a_faulty_change_keeps_the_last_good_version(stage: Stage) -> None:
    admin, author = stage.sandbox.person(ADMIN), stage.sandbox.person(AUTHOR)
    second = "# The Second\n\nGood words."
    chapters = stage.story(SOUND, long_text(20), second, release={"backlog": 1}) / "chapters"

    async def published() -> bool:
        answer = await publish_now(author, CHAPTERS, SOUND)
        return "Out now" in answer.text

    async with stage.running() as bot:
        await admin.invoke(CHAPTERS, "/subscribe", story=SOUND)
        (chapters / "002.md").write_text("---\ntitle: [\n---\nHalf written", encoding="utf-8")
        await bot.says("002.md")
        (fault,) = [line for line in bot.lines if "002.md" in line]
        assert " ERROR " in fault
        assert await published(), "the version before the fault is still there"
        await decorated(admin, CHAPTERS, "Good words.")

        (chapters / "002.md").write_text(second, encoding="utf-8")
        (chapters / "003.md").write_text("# The Third\n\nMore words.", encoding="utf-8")
        await becomes(published, True)
        await decorated(admin, CHAPTERS, "More words.")
        assert len(chapter_posts(admin, CHAPTERS)) == 2


async def test_what_is_no_text_stops_nothing_and_is_named_once(stage: Stage) -> None:
    """A pipe, links to nowhere and outside, names that are not text, and a heading of sixty thousand spaces."""
    admin = stage.sandbox.person(ADMIN)
    chapters = stage.story(SOUND, long_text(20)) / "chapters"
    stage.story("the-spaces", f"# a{' ' * 60_000}b\n\nText.")
    content, outside = chapters.parents[1], chapters.parents[2] / "secret.md"
    outside.write_text("Nobody's business.", encoding="utf-8")
    (stage.story(BROKEN, long_text(20)) / "chapters" / "002.md").symlink_to(outside)
    os.mkfifo(chapters / "002.md")
    (content / "nowhere").symlink_to("gone")
    async with stage.running() as bot:
        listed = await library(admin)
        assert "The Sound" in listed
        assert "The Spaces" in listed
        (chapters / os.fsdecode(b"\xff.txt")).write_bytes(b"\xff\0")
        (chapters / "\x1b[2Jred.md").write_text("Text.", encoding="utf-8")
        await bot.says(r"\x1b[2Jred.md")
        (chapters / "\x1b[2Jred.md").unlink()
        (content / "the-spaces" / "story.yaml").write_text("titel: x\n", encoding="utf-8")
        await bot.says("“titel” is an unknown key")
        for named in (
            "this is a named pipe",
            "leads out of the content folder",
            "this link leads nowhere",
        ):
            assert len([line for line in bot.lines if named in line]) == 1, named
        assert not any("\x1b" in line for line in bot.lines)


async def test_a_manuscript_of_another_tool_is_posted_as_it_was_meant(stage: Stage) -> None:
    """From the file to what a reader sees: no raw marks, no private note, and every line in its place."""
    admin = stage.sandbox.person(ADMIN)
    vault = (
        "---\ntitle: Arrival\ntags: [draft]\n---\n"
        "[[Mara]] came <i>home</i>&nbsp;&mdash; late.[^1] %%she dies%%\n\n~~~\n\n"
        "Roses on the sill,\n    Rain upon the stone.\n\n[^1]: By ferry."
    )
    stage.story(SOUND, vault, release={"backlog": 1})
    async with stage.running() as bot:
        assert (await admin.invoke(CHAPTERS, "/subscribe", story=SOUND, start="latest")).state == "done"
        post = await decorated(admin, CHAPTERS, "Mara came *home*\xa0— late.¹")
        assert f"Roses on the sill,\n{chr(160) * 4}Rain upon the stone.\n\n-# ¹ By ferry." in post.text
        assert not any(raw in post.text for raw in ("%%", "dies", "<i>", "[[", "~~~", "&"))
        (warning,) = [line for line in bot.lines if "“tags”" in line]
        assert " ERROR " not in warning
