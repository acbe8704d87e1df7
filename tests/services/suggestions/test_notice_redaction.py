"""Where the texts of ideas for stories that are not for everybody may stand."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.authorization import Viewer, may_quote, redact_suggestion
from bot.domain.stories.story import Rating
from bot.domain.suggestions.panel_contents import QueueFilter
from bot.domain.suggestions.suggestion import Decision, Suggestion, SuggestionState
from bot.domain.suggestions.suggestion_refusals import SuggestionUnknown
from bot.services.guilds.channel_survey import ChannelKind, ChannelState
from bot.services.notifications.notice_messenger import Notice
from bot.services.suggestions.decisions import DecisionDetails
from bot.store.database import Database
from tests.chat.samples import story
from tests.services.fakes import AUTHOR, CHANNEL, GUILD, NOON, READER, STRANGER, World
from tests.services.suggestions.suggestion_helpers import find, make, world_of

SECRET, OTHER_SECRET, WHY = "The velvet room opens", "Silk and candle wax", "Too tame for me"


def grown_up(viewer: Viewer) -> Viewer:
    """The same person in an age-restricted channel."""
    return replace(viewer, age_restricted=True)


async def adult_world(store: Database) -> World:
    """A story for adults, with an idea of the reader's and one of the stranger's, whom the reader supports."""
    world = await world_of(store, rating=Rating.EXPLICIT)
    await make(world, grown_up(READER), SECRET)
    await make(world, grown_up(STRANGER), OTHER_SECRET)
    await world.supporters.support(grown_up(READER), 2)
    return world


def shows_nothing(what: object) -> bool:
    """Whether none of the texts stands in something."""
    said = repr(what)
    return not any(text.split()[1] in said for text in (SECRET, OTHER_SECRET, WHY))


@given(st.sampled_from(Rating), st.booleans(), st.text(max_size=20))
def test_the_rating_and_the_place_decide(rating: Rating, age_restricted: bool, text: str) -> None:
    told = story(rating=rating)
    assert may_quote(told, age_restricted=age_restricted) is (
        age_restricted or rating in (Rating.GENERAL, Rating.TEEN)
    )
    viewer = Viewer(1, "Somebody", age_restricted=age_restricted)
    idea = _idea(text)
    shown = redact_suggestion(idea, told, viewer)
    assert shown == idea if may_quote(told, age_restricted=age_restricted) else shown.veiled
    assert shown.veiled <= (shown.text == "" and shown.reason is None)
    assert (shown.number, shown.state) == (idea.number, idea.state)


def _idea(text: str) -> Suggestion:
    state = SuggestionState.NEW
    return Suggestion(1, "the-lamp", None, text, 5, "Mira", False, False, state, NOON, reason=text)


async def test_answers_and_lists_have_number_and_state_elsewhere(store: Database) -> None:
    world = await adult_world(store)
    await world.decisions.decide(AUTHOR, 1, Decision.ACCEPT, DecisionDetails(reason=WHY))
    (mine,) = await world.submissions.list_own(READER)
    assert (mine.suggestion.number, mine.suggestion.state.value, mine.suggestion.veiled) == (
        1,
        "accepted",
        True,
    )
    for shown in (
        mine,
        await world.submissions.get_own(READER, 1),
        await world.submissions.get_own_with_similar(READER, 1),
        await world.submissions.toggle_credit_name(READER, 1),
        await world.submissions.withdrawable_choices(READER, ""),
        await world.review_queue.browse(AUTHOR, QueueFilter(state=None)),
        await world.review_queue.browse(replace(AUTHOR, guild_id=None), QueueFilter(state=None), 1),
        await world.review_queue.get(AUTHOR, 2),
        await world.review_queue.suggestion_choices(AUTHOR, ""),
        await world.review_queue.merge_choices(AUTHOR, 1),
        await world.review_queue.merge_choices(AUTHOR, 1, "silk"),
    ):
        assert shows_nothing(shown), shown
    assert [choice.label for choice in await world.review_queue.suggestion_choices(AUTHOR, "")] == [
        "2: new",
        "1: accepted",
    ]
    (mine,) = await world.submissions.list_own(grown_up(READER))
    assert (mine.suggestion.text, mine.suggestion.reason) == (SECRET, WHY)
    view = await world.review_queue.browse(grown_up(AUTHOR), QueueFilter(state=None), 1)
    assert view.suggestion is not None
    assert view.suggestion.text == SECRET
    assert SECRET in (await world.review_queue.suggestion_choices(grown_up(AUTHOR), "1"))[0].label


async def told(world: World) -> Sequence[Notice]:
    world.clock.advance(timedelta(minutes=1))
    await world.notification_outbox.sweep()
    return world.messenger.notices


@pytest.mark.parametrize("later", [False, True], ids=["adult all along", "rated so while the news waited"])
async def test_news_by_direct_message_quote_nothing(store: Database, later: bool) -> None:
    world = await adult_world(store)
    if later:
        await rated(world, Rating.GENERAL)
    await world.morning_cards.set_enabled(AUTHOR, True)
    await world.morning_cards.sweep()
    world.clock.advance(timedelta(minutes=1))
    await make(world, grown_up(STRANGER), OTHER_SECRET)
    await world.decisions.decide(AUTHOR, 2, Decision.DECLINE, DecisionDetails(reason=WHY))
    await world.decisions.decide(AUTHOR, 1, Decision.MERGE, DecisionDetails(into=3))
    world.clock.advance(timedelta(days=1))
    await world.morning_cards.sweep()
    if later:
        await rated(world, Rating.EXPLICIT)
    notices = await told(world)
    assert sorted((n.kind, n.facts.get("number")) for n in notices if n.kind != "digest") == [
        ("idea-declined", "2"),
        ("idea-declined", "2"),
        ("idea-merged", "1"),
    ]
    assert "digest" in {n.kind for n in notices}
    assert all(shows_nothing(n) for n in notices)
    assert all(any(name.endswith("veiled") for name in n.facts) for n in notices)
    export = (await world.personal_data.export(READER)).text
    assert SECRET in export, "what they wrote themselves, in a file for them alone"
    assert OTHER_SECRET not in export
    assert OTHER_SECRET not in (await world.personal_data.export(AUTHOR)).text
    assert len(json.loads(export)["messages_to_you"]) == 2


async def rated(world: World, rating: Rating) -> None:
    """The story has another rating now."""
    held = world.library.held["lamps"]
    world.library.put(replace(held, story=replace(held.story, rating=rating)))
    await world.content_sync.sync()


async def test_what_waited_for_a_command_is_quoted_where_it_may_be(store: Database) -> None:
    world = await adult_world(store)
    async with store.begin() as tx:
        await tx.preferences.set_direct_messages(READER.user_id, told=False)
    for age_restricted in (False, True):
        await world.decisions.decide(AUTHOR, 1, Decision.REOPEN if age_restricted else Decision.ACCEPT)
        await world.notification_outbox.sweep()
        (notice,) = await world.notification_outbox.take_undelivered(
            replace(READER, age_restricted=age_restricted)
        )
        assert (notice.facts["idea"] == SECRET) is age_restricted
        assert ("veiled" in notice.facts) is not age_restricted


async def test_a_poll_is_not_opened_where_the_channel_is_for_everybody_by_now(store: Database) -> None:
    world = await adult_world(store)

    def channel(*, age_restricted: bool) -> ChannelState:
        return ChannelState(CHANNEL, GUILD, "chapters", ChannelKind.TEXT, age_restricted=age_restricted)

    world.messenger.surveys[CHANNEL] = channel(age_restricted=True)
    await world.polls.start(grown_up(AUTHOR), "lamps", CHANNEL, length="3 days", answers=2)
    world.messenger.surveys[CHANNEL] = channel(age_restricted=False)
    await world.polls.sweep()
    assert world.messenger.polls == {}
    assert [n.kind for n in await told(world)] == ["poll-failed"]


async def test_where_it_can_be_read_is_told_to_those_it_concerns(store: Database) -> None:
    world = await adult_world(store)
    own = await world.supporters.locate(replace(READER, guild_id=None), 1)
    assert (own.is_own, own.is_author, own.is_visible_here, own.channels) == (
        True,
        False,
        False,
        ((GUILD, CHANNEL),),
    )
    assert (await world.supporters.locate(AUTHOR, 1)).is_author
    assert not (await world.supporters.locate(READER, 2)).is_own
    assert (await world.supporters.locate(grown_up(READER), 2)).is_visible_here
    for viewer, number in ((STRANGER, 1), (READER, 99), (READER, 2**63)):
        with pytest.raises(SuggestionUnknown):
            await world.supporters.locate(viewer, number)


async def test_ideas_for_everybody_are_quoted_everywhere(store: Database) -> None:
    world = await world_of(store, rating=Rating.TEEN)
    await make(world, READER, SECRET)
    await world.decisions.decide(AUTHOR, 1, Decision.ACCEPT, DecisionDetails(reason=WHY))
    (notice,) = await told(world)
    assert (notice.facts["idea"], notice.facts["reason"]) == (SECRET, WHY)
    assert (await find(world, 1)).text == (await world.submissions.get_own(READER, 1)).suggestion.text
