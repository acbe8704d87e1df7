"""Chapters that thank for ideas: what becomes used, who is told of it, who is named."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.authorization import Viewer
from bot.domain.errors import Refusal
from bot.domain.stories.story import Chapter, Serial
from bot.domain.subscriptions.release_styles import ReleaseStyle
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.domain.suggestions.credits import MOST_NAMED, Contributor, Credits, credit_contributors
from bot.domain.suggestions.suggestion import Decision, SuggestionState
from bot.services.delivery.composer import load_credits
from bot.services.notifications.notice_messenger import Notice
from bot.services.suggestions.credits import IGNORED, USED, mark_credits_stale
from bot.services.suggestions.decisions import DecisionDetails
from bot.store.database import Database
from bot.store.suggestions.suggestion_records import NewSuggestion
from tests.services.fakes import (
    AUTHOR,
    CHANNEL,
    GUILD,
    OTHER_CHANNEL,
    READER,
    STRANGER,
    World,
    chapter,
    long_text,
    serial,
)
from tests.support.databases import fresh_store
from tests.support.profiles import examples

MIRA = Viewer(31, "Mira", guild_id=GUILD, channel_id=CHANNEL)
JONAS = Viewer(32, "Jonas", guild_id=GUILD, channel_id=CHANNEL)
SHY = Viewer(33, "Shy", guild_id=GUILD, channel_id=CHANNEL)


async def world_of(store: Database, *chapters: Chapter) -> World:
    """A world with one chapter out; the first of `chapters` comes half an hour after noon."""
    world = World(store, serial(chapter("one"), *chapters, backlog=1))
    await world.run()
    return world


async def idea(world: World, who: Viewer, *, named: bool = False, **more: object) -> int:
    """Queue an idea for `lamps` and return its number."""
    async with world.store.begin() as tx:
        facts: dict[str, object] = {
            "story": "lamps",
            "chapter": None,
            "text": f"An idea of {who.name}’s",
            "suggester": who.user_id,
            "suggester_name": who.name,
            "anonymous": False,
            "name_me": named,
            "created_at": world.clock.now(),
            "guild_id": who.guild_id,
            "channel_id": who.channel_id,
        }
        return (await tx.suggestions.add(NewSuggestion(**(facts | more)))).number  # type: ignore[arg-type]


def put(world: World, *chapters: Chapter) -> None:
    """The story's files are these now."""
    known = world.library.held["lamps"]
    world.library.put(Serial(known.story, chapters))


async def released(world: World, *thanks: int) -> None:
    """The next chapter, `two`, comes out with these thanks."""
    put(world, chapter("one"), chapter("two", thanks=thanks))
    await world.later(minutes=30)


async def told(world: World, minutes: int = 1) -> list[Notice]:
    """What has been told so far, after a while."""
    for _ in range(minutes * 4):
        world.clock.advance(timedelta(seconds=15))
        await world.notification_outbox.sweep()
    return [notice for notice in world.messenger.notices if notice.kind == USED]


async def state(world: World, number: int) -> tuple[SuggestionState, str | None]:
    """How an idea stands, and in which chapter it was used."""
    async with world.store.read() as tx:
        found = await tx.suggestions.get(number)
    assert found is not None
    return found.state, found.used_in


async def thanked(world: World, key: str = "two") -> Credits:
    """Whom a chapter thanks."""
    async with world.store.read() as tx:
        release = await tx.releases.get_by_chapter("lamps", key)
        assert release is not None
        return await load_credits(tx, release)


async def test_thanks_make_new_and_accepted_ideas_used_at_the_release_and_not_before(store: Database) -> None:
    world = await world_of(store, chapter("two"))
    await world.subscribe()
    mira, jonas = await idea(world, MIRA, named=True), await idea(world, JONAS)
    await world.decisions.decide(AUTHOR, jonas, Decision.ACCEPT)
    put(world, chapter("one"), chapter("two", thanks=(mira, jonas)))
    await world.later(minutes=20)
    assert await told(world) == []
    assert await state(world, mira) == (SuggestionState.NEW, None)
    await world.later(minutes=10)
    assert await state(world, mira) == (SuggestionState.USED, "two")
    assert await state(world, jonas) == (SuggestionState.USED, "two")
    notices = await told(world, minutes=2)
    assert sorted((n.user_id, n.facts["number"], n.facts["part"]) for n in notices) == [
        (MIRA.user_id, str(mira), "made"),
        (JONAS.user_id, str(jonas), "made"),
    ]
    (message_id,) = (
        id_ for id_, (_, post, _) in world.messenger.posts.items() if post.release.chapter == "two"
    )
    assert {n.facts["link"] for n in notices} == {
        f"https://discord.com/channels/{GUILD}/{CHANNEL}/{message_id}"
    }
    async with world.store.read() as tx:
        record = await tx.suggestions.list_changes(mira)
    assert [(change.became, change.by) for change in record] == [
        (SuggestionState.NEW, MIRA.user_id),
        (SuggestionState.USED, None),
    ]
    assert await thanked(world) == Credits(("Mira",), 1)


async def test_the_makers_and_supporters_of_merged_ideas_are_told_of_their_own_once(store: Database) -> None:
    world = await world_of(store, chapter("two"))
    root, joined = await idea(world, MIRA, named=True), await idea(world, JONAS, named=True)
    again = await idea(world, MIRA)
    async with world.store.begin() as tx:
        await tx.suggestions.add_supporter(joined, STRANGER.user_id, world.clock.now())
        await tx.suggestions.add_supporter(root, JONAS.user_id, world.clock.now())
    for number in (joined, again):
        await world.decisions.decide(AUTHOR, number, Decision.MERGE, DecisionDetails(into=root))
    await released(world, root)
    assert sorted((n.user_id, n.facts["number"], n.facts["part"]) for n in await told(world)) == [
        (STRANGER.user_id, str(joined), "supported"),
        (MIRA.user_id, str(root), "made"),
        (JONAS.user_id, str(joined), "joined"),
    ]
    assert await thanked(world) == Credits(("Mira", "Jonas"), 0)


async def test_an_idea_marked_as_used_before_is_announced_by_the_release(store: Database) -> None:
    world = await world_of(store, chapter("two"))
    number = await idea(world, MIRA, named=True)
    await world.decisions.decide(AUTHOR, number, Decision.ACCEPT)
    await world.decisions.decide(AUTHOR, number, Decision.USED, DecisionDetails(chapter="two"))
    assert await told(world) == []
    await released(world, number)
    assert [(n.user_id, n.facts["chapter"]) for n in await told(world)] == [(MIRA.user_id, "Two")]
    assert await thanked(world) == Credits(("Mira",), 0)


async def test_a_revision_announces_only_what_it_adds(store: Database) -> None:
    world = await world_of(store, chapter("two"))
    first, second = await idea(world, MIRA, named=True), await idea(world, JONAS, named=True)
    await released(world, first)
    assert [n.user_id for n in await told(world)] == [MIRA.user_id]
    put(world, chapter("one"), chapter("two", thanks=(first, second), text="Better words."))
    for _ in range(2):
        await world.content_sync.sync()
    assert [n.user_id for n in await told(world)] == [MIRA.user_id, JONAS.user_id]
    assert await thanked(world) == Credits(("Mira", "Jonas"), 0)


async def test_a_backlog_chapter_credits_too(store: Database) -> None:
    world = World(store, serial(chapter("one"), backlog=1))
    await world.run()
    number = await idea(world, MIRA, named=True)
    long_ago = world.clock.now() - timedelta(days=3)
    put(world, chapter("one"), chapter("zero", thanks=(number,), publish_at=long_ago))
    await world.run()
    assert await state(world, number) == (SuggestionState.USED, "zero")
    assert [n.user_id for n in await told(world)] == [MIRA.user_id]


async def test_numbers_that_cannot_be_thanked_for_are_ignored_and_their_author_told_once(
    store: Database, caplog: pytest.LogCaptureFixture
) -> None:
    world = await world_of(store, chapter("two"), chapter("three"))
    world.library.put(serial(chapter("x"), slug="tides", backlog=1))
    await world.run()
    foreign = await idea(world, MIRA, story="tides")
    declined, withdrawn = await idea(world, MIRA), await idea(world, MIRA)
    target, merged, fine = await idea(world, MIRA), await idea(world, JONAS), await idea(world, SHY)
    await world.decisions.decide(AUTHOR, declined, Decision.DECLINE)
    await world.decisions.decide(AUTHOR, merged, Decision.MERGE, DecisionDetails(into=target))
    await world.submissions.withdraw(MIRA, withdrawn)
    await released(world, foreign, declined, 999, withdrawn, merged, fine, fine)
    assert [n.facts["number"] for n in await told(world)] == [str(fine)]
    (notice,) = (n for n in world.messenger.notices if n.kind == IGNORED)
    assert notice.user_id == AUTHOR.user_id
    assert [(notice.facts[f"{i}.number"], notice.facts[f"{i}.flaw"]) for i in range(5)] == [
        (str(foreign), "foreign"),
        (str(declined), "declined"),
        ("999", "unknown"),
        (str(withdrawn), "withdrawn"),
        (str(merged), "merged"),
    ]
    assert (notice.facts["4.into"], notice.facts["count"]) == (str(target), "5")
    assert len([r for r in caplog.records if getattr(r, "action", "") == "thanks_ignored"]) == 5
    put(world, chapter("one"), chapter("two", thanks=(declined, 999), text="Other words."), chapter("three"))
    await world.content_sync.sync()
    await told(world)
    assert len([n for n in world.messenger.notices if n.kind == IGNORED]) == 1


async def test_an_idea_is_used_by_one_chapter(store: Database) -> None:
    world = await world_of(store, chapter("two"), chapter("three"))
    number = await idea(world, MIRA, named=True)
    put(world, chapter("one"), chapter("two", thanks=(number,)), chapter("three", thanks=(number,)))
    await world.later(minutes=30)
    await world.later(days=1)
    assert await state(world, number) == (SuggestionState.USED, "two")
    assert len(await told(world)) == 1
    assert await thanked(world, "three") == Credits()
    (notice,) = (n for n in world.messenger.notices if n.kind == IGNORED)
    assert notice.facts["0.flaw"] == "elsewhere"


async def test_news_wait_for_the_post_they_lead_to_but_not_for_ever(store: Database) -> None:
    world = await world_of(store, chapter("two"))
    await world.subscribe()
    number = await idea(world, MIRA)
    put(world, chapter("one"), chapter("two", thanks=(number,)))
    await world.content_sync.sync()
    world.clock.advance(timedelta(minutes=30))
    await world.publisher.publish_due()
    assert await told(world, minutes=2) == []
    await world.deliver()
    (notice,) = await told(world)
    assert "link" in notice.facts


async def test_news_whose_post_never_comes_are_told_all_the_same(store: Database) -> None:
    world = await world_of(store, chapter("two"))
    await world.subscribe()
    number = await idea(world, MIRA)
    put(world, chapter("one"), chapter("two", thanks=(number,)))
    await world.content_sync.sync()
    world.clock.advance(timedelta(minutes=30))
    await world.publisher.publish_due()
    assert await told(world, minutes=9) == []
    (notice,) = await told(world, minutes=2)
    assert "link" not in notice.facts
    assert notice.facts["release"]


async def test_news_for_an_idea_made_in_direct_messages_lead_to_a_follower_s_own_post(
    store: Database,
) -> None:
    world = await world_of(store, chapter("two"))
    alone = replace(READER, guild_id=None, channel_id=70_003)
    await world.followers.follow(alone, "lamps")
    number = await idea(world, alone)
    await released(world, number)
    (notice,) = await told(world)
    assert notice.facts["link"].startswith("https://discord.com/channels/@me/70003/")


async def test_a_crash_before_the_commit_tells_nobody(
    store: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = await world_of(store, chapter("two"))
    number = await idea(world, MIRA)
    put(world, chapter("one"), chapter("two", thanks=(number,)))
    await world.content_sync.sync()
    world.clock.advance(timedelta(minutes=30))

    async def break_down(*_: object, **__: object) -> None:
        raise OSError("no power")

    with monkeypatch.context() as broken:
        broken.setattr("bot.services.releases.publisher.plan_deliveries", break_down)
        await world.publisher.publish_due()
    assert await state(world, number) == (SuggestionState.NEW, None)
    assert await told(world) == []
    await world.run()
    assert len(await told(world)) == 1


def test_everybody_counts_once_and_too_many_names_are_counted() -> None:
    mira, silent = Contributor(1, "Mira", named=True), Contributor(2, "Shy", named=False)
    assert credit_contributors([]) == Credits()
    assert credit_contributors([mira, replace(mira, named=False), silent, silent]) == Credits(("Mira",), 1)
    assert credit_contributors([Contributor(None, None, named=True)] * 2) == Credits((), 2)
    many = [Contributor(n, f"Reader {n}", named=True) for n in range(MOST_NAMED + 3)]
    assert credit_contributors(many).others == 3
    assert len(credit_contributors(many).names) == MOST_NAMED


async def test_credits_do_not_tell_whether_an_anonymous_idea_is_of_somebody_they_name(
    store: Database,
) -> None:
    world = await world_of(store, chapter("two"))
    mine, hers = await idea(world, MIRA, named=True), await idea(world, MIRA, anonymous=True)
    await released(world, mine, hers)
    assert await thanked(world) == Credits(("Mira",), 1), "as it would be with another's"
    await world.personal_data.erase(MIRA, keep_suggestions=True)
    assert await thanked(world) == Credits((), 2)


_STEP = st.tuples(
    st.sampled_from(["consent", "refuse", "merge", "erase", "support", "accept"]),
    st.integers(0, 4),
    st.integers(0, 4),
)


@settings(
    max_examples=examples(15),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    makers=st.lists(st.integers(0, 3), min_size=2, max_size=5),
    hidden=st.sets(st.integers(0, 4)),
    steps=st.lists(_STEP, max_size=12),
    thanks=st.sets(st.integers(0, 4), min_size=1),
    after=st.lists(_STEP.filter(lambda step: step[0] in ("consent", "refuse", "erase")), max_size=3),
)
async def test_nobody_is_named_who_did_not_agree_nor_told_twice_or_of_another_s(
    makers: list[int],
    hidden: set[int],
    steps: list[tuple[str, int, int]],
    thanks: set[int],
    after: list[tuple[str, int, int]],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    people = [Viewer(40 + n, f"Person {n}", guild_id=GUILD, channel_id=CHANNEL) for n in range(4)]
    async with fresh_store(tmp_path_factory.mktemp("credit"), "sqlite") as opened:
        world = await world_of(opened, chapter("two"))
        ideas = [await idea(world, people[n], anonymous=i in hidden) for i, n in enumerate(makers)]
        agreed: dict[int, bool] = dict.fromkeys(ideas, False)
        erased: set[int] = set()

        async def take(step: tuple[str, int, int]) -> None:
            what, a, b = step
            number, other = ideas[a % len(ideas)], ideas[b % len(ideas)]
            person = people[b % len(people)]
            maker = people[makers[ideas.index(number)]]
            async with opened.begin() as tx:
                if what in ("consent", "refuse") and await tx.suggestions.set_name_me(
                    number, suggester=maker.user_id, wanted=what == "consent"
                ):
                    agreed[number] = what == "consent"
                elif what == "support":
                    await tx.suggestions.add_supporter(number, person.user_id, world.clock.now())
                elif what == "erase":
                    await tx.suggestions.forget_person(person.user_id, f"hash of {person.user_id}")
                    await tx.personal_data.erase(person.user_id, None)
                    erased.add(person.user_id)
            with suppress(Refusal):
                if what == "merge":
                    await world.decisions.decide(AUTHOR, number, Decision.MERGE, DecisionDetails(into=other))
                elif what == "accept":
                    await world.decisions.decide(AUTHOR, number, Decision.ACCEPT)

        for step in steps:
            await take(step)
        gone = set(erased)
        await released(world, *(ideas[n % len(ideas)] for n in sorted(thanks)))
        notices = await told(world, minutes=2)
        seen = [(notice.user_id, notice.facts["number"]) for notice in notices]
        assert len(seen) == len(set(seen))
        for notice in notices:
            number = int(notice.facts["number"])
            maker = people[makers[ideas.index(number)]]
            assert notice.facts["idea"] == f"An idea of {maker.name}’s"
            if notice.facts["part"] == "supported":
                assert notice.user_id != maker.user_id or maker.user_id in gone
            else:
                assert notice.user_id == maker.user_id
                assert maker.user_id not in gone
        for step in after:
            await take(step)
        may = {
            people[makers[i]].name
            for i, number in enumerate(ideas)
            if agreed[number] and i not in hidden and people[makers[i]].user_id not in erased
        }
        assert set((await thanked(world)).names) <= may


async def last_page(world: World) -> int:
    """A channel's post of `two` is open at its last page; its id."""
    (message_id,) = (
        id_ for id_, (_, post, _) in world.messenger.posts.items() if post.release.chapter == "two"
    )
    while (post := world.messenger.edits[-1][1] if world.messenger.edits else None) is None or (
        post.page_number < post.page_count
    ):
        await world.page_turns.turn_by(message_id, +1)
        await world.page_turns.drain()
    while await world.post_refresh.run_batch() is not None:
        pass
    return message_id


async def shown(world: World, message_id: int) -> Credits:
    """The credits on that post after what is stale was edited."""
    while await world.post_refresh.run_batch() is not None:
        pass
    return next(post.credits for id_, post in reversed(world.messenger.edits) if id_ == message_id)


async def test_posts_follow_a_maker_s_consent_and_erasure(store: Database) -> None:
    world = await world_of(store, chapter("two"))
    await world.subscribe()
    mira, jonas = await idea(world, MIRA, named=True), await idea(world, JONAS, named=True)
    await world.decisions.decide(AUTHOR, jonas, Decision.MERGE, DecisionDetails(into=mira))
    put(world, chapter("one"), chapter("two", thanks=(mira,), text=long_text(200)))
    await world.later(minutes=30)
    message_id = await last_page(world)
    assert await shown(world, message_id) == Credits(("Mira", "Jonas"), 0)
    async with world.store.begin() as tx:
        assert await tx.suggestions.set_name_me(jonas, suggester=JONAS.user_id, wanted=False)
        await mark_credits_stale(tx, [jonas])
    assert await shown(world, message_id) == Credits(("Mira",), 1)
    await world.personal_data.erase(MIRA, keep_suggestions=True)
    assert await shown(world, message_id) == Credits((), 2)


async def test_credits_stand_where_the_chapter_ends(store: Database) -> None:
    world = await world_of(store, chapter("two"))
    await world.subscribe(options=SubscriptionOptions(style=ReleaseStyle.CARD))
    await world.subscribe(channel_id=OTHER_CHANNEL)
    number = await idea(world, MIRA, named=True)
    put(world, chapter("one"), chapter("two", thanks=(number,), text=long_text(200)))
    await world.later(minutes=30)
    posted = {to.channel_id: post.credits for to, post, _ in world.messenger.posts.values()}
    assert posted == {CHANNEL: Credits(("Mira",), 0), OTHER_CHANNEL: Credits()}
    view = await world.private_reader.open(READER, "lamps", "two")
    assert view.credits is None
    assert (await world.private_reader.show_page(READER, view.release.id, -1)).credits == Credits(
        ("Mira",), 0
    )
