"""Threads and forum posts."""

from __future__ import annotations

from discord_sandbox import message_payload, payloads
from discord_sandbox.errors import ApiError
from discord_sandbox.model import Channel, ChannelType, Json
from discord_sandbox.operations import thread_archiving, threads
from discord_sandbox.permissions import P
from discord_sandbox.rate_limits import THREADS
from discord_sandbox.rest.api_request import Call, Reply
from discord_sandbox.rest.router import Table
from discord_sandbox.snowflakes import iso
from discord_sandbox.validation.message_draft import read_draft

routes = Table()


@routes("POST", "/channels/{channel}/messages/{message}/threads", THREADS)
def open_from(call: Call) -> Reply:
    """Start Thread from Message."""
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.VIEW_CHANNEL)
    thread = threads.open_from(call.world, call.bot_id, channel, call.message(channel), call.fields)
    return Reply(201, payloads.channel(call.world, thread))


@routes("POST", "/channels/{channel}/threads", THREADS)
def open_alone(call: Call) -> Reply:
    """Start Thread without Message, or in a forum with its first message."""
    channel = call.channel()
    if not channel.is_forum:
        return Reply(
            201,
            payloads.channel(call.world, threads.open_alone(call.world, call.bot_id, channel, call.fields)),
        )
    draft = read_draft(call.fields.get("message") or {}, path=("message",))
    thread, message = threads.open_post(call.world, call.bot_id, channel, call.fields, draft, call.uploads)
    told = payloads.channel(call.world, thread)
    return Reply(201, told | {"message": message_payload.message(call.world, message, call.bot_id)})


@routes("GET", "/guilds/{guild}/threads/active")
def active(call: Call) -> Json:
    """List Active Guild Threads that the bot can see."""
    guild = call.guild()
    found = [each for each in guild.threads.values() if each.thread and not each.thread.archived]
    return _listed(call, [each for each in found if call.world.may(call.bot_id, each, P.VIEW_CHANNEL)])


def _listed(call: Call, found: list[Channel]) -> Json:
    bot = call.bot_id
    joined = [each for each in found if each.thread and bot in each.thread.members]
    return {
        "threads": [payloads.channel(call.world, each) for each in found],
        "members": [payloads.thread_member(each, bot) for each in joined],
    }


@routes("GET", "/channels/{channel}/threads/archived/public")
def archived_public(call: Call) -> Json:
    """List Public Archived Threads, latest archived first."""
    return _archived(call, {ChannelType.PUBLIC_THREAD, ChannelType.ANNOUNCEMENT_THREAD}, joined=False)


@routes("GET", "/channels/{channel}/threads/archived/private")
def archived_private(call: Call) -> Json:
    """List Private Archived Threads: MANAGE_THREADS."""
    call.world.require(call.bot_id, call.channel(), P.MANAGE_THREADS)
    return _archived(call, {ChannelType.PRIVATE_THREAD}, joined=False)


@routes("GET", "/channels/{channel}/users/@me/threads/archived/private")
def archived_joined(call: Call) -> Json:
    """List Joined Private Archived Threads."""
    return _archived(call, {ChannelType.PRIVATE_THREAD}, joined=True)


def _archived(call: Call, kinds: set[ChannelType], *, joined: bool) -> Json:
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.READ_MESSAGE_HISTORY)
    guild = call.world.guild_of(channel)
    limit = call.number("limit", 50, 1, 100)
    before = call.query.get("before")
    found = []
    for each in guild.threads.values() if guild else ():
        state = each.thread
        if state is None or not state.archived or each.parent_id != channel.id or each.type not in kinds:
            continue
        if (not joined or call.bot_id in state.members) and (
            before is None or iso(state.changed_at) < before
        ):
            found.append((state.changed_at, each.id, each))
    ordered = [each for _, _, each in sorted(found, reverse=True)]
    return _listed(call, ordered[:limit]) | {"has_more": len(ordered) > limit}


# --- members ---------------------------------------------------------------------------------------------------------


def _thread(call: Call) -> Channel:
    channel = call.channel()
    call.world.require(call.bot_id, channel, P.VIEW_CHANNEL)
    if not channel.is_thread:
        raise ApiError(50024)
    return channel


@routes("PUT", "/channels/{channel}/thread-members/@me")
def join(call: Call) -> None:
    """Join Thread."""
    thread_archiving.join(call.world, _thread(call), call.bot_id)


@routes("PUT", "/channels/{channel}/thread-members/{user}")
def add_member(call: Call) -> None:
    """Add Thread Member."""
    channel = _thread(call)
    call.world.require(call.bot_id, channel, P.SEND_MESSAGES_IN_THREADS)
    thread_archiving.join(call.world, channel, call.world.user(call.id("user")).id)


@routes("DELETE", "/channels/{channel}/thread-members/@me")
def leave(call: Call) -> None:
    """Leave Thread."""
    thread_archiving.leave(call.world, _thread(call), call.bot_id)


@routes("DELETE", "/channels/{channel}/thread-members/{user}")
def remove_member(call: Call) -> None:
    """Remove Thread Member: MANAGE_THREADS."""
    channel = _thread(call)
    call.world.require(call.bot_id, channel, P.MANAGE_THREADS)
    thread_archiving.leave(call.world, channel, call.id("user"))


@routes("GET", "/channels/{channel}/thread-members")
def members(call: Call) -> list[Json]:
    """List Thread Members."""
    channel = _thread(call)
    assert channel.thread is not None
    return [payloads.thread_member(channel, each) for each in channel.thread.members]


@routes("GET", "/channels/{channel}/thread-members/{user}")
def member(call: Call) -> Json:
    """Get Thread Member."""
    channel = _thread(call)
    assert channel.thread is not None
    if call.id("user") not in channel.thread.members:
        raise ApiError(10007)
    return payloads.thread_member(channel, call.id("user"))
