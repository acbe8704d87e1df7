"""Discord's objects: users, guilds, channels, messages. The rules are in `operations`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any

Json = dict[str, Any]


class ChannelType(IntEnum):
    """Discord's channel types, as far as the sandbox supports them."""

    TEXT = 0
    DM = 1
    VOICE = 2
    CATEGORY = 4
    ANNOUNCEMENT = 5
    ANNOUNCEMENT_THREAD = 10
    PUBLIC_THREAD = 11
    PRIVATE_THREAD = 12
    FORUM = 15
    MEDIA = 16


class MessageType(IntEnum):
    """Discord's message types, as far as the sandbox creates them."""

    DEFAULT = 0
    PIN = 6
    FOLLOW_ADDED = 12
    THREAD_CREATED = 18
    REPLY = 19
    COMMAND = 20
    THREAD_STARTER = 21
    CONTEXT_MENU = 23
    POLL_RESULT = 46


class MessageFlag(IntFlag):
    """Discord's message flags."""

    CROSSPOSTED = 1 << 0
    IS_CROSSPOST = 1 << 1
    SUPPRESS_EMBEDS = 1 << 2
    HAS_THREAD = 1 << 5
    EPHEMERAL = 1 << 6
    LOADING = 1 << 7
    SUPPRESS_NOTIFICATIONS = 1 << 12
    HAS_SNAPSHOT = 1 << 14
    COMPONENTS_V2 = 1 << 15


THREADS = frozenset(
    {ChannelType.ANNOUNCEMENT_THREAD, ChannelType.PUBLIC_THREAD, ChannelType.PRIVATE_THREAD},
)
FORUMS = frozenset({ChannelType.FORUM, ChannelType.MEDIA})


@dataclass(slots=True)
class User:
    """Person or bot."""

    id: int
    username: str
    global_name: str | None = None
    bot: bool = False
    accepts_dms: bool = True
    """True if members of shared guilds may write to them."""
    installed: bool = False
    """True if the app is installed on this account, so that its user commands work everywhere for them."""
    locale: str = "en-US"
    note: str = ""
    """Part they play here ("author"), shown where a person is chosen."""
    of_age_in: set[int] = field(default_factory=set)
    """Guilds in which they have confirmed their age."""

    @property
    def shown(self) -> str:
        """Display name."""
        return self.global_name or self.username


@dataclass(slots=True)
class Role:
    """Role; the one whose id is the guild's is `@everyone`."""

    id: int
    name: str
    permissions: int
    position: int = 0
    color: int = 0
    hoist: bool = False
    mentionable: bool = False
    bot_id: int | None = None


@dataclass(slots=True)
class Overwrite:
    """Permissions that a role (`type` 0) or a member (`type` 1) gains or loses in one channel."""

    id: int
    type: int
    allow: int = 0
    deny: int = 0


@dataclass(slots=True)
class Member:
    """Membership of a user in a guild."""

    user_id: int
    joined_at: datetime
    roles: list[int] = field(default_factory=list)
    nick: str | None = None
    timed_out_until: datetime | None = None


@dataclass(slots=True)
class Thread:
    """Additional state of a channel that is a thread."""

    owner_id: int
    created_at: datetime
    changed_at: datetime
    """Time of the last archiving or unarchiving."""
    archived: bool = False
    locked: bool = False
    invitable: bool = True
    auto_archive: int = 4320
    applied_tags: list[int] = field(default_factory=list)
    members: dict[int, datetime] = field(default_factory=dict)
    message_count: int = 0
    total_sent: int = 0


@dataclass(slots=True)
class Channel:
    """Channel of a guild, a thread, or a DM (`guild_id` None, two `recipients`)."""

    id: int
    type: ChannelType
    name: str
    guild_id: int | None = None
    parent_id: int | None = None
    topic: str | None = None
    nsfw: bool = False
    position: int = 0
    slowmode: int = 0
    flags: int = 0
    last_message_id: int | None = None
    last_pin_at: datetime | None = None
    thread: Thread | None = None
    recipients: tuple[int, ...] = ()
    default_auto_archive: int | None = None
    tags: list[Json] = field(default_factory=list)
    followers: list[int] = field(default_factory=list)
    overwrites: dict[int, Overwrite] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    read_to: dict[int, int] = field(default_factory=dict)

    @property
    def is_thread(self) -> bool:
        """Return whether this is a thread; posts of a forum are threads."""
        return self.thread is not None

    @property
    def is_forum(self) -> bool:
        """Return whether this is a forum, which holds only threads."""
        return self.type in FORUMS


@dataclass(slots=True)
class Guild:
    """Guild with its roles, members, channels and threads."""

    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    """Memberships by user id; the bot is in the guild if it has one."""
    channels: dict[int, Channel] = field(default_factory=dict)
    threads: dict[int, Channel] = field(default_factory=dict)
    available: bool = True
    """False during an outage."""
    locale: str = "en-US"
    features: list[str] = field(default_factory=list)
    system_channel_id: int | None = None


@dataclass(slots=True)
class Attachment:
    """File of a message, held in memory."""

    id: int
    channel_id: int
    filename: str
    content_type: str
    data: bytes
    description: str | None = None
    width: int | None = None
    height: int | None = None
    ephemeral: bool = False


@dataclass(slots=True)
class Reaction:
    """Reactions under a message with one emoji."""

    id: int | None
    name: str
    users: dict[int, bool] = field(default_factory=dict)
    """Users in the order of their reactions; the value tells whether it is a super reaction."""

    @property
    def emoji(self) -> Json:
        """Emoji as events contain it."""
        return {"id": str(self.id) if self.id else None, "name": self.name}


@dataclass(slots=True)
class Poll:
    """Poll of a message."""

    question: Json
    answers: list[Json]
    """Answers as sent, with their `answer_id`s."""
    expires_at: datetime
    multiselect: bool
    layout: int = 1
    finalized: bool = False
    votes: dict[int, dict[int, None]] = field(default_factory=dict)
    """Voters by answer."""


@dataclass(slots=True)
class Message:
    """Message of a channel or DM."""

    id: int
    channel_id: int
    guild_id: int | None
    author_id: int
    created_at: datetime
    content: str = ""
    type: MessageType = MessageType.DEFAULT
    flags: int = 0
    edited_at: datetime | None = None
    embeds: list[Json] = field(default_factory=list)
    components: list[Json] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    mentions: list[int] = field(default_factory=list)
    mention_roles: list[int] = field(default_factory=list)
    mention_everyone: bool = False
    reactions: dict[str, Reaction] = field(default_factory=dict)
    pinned: bool = False
    pinned_at: datetime | None = None
    tts: bool = False
    nonce: str | int | None = None
    webhook_id: int | None = None
    webhook_name: str | None = None
    application_id: int | None = None
    reference: Json | None = None
    replied_to: int | None = None
    snapshot: Json | None = None
    poll: Poll | None = None
    thread_id: int | None = None
    private_to: int | None = None
    """The one person who sees it, for ephemeral answers."""
    interaction: Json | None = None
    interaction_id: int | None = None


@dataclass(slots=True)
class Webhook:
    """Incoming (type 1) or follower (type 2) webhook."""

    id: int
    channel_id: int
    guild_id: int
    name: str
    token: str
    owner_id: int
    type: int = 1


@dataclass(frozen=True, slots=True)
class Ping:
    """Message that notified someone when it was sent; edits never notify."""

    message_id: int
    channel_id: int
    author_id: int
    users: tuple[int, ...]
    roles: tuple[int, ...]
    everyone: bool
