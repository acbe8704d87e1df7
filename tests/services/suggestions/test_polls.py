"""Polls: opened once, counted once Discord has counted, put on the ideas."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unknown
from bot.domain.delivery.retry import LEASE, NONCE_WINDOW
from bot.domain.errors import DiscordSlow
from bot.domain.stories.story import SuggestionPolicy
from bot.domain.stories.story_refusals import NotAnAuthor
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.domain.suggestions.panel_contents import PollCommandResult, PollResult
from bot.domain.suggestions.panels import Poll, PollState
from bot.domain.suggestions.suggestion import Decision
from bot.domain.suggestions.suggestion_refusals import NothingToPoll, PollLengthUnclear, PollUnknown
from bot.services.suggestions.poll_drafts import DraftOutdated, draft_digest
from bot.services.suggestions.submission import SuggestionDraft
from bot.store.database import Database
from tests.services.fakes import AUTHOR, CHANNEL, NOON, OTHER_CHANNEL, READER, World, chapter, serial

REFUSED = Refused(DeliveryFault("discord-50013", "I may not open polls there", NOON))


async def world_of(store: Database, ideas: int = 3) -> World:
    """A world with so many ideas, the last the most supported."""
    policy = SuggestionPolicy(prompt="What comes next?")
    world = World(store, serial(chapter("one"), chapter("two"), backlog=1, suggestions=policy))
    await world.run()
    for n in range(1, ideas + 1):
        world.clock.advance(timedelta(minutes=1))
        maker = Viewer(100 + n, "Reader")
        await world.submissions.submit(
            maker, SuggestionDraft(f"Idea {n}", story="lamps", chapter=None, anonymous=False)
        )
        for fan in range(n):
            await world.supporters.support(Viewer(200 + fan, "Fan"), n)
    return world


async def start(
    world: World, length: str = "3 days", answers: int = 5, channel: int = CHANNEL
) -> PollCommandResult:
    return await world.polls.start(AUTHOR, "lamps", channel, length=length, answers=answers)


async def poll_of(store: Database, poll_id: int) -> Poll:
    async with store.read() as tx:
        poll = await tx.polls.get(poll_id)
    assert poll is not None
    return poll


async def test_a_poll_is_opened_counted_and_put_on_the_ideas(store: Database) -> None:
    world = await world_of(store)
    done = await start(world, answers=2)
    assert done.is_new
    await world.polls.sweep()
    ((to, post, nonce),) = world.messenger.polls.values()
    assert (to.channel_id, post.question, post.length) == (CHANNEL, "What comes next?", timedelta(days=3))
    assert {n: idea.number for n, idea in post.suggestions.items() if idea is not None} == {1: 3, 2: 2}
    assert nonce == done.poll.nonce
    for _ in range(3):
        await world.polls.sweep()
    assert (await poll_of(store, done.poll.id)).state is PollState.OPEN

    world.clock.advance(timedelta(days=3))
    world.messenger.poll_results = [
        Unknown("no answer"),
        PollResult({1: 4, 2: 7}, final=False),
        PollResult({1: 4, 2: 9}, final=True),
    ]
    for _ in range(3):
        await world.polls.sweep()
        world.clock.advance(timedelta(minutes=1))
    assert (await poll_of(store, done.poll.id)).state is PollState.COUNTED
    assert (await world.review_queue.get(AUTHOR, 2)).votes == 9
    assert (await world.review_queue.get(AUTHOR, 3)).votes == 4
    assert (await world.review_queue.get(AUTHOR, 1)).votes is None
    assert await world.polls.sweep() is None
    await world.notification_outbox.sweep()
    (notice,) = [each for each in world.messenger.notices if each.kind == "poll-counted"]
    assert notice.user_id == AUTHOR.user_id
    assert (notice.facts["number"], notice.facts["votes"], notice.facts["all"]) == ("2", "9", "13")
    async with store.read() as tx:
        assert await tx.polls.get_votes([1, 2, 3]) == {2: 9, 3: 4}


@pytest.mark.parametrize("lost", [True, False])
@pytest.mark.parametrize("late", [timedelta(0), NONCE_WINDOW + LEASE])
async def test_it_is_opened_once_though_the_answer_is_lost(
    store: Database, lost: bool, late: timedelta
) -> None:
    world = await world_of(store)
    done = await start(world)
    world.messenger.answers, world.messenger.lost_answers = [Unknown("no answer")], lost
    await world.polls.sweep()
    world.clock.advance(timedelta(minutes=1) + late)
    await world.polls.sweep()
    assert len(world.messenger.polls) == 1
    assert bool(world.messenger.looked) == bool(late)
    poll = await poll_of(store, done.poll.id)
    assert poll.state is PollState.OPEN
    assert poll.message_id in world.messenger.polls


async def test_a_crash_while_opening_is_taken_over(store: Database) -> None:
    world = await world_of(store)
    done = await start(world)
    now = world.clock.now()
    async with store.begin() as tx:
        assert await tx.polls.claim(now, now + LEASE, 5)
    world.clock.advance(timedelta(seconds=30))
    await world.polls.sweep()
    assert world.messenger.polls == {}, "it is claimed"
    await world.polls.take_over()
    await world.polls.sweep()
    assert (await poll_of(store, done.poll.id)).state is PollState.OPEN
    assert len(world.messenger.polls) == 1


async def test_one_poll_a_story_and_channel_at_a_time(store: Database) -> None:
    world = await world_of(store)
    begun = await asyncio.gather(*(start(world) for _ in range(4)))
    assert len({done.poll.id for done in begun}) == 1
    assert [done.is_new for done in begun].count(True) == 1
    assert (await start(world, channel=OTHER_CHANNEL)).is_new


async def test_ending_it_now(store: Database) -> None:
    world = await world_of(store)
    done = await start(world)
    with pytest.raises(PollUnknown):
        await world.polls.end(AUTHOR, done.poll.id)
    await world.polls.sweep()
    with pytest.raises(NotAnAuthor):
        await world.polls.end(READER, done.poll.id)
    world.messenger.step_answers = [Delayed("limit")]
    with pytest.raises(DiscordSlow):
        await world.polls.end(AUTHOR, done.poll.id)
    world.messenger.poll_results = [PollResult({1: 1}, final=True)]
    await world.polls.end(AUTHOR, done.poll.id)
    assert world.messenger.ended == list(world.messenger.polls)
    await world.polls.sweep()
    assert (await poll_of(store, done.poll.id)).state is PollState.COUNTED
    for gone in (done.poll.id, 99):
        with pytest.raises(PollUnknown):
            await world.polls.end(AUTHOR, gone)
    assert (await start(world)).is_new


@pytest.mark.parametrize("outcome", [REFUSED, Sent(None)])
async def test_what_cannot_be_opened_or_counted_is_told(store: Database, outcome: Outcome) -> None:
    world = await world_of(store)
    for counting in (False, True):
        done = await start(world)
        world.messenger.answers = [outcome] if not counting and outcome is REFUSED else []
        if counting or outcome is not REFUSED:
            await world.polls.sweep()
            world.clock.advance(timedelta(days=3))
            world.messenger.poll_results = [outcome]
        await world.polls.sweep()
        poll = await poll_of(store, done.poll.id)
        assert (poll.state, bool(poll.fault), poll.wake_at) == (PollState.FAILED, True, None)
    await world.notification_outbox.sweep()
    assert [n.kind for n in world.messenger.notices if n.kind.startswith("poll")] == ["poll-failed"] * 2


async def test_a_result_that_never_becomes_final_counts_after_an_hour(store: Database) -> None:
    world = await world_of(store)
    done = await start(world, length="1 hour")
    await world.polls.sweep()
    for _ in range(40):
        world.clock.advance(timedelta(minutes=5))
        world.messenger.poll_results = [PollResult({2: 5}, final=False)]
        await world.polls.sweep()
    assert (await poll_of(store, done.poll.id)).state is PollState.COUNTED
    assert (await world.review_queue.get(AUTHOR, 2)).votes == 5


@pytest.mark.parametrize("length", ["", "soon", "30 minutes", "33 days", "3"])
async def test_a_length_that_discord_does_not_take(store: Database, length: str) -> None:
    with pytest.raises(PollLengthUnclear):
        await start(await world_of(store), length=length)


async def test_there_must_be_something_to_choose_from(store: Database) -> None:
    world = await world_of(store, ideas=2)
    with pytest.raises(NotAnAuthor):
        await world.polls.start(READER, "lamps", CHANNEL, length="1 day", answers=3)
    await world.decisions.decide(AUTHOR, 1, Decision.DECLINE)
    with pytest.raises(NothingToPoll):
        await start(world)


async def test_an_idea_that_is_erased_leaves_the_other_answers_where_they_were(store: Database) -> None:
    world = await world_of(store)
    done = await start(world)
    async with store.begin() as tx:
        await tx.suggestions.delete([2], world.clock.now())
    await world.polls.sweep()
    ((_, post, _),) = world.messenger.polls.values()
    assert [idea.number if idea is not None else None for idea in post.suggestions.values()] == [3, None, 1]
    world.clock.advance(timedelta(days=3))
    world.messenger.poll_results = [PollResult({1: 1, 2: 5, 3: 2}, final=True)]
    await world.polls.sweep()
    async with store.read() as tx:
        assert await tx.polls.get_votes([1, 2, 3]) == {3: 1, 1: 2}
    assert (await poll_of(store, done.poll.id)).choices == {1: 3, 3: 1}


async def test_it_is_posted_as_it_was_shown_or_shown_anew(store: Database) -> None:
    world = await world_of(store)
    draft = await world.polls.draft(AUTHOR, "lamps", CHANNEL, length="2 days", answers=2)
    assert [one.number for one in draft.suggestions] == [3, 2]
    assert (draft.question, draft.length, draft.running) == ("What comes next?", timedelta(days=2), None)
    assert world.messenger.polls == {}
    await world.decisions.decide(AUTHOR, 3, Decision.DECLINE)

    async def agree(seen: str) -> PollCommandResult:
        return await world.polls.start(AUTHOR, "lamps", CHANNEL, length="48 hours", answers=2, seen=seen)

    with pytest.raises(DraftOutdated) as outdated:
        await agree(draft_digest(draft))
    anew = outdated.value.draft
    assert [one.number for one in anew.suggestions] == [2, 1]
    pressed = await asyncio.gather(*(agree(draft_digest(anew)) for _ in range(3)))
    assert len({each.poll.id for each in pressed}) == 1
    assert all(each.is_new for each in pressed), "two presses are one poll, and both say so"
    running = await world.polls.draft(AUTHOR, "lamps", CHANNEL, length="2 days", answers=2)
    assert running.running == pressed[0].poll
    assert not (await agree(draft_digest(draft))).is_new, "that was another one"
    world.clock.advance(timedelta(minutes=2))
    assert not (await agree(draft_digest(anew))).is_new
    with pytest.raises(NotAnAuthor):
        await world.polls.draft(READER, "lamps", CHANNEL, length="2 days", answers=2)
