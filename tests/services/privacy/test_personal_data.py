"""People's own data: handed out whole, erased in one go, and not brought back by accident."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.delivery.outcomes import Delayed, Refused, Sent
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.domain.suggestions.credits import Credits
from bot.domain.suggestions.submission_refusals import (
    ReaderBlocked,
    SuggestingTooFast,
    TooManyOpenSuggestions,
)
from bot.domain.suggestions.suggestion import Decision, SuggestionState
from bot.domain.suggestions.suggestion_refusals import SupportOwn
from bot.services.people.pseudonyms import pseudonym
from bot.services.privacy.personal_data import SuggestionTally
from bot.services.suggestions.decisions import DecisionDetails
from bot.services.suggestions.submission import SuggestionDraft
from bot.store.database import Database
from bot.store.suggestions.suggestion_records import StateChange
from tests.services.fakes import ADMIN, AUTHOR, CHANNEL, GUILD, LIMITS, NOON, World, chapter
from tests.services.suggestions.test_credits import JONAS, MIRA, idea, put, state, thanked, told, world_of
from tests.store.privacy.test_personal_data import dump
from tests.support.databases import fresh_store
from tests.support.profiles import examples

DIRECT = 70_000 + MIRA.user_id
_MERGED = SuggestionState.MERGED
ALONE = replace(MIRA, guild_id=None, channel_id=DIRECT)


async def busy_world(store: Database) -> World:
    """A world in which Mira has read, starred, followed, suggested and supported."""
    world = await world_of(store, chapter("two"))
    await world.subscribe()
    await world.followers.follow(ALONE, "lamps")
    view = await world.private_reader.open(MIRA, "lamps", "one")
    await world.private_reader.toggle_star(MIRA, view.release.id, 1, 1)
    await idea(world, MIRA, named=True)
    theirs = await idea(world, JONAS, named=True)
    async with store.begin() as tx:
        await tx.suggestions.add_supporter(theirs, MIRA.user_id, world.clock.now())
        await tx.preferences.record_locale(MIRA.user_id, "de")
    return world


async def test_the_export_is_json_for_people_and_programs(store: Database) -> None:
    world = await busy_world(store)
    made = await world.personal_data.export(MIRA)
    kept = json.loads(made.text)
    assert kept["about"] == {"made_at": "2026-05-04T12:00:00Z", "discord_id": str(MIRA.user_id)}
    assert not made.is_empty
    assert {"you", "bookmarks", "stars", "stories_followed", "ideas", "ideas_supported"} <= set(kept)
    (mine,) = kept["ideas"]
    assert (mine["idea"], mine["your_name"], mine["created_at"]) == (
        "An idea of Mira’s",
        "Mira",
        "2026-05-04T12:00:00Z",
    )
    assert mine["guild_id"] == str(GUILD), "ids are text: they do not fit a program's float"
    assert [star["title"] for star in kept["stars"]] == ["One"]
    assert str(JONAS.user_id) not in made.text


async def test_of_a_stranger_nothing_is_kept(store: Database) -> None:
    world = await busy_world(store)
    made = await world.personal_data.export(replace(MIRA, user_id=987_654_321))
    assert made.is_empty
    assert set(json.loads(made.text)) == {"about"}


@pytest.mark.parametrize("keep_suggestions", [True, False])
async def test_erasing_leaves_nothing_and_says_what_became_of_ideas(
    store: Database, keep_suggestions: bool
) -> None:
    world = await busy_world(store)
    assert await world.personal_data.count_suggestions(MIRA) == SuggestionTally(1)
    done = await world.personal_data.erase(MIRA, keep_suggestions=keep_suggestions)
    assert (done.count, done.kept) == (1, keep_suggestions)
    assert await world.personal_data.count_suggestions(MIRA) == (
        SuggestionTally(0, kept=1) if keep_suggestions else SuggestionTally(0)
    )
    left = json.loads((await world.personal_data.export(MIRA)).text)
    stayed = {"ideas_that_stayed"} if keep_suggestions else set()
    assert set(left) == {"about", "erased_before"} | stayed
    async with store.read() as tx:
        number = (await tx.suggestions.get(1)) is not None
    assert number is keep_suggestions
    again = await world.personal_data.erase(MIRA, keep_suggestions=False)
    assert again.count == int(keep_suggestions), "once more, what stayed goes too"
    async with store.read() as tx:
        assert await tx.suggestions.get(1) is None
    last = await world.personal_data.erase(MIRA, keep_suggestions=False)
    assert last.count == 0, "once more finds nothing, and harms nothing"


async def test_ideas_that_stay_count_for_limits_blocks_and_support_of_who_comes_back(store: Database) -> None:
    world = await world_of(store, chapter("two"))
    shy = replace(MIRA, name="Mira of the Marsh")

    async def suggest(text: str) -> int:
        made = await world.submissions.submit(
            shy, SuggestionDraft(text, story="lamps", chapter=None, anonymous=True)
        )
        return made.suggestion.number

    first = await suggest("Idea 0")
    await world.personal_data.erase(shy, keep_suggestions=True)
    await world.personal_data.record_use(shy.user_id)
    with pytest.raises(SuggestingTooFast):
        await suggest("Too soon")
    for n in range(1, LIMITS.open_per_reader):
        world.clock.advance(LIMITS.cooldown)
        await suggest(f"Idea {n}")
        await world.personal_data.erase(shy, keep_suggestions=True)
    world.clock.advance(LIMITS.cooldown)
    with pytest.raises(TooManyOpenSuggestions):
        await suggest("One too many")
    with pytest.raises(SupportOwn):
        await world.supporters.support(shy, first)
    assert (await world.submissions.list_own(shy)) == []
    assert [each.is_own for each in (await world.supporters.list_top(shy, "lamps")).suggestions] == [True] * 5
    for number in range(1, LIMITS.open_per_reader + 1):
        await world.decisions.decide(AUTHOR, number, Decision.DECLINE)
    await world.block_list.block(AUTHOR, first)
    with pytest.raises(ReaderBlocked):
        await suggest("Again")
    await world.block_list.unblock(AUTHOR, first)
    await suggest("At last")
    assert (
        shy.name not in await dump(store) or (await world.personal_data.count_suggestions(shy)).current == 1
    )


async def test_the_same_moment_does_not_tell_whose_anonymous_ideas_are(store: Database) -> None:
    """Messages that show a named idea follow its maker's erasure; one that shows an anonymous idea is not touched."""
    world = await world_of(store, chapter("two"))
    named, hidden = await idea(world, MIRA), await idea(world, MIRA, anonymous=True)
    async with store.begin() as tx:
        for number in (named, hidden):
            nonce = f"r{number}"
            await tx.panels.add_review("lamps", number, channel_id=77, nonce=nonce, now=NOON)
        for panel in await tx.panels.claim(NOON, NOON + timedelta(minutes=1), 5):
            await tx.panels.settle(panel, message_id=900 + (panel.suggestion or 0))
    await world.personal_data.erase(MIRA, keep_suggestions=True)
    later = NOON + timedelta(minutes=1)
    async with store.begin() as tx:
        woken = [panel.suggestion for panel in await tx.panels.claim(later, later + timedelta(minutes=1), 5)]
    assert woken == [named]


async def test_the_export_knows_no_more_of_an_idea_than_its_maker_may(store: Database) -> None:
    world = await world_of(store, chapter("two-the-betrayal"))
    number = await idea(world, MIRA)
    await world.decisions.decide(AUTHOR, number, Decision.ACCEPT, DecisionDetails(reason="Lovely"))

    async def exported() -> dict[str, Any]:
        (kept,) = json.loads((await world.personal_data.export(MIRA)).text)["ideas"]
        return dict(kept)

    before = await exported()
    assert (before["state"], before["reason"]) == ("accepted", "Lovely")
    world.clock.advance(timedelta(minutes=5))
    await world.decisions.decide(
        AUTHOR,
        number,
        Decision.USED,
        DecisionDetails(chapter="two-the-betrayal", reason="Kills the baker there"),
    )
    assert await exported() == before
    assert "betrayal" not in (await world.personal_data.export(MIRA)).text
    await world.later(minutes=30)
    out = await exported()
    assert (out["state"], out["used_in"]) == ("used", "two-the-betrayal")


async def test_the_id_is_nowhere_in_the_database_afterwards(store: Database) -> None:
    someone = replace(MIRA, user_id=4_611_686_018_427_000_111, name="Mira of the Marsh")
    world = await world_of(store, chapter("two"))
    await world.followers.follow(replace(someone, guild_id=None), "lamps")
    view = await world.private_reader.open(someone, "lamps", "one")
    await world.private_reader.toggle_star(someone, view.release.id, 1, 1)
    number = await idea(world, someone, named=True, text="A storm.")
    put(world, chapter("one"), chapter("two", thanks=(number,)))
    await world.later(minutes=30)
    assert str(someone.user_id) in await dump(store)
    await world.personal_data.erase(someone, keep_suggestions=True)
    left = await dump(store)
    assert str(someone.user_id) not in left
    assert someone.name not in left


async def test_nothing_more_comes_to_somebody_who_was_erased(store: Database) -> None:
    world = await busy_world(store)
    await world.decisions.decide(AUTHOR, 1, Decision.ACCEPT)
    await world.personal_data.erase(MIRA, keep_suggestions=True)
    await world.decisions.decide(AUTHOR, 1, Decision.REOPEN)
    put(world, chapter("one"), chapter("two", thanks=(1,)))
    await world.later(minutes=30)
    world.clock.advance(timedelta(minutes=15))
    await world.notification_outbox.sweep()
    assert [n for n in world.messenger.notices if n.user_id == MIRA.user_id and n.kind != "following"] == []
    assert world.messenger.keys_in(DIRECT) == []
    assert world.messenger.keys_in(CHANNEL) == ["two"]


async def test_what_an_erased_admin_set_up_goes_on_and_troubles_nobody(store: Database) -> None:
    world = await busy_world(store)
    await world.personal_data.erase(ADMIN, keep_suggestions=False)
    world.messenger.answers = [Refused(DeliveryFault("discord-50013", "no permission", NOON))]
    await world.later(minutes=30)
    await world.notification_outbox.sweep()
    assert [n.user_id for n in world.messenger.notices if n.kind == "subscription-parked"] == []
    ((guild_id, notice),) = world.messenger.server_notices
    assert (guild_id, notice.kind) == (GUILD, "subscription-parked")


async def test_messages_that_show_erased_ideas_are_deleted(store: Database) -> None:
    world = await busy_world(store)
    async with store.begin() as tx:
        await tx.panels.add_review("lamps", 1, channel_id=77, nonce="r", now=NOON)
        (panel,) = await tx.panels.claim(NOON, NOON + timedelta(minutes=1), 5)
        await tx.panels.settle(panel, message_id=911)
    await world.personal_data.erase(MIRA, keep_suggestions=False)
    assert world.messenger.deleted == [911]


async def test_ideas_that_stay_have_their_messages_brought_up_to_date(store: Database) -> None:
    world = await busy_world(store)
    async with store.begin() as tx:
        await tx.panels.add_review("lamps", 1, channel_id=77, nonce="r", now=NOON)
        (panel,) = await tx.panels.claim(NOON, NOON + timedelta(minutes=1), 5)
        await tx.panels.settle(panel, message_id=911)
        assert await tx.panels.find_next_due() is None
    await world.personal_data.erase(MIRA, keep_suggestions=True)
    async with store.read() as tx:
        assert await tx.panels.find_next_due() is not None
    assert world.messenger.deleted == []


async def test_others_ideas_that_were_merged_into_an_erased_one_are_not_lost(store: Database) -> None:
    world = await world_of(store, chapter("two"))
    used, new = await idea(world, MIRA, named=True), await idea(world, MIRA)
    credited, waiting = await idea(world, JONAS, named=True), await idea(world, JONAS)
    await world.decisions.decide(AUTHOR, credited, Decision.MERGE, DecisionDetails(into=used))
    await world.decisions.decide(AUTHOR, waiting, Decision.MERGE, DecisionDetails(into=new))
    put(world, chapter("one"), chapter("two", thanks=(used,)))
    await world.later(minutes=30)
    await told(world)
    before = len(world.messenger.notices)
    await world.personal_data.erase(MIRA, keep_suggestions=False)
    assert await state(world, credited) == (SuggestionState.USED, "two")
    assert await state(world, waiting) == (SuggestionState.NEW, None)
    assert await thanked(world) == Credits(("Jonas",), 0)
    await told(world)
    news = world.messenger.notices[before:]
    assert [(n.user_id, n.kind, n.facts["number"]) for n in news] == [
        (JONAS.user_id, "idea-reopened", str(waiting))
    ]


async def test_a_discord_that_does_not_answer_keeps_nobody_from_being_erased(store: Database) -> None:
    world = await busy_world(store)
    world.messenger.direct_answers = [Delayed("no connection")]
    done = await world.personal_data.erase(MIRA, keep_suggestions=True)
    assert done.count == 1


async def test_only_the_person_s_own_doing_brings_them_back(store: Database) -> None:
    world = await busy_world(store)
    await world.personal_data.erase(MIRA, keep_suggestions=True)
    async with store.begin() as tx:
        hashed = await pseudonym(tx, MIRA.user_id)
        assert await tx.personal_data.list_erased() == {hashed}
    await world.personal_data.record_use(JONAS.user_id)
    async with store.read() as tx:
        assert await tx.personal_data.list_erased() == {hashed}
    await world.personal_data.record_use(MIRA.user_id)
    async with store.read() as tx:
        assert await tx.personal_data.list_erased() == set()
    await world.personal_data.erase(MIRA, keep_suggestions=True)
    fresh = World(store)
    await fresh.personal_data.record_use(MIRA.user_id)
    async with store.read() as tx:
        assert await tx.personal_data.list_erased() == set(), "also in a process that did not see the erasing"


async def test_what_was_told_is_kept_for_a_while_and_then_forgotten(store: Database) -> None:
    world = await busy_world(store)
    await world.decisions.decide(AUTHOR, 1, Decision.ACCEPT)
    await world.decisions.decide(AUTHOR, 2, Decision.ACCEPT)
    refused = Refused(DeliveryFault("50007", "no DMs", NOON))
    world.messenger.notice_answers = [refused, Sent(1), refused]
    await world.notification_outbox.sweep()

    async def kept() -> int:
        return (await dump(store)).count("notice.id=")

    assert await kept() == 3
    for days, left in ((29, 3), (2, 2), (58, 2), (2, 0)):
        world.clock.advance(timedelta(days=days))
        await world.guild_retention.purge_expired()
        assert await kept() == left, days


@settings(
    max_examples=examples(12),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    merges=st.lists(st.tuples(st.integers(1, 6), st.integers(1, 6)), max_size=6),
    supports=st.sets(st.tuples(st.integers(1, 6), st.integers(0, 2)), max_size=10),
    erased=st.lists(st.tuples(st.integers(0, 2), st.booleans()), min_size=1, max_size=4),
)
async def test_whoever_is_erased_when_the_counts_stay_right(
    merges: list[tuple[int, int]],
    supports: set[tuple[int, int]],
    erased: list[tuple[int, bool]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    people = [replace(MIRA, user_id=4_611_686_018_427_001_000 + n, name=f"Somebody {n}") for n in range(3)]
    async with fresh_store(tmp_path_factory.mktemp("privacy"), "sqlite") as opened:
        world = await world_of(opened, chapter("two"))
        for n in range(6):
            await idea(world, people[n % 3])
        async with opened.begin() as tx:
            for number, who in sorted(supports):
                await tx.suggestions.add_supporter(number, people[who].user_id, NOON)
            for number, into in merges:
                found = await tx.suggestions.get(number)
                assert found is not None
                await tx.suggestions.decide(
                    number, StateChange(was=found.state, to=_MERGED, by=AUTHOR.user_id, at=NOON, into=into)
                )
        for who, keep in erased:
            await world.personal_data.erase(people[who], keep_suggestions=keep)
            assert str(people[who].user_id) not in await dump(opened)
        async with opened.read() as tx:
            for number in range(1, 7):
                found = await tx.suggestions.get(number)
                if found is not None:
                    behind = {stake.user_id for stake in await tx.suggestions.list_involved(number)}
                    assert found.supporters == len(behind - {found.suggester})
                    assert (found.merged_into is None) is (found.state is not _MERGED)
