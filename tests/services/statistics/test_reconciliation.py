"""Stars and comments that nobody told of are read from Discord."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.delivery.message_ids import lowest_id_at
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unknown
from bot.domain.statistics.counters import Counters
from bot.domain.subscriptions.release_styles import MessageForm, ReleaseStyle
from bot.domain.subscriptions.subscription import DeliveryFault, SubscriptionOptions
from bot.kit.rate_limiter import RateLimiter, SpareRate
from bot.services.people.pseudonyms import pseudonym
from bot.services.statistics.counters import CounterTracker
from bot.services.statistics.reconciliation import PLACE, Reconciliation
from bot.store.database import Database
from bot.store.delivery.post_records import Post
from tests.services.fakes import CHANNEL, GUILD, NOON, World, chapter, serial
from tests.support.databases import scratch_store
from tests.support.profiles import examples

POST = lowest_id_at(NOON - timedelta(hours=1))


async def world_with(
    store: Database, *messages: int, shape: MessageForm = MessageForm.PAGES
) -> tuple[World, int]:
    """A released chapter with these posts, each in a channel of its own; and the release's id."""
    world = World(store, serial(chapter("one"), backlog=1))
    await world.content_sync.sync()
    await world.publisher.publish_due()
    async with store.begin() as tx:
        (release,) = await tx.releases.list_by_story("lamps")
        await tx.posts.add_all(
            [Post(each, CHANNEL, GUILD, release.id, None, 1, 1, 1, True, shape=shape) for each in messages]
        )
    return world, release.id


async def go_through(recounting: Reconciliation) -> int:
    """Work until nothing is left; returns in how many goes."""
    goes = 0
    while await recounting.run_batch() is not None:
        goes += 1
        assert goes < 100
    return goes


async def stars(store: Database, message: int) -> set[int]:
    async with store.read() as tx:
        return await tx.counters.list_star_owners(message)


async def figures(store: Database, release_id: int) -> Counters:
    async with store.read() as tx:
        return (await tx.counters.count_by_release([release_id]))[release_id]


async def test_stars_given_and_taken_back_meanwhile_are_found(store: Database) -> None:
    world, release = await world_with(store, POST)
    for user in (1, 2):
        await world.page_turns.set_star(POST, user, True)
    crowd = {user: user % 3 == 0 for user in range(2, 452)}
    world.messenger.starred[POST] = crowd
    assert await go_through(world.reconciliation) == 0, "nothing was missed"
    world.reconciliation.schedule_full_pass()
    await go_through(world.reconciliation)
    assert await stars(store, POST) == set(crowd)
    assert await figures(store, release) == Counters(reads=451, votes=450)


async def test_posts_of_the_last_thirty_days_once_each(store: Database) -> None:
    messages = [lowest_id_at(NOON - timedelta(days=days)) for days in range(1, 40)]
    world, _ = await world_with(store, *messages)
    for each in messages:
        world.messenger.starred[each] = {7: False}
    world.reconciliation.schedule_full_pass()
    assert await go_through(world.reconciliation) == 4
    for days, message in enumerate(messages, start=1):
        assert await stars(store, message) == ({7} if days < 30 else set())
    world.messenger.starred.clear()
    assert await go_through(world.reconciliation) == 0


async def test_a_restart_in_the_middle_goes_on_there_and_comes_round(store: Database) -> None:
    messages = [POST - each for each in range(30)]
    world, _ = await world_with(store, *messages)
    world.reconciliation.schedule_full_pass()
    await world.reconciliation.run_batch()
    for each in messages:
        world.messenger.starred[each] = {7: False}
    restarted = World(store)
    restarted.messenger = world.messenger
    recounting = Reconciliation(
        store, world.messenger, world.counters, world.clock, spare_rate=SpareRate(RateLimiter(100_000))
    )
    recounting.schedule_full_pass()
    await recounting.run_batch()
    assert [await stars(store, each) for each in messages[8:16]] == [{7}] * 8
    assert await stars(store, messages[0]) == set()
    await go_through(recounting)
    assert [await stars(store, each) for each in messages] == [{7}] * 30
    async with store.read() as tx:
        assert await tx.key_values.get(PLACE) == ""


async def test_whoever_was_erased_stays_so(store: Database) -> None:
    world, release = await world_with(store, POST)
    world.messenger.starred[POST] = {5: False, 6: True}
    async with store.begin() as tx:
        await tx.personal_data.record_erasure(await pseudonym(tx, 5), NOON)
    world.reconciliation.schedule_full_pass()
    await go_through(world.reconciliation)
    assert await stars(store, POST) == {6}
    assert await figures(store, release) == Counters(reads=1, votes=1)


async def test_a_post_that_is_gone_or_out_of_sight_keeps_its_votes(store: Database) -> None:
    world, _ = await world_with(store, POST, POST - 1)
    for message in (POST, POST - 1):
        await world.page_turns.set_star(message, 5, True)
    world.messenger.look_answers = [Sent(None), Refused(DeliveryFault("discord-50001", "unseen", NOON))]
    world.reconciliation.schedule_full_pass()
    await go_through(world.reconciliation)
    assert await stars(store, POST) == await stars(store, POST - 1) == {5}


async def test_a_busy_discord_is_waited_for_and_a_silent_one_not_for_ever(store: Database) -> None:
    world, _ = await world_with(store, POST)
    world.messenger.starred[POST] = {5: False}
    busy: list[Outcome] = [Delayed("limit", timedelta(seconds=90))]
    world.messenger.look_answers = busy
    world.reconciliation.schedule_full_pass()
    assert await world.reconciliation.run_batch() == NOON + timedelta(seconds=90)
    assert await world.reconciliation.run_batch() == NOON + timedelta(seconds=90)
    assert await stars(store, POST) == set()
    world.clock.advance(timedelta(seconds=91))
    await go_through(world.reconciliation)
    assert await stars(store, POST) == {5}
    world.messenger.look_answers = [Unknown("no answer")] * 3
    world.reconciliation.schedule_full_pass()
    for _ in range(3):
        await world.reconciliation.run_batch()
        world.clock.advance(timedelta(minutes=1))
    assert await go_through(world.reconciliation) == 0


async def test_reactions_that_were_cleared_take_their_votes_with_them(store: Database) -> None:
    world, release = await world_with(store, POST)
    woken: list[None] = []
    world.counters.on_marked.subscribe(lambda: woken.append(None))
    await world.page_turns.set_star(POST, 5, True)
    await world.page_turns.restore_controls(POST)
    assert woken
    await go_through(world.reconciliation)
    assert (await figures(store, release)).votes == 0


async def test_comments_are_what_others_say_in_a_thread(store: Database) -> None:
    world, release = await world_with(store, POST, shape=MessageForm.OPENING)
    part = Post(POST + 1, POST, GUILD, release, None, 1, 1, 1, True, shape=MessageForm.PART, part=1)
    async with store.begin() as tx:
        await tx.posts.add(part)
    await world.reconciliation.record_thread_counts({POST: 4, 12345: 9})
    assert (await figures(store, release)).comments == 3
    # Nothing is told of new messages: a young thread is asked for them every ten minutes.
    world.messenger.talk[POST] = 8
    await go_through(world.reconciliation)
    assert (await figures(store, release)).comments == 3
    world.clock.advance(timedelta(minutes=11))
    await go_through(world.reconciliation)
    assert (await figures(store, release)).comments == 7
    del world.messenger.talk[POST]
    world.clock.advance(timedelta(hours=1, minutes=1))
    await go_through(world.reconciliation)
    assert (await figures(store, release)).comments == 0


async def test_a_thread_that_was_told_of_too_early_is_asked_for(store: Database) -> None:
    world, release = await world_with(store, POST, POST - 1, shape=MessageForm.OPENING)
    world.messenger.talk[POST] = 2
    await go_through(world.reconciliation)
    assert (await figures(store, release)).comments == 2
    assert await world.reconciliation.run_batch() is None, "the other's thread is gone, and that is known now"


async def test_a_thread_out_of_sight_keeps_its_count_and_is_left_for_a_while(store: Database) -> None:
    world, release = await world_with(store, POST)
    await world.reconciliation.record_thread_counts({POST: 4})
    world.clock.advance(timedelta(hours=2))
    world.messenger.look_answers = [Refused(DeliveryFault("discord-50001", "unseen", NOON))]
    await go_through(world.reconciliation)
    assert world.messenger.look_answers == []
    assert (await figures(store, release)).comments == 4
    assert await world.reconciliation.run_batch() is None


async def test_threads_opened_meanwhile_are_found_under_their_posts(store: Database) -> None:
    world, release = await world_with(store, POST)
    world.messenger.talk[POST] = 3
    world.reconciliation.schedule_full_pass()
    await go_through(world.reconciliation)
    assert (await figures(store, release)).comments == 3
    await world.reconciliation.forget_threads([POST])
    assert (await figures(store, release)).comments == 0


async def test_a_chapter_in_a_thread_has_the_bots_own_pages_not_counted(store: Database) -> None:
    world = World(store, serial(chapter("one"), chapter("two")))
    world.messenger.ids_from = POST
    await world.run()
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.THREAD))
    await world.later(minutes=30)
    (thread,) = world.messenger.threads
    release = world.messenger.posts[thread][1].release.id
    pages = len(world.messenger.posts) - 1
    await world.reconciliation.record_thread_counts({thread: pages + 2})
    assert (await figures(store, release)).comments == 2


@dataclass
class Discord:
    """What is true of two posts, told to a bot that is not always there."""

    store: Database
    world: World
    posts: tuple[int, ...]
    release: int
    up: bool = True
    told: list[asyncio.Task[bool]] = field(default_factory=list)

    def star(self, post: int, user: int, on: bool) -> None:
        stars = self.world.messenger.starred.setdefault(post, {})
        if (user in stars) is on:
            return
        if on:
            stars[user] = user % 2 == 0
        else:
            del stars[user]
        if self.up:
            self.told.append(asyncio.create_task(self.world.page_turns.set_star(post, user, on)))

    async def settle(self) -> None:
        await asyncio.gather(*self.told)
        self.told.clear()

    async def restart(self) -> None:
        """The bot comes (back); what is under way there is done."""
        await self.settle()
        world = self.world
        world.counters = CounterTracker(self.store, world.clock)
        world.page_turns._counters = world.counters
        world.reconciliation = Reconciliation(
            self.store,
            world.messenger,
            world.counters,
            world.clock,
            spare_rate=SpareRate(RateLimiter(100_000)),
        )
        world.reconciliation.schedule_full_pass()
        self.up = True


_USERS, _POSTS = st.integers(1, 4), st.integers(0, 2)
_STAR = st.tuples(st.just("star"), _POSTS, _USERS, st.booleans())
_ACTS = st.lists(
    st.one_of(
        _STAR,
        st.tuples(st.just("down")),
        st.tuples(st.just("up")),
        st.tuples(st.just("some")),
        st.tuples(st.just("during"), st.integers(0, 12), st.lists(_STAR, max_size=4)),
    ),
    max_size=14,
)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60), deadline=None
)
@given(_ACTS)
async def test_whatever_happens_the_votes_are_whose_stars_stand(acts: list[tuple[object, ...]]) -> None:
    async with scratch_store() as store:
        posts = (POST, POST - 1, POST - 2)
        world, release = await world_with(store, *posts)
        await live_through(Discord(store, world, posts, release), acts)
        for post in posts:
            assert await stars(store, post) == set(world.messenger.starred.get(post, {}))
        voters = set().union(*world.messenger.starred.values()) if world.messenger.starred else set()
        assert (await figures(store, release)).votes == len(voters)


async def live_through(discord: Discord, acts: list[tuple[object, ...]]) -> None:
    """Do all that, and count until nothing is left to count."""

    def star(act: tuple[object, ...]) -> None:
        _, post, user, on = act
        discord.star(discord.posts[post], user, on)  # type: ignore[index, arg-type]

    for act in acts:
        match act:
            case ("star", *_):
                star(act)
            case ("down",):
                await discord.settle()
                discord.up = False
            case ("up",):
                await discord.restart()
            case ("some",) if discord.up:
                await discord.world.reconciliation.run_batch()
            case ("during", int(steps), list(stars_meanwhile)) if discord.up:
                under_way = asyncio.create_task(discord.world.reconciliation.run_batch())
                for _ in range(steps):
                    await asyncio.sleep(0)
                for each in stars_meanwhile:
                    star(each)
                    await asyncio.sleep(0)
                await under_way
    if not discord.up:
        await discord.restart()
    await discord.settle()
    await go_through(discord.world.reconciliation)
