"""Editing, deleting, pinning and publishing messages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta

from discord_sandbox.discord_objects import Channel, ChannelType, Message, MessageFlag, MessageType
from discord_sandbox.errors import ApiError, invalid
from discord_sandbox.events import Event
from discord_sandbox.operations.message_sending import Uploads, attach, mention
from discord_sandbox.operations.message_storage import post_system_message, publish_message, store, with_place
from discord_sandbox.permissions import P
from discord_sandbox.snowflakes import iso
from discord_sandbox.validation.message_draft import MessageDraft
from discord_sandbox.world import World

BULK_AGE = timedelta(days=14)
_KEPT_FLAGS = ~int(MessageFlag.SUPPRESS_EMBEDS)


def edit(
    world: World, editor_id: int, channel: Channel, message: Message, draft: MessageDraft, uploads: Uploads
) -> Message:
    """Edit a message: its author everything, a moderator only the display of embeds.

    Raises:
        ApiError: 50005 another's message, 50083 in an archived thread, 50006 nothing would be left.
    """
    rights = world.require(editor_id, channel, P.VIEW_CHANNEL)
    if message.author_id != editor_id:
        if not (draft.given <= {"flags"} and rights & P.MANAGE_MESSAGES):
            raise ApiError(50005)
    elif uploads and channel.guild_id is not None and not rights & P.ATTACH_FILES:
        raise ApiError(50013)
    return edit_unchecked(world, channel, message, draft, uploads)


def edit_unchecked(
    world: World, channel: Channel, message: Message, draft: MessageDraft, uploads: Uploads
) -> Message:
    """Edit a message without checking permissions, as an interaction's or a webhook's token allows.

    Raises:
        ApiError: 50083 in an archived thread, 50006 nothing would be left.
    """
    if channel.thread is not None and channel.thread.archived:
        raise ApiError(50083)
    if message.poll is not None and draft.given & {"content", "embeds", "components"}:
        raise ApiError(50035, message="Invalid Form Body: a poll cannot be edited")
    _apply(world, channel, message, draft, uploads)
    message.edited_at = world.now()
    publish_message(world, "MESSAGE_UPDATE", message)
    return message


def _apply(world: World, channel: Channel, message: Message, draft: MessageDraft, uploads: Uploads) -> None:
    """Apply an edit's fields to the message, all or none."""
    changed = replace(message)
    if "content" in draft.given:
        changed.content = draft.content
    if "embeds" in draft.given:
        changed.embeds = draft.embeds
    if "components" in draft.given:
        changed.components = draft.components
    if "flags" in draft.given:
        changed.flags = changed.flags & _KEPT_FLAGS | draft.flags
    if uploads or "attachments" in draft.given or draft.media or draft.embeds:
        attach(world, changed, draft, uploads)
    if changed.flags & MessageFlag.COMPONENTS_V2 and (changed.content or changed.embeds):
        raise invalid(
            ("flags",),
            "MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2",
            "The 'content' and 'embeds' fields must be cleared to use MessageFlags.IS_COMPONENTS_V2",
        )
    if not (changed.content or changed.embeds or changed.components or changed.attachments or changed.poll):
        raise ApiError(50006)
    if draft.given & {"content", "components", "allowed_mentions"}:
        mention(world, channel, changed, draft, world.rights(message.author_id, channel))
    for name in ("content", "embeds", "components", "flags", "attachments", "mentions", "mention_roles"):
        setattr(message, name, getattr(changed, name))
    message.mention_everyone = changed.mention_everyone


def delete(world: World, actor_id: int, channel: Channel, message: Message) -> None:
    """Delete one's own message, or anybody's with Manage Messages.

    Raises:
        ApiError: 50013 without the permission, 50003 in a DM.
    """
    if message.author_id != actor_id:
        if channel.guild_id is None:
            raise ApiError(50003)
        world.require(actor_id, channel, P.VIEW_CHANNEL | P.MANAGE_MESSAGES)
    else:
        world.require(actor_id, channel, P.VIEW_CHANNEL)
    remove(world, channel, message)


def remove(world: World, channel: Channel, message: Message) -> None:
    """Remove a message from the world and publish that."""
    if message.private_to is not None:
        world.private.pop(message.id, None)
    else:
        channel.messages.pop(message.id, None)
        if channel.thread is not None and message.id != channel.id:
            channel.thread.message_count = max(0, channel.thread.message_count - 1)
    data = with_place({"id": str(message.id)}, message.channel_id, message.guild_id)
    world.publish(
        Event(
            "MESSAGE_DELETE",
            lambda: data,
            message.guild_id,
            message.channel_id,
            message.private_to,
            None,
            message.id,
        )
    )


def bulk_delete(world: World, actor_id: int, channel: Channel, ids: Iterable[int]) -> None:
    """Delete 2 to 100 messages at once; none may be older than 14 days, unknown ids are ignored."""
    if channel.guild_id is None:
        raise ApiError(50003)
    wanted = list(dict.fromkeys(ids))
    if not 2 <= len(wanted) <= 100:
        raise ApiError(50016)
    world.require(actor_id, channel, P.VIEW_CHANNEL | P.MANAGE_MESSAGES)
    found = [channel.messages[each] for each in wanted if each in channel.messages]
    if any(world.now() - each.created_at > BULK_AGE for each in found):
        raise ApiError(50034)
    for each in found:
        del channel.messages[each.id]
    data = with_place({"ids": [str(each.id) for each in found]}, channel.id, channel.guild_id)
    world.publish(Event("MESSAGE_DELETE_BULK", lambda: data, channel.guild_id, channel.id))


def pin(world: World, actor_id: int, channel: Channel, message: Message, pinned: bool) -> None:
    """Pin or unpin; PIN_MESSAGES is required since 2026, with at most 250 pins a channel."""
    world.require(actor_id, channel, P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY | P.PIN_MESSAGES)
    if channel.thread is not None and channel.thread.archived:
        raise ApiError(50083)
    if message.pinned == pinned:
        return
    if pinned and sum(each.pinned for each in channel.messages.values()) >= 250:
        raise ApiError(30003)
    message.pinned, message.pinned_at = pinned, world.now() if pinned else None
    channel.last_pin_at = world.now()
    publish_message(world, "MESSAGE_UPDATE", message)
    data = with_place({"last_pin_timestamp": iso(channel.last_pin_at)}, channel.id, channel.guild_id)
    world.publish(Event("CHANNEL_PINS_UPDATE", lambda: data, channel.guild_id, channel.id))
    if pinned:
        reference = with_place({"type": 0, "message_id": str(message.id)}, channel.id, channel.guild_id)
        post_system_message(world, actor_id, channel, MessageType.PIN, "", reference)


def crosspost(world: World, actor_id: int, channel: Channel, message: Message) -> Message:
    """Publish a message of an announcement channel to the channels that follow it.

    Raises:
        ApiError: 50024 elsewhere, 40033 when it was published already, 50013 without the permission.
    """
    if channel.type is not ChannelType.ANNOUNCEMENT:
        raise ApiError(50024)
    wanted = P.SEND_MESSAGES if message.author_id == actor_id else P.SEND_MESSAGES | P.MANAGE_MESSAGES
    world.require(actor_id, channel, wanted)
    if message.type not in (MessageType.DEFAULT, MessageType.COMMAND):
        raise ApiError(50068)
    if message.flags & MessageFlag.CROSSPOSTED:
        raise ApiError(40033)
    message.flags |= MessageFlag.CROSSPOSTED
    publish_message(world, "MESSAGE_UPDATE", message)
    for target_id in channel.followers:
        target = world.channels.get(target_id)
        if target is not None:
            _copy(world, message, channel, target)
    return message


def _copy(world: World, message: Message, source: Channel, target: Channel) -> None:
    copied = replace(
        message,
        id=world.ids.next(),
        channel_id=target.id,
        guild_id=target.guild_id,
        created_at=world.now(),
        flags=message.flags & ~MessageFlag.CROSSPOSTED | MessageFlag.IS_CROSSPOST,
        reactions={},
        mentions=[],
        mention_roles=[],
        pinned=False,
        thread_id=None,
        nonce=None,
        webhook_id=target.id,
        webhook_name=f"{world.guilds[source.guild_id or 0].name} #{source.name}",
        reference=with_place({"type": 0, "message_id": str(message.id)}, source.id, source.guild_id),
    )
    store(world, target, copied)
