"""Archiving of threads, and their members."""

from __future__ import annotations

from datetime import timedelta

from discord_sandbox import payloads
from discord_sandbox.discord_objects import Channel, Json
from discord_sandbox.errors import ApiError
from discord_sandbox.events import Event
from discord_sandbox.world import World


def publish_thread(world: World, thread: Channel) -> None:
    """Publish a thread's current state."""
    world.publish(Event("THREAD_UPDATE", lambda: payloads.channel(world, thread), thread.guild_id, thread.id))


def set_archived(world: World, channel: Channel, archived: bool, *, locked: bool | None = None) -> None:
    """Archive or unarchive a thread, without checking permissions."""
    state = channel.thread
    if state is None:
        raise ApiError(50024)
    woken = state.archived and not archived
    state.archived = archived
    state.changed_at = world.now()
    if locked is not None:
        state.locked = locked
    publish_thread(world, channel)
    if woken:
        watch(world, channel)


def watch(world: World, thread: Channel) -> None:
    """Archive a thread once it has been inactive for its auto-archive duration."""

    def look() -> None:
        state = thread.thread
        if state is None or state.archived or thread.id not in world.channels:
            return
        latest = max([state.changed_at, *(each.created_at for each in list(thread.messages.values())[-1:])])
        due = latest + timedelta(minutes=state.auto_archive)
        if due <= world.now():
            set_archived(world, thread, True)
        else:
            world.deadlines.at(due, look)

    assert thread.thread is not None
    world.deadlines.at(world.now() + timedelta(minutes=thread.thread.auto_archive), look)


def join(world: World, channel: Channel, user_id: int) -> None:
    """Add a user to a thread's members."""
    state = channel.thread
    if state is None:
        raise ApiError(50024)
    if state.archived:
        raise ApiError(50083)
    if user_id in state.members:
        return
    state.members[user_id] = world.now()
    _tell_members(world, channel, {"added_members": [payloads.thread_member(channel, user_id)]})


def leave(world: World, channel: Channel, user_id: int) -> None:
    """Remove a user from a thread's members."""
    state = channel.thread
    if state is None:
        raise ApiError(50024)
    if state.archived:
        raise ApiError(50083)
    if state.members.pop(user_id, None) is not None:
        _tell_members(world, channel, {"removed_member_ids": [str(user_id)]})


def _tell_members(world: World, channel: Channel, change: Json) -> None:
    state = channel.thread
    data = {
        "id": str(channel.id),
        "guild_id": str(channel.guild_id),
        "member_count": len(state.members if state else ()),
    }
    world.publish(Event("THREAD_MEMBERS_UPDATE", lambda: data | change, channel.guild_id, channel.id))
