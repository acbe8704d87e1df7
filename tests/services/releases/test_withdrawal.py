"""Withdrawal: a notice in the place of a chapter, and the chapter again on its return."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from bot.domain.stories.story import RevisionNote
from bot.domain.subscriptions.subscription import Start, SubscriptionOptions
from bot.services.delivery.post_messenger import SearchOutcome
from bot.store.database import Database
from tests.services.fakes import OTHER_CHANNEL, READER, World, chapter, label, serial
from tests.services.releases.revision_helpers import LONG, edited, posted, refreshed, release_of, turn_to


async def test_a_withdrawn_chapter_becomes_a_notice_and_returns_at_the_same_page(store: Database) -> None:
    world, (message,) = await posted(store, chapter("two"))
    before = await turn_to(world, message, 4)
    await edited(world, draft=True)
    await refreshed(world)
    (_, notice) = world.messenger.edits[-1]
    assert notice.release.is_withdrawn
    assert notice.mention is None
    edits = len(world.messenger.edits)
    assert await world.page_turns.turn_by(message, +1)
    await world.page_turns.drain()
    assert len(world.messenger.edits) == edits
    await edited(world, draft=False)
    await refreshed(world)
    (_, after) = world.messenger.edits[-1]
    assert not after.release.is_withdrawn
    assert (after.page, after.page_number) == (before.page, 4)
    assert len(world.messenger.posts) == 1


async def test_a_withdrawn_chapter_may_be_rewritten_unseen(store: Database) -> None:
    world, _ = await posted(store)
    await edited(world, draft=True)
    await edited(world, "Not yet.")
    await edited(world, "Nearly.")
    assert (await release_of(store)).revision == 2
    await edited(world, "Now.", draft=False, revision=RevisionNote(1, "Rewritten."))
    await refreshed(world)
    (_, post) = world.messenger.edits[-1]
    assert (post.page.plain, post.edition.announcement) == ("Now.", "Rewritten.")


async def test_a_withdrawal_survives_a_restart_and_hides_the_text_everywhere(store: Database) -> None:
    world, _ = await posted(store, chapter("two"))
    release = await release_of(store)
    await world.private_reader.show_page(READER, release.id, 3)
    await edited(world, draft=True)
    restarted = World(store, *world.library.held.values())
    await restarted.run()
    for view in (
        await restarted.private_reader.open(READER, None, None),
        await restarted.private_reader.open(READER, "lamps", "one"),
        await restarted.private_reader.open_release(READER, release.id),
        await restarted.private_reader.show_page(READER, release.id, 3),
        await restarted.private_reader.show_page(READER, release.id, -1, revision=1),
    ):
        assert view.release.is_withdrawn
        assert (view.page.blocks, view.pictures, view.page_count) == ((), (), 1)
    async with store.read() as tx:
        bookmark = await tx.bookmarks.get(READER.user_id, "lamps")
    assert bookmark is not None
    assert bookmark.last.offset > 0
    (choice,) = await restarted.autocomplete_choices.chapter_choices(READER, "lamps", "", label)
    assert "withdrawn" in choice.label
    (listed,) = (await restarted.catalogue.describe_story(READER, "lamps")).releases
    assert listed.is_withdrawn
    await edited(restarted, draft=False)
    assert (await restarted.private_reader.open(READER, None, None)).page_number == 3
    (choice,) = await restarted.autocomplete_choices.chapter_choices(READER, "lamps", "", label)
    assert "withdrawn" not in choice.label


async def test_the_chapters_around_a_withdrawn_one_stay_in_reach(store: Database) -> None:
    world = World(store, serial(chapter("one"), chapter("two"), chapter("three"), backlog=3))
    await world.run()
    held = world.library.held["lamps"]
    one, two, three = held.chapters
    world.library.put(replace(held, chapters=(one, replace(two, draft=True), three)))
    await world.content_sync.sync()
    view = await world.private_reader.open(READER, "lamps", "two")
    assert view.previous is not None
    assert view.following is not None
    assert (view.previous.chapter, view.following.chapter) == ("one", "three")
    async with store.read() as tx:
        assert await tx.bookmarks.get(READER.user_id, "lamps") is None


async def test_stars_stay_over_a_withdrawal(store: Database) -> None:
    world, (message,) = await posted(store)
    await world.page_turns.set_star(message, READER.user_id, True)
    await edited(world, draft=True)
    await refreshed(world)
    await world.page_turns.set_star(message, READER.user_id + 1, True)
    release = await release_of(store)
    async with store.read() as tx:
        assert (await tx.counters.count_by_release([release.id]))[release.id].votes == 2


async def test_a_file_that_vanishes_withdraws_nothing(store: Database) -> None:
    world, _ = await posted(store, chapter("two"))
    held = world.library.held["lamps"]
    world.library.put(replace(held, chapters=held.chapters[1:]))
    await world.content_sync.sync()
    world.library.held.clear()
    await world.content_sync.sync()
    assert await world.post_refresh.run_batch() is None
    assert (await world.private_reader.open(READER, "lamps", "one")).page.plain


async def test_a_chapter_withdrawn_before_its_delivery_is_posted_as_its_notice_in_order(
    store: Database,
) -> None:
    world = World(store, serial(chapter("one", LONG), chapter("two"), backlog=2))
    await world.run()
    await world.subscribe(start=Start.BEGINNING, options=SubscriptionOptions(mention=77))
    held = world.library.held["lamps"]
    world.library.put(replace(held, chapters=(replace(held.chapters[0], draft=True), held.chapters[1])))
    await world.run()
    await world.later(minutes=10)
    (first, second) = (post for _, post, _ in world.messenger.posts.values())
    assert (first.release.chapter, first.release.is_withdrawn, first.mention) == ("one", True, None)
    assert (second.release.chapter, second.release.is_withdrawn) == ("two", False)
    world.library.put(held)
    await world.content_sync.sync()
    await refreshed(world)
    ((message, post),) = world.messenger.edits
    assert message == next(iter(world.messenger.posts))
    assert (post.release.is_withdrawn, post.page_number) == (False, 1)


async def test_a_chapter_withdrawn_while_its_delivery_is_claimed_goes_out_as_its_notice(
    store: Database,
) -> None:
    """What was claimed with the text of before is composed with what holds when it is sent."""
    world, _ = await posted(store)
    await world.subscribe(channel_id=OTHER_CHANNEL, start=Start.BEGINNING)
    now = world.clock.now()
    async with store.begin() as tx:
        (job,) = await tx.deliveries.claim(now, now + timedelta(minutes=3), 1)
    await edited(world, draft=True)
    assert not job.release.is_withdrawn
    await world.later(minutes=4)
    world.messenger.look_answer = SearchOutcome.ABSENT
    posts = [post for to, post, _ in world.messenger.posts.values() if to.channel_id == OTHER_CHANNEL]
    assert [post.release.is_withdrawn for post in posts] == [True]
