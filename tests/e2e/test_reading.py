"""Readers at their controls: the private reader, stars, and turning where the bot may and may not moderate."""

from __future__ import annotations

import pytest
from discord_sandbox.message_view import MessageView
from discord_sandbox.operations import channels
from discord_sandbox.people.person import Person
from discord_sandbox.permissions import Permission
from discord_sandbox.seed import ADMIN, BOT, CHAPTERS, READERS, READING_ROOM

from tests.e2e.processes import Stage, becomes, decorated, long_text, page_number

pytestmark = pytest.mark.slow

STORY = "the-lamp"
ONE = "# The First Lamp\n\n" + long_text(400)
TWO = "# The Second Lamp\n\n" + long_text(800, start=1001)
PAGE = {"page_length": 1000}


async def subscribed(stage: Stage, channel: int) -> MessageView:
    """A channel's post of the newest chapter, with its controls."""
    admin = stage.sandbox.person(ADMIN)
    answer = await admin.invoke(channel, "/subscribe", story=STORY, start="latest")
    assert answer.state == "done", answer
    return await decorated(admin, channel, "The Second Lamp")


async def test_the_private_reader_goes_on_over_a_restart(stage: Stage) -> None:
    stage.configure(reading=PAGE)
    stage.story(STORY, ONE, TWO)
    reader, other = (stage.sandbox.person(each) for each in READERS[:2])
    async with stage.running():
        post = await subscribed(stage, CHAPTERS)
        by_command = await reader.invoke(CHAPTERS, "/read", story="The Lamp", chapter="The First Lamp")
        assert by_command.private
        assert "word1 " in by_command.text
        assert page_number(by_command.message)[0] == 1
        following = await reader.press(by_command.message, "▶️")
        assert following.message.id == by_command.message.id
        assert page_number(following.message)[0] == 2
        next_chapter = await reader.press(following.message, "⏭️")
        assert "The Second Lamp" in next_chapter.text
        assert "word1001 " in next_chapter.text

        by_button = await other.press(post, "Read")
        assert by_button.private
        assert "word1001 " in by_button.text
        reader.react(post, "⭐")
        await stage.sandbox.until(lambda: reader.message(post).reactions["⭐"] == 2)
        await votes_become(stage, {reader.id})

    async with stage.running():
        on = await other.press(by_button.message, "▶️")
        assert on.message.id == by_button.message.id
        assert page_number(on.message)[0] == 2, "a reader opened before the restart goes on"
        again = await other.press(post, "Read")
        assert page_number(again.message)[0] == 2, "the place was kept"
        back = await reader.press(next_chapter.message, "⏮️")
        assert "The First Lamp" in back.text
        reader.unreact(post, "⭐")
        await votes_become(stage, set())
    assert page_number(reader.message(post)) == page_number(post), "reading in private turns nobody's post"
    public = [each for each in reader.messages(CHAPTERS) if not each.private]
    assert [each.id for each in public] == [post.id]


async def test_a_page_in_direct_messages_keeps_the_place_over_a_restart(stage: Stage) -> None:
    stage.configure(reading=PAGE)
    stage.story(STORY, ONE, TWO)
    reader = stage.sandbox.person(READERS[0])
    async with stage.running():
        opened = await reader.invoke(CHAPTERS, "/read", story="The Lamp", chapter="The Second Lamp")
        assert "direct messages" in (await reader.press(opened.message, "To my DMs")).text
        page = await decorated(reader, reader.dm().id, "The Second Lamp")
        reader.react(page, "▶️")
        await page_becomes(reader, page, 2)
    async with stage.running():
        reader.unreact(page, "▶️")
        await page_becomes(reader, page, 3)
        await place_becomes(stage, reader.id, 3, page)
        again = await reader.invoke(reader.dm(), "/read")
        assert page_number(again.message)[0] == 3, "the private reader is where the page is"


async def place_becomes(stage: Stage, reader: int, number: int, page: MessageView) -> None:
    """Wait until that turn is on record: it is shown a moment before."""

    async def shown() -> tuple[int, int]:
        rows = await stage.rows("post", "bookmark")
        (post,) = (row for row in rows["post"] if row.message_id == page.id)
        return post.page, len([row for row in rows["bookmark"] if row.user_id == reader])

    await becomes(shown, (number, 1))


async def votes_become(stage: Stage, voters: set[int]) -> None:
    """Wait until exactly these people's stars are counted."""

    async def counted() -> set[int]:
        return {row.user_id for row in (await stage.rows("vote"))["vote"]}

    await becomes(counted, voters)


async def test_posts_turn_where_the_bot_may_moderate_and_where_it_may_not(stage: Stage) -> None:
    stage.configure(reading=PAGE)
    stage.story(STORY, ONE, TWO)
    reader, other = (stage.sandbox.person(each) for each in READERS[:2])
    room = stage.sandbox.world.channel(READING_ROOM)
    channels.allow(stage.sandbox.world, room, BOT, Permission.MANAGE_MESSAGES, False)
    async with stage.running():
        moderated, free = await subscribed(stage, CHAPTERS), await subscribed(stage, READING_ROOM)

        reader.react(moderated, "▶️")
        await page_becomes(reader, moderated, 2)
        await stage.sandbox.until(lambda: not reader.message(moderated).own_reactions)
        reader.react(moderated, "◀️")
        await page_becomes(reader, moderated, 1)
        await stage.sandbox.until(lambda: not reader.message(moderated).own_reactions)

        reader.react(free, "▶️")
        await page_becomes(reader, free, 2)
        other.react(free, "▶️")
        await page_becomes(reader, free, 3)
        reader.unreact(free, "▶️")
        await page_becomes(reader, free, 4)
        reader.react(free, "◀️")
        await page_becomes(reader, free, 3)
        assert reader.message(free).own_reactions == ["◀️"]

        edits = stage.sandbox.trace.requests("PATCH", f"/channels/{CHAPTERS}/messages/*")
        assert len(edits) == 2, "what the bot takes back is no turn"
        await stage.sandbox.until(lambda: refusals(stage))
        reader.unreact(free, "◀️")
        await page_becomes(reader, free, 2)
        assert len(refusals(stage)) == 1, "a channel that refuses is not asked again and again"
        await three_press_at_once([stage.sandbox.person(each) for each in READERS], moderated)
        await a_moderator_clears_the_controls(stage.sandbox.person(ADMIN), moderated)


def refusals(stage: Stage) -> list[object]:
    """What the bot asked to be taken back in vain."""
    return list(stage.sandbox.trace.requests("DELETE", f"/channels/{READING_ROOM}/*", status=403))


async def three_press_at_once(readers: list[Person], post: MessageView) -> None:
    """Each press counts, also one that comes while another is being shown."""
    for reader in readers:
        reader.react(post, "▶️")
    await page_becomes(readers[0], post, 1 + len(readers))
    await readers[0].state.until(lambda: readers[0].message(post).reactions["▶️"] == 1)


async def a_moderator_clears_the_controls(admin: Person, post: MessageView) -> None:
    """Once they come back; a second time is taken as meant, and the post turns all the same."""
    controls = list(post.reactions)
    admin.clear_reactions(post)
    await admin.state.until(lambda: list(admin.message(post).reactions) == controls)
    before = page_number(admin.message(post))[0]
    admin.clear_reactions(post)
    admin.react(post, "▶️")
    await page_becomes(admin, post, before + 1)
    assert "⭐" not in admin.message(post).reactions


async def page_becomes(reader: Person, post: MessageView, number: int) -> None:
    """Wait until a post shows that page."""
    await reader.state.until(lambda: page_number(reader.message(post))[0] == number)
