"""Discord's JSON of a message, also as seen without the message content intent."""

from __future__ import annotations

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Json, Message, MessageType, Poll
from discord_sandbox.snowflakes import iso
from discord_sandbox.world import World


def message(world: World, one: Message, viewer: int, *, deep: bool = True) -> Json:
    """Return a message as `viewer` sees it; `deep` includes the message it replies to."""
    data: Json = {
        "id": str(one.id),
        "channel_id": str(one.channel_id),
        "author": author(world, one),
        "content": one.content,
        "timestamp": iso(one.created_at),
        "edited_timestamp": payloads.instant(one.edited_at),
        "tts": one.tts,
        "mention_everyone": one.mention_everyone,
        "mentions": [payloads.user(world.users[each]) for each in one.mentions],
        "mention_roles": [str(each) for each in one.mention_roles],
        "attachments": [payloads.attachment(world, each) for each in one.attachments],
        "embeds": one.embeds,
        "components": one.components,
        "pinned": one.pinned,
        "type": int(one.type),
        "flags": one.flags,
    }
    if one.reactions:
        data["reactions"] = reactions(one, viewer)
    if one.nonce is not None:
        data["nonce"] = one.nonce
    if one.webhook_id is not None:
        data["webhook_id"] = str(one.webhook_id)
    if one.application_id is not None:
        data["application_id"] = str(one.application_id)
    if one.interaction is not None:
        data["interaction_metadata"] = one.interaction
    if one.poll is not None:
        data["poll"] = poll(one.poll, viewer)
    if one.snapshot is not None:
        data["message_snapshots"] = [{"message": one.snapshot}]
    if one.thread_id is not None and one.thread_id in world.channels:
        data["thread"] = payloads.channel(world, world.channels[one.thread_id], viewer)
    _add_reference(world, one, viewer, data, deep=deep)
    return data


def _add_reference(world: World, one: Message, viewer: int, data: Json, *, deep: bool) -> None:
    if one.reference is None:
        return
    data["message_reference"] = one.reference
    if deep and one.type in (MessageType.REPLY, MessageType.THREAD_STARTER) and one.replied_to is not None:
        channel = world.channels.get(int(one.reference["channel_id"]))
        original = channel.messages.get(one.replied_to) if channel else None
        data["referenced_message"] = message(world, original, viewer, deep=False) if original else None


def author(world: World, one: Message) -> Json:
    """Return the author; a webhook writes under its own name."""
    if one.webhook_name is not None and one.webhook_id is not None:
        return {
            "id": str(one.webhook_id), "username": one.webhook_name, "discriminator": "0000", "global_name": None,
            "avatar": None, "bot": True, "public_flags": 0,
        }  # fmt: skip
    return payloads.user(world.users[one.author_id])


def reactions(one: Message, viewer: int) -> list[Json]:
    """Return the reactions under a message, in the order in which they were added."""
    return [
        {
            "emoji": each.emoji,
            "count": len(each.users),
            "count_details": {
                "burst": (burst := sum(each.users.values())),
                "normal": len(each.users) - burst,
            },
            "burst_colors": payloads.burst_colors(burst > 0),
            "me": each.users.get(viewer) is False,
            "me_burst": (me_burst := each.users.get(viewer, False)),
            "burst_me": me_burst,
            "burst_count": burst,
        }
        for each in one.reactions.values()
    ]


def poll(one: Poll, viewer: int) -> Json:
    """Return a poll with its results so far."""
    return {
        "question": one.question,
        "answers": one.answers,
        "expiry": iso(one.expires_at),
        "allow_multiselect": one.multiselect,
        "layout_type": one.layout,
        "results": {
            "is_finalized": one.finalized,
            "answer_counts": [
                {"id": answer, "count": len(voters), "me_voted": viewer in voters}
                for answer, voters in one.votes.items()
                if voters
            ],
        },
    }


def gateway_message(world: World, one: Message) -> Json:
    """Return a message for the gateway: with its guild and the author's membership."""
    data = message(world, one, world.bot.id)
    if one.guild_id is not None:
        data["guild_id"] = str(one.guild_id)
        found = world.guilds[one.guild_id].members.get(one.author_id)
        if found is not None and one.webhook_id is None:
            data["member"] = payloads.member(world, found, with_user=False)
    return data


def without_content(data: Json) -> Json:
    """Return a message as a bot without the message content intent sees it."""
    stripped = data | {"content": "", "embeds": [], "attachments": [], "components": []}
    stripped.pop("poll", None)
    return stripped


def is_content_visible(world: World, one: Message) -> bool:
    """Return whether a bot sees the content without the intent: its own, in DMs, or where it is mentioned."""
    bot = world.bot.id
    return one.guild_id is None or one.author_id == bot or bot in one.mentions
