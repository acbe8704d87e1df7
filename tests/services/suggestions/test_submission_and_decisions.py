"""Ideas from making to deciding, and who is told."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Delayed, Refused
from bot.domain.errors import Refusal
from bot.domain.stories.story import SuggestionPolicy
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.domain.suggestions.submission_refusals import (
    SuggestingTooFast,
    SuggestionEmpty,
    SuggestionsClosed,
    SuggestionTooLong,
    TooManyOpenSuggestions,
)
from bot.domain.suggestions.suggestion import Decision, Suggestion, SuggestionState
from bot.domain.suggestions.suggestion_refusals import (
    MergeTargetInvalid,
    SuggestionNotYours,
    SuggestionUnknown,
    TransitionForbidden,
)
from bot.services.suggestions.decisions import DecisionDetails
from bot.services.suggestions.submission import SuggestionDraft
from bot.store.database import Database
from tests.services.fakes import AUTHOR, LIMITS, NOON, READER, STRANGER, World, chapter, serial

IDEA = "Let the lamp *speak*.\nTwice."


async def world_of(store: Database, **more: object) -> World:
    """A world with one chapter out and one to come."""
    world = World(store, serial(chapter("one"), chapter("two"), backlog=1, **more))  # type: ignore[arg-type]
    await world.run()
    return world


async def suggest(world: World, who: Viewer = READER, idea: str = IDEA, anonymous: bool = False) -> int:
    """Queue an idea for `lamps` and return its number."""
    made = await world.submissions.submit(
        who, SuggestionDraft(idea, story="lamps", chapter=None, anonymous=anonymous), sure=True
    )
    world.clock.advance(LIMITS.cooldown)
    return made.suggestion.number


async def find(world: World, number: int) -> Suggestion:
    """The idea as it stands."""
    async with world.store.read() as tx:
        found = await tx.suggestions.get(number)
    assert found is not None
    return found


async def test_an_idea_goes_from_suggest_to_accept_and_its_maker_is_told_once(store: Database) -> None:
    world = await world_of(store)
    number = await suggest(world)
    assert (await find(world, number)).text == IDEA
    decided = await world.decisions.decide(AUTHOR, number, Decision.ACCEPT, DecisionDetails(reason="Lovely"))
    assert decided.suggestion.state is SuggestionState.ACCEPTED
    for _ in range(2):
        await world.notification_outbox.sweep()
    (notice,) = world.messenger.notices
    assert (notice.user_id, notice.kind) == (READER.user_id, "idea-accepted")
    assert (notice.facts["number"], notice.facts["reason"]) == (str(number), "Lovely")
    async with world.store.read() as tx:
        history = await tx.suggestions.list_changes(number)
    assert [(change.became, change.by) for change in history] == [
        (SuggestionState.NEW, READER.user_id),
        (SuggestionState.ACCEPTED, AUTHOR.user_id),
    ]


@pytest.mark.parametrize(
    ("idea", "refusal"),
    [("", SuggestionEmpty), (" \n\u200b ", SuggestionEmpty), ("x" * 4001, SuggestionTooLong)],
)
async def test_what_is_no_idea_is_refused(store: Database, idea: str, refusal: type[Refusal]) -> None:
    world = await world_of(store)
    with pytest.raises(refusal):
        await suggest(world, idea=idea)
    assert await world.submissions.list_own(READER) == []


async def test_hostile_text_is_kept_as_written(store: Database) -> None:
    world = await world_of(store)
    hostile = "@everyone [x](https://x.test) ```\n=cmd() \u202e" + "😀" * 900
    number = await suggest(world, idea=hostile)
    assert (await find(world, number)).text == hostile


async def test_limits_keep_one_reader_from_flooding(store: Database) -> None:
    world = await world_of(store)
    await world.submissions.submit(
        READER, SuggestionDraft(IDEA, story="lamps", chapter=None, anonymous=False)
    )
    with pytest.raises(SuggestingTooFast):
        await world.submissions.submit(
            READER, SuggestionDraft(IDEA, story="lamps", chapter=None, anonymous=False)
        )
    await world.submissions.submit(
        STRANGER, SuggestionDraft(IDEA, story="lamps", chapter=None, anonymous=False)
    )
    world.clock.advance(LIMITS.cooldown)
    for _ in range(4):
        await suggest(world)
    with pytest.raises(TooManyOpenSuggestions):
        await suggest(world)
    await world.submissions.withdraw(READER, 1)
    await suggest(world)


async def test_a_closed_story_takes_none(store: Database) -> None:
    world = await world_of(store, suggestions=SuggestionPolicy(open=False))
    with pytest.raises(SuggestionsClosed):
        await suggest(world)
    with pytest.raises(SuggestionsClosed):
        await world.submissions.require_target(READER, "lamps", None)


async def test_only_authors_decide(store: Database) -> None:
    world = await world_of(store)
    number = await suggest(world)
    for call in (
        world.decisions.decide(STRANGER, number, Decision.ACCEPT),
        world.decisions.decide(AUTHOR, 999, Decision.ACCEPT),
    ):
        with pytest.raises(SuggestionUnknown):
            await call
    operator = Viewer(77, "Operator", operator=True)
    await world.decisions.decide(operator, number, Decision.ACCEPT)


async def test_only_its_maker_withdraws(store: Database) -> None:
    world = await world_of(store)
    number = await suggest(world)
    with pytest.raises(SuggestionNotYours):
        await world.submissions.withdraw(STRANGER, number)
    await world.submissions.withdraw(READER, number)
    with pytest.raises(TransitionForbidden):
        await world.submissions.withdraw(READER, number)
    await world.notification_outbox.sweep()
    assert world.messenger.notices == []


async def test_fifty_deciders_at_once_decide_once(store: Database) -> None:
    world = await world_of(store)
    number = await suggest(world)
    decisions = [Decision.ACCEPT if i % 2 else Decision.DECLINE for i in range(50)]
    outcomes = await asyncio.gather(
        *(world.decisions.decide(AUTHOR, number, decision) for decision in decisions), return_exceptions=True
    )
    assert sum(not isinstance(outcome, Exception) for outcome in outcomes) == 1
    assert all(isinstance(o, TransitionForbidden) for o in outcomes if isinstance(o, Exception))
    await world.notification_outbox.sweep()
    assert len(world.messenger.notices) == 1


async def test_merging_needs_an_open_idea_of_the_same_story(store: Database) -> None:
    world = await world_of(store)
    world.library.put(serial(chapter("x"), slug="tides", backlog=1))
    await world.run()
    first, second = await suggest(world), await suggest(world)
    foreign = (
        await world.submissions.submit(
            READER, SuggestionDraft(IDEA, story="tides", chapter=None, anonymous=False)
        )
    ).suggestion.number
    for into in (None, first, foreign, 999):
        with pytest.raises(MergeTargetInvalid):
            await world.decisions.decide(AUTHOR, first, Decision.MERGE, DecisionDetails(into=into))
    merged = await world.decisions.decide(AUTHOR, first, Decision.MERGE, DecisionDetails(into=second))
    assert (merged.suggestion.state, merged.suggestion.merged_into) == (SuggestionState.MERGED, second)
    with pytest.raises(MergeTargetInvalid):
        await world.decisions.decide(AUTHOR, second, Decision.MERGE, DecisionDetails(into=first))
    reopened = await world.decisions.decide(AUTHOR, first, Decision.REOPEN)
    assert (reopened.suggestion.state, reopened.suggestion.merged_into) == (SuggestionState.NEW, None)


async def test_used_is_told_when_its_chapter_is_out_and_looks_accepted_until_then(store: Database) -> None:
    world = await world_of(store)
    first, second = await suggest(world), await suggest(world)
    for number in (first, second):
        await world.decisions.decide(AUTHOR, number, Decision.ACCEPT)
    await world.decisions.decide(
        AUTHOR, first, Decision.USED, DecisionDetails(chapter="two", reason="For chapter two")
    )
    await world.decisions.decide(AUTHOR, second, Decision.USED, DecisionDetails(chapter="1"))
    mine = {each.suggestion.number: each.suggestion for each in await world.submissions.list_own(READER)}
    assert mine[second].state is SuggestionState.USED
    assert (mine[first].state, mine[first].used_in) == (SuggestionState.ACCEPTED, None)
    world.clock.advance(timedelta(minutes=15))
    await world.notification_outbox.sweep()
    assert await told_of_use(world) == {str(second): "One"}
    await world.later(minutes=30)
    world.clock.advance(timedelta(minutes=15))
    await world.notification_outbox.sweep()
    assert await told_of_use(world) == {str(first): "Two", str(second): "One"}
    used = await world.submissions.get_own(READER, first)
    assert (used.suggestion.state, used.suggestion.used_in) == (SuggestionState.USED, "two")


async def told_of_use(world: World) -> dict[str, str]:
    """The chapters that people were told of, by the idea's number."""
    return {n.facts["number"]: n.facts["chapter"] for n in world.messenger.notices if n.kind == "idea-used"}


async def test_who_wants_no_dms_is_told_with_their_next_command(store: Database) -> None:
    world = await world_of(store)
    number = await suggest(world)
    await world.submissions.set_dm_notices(READER, wanted=False)
    assert not (await world.submissions.get_own(READER, number)).dm_notices
    await world.decisions.decide(AUTHOR, number, Decision.ACCEPT)
    await world.notification_outbox.sweep()
    assert world.messenger.notices == []
    (notice,) = await world.notification_outbox.take_undelivered(READER)
    assert notice.kind == "idea-accepted"


async def test_who_takes_no_dms_is_told_with_their_next_command(store: Database) -> None:
    world = await world_of(store)
    number = await suggest(world)
    await world.decisions.decide(AUTHOR, number, Decision.DECLINE, DecisionDetails(reason="Not this time"))
    world.messenger.notice_answers = [Refused(DeliveryFault("50007", "no DMs", NOON))]
    await world.notification_outbox.sweep()
    assert world.messenger.notices == []
    assert await world.notification_outbox.take_undelivered(STRANGER) == []
    (notice,) = await world.notification_outbox.take_undelivered(READER)
    assert notice.kind == "idea-declined"
    assert await world.notification_outbox.take_undelivered(READER) == []


async def test_a_notice_that_could_not_go_out_goes_out_later(store: Database) -> None:
    world = await world_of(store)
    number = await suggest(world)
    await world.decisions.decide(AUTHOR, number, Decision.ACCEPT)
    world.messenger.notice_answers = [Delayed("busy")]
    await world.notification_outbox.sweep()
    assert world.messenger.notices == []
    await world.later(minutes=6)
    await world.notification_outbox.sweep()
    assert len(world.messenger.notices) == 1
