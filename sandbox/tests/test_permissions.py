"""Who may do what where: the computation, and the table of actions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

import pytest
from discord_sandbox import permissions, seed
from discord_sandbox.discord_objects import Channel, ChannelType, Guild, Member, Overwrite, Role
from discord_sandbox.operations import channels
from discord_sandbox.permissions import ALL, P
from discord_sandbox.server import Sandbox
from hypothesis import given
from hypothesis import strategies as st

from .bare_client import Answer, Api

NOW = datetime(2026, 12, 1, tzinfo=UTC)
EVERYONE, ROLES, ME = 1, (2, 3, 4), 9
BITS = [int(each) for each in P]
some_bits = st.lists(st.sampled_from(BITS), max_size=12).map(lambda chosen: sum(set(chosen)))


@st.composite
def places(draw: st.DrawFn) -> tuple[Guild, Member, Channel]:
    guild = Guild(EVERYONE, "guild", owner_id=77)
    for role in (EVERYONE, *ROLES):
        guild.roles[role] = Role(role, str(role), draw(some_bits))
    member = Member(ME, NOW, draw(st.lists(st.sampled_from(ROLES), unique=True)))
    channel = Channel(50, ChannelType.TEXT, "channel", EVERYONE)
    for who in draw(st.lists(st.sampled_from((EVERYONE, *ROLES, ME)), unique=True)):
        allow = draw(some_bits)
        channel.overwrites[who] = Overwrite(who, int(who == ME), allow, draw(some_bits) & ~allow)
    guild.channels[50] = channel
    return guild, member, channel


def one_bit(guild: Guild, member: Member, channel: Channel, bit: int) -> bool:
    """Whether a member has one bit, told as a person would: the nearest word counts."""
    by_role = any(guild.roles[each].permissions & bit for each in (EVERYONE, *member.roles))
    over = channel.overwrites
    if ME in over and (over[ME].allow | over[ME].deny) & bit:
        return bool(over[ME].allow & bit)
    of_roles = [over[each] for each in member.roles if each in over]
    if any(each.allow & bit for each in of_roles):
        return True
    if any(each.deny & bit for each in of_roles):
        return False
    if EVERYONE in over and (over[EVERYONE].allow | over[EVERYONE].deny) & bit:
        return bool(over[EVERYONE].allow & bit)
    return by_role


@given(places())
def test_the_nearest_word_counts(place: tuple[Guild, Member, Channel]) -> None:
    guild, member, channel = place
    computed = permissions.within(guild, member, channel, NOW)
    if any(guild.roles[each].permissions & P.ADMINISTRATOR for each in (EVERYONE, *member.roles)):
        assert computed == ALL
        return
    if not one_bit(guild, member, channel, P.VIEW_CHANNEL):
        assert computed == 0
        return
    fall = 0
    if not one_bit(guild, member, channel, P.SEND_MESSAGES):
        fall = P.MENTION_EVERYONE | P.SEND_TTS_MESSAGES | P.ATTACH_FILES | P.EMBED_LINKS
    for bit in BITS:
        assert bool(computed & bit) == (one_bit(guild, member, channel, bit) and not bit & fall)


@given(places())
def test_the_owner_may_everything_and_the_timed_out_only_look(place: tuple[Guild, Member, Channel]) -> None:
    guild, member, channel = place
    member.timed_out_until = NOW + timedelta(seconds=1)
    computed = permissions.within(guild, member, channel, NOW)
    assert computed == ALL or computed & ~(P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY) == 0
    guild.owner_id = ME
    assert permissions.within(guild, member, channel, NOW) == ALL


# --- the table of actions: without this right, this code -------------------------------------------------------------

Act = Callable[[Api, str], Awaitable[Answer]]


def send(body: dict[str, object]) -> Act:
    return lambda api, _: api.send(seed.CHAPTERS, body)


def call(method: str, path: str, body: object = None) -> Act:
    return lambda api, message: api(method, path.format(message=message), body)


_MESSAGE = f"/channels/{seed.CHAPTERS}/messages/{{message}}"
_POLL = {"question": {"text": "?"}, "answers": [{"poll_media": {"text": "a"}}]}


@pytest.mark.parametrize(
    ("missing", "act", "code"),
    [
        (P.VIEW_CHANNEL, send({"content": "x"}), 50001),
        (P.SEND_MESSAGES, send({"content": "x"}), 50013),
        (P.EMBED_LINKS, send({"embeds": [{"title": "x"}]}), 50013),
        (P.SEND_POLLS, send({"poll": _POLL}), 50013),
        (P.READ_MESSAGE_HISTORY, call("GET", _MESSAGE), 50013),
        (P.READ_MESSAGE_HISTORY, call("PUT", _MESSAGE + "/reactions/⭐/@me"), 50013),
        (P.ADD_REACTIONS, call("PUT", _MESSAGE + "/reactions/⭐/@me"), 50013),
        (P.ADD_REACTIONS, call("PUT", _MESSAGE + "/reactions/👍/@me"), None),
        (P.MANAGE_MESSAGES, call("DELETE", _MESSAGE + f"/reactions/👍/{seed.READERS[0]}"), 50013),
        (P.MANAGE_MESSAGES, call("DELETE", _MESSAGE + "/reactions"), 50013),
        (P.MANAGE_MESSAGES, call("DELETE", _MESSAGE), 50013),
        (P.CREATE_PUBLIC_THREADS, call("POST", _MESSAGE + "/threads", {"name": "x"}), 50013),
        (P.VIEW_CHANNEL, call("PATCH", _MESSAGE, {"content": "x"}), 50001),
        (P.MANAGE_CHANNELS, call("PATCH", f"/channels/{seed.CHAPTERS}", {"name": "x"}), 50013),
        (P.MANAGE_WEBHOOKS, call("POST", f"/channels/{seed.CHAPTERS}/webhooks", {"name": "x"}), 50013),
    ],
)
async def test_without_a_right(api: Api, sandbox: Sandbox, missing: P, act: Act, code: int | None) -> None:
    imke = sandbox.person("Imke")
    said = imke.react(imke.say("chapters", "hello"), "👍")
    channels.allow(sandbox.world, sandbox.world.channel(seed.CHAPTERS), seed.BOT, missing, False)
    answer = await act(api, str(said.id))
    assert answer.code == code
    assert answer.status == (403 if code else 204)


async def test_a_reply_needs_history(api: Api, sandbox: Sandbox) -> None:
    said = sandbox.person("Imke").say("chapters", "hello")
    channels.allow(
        sandbox.world, sandbox.world.channel(seed.CHAPTERS), seed.BOT, P.READ_MESSAGE_HISTORY, False
    )
    answer = await api.send(
        seed.CHAPTERS, {"content": "x", "message_reference": {"message_id": str(said.id)}}
    )
    assert answer.code == 160002


async def test_threads_go_by_their_own_right(api: Api, sandbox: Sandbox) -> None:
    chapters = sandbox.world.channel(seed.CHAPTERS)
    thread = sandbox.person("Imke").open_thread("chapters", "talk")
    channels.allow(sandbox.world, chapters, seed.BOT, P.SEND_MESSAGES, False)
    assert (await api.send(thread.id, {"content": "x"})).status == 200
    channels.allow(sandbox.world, chapters, seed.BOT, P.SEND_MESSAGES_IN_THREADS, False)
    assert (await api.send(thread.id, {"content": "x"})).code == 50013


async def test_a_forum_post_needs_only_send_messages(api: Api, sandbox: Sandbox) -> None:
    forum = sandbox.world.channel(seed.SERIALS)
    channels.allow(sandbox.world, forum, seed.BOT, P.SEND_MESSAGES_IN_THREADS, False)
    body = {"name": "Chapter 1", "message": {"content": "x"}}
    opened = await api("POST", f"/channels/{forum.id}/threads", body)
    assert opened.status == 201
    assert opened.body["id"] == opened.body["message"]["id"]
    channels.allow(sandbox.world, forum, seed.BOT, P.SEND_MESSAGES, False)
    assert (await api("POST", f"/channels/{forum.id}/threads", body)).code == 50013
    assert (await api.send(forum.id, {"content": "x"})).code == 40058


async def test_a_forum_that_asks_for_tags(api: Api) -> None:
    path = f"/channels/{seed.TAGGED}/threads"
    body: dict[str, object] = {"name": "Chapter 1", "message": {"content": "x"}}
    assert (await api("POST", path, body)).code == 40067
    assert (await api("POST", path, body | {"applied_tags": ["5"]})).code == 50035
    opened = await api("POST", path, body | {"applied_tags": [str(seed.TAGGED + 1000)]})
    assert opened.body["applied_tags"] == [str(seed.TAGGED + 1000)]


async def test_archived_and_locked_threads(api: Api, sandbox: Sandbox) -> None:
    mara = sandbox.person("Mara Lind")
    thread = mara.open_thread("chapters", "talk")
    sent = (await api.send(thread.id, {"content": "x"})).body
    path = f"/channels/{thread.id}/messages/{sent['id']}"

    async def set_state(**state: bool) -> None:
        url = f"{sandbox.url}/sandbox/channels/{thread.id}"
        async with api.session.post(url, json=state) as response:
            assert response.status == 200

    await set_state(archived=True)
    assert (await api("PUT", path + "/reactions/⭐/@me")).code == 50083
    assert (await api("PATCH", path, {"content": "y"})).code == 50083
    assert (await api.send(thread.id, {"content": "wakes it"})).status == 200
    assert not thread.thread.archived  # type: ignore[union-attr]
    await set_state(archived=True, locked=True)
    assert (await api.send(thread.id, {"content": "x"})).code == 160005
    assert (await api("PATCH", f"/channels/{thread.id}", {"archived": False})).code == 160005


async def test_in_a_dm_nobody_takes_anothers_reaction_away(api: Api, sandbox: Sandbox) -> None:
    imke = sandbox.person("Imke")
    channel = imke.dm()
    sent = (await api.send(channel.id, {"content": "hello"})).body
    imke.react(imke.messages(channel)[0], "▶️")
    path = f"/channels/{channel.id}/messages/{sent['id']}/reactions/▶️/{imke.id}"
    assert (await api("DELETE", path)).code == 50003


async def test_a_kicked_bot_has_no_access(api: Api, sandbox: Sandbox) -> None:
    async with api.session.post(f"{sandbox.url}/sandbox/guilds/{seed.GUILD}/kick", json={}) as response:
        assert response.status == 200
    assert (await api.send(seed.CHAPTERS, {"content": "x"})).code == 50001
    assert (await api("GET", f"/guilds/{seed.GUILD}")).code == 50001
    async with api.session.post(f"{sandbox.url}/sandbox/guilds/{seed.GUILD}/invite", json={}) as response:
        assert response.status == 200
    assert (await api.send(seed.CHAPTERS, {"content": "x"})).status == 200
