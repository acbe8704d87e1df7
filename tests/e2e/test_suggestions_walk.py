"""The whole way of an idea, with real processes: made, supported, merged, accepted, voted on, thanked for in a chapter
that comes out, told to everybody behind it, and credited to those who agreed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from discord_sandbox.message_view import MessageView
from discord_sandbox.people.person import Person
from discord_sandbox.seed import ADMIN, AUTHOR, CHAPTERS, READERS, READING_ROOM
from discord_sandbox.server import Sandbox

from tests.e2e.processes import Stage, becomes, chapter_posts
from tests.e2e.programs import Programs
from tests.support.databases import DIALECTS, fresh_database
from tests.support.publishing import publish_now

pytestmark = pytest.mark.slow

SLUG, TITLE = "the-lamp", "The Lamp"
STORM = "A storm puts out every lamp of the town in one night."
ALIKE = "A storm that puts out all lamps of the town in one night!"
HERON = "A heron nests in the lamp room."
FIRST = "The lamp was lit."
SECOND = "---\ntitle: The Storm\nthanks: [{numbers}]\n---\nAnd then the storm came."


@pytest.fixture(params=DIALECTS)
async def stage(
    request: pytest.FixtureRequest, sandbox: Sandbox, programs: Programs, tmp_path: Path
) -> AsyncIterator[Stage]:
    """A story with one chapter out, and no schedule: its author says when the next comes."""
    async with fresh_database(tmp_path, request.param) as database:
        stage = Stage(sandbox, programs, tmp_path, database)
        stage.story(SLUG, FIRST, title=TITLE, suggestions={"prompt": "What happens in the storm?"})
        yield stage
        await programs.clean_up()


async def test_an_idea_from_three_readers_to_a_credited_chapter(stage: Stage) -> None:
    sandbox = stage.sandbox
    author = sandbox.person(AUTHOR)
    imke, tomasz, yuki = readers = [sandbox.person(each) for each in READERS]
    bot = await stage.start()
    await sandbox.person(ADMIN).invoke(CHAPTERS, "/subscribe", story=SLUG)
    board = await the_author_puts_up_a_board(author, imke)

    await three_readers_suggest(imke, tomasz, yuki)
    await imke.sees(READING_ROOM, lambda seen: seen.id == board.id and "heron" in seen.text)
    await the_author_merges_and_accepts(author)
    await imke.sees(READING_ROOM, lambda seen: seen.id == board.id and seen.buttons == ["👍 1", "👍 0"])
    await readers_support_and_vote(stage, author, readers, board)
    assert await bot.stop() == 0

    await wrong_thanks_are_found(stage)
    (stage.content / SLUG / "chapters" / "002.md").write_text(SECOND.format(numbers="1, 3"), encoding="utf-8")
    assert (await stage.programs.run("check", "-c", "config.yaml"))[0] == 0
    bot = await stage.start()
    await publish_now(author, CHAPTERS, SLUG)
    post = await imke.sees(CHAPTERS, lambda seen: "The Storm" in seen.text and "-# Page " in seen.text)
    assert "-# With thanks to Imke, Tomasz and 1 more reader for their ideas" in post.text
    assert "Yuki" not in post.text

    await each_is_told_of_their_own_once(readers, post)
    await imke.sees(READING_ROOM, lambda seen: seen.id == board.id and "no open ideas" in seen.text)
    await the_reader_s_own_view_says_so(imke, tomasz, yuki)
    assert await bot.stop() == 0

    bot = await stage.start()
    assert len(chapter_posts(imke, CHAPTERS)) == 1
    await each_is_told_of_their_own_once(readers, post)
    assert await bot.stop() == 0
    assert sandbox.pings == []
    rows = await stage.rows("notice")
    assert {row.state for row in rows["notice"]} == {"told"}


async def the_author_puts_up_a_board(author: Person, reader: Person) -> MessageView:
    """The story's board, for readers to see what others want."""
    made = await author.invoke(CHAPTERS, "/author board", story=SLUG, channel=READING_ROOM)
    assert made.private
    return await reader.sees(READING_ROOM, lambda seen: f"Ideas for {TITLE}" in seen.text)


async def three_readers_suggest(imke: Person, tomasz: Person, yuki: Person) -> None:
    """Two agree to be named, one of them with an idea that is like the other's; the third stays anonymous."""
    first = await imke.invoke(CHAPTERS, "/suggest", idea=STORM, story=SLUG, name_me=True)
    assert first.private
    assert "number **1**" in first.text
    alike = await tomasz.invoke(CHAPTERS, "/suggest", idea=ALIKE, story=SLUG)
    assert "number **2**" in alike.text
    assert "much like yours" in alike.text
    assert STORM[:20] in alike.text
    await tomasz.press(alike.message, "Name me if used")
    third = await yuki.invoke(CHAPTERS, "/suggest", idea=HERON, story=SLUG, anonymous=True)
    assert "number **3**" in third.text


async def the_author_merges_and_accepts(author: Person) -> None:
    """In the queue, which names those who are not anonymous."""
    queue = await author.invoke(CHAPTERS, "/author queue", story=SLUG)
    assert HERON in queue.text
    assert "Yuki" not in queue.text
    merged = await author.invoke(CHAPTERS, "/author decide", number=2, decision="merge", into=1)
    assert "2" in merged.text
    for number in (1, 3):
        done = await author.invoke(CHAPTERS, "/author decide", number=number, decision="accept")
        assert "accepted" in done.text


async def poll_states(stage: Stage) -> list[str]:
    """How the polls stand."""
    return [row.state for row in (await stage.rows("poll"))["poll"]]


async def readers_support_and_vote(
    stage: Stage, author: Person, readers: list[Person], board: MessageView
) -> None:
    """By the board's button, and in a poll whose result stands on the board."""
    imke, tomasz, yuki = readers
    pressed = await yuki.press(yuki.message(board), "👍 1")
    assert "You now support idea **1**" in pressed.text
    asked = await author.invoke(READING_ROOM, "/author poll", story=SLUG, length="1 day")
    await author.press(asked.message, "Post the poll")
    begun = await author.sees(READING_ROOM, lambda seen: "End the poll now" in seen.buttons)
    poll = await imke.sees(READING_ROOM, lambda seen: "poll" in seen.data and "Vote for" in seen.text)
    answers = [each["poll_media"]["text"] for each in poll.data["poll"]["answers"]]
    assert [text.split(":")[0] for text in answers] == ["1", "3"]
    for reader in readers:
        reader.vote(poll, 2)
    await becomes(partial(poll_states, stage), ["open"])
    asked = await author.press(begun, "End the poll now")
    ended = await author.press(asked.message, "End it")
    assert "the poll is over" in ended.text
    await author.sees(author.dm(), lambda seen: "poll" in seen.text.casefold() and HERON[:15] in seen.text)
    await imke.sees(READING_ROOM, lambda seen: seen.id == board.id and "3 votes" in seen.text)
    assert tomasz.message(board).buttons == ["👍 2", "👍 0"]


async def wrong_thanks_are_found(stage: Stage) -> None:
    """`fascicle check -c` names the number that was merged, and one that there is not."""
    chapter = stage.content / SLUG / "chapters" / "002.md"
    chapter.write_text(SECOND.format(numbers="2, 3, 9"), encoding="utf-8")
    code, checked = await stage.programs.run("check", "-c", "config.yaml")
    assert code == 1
    assert re.search(rf"{chapter}:3:\d+: suggestion 2 was merged into 1. Write 1 instead", checked.err)
    assert re.search(rf"{chapter}:3:\d+: there is no suggestion 9.", checked.err)
    assert len([line for line in checked.lines if line.startswith(f"{chapter}:")]) == 2


async def each_is_told_of_their_own_once(readers: list[Person], post: MessageView) -> None:
    """With a link to the chapter, each of their own idea, and each change once."""
    imke, tomasz, yuki = readers
    wanted = {
        imke: "Your idea **1** is in “The Storm”",
        tomasz: "Your idea **2**, which was merged into idea **1**, is in “The Storm”",
        yuki: "Your idea **3** is in “The Storm”",
    }

    async def told() -> dict[Person, int]:
        return {
            reader: len([each for each in reader.messages(reader.dm()) if text in each.text])
            for reader, text in wanted.items()
        }

    await becomes(told, dict.fromkeys(readers, 1))
    for reader in readers:
        used = [each for each in reader.messages(reader.dm()) if "is in “The Storm”" in each.text]
        # Where somebody pressed Support is not kept, so news of that have the Read button alone.
        assert all(f"/{CHAPTERS}/{post.id}" in each.text for each in used if "Your idea" in each.text)
        assert all("Read" in each.buttons for each in used)
        others = [other for other in readers if other is not reader]
        assert not any(wanted[other] in each.text for each in used for other in others)
    # Yuki, who supports the storm too, hears of both; nobody of anything twice.
    assert len([each for each in yuki.messages(yuki.dm()) if "is in “The Storm”" in each.text]) == 2
    for reader in (imke, tomasz):
        assert len([each for each in reader.messages(reader.dm()) if "is in “The Storm”" in each.text]) == 1


async def the_reader_s_own_view_says_so(*readers: Person) -> None:
    """`/suggestions mine` and the private reader."""
    for reader in readers:
        mine = await reader.invoke(CHAPTERS, "/suggestions mine")
        assert "⭐ used" in mine.text or "merged" in mine.text or "joined" in mine.text
    opened = await readers[0].invoke(CHAPTERS, "/read", story=SLUG, chapter="The Storm")
    assert "With thanks to Imke, Tomasz and 1 more reader" in opened.text
