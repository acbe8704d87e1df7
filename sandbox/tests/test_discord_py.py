"""Unchanged discord.py against the sandbox."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from io import BytesIO
from typing import Any

import discord
import pytest
import yarl
from discord import app_commands
from discord_sandbox import seed
from discord_sandbox.operations import guilds
from discord_sandbox.server import Sandbox
from PIL import Image

from .conftest import OPENAPI


class Idea(discord.ui.Modal, title="Your idea"):
    words: discord.ui.Label = discord.ui.Label(
        text="Idea", component=discord.ui.TextInput(custom_id="words", style=discord.TextStyle.paragraph)
    )

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        assert isinstance(self.words.component, discord.ui.TextInput)
        await interaction.edit_original_response(content=f"Noted: {self.words.component.value}")


class Turn(discord.ui.DynamicItem[discord.ui.Button], template=r"turn:(?P<page>\d+)"):
    def __init__(self, page: int) -> None:
        super().__init__(discord.ui.Button(label="Turn", custom_id=f"turn:{page}"))
        self.page = page

    @classmethod
    async def from_custom_id(cls, interaction: Any, item: Any, match: Any) -> Turn:
        return cls(int(match["page"]))

    async def callback(self, interaction: discord.Interaction) -> None:
        await interaction.response.edit_message(view=page(self.page + 1))


def page(number: int) -> discord.ui.LayoutView:
    view = discord.ui.LayoutView(timeout=None)
    thumbnail = discord.ui.Thumbnail("attachment://cover.png")
    view.add_item(discord.ui.Container(discord.ui.Section(f"Page {number}", accessory=thumbnail)))
    view.add_item(discord.ui.ActionRow(Turn(number)))
    view.stop()
    return view


def cover() -> discord.File:
    data = BytesIO()
    Image.new("RGB", (4, 4)).save(data, "PNG")
    data.seek(0)
    return discord.File(data, "cover.png")


async def say(interaction: discord.Interaction, what: app_commands.Range[str, 1, 20]) -> None:
    await interaction.response.send_message(what, ephemeral=True)
    await interaction.followup.send("and more", ephemeral=True)


async def suggest(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=f"{current}mp", value="lamp")]


async def idea(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Idea())


async def slow(interaction: discord.Interaction) -> None:
    await asyncio.sleep(60)


class Bot(discord.Client):
    """A small bot: no privileged intent, no cache."""

    def __init__(self, **options: Any) -> None:
        intents = discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True)
        super().__init__(
            intents=intents, max_messages=None, member_cache_flags=discord.MemberCacheFlags.none(), **options
        )
        self.tree = app_commands.CommandTree(self)
        self.heard: list[tuple[str, Any]] = []
        self.tree.add_command(app_commands.Command(name="say", description="Says.", callback=say))
        self.tree.add_command(app_commands.Command(name="idea", description="Asks.", callback=idea))
        self.tree.add_command(app_commands.Command(name="slow", description="Sleeps.", callback=slow))
        self.tree.get_command("say").autocomplete("what")(suggest)  # type: ignore[union-attr]

    async def setup_hook(self) -> None:
        self.add_dynamic_items(Turn)
        await self.tree.sync()

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        if self.user is not None and payload.user_id != self.user.id:
            self.heard.append(("super" if payload.burst else "add", str(payload.emoji)))

    async def on_raw_reaction_remove(self, payload: discord.RawReactionActionEvent) -> None:
        self.heard.append(("remove", str(payload.emoji)))

    async def on_resumed(self) -> None:
        self.heard.append(("resumed", None))

    async def on_guild_remove(self, guild: discord.Guild) -> None:
        self.heard.append(("guild gone", guild.id))

    async def on_guild_join(self, guild: discord.Guild) -> None:
        self.heard.append(("guild joined", guild.id))


@pytest.fixture
async def world() -> AsyncIterator[Sandbox]:
    openapi = OPENAPI if OPENAPI.exists() else None
    async with Sandbox(port=0, openapi=openapi) as sandbox:
        yield sandbox
        assert sandbox.trace.breaches() == []


@asynccontextmanager
async def connected(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    monkeypatch.setattr(discord.http.Route, "BASE", sandbox.api_url)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(sandbox.gateway_url))
    async with Bot() as bot:
        await bot.login(sandbox.bot_token)
        running = asyncio.create_task(bot.connect())
        await bot.wait_until_ready()
        yield bot
    await running


@pytest.fixture
async def bot(world: Sandbox, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    async with connected(world, monkeypatch) as connected_bot:
        yield connected_bot


async def test_commands_autocomplete_and_forms(world: Sandbox, bot: Bot) -> None:
    imke = world.person("Imke")
    said = await imke.invoke("chapters", "/say", what="hello")
    assert (said.text, said.private) == ("hello", True)
    await imke.sees("chapters", lambda seen: seen.text == "and more" and seen.private)
    assert await imke.autocomplete("chapters", "/say", "what", "la") == [{"name": "lamp", "value": "lamp"}]
    form = await imke.invoke("chapters", "/idea")
    assert form.form is not None
    assert form.form["title"] == "Your idea"
    sent = await imke.submit(form, words="A lamp that hums")
    assert (sent.text, sent.private) == ("Noted: A lamp that hums", True)
    in_dm = await imke.invoke(imke.dm(), "/say", what="alone")
    assert in_dm.text == "alone"


async def test_a_command_that_never_answers(world: Sandbox, bot: Bot) -> None:
    outcome = await world.person("Imke").invoke("chapters", "/slow")
    assert (outcome.state, outcome.error) == ("failed", "The application did not respond")


async def test_pages_with_pictures_turn_by_button(world: Sandbox, bot: Bot) -> None:
    channel = bot.get_partial_messageable(seed.CHAPTERS)
    sent = await channel.send(view=page(1), file=cover())
    imke = world.person("Imke")
    seen = imke.last("chapters")
    assert seen is not None
    assert (seen.text, seen.buttons, seen.v2) == ("Page 1", ["Turn"], True)
    turned = await imke.press(seen, "Turn")
    assert turned.state == "done"
    assert imke.message(seen).text == "Page 2"
    await channel.get_partial_message(sent.id).edit(
        view=page(7), allowed_mentions=discord.AllowedMentions.none()
    )
    assert imke.message(seen).text == "Page 7"


async def test_reactions_both_ways(world: Sandbox, bot: Bot) -> None:
    message = await bot.get_partial_messageable(seed.CHAPTERS).send("hello")
    for emoji in ("◀️", "▶️", "⭐"):
        await message.add_reaction(emoji)
    imke = world.person("Imke")
    seen = imke.last("chapters")
    assert seen is not None
    assert seen.reactions == {"◀️": 1, "▶️": 1, "⭐": 1}
    imke.react(seen, "▶️")
    await world.until(lambda: bot.heard)
    await message.remove_reaction("▶️", discord.Object(imke.id))
    await world.until(lambda: len(bot.heard) == 2)
    assert bot.heard == [("add", "▶️"), ("remove", "▶️")]
    assert imke.message(seen).reactions["▶️"] == 1
    assert imke.react(seen, "▶️", burst=True).own_reactions == ["▶️"]
    await world.until(lambda: len(bot.heard) == 3)
    imke.unreact(seen, "▶️")
    await world.until(lambda: len(bot.heard) == 4)
    assert bot.heard[2:] == [("super", "▶️"), ("remove", "▶️")]


async def test_forums_threads_and_history(world: Sandbox, bot: Bot) -> None:
    forum = bot.get_channel(seed.TAGGED)
    assert isinstance(forum, discord.ForumChannel)
    with pytest.raises(discord.HTTPException) as refused:
        await forum.create_thread(name="Chapter 1", content="It began.")
    assert refused.value.code == 40067
    made = await forum.create_thread(
        name="Chapter 1", content="It began.", applied_tags=[forum.available_tags[0]]
    )
    assert made.thread.id == made.message.id
    await made.thread.send("And went on.")
    assert [each.content async for each in made.thread.history()] == ["And went on.", "It began."]
    message = await bot.get_partial_messageable(seed.CHAPTERS, guild_id=seed.GUILD).send("hello")
    thread = await message.create_thread(name="talk")
    await thread.edit(archived=True)
    await thread.send("awake again")
    active = await made.thread.guild.active_threads()
    assert {each.id for each in active} == {made.thread.id, thread.id}


async def test_resuming_loses_nothing(world: Sandbox, bot: Bot) -> None:
    imke = world.person("Imke")
    said = imke.say("chapters", "hello")
    world.hub.disconnect(4000)
    await world.until(lambda: not world.hub.online)
    imke.react(said, "⭐")
    await world.until(lambda: ("resumed", None) in bot.heard, 20)
    assert bot.heard[0] == ("add", "⭐")


async def test_kicked_and_invited_again(world: Sandbox, bot: Bot) -> None:
    guild = world.world.guild(seed.GUILD)
    guilds.leave(world.world, guild, seed.BOT)
    await world.until(lambda: ("guild gone", guild.id) in bot.heard)
    with pytest.raises(discord.Forbidden) as refused:
        await bot.get_partial_messageable(seed.CHAPTERS).send("x")
    assert refused.value.code == 50001
    guilds.join(world.world, guild, seed.BOT)
    await world.until(lambda: ("guild joined", guild.id) in bot.heard)
    assert bot.get_channel(seed.CHAPTERS) is not None


async def test_polls_publishing_direct_messages_webhooks(world: Sandbox, bot: Bot) -> None:
    poll = discord.Poll("Where next?", timedelta(hours=2))
    poll.add_answer(text="The harbour")
    poll.add_answer(text="The tower", emoji="🗼")
    sent = await bot.get_partial_messageable(seed.CHAPTERS).send(poll=poll)
    imke = world.person("Imke")
    seen = imke.last("chapters")
    assert seen is not None
    imke.vote(seen, 2)
    fetched = await bot.get_partial_messageable(seed.CHAPTERS).fetch_message(sent.id)
    assert fetched.poll is not None
    assert [each.vote_count for each in fetched.poll.answers] == [0, 1]
    ended = await fetched.end_poll()
    assert ended.poll is not None
    announced = await bot.get_partial_messageable(seed.ANNOUNCEMENTS).send("news")
    assert (await announced.publish()) is None
    user = await bot.fetch_user(imke.id)
    await user.send("hello")
    last = imke.last(imke.dm())
    assert last is not None
    assert last.content == "hello"


async def test_a_wrong_token_and_refused_intents(world: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http.Route, "BASE", world.api_url)
    monkeypatch.setattr(discord.gateway.DiscordWebSocket, "DEFAULT_GATEWAY", yarl.URL(world.gateway_url))
    async with Bot() as bot:
        with pytest.raises(discord.LoginFailure):
            await bot.login("wrong")
    world.hub.privileged = 0
    async with discord.Client(intents=discord.Intents.all()) as greedy:
        await greedy.login(world.bot_token)
        with pytest.raises(discord.PrivilegedIntentsRequired):
            await greedy.connect()
