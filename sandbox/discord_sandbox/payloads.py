"""Discord's JSON of users, guilds and channels."""

from __future__ import annotations

from datetime import datetime

from discord_sandbox.discord_objects import (
    Attachment,
    Channel,
    ChannelType,
    Guild,
    Json,
    Member,
    Overwrite,
    Role,
    Thread,
    User,
    Webhook,
)
from discord_sandbox.snowflakes import iso
from discord_sandbox.world import World


def burst_colors(burst: bool) -> list[str]:
    """Return the colours of a super reaction; none for an ordinary one."""
    return ["#f2b45c"] if burst else []


def user(person: User) -> Json:
    """Return a user as others see them."""
    data: Json = {
        "id": str(person.id),
        "username": person.username,
        "discriminator": "0",
        "global_name": person.global_name,
        "avatar": None,
        "avatar_decoration_data": None,
        "public_flags": 0,
    }
    if person.bot:
        data["bot"] = True
    return data


def own_user(person: User) -> Json:
    """Return a user as they see themselves."""
    return user(person) | {
        "bot": person.bot, "mfa_enabled": True, "verified": True, "email": None, "flags": 0, "locale": person.locale,
        "banner": None, "accent_color": None,
    }  # fmt: skip


def member(world: World, one: Member, *, with_user: bool = True) -> Json:
    """Return a member of a guild."""
    data: Json = {
        "nick": one.nick,
        "avatar": None,
        "banner": None,
        "roles": [str(role) for role in one.roles],
        "joined_at": iso(one.joined_at),
        "premium_since": None,
        "deaf": False,
        "mute": False,
        "flags": 0,
        "pending": False,
        "communication_disabled_until": instant(one.timed_out_until),
    }
    if with_user:
        data["user"] = user(world.users[one.user_id])
    return data


def role(one: Role) -> Json:
    """Return a role."""
    data: Json = {
        "id": str(one.id),
        "name": one.name,
        "color": one.color,
        "colors": {"primary_color": one.color, "secondary_color": None, "tertiary_color": None},
        "hoist": one.hoist,
        "icon": None,
        "unicode_emoji": None,
        "position": one.position,
        "permissions": str(one.permissions),
        "managed": one.bot_id is not None,
        "mentionable": one.mentionable,
        "flags": 0,
    }
    if one.bot_id is not None:
        data["tags"] = {"bot_id": str(one.bot_id)}
    return data


def overwrite(one: Overwrite) -> Json:
    """Return a channel's overwrite."""
    return {"id": str(one.id), "type": one.type, "allow": str(one.allow), "deny": str(one.deny)}


def channel(world: World, one: Channel, viewer: int | None = None) -> Json:
    """Return a channel, thread or DM; `viewer` selects the thread membership and the DM partner shown."""
    if one.thread is not None:
        return _thread(one, one.thread, viewer if viewer is not None else world.bot.id)
    if one.guild_id is None:
        return _dm(world, one, viewer if viewer is not None else world.bot.id)
    data: Json = {
        "id": str(one.id),
        "type": int(one.type),
        "guild_id": str(one.guild_id),
        "name": one.name,
        "position": one.position,
        "parent_id": snowflake(one.parent_id),
        "permission_overwrites": [overwrite(each) for each in one.overwrites.values()],
        "nsfw": one.nsfw,
        "flags": one.flags,
    }
    if one.type is ChannelType.CATEGORY:
        return data
    data |= {
        "topic": one.topic,
        "rate_limit_per_user": one.slowmode,
        "last_message_id": snowflake(one.last_message_id),
    }
    if one.default_auto_archive is not None:
        data["default_auto_archive_duration"] = one.default_auto_archive
    if one.is_forum:
        data |= {
            "available_tags": one.tags, "default_reaction_emoji": None, "default_thread_rate_limit_per_user": 0,
            "default_sort_order": None, "default_forum_layout": 0, "template": "",
        }  # fmt: skip
    else:
        data["last_pin_timestamp"] = instant(one.last_pin_at)
    return data


def _thread(one: Channel, thread: Thread, viewer: int) -> Json:
    data: Json = {
        "id": str(one.id),
        "type": int(one.type),
        "guild_id": str(one.guild_id),
        "parent_id": str(one.parent_id),
        "owner_id": str(thread.owner_id),
        "name": one.name,
        "last_message_id": snowflake(one.last_message_id),
        "last_pin_timestamp": instant(one.last_pin_at),
        "rate_limit_per_user": one.slowmode,
        "message_count": thread.message_count,
        "total_message_sent": thread.total_sent,
        "member_count": min(len(thread.members), 50),
        "flags": one.flags,
        "applied_tags": [str(tag) for tag in thread.applied_tags],
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": iso(thread.changed_at),
            "auto_archive_duration": thread.auto_archive,
            "locked": thread.locked,
            "create_timestamp": iso(thread.created_at),
        },
    }
    if one.type is ChannelType.PRIVATE_THREAD:
        data["thread_metadata"]["invitable"] = thread.invitable
    if viewer in thread.members:
        data["member"] = thread_member(one, viewer)
    return data


def thread_member(one: Channel, user_id: int) -> Json:
    """Return a user's membership of a thread."""
    assert one.thread is not None
    return {
        "id": str(one.id), "user_id": str(user_id), "flags": 1, "join_timestamp": iso(one.thread.members[user_id]),
        "muted": False, "mute_config": None,
    }  # fmt: skip


def _dm(world: World, one: Channel, viewer: int) -> Json:
    others = [world.users[each] for each in one.recipients if each != viewer]
    return {
        "id": str(one.id),
        "type": int(one.type),
        "last_message_id": snowflake(one.last_message_id),
        "last_pin_timestamp": instant(one.last_pin_at),
        "recipients": [user(each) for each in others],
        "flags": one.flags,
    }


def guild(one: Guild) -> Json:
    """Return a guild for REST."""
    return {
        "id": str(one.id),
        "name": one.name,
        "icon": None,
        "splash": None,
        "discovery_splash": None,
        "banner": None,
        "description": None,
        "owner_id": str(one.owner_id),
        "afk_channel_id": None,
        "afk_timeout": 300,
        "verification_level": 0,
        "default_message_notifications": 1,
        "explicit_content_filter": 0,
        "roles": [role(each) for each in one.roles.values()],
        "emojis": [],
        "stickers": [],
        "features": one.features,
        "mfa_level": 0,
        "application_id": None,
        "system_channel_id": snowflake(one.system_channel_id),
        "system_channel_flags": 0,
        "rules_channel_id": None,
        "public_updates_channel_id": None,
        "safety_alerts_channel_id": None,
        "max_presences": None,
        "max_members": 500000,
        "max_video_channel_users": 25,
        "max_stage_video_channel_users": 50,
        "vanity_url_code": None,
        "premium_tier": 0,
        "premium_subscription_count": 0,
        "premium_progress_bar_enabled": False,
        "preferred_locale": one.locale,
        "nsfw_level": 0,
        "widget_enabled": False,
        "incidents_data": None,
    }


def gateway_guild(world: World, one: Guild, *, all_members: bool) -> Json:
    """Return a guild for GUILD_CREATE; without the presences intent its only member is the bot."""
    me = one.members[world.bot.id]
    told = one.members.values() if all_members else (me,)
    active = (each for each in one.threads.values() if each.thread and not each.thread.archived)
    return guild(one) | {
        "joined_at": iso(me.joined_at),
        "large": len(one.members) >= 250,
        "unavailable": False,
        "member_count": len(one.members),
        "voice_states": [],
        "members": [member(world, each) for each in told],
        "channels": [channel(world, each) for each in one.channels.values()],
        "threads": [channel(world, each) for each in active if world.may(world.bot.id, each, 1 << 10)],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def attachment(world: World, one: Attachment) -> Json:
    """Return a file of a message, with the URL at which the sandbox serves it."""
    url = f"{world.files_url}/attachments/{one.channel_id}/{one.id}/{one.filename}"
    data: Json = {
        "id": str(one.id),
        "filename": one.filename,
        "size": len(one.data),
        "url": url,
        "proxy_url": url,
        "content_type": one.content_type,
    }
    if one.description:
        data["description"] = one.description
    if one.width is not None:
        data |= {"width": one.width, "height": one.height}
    if one.ephemeral:
        data["ephemeral"] = True
    return data


def webhook(world: World, one: Webhook) -> Json:
    """Return a webhook with its token, because the requesting bot is the one that may use it."""
    return {
        "id": str(one.id), "type": one.type, "guild_id": str(one.guild_id), "channel_id": str(one.channel_id),
        "name": one.name, "avatar": None, "application_id": str(world.bot.id), "token": one.token,
        "user": user(world.users[one.owner_id]),
    }  # fmt: skip


def snowflake(value: int | None) -> str | None:
    """Return an id as text, or None."""
    return None if value is None else str(value)


def instant(value: datetime | None) -> str | None:
    """Return an instant as text, or None."""
    return None if value is None else iso(value)
