"""Another library, unchanged: the sandbox must not have learnt discord.py's tolerance."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator

import hikari
import pytest
from discord_sandbox import seed
from discord_sandbox.server import Sandbox


@pytest.fixture
async def world() -> AsyncIterator[Sandbox]:
    async with Sandbox(port=0) as sandbox:
        yield sandbox


@pytest.fixture
async def bot(world: Sandbox, caplog: pytest.LogCaptureFixture) -> AsyncIterator[hikari.GatewayBot]:
    bot = hikari.GatewayBot(
        world.bot_token,
        rest_url=world.api_url,
        banner=None,
        logs=None,
        suppress_optimization_warning=True,
        intents=hikari.Intents.ALL_UNPRIVILEGED | hikari.Intents.MESSAGE_CONTENT,
    )
    await bot.start(check_for_updates=False)
    yield bot
    await bot.close()
    complaints = [
        each for each in caplog.records if each.name.startswith("hikari") and each.levelno >= logging.WARNING
    ]
    assert [each.getMessage() for each in complaints] == []


async def test_the_cache_holds_the_server(world: Sandbox, bot: hikari.GatewayBot) -> None:
    await world.until(lambda: bot.cache.get_guild(seed.GUILD))
    guild = bot.cache.get_guild(seed.GUILD)
    assert guild is not None
    assert guild.name == "Lantern House"
    assert isinstance(guild.get_channel(seed.SERIALS), hikari.GuildForumChannel)
    me = guild.get_my_member()
    assert me is not None
    assert me.id == seed.BOT
    assert [each.id for each in await bot.rest.fetch_guild_channels(seed.GUILD)] == list(guild.get_channels())
    assert (await bot.rest.fetch_application()).id == seed.BOT


async def test_hearing_and_answering(world: Sandbox, bot: hikari.GatewayBot) -> None:
    @bot.listen()
    async def answer(event: hikari.MessageCreateEvent) -> None:
        if event.is_human:
            await event.message.respond(f"heard {event.content}", reply=True)

    @bot.listen()
    async def mirror(event: hikari.ReactionAddEvent) -> None:
        if event.user_id != seed.BOT:
            assert event.emoji_name is not None
            await bot.rest.add_reaction(event.channel_id, event.message_id, event.emoji_name)

    imke = world.person("Imke")
    said = imke.say("chapters", "hello")
    reply = await imke.sees("chapters", lambda seen: seen.content == "heard hello")
    assert reply.data["referenced_message"]["id"] == str(said.id)
    imke.react(said, "⭐")
    await world.until(lambda: imke.message(said).reactions == {"⭐": 2})
    imke.say(imke.dm(), "psst")
    await imke.sees(imke.dm(), lambda seen: seen.content == "heard psst")


async def test_commands_buttons_and_forms(world: Sandbox, bot: hikari.GatewayBot) -> None:
    @bot.listen()
    async def answer(event: hikari.InteractionCreateEvent) -> None:
        one = event.interaction
        if isinstance(one, hikari.CommandInteraction):
            row = bot.rest.build_message_action_row().add_interactive_button(1, "more", label="More")
            assert one.options is not None
            text = f"hello {one.options[0].value}"
            await one.create_initial_response(4, text, component=row, flags=hikari.MessageFlag.EPHEMERAL)
        elif isinstance(one, hikari.ComponentInteraction):
            field = bot.rest.build_modal_action_row().add_text_input("words", "Words")
            await one.create_modal_response("Form", "form", component=field)
        elif isinstance(one, hikari.ModalInteraction):
            await one.create_initial_response(hikari.ResponseType.DEFERRED_MESSAGE_CREATE)
            await one.edit_initial_response("thank you")

    option = hikari.CommandOption(type=3, name="who", description="Whom.", is_required=True)
    await bot.rest.create_slash_command(seed.BOT, "hello", "Greets.", options=[option])
    imke = world.person("Imke")
    greeted = await imke.invoke("chapters", "/hello", who="you")
    assert (greeted.text, greeted.private) == ("hello you", True)
    assert greeted.message is not None
    form = await imke.press(greeted.message, "More")
    assert form.form is not None
    assert form.form["title"] == "Form"
    thanked = await imke.submit(form, words="hm")
    assert thanked.text == "thank you"


async def test_components_v2_threads_and_files(world: Sandbox, bot: hikari.GatewayBot) -> None:
    container = hikari.impl.ContainerComponentBuilder().add_text_display("# Title").add_separator()
    sent = await bot.rest.create_message(seed.CHAPTERS, components=[container])
    assert isinstance(sent.components[0], hikari.ContainerComponent)
    thread = await bot.rest.create_thread(seed.CHAPTERS, hikari.ChannelType.GUILD_PUBLIC_THREAD, "talk")
    filed = await bot.rest.create_message(thread, "a file", attachment=hikari.Bytes(b"text", "a.txt"))
    assert await filed.attachments[0].read() == b"text"
    post = await bot.rest.create_forum_post(seed.SERIALS, "Chapter 1", "It began.")
    assert post.id in {each.id for each in await bot.rest.fetch_active_threads(seed.GUILD)}
    with pytest.raises(hikari.NotFoundError):
        await bot.rest.fetch_message(seed.CHAPTERS, 1)
    with pytest.raises(hikari.ForbiddenError):
        await bot.rest.create_message(seed.STAFF, "x")
