"""What keeps authors from being flooded, and readers from each other's links."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from bot.domain.suggestions.submission_refusals import (
    ReaderBlocked,
    SuggestingTooFast,
    SuggestionsFull,
    WordUnwelcome,
)
from bot.domain.suggestions.suggestion import Decision, SuggestionState
from bot.domain.suggestions.suggestion_refusals import (
    AnonymousUnnamed,
    BlockSelf,
    BlockUnknown,
    MakerUnknown,
    SuggestionNotYours,
    SuggestionUnknown,
    SupportClosed,
)
from bot.services.suggestions.decisions import DecisionDetails
from bot.services.suggestions.limits import SuggestionLimits
from bot.services.suggestions.similarity import SimilarityIndex
from bot.services.suggestions.submission import Submissions, SuggestionDraft
from bot.store.database import Database
from bot.store.tables import suggestion
from tests.services.fakes import AUTHOR, READER, STRANGER
from tests.services.suggestions.suggestion_helpers import find, make, reader, world_of


async def test_ideas_at_the_same_moment_keep_to_the_limits(store: Database) -> None:
    world = await world_of(store)
    many = await asyncio.gather(
        *(
            world.submissions.submit(
                READER, SuggestionDraft(f"Idea {n}", story="lamps", chapter=None, anonymous=False)
            )
            for n in range(8)
        ),
        return_exceptions=True,
    )
    assert sum(isinstance(one, SuggestingTooFast) for one in many) == 7


async def test_a_story_has_room_for_so_many(store: Database) -> None:
    world = await world_of(store)
    limits = SuggestionLimits(open_per_story=2, cooldown=timedelta(0))
    world.submissions = Submissions(store, world.clock, SimilarityIndex(store), limits)
    first = (await make(world, reader(10), "One")).suggestion.number
    await make(world, reader(11), "Two")
    with pytest.raises(SuggestionsFull):
        await make(world, reader(12), "Three")
    await world.decisions.decide(AUTHOR, first, Decision.DECLINE)
    await make(world, reader(12), "Three")


async def test_a_word_that_is_not_wanted(store: Database) -> None:
    world = await world_of(store)
    for idea in ("Such a BLÍSTER!", "bl\u200bister", "ここにガスがある"):
        with pytest.raises(WordUnwelcome):
            await make(world, idea=idea)
    await make(world, idea="Blistering barnacles")


async def test_links_and_invites_wait_for_the_author(store: Database) -> None:
    world = await world_of(store)
    number = (await make(world, idea="Look: [here](https://a.test)")).suggestion.number
    held = await find(world, number)
    assert (held.held, held.text) == (True, "Look: [here](https://a.test)")
    assert (await make(world, STRANGER, "look here")).similar == ()
    assert [
        each.suggestion.number for each in (await world.supporters.list_top(STRANGER, "lamps")).suggestions
    ] == [2]
    await world.decisions.decide(AUTHOR, number, Decision.ACCEPT)
    assert not (await find(world, number)).held
    assert len((await world.supporters.list_top(STRANGER, "lamps")).suggestions) == 2


async def test_whoever_is_blocked_by_an_idea_makes_no_more_for_that_story(store: Database) -> None:
    world = await world_of(store)
    number = (await make(world, anonymous=True)).suggestion.number
    once = await world.block_list.block(AUTHOR, number)
    assert await world.block_list.block(AUTHOR, number) == once
    with pytest.raises(ReaderBlocked):
        await make(world)
    await make(world, STRANGER)
    await world.personal_data.erase(READER, keep_suggestions=True)
    with pytest.raises(ReaderBlocked):
        await make(world)
    assert await world.block_list.block(AUTHOR, number) == once
    await world.block_list.unblock(AUTHOR, number)
    await make(world)
    with pytest.raises(BlockUnknown):
        await world.block_list.unblock(AUTHOR, number)


@pytest.mark.parametrize("same", [True, False])
async def test_blocking_does_not_tell_whether_two_ideas_are_of_one_person(
    store: Database, same: bool
) -> None:
    """A named idea's maker is blocked; whatever is done with an anonymous one then is answered alike, and the tables
    look alike but for the hash, whether the same reader made it or another."""
    world = await world_of(store)
    named = (await make(world)).suggestion.number
    hidden = (await make(world, READER if same else STRANGER, anonymous=True)).suggestion.number
    answers = [await world.block_list.block(AUTHOR, named)]
    answers += [await world.block_list.block(AUTHOR, hidden) for _ in range(2)]
    answers.append(await world.block_list.unblock(AUTHOR, hidden))
    with pytest.raises(BlockUnknown):
        await world.block_list.unblock(AUTHOR, hidden)
    lamps = (await find(world, named)).story
    assert [(each.number, each.story.slug) for each in answers] == [
        (number, lamps) for number in (named, hidden, hidden, hidden)
    ]
    export = json.loads((await world.personal_data.export(AUTHOR)).text)
    assert [each["suggestion"] for each in export["readers_blocked"]] == [named]
    with pytest.raises(ReaderBlocked):
        await make(world)
    await make(world, STRANGER)


async def test_a_block_stands_until_it_is_undone_by_its_own_number_also_where_the_idea_is_gone(
    store: Database,
) -> None:
    world = await world_of(store)
    first, second = [(await make(world, anonymous=True)).suggestion.number for _ in range(2)]
    await world.block_list.block(AUTHOR, first)
    await world.block_list.block(AUTHOR, second)
    await world.block_list.unblock(AUTHOR, first)
    with pytest.raises(ReaderBlocked):
        await make(world)
    await world.personal_data.erase(READER, keep_suggestions=False)
    with pytest.raises(ReaderBlocked):
        await make(world)
    with pytest.raises(SuggestionUnknown):
        await world.block_list.unblock(STRANGER, second)
    await world.block_list.unblock(AUTHOR, second)
    await make(world)


async def test_who_was_erased_before_hashes_were_kept(store: Database) -> None:
    """Nobody can be blocked by such ideas. Of an anonymous one that is not told: who is erased with it would be."""
    world = await world_of(store)
    named, hidden = (
        (await make(world)).suggestion.number,
        (await make(world, anonymous=True)).suggestion.number,
    )
    async with store.begin() as tx:
        forgotten = {"maker": None, "maker_name": None}
        await tx.personal_data._connection.execute(update(suggestion).values(forgotten))  # type: ignore[attr-defined]
    with pytest.raises(MakerUnknown):
        await world.block_list.block(AUTHOR, named)
    assert (await world.block_list.block(AUTHOR, hidden)).number == hidden
    assert (await world.block_list.unblock(AUTHOR, hidden)).number == hidden
    await make(world)


async def test_taking_back_what_a_chapter_to_come_uses_tells_nothing_of_it(store: Database) -> None:
    world = await world_of(store)
    number = (await make(world)).suggestion.number
    await world.decisions.decide(AUTHOR, number, Decision.ACCEPT, DecisionDetails(reason="Yes"))
    before = await world.submissions.get_own(READER, number)
    await world.decisions.decide(
        AUTHOR, number, Decision.USED, DecisionDetails(chapter="two", reason="In the next one")
    )
    assert await world.submissions.get_own(READER, number) == before
    assert [choice.value for choice in await world.submissions.withdrawable_choices(READER, "")] == [
        str(number)
    ]
    with pytest.raises(SupportClosed, match="is already accepted"):
        await world.supporters.support(STRANGER, number)
    taken = await world.submissions.withdraw(READER, number)
    assert taken.suggestion.state is SuggestionState.WITHDRAWN
    await world.later(minutes=30)
    await world.notification_outbox.sweep()
    assert not [notice for notice in world.messenger.notices if notice.kind == "idea-used"]


async def test_an_unknown_number_and_another_s_are_answered_alike(store: Database) -> None:
    world = await world_of(store)
    others, own = (await make(world)).suggestion.number, (await make(world, STRANGER)).suggestion.number
    said = set()
    for number in (others, own + 1, 2**53 - 1, 2**63, 10**19):
        for call in (
            world.submissions.withdraw,
            world.submissions.get_own,
            world.submissions.toggle_credit_name,
            lambda who, number: world.supporters.replace_own(who, others, own=number),
        ):
            with pytest.raises(SuggestionNotYours) as refused:
                await call(STRANGER, number)
            said.add(str(refused.value).replace(str(number), "N"))
    assert len(said) == 1


async def test_only_authors_block_and_not_themselves(store: Database) -> None:
    world = await world_of(store)
    number, own = (await make(world)).suggestion.number, (await make(world, AUTHOR)).suggestion.number
    for call in (world.block_list.block, world.block_list.unblock):
        with pytest.raises(SuggestionUnknown):
            await call(STRANGER, number)
    with pytest.raises(BlockSelf):
        await world.block_list.block(AUTHOR, own)


async def test_being_named_is_asked_for_and_never_with_anonymous(store: Database) -> None:
    world = await world_of(store)
    plain = (await make(world)).suggestion
    assert not plain.name_me
    assert (await make(world, name_me=True)).suggestion.credit_name == READER.name
    assert (
        await world.submissions.toggle_credit_name(READER, plain.number)
    ).suggestion.credit_name == READER.name
    assert (await world.submissions.toggle_credit_name(READER, plain.number)).suggestion.credit_name is None
    with pytest.raises(SuggestionNotYours):
        await world.submissions.toggle_credit_name(STRANGER, plain.number)
    hidden = (await make(world, anonymous=True, name_me=True)).suggestion
    assert not hidden.name_me
    with pytest.raises(AnonymousUnnamed):
        await world.submissions.toggle_credit_name(READER, hidden.number)


async def test_alike_ones_follow_what_becomes_of_them(store: Database) -> None:
    world = await world_of(store)
    first = (await make(world, reader(10), "The dog should survive the fire")).suggestion.number
    second = await make(world, reader(11), "Please let the dog survive the fire!")
    assert [one.number for one in second.similar] == [first]
    third = await make(world, reader(12), "let the dog survive the fire")
    assert {one.number for one in third.similar} == {first, second.suggestion.number}
    await world.decisions.decide(AUTHOR, first, Decision.DECLINE)
    await world.submissions.withdraw(reader(11), second.suggestion.number)
    assert [one.number for one in (await make(world, reader(13), "dog survives the fire")).similar] == [3]
    await world.decisions.decide(AUTHOR, first, Decision.REOPEN)
    again = await world.submissions.get_own_with_similar(reader(12), 3)
    assert {one.number for one in again.similar} == {first, 4}
    assert (await make(world, reader(12), "let the dog survive the fire")).similar[0].number != 3


async def test_ideas_are_alike_within_a_story_only(store: Database) -> None:
    world = await world_of(store)
    other = replace(world.library.held["lamps"].story, slug="tides", title="Tides")
    world.library.put(replace(world.library.held["lamps"], story=other))
    await world.run()
    await make(world, reader(10), "Let the dog survive", story="tides")
    assert (await make(world, reader(11), "Let the dog survive")).similar == ()
