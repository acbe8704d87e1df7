"""Opening and editing threads and forum posts."""

from __future__ import annotations

from collections.abc import Mapping

from discord_sandbox import payloads
from discord_sandbox.discord_objects import (
    Channel,
    ChannelType,
    Json,
    Message,
    MessageFlag,
    MessageType,
    Thread,
)
from discord_sandbox.errors import ApiError, Problems, invalid
from discord_sandbox.events import Event
from discord_sandbox.operations import attachments, message_sending, thread_archiving
from discord_sandbox.operations.message_storage import post_system_message, publish_message, store
from discord_sandbox.permissions import P
from discord_sandbox.validation.field_reader import FieldReader
from discord_sandbox.validation.message_draft import MessageDraft
from discord_sandbox.world import World

REQUIRE_TAG = 1 << 4
"""Flag of a forum whose posts must have a tag."""
MOST_ACTIVE = 1000
ARCHIVE_AFTER = frozenset({60, 1440, 4320, 10080})


def open_from(world: World, actor_id: int, channel: Channel, message: Message, body: Json) -> Channel:
    """Open a thread under a message; it shares the message's id.

    Raises:
        ApiError: 160004 when it has one, 50024 where threads cannot be, 50013 without CREATE_PUBLIC_THREADS.
    """
    if channel.type not in (ChannelType.TEXT, ChannelType.ANNOUNCEMENT):
        raise ApiError(50024)
    world.require(actor_id, channel, P.READ_MESSAGE_HISTORY | P.CREATE_PUBLIC_THREADS)
    if message.thread_id is not None or message.id in world.channels:
        raise ApiError(160004)
    fields = FieldReader(body, Problems())
    kind = (
        ChannelType.ANNOUNCEMENT_THREAD
        if channel.type is ChannelType.ANNOUNCEMENT
        else ChannelType.PUBLIC_THREAD
    )
    thread = _make(world, actor_id, channel, fields, kind, message.id)
    message.thread_id = thread.id
    message.flags |= MessageFlag.HAS_THREAD
    _announce(world, thread)
    publish_message(world, "MESSAGE_UPDATE", message)
    reference = {
        "type": 0,
        "channel_id": str(channel.id),
        "message_id": str(message.id),
        "guild_id": str(channel.guild_id),
    }
    starter = Message(
        world.ids.next(), thread.id, thread.guild_id, message.author_id, world.now(), type=MessageType.THREAD_STARTER,
        reference=reference, replied_to=message.id,
    )  # fmt: skip
    thread.messages[starter.id] = starter
    publish_message(world, "MESSAGE_CREATE", starter)
    return thread


def open_alone(world: World, actor_id: int, channel: Channel, body: Json) -> Channel:
    """Open a thread without a message; without a type it is private, as in Discord."""
    if channel.type not in (ChannelType.TEXT, ChannelType.ANNOUNCEMENT):
        raise ApiError(50024)
    problems = Problems()
    fields = FieldReader(body, problems)
    kind = ChannelType(fields.choice("type", {10, 11, 12}) or 12)
    problems.raise_any()
    private = kind is ChannelType.PRIVATE_THREAD
    world.require(actor_id, channel, P.CREATE_PRIVATE_THREADS if private else P.CREATE_PUBLIC_THREADS)
    thread = _make(world, actor_id, channel, fields, kind, world.ids.next())
    _announce(world, thread)
    if not private:
        reference = {"type": 0, "channel_id": str(thread.id), "guild_id": str(channel.guild_id)}
        post_system_message(world, actor_id, channel, MessageType.THREAD_CREATED, thread.name, reference)
    return thread


def open_post(
    world: World,
    actor_id: int,
    forum: Channel,
    body: Json,
    draft: MessageDraft,
    uploads: Mapping[int, attachments.Upload],
) -> tuple[Channel, Message]:
    """Open a forum post: a thread and its first message, which share one id.

    Only SEND_MESSAGES is needed.

    Raises:
        ApiError: 40067 the forum requires a tag and none is given.
    """
    rights = world.require(actor_id, forum, P.SEND_MESSAGES)
    fields = FieldReader(body, Problems())
    tags = _read_tags(forum, fields, rights)
    if not (draft.content or draft.embeds or draft.components or uploads):
        raise ApiError(50006)
    thread = _make(world, actor_id, forum, fields, ChannelType.PUBLIC_THREAD, world.ids.next())
    assert thread.thread is not None
    thread.thread.applied_tags = tags
    try:
        message = message_sending.compose(world, actor_id, thread, draft, uploads, thread.id)
    except ApiError:
        _forget(world, thread)
        raise
    forum.last_message_id = thread.id
    _announce(world, thread)
    store(world, thread, message)
    return thread, message


def _read_tags(forum: Channel, fields: FieldReader, rights: int) -> list[int]:
    tags = fields.snowflakes("applied_tags", 5)
    fields.problems.raise_any()
    known = {int(tag["id"]): tag for tag in forum.tags}
    if not known.keys() >= set(tags):
        raise invalid(("applied_tags",), "INVALID_TAG", "Unknown tag")
    if any(known[tag]["moderated"] for tag in tags) and not rights & P.MANAGE_THREADS:
        raise ApiError(50013)
    if forum.flags & REQUIRE_TAG and not tags:
        raise ApiError(40067)
    return tags


def _make(
    world: World, owner_id: int, parent: Channel, fields: FieldReader, kind: ChannelType, thread_id: int
) -> Channel:
    fields.require("name")
    name = fields.text("name", 100, 1, trim=True)
    duration = fields.choice("auto_archive_duration", ARCHIVE_AFTER)
    slowmode = fields.integer("rate_limit_per_user", 0, 21600)
    fields.problems.raise_any()
    guild = world.guilds[parent.guild_id or 0]
    active = sum(1 for each in guild.threads.values() if each.thread and not each.thread.archived)
    if active >= MOST_ACTIVE:
        raise ApiError(160006)
    now = world.now()
    thread = Channel(
        thread_id, kind, name or "", guild.id, parent.id, slowmode=slowmode,
        thread=Thread(
            owner_id, now, now, auto_archive=duration or parent.default_auto_archive or 4320, members={owner_id: now},
            invitable=fields.boolean("invitable", True),
        ),
    )  # fmt: skip
    guild.threads[thread.id] = world.channels[thread.id] = thread
    thread_archiving.watch(world, thread)
    return thread


def _forget(world: World, thread: Channel) -> None:
    world.channels.pop(thread.id, None)
    world.guilds[thread.guild_id or 0].threads.pop(thread.id, None)


def _announce(world: World, thread: Channel) -> None:
    def make() -> Json:
        return payloads.channel(world, thread) | {"newly_created": True}

    world.publish(Event("THREAD_CREATE", make, thread.guild_id, thread.id))


def edit(world: World, actor_id: int, channel: Channel, body: Json) -> Channel:
    """Edit a thread. Its owner may rename, tag and archive it; everything else needs MANAGE_THREADS.

    Anyone who may write in it can unarchive it, unless it is locked.

    Raises:
        ApiError: 50083 it stays archived.
    """
    state = channel.thread
    assert state is not None
    problems = Problems()
    fields = FieldReader(body, problems)
    name = fields.text("name", 100, 1, trim=True)
    duration = fields.choice("auto_archive_duration", ARCHIVE_AFTER)
    slowmode = fields.integer("rate_limit_per_user", 0, 21600, channel.slowmode)
    archived = fields.boolean("archived", state.archived)
    locked = fields.boolean("locked", state.locked)
    problems.raise_any()
    rights = world.require(actor_id, channel, P.VIEW_CHANNEL)
    _require_editor(state, actor_id, rights, fields.data, archived=archived)
    if "applied_tags" in fields.data:
        state.applied_tags = _read_tags(world.channels[channel.parent_id or 0], fields, rights)
    channel.name = name or channel.name
    channel.slowmode = slowmode
    channel.flags = fields.integer("flags", 0, 2**31, channel.flags)
    state.auto_archive = duration or state.auto_archive
    if archived != state.archived:
        thread_archiving.set_archived(world, channel, archived, locked=locked)
    else:
        state.locked = locked
        thread_archiving.publish_thread(world, channel)
    return channel


def _require_editor(state: Thread, actor_id: int, rights: int, body: Json, *, archived: bool) -> None:
    if rights & P.MANAGE_THREADS:
        if state.archived and archived and body.keys() - {"archived", "locked"}:
            raise ApiError(50083)
        return
    if body.get("locked") is not None and body["locked"] != state.locked:
        raise ApiError(50013)
    if state.archived:
        if archived:
            raise ApiError(50083)
        if state.locked:
            raise ApiError(160005)
        if not rights & P.SEND_MESSAGES_IN_THREADS:
            raise ApiError(50013)
    elif state.owner_id != actor_id:
        raise ApiError(50013)
