"""The gateway by hand: logging in, what is told to whom, resuming, and every way to be thrown out."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from discord_sandbox import seed
from discord_sandbox.clock import ManualClock
from discord_sandbox.gateway import intents as table
from discord_sandbox.operations import channels, guilds
from discord_sandbox.permissions import P
from discord_sandbox.server import Sandbox

from .bare_client import Gateway

QUIET = table.GUILDS | table.GUILD_MESSAGE_REACTIONS | table.DIRECT_MESSAGE_REACTIONS
ALL = table.KNOWN


@pytest.mark.parametrize("compress", [None, "zlib-stream"])
async def test_logging_in(gateway: Gateway, sandbox: Sandbox, compress: str | None) -> None:
    socket, ready = await gateway.identify(QUIET, compress=compress)
    assert ready["guilds"] == [{"id": str(seed.GUILD), "unavailable": True}]
    assert ready["resume_gateway_url"] == sandbox.gateway_url
    guild = (await socket.event("GUILD_CREATE"))["d"]
    assert guild["unavailable"] is False
    assert [each["user"]["id"] for each in guild["members"]] == [str(seed.BOT)]
    assert len(guild["channels"]) == 9
    assert sandbox.hub.online


async def test_heartbeats_are_acknowledged(gateway: Gateway) -> None:
    socket = await gateway.open()
    await socket.send(1, None)
    assert (await socket.frame())["op"] == 11


async def test_only_what_the_intents_ask_for(gateway: Gateway, sandbox: Sandbox) -> None:
    socket, _ = await gateway.identify(QUIET)
    await socket.event("GUILD_CREATE")
    imke = sandbox.person("Imke")
    said = imke.say("chapters", "hello")
    imke.react(said, "⭐")
    added = (await socket.frame())["d"]
    assert (added["user_id"], added["emoji"]["name"], added["type"]) == (str(imke.id), "⭐", 0)
    assert added["member"]["user"]["id"] == str(imke.id)
    imke.unreact(said, "⭐")
    removed = (await socket.frame())["d"]
    assert "member" not in removed
    assert "message_author_id" not in removed


async def test_content_is_for_those_with_the_intent(
    gateway: Gateway, sandbox: Sandbox, clock: ManualClock
) -> None:
    plain, _ = await gateway.identify(table.GUILDS | table.GUILD_MESSAGES | table.DIRECT_MESSAGES)
    clock.advance(timedelta(seconds=5))
    reader, _ = await gateway.identify(ALL)
    imke = sandbox.person("Imke")
    imke.say("chapters", "to all")
    imke.say("chapters", f"to <@{seed.BOT}>")
    imke.say(imke.dm(), "in private")
    told = [(await plain.event("MESSAGE_CREATE"))["d"]["content"] for _ in range(3)]
    assert told == ["", f"to <@{seed.BOT}>", "in private"]
    assert (await reader.event("MESSAGE_CREATE"))["d"]["content"] == "to all"


async def test_nothing_is_told_of_channels_that_the_bot_cannot_see(
    gateway: Gateway, sandbox: Sandbox
) -> None:
    socket, _ = await gateway.identify(ALL)
    await socket.event("GUILD_CREATE")
    ada = sandbox.person("Ada Quill")
    ada.react(ada.say("staff", "secret"), "⭐")
    assert await socket.quiet() == []
    channels.allow(sandbox.world, sandbox.world.channel(seed.STAFF), seed.BOT, P.VIEW_CHANNEL, True)
    ada.say("staff", "no secret")
    assert await socket.quiet() == ["CHANNEL_UPDATE", "MESSAGE_CREATE"]


async def test_resuming_replays_what_was_missed_in_order(gateway: Gateway, sandbox: Sandbox) -> None:
    socket, ready = await gateway.identify(QUIET)
    last = await socket.event("GUILD_CREATE")
    sandbox.hub.disconnect(4000)
    assert await socket.closed() == 4000
    imke = sandbox.person("Imke")
    said = imke.say("chapters", "x")
    for emoji in ("⭐", "👍", "🎉"):
        imke.react(said, emoji)
    again = await gateway.open(url=ready["resume_gateway_url"])
    await again.send(6, {"token": sandbox.bot_token, "session_id": ready["session_id"], "seq": last["s"]})
    frames = [await again.frame() for _ in range(4)]
    assert [each["t"] for each in frames] == ["MESSAGE_REACTION_ADD"] * 3 + ["RESUMED"]
    assert [each["s"] for each in frames] == [last["s"] + number for number in range(1, 5)]
    assert [each["d"]["emoji"]["name"] for each in frames[:3]] == ["⭐", "👍", "🎉"]


@pytest.mark.parametrize("how", ["too late", "said goodbye", "unknown", "invalidated"])
async def test_a_session_that_cannot_be_resumed(
    gateway: Gateway, sandbox: Sandbox, clock: ManualClock, how: str
) -> None:
    socket, ready = await gateway.identify(QUIET)
    if how == "said goodbye":
        await socket.socket.close(code=1000)
    elif how == "invalidated":
        sandbox.hub.invalidate()
        assert (await socket.event(None))["d"] is False  # type: ignore[arg-type]
        await socket.socket.close(code=4000)
    else:
        await socket.socket.close(code=4000)
    await sandbox.until(lambda: not sandbox.hub.online)
    if how == "too late":
        clock.advance(timedelta(minutes=4))
    session = "nobody" if how == "unknown" else ready["session_id"]
    again = await gateway.open()
    await again.send(6, {"token": sandbox.bot_token, "session_id": session, "seq": 1})
    frame = await again.frame()
    assert (frame["op"], frame["d"]) == (9, False)


@pytest.mark.parametrize(
    ("op", "data", "code"),
    [
        (2, {"token": "wrong", "intents": 1}, 4004),
        (2, {"intents": 1 << 40}, 4013),
        (2, {"intents": "all"}, 4013),
        (2, {"intents": 1, "shard": [2, 2]}, 4010),
        (6, {"session_id": "x", "seq": 1, "token": "wrong"}, 4004),
        (3, {"status": "online"}, 4003),
        (99, None, 4001),
        (2, "text", 4002),
        (1, "x" * 5000, 4002),
    ],
)
async def test_ways_to_be_thrown_out(
    gateway: Gateway, sandbox: Sandbox, op: int, data: object, code: int
) -> None:
    if isinstance(data, dict) and op in (2, 6):
        data = {"token": sandbox.bot_token} | data
    socket = await gateway.open()
    await socket.send(op, data)
    assert await socket.closed() == code


async def test_privileged_intents_that_were_not_granted(
    clock: ManualClock, session: aiohttp.ClientSession
) -> None:
    async with Sandbox(port=0, clock=clock, privileged_intents=0) as sandbox:
        socket = await Gateway(sandbox, session).open()
        await socket.send(2, {"token": sandbox.bot_token, "intents": table.MESSAGE_CONTENT})
        assert await socket.closed() == 4014


async def test_identifying_twice_and_too_soon(gateway: Gateway, sandbox: Sandbox, clock: ManualClock) -> None:
    socket, _ = await gateway.identify(QUIET)
    hurried = await gateway.open()
    identify = {"token": sandbox.bot_token, "intents": 1}
    await hurried.send(2, identify)
    assert (await hurried.frame())["op"] == 9
    await socket.send(2, identify)
    assert await socket.closed() == 4005
    clock.advance(timedelta(seconds=5))
    await gateway.identify(QUIET)


async def test_too_many_frames(gateway: Gateway) -> None:
    socket = await gateway.open()
    for _ in range(121):
        await socket.send(1, None)
    assert await socket.closed() == 4008


async def test_a_silent_client_is_dropped(clock: ManualClock, session: aiohttp.ClientSession) -> None:
    async with Sandbox(port=0, clock=clock, heartbeat=0.1) as sandbox:
        socket = await Gateway(sandbox, session).open()
        assert await asyncio.wait_for(socket.closed(), 5) == 4009


async def test_op_seven_and_offline(
    gateway: Gateway, sandbox: Sandbox, session: aiohttp.ClientSession
) -> None:
    socket, _ = await gateway.identify(QUIET)
    await socket.event("GUILD_CREATE")
    assert sandbox.hub.reconnect() == 1
    assert (await socket.frame())["op"] == 7
    sandbox.go_offline()
    await socket.closed()
    with pytest.raises(aiohttp.ClientError):
        await session.ws_connect(sandbox.gateway_url)
    with pytest.raises(aiohttp.ClientError):
        await session.post(f"{sandbox.api_url}/channels/1/messages")
    sandbox.go_online()
    await gateway.open()


async def test_coming_going_and_outages(gateway: Gateway, sandbox: Sandbox) -> None:
    socket, _ = await gateway.identify(QUIET)
    await socket.event("GUILD_CREATE")
    guild = sandbox.world.guild(seed.GUILD)
    guilds.set_available(sandbox.world, guild, False)
    assert (await socket.event("GUILD_DELETE"))["d"] == {"id": str(guild.id), "unavailable": True}
    guilds.set_available(sandbox.world, guild, True)
    assert (await socket.event("GUILD_CREATE"))["d"]["unavailable"] is False
    guilds.leave(sandbox.world, guild, seed.BOT)
    assert (await socket.event("GUILD_DELETE"))["d"] == {"id": str(guild.id)}
    guilds.join(sandbox.world, guild, seed.BOT)
    assert "unavailable" not in (await socket.event("GUILD_CREATE"))["d"]


async def test_shards_share_the_guilds_out(clock: ManualClock, session: aiohttp.ClientSession) -> None:
    async with Sandbox(port=0, clock=clock, seed=seed.many_guilds(20)) as sandbox:
        gateway = Gateway(sandbox, session)
        _, first = await gateway.identify(QUIET, shard=[0, 2])
        clock.advance(timedelta(seconds=5))
        socket, second = await gateway.identify(QUIET, shard=[1, 2])
        ids = [{int(each["id"]) for each in ready["guilds"]} for ready in (first, second)]
        assert ids[0] | ids[1] == set(sandbox.world.guilds)
        assert not ids[0] & ids[1]
        assert {(each >> 22) % 2 for each in ids[1]} == {1}
        for _ in ids[1]:
            assert int((await socket.event("GUILD_CREATE"))["d"]["id"]) in ids[1]


async def test_more_guilds_than_one_connection_may_have(
    clock: ManualClock, session: aiohttp.ClientSession
) -> None:
    async with Sandbox(port=0, clock=clock, seed=seed.many_guilds(2501)) as sandbox:
        socket = await Gateway(sandbox, session).open()
        await socket.send(2, {"token": sandbox.bot_token, "intents": 1})
        assert await socket.closed() == 4011


async def test_members_on_request(gateway: Gateway) -> None:
    socket, _ = await gateway.identify(ALL)
    await socket.send(8, {"guild_id": str(seed.GUILD), "query": "", "limit": 0, "nonce": "n"})
    chunk = (await socket.event("GUILD_MEMBERS_CHUNK"))["d"]
    assert len(chunk["members"]) == 7
    assert (chunk["chunk_index"], chunk["chunk_count"], chunk["nonce"]) == (0, 1, "n")
