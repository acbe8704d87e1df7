"""Who gets in by which door: adults where adults are, people in servers without the bot, reactions of every kind."""

from __future__ import annotations

from dataclasses import replace

from discord_sandbox.discord_objects import Channel, ChannelType, Guild, Member, Role, User
from discord_sandbox.operations import channels
from discord_sandbox.people.person import Person
from discord_sandbox.permissions import EVERYONE, Permission
from discord_sandbox.seed import ADMIN, AFTER_DARK, BOT, CHAPTERS, GUILD, READERS
from discord_sandbox.server import Sandbox

from bot.store.database import Database
from tests.chat.live.running_bot import adult, living, sample, until
from tests.chat.live.test_page_turns import subscribed
from tests.chat.live.test_private_reader import shelf, shows
from tests.chat.samples import chapter, long_text

ELSEWHERE = 400000000000000000
"""A server that the bot is not in, with a channel for everybody and one for adults."""
OPEN, DARK = ELSEWHERE + 1, ELSEWHERE + 2

OTHER_BOT = 200000000000000001


async def test_buttons_of_an_adult_story_open_nothing_where_the_age_flag_is_gone(
    sandbox: Sandbox, store: Database
) -> None:
    tale = adult(chapter("one", f"Midnight. {long_text(300)}"), chapter("two", "Later."))
    async with living(sandbox, store, tale) as bot:
        reader, admin = sandbox.person(READERS[0]), sandbox.person(ADMIN)
        for person in (reader, admin):
            person.confirm_age(AFTER_DARK)
        await admin.invoke(AFTER_DARK, "/subscribe", story="after-midnight", start="beginning")
        await bot.work()
        post = await reader.sees(AFTER_DARK, lambda seen: "Midnight." in seen.text and "⭐" in seen.reactions)
        opened = await reader.press(post, "Read")
        assert "To my DMs" not in opened.message.buttons
        about = await reader.invoke(AFTER_DARK, "/story", story="after-midnight")
        assert "Follow" not in about.message.buttons
        sandbox.world.channel(AFTER_DARK).nsfw = False
        channels.publish_channel(sandbox.world, sandbox.world.channel(AFTER_DARK))
        for message, button in (
            (post, "Read"),
            (opened.message, "▶️"),
            (opened.message, "⏭️"),
            (opened.message, "star:"),
            (about.message, "open:"),
        ):
            refused = await reader.press(message, button)
            assert "shown in age-restricted channels only" in refused.text, button
            assert "Midnight." not in refused.text
        picked = await reader.choose(
            opened.message, "chapters:", opened.message.control("chapters:")["options"][1]["value"]
        )
        assert "shown in age-restricted channels only" in picked.text
        reader.react(post, "▶️")
        await until(lambda: not reader.message(post).own_reactions)
        await bot.services.page_turns.drain()
        assert shows(1)(reader.message(post)), "nor does the post show anything new"
        await bot.work()
        listed = await admin.invoke(AFTER_DARK, "/subscriptions")
        assert "not age-restricted" in listed.text


def elsewhere(sandbox: Sandbox, person: Person) -> None:
    """A server without the bot, in which that person uses the app that they have on their account."""
    guild = Guild(ELSEWHERE, "Elsewhere", person.id)
    guild.roles[ELSEWHERE] = Role(ELSEWHERE, "@everyone", EVERYONE)
    guild.members[person.id] = Member(person.id, sandbox.world.now())
    for number, name in ((OPEN, "open"), (DARK, "dark")):
        guild.channels[number] = Channel(number, ChannelType.TEXT, name, ELSEWHERE)
    guild.channels[DARK].nsfw = True
    sandbox.world.add_guild(guild)
    person.install_app()
    person.confirm_age(DARK)


async def test_the_reader_goes_along_on_ones_own_account(sandbox: Sandbox, store: Database) -> None:
    """User-installed: in a server without the bot, and in a conversation between two people."""
    serials = (shelf(out=2), adult(chapter("one", "Midnight.")))
    async with living(sandbox, store, *serials) as bot:
        reader = sandbox.person(READERS[0])
        elsewhere(sandbox, reader)
        assert "/subscribe" not in reader.commands(OPEN)
        for page, place in ((1, OPEN), (2, reader.dm(READERS[1]))):
            assert "After Midnight" not in (await reader.invoke(place, "/library")).text
            refused = await reader.invoke(place, "/read", story="after-midnight")
            assert "age-restricted" in refused.text
            assert "Midnight." not in refused.text
            opened = await reader.invoke(place, "/read", story="the-lamp", chapter="1")
            assert opened.private
            assert shows(page)(opened.message)
            on = await reader.press(opened.message, "▶️")
            assert shows(page + 1)(on.message)
            starred = await reader.press(on.message, "star:")
            assert starred.message.id == opened.message.id
            sent = await reader.press(on.message, "To my DMs")
            assert "direct messages now" in sent.text
        await bot.work()
        newest = await reader.sees(reader.dm(), lambda seen: "⭐" in seen.reactions)
        assert shows(3)(newest)
        assert "Midnight." in (await reader.invoke(DARK, "/read", story="after-midnight")).text
        thread = reader.open_thread(DARK, "Late talk")
        late = await reader.invoke(thread.id, "/read", story="after-midnight")
        assert "age-restricted" in late.text, "what Discord does not say is taken for no"


async def test_other_bots_turn_nothing_and_super_reactions_do(sandbox: Sandbox, store: Database) -> None:
    async with living(sandbox, store, shelf(out=1, words=300)) as bot:
        post = await subscribed(bot)
        reader = sandbox.person(READERS[0])
        sandbox.world.add_user(User(OTHER_BOT, "clockwork", "Clockwork", bot=True))
        sandbox.world.guild(GUILD).members[OTHER_BOT] = Member(OTHER_BOT, sandbox.world.now())
        other = Person(sandbox.state, sandbox.world.user(OTHER_BOT))
        other.react(post, "▶️")
        other.react(post, "⭐")
        reader.react(post, "▶", burst=True)
        await reader.sees(CHAPTERS, lambda seen: not seen.private and shows(2)(seen))
        await until(lambda: not reader.message(post).own_reactions)
        await bot.services.page_turns.drain()
        assert shows(2)(reader.message(post)), "the other bot's press was none"
        other.unreact(post, "▶️")
        reader.react(post, "◀️")
        await reader.sees(CHAPTERS, lambda seen: not seen.private and shows(1)(seen))
        async with store.read() as tx:
            (release,) = await tx.releases.list_by_story("the-lamp")
            assert (await tx.counters.count_by_release([release.id]))[release.id].votes == 0


async def test_without_manage_messages_taking_back_turns_too(sandbox: Sandbox, store: Database) -> None:
    channels.allow(sandbox.world, sandbox.world.channel(CHAPTERS), BOT, Permission.MANAGE_MESSAGES, False)
    async with living(sandbox, store, shelf(out=1, words=300)) as bot:
        post = await subscribed(bot)
        reader = sandbox.person(READERS[0])
        for number, press in ((2, reader.react), (3, reader.unreact), (4, reader.react)):
            press(post, "▶️")
            turned = await reader.sees(CHAPTERS, shows(number))
            assert turned.id == post.id
            assert not turned.private


async def test_a_cover_stands_on_its_storys_page_and_nowhere_it_may_not(
    sandbox: Sandbox, store: Database
) -> None:
    covered = adult(chapter("one", "Midnight."))
    covered = replace(covered, story=replace(covered.story, cover="images/cover.png"))
    async with living(sandbox, store, covered, sample(chapter("one"), cover="images/cover.png")):
        reader = sandbox.person(READERS[0])
        reader.confirm_age(AFTER_DARK)
        shelf_page = (await reader.invoke(AFTER_DARK, "/library")).message
        for slug in ("the-lamp", "after-midnight"):
            await reader.choose(shelf_page, "pick", slug)
            about = await reader.sees(AFTER_DARK, lambda seen: seen.private and "Library" in seen.buttons)
            assert about.id == shelf_page.id
            assert [each["filename"] for each in about.data["attachments"]] == ["cover.webp"]
            await reader.press(about, "Library")
            shelf_page = await reader.sees(
                AFTER_DARK, lambda seen: seen.private and len(seen.data["attachments"]) == 2
            )
        await reader.invoke(CHAPTERS, "/story", story="the-lamp")
        await reader.sees(CHAPTERS, lambda seen: seen.private and seen.data["attachments"])
        refused = await reader.invoke(CHAPTERS, "/story", story="after-midnight")
        assert not refused.message.data["attachments"]
