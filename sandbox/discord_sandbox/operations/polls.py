"""Polls: creation with a message, votes, expiry."""

from __future__ import annotations

from datetime import timedelta

from discord_sandbox.discord_objects import Channel, Json, Message, MessageType, Poll
from discord_sandbox.errors import ApiError
from discord_sandbox.events import Event
from discord_sandbox.operations.message_storage import publish_message, store
from discord_sandbox.permissions import P
from discord_sandbox.world import World


def begin(world: World, message: Message, asked: Json) -> None:
    """Add a poll to a message and schedule its end."""
    ends = world.now() + timedelta(hours=asked["hours"])
    message.poll = Poll(
        asked["question"], asked["answers"], ends, asked["multiselect"], asked["layout"],
        votes={answer["answer_id"]: {} for answer in asked["answers"]},
    )  # fmt: skip
    world.deadlines.at(ends, lambda: _close(world, message))


def vote(world: World, user_id: int, channel: Channel, message: Message, answers: list[int]) -> None:
    """Set a person's votes to exactly `answers`; an empty list withdraws the vote.

    Raises:
        ApiError: 520000 for apps, unknown answers or too many of them, 520001 when the poll is over.
    """
    poll = message.poll
    if poll is None or world.users[user_id].bot:
        raise ApiError(520000)
    if poll.finalized:
        raise ApiError(520001)
    world.require(user_id, channel, P.VIEW_CHANNEL | P.READ_MESSAGE_HISTORY)
    if not set(answers) <= poll.votes.keys() or (len(set(answers)) > 1 and not poll.multiselect):
        raise ApiError(520000)
    for answer, voters in poll.votes.items():
        if answer in answers and user_id not in voters:
            voters[user_id] = None
            _tell(world, "MESSAGE_POLL_VOTE_ADD", message, user_id, answer)
        elif answer not in answers and user_id in voters:
            del voters[user_id]
            _tell(world, "MESSAGE_POLL_VOTE_REMOVE", message, user_id, answer)


def expire(world: World, actor_id: int, message: Message) -> None:
    """End one's own poll now.

    Raises:
        ApiError: 50005 another's poll, 520006 it has ended already.
    """
    if message.poll is None:
        raise ApiError(520000)
    if message.author_id != actor_id:
        raise ApiError(50005)
    if message.poll.finalized:
        raise ApiError(520006)
    _close(world, message)


def _close(world: World, message: Message) -> None:
    poll = message.poll
    channel = world.channels.get(message.channel_id)
    if poll is None or poll.finalized or channel is None or message.id not in channel.messages:
        return
    poll.expires_at = min(poll.expires_at, world.now())
    poll.finalized = True
    publish_message(world, "MESSAGE_UPDATE", message)
    store(world, channel, _result(world, channel, message, poll))


def _result(world: World, channel: Channel, message: Message, poll: Poll) -> Message:
    counts = {answer: len(voters) for answer, voters in poll.votes.items()}
    best = max(counts.values(), default=0)
    winners = [answer for answer in poll.answers if best and counts[answer["answer_id"]] == best]
    fields: Json = {
        "poll_question_text": poll.question["text"],
        "victor_answer_votes": best,
        "total_votes": sum(counts.values()),
    }
    if len(winners) == 1:
        fields |= {
            "victor_answer_id": winners[0]["answer_id"],
            "victor_answer_text": winners[0]["poll_media"].get("text", ""),
        }
    reference: Json = {"type": 0, "channel_id": str(channel.id), "message_id": str(message.id)}
    if channel.guild_id is not None:
        reference["guild_id"] = str(channel.guild_id)
    listed = [{"name": name, "value": str(value), "inline": False} for name, value in fields.items()]
    return Message(
        world.ids.next(), channel.id, channel.guild_id, message.author_id, world.now(), type=MessageType.POLL_RESULT,
        embeds=[{"type": "poll_result", "fields": listed}], reference=reference,
    )  # fmt: skip


def _tell(world: World, name: str, message: Message, user_id: int, answer: int) -> None:
    data: Json = {
        "user_id": str(user_id),
        "channel_id": str(message.channel_id),
        "message_id": str(message.id),
        "answer_id": answer,
    }
    if message.guild_id is not None:
        data["guild_id"] = str(message.guild_id)
    world.publish(Event(name, lambda: data, message.guild_id, message.channel_id, message_id=message.id))
