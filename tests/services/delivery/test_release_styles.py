"""Cards, publishing, threads and forums: every part once, in order, whatever happens in between."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unknown
from bot.domain.schedule.catch_up import CatchUp
from bot.domain.subscriptions.channel_refusals import ChannelUnsuitable, MentionUnheard
from bot.domain.subscriptions.release_styles import MessageForm, ReleaseStyle
from bot.domain.subscriptions.subscription import (
    DeliveryFault,
    MentionReach,
    Start,
    SubscriptionOptions,
    SubscriptionState,
)
from bot.domain.subscriptions.subscription_refusals import OptionsConflict
from bot.services.delivery.crossposting import UNPUBLISHED
from bot.services.delivery.post_messenger import ChapterPost, Destination, SearchOutcome
from bot.services.guilds.channel_survey import ChannelKind, ChannelState
from bot.services.subscriptions.subscription_requests import ListedSubscription
from bot.store.database import Database
from bot.store.delivery.crosspost_records import PendingCrosspost
from tests.services.fakes import ADMIN, CHANNEL, GUILD, NOON, World, chapter, long_text, serial

LONG = long_text(300)
FORUM = ChannelState(
    CHANNEL, GUILD, "serials", ChannelKind.FORUM, age_restricted=False, tags={5: "chapter", 6: "News"}
)
NEWS = ChannelState(CHANNEL, GUILD, "news", ChannelKind.ANNOUNCEMENT, age_restricted=False)
GONE = Refused(DeliveryFault("discord-10003", "gone", NOON))


async def world_with(
    store: Database, options: SubscriptionOptions, *chapters: object, survey: ChannelState | None = None
) -> World:
    """A world whose channel is subscribed in that style, at noon, to a story with a slot at half past."""
    world = World(store, serial(*(chapters or (chapter("one", LONG), chapter("two")))))  # type: ignore[arg-type]
    if survey is not None:
        world.messenger.surveys[CHANNEL] = survey
    await world.run()
    await world.subscribe(options=options)
    return world


def made(world: World) -> list[tuple[MessageForm, int]]:
    """What was posted, in order."""
    return [(post.shape, post.part) for _, post, _ in world.messenger.posts.values()]


def places(world: World) -> list[int]:
    """Where each post went."""
    return [to.channel_id for to, _, _ in world.messenger.posts.values()]


async def test_a_thread_has_an_opening_and_then_every_page_in_order(store: Database) -> None:
    world = await world_with(store, SubscriptionOptions(style=ReleaseStyle.THREAD, mention=77))
    await world.later(minutes=30)
    opening, *pages = world.messenger.posts
    count = len(pages)
    assert count > 3
    assert made(world) == [(MessageForm.OPENING, 0), *((MessageForm.PART, n) for n in range(1, count + 1))]
    assert places(world) == [CHANNEL, *[opening] * count], "a thread has the id of its opening"
    assert world.messenger.threads == {opening: "One"}
    assert [post.mention for _, post, _ in world.messenger.posts.values()] == [77, *[None] * count]
    assert len({nonce for _, _, nonce in world.messenger.posts.values()}) == count + 1
    text = " ".join(post.page.plain for _, post, _ in world.messenger.posts.values() if post.part)
    assert text.split() == LONG.split()
    await world.later(days=1)
    assert world.messenger.threads.keys() >= {opening}
    assert [post.release.chapter for _, post, _ in world.messenger.posts.values()][-2:] == ["two", "two"]


async def test_only_the_last_part_is_starred_and_none_is_turned(store: Database) -> None:
    world = await world_with(store, SubscriptionOptions(style=ReleaseStyle.THREAD))
    await world.later(minutes=30)
    while await world.reaction_controls.add_some():
        pass
    *rest, last = world.messenger.posts
    assert world.messenger.decorated == [last]
    for message_id in rest:
        assert await world.page_turns.turn_by(message_id, 1)
    await world.page_turns.drain()
    assert world.messenger.edits == []


async def test_a_crash_between_opening_and_thread_repeats_only_the_thread(store: Database) -> None:
    world = await world_with(store, SubscriptionOptions(style=ReleaseStyle.THREAD))
    world.messenger.step_answers = [Unknown("lost"), Delayed("busy")]
    await world.later(minutes=30)
    assert made(world) == [(MessageForm.OPENING, 0)]
    await world.later(minutes=10)
    await world.later(minutes=10)
    assert made(world).count((MessageForm.OPENING, 0)) == 1
    assert len(world.messenger.threads) == 1
    assert (MessageForm.PART, 1) in made(world)


async def test_a_thread_goes_on_at_the_part_that_is_missing(store: Database) -> None:
    world = await world_with(store, SubscriptionOptions(style=ReleaseStyle.THREAD))
    world.messenger.answers = [Sent(1), Sent(1), Unknown("lost")]
    world.messenger.lost_answers = True
    await world.later(minutes=30)
    assert made(world) == [(MessageForm.OPENING, 0), (MessageForm.PART, 1), (MessageForm.PART, 2)]
    await world.later(minutes=30)
    parts = [part for shape, part in made(world) if shape is MessageForm.PART]
    assert parts == list(range(1, len(parts) + 1))
    assert world.messenger.looked == 1


async def test_a_thread_that_somebody_deleted_gets_no_more_and_the_next_chapter_has_its_own(
    store: Database,
) -> None:
    world = await world_with(store, SubscriptionOptions(style=ReleaseStyle.THREAD))
    world.messenger.answers = [Sent(1), Sent(1), GONE]
    await world.later(minutes=30)
    assert made(world) == [(MessageForm.OPENING, 0), (MessageForm.PART, 1)]
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.state is SubscriptionState.ACTIVE
    await world.later(days=1)
    assert made(world)[2:] == [(MessageForm.OPENING, 0), (MessageForm.PART, 1)]


async def test_a_locked_thread_parks_and_goes_on_at_its_part(store: Database) -> None:
    world = await world_with(store, SubscriptionOptions(style=ReleaseStyle.THREAD))
    world.messenger.answers = [Sent(1), Sent(1), Refused(DeliveryFault("discord-160005", "locked", NOON))]
    await world.later(minutes=30)
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.state is SubscriptionState.PARKED
    await world.channel_subscriptions.resume(ADMIN, "lamps", CHANNEL)
    await world.deliver()
    parts = [part for shape, part in made(world) if shape is MessageForm.PART]
    assert made(world).count((MessageForm.OPENING, 0)) == 1
    assert parts == list(range(1, len(parts) + 1))
    assert len(parts) > 2


async def test_a_forum_post_is_plain_tagged_and_continued_in_its_own_thread(store: Database) -> None:
    world = await world_with(store, SubscriptionOptions(style=ReleaseStyle.THREAD, tag=6), survey=FORUM)
    await world.later(minutes=30)
    starter, *pages = world.messenger.posts
    (to, post, _) = world.messenger.posts[starter]
    assert (to.channel_id, to.forum, post.shape, post.options.tag) == (CHANNEL, True, MessageForm.STARTER, 6)
    assert pages
    assert places(world)[1:] == [starter] * len(pages)
    assert not any(to.forum for to, _, _ in list(world.messenger.posts.values())[1:])
    assert world.messenger.threads == {}, "a forum's post is a thread already"
    async with world.store.read() as tx:
        kept = await tx.posts.get(starter)
    assert kept is not None
    assert (kept.channel_id, kept.shape) == (starter, MessageForm.STARTER)


async def test_a_forum_starter_is_looked_for_after_any_doubt_however_short(store: Database) -> None:
    world = await world_with(
        store, SubscriptionOptions(style=ReleaseStyle.THREAD), chapter("one"), survey=FORUM
    )
    world.messenger.answers = [Unknown("lost")]
    world.messenger.lost_answers = True
    await world.later(minutes=30)
    await world.later(seconds=6)
    assert world.messenger.looked == 1
    assert made(world) == [(MessageForm.STARTER, 0), (MessageForm.PART, 1)]


async def test_a_forum_starter_that_surely_failed_needs_no_look(store: Database) -> None:
    world = await world_with(
        store, SubscriptionOptions(style=ReleaseStyle.THREAD), chapter("one"), survey=FORUM
    )
    world.messenger.answers = [Delayed("limit")]
    await world.later(minutes=30)
    await world.later(seconds=6)
    assert world.messenger.looked == 0
    assert made(world) == [(MessageForm.STARTER, 0), (MessageForm.PART, 1)]


async def test_a_look_that_discord_does_not_answer_is_taken_again(store: Database) -> None:
    world = await world_with(
        store, SubscriptionOptions(style=ReleaseStyle.THREAD), chapter("one"), survey=FORUM
    )
    world.messenger.answers = [Unknown("lost")]
    world.messenger.lost_answers = True
    await world.later(minutes=30)
    world.messenger.look_answer = SearchOutcome.LATER
    await world.later(minutes=1)
    assert made(world) == [(MessageForm.STARTER, 0)]
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.state is SubscriptionState.ACTIVE
    world.messenger.look_answer = None
    await world.later(minutes=5)
    assert made(world) == [(MessageForm.STARTER, 0), (MessageForm.PART, 1)]


async def test_a_card_announces_with_its_picture_and_has_nothing_to_turn(store: Database) -> None:
    text = f"{LONG}\n\n![a lamp](images/lamp.png)"
    world = World(store, serial(chapter("one", text, pictures=("images/lamp.png",))))
    world.library.pictures["lamps", "images/lamp.png"] = b"png"
    await world.run()
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.CARD))
    await world.later(minutes=30)
    ((message_id, (_, post, _)),) = world.messenger.posts.items()
    assert (post.shape, post.page_count) == (MessageForm.CARD, 1)
    assert [picture.path for picture in post.pictures] == ["images/lamp.png"]
    await world.page_turns.turn_by(message_id, 1)
    await world.page_turns.drain()
    assert world.messenger.edits == []
    assert world.messenger.published == []


async def published(store: Database, *more: object) -> World:
    """A world with an announcement channel whose followers get every card."""
    options = SubscriptionOptions(style=ReleaseStyle.CARD, publish=True)
    return await world_with(store, options, chapter("one"), chapter("two"), *more, survey=NEWS)


async def line(world: World) -> ListedSubscription:
    """The channel's line in /subscriptions."""
    (listed,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    return listed


async def test_a_publication_that_fails_is_tried_again_alone(store: Database) -> None:
    world = await published(store)
    world.messenger.step_answers = [Unknown("lost"), Delayed("limit", timedelta(minutes=20))]
    await world.later(minutes=30)
    await world.later(minutes=6)
    assert world.messenger.published == []
    await world.later(minutes=10)
    assert world.messenger.published == [], "Discord asked for twenty minutes"
    await world.later(minutes=11)
    assert world.messenger.published == list(world.messenger.posts)


async def test_no_post_waits_for_a_publication_and_the_list_says_what_does(store: Database) -> None:
    world = await published(store)
    assert (await line(world)).unpublished is None
    world.messenger.step_answers = [Delayed("limit", timedelta(days=2))]
    await world.later(minutes=30)
    until = world.clock.now() + timedelta(days=2)
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]
    assert world.messenger.published == []
    listed = await line(world)
    assert (listed.waiting, listed.unpublished) == (0, PendingCrosspost(2, until, None))
    await world.later(days=1)
    assert world.messenger.published == list(world.messenger.posts), "in the order in which they came"
    assert (await line(world)).unpublished is None


async def test_a_bot_that_ends_between_post_and_publication_publishes_once(store: Database) -> None:
    world = await published(store)
    world.clock.advance(timedelta(minutes=30))
    await world.publisher.publish_due()
    await world.delivery_worker.sweep()
    await world.delivery_worker.drain()
    (post,) = world.messenger.posts
    assert world.messenger.published == []
    after = World(store, *world.library.held.values())
    after.clock.set(world.clock.now())
    await after.delivery_worker.reclaim_abandoned()
    await after.run()
    await after.run()
    assert (after.messenger.published, after.messenger.posts) == ([post], {})


async def test_what_was_posted_before_publishing_was_a_step_of_its_own_is_published(store: Database) -> None:
    world = await published(store)
    world.clock.advance(timedelta(minutes=30))
    now = world.clock.now()
    await world.publisher.publish_due()
    async with store.begin() as tx:
        (job,) = await tx.deliveries.claim(now, now + timedelta(minutes=3), 9)
        await tx.deliveries.record_message(job.delivery.id, 4321)
    await world.later(minutes=10)
    assert (world.messenger.published, world.messenger.posts) == ([4321], {})


@pytest.mark.parametrize("code", ["discord-50024", "discord-50013"])
async def test_a_publication_that_is_refused_is_told_and_stops_no_chapter(store: Database, code: str) -> None:
    world = await published(store)
    refused = Refused(DeliveryFault(code, "not there", NOON))
    world.messenger.step_answers = [refused] * 30
    await world.later(minutes=30)
    await world.notification_outbox.sweep()
    (told,) = world.messenger.notices
    assert (told.user_id, told.kind, told.facts["reason"]) == (ADMIN.user_id, UNPUBLISHED, "not there")
    waits = (await line(world)).unpublished
    assert (waits is None) == (code == "discord-50024"), "what no waiting mends is given up"
    if waits is not None:
        assert waits.reason == "not there"
    await world.later(days=1)
    assert world.messenger.keys_in(CHANNEL) == ["one", "two"]
    listed = await line(world)
    assert listed.subscription.state is SubscriptionState.ACTIVE
    for _ in range(10):
        await world.later(days=1)
    assert (await line(world)).unpublished is None, "nobody takes it for news after three days"
    assert len(world.messenger.step_answers) >= 15, "asked with growing waits"


async def test_a_publication_ends_with_the_wish_for_it(store: Database) -> None:
    world = await published(store)
    world.messenger.step_answers = [Delayed("limit", timedelta(hours=1))]
    await world.later(minutes=30)
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.CARD))
    await world.later(hours=2)
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.CARD, publish=True))
    await world.later(hours=2)
    assert world.messenger.published == []
    world.messenger.step_answers = [Delayed("limit", timedelta(hours=1))]
    await world.later(hours=21)
    assert (await line(world)).unpublished is not None
    await world.channel_subscriptions.unsubscribe(ADMIN, "lamps", CHANNEL)
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.CARD, publish=True))
    await world.later(hours=2)
    assert world.messenger.published == []


async def test_a_turned_post_keeps_the_chapters_it_names(store: Database) -> None:
    world = World(
        store, serial(chapter("one"), chapter("two"), chapter("three", LONG), catch_up=CatchUp.LATEST)
    )
    await world.run()
    await world.subscribe(options=SubscriptionOptions(mention=9))
    await world.later(days=3)
    ((message_id, (_, post, _)),) = world.messenger.posts.items()
    assert [release.chapter for release in post.skipped] == ["one", "two"]
    await world.page_turns.turn_by(message_id, 1)
    await world.page_turns.drain()
    ((_, shown),) = world.messenger.edits
    assert [release.chapter for release in shown.skipped] == ["one", "two"]
    assert shown.mention == 9


@pytest.mark.parametrize(
    ("options", "survey", "said"),
    [
        (SubscriptionOptions(), FORUM, "style `thread`"),
        (SubscriptionOptions(style=ReleaseStyle.CARD), FORUM, "style `thread`"),
        (SubscriptionOptions(publish=True), NEWS, "style `card`"),
        (SubscriptionOptions(style=ReleaseStyle.CARD, publish=True), None, "announcement channel"),
        (SubscriptionOptions(tag=5), None, "only forums"),
        (SubscriptionOptions(style=ReleaseStyle.THREAD, tag=99), FORUM, "no longer has that tag"),
        (
            SubscriptionOptions(style=ReleaseStyle.THREAD),
            ChannelState(CHANNEL, GUILD, "t", ChannelKind.THREAD, age_restricted=False),
            "text channel or a forum",
        ),
        (
            SubscriptionOptions(style=ReleaseStyle.THREAD),
            ChannelState(
                CHANNEL,
                GUILD,
                "f",
                ChannelKind.FORUM,
                age_restricted=False,
                tags={5: "chapter"},
                requires_tag=True,
            ),
            "needs a tag",
        ),
    ],
)
async def test_what_does_not_go_together_is_said_and_not_stored(
    store: Database, options: SubscriptionOptions, survey: ChannelState | None, said: str
) -> None:
    world = World(store, serial(chapter("one")))
    if survey is not None:
        world.messenger.surveys[CHANNEL] = survey
    await world.run()
    with pytest.raises(ChannelUnsuitable, match=said):
        await world.subscribe(options=options)
    assert await world.channel_subscriptions.list_subscriptions(ADMIN) == []


async def test_a_tag_is_taken_by_name_or_by_choice(store: Database) -> None:
    world = World(store, serial(chapter("one")))
    world.messenger.surveys[CHANNEL] = FORUM
    await world.run()
    assert next(c.value for c in await world.channel_subscriptions.tag_choices(ADMIN, CHANNEL, "n")) == "6"
    with pytest.raises(ChannelUnsuitable, match="chapter, News"):
        await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.THREAD), tag="gossip")
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.THREAD), tag=" news ")
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.options.tag == 6
    await world.subscribe(options=SubscriptionOptions(), given=(), tag="5")
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.options == SubscriptionOptions(style=ReleaseStyle.THREAD, tag=5)


async def test_repeating_changes_what_is_given_and_keeps_the_rest(store: Database) -> None:
    world = await world_with(store, SubscriptionOptions(mention=7, style=ReleaseStyle.CARD))
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.PAGES), given=["style"])
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.options == SubscriptionOptions(mention=7)
    with pytest.raises(OptionsConflict, match="does not work"):
        await world.subscribe(options=SubscriptionOptions(pace="whenever"), given=["pace"])
    (line,) = await world.channel_subscriptions.list_subscriptions(ADMIN)
    assert line.subscription.options == SubscriptionOptions(mention=7)


async def test_a_mention_that_nobody_would_hear_is_said(store: Database) -> None:
    world = World(store, serial(chapter("one")))
    await world.run()
    world.messenger.roles[7] = MentionReach.UNHEARD
    with pytest.raises(MentionUnheard, match="role’s settings"):
        await world.subscribe(options=SubscriptionOptions(mention=7))
    assert await world.channel_subscriptions.list_subscriptions(ADMIN) == []


async def test_a_channel_that_begins_anew_in_the_middle_of_a_thread_gets_a_whole_one(store: Database) -> None:
    world = await world_with(store, SubscriptionOptions(style=ReleaseStyle.THREAD), chapter("one", LONG))
    send, sent = world.messenger.post, []

    async def post(to: Destination, what: ChapterPost, nonce: str) -> Outcome:
        sent.append(what.part)
        if sent == [0, 1]:
            await world.channel_subscriptions.unsubscribe(ADMIN, "lamps", CHANNEL)
            await world.subscribe(
                options=SubscriptionOptions(style=ReleaseStyle.THREAD), start=Start.BEGINNING
            )
        return await send(to, what, nonce)

    world.messenger.post = post  # type: ignore[method-assign]
    await world.later(minutes=30)
    count = sent[-1]
    assert sent == [0, 1, *range(count + 1)]
    (first, second) = world.messenger.threads
    assert places(world) == [CHANNEL, first, CHANNEL, *[second] * count]


async def test_a_crash_after_the_effect_leaves_nothing_to_repeat(store: Database) -> None:
    """The claim of a process that died is taken over: what it made is found, what it had not made is made."""
    world = await world_with(store, SubscriptionOptions(style=ReleaseStyle.THREAD), chapter("one"))
    world.clock.advance(timedelta(minutes=30))
    await world.publisher.publish_due()
    now = world.clock.now()
    async with world.store.begin() as tx:
        (job,) = await tx.deliveries.claim(now, now + timedelta(minutes=3), 9)
        await tx.deliveries.record_message(job.delivery.id, 4711)
    await world.delivery_worker.reclaim_abandoned()
    await world.later(minutes=10)
    assert world.messenger.threads == {4711: "One"}
    assert made(world) == [(MessageForm.PART, 1)]
    assert places(world) == [4711]
