"""Routes of threads and forum posts."""

from __future__ import annotations

from discord_sandbox import message_payload, payloads
from discord_sandbox.discord_objects import Channel, ChannelType, Json
from discord_sandbox.errors import ApiError
from discord_sandbox.operations import thread_archiving, threads
from discord_sandbox.permissions import P
from discord_sandbox.rate_limits import THREADS
from discord_sandbox.rest.api_request import ApiRequest, Reply
from discord_sandbox.rest.router import RouteTable
from discord_sandbox.snowflakes import iso
from discord_sandbox.validation.message_draft import read_draft

routes = RouteTable()


@routes("POST", "/channels/{channel}/messages/{message}/threads", THREADS)
def open_from(request: ApiRequest) -> Reply:
    """Start Thread from Message."""
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.VIEW_CHANNEL)
    thread = threads.open_from(
        request.world, request.bot_id, channel, request.message(channel), request.fields
    )
    return Reply(201, payloads.channel(request.world, thread))


@routes("POST", "/channels/{channel}/threads", THREADS)
def open_alone(request: ApiRequest) -> Reply:
    """Start Thread without Message, or in a forum with its first message."""
    channel = request.channel()
    if not channel.is_forum:
        return Reply(
            201,
            payloads.channel(
                request.world, threads.open_alone(request.world, request.bot_id, channel, request.fields)
            ),
        )
    draft = read_draft(request.fields.get("message") or {}, path=("message",))
    thread, message = threads.open_post(
        request.world, request.bot_id, channel, request.fields, draft, request.uploads
    )
    told = payloads.channel(request.world, thread)
    return Reply(201, told | {"message": message_payload.message(request.world, message, request.bot_id)})


@routes("GET", "/guilds/{guild}/threads/active")
def active(request: ApiRequest) -> Json:
    """List Active Guild Threads that the bot can see."""
    guild = request.guild()
    found = [each for each in guild.threads.values() if each.thread and not each.thread.archived]
    return _thread_list(
        request, [each for each in found if request.world.may(request.bot_id, each, P.VIEW_CHANNEL)]
    )


def _thread_list(request: ApiRequest, found: list[Channel]) -> Json:
    bot = request.bot_id
    joined = [each for each in found if each.thread and bot in each.thread.members]
    return {
        "threads": [payloads.channel(request.world, each) for each in found],
        "members": [payloads.thread_member(each, bot) for each in joined],
    }


@routes("GET", "/channels/{channel}/threads/archived/public")
def archived_public(request: ApiRequest) -> Json:
    """List Public Archived Threads, latest archived first."""
    return _archived_threads(
        request, {ChannelType.PUBLIC_THREAD, ChannelType.ANNOUNCEMENT_THREAD}, joined=False
    )


@routes("GET", "/channels/{channel}/threads/archived/private")
def archived_private(request: ApiRequest) -> Json:
    """List Private Archived Threads: MANAGE_THREADS."""
    request.world.require(request.bot_id, request.channel(), P.MANAGE_THREADS)
    return _archived_threads(request, {ChannelType.PRIVATE_THREAD}, joined=False)


@routes("GET", "/channels/{channel}/users/@me/threads/archived/private")
def archived_joined(request: ApiRequest) -> Json:
    """List Joined Private Archived Threads."""
    return _archived_threads(request, {ChannelType.PRIVATE_THREAD}, joined=True)


def _archived_threads(request: ApiRequest, kinds: set[ChannelType], *, joined: bool) -> Json:
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.READ_MESSAGE_HISTORY)
    guild = request.world.guild_of(channel)
    limit = request.number("limit", 50, 1, 100)
    before = request.query.get("before")
    found = []
    for each in guild.threads.values() if guild else ():
        state = each.thread
        if state is None or not state.archived or each.parent_id != channel.id or each.type not in kinds:
            continue
        if (not joined or request.bot_id in state.members) and (
            before is None or iso(state.changed_at) < before
        ):
            found.append((state.changed_at, each.id, each))
    ordered = [each for _, _, each in sorted(found, reverse=True)]
    return _thread_list(request, ordered[:limit]) | {"has_more": len(ordered) > limit}


# --- members ---------------------------------------------------------------------------------------------------------


def _thread(request: ApiRequest) -> Channel:
    channel = request.channel()
    request.world.require(request.bot_id, channel, P.VIEW_CHANNEL)
    if not channel.is_thread:
        raise ApiError(50024)
    return channel


@routes("PUT", "/channels/{channel}/thread-members/@me")
def join(request: ApiRequest) -> None:
    """Join Thread."""
    thread_archiving.join(request.world, _thread(request), request.bot_id)


@routes("PUT", "/channels/{channel}/thread-members/{user}")
def add_member(request: ApiRequest) -> None:
    """Add Thread Member."""
    channel = _thread(request)
    request.world.require(request.bot_id, channel, P.SEND_MESSAGES_IN_THREADS)
    thread_archiving.join(request.world, channel, request.world.user(request.id("user")).id)


@routes("DELETE", "/channels/{channel}/thread-members/@me")
def leave(request: ApiRequest) -> None:
    """Leave Thread."""
    thread_archiving.leave(request.world, _thread(request), request.bot_id)


@routes("DELETE", "/channels/{channel}/thread-members/{user}")
def remove_member(request: ApiRequest) -> None:
    """Remove Thread Member: MANAGE_THREADS."""
    channel = _thread(request)
    request.world.require(request.bot_id, channel, P.MANAGE_THREADS)
    thread_archiving.leave(request.world, channel, request.id("user"))


@routes("GET", "/channels/{channel}/thread-members")
def members(request: ApiRequest) -> list[Json]:
    """List Thread Members."""
    channel = _thread(request)
    assert channel.thread is not None
    return [payloads.thread_member(channel, each) for each in channel.thread.members]


@routes("GET", "/channels/{channel}/thread-members/{user}")
def member(request: ApiRequest) -> Json:
    """Get Thread Member."""
    channel = _thread(request)
    assert channel.thread is not None
    if request.id("user") not in channel.thread.members:
        raise ApiError(10007)
    return payloads.thread_member(channel, request.id("user"))
