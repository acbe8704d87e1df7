"""What becomes of faulty files: beside sound ones at the start, and as a change while the bot runs."""

from __future__ import annotations

from bot.sandbox.people import Person
from bot.sandbox.seed import ADMIN, AUTHOR, CHAPTERS
from tests.e2e.stage import Stage, becomes, chapter_posts, decorated, long_text

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
        answer = await author.invoke(CHAPTERS, "/author publish", story=SOUND)
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
