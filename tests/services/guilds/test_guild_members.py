"""Stories for chosen servers in direct messages: for members, and for nobody else."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.authorization import Viewer, may_know, may_see
from bot.domain.delivery.outcomes import Delayed
from bot.domain.errors import DiscordSlow, Refusal
from bot.domain.stories.story_refusals import NoStoryHere, StoryUnknown
from bot.domain.subscriptions.subscription import SubscriptionState
from bot.domain.suggestions.suggestion import Decision
from bot.services.guilds.guild_members import MembershipStatus
from bot.services.stories.autocomplete_choices import ChoicePurpose
from bot.services.suggestions.submission import SuggestionDraft
from bot.store.database import Database
from tests.services.fakes import AUTHOR, GUILD, READER, World, chapter, label, long_text, serial

HOME = frozenset({GUILD})
ALONE = Viewer(READER.user_id, "Reader")
MEMBER = replace(ALONE, member_of=HOME)
UNSURE = replace(ALONE, unsure=True)
AWAY = Delayed("Discord cannot be reached")

CALLS: dict[str, Callable[[World, Viewer], Awaitable[object]]] = {
    "story": lambda w, v: w.catalogue.describe_story(v, "lamps"),
    "read": lambda w, v: w.private_reader.open(v, "lamps", None),
    "read by title": lambda w, v: w.private_reader.open(v, "LAMPS", None),
    "read implied": lambda w, v: w.private_reader.open(v, None, None),
    "button": lambda w, v: w.private_reader.open_release(v, 1),
    "page": lambda w, v: w.private_reader.show_page(v, 1, 1),
    "star": lambda w, v: w.private_reader.toggle_star(v, 1, 1, 1),
    "send": lambda w, v: w.dm_pages.send_page(v, 1, 1, 1),
    "chapters": lambda w, v: w.private_reader.list_chapters(v, "lamps"),
    "follow": lambda w, v: w.followers.follow(v, "lamps"),
    "suggest": lambda w, v: w.submissions.submit(
        v, SuggestionDraft("A lamp.", story="lamps", chapter=None, anonymous=False), sure=True
    ),
    "suggest implied": lambda w, v: w.submissions.require_target(v, None, None),
    "top": lambda w, v: w.supporters.list_top(v, "lamps", 0),
}


async def world_of(store: Database, **more: object) -> World:
    text = long_text(300)
    world = World(
        store,
        serial(chapter("one", text), chapter("two", text), backlog=1, guilds=HOME, **more),  # type: ignore[arg-type]
    )
    await world.run()
    return world


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
async def test_for_others_there_is_no_such_story(
    store: Database, call: Callable[[World, Viewer], Awaitable[object]]
) -> None:
    world = await world_of(store)
    guest = replace(ALONE, guild_id=999, channel_id=5, guest=True)
    for stranger in (ALONE, guest, replace(ALONE, guild_id=999)):
        with pytest.raises(Refusal) as refused:
            await call(world, stranger)
        assert "Lamps" not in str(refused.value), "not even its title"
        assert not isinstance(refused.value, DiscordSlow)
    with pytest.raises(DiscordSlow):
        await call(world, UNSURE)
    for known in (MEMBER, replace(MEMBER, guild_id=999, guest=True), replace(ALONE, guild_id=GUILD)):
        await call(world, known)
        world.clock.advance(timedelta(minutes=1))
    assert (await world.catalogue.describe_story(Viewer(AUTHOR.user_id, "Ada"), "lamps")).is_author_of
    assert await world.catalogue.describe_story(Viewer(77, "Op", operator=True), "lamps")


async def test_no_list_and_no_choice_has_it(store: Database) -> None:
    world = await world_of(store)
    await world.submissions.submit(
        MEMBER, SuggestionDraft("A lamp.", story="lamps", chapter=None, anonymous=False)
    )
    for viewer, there in ((ALONE, False), (UNSURE, False), (MEMBER, True)):
        assert bool((await world.catalogue.list_stories(viewer)).total) is there
        for purpose in (ChoicePurpose.READ, ChoicePurpose.SUGGEST, ChoicePurpose.SUBSCRIBE):
            assert bool(await world.autocomplete_choices.story_choices(viewer, "", purpose)) is there
        assert bool(await world.autocomplete_choices.chapter_choices(viewer, "lamps", "", label)) is there
        assert bool(await world.submissions.list_own(viewer)) is there
    with pytest.raises(NoStoryHere):
        await world.private_reader.open(ALONE, None, None)
    with pytest.raises(StoryUnknown):
        await world.private_reader.open(ALONE, "lamps", None)


def test_a_server_decides_where_there_is_one() -> None:
    story = serial(guilds=HOME).story
    elsewhere = replace(MEMBER, guild_id=999)
    assert not may_know(story, elsewhere), "membership does not open it in front of others"
    assert may_see(story, replace(ALONE, guild_id=GUILD))
    assert may_know(serial().story, ALONE)


async def test_a_membership_is_asked_once_a_day(store: Database) -> None:
    world = await world_of(store)
    messenger, story = world.messenger, world.library.held["lamps"].story
    messenger.members.add((GUILD, 3))
    for _ in range(3):
        assert (await world.members.memberships(3)).guild_ids == HOME
        assert await world.members.membership_status(3, story) is MembershipStatus.MEMBER
    assert messenger.asked_members == [(GUILD, 3)]
    messenger.members.clear()
    world.clock.advance(timedelta(hours=23))
    assert await world.members.membership_status(3, story) is MembershipStatus.MEMBER, "remembered"
    messenger.member_answers = [AWAY]
    world.clock.advance(timedelta(hours=2))
    assert await world.members.membership_status(3, story) is MembershipStatus.UNSURE, "not for ever"
    assert await world.members.membership_status(3, story) is MembershipStatus.STRANGER
    messenger.members.add((GUILD, 3))
    world.clock.advance(timedelta(minutes=6))
    assert await world.members.membership_status(3, story) is MembershipStatus.MEMBER, (
        "who joins does not wait for a day"
    )
    assert await world.members.membership_status(AUTHOR.user_id, story) is MembershipStatus.MEMBER
    assert len(messenger.asked_members) == 4


async def test_who_uses_the_bot_in_a_server_is_a_member_of_it(store: Database) -> None:
    world = await world_of(store)
    await world.members.record_member(3, GUILD)
    await world.members.record_member(3, 999)
    assert (await world.members.memberships(3)).guild_ids == HOME
    assert world.messenger.asked_members == []


async def test_where_no_story_is_for_chosen_servers_discord_is_asked_nothing(store: Database) -> None:
    world = World(store, serial(chapter("one"), backlog=1))
    await world.run()
    assert (await world.members.memberships(3)).guild_ids == frozenset()
    assert world.messenger.asked_members == []


async def test_who_left_the_server_gets_no_chapters_until_they_are_back(store: Database) -> None:
    world = await world_of(store)
    world.messenger.members.add((GUILD, 3))
    await world.followers.follow(MEMBER, "lamps")
    world.messenger.members.clear()
    await world.later(minutes=31)
    assert world.messenger.posts == {}
    async with store.read() as tx:
        (own,) = await tx.subscriptions.list_by_reader(3)
    assert own.state is SubscriptionState.PARKED
    assert own.fault is not None
    assert own.fault.code == "members-only"
    for _ in range(3):
        await world.later(hours=2)
        await world.parked_recovery.sweep()
        await world.deliver()
    assert world.messenger.posts == {}
    world.messenger.members.add((GUILD, 3))
    await world.later(days=1)
    await world.parked_recovery.sweep()
    await world.deliver()
    assert world.messenger.keys_in(70_003) == ["two"]


async def test_a_chapter_waits_while_discord_does_not_say(store: Database) -> None:
    world = await world_of(store)
    world.messenger.members.add((GUILD, 3))
    await world.followers.follow(MEMBER, "lamps")
    world.messenger.member_answers = [AWAY]
    await world.later(minutes=31)
    assert world.messenger.posts == {}
    await world.later(minutes=6)
    assert world.messenger.keys_in(70_003) == ["two"]


@pytest.mark.parametrize("stays", [True, False])
async def test_a_page_in_direct_messages_turns_for_members_only(store: Database, stays: bool) -> None:
    world = await world_of(store)
    world.messenger.members.add((GUILD, 3))
    await world.dm_pages.send_page(MEMBER, 1, 1, 1)
    (message_id,) = world.messenger.posts
    if not stays:
        world.messenger.members.clear()
    await world.page_turns.turn_by(message_id, 1, 3)
    await world.page_turns.drain()
    assert len(world.messenger.edits) == int(stays)
    await world.page_turns.refresh(message_id, anyway=True)
    assert len(world.messenger.edits) == 2 * int(stays), "nor is it brought up to date for others"


@pytest.mark.parametrize("open_to", [True, False])
async def test_news_of_it_reach_members_only(store: Database, open_to: bool) -> None:
    world = await world_of(store)
    made = await world.submissions.submit(
        MEMBER, SuggestionDraft("A lamp.", story="lamps", chapter=None, anonymous=False)
    )
    await world.decisions.decide(AUTHOR, made.suggestion.number, Decision.ACCEPT)
    if open_to:
        world.messenger.members.add((GUILD, 3))
    await world.notification_outbox.sweep()
    assert [each.kind for each in world.messenger.notices] == (["idea-accepted"] if open_to else [])
    assert await world.notification_outbox.take_undelivered(ALONE) == []
