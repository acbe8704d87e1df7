"""Sending messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from discord_sandbox import message_payload
from discord_sandbox.discord_objects import Channel, ChannelType, Json, Message, MessageFlag, MessageType
from discord_sandbox.errors import ApiError, invalid
from discord_sandbox.operations import attachments, mentions, polls, thread_archiving
from discord_sandbox.operations.message_storage import store
from discord_sandbox.permissions import P
from discord_sandbox.validation.component_rules import texts
from discord_sandbox.validation.message_draft import MessageDraft
from discord_sandbox.world import World

NONCE_WINDOW = timedelta(minutes=5)
"""Time for which an enforced nonce is remembered; Discord says "the past few minutes"."""
_MOST_NONCES = 50_000
Uploads = Mapping[int, attachments.Upload]


@dataclass(frozen=True, slots=True)
class SendOptions:
    """Options of a message that is not an ordinary one of its author."""

    unchecked: bool = False
    """Skip the permission checks (answers to interactions, webhooks, notices)."""
    type: MessageType = MessageType.DEFAULT
    webhook_id: int | None = None
    webhook_name: str | None = None
    private_to: int | None = None
    interaction: Json | None = None
    interaction_id: int | None = None
    message_id: int | None = None
    """Id of the message, where it is not a new one."""
    flags: int = 0


PLAINLY = SendOptions()


def send(
    world: World,
    author_id: int,
    channel: Channel,
    draft: MessageDraft,
    uploads: Uploads,
    how: SendOptions = PLAINLY,
) -> Message:
    """Post a message.

    Raises:
        ApiError: 50001, 50013, 50007, 40058, 160005, 50006, 50035 and others, as Discord does; 10008 when the
            nonce's message has been deleted.
    """
    if not how.unchecked:
        rights = require_writable(world, author_id, channel)
        _require_parts(rights, channel, draft, uploads)
    # An enforced nonce used recently returns the message it created, as Discord does.
    earlier = _by_nonce(world, author_id, draft)
    if earlier is not None:
        return earlier
    message = _make(world, author_id, channel, draft, uploads, how)
    # Writing in an archived thread unarchives it, before the message is published.
    if channel.thread is not None and channel.thread.archived:
        thread_archiving.set_archived(world, channel, False)
    if draft.nonce is not None:
        _remember(world, author_id, draft.nonce, message)
    store(world, channel, message)
    return message


def require_writable(world: World, author_id: int, channel: Channel) -> int:
    """Return the author's permissions in a channel they may write to.

    Raises:
        ApiError: they may not.
    """
    if channel.guild_id is None:
        _require_dm(world, author_id, channel)
        return world.rights(author_id, channel)
    if channel.is_forum:
        world.require(author_id, channel, P.VIEW_CHANNEL)
        raise ApiError(40058)
    if channel.type is ChannelType.CATEGORY:
        raise ApiError(50008)
    if channel.thread is None:
        return world.require(author_id, channel, P.SEND_MESSAGES)
    rights = world.require(author_id, channel, P.SEND_MESSAGES_IN_THREADS)
    if channel.thread.locked and not rights & P.MANAGE_THREADS:
        raise ApiError(160005)
    return rights


def _require_dm(world: World, author_id: int, channel: Channel) -> None:
    if author_id not in channel.recipients:
        raise ApiError(50001)
    for other in channel.recipients:
        person = world.users[other]
        if other == author_id or person.bot:
            continue
        if not person.installed and not world.share_guild(author_id, other):
            raise ApiError(50278)
        if not person.accepts_dms:
            raise ApiError(50007)


def _require_parts(rights: int, channel: Channel, draft: MessageDraft, uploads: Uploads) -> None:
    if channel.guild_id is None:
        return
    if draft.embeds and not rights & P.EMBED_LINKS:
        raise ApiError(50013)
    if uploads and not rights & P.ATTACH_FILES:
        raise ApiError(50013)
    if draft.poll and not rights & P.SEND_POLLS:
        raise ApiError(50013)
    if draft.reference and draft.reference["type"] == 0 and not rights & P.READ_MESSAGE_HISTORY:
        raise ApiError(160002)


def _by_nonce(world: World, author_id: int, draft: MessageDraft) -> Message | None:
    """Return the message created with this author's nonce within the window.

    Raises:
        ApiError: 10008 it has been deleted.
    """
    if draft.nonce is None or not draft.enforce_nonce:
        return None
    found = world.nonces.get((author_id, str(draft.nonce)))
    if found is None or world.now() - found[1] > NONCE_WINDOW:
        return None
    channel = world.channels.get(found[0].channel_id)
    if channel is None or found[0].id not in channel.messages:
        raise ApiError(10008)
    return found[0]


def compose(
    world: World, author_id: int, channel: Channel, draft: MessageDraft, uploads: Uploads, message_id: int
) -> Message:
    """Create a message without storing it, as for a forum post, whose first message has the thread's id."""
    rights = world.rights(author_id, channel)
    _require_parts(rights, channel, draft, uploads)
    return _make(world, author_id, channel, draft, uploads, SendOptions(message_id=message_id))


def _remember(world: World, author_id: int, nonce: str | int, message: Message) -> None:
    """Remember a nonce, and forget those long past their window."""
    world.nonces[author_id, str(nonce)] = (message, message.created_at)
    if len(world.nonces) > _MOST_NONCES:
        now = world.now()
        world.nonces = {key: entry for key, entry in world.nonces.items() if now - entry[1] <= NONCE_WINDOW}


def _make(
    world: World,
    author_id: int,
    channel: Channel,
    draft: MessageDraft,
    uploads: Uploads,
    how: SendOptions,
) -> Message:
    if not (draft.content or draft.embeds or draft.components or uploads or draft.poll or draft.reference):
        raise ApiError(50006)
    message = Message(
        how.message_id or world.ids.next(),
        channel.id,
        channel.guild_id,
        author_id,
        world.now(),
        draft.content,
        type=how.type,
        flags=draft.flags | how.flags,
        embeds=draft.embeds,
        components=draft.components,
        nonce=draft.nonce,
        tts=draft.tts,
        webhook_id=how.webhook_id,
        webhook_name=how.webhook_name,
        private_to=how.private_to,
        interaction=how.interaction,
        interaction_id=how.interaction_id,
        application_id=world.bot.id if how.webhook_id is not None or author_id == world.bot.id else None,
    )
    attach(world, message, draft, uploads)
    if draft.reference is not None:
        _refer(world, author_id, message, draft.reference)
    if draft.poll is not None:
        polls.begin(world, message, draft.poll)
    mention(world, channel, message, draft, world.rights(author_id, channel))
    return message


def attach(world: World, message: Message, draft: MessageDraft, uploads: Uploads) -> None:
    message.attachments = attachments.collect_attachments(
        world, message.channel_id, draft, uploads, message.attachments
    )
    for each in message.attachments:
        each.ephemeral = message.private_to is not None
    attachments.resolve_references(world, draft, message.attachments)


def _refer(world: World, author_id: int, message: Message, reference: Json) -> None:
    source = world.channels.get(reference["channel_id"] or message.channel_id)
    original = source.messages.get(reference["message_id"]) if source else None
    if original is None or source is None:
        if reference["must_exist"]:
            raise invalid(("message_reference",), "MESSAGE_REFERENCE_UNKNOWN_MESSAGE", "Unknown message")
        return
    message.reference = {
        "type": reference["type"],
        "channel_id": str(original.channel_id),
        "message_id": str(original.id),
    }
    if original.guild_id is not None:
        message.reference["guild_id"] = str(original.guild_id)
    if reference["type"] == 1:
        if not world.may(author_id, source, P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY):
            raise ApiError(160014)
        told = message_payload.message(world, original, author_id, deep=False)
        kept = ("type", "content", "embeds", "attachments", "timestamp", "edited_timestamp", "flags", "mentions",
                "mention_roles", "components")  # fmt: skip
        message.snapshot = {key: told[key] for key in kept}
        message.flags |= MessageFlag.HAS_SNAPSHOT
    else:
        message.type = MessageType.REPLY
        message.replied_to = original.id


def mention(world: World, channel: Channel, message: Message, draft: MessageDraft, rights: int) -> None:
    text = "\n".join([message.content, *texts(message.components)])
    original = world.channels[channel.id].messages.get(message.replied_to or 0)
    replied = original.author_id if original is not None and original.author_id in world.users else None
    found = mentions.resolve(world, channel, rights, text, draft.mentions, replied)
    message.mentions, message.mention_roles = found.users, found.roles
    message.mention_everyone = found.everyone
