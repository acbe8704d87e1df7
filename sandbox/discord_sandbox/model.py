"""What the sandbox holds: users, guilds, channels, messages. Plain data; the rules are in `acts`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum, IntFlag
from typing import Any

Json = dict[str, Any]


class ChannelType(IntEnum):
    """Discord's kinds of channel, as far as the sandbox has them."""

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
    """Discord's kinds of message, as far as the sandbox makes them."""

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
    """A person or a bot. `accepts_dms`: whether members of shared servers may write to them.

    `installed`: the app is installed on this person's account, so its user commands work everywhere for them.
    `note`: what part somebody plays here ("author"), for whoever chooses whom to be.
    """

    id: int
    username: str
    global_name: str | None = None
    bot: bool = False
    accepts_dms: bool = True
    installed: bool = False
    locale: str = "en-US"
    note: str = ""
    of_age_in: set[int] = field(default_factory=set)

    @property
    def shown(self) -> str:
        """The name that others see."""
        return self.global_name or self.username


@dataclass(slots=True)
class Role:
    """A role; the one whose id is the guild's is `@everyone`."""

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
    """What a role (`type` 0) or a member (`type` 1) gets or loses in one channel."""

    id: int
    type: int
    allow: int = 0
    deny: int = 0


@dataclass(slots=True)
class Member:
    """A user's place in a guild."""

    user_id: int
    joined_at: datetime
    roles: list[int] = field(default_factory=list)
    nick: str | None = None
    timed_out_until: datetime | None = None


@dataclass(slots=True)
class Thread:
    """What makes a channel a thread. `changed_at` is the instant of the last archiving or its undoing."""

    owner_id: int
    created_at: datetime
    changed_at: datetime
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
    """A guild's channel, a thread, or a DM (`guild_id` None, two `recipients`)."""

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
        """Whether this is a thread (a forum's post is one)."""
        return self.thread is not None

    @property
    def is_forum(self) -> bool:
        """Whether this holds only threads."""
        return self.type in FORUMS


@dataclass(slots=True)
class Guild:
    """A server. `available` False is an outage; membership of the bot is its row in `members`."""

    id: int
    name: str
    owner_id: int
    roles: dict[int, Role] = field(default_factory=dict)
    members: dict[int, Member] = field(default_factory=dict)
    channels: dict[int, Channel] = field(default_factory=dict)
    threads: dict[int, Channel] = field(default_factory=dict)
    available: bool = True
    locale: str = "en-US"
    features: list[str] = field(default_factory=list)
    system_channel_id: int | None = None


@dataclass(slots=True)
class Attachment:
    """A file of a message, held in memory."""

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
    """One emoji under a message and who put it there, in order; the value says whether as a super reaction."""

    id: int | None
    name: str
    users: dict[int, bool] = field(default_factory=dict)

    @property
    def emoji(self) -> Json:
        """The emoji as events carry it."""
        return {"id": str(self.id) if self.id else None, "name": self.name}


@dataclass(slots=True)
class Poll:
    """A poll: `answers` as sent, with their `answer_id`s; `votes` by answer."""

    question: Json
    answers: list[Json]
    expires_at: datetime
    multiselect: bool
    layout: int = 1
    finalized: bool = False
    votes: dict[int, dict[int, None]] = field(default_factory=dict)


@dataclass(slots=True)
class Message:
    """A message. `private_to` is the one person who sees it (ephemeral answers)."""

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
    interaction: Json | None = None
    interaction_id: int | None = None


@dataclass(slots=True)
class Webhook:
    """An incoming (type 1) or follower (type 2) webhook."""

    id: int
    channel_id: int
    guild_id: int
    name: str
    token: str
    owner_id: int
    type: int = 1


@dataclass(frozen=True, slots=True)
class Ping:
    """A message that notified someone when it was sent; edits never do."""

    message_id: int
    channel_id: int
    author_id: int
    users: tuple[int, ...]
    roles: tuple[int, ...]
    everyone: bool
