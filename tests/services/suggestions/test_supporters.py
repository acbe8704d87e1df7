"""Standing behind others' ideas."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from bot.domain.errors import Refusal
from bot.domain.stories.story import Rating
from bot.domain.stories.story_refusals import AgeRestricted, StoryUnknown
from bot.domain.suggestions.suggestion import Decision, SuggestionState
from bot.domain.suggestions.suggestion_refusals import (
    SuggestionNotYours,
    SuggestionUnknown,
    SupportClosed,
    SupportMerged,
    SupportOwn,
    TransitionForbidden,
)
from bot.services.suggestions.decisions import DecisionDetails
from bot.store.database import Database
from tests.services.fakes import AUTHOR, READER, STRANGER
from tests.services.suggestions.suggestion_helpers import find, make, reader, told, world_of


async def test_one_press_supports_and_another_takes_it_back(store: Database) -> None:
    world = await world_of(store)
    number = (await make(world)).suggestion.number
    first = await world.supporters.toggle(STRANGER, number)
    assert (first.supports, first.suggestion.supporters) == (True, 1)
    assert (await world.supporters.support(STRANGER, number)).suggestion.supporters == 1
    second = await world.supporters.toggle(STRANGER, number)
    assert (second.supports, second.suggestion.supporters) == (False, 0)
    assert (await world.supporters.unsupport(STRANGER, number)).suggestion.supporters == 0


async def test_a_crowd_at_once_is_counted_once_each(store: Database) -> None:
    world = await world_of(store)
    number = (await make(world)).suggestion.number
    await asyncio.gather(*(world.supporters.support(reader(100 + n % 20), number) for n in range(40)))
    assert (await find(world, number)).supporters == 20


async def test_what_takes_no_support_says_why(store: Database) -> None:
    world = await world_of(store)
    own, target, declined, held = [
        (await make(world, who, idea)).suggestion.number
        for who, idea in (
            (STRANGER, "One"),
            (READER, "Two"),
            (READER, "Three"),
            (READER, "see https://a.test"),
        )
    ]
    await world.decisions.decide(AUTHOR, declined, Decision.DECLINE)
    refusals: list[tuple[int, type[Refusal]]] = [
        (own, SupportOwn),
        (declined, SupportClosed),
        (held, SuggestionUnknown),
        (999, SuggestionUnknown),
    ]
    for number, refusal in refusals:
        for press in (world.supporters.support, world.supporters.unsupport, world.supporters.toggle):
            with pytest.raises(refusal):
                await press(STRANGER, number)
    await world.decisions.decide(AUTHOR, own, Decision.MERGE, DecisionDetails(into=target))
    with pytest.raises(SupportMerged, match=f"was merged into idea {target}"):
        await world.supporters.support(reader(9), own)


async def test_only_where_the_story_may_be_seen(store: Database) -> None:
    world = await world_of(store, rating=Rating.EXPLICIT, guilds=frozenset({500}))
    grown_up = replace(READER, age_restricted=True)
    number = (await make(world, grown_up)).suggestion.number
    elsewhere = replace(STRANGER, guild_id=501, age_restricted=True)
    for viewer, refusal in ((STRANGER, AgeRestricted), (elsewhere, StoryUnknown)):
        with pytest.raises(SuggestionUnknown):
            await world.supporters.support(viewer, number)
        with pytest.raises(refusal):
            await world.supporters.list_top(viewer, "lamps")
    assert (await world.supporters.support(replace(STRANGER, age_restricted=True), number)).supports


async def test_the_most_supported_come_first_and_nothing_hidden_among_them(store: Database) -> None:
    world = await world_of(store)
    numbers = [(await make(world, reader(50 + n), f"Idea number {n}")).suggestion.number for n in range(7)]
    await make(world, reader(60), "discord.gg/abc")
    for press in (*(reader(70 + n) for n in range(3)), reader(50)):
        await world.supporters.support(press, numbers[4])
    await world.supporters.support(reader(70), numbers[2])
    await world.decisions.decide(AUTHOR, numbers[0], Decision.DECLINE)
    await world.decisions.decide(AUTHOR, numbers[6], Decision.ACCEPT)
    first = await world.supporters.list_top(reader(50), "lamps")
    assert [each.suggestion.number for each in first.suggestions] == [numbers[n] for n in (4, 2, 1, 3, 5)]
    assert [each.supports for each in first.suggestions] == [True, False, False, False, False]
    assert (first.page, first.page_count) == (0, 2)
    for page in (1, 99):
        last = await world.supporters.list_top(reader(51), "lamps", page)
        assert [each.suggestion.number for each in last.suggestions] == [numbers[6]]
        assert last.page == 1
    nothing = await world.supporters.list_top(reader(51), "lamps", -5)
    assert nothing.page == 0


async def test_support_that_instead_does_both_or_neither(store: Database) -> None:
    world = await world_of(store)
    other = (await make(world, READER)).suggestion.number
    made = await make(world, STRANGER, "let the lamps speak!")
    assert [one.number for one in made.similar] == [other]
    own = made.suggestion.number
    with pytest.raises(SuggestionNotYours):
        await world.supporters.replace_own(reader(9), other, own=own)
    with pytest.raises(SuggestionUnknown):
        await world.supporters.replace_own(STRANGER, 999, own=own)
    with pytest.raises(SupportOwn):
        await world.supporters.replace_own(STRANGER, own, own=own)
    result = await world.supporters.replace_own(STRANGER, other, own=own)
    assert (result.suggestion.number, result.supports, result.suggestion.supporters) == (other, True, 1)
    assert (await find(world, own)).state is SuggestionState.WITHDRAWN
    with pytest.raises(TransitionForbidden):
        await world.supporters.replace_own(STRANGER, other, own=own)
    assert (await find(world, other)).supporters == 1


async def test_everybody_behind_an_idea_hears_of_it_once_and_nobody_else(store: Database) -> None:
    world = await world_of(store)
    joined = (await make(world, reader(10), "A lamp that sings")).suggestion.number
    target = (await make(world, reader(11), "A lamp that speaks")).suggestion.number
    for who, number in ((12, joined), (13, target), (10, target), (AUTHOR.user_id, target)):
        await world.supporters.support(reader(who), number)
    await world.decisions.decide(AUTHOR, joined, Decision.MERGE, DecisionDetails(into=target))
    assert await told(world) == [(10, "merged", f"made {joined}"), (12, "merged", f"supported {joined}")]
    merged = world.messenger.notices[0].facts
    assert (merged["into"], merged["other"]) == (str(target), "A lamp that speaks")
    world.messenger.notices.clear()
    await world.decisions.decide(AUTHOR, target, Decision.ACCEPT, DecisionDetails(reason="Yes"))
    assert await told(world) == [
        (11, "accepted", f"made {target}"),
        (10, "accepted", f"made {joined}"),
        (13, "accepted", f"supported {target}"),
        (12, "accepted", f"supported {joined}"),
    ]
    facts = [notice.facts for notice in world.messenger.notices]
    assert [each["reason"] for each in facts] == ["Yes"] * 4
    assert [each["into"] for each in facts] == ["", str(target), "", str(target)]
    assert not any("Reader" in value or "Author" in value for each in facts for value in each.values())


async def test_taking_an_idea_back_opens_what_had_joined_it(store: Database) -> None:
    world = await world_of(store)
    joined = (await make(world, reader(10), "A lamp that sings")).suggestion.number
    target = (await make(world, reader(11), "A lamp that speaks")).suggestion.number
    await world.supporters.support(reader(12), joined)
    await world.supporters.support(reader(13), target)
    await world.decisions.decide(AUTHOR, joined, Decision.MERGE, DecisionDetails(into=target))
    await world.notification_outbox.sweep()
    world.messenger.notices.clear()
    await world.submissions.withdraw(reader(11), target)
    assert sorted(await told(world)) == [
        (10, "reopened", f"made {joined}"),
        (12, "reopened", f"supported {joined}"),
        (13, "withdrawn", f"supported {target}"),
    ]
    assert (await find(world, joined)).state is SuggestionState.NEW
    assert (await find(world, joined)).supporters == 1


async def test_what_is_held_is_shown_to_nobody_in_news(store: Database) -> None:
    world = await world_of(store)
    joined = (await make(world, reader(10), "A lamp that sings")).suggestion.number
    target = (await make(world, reader(11), "see https://a.test")).suggestion.number
    await world.decisions.decide(AUTHOR, joined, Decision.MERGE, DecisionDetails(into=target))
    await world.decisions.decide(AUTHOR, target, Decision.DECLINE)
    await world.notification_outbox.sweep()
    texts = {n.user_id: " ".join(n.facts.values()) for n in world.messenger.notices}
    assert "a.test" not in texts[10]
    assert "a.test" in texts[11]
