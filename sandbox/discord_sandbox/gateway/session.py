"""Gateway session: its events, and their replay on resume."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

from discord_sandbox import message_payload, payloads
from discord_sandbox.discord_objects import Guild, Json
from discord_sandbox.events import Event, compact
from discord_sandbox.gateway import intents as table
from discord_sandbox.permissions import Permission
from discord_sandbox.world import World

KEPT = 20_000
"""Events kept for a resume."""
RESUMABLE = timedelta(minutes=3)
"""Time for which a session without a connection can be resumed; Discord says "a few minutes"."""

Text = str | Callable[[], str | None]


class ClientConnection(Protocol):
    """Connection of a bot to the gateway."""

    session: Session | None

    def send(self, frame: Frame) -> None:
        """Queue a dispatch."""
        ...

    def put(self, text: str) -> None:
        """Queue any other payload."""
        ...

    def silence(self, seconds: float) -> None:
        """Send nothing for some seconds."""
        ...

    def close(self, code: int, reason: str = "") -> None:
        """Close once the queue is empty."""
        ...

    def abort(self) -> None:
        """Break the connection at once."""
        ...


class Frame:
    """Dispatch with its sequence number.

    The text of a GUILD_CREATE is built only when it is sent, because there may be thousands.
    """

    __slots__ = ("_data", "name", "seq")

    def __init__(self, name: str, seq: int, data: Text) -> None:
        self.name = name
        self.seq = seq
        self._data = data

    def text(self) -> str | None:
        """Return the frame as JSON, or None when its subject no longer exists."""
        data = self._data if isinstance(self._data, str) else self._data()
        return None if data is None else f'{{"op":0,"t":"{self.name}","s":{self.seq},"d":{data}}}'


class Session:
    """Logged-in shard of a bot.

    It outlives its connection for a while, so that it can be resumed.
    """

    def __init__(self, world: World, session_id: str, intents: int, shard: tuple[int, int]) -> None:
        self.id = session_id
        self.intents = intents
        self.shard = shard
        self.seq = 0
        self.connection: ClientConnection | None = None
        self.lost_at: datetime | None = None
        self.presence: Json = {"status": "online", "activities": []}
        self._world = world
        self._kept: deque[Frame] = deque(maxlen=KEPT)

    def serves(self, guild_id: int | None) -> bool:
        """Return whether a guild belongs to this shard; events without a guild belong to the first."""
        number, count = self.shard
        return (0 if guild_id is None else (guild_id >> 22) % count) == number

    def guilds(self) -> list[Guild]:
        """Return the bot's guilds on this shard."""
        bot = self._world.bot.id
        return [each for each in self._world.guilds.values() if bot in each.members and self.serves(each.id)]

    def is_expired(self, now: datetime) -> bool:
        """Return whether it has been without a connection for too long."""
        return self.lost_at is not None and now - self.lost_at > RESUMABLE

    def dispatch(self, name: str, data: Text) -> None:
        """Number an event, keep it, and send it if there is a connection."""
        self.seq += 1
        frame = Frame(name, self.seq, data)
        self._kept.append(frame)
        if self.connection is not None:
            self.connection.send(frame)

    def missed_since(self, seq: int) -> list[Frame] | None:
        """Return the frames after number `seq`, or None when some are no longer kept."""
        oldest = self._kept[0].seq if self._kept else self.seq + 1
        if seq > self.seq or seq + 1 < oldest:
            return None
        return [frame for frame in self._kept if frame.seq > seq]

    def announce(self, guild: Guild, *, joined: bool = False) -> None:
        """Queue a guild's GUILD_CREATE, built when it is sent."""
        self.dispatch("GUILD_CREATE", lambda: self._guild_create(guild, joined))

    def _guild_create(self, guild: Guild, joined: bool) -> str | None:
        if self._world.bot.id not in guild.members or not guild.available:
            return None
        everyone = bool(self.intents & table.GUILD_PRESENCES and self.intents & table.GUILD_MEMBERS)
        data = payloads.gateway_guild(self._world, guild, all_members=everyone)
        if joined:
            del data["unavailable"]
        return compact(data)

    def offer(self, event: Event) -> None:
        """Dispatch an event if this session is to receive it."""
        in_guild = event.guild_id is not None
        about_itself = event.name == "GUILD_MEMBER_UPDATE" and event.data["user"]["id"] == str(
            self._world.bot.id
        )
        if not about_itself and not table.is_covered(event.name, self.intents, in_guild=in_guild):
            return
        if event.user_id is not None or not self.serves(event.guild_id) or not self._concerns(event):
            return
        if event.name == "GUILD_CREATE":
            self.announce(self._world.guilds[event.guild_id or 0], joined=event.data["joined"])
        elif event.message is not None and not self._may_read(event):
            self.dispatch(event.name, compact(message_payload.without_content(event.data)))
        else:
            self.dispatch(event.name, event.text)

    def _may_read(self, event: Event) -> bool:
        assert event.message is not None
        return bool(self.intents & table.MESSAGE_CONTENT) or message_payload.is_content_visible(
            self._world, event.message
        )

    def _concerns(self, event: Event) -> bool:
        """Return whether the bot is in the event's guild and can see its channel."""
        world = self._world
        if event.name in ("GUILD_CREATE", "GUILD_DELETE", "INTERACTION_CREATE"):
            return True
        if event.guild_id is not None:
            guild = world.guilds.get(event.guild_id)
            if guild is None or not guild.available or world.bot.id not in guild.members:
                return False
        if event.name == "THREAD_MEMBERS_UPDATE" and not self.intents & table.GUILD_MEMBERS:
            return str(world.bot.id) in event.text
        if event.name not in table.SEEN_ONLY or event.channel_id is None:
            return True
        channel = world.channels.get(event.channel_id)
        return channel is not None and bool(world.rights(world.bot.id, channel) & Permission.VIEW_CHANNEL)
