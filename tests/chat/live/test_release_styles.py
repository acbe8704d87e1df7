"""Cards, threads, forums and direct messages, against a Discord that keeps to its own specification."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime, timedelta

import pytest
from discord_sandbox.discord_objects import Channel, MessageFlag
from discord_sandbox.operations import channels, thread_archiving
from discord_sandbox.permissions import Permission
from discord_sandbox.seed import (
    ADMIN,
    ANNOUNCEMENTS,
    AUTHOR,
    BOT,
    CHAPTERS,
    GUILD,
    READERS,
    READERS_ROLE,
    SERIALS,
    TAGGED,
)
from discord_sandbox.server import Sandbox
from sqlalchemy import text

from bot.domain.delivery.outcomes import Refused, Sent, Unknown
from bot.domain.pages import paginate
from bot.domain.stories.story import Chapter
from bot.domain.subscriptions.release_styles import MessageForm, ReleaseStyle
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.services.delivery.post_messenger import Destination, FoundPost, SearchOutcome
from bot.store.database import Database
from tests.chat.live.running_bot import Living, adult, living, sample
from tests.chat.samples import chapter, long_text, post
from tests.support.publishing import publish_now

TEXT = long_text(300)
FORUM = Destination(SERIALS, GUILD, forum=True)
LONG_AGO = datetime.now(UTC) - timedelta(hours=1)


def threads_of(sandbox: Sandbox, parent: int) -> list[Channel]:
    """The threads of a channel, oldest first."""
    found = sandbox.world.guild(GUILD).threads.values()
    return sorted((each for each in found if each.parent_id == parent), key=lambda each: each.id)


async def subscribe(bot: Living, channel: int, **options: object) -> str:
    """What an admin is answered."""
    admin = bot.sandbox.person(ADMIN)
    answer = await admin.invoke(CHAPTERS, "/subscribe", story="the-lamp", channel=channel, **options)
    assert answer.state == "done", answer
    return answer.text


def words_in(texts: list[str]) -> list[str]:
    """The words of a long text, in the order of the messages."""
    return [word for text in texts for word in re.findall(r"word\d+\.?", text)]


async def test_a_thread_holds_the_whole_chapter_with_its_controls_at_the_end(
    sandbox: Sandbox, store: Database
) -> None:
    pages = paginate(TEXT, limit=600)
    story = sample(chapter("one", TEXT, warnings=("grief",)), summary="About a lamp.")
    async with living(sandbox, store, story) as bot:
        await subscribe(bot, CHAPTERS, style="thread", start="latest", mention=READERS_ROLE)
        await bot.work()
        reader = sandbox.person(READERS[0])
        opening = reader.last(CHAPTERS)
        assert "One" in opening.text
        assert "||grief||" in opening.text
        assert f"<@&{READERS_ROLE}>" in opening.text
        assert not opening.buttons
        assert len(sandbox.pings) == 1
        (thread,) = threads_of(sandbox, CHAPTERS)
        assert (thread.id, thread.name) == (opening.id, "One")
        parts = [each for each in reader.messages(thread) if each.author_id == BOT and " / " in each.text]
        assert ["The Lamp" in each.text for each in parts] == [True] + [False] * (len(parts) - 1)
        assert [re.search(r"-# (\d+) / ", each.text)[1] for each in parts] == [
            str(n + 1) for n in range(len(pages))
        ]
        assert words_in([each.text for each in parts]) == TEXT.split()
        assert [each.buttons for each in parts] == [[]] * (len(parts) - 1) + [["Read", "Suggest", "Follow"]]
        assert [list(each.reactions) for each in parts] == [[]] * (len(parts) - 1) + [["⭐"]]
        reader.react(parts[-1], "⭐")
        opened = await reader.press(parts[-1], "Read")
        assert "Page 1 of" in opened.text


async def test_a_thread_survives_answers_lost_at_each_step(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one", TEXT))) as bot:
        await subscribe(bot, CHAPTERS, style="thread", start="latest")
        sandbox.add_fault("drop_after", method="POST", route="/channels/{channel}/messages", count=1)
        sandbox.add_fault(
            "drop_after", method="POST", route="/channels/{channel}/messages/{message}/threads", count=1
        )
        for _ in range(4):
            await hurry(bot)
        reader = sandbox.person(READERS[0])
        assert len([each for each in reader.messages(CHAPTERS) if each.author_id == BOT]) == 1
        (thread,) = threads_of(sandbox, CHAPTERS)
        assert words_in([each.text for each in reader.messages(thread)]) == TEXT.split()


async def hurry(bot: Living) -> None:
    """Do what is due, that which waits for another attempt at once."""
    async with bot.store.begin() as tx:
        await tx.deliveries._connection.execute(
            text("UPDATE delivery SET wake_at = due_at - 600000000, due_at = due_at WHERE state = 'due'")
        )
        await tx.deliveries._connection.execute(
            text("UPDATE delivery SET publish_at = sent_at WHERE publish_at IS NOT NULL")
        )
    await bot.work()


@pytest.mark.parametrize(("forum", "tag"), [(SERIALS, None), (TAGGED, "mystery")])
async def test_a_forum_gets_a_post_of_its_own_with_its_tag(
    sandbox: Sandbox, store: Database, forum: int, tag: str | None
) -> None:
    long_title = "A Very Long Title " * 10
    story = sample(Chapter("one", long_title, TEXT, warnings=("grief",)))
    async with living(sandbox, store, story) as bot:
        options = {"tag": tag} if tag else {}
        await subscribe(bot, forum, style="thread", start="latest", mention=READERS_ROLE, **options)
        await bot.work()
        reader = sandbox.person(READERS[0])
        (thread,) = threads_of(sandbox, forum)
        assert thread.name.startswith("1 · A Very Long Title")
        assert thread.name.endswith("… — The Lamp")
        assert len(thread.name) <= 100
        starter, *parts = [each for each in reader.messages(thread) if each.author_id == BOT]
        assert starter.id == thread.id
        assert not starter.v2
        assert "||grief||" in starter.content
        assert starter.content.startswith(f"<@&{READERS_ROLE}>")
        assert len(starter.content) <= 2000
        assert len(sandbox.pings) == 1
        assert words_in([each.text for each in parts]) == TEXT.split()
        assert parts[-1].buttons == ["Read", "Suggest", "Follow"]
        assert thread.thread.applied_tags == ([TAGGED + 1001] if tag else [])


async def test_a_required_tag_is_asked_for_and_offered(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        assert "needs a tag" in await subscribe(bot, TAGGED, style="thread")
        assert "no tag “comedy”; it has fantasy, mystery" in await subscribe(
            bot, TAGGED, style="thread", tag="comedy"
        )
        assert "style `thread`" in await subscribe(bot, SERIALS, style="pages")
        admin = sandbox.person(ADMIN)
        offered = await admin.autocomplete(CHAPTERS, "/subscribe", "tag", "m", story="x", channel=TAGGED)
        assert [choice["name"] for choice in offered][:1] == ["mystery"]
        assert "no subscriptions yet" in (await admin.invoke(CHAPTERS, "/subscriptions")).text


async def test_a_forum_starter_that_was_made_is_found_and_not_repeated(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store, sample(chapter("one", TEXT))) as bot:
        await subscribe(bot, SERIALS, style="thread", start="latest")
        sandbox.add_fault("drop_after", method="POST", route="/channels/{channel}/threads", count=1)
        await bot.work()
        (thread,) = threads_of(sandbox, SERIALS)
        assert len(sandbox.person(READERS[0]).messages(thread)) == 1
        thread_archiving.set_archived(sandbox.world, thread, True)
        await hurry(bot)
        assert threads_of(sandbox, SERIALS) == [thread]
        _, *parts = sandbox.person(READERS[0]).messages(thread)
        assert words_in([each.text for each in parts]) == TEXT.split()


async def test_discord_py_does_not_repeat_a_forum_starter_by_itself(
    sandbox: Sandbox, store: Database
) -> None:
    async with living(sandbox, store) as bot:
        sandbox.add_fault("error_after", status=500, method="POST", route="/channels/{channel}/threads")
        lost = await bot.messenger.post(FORUM, post(shape=MessageForm.STARTER, marker=7), "n")
        assert isinstance(lost, Unknown)
        (thread,) = threads_of(sandbox, SERIALS)
        found = await bot.messenger.find(FORUM, 7, LONG_AGO)
        assert found == FoundPost(thread.id)
        assert await bot.messenger.find(FORUM, 8, LONG_AGO) is SearchOutcome.ABSENT
        sandbox.add_fault("error", status=503, method="GET", route="/guilds/{guild}/threads/active", count=1)
        assert await bot.messenger.find(FORUM, 7, LONG_AGO) is SearchOutcome.LATER
        channels.allow(
            sandbox.world, sandbox.world.channel(SERIALS), BOT, Permission.READ_MESSAGE_HISTORY, False
        )
        assert await bot.messenger.find(FORUM, 8, LONG_AGO) is SearchOutcome.BLIND


async def test_a_starter_is_edited_as_what_it_is(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store) as bot:
        made = await bot.messenger.post(FORUM, post(shape=MessageForm.STARTER, marker=7), "n")
        assert isinstance(made, Sent)
        assert made.message_id is not None
        changed = post(shape=MessageForm.STARTER, marker=7, mention=READERS_ROLE)
        assert await bot.messenger.edit(made.message_id, made.message_id, changed) == made
        assert f"<@&{READERS_ROLE}>" in sandbox.person(READERS[0]).last(made.message_id).content
        assert sandbox.pings == []


async def test_opening_a_thread_twice_opens_one(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store) as bot:
        made = await bot.messenger.post(Destination(CHAPTERS, GUILD), post(shape=MessageForm.OPENING), "n")
        assert isinstance(made, Sent)
        assert made.message_id is not None
        for _ in range(2):
            assert await bot.messenger.open_thread(CHAPTERS, made.message_id, "   ") == made
        assert len(threads_of(sandbox, CHAPTERS)) == 1
        channels.allow(
            sandbox.world, sandbox.world.channel(CHAPTERS), BOT, Permission.CREATE_PUBLIC_THREADS, False
        )
        other = await bot.messenger.post(Destination(CHAPTERS, GUILD), post(shape=MessageForm.OPENING), "m")
        assert isinstance(other, Sent)
        assert isinstance(await bot.messenger.open_thread(CHAPTERS, other.message_id or 0, "x"), Refused)


async def test_missing_permissions_are_named_for_each_style(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        for permission in (Permission.CREATE_PUBLIC_THREADS, Permission.SEND_MESSAGES_IN_THREADS):
            for channel in (CHAPTERS, SERIALS):
                channels.allow(sandbox.world, sandbox.world.channel(channel), BOT, permission, False)
        said = await subscribe(bot, CHAPTERS, style="thread")
        assert "Create Public Threads and Send Messages in Threads" in said
        assert "missing permissions" in await subscribe(bot, SERIALS, style="thread")
        assert "Create Public Threads" not in await subscribe(bot, SERIALS, style="thread")
        assert "Done" in await subscribe(bot, CHAPTERS, style="card")


async def test_a_card_announces_and_is_published_once(sandbox: Sandbox, store: Database) -> None:
    pictured = f"{TEXT}\n\n![A lamp](images/lamp.png)"
    story = sample(chapter("one", pictured, warnings=("grief",), pictures=("images/lamp.png",)))
    async with living(sandbox, store, story) as bot:
        assert "style `card`" in await subscribe(bot, ANNOUNCEMENTS, publish=True)
        assert "announcement channel" in await subscribe(bot, CHAPTERS, publish=True, style="card")
        await subscribe(bot, ANNOUNCEMENTS, style="card", publish=True, start="latest")
        sandbox.add_fault(
            "drop_after",
            method="POST",
            route="/channels/{channel}/messages/{message}/crosspost",
            count=1,
        )
        await bot.work()
        await hurry(bot)
        reader = sandbox.person(READERS[0])
        (card,) = [each for each in reader.messages(ANNOUNCEMENTS) if each.author_id == BOT]
        assert card.data["flags"] & MessageFlag.CROSSPOSTED
        assert "> word0 word1" in card.text
        assert "||grief||" in card.text
        assert "Page 1 of" not in card.text
        assert card.buttons == ["Read", "Suggest", "Follow"]
        assert list(card.reactions) == ["⭐"]
        assert len(card.data["attachments"]) == 1
        assert "Page 1 of" in (await reader.press(card, "Read")).text
        posted = [
            each
            for each in sandbox.trace.requests()
            if each.method == "POST" and each.path.endswith("/messages")
        ]
        assert len([each for each in posted if str(ANNOUNCEMENTS) in each.path]) == 1


@pytest.mark.slow
async def test_ten_cards_an_hour_are_published_and_the_rest_waits_without_holding_a_post(
    sandbox: Sandbox, store: Database
) -> None:
    cards = [chapter(f"card{n}") for n in range(12)]
    async with living(sandbox, store, sample(*cards)) as bot:
        await subscribe(bot, ANNOUNCEMENTS, style="card", publish=True, start="beginning")
        sandbox.limits.on = True
        async with asyncio.timeout(60):
            await bot.work()
        made = [each for each in sandbox.person(READERS[0]).messages(ANNOUNCEMENTS) if each.author_id == BOT]
        handed_on = [bool(each.data["flags"] & MessageFlag.CROSSPOSTED) for each in made]
        assert handed_on == [True] * 10 + [False] * 2
        tried = [r for r in sandbox.trace.requests() if r.path.endswith("/crosspost")]
        assert [r.status for r in tried] == [200] * 10, "none is asked for in vain"
        listed = await sandbox.person(ADMIN).invoke(CHAPTERS, "/subscriptions")
        assert "2 posts are not published to the channel’s followers yet" in listed.text


async def test_following_by_direct_message(sandbox: Sandbox, store: Database) -> None:
    story = sample(chapter("one", TEXT), chapter("two", "Later."), backlog=1)
    async with living(sandbox, store, story, adult(chapter("night"))) as bot:
        reader = sandbox.person(READERS[0])
        done = await reader.invoke(CHAPTERS, "/follow", story="the-lamp")
        assert "come to your direct messages" in done.text
        dm = reader.dm()
        await reader.sees(dm, lambda seen: "will come to you here" in seen.text)
        assert "already" in (await reader.invoke(dm, "/follow", story="The Lamp")).text
        await publish_next(bot)
        await bot.work()
        shown = await reader.sees(dm, lambda seen: "Later." in seen.text and "⭐" in seen.reactions)
        assert shown.buttons == ["Read", "Suggest", "Following ✓"]
        offered = await reader.autocomplete(dm, "/unfollow", "story", "")
        assert [choice["value"] for choice in offered] == ["the-lamp"]
        assert "no longer" in (await reader.invoke(dm, "/unfollow", story="the-lamp")).text
        assert "do not follow" in (await reader.invoke(dm, "/unfollow", story="the-lamp")).text


async def test_who_takes_no_direct_messages_is_told_how_to(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"))) as bot:
        reader = sandbox.person(READERS[0])
        reader.accept_dms(False)
        refused = await reader.invoke(CHAPTERS, "/follow", story="the-lamp")
        assert "privacy settings" in refused.text
        async with bot.store.read() as tx:
            assert await tx.subscriptions.list_by_reader(reader.user.id) == []
        reader.accept_dms(True)
        assert "Done" in (await reader.invoke(CHAPTERS, "/follow", story="the-lamp")).text


async def publish_next(bot: Living) -> None:
    """Its author brings the next chapter out."""
    done = await publish_now(bot.sandbox.person(AUTHOR), CHAPTERS)
    assert "Out now" in done.text, done.text


async def test_a_pace_is_answered_with_its_next_three_times(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, sample(chapter("one"), chapter("two"))) as bot:
        assert "That pace does not work" in await subscribe(bot, CHAPTERS, pace="whenever *you* like")
        said = await subscribe(bot, CHAPTERS, pace="every 2 hours")
        assert "One post is on its way" in said
        assert len(re.findall(r"<t:\d+:f>", said)) == 3
        await bot.work()
        reader = sandbox.person(READERS[0])
        assert "This is one." in reader.last(CHAPTERS).text
        offered = await sandbox.person(ADMIN).autocomplete(CHAPTERS, "/subscribe", "pace", "da", story="x")
        assert "daily at 18:00" in [choice["name"] for choice in offered]
        listed = await sandbox.person(ADMIN).invoke(CHAPTERS, "/subscriptions")
        assert "Chapter 2" in listed.text
        await subscribe(bot, CHAPTERS, style="card")
        async with bot.store.read() as tx:
            kept = await tx.subscriptions.find(CHAPTERS, "the-lamp")
        assert kept is not None
        assert kept.options == SubscriptionOptions(style=ReleaseStyle.CARD, pace=kept.options.pace)
        assert kept.options.pace is not None
