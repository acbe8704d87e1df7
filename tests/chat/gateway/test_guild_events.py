"""What stays of Discord's events: next to nothing, whatever comes in whatever order."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from typing import Any

import discord
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bot.chat.gateway.guild_cache import GuildCache, PermissionDigests
from bot.chat.gateway.guild_events import GuildEvents

ME, READER, OTHER_BOT = 1, 5, 6
GUILD, CHANNEL, ROLE, THREAD = 10, 50, 60, 70
CHANGED = ("changed", GUILD)
NAMES = (
    "guild_added",
    "guild_removed",
    "changed",
    "raw_reaction_add",
    "raw_reaction_remove",
    "interaction",
)


class House:
    """discord.py's own state with the lean room before it; notes what is dispatched."""

    def __init__(self) -> None:
        client = discord.AutoShardedClient(
            intents=discord.Intents(guilds=True, guild_reactions=True, dm_reactions=True),
            max_messages=None,
            member_cache_flags=discord.MemberCacheFlags.none(),
            chunk_guilds_at_startup=False,
        )
        self.state: Any = client._connection
        self.state.shard_count, self.state.shard_ids = 1, [0]
        self.state.guild_ready_timeout = 0.01
        self.seen: list[tuple[str, Any]] = []
        self.state.dispatch = lambda name, *args: self.seen.append((name, args[0] if args else None))
        self.guilds = GuildCache()
        GuildEvents(self.state, self.guilds, lambda guild_id: self.seen.append(("changed", guild_id)))

    def tell(self, name: str, /, **data: Any) -> None:
        """One event, as it comes from the gateway."""
        self.state.parsers[name](json.loads(json.dumps(data)))

    def after(self, name: str, /, **data: Any) -> list[tuple[str, Any]]:
        """What one event leads to."""
        before = len(self.told())
        self.tell(name, **data)
        return self.told()[before:]

    def told(self, *names: str) -> list[tuple[str, Any]]:
        """What was dispatched under our own names, or these."""
        return [each for each in self.seen if each[0] in (names or NAMES[:3])]

    async def connected(self, *guilds: int) -> None:
        """READY, and the servers after it."""
        self.ready(*guilds)
        for each in guilds:
            self.tell("GUILD_CREATE", **guild(each), unavailable=False)
        await asyncio.gather(*self.state._ready_tasks.values())
        self.seen.clear()

    def ready(self, *guilds: int) -> None:
        self.tell(
            "READY",
            user=user(ME, bot=True),
            application={"id": "2", "flags": 0},
            guilds=[{"id": str(each), "unavailable": True} for each in guilds],
            shard=[0, 1],
        )


def user(number: int, *, bot: bool = False) -> dict[str, Any]:
    return {"id": str(number), "username": "u", "discriminator": "0", "avatar": None, "bot": bot}


def channel(number: int = CHANNEL, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number), "guild_id": str(GUILD), "type": 0, "name": "chapters", "topic": "words", "position": 1,
        "permission_overwrites": [], "nsfw": False, "flags": 0, "parent_id": None, **more,
    }  # fmt: skip


def role(**more: Any) -> dict[str, Any]:
    return {
        "id": str(ROLE), "name": "Readers", "color": 0, "hoist": False, "position": 1, "permissions": "1024",
        "managed": False, "mentionable": False, **more,
    }  # fmt: skip


def thread(**more: Any) -> dict[str, Any]:
    return {
        "id": str(THREAD), "guild_id": str(GUILD), "parent_id": str(CHANNEL), "type": 11, "name": "t", "owner_id": "5",
        "message_count": 1, "member_count": 1, "rate_limit_per_user": 0,
        "thread_metadata": {
            "archived": False, "locked": False, "auto_archive_duration": 60,
            "archive_timestamp": "2026-01-01T00:00:00+00:00", **more,
        },
    }  # fmt: skip


def guild(number: int = GUILD, **more: Any) -> dict[str, Any]:
    return {
        "id": str(number), "name": "House", "preferred_locale": "de", "owner_id": "5", "member_count": 3,
        "roles": [role(id=str(number)), role()],
        "emojis": [{"id": "80", "name": "lamp", "roles": [], "require_colons": True, "managed": False}],
        "stickers": [],
        "channels": [channel(guild_id=str(number)), channel(51, guild_id=str(number), nsfw=True)],
        "threads": [thread()], "members": [{"user": user(ME, bot=True), "roles": []}],
        "presences": [], "voice_states": [], **more,
    }  # fmt: skip


def reaction(who: int, *, bot: bool | None = False, guild_id: int | None = GUILD) -> dict[str, Any]:
    data: dict[str, Any] = {
        "user_id": str(who), "channel_id": str(CHANNEL), "message_id": "100", "emoji": {"id": None, "name": "▶️"},
        "burst": False, "type": 0,
    }  # fmt: skip
    if guild_id is not None:
        data["guild_id"] = str(guild_id)
        if bot is not None:
            data["member"] = {"user": user(who, bot=bot), "roles": [], "joined_at": None}
    return data


def held(state: Any) -> int:
    """How many things of servers discord.py holds."""
    return len(state._guilds) + len(state._emojis) + len(state._stickers) + len(state._private_channels)


@pytest.fixture
async def house() -> House:
    return House()


async def test_connecting_tells_of_all_servers_at_once(house: House) -> None:
    house.ready(GUILD, 11)
    assert house.guilds.has_outage(GUILD), "until it is told of"
    house.tell("GUILD_CREATE", **guild(), unavailable=False)
    await asyncio.gather(*house.state._ready_tasks.values())
    assert house.told() == []
    assert ("shard_ready", 0) in house.seen
    assert set(house.guilds.ids) == {GUILD, 11}
    assert not house.guilds.has_outage(GUILD)
    assert house.guilds.has_outage(11)
    assert house.guilds.locale_of(GUILD) == "de"
    assert house.guilds.locale_of(11) is None
    assert held(house.state) == 0


async def test_a_connection_waits_until_its_servers_have_been_told(house: House) -> None:
    house.state.guild_ready_timeout = 0.2
    house.ready(GUILD, 11)
    (task,) = house.state._ready_tasks.values()
    for number in (GUILD, 11):
        await asyncio.sleep(0.12)
        house.tell("GUILD_CREATE", **guild(number), unavailable=False)
    assert not task.done(), "each server told of is a reason to wait for more"
    await task


async def test_a_server_that_a_new_ready_does_not_name_was_left(house: House) -> None:
    await house.connected(GUILD, 11)
    house.ready(11)
    assert house.told() == [("guild_removed", GUILD)]
    assert set(house.guilds.ids) == {11}


def test_each_connection_speaks_for_its_own_servers() -> None:
    guilds = GuildCache()
    even, odd = 2 << 22, 3 << 22
    guilds.set_shard_guilds([even], shard=0, shards=2)
    guilds.set_shard_guilds([odd], shard=1, shards=2)
    assert set(guilds.ids) == {even, odd}
    assert guilds.set_shard_guilds([], shard=1, shards=2) == [odd]
    assert set(guilds.ids) == {even}


async def test_coming_going_and_outages(house: House) -> None:
    await house.connected(GUILD)
    assert house.after("GUILD_DELETE", id=str(GUILD), unavailable=True) == [], "an outage is no leaving"
    assert house.guilds.has_outage(GUILD)
    assert house.after("GUILD_CREATE", **guild(), unavailable=False) == [CHANGED]
    assert not house.guilds.has_outage(GUILD)
    assert house.after("GUILD_DELETE", id=str(GUILD)) == [("guild_removed", GUILD)]
    assert house.after("GUILD_CREATE", id=str(GUILD), unavailable=True) == []
    assert GUILD not in house.guilds
    assert house.after("GUILD_CREATE", **guild()) == [("guild_added", GUILD)]
    assert house.after("GUILD_DELETE", id="999", unavailable=True) == []
    assert house.after("GUILD_DELETE", id="999") == []


KNOWN: tuple[tuple[str, dict[str, Any]], ...] = (
    ("CHANNEL_UPDATE", channel()),
    ("THREAD_UPDATE", thread()),
    ("GUILD_ROLE_UPDATE", {"guild_id": str(GUILD), "role": role()}),
    ("GUILD_MEMBER_UPDATE", {"guild_id": str(GUILD), "user": user(ME), "roles": ["60"]}),
)
DENY = {"id": str(ROLE), "type": 0, "allow": "0", "deny": "2048"}


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("CHANNEL_UPDATE", channel(name="other", topic="clock", position=7)),
        ("THREAD_UPDATE", thread() | {"name": "other"}),
        ("GUILD_ROLE_UPDATE", {"guild_id": str(GUILD), "role": role(color=3, name="other")}),
        ("GUILD_MEMBER_UPDATE", {"guild_id": str(GUILD), "user": user(ME), "roles": ["60"], "nick": "Lamp"}),
        ("GUILD_MEMBER_UPDATE", {"guild_id": str(GUILD), "user": user(READER), "roles": []}),
    ],
)
async def test_colours_names_topics_and_other_people_keep_nobody_out(
    house: House, name: str, data: dict[str, Any]
) -> None:
    await house.connected(GUILD)
    for known, before in KNOWN:
        assert house.after(known, **before) == [CHANGED], "what was not known before may be a change"
    assert house.after(name, **data) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("CHANNEL_UPDATE", channel(permission_overwrites=[DENY])),
        ("CHANNEL_UPDATE", channel(nsfw=True)),
        ("CHANNEL_UPDATE", channel(flags=16)),
        ("CHANNEL_CREATE", channel(52)),
        ("THREAD_UPDATE", thread(locked=True)),
        ("GUILD_ROLE_UPDATE", {"guild_id": str(GUILD), "role": role(permissions="0")}),
        ("GUILD_ROLE_DELETE", {"guild_id": str(GUILD), "role_id": str(ROLE)}),
        ("GUILD_MEMBER_UPDATE", {"guild_id": str(GUILD), "user": user(ME), "roles": []}),
    ],
)
async def test_what_can_keep_posts_out_is_told(house: House, name: str, data: dict[str, Any]) -> None:
    await house.connected(GUILD)
    for known, before in KNOWN:
        house.after(known, **before)
    assert house.after(name, **data) == [CHANGED]


async def test_age_restrictions_are_known_of_channels(house: House) -> None:
    await house.connected(GUILD)
    assert not house.guilds.is_age_restricted(GUILD, CHANNEL)
    assert house.guilds.is_age_restricted(GUILD, 51)
    assert not house.guilds.is_age_restricted(999, 51)
    house.tell("CHANNEL_UPDATE", **channel(nsfw=True))
    assert house.guilds.is_age_restricted(GUILD, CHANNEL)
    house.tell("CHANNEL_DELETE", **channel(nsfw=True))
    house.tell("CHANNEL_UPDATE", **channel(51, nsfw=False))
    assert not house.guilds.is_age_restricted(GUILD, CHANNEL)
    assert not house.guilds.is_age_restricted(GUILD, 51)
    assert not house.guilds._restricted
    house.tell("CHANNEL_CREATE", id="9", type=1, recipients=[user(READER)])
    house.tell("CHANNEL_CREATE", **channel(nsfw=True) | {"guild_id": "999"})
    assert not house.guilds._restricted, "neither a DM nor a server that is not known"


async def test_a_servers_language_follows_its_settings(house: House) -> None:
    await house.connected(GUILD)
    house.tell("GUILD_UPDATE", **guild(preferred_locale="fr"))
    house.tell("GUILD_UPDATE", **guild(999, preferred_locale="fr"))
    assert house.guilds.locale_of(GUILD) == "fr"
    assert 999 not in house.guilds


async def test_of_reactions_only_peoples_to_controls_come_through(house: House) -> None:
    await house.connected(GUILD)
    house.tell("MESSAGE_REACTION_ADD", **reaction(OTHER_BOT, bot=True))
    house.tell("MESSAGE_REACTION_REMOVE", **reaction(OTHER_BOT, bot=None))
    house.tell("MESSAGE_REACTION_ADD", **reaction(ME, bot=True))
    house.tell("MESSAGE_REACTION_REMOVE", **reaction(ME, bot=None))
    house.tell("MESSAGE_REACTION_ADD", **reaction(READER))
    house.tell("MESSAGE_REACTION_REMOVE", **reaction(READER, bot=None))
    house.tell("MESSAGE_REACTION_ADD", **reaction(READER, guild_id=None), message_author_id=str(ME))
    house.tell("MESSAGE_REACTION_ADD", **reaction(READER), message_author_id=str(READER))
    house.tell("MESSAGE_REACTION_ADD", **reaction(READER) | {"emoji": {"id": None, "name": "🔥"}})
    house.tell("MESSAGE_REACTION_ADD", **reaction(READER) | {"emoji": {"id": "81", "name": None}})
    came = [(name, event.user_id) for name, event in house.told(*NAMES[3:5])]
    add, remove = NAMES[3:5]
    assert came == [(add, ME), (remove, ME), (add, READER), (remove, READER), (add, READER)]


async def test_an_interaction_has_all_it_needs_without_a_server(house: House) -> None:
    await house.connected(GUILD)
    house.tell(
        "INTERACTION_CREATE",
        id="90",
        type=2,
        token="t",
        version=1,
        application_id="2",
        guild_id=str(GUILD),
        guild={"id": str(GUILD), "locale": "de", "features": []},
        guild_locale="de",
        locale="fr",
        channel={"id": str(THREAD), "type": 11, "name": "t", "parent_id": str(CHANNEL), **thread()},
        member={"user": user(READER), "roles": [], "joined_at": None, "permissions": "32", "flags": 0},
        app_permissions="2048",
        attachment_size_limit=10,
        data={
            "id": "3",
            "name": "subscribe",
            "type": 1,
            "options": [{"name": "mention", "type": 8, "value": str(ROLE)}],
            "resolved": {"roles": {str(ROLE): role(mentionable=True)}},
        },
    )
    ((_, interaction),) = house.told("interaction")
    assert (interaction.guild_id, interaction.channel_id, interaction.user.id) == (GUILD, THREAD, READER)
    assert interaction.permissions.manage_guild
    assert interaction.app_permissions.send_messages
    assert held(house.state) == 0


EVENTS: Mapping[str, Mapping[str, Any]] = {
    "GUILD_CREATE": guild(),
    "GUILD_UPDATE": guild(),
    "GUILD_DELETE": {"id": str(GUILD)},
    "CHANNEL_CREATE": channel(),
    "CHANNEL_UPDATE": channel(),
    "CHANNEL_DELETE": channel(),
    "CHANNEL_PINS_UPDATE": {"guild_id": str(GUILD), "channel_id": str(CHANNEL)},
    "THREAD_CREATE": thread(),
    "THREAD_UPDATE": thread(archived=True),
    "THREAD_DELETE": {"id": str(THREAD), "guild_id": str(GUILD), "parent_id": str(CHANNEL), "type": 11},
    "THREAD_LIST_SYNC": {"guild_id": str(GUILD), "threads": [thread()], "members": []},
    "THREAD_MEMBER_UPDATE": {"guild_id": str(GUILD), "id": str(THREAD), "user_id": str(ME)},
    "THREAD_MEMBERS_UPDATE": {"guild_id": str(GUILD), "id": str(THREAD), "member_count": 2},
    "GUILD_ROLE_CREATE": {"guild_id": str(GUILD), "role": role()},
    "GUILD_ROLE_UPDATE": {"guild_id": str(GUILD), "role": role()},
    "GUILD_ROLE_DELETE": {"guild_id": str(GUILD), "role_id": str(ROLE)},
    "GUILD_MEMBER_UPDATE": {"guild_id": str(GUILD), "user": user(ME), "roles": []},
    "GUILD_MEMBER_REMOVE": {"guild_id": str(GUILD), "user": user(READER)},
    "GUILD_EMOJIS_UPDATE": {"guild_id": str(GUILD), "emojis": guild()["emojis"]},
    "GUILD_STICKERS_UPDATE": {"guild_id": str(GUILD), "stickers": []},
    "GUILD_INTEGRATIONS_UPDATE": {"guild_id": str(GUILD)},
    "WEBHOOKS_UPDATE": {"guild_id": str(GUILD), "channel_id": str(CHANNEL)},
    "STAGE_INSTANCE_CREATE": {"guild_id": str(GUILD), "id": "7", "channel_id": str(CHANNEL), "topic": "t"},
    "VOICE_STATE_UPDATE": {"guild_id": str(GUILD), "channel_id": None, "user_id": str(READER)},
    "GUILD_SOUNDBOARD_SOUND_CREATE": {"guild_id": str(GUILD), "sound_id": "8", "name": "s"},
    "USER_UPDATE": user(ME, bot=True),
    "MESSAGE_REACTION_ADD": reaction(READER),
    "MESSAGE_REACTION_REMOVE": reaction(READER, bot=None),
    "MESSAGE_REACTION_REMOVE_ALL": {"guild_id": str(GUILD), "channel_id": str(CHANNEL), "message_id": "100"},
    "MESSAGE_REACTION_REMOVE_EMOJI": reaction(READER, bot=None),
    "RESUMED": {"__shard_id__": 0},
}


def test_every_event_of_servers_that_the_intents_bring_is_tried(house: House) -> None:
    """The table above misses none that discord.py would read and that says something of a server's furniture."""
    families = ("GUILD_CREATE", "GUILD_UPDATE", "GUILD_DELETE", "CHANNEL_", "THREAD_", "GUILD_ROLE_")
    assert {name for name in house.state.parsers if name.startswith(families)} <= EVENTS.keys()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(EVENTS)), max_size=40))
async def test_whatever_comes_in_whatever_order_nothing_of_a_server_stays(names: list[str]) -> None:
    house = House()
    await house.connected(GUILD)
    for name in names:
        house.tell(name, **EVENTS[name])
    assert held(house.state) == 0
    assert len(house.state._users) == 1, "the bot itself"
    assert set(house.guilds.ids) <= {GUILD}
    assert house.guilds._restricted.keys() <= set(house.guilds.ids)
    assert house.guilds._out <= set(house.guilds.ids)


class Servers(RuleBasedStateMachine):
    """The guilds against a plain model of what Discord has told."""

    def __init__(self) -> None:
        super().__init__()
        self.guilds = GuildCache()
        self.model: dict[int, tuple[str | None, bool, frozenset[int]]] = {}

    ids = st.integers(1, 4)

    @rule(number=ids, locale=st.sampled_from(["de", "fr"]), restricted=st.frozensets(st.integers(50, 53)))
    def came(self, number: int, locale: str, restricted: frozenset[int]) -> None:
        channels = [channel(each, guild_id=str(number), nsfw=each in restricted) for each in range(50, 54)]
        self.guilds.set_guild({"id": str(number), "preferred_locale": locale, "channels": channels})
        self.model[number] = (locale, False, restricted)

    @rule(number=ids)
    def left(self, number: int) -> None:
        self.guilds.remove(number)
        self.model.pop(number, None)

    @rule(number=ids)
    def went_out(self, number: int) -> None:
        self.guilds.begin_outage(number)
        if number in self.model:
            locale, _, restricted = self.model[number]
            self.model[number] = (locale, True, restricted)

    @rule(number=ids, which=st.integers(50, 53), nsfw=st.booleans(), gone=st.booleans())
    def channel(self, number: int, which: int, nsfw: bool, gone: bool) -> None:
        self.guilds.set_channel(channel(which, guild_id=str(number), nsfw=nsfw), deleted=gone)
        if number in self.model:
            locale, out, restricted = self.model[number]
            now = restricted | {which} if nsfw and not gone else restricted - {which}
            self.model[number] = (locale, out, now)

    @rule(named=st.frozensets(ids))
    def ready(self, named: frozenset[int]) -> None:
        gone = self.guilds.set_shard_guilds(named, shard=0, shards=1)
        assert set(gone) == self.model.keys() - named
        self.model = {
            each: (self.model.get(each, (None,))[0], True, self.model.get(each, (0, 0, frozenset()))[2])
            for each in named
        }

    @invariant()
    def agrees(self) -> None:
        assert set(self.guilds.ids) == self.model.keys()
        for number in range(1, 5):
            locale, out, restricted = self.model.get(number, (None, False, frozenset()))
            assert self.guilds.locale_of(number) == locale
            assert self.guilds.has_outage(number) == out
            assert {
                each for each in range(50, 54) if self.guilds.is_age_restricted(number, each)
            } == restricted


TestServers = Servers.TestCase


def test_what_is_remembered_is_bounded() -> None:
    permissions = PermissionDigests(keep=10)
    for number in range(1000):
        assert permissions.update(number, "a")
        assert not permissions.update(number, "a")
    assert len(permissions._digests) == 10
    assert permissions.update(0, "a"), "forgotten, so perhaps changed"
