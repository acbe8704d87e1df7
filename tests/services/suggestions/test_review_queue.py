"""An author's way through the ideas, by the idea on show."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.domain.authorization import Viewer
from bot.domain.stories.story_refusals import NotAnAuthor, NotAnyAuthor
from bot.domain.suggestions.panel_contents import QueueFilter, QueueOrder, QueueView
from bot.domain.suggestions.suggestion import Decision, SuggestionState
from bot.domain.suggestions.suggestion_refusals import SuggestionUnknown
from bot.services.stories.chapter_lookup import chapter_token
from bot.services.suggestions.decisions import DecisionDetails
from bot.services.suggestions.review_queue import Direction
from bot.services.suggestions.submission import SuggestionDraft
from bot.store.database import Database
from tests.services.fakes import AUTHOR, READER, STRANGER, World, chapter, serial

ANY = QueueFilter(state=None)


async def world_of(store: Database, ideas: int = 0) -> World:
    """Two stories of the author's, with so many ideas for the first."""
    world = World(
        store,
        serial(chapter("one"), chapter("two"), chapter("three"), backlog=2),
        serial(chapter("one"), slug="birds", backlog=1),
    )
    await world.run()
    for n in range(1, ideas + 1):
        await suggest(world, f"Number {n} wants a lamp of kind {'abcdefgh'[n % 8] * 9}.")
    return world


async def suggest(world: World, idea: str, story: str = "lamps", **more: object) -> int:
    """Queue an idea by a reader of its own."""
    world.clock.advance(world.submissions._limits.cooldown * 2)
    maker = Viewer(1000 + int(world.clock.now().timestamp()) % 10**6, "Reader")
    facts = {"story": story, "chapter": None, "anonymous": False} | more
    draft = SuggestionDraft(idea, **facts)  # type: ignore[arg-type]
    return (await world.submissions.submit(maker, draft)).suggestion.number


def number(view: QueueView) -> int | None:
    return view.suggestion.number if view.suggestion is not None else None


async def test_on_and_back_go_to_the_neighbours_as_the_queue_is_now(store: Database) -> None:
    world = await world_of(store, ideas=5)
    show = world.review_queue.browse
    view = await show(AUTHOR, QueueFilter())
    assert (number(view), view.position, view.total) == (5, 1, 5)
    view = await show(AUTHOR, QueueFilter(), 5, Direction.ON)
    assert (number(view), view.position) == (4, 2)
    # Two newer ones come while an author looks at 4, and 3 is declined by another.
    await suggest(world, "Something else entirely.")
    await world.decisions.decide(AUTHOR, 3, Decision.DECLINE)
    view = await show(AUTHOR, QueueFilter(), 4, Direction.STAY)
    assert (number(view), view.position, view.total) == (4, 3, 5)
    assert number(await show(AUTHOR, QueueFilter(), 4, Direction.ON)) == 2
    assert number(await show(AUTHOR, QueueFilter(), 4, Direction.BACK)) == 5
    assert number(await show(AUTHOR, QueueFilter(), 6, Direction.BACK)) == 6, "there is none before the first"
    assert number(await show(AUTHOR, QueueFilter(), 1, Direction.ON)) == 1, "nor after the last"
    # What has left the queue gives way to the next, what was last to the one before.
    assert number(await show(AUTHOR, QueueFilter(), 3)) == 2
    for gone in (1, 2):
        await world.decisions.decide(AUTHOR, gone, Decision.DECLINE)
    assert number(await show(AUTHOR, QueueFilter(), 1)) == 4
    assert number(await show(AUTHOR, ANY, 1)) == 1


async def test_an_empty_queue_says_what_was_looked_at(store: Database) -> None:
    world = await world_of(store)
    view = await world.review_queue.browse(AUTHOR, QueueFilter(story="Lamps", search="nothing"))
    assert (view.suggestion, view.total, view.filter.story, view.filter.search) == (
        None,
        0,
        "lamps",
        "nothing",
    )
    assert [story.slug for story in view.stories] == ["birds", "lamps"], "the others are a menu away"


async def test_only_what_is_theirs(store: Database) -> None:
    world = await world_of(store, ideas=1)
    with pytest.raises(NotAnyAuthor):
        await world.review_queue.browse(READER, QueueFilter())
    with pytest.raises(NotAnAuthor):
        await world.review_queue.browse(READER, QueueFilter(story="lamps"))
    for look in (
        world.review_queue.get,
        world.review_queue.merge_choices,
        world.review_queue.chapter_options,
    ):
        with pytest.raises(SuggestionUnknown):
            await look(STRANGER, 1)
    with pytest.raises(NotAnyAuthor):
        await world.review_queue.suggestion_choices(STRANGER, "")
    assert number(await world.review_queue.browse(replace(STRANGER, operator=True), QueueFilter())) == 1


async def test_sorting_filters_and_search(store: Database) -> None:
    world = await world_of(store)
    await suggest(world, "A lamp for Zoë", chapter="two")
    await suggest(world, "Lamps everywhere", chapter="one")
    await suggest(world, "Birds!", story="birds")
    await suggest(world, "See https://example.test for more", chapter="one")
    for user in (31, 32):
        await world.supporters.support(Viewer(user, "Fan"), 1)
    await world.supporters.support(Viewer(33, "Fan"), 3)

    async def order(look: QueueFilter) -> list[int | None]:
        found = [number(await world.review_queue.browse(AUTHOR, look))]
        while True:
            view = await world.review_queue.browse(AUTHOR, look, found[-1], Direction.ON)
            if number(view) == found[-1]:
                assert view.position == view.total == len(found)
                return found
            found.append(number(view))

    assert await order(QueueFilter()) == [4, 3, 2, 1]
    assert await order(QueueFilter(order=QueueOrder.SUPPORTED)) == [1, 3, 4, 2]
    assert await order(QueueFilter(order=QueueOrder.CHAPTER)) == [3, 4, 2, 1]
    assert await order(QueueFilter(story="lamps", order=QueueOrder.CHAPTER)) == [4, 2, 1]
    assert await order(QueueFilter(story="lamps", chapter=1)) == [4, 2]
    assert await order(QueueFilter(held=True)) == [4]
    assert await order(QueueFilter(search="LAMP")) == [2, 1]
    assert await order(QueueFilter(search="zoe")) == [1], "accents and case make no difference"
    assert await order(QueueFilter(search="#3")) == [3]


async def test_what_is_alike_and_what_it_may_join(store: Database) -> None:
    world = await world_of(store)
    first = await suggest(world, "The old lamp keeper should marry the baker")
    await suggest(world, "More rain, please")
    alike = await suggest(world, "Let the lamp keeper marry the baker!")
    other = await suggest(world, "The lamp keeper should marry the baker", story="birds")
    view = await world.review_queue.get(AUTHOR, alike)
    assert [one.number for one in view.similar] == [first]
    offered = [choice.value for choice in await world.review_queue.merge_choices(AUTHOR, alike)]
    assert offered[0] == str(first)
    assert str(alike) not in offered
    assert str(other) not in offered
    assert [c.value for c in await world.review_queue.merge_choices(AUTHOR, alike, "rain")] == ["2"]
    await world.decisions.decide(AUTHOR, alike, Decision.MERGE, DecisionDetails(into=first))
    assert (await world.review_queue.get(AUTHOR, alike)).similar == ()


async def test_chapters_to_come_are_offered_first(store: Database) -> None:
    world = await world_of(store, ideas=1)
    choices = await world.review_queue.chapter_options(AUTHOR, 1)
    assert [(c.label, c.value) for c in choices] == [
        ("3. Three (to come)", chapter_token("three")),
        ("2. Two", "2"),
        ("1. One", "1"),
    ]


async def test_numbers_are_offered_by_number_and_text(store: Database) -> None:
    world = await world_of(store, ideas=12)
    await world.decisions.decide(AUTHOR, 12, Decision.DECLINE)
    assert [c.value for c in await world.review_queue.suggestion_choices(AUTHOR, "1")][:2] == ["1", "12"]
    assert [c.value for c in await world.review_queue.suggestion_choices(AUTHOR, "number 7")] == ["7"]
    assert len(await world.review_queue.suggestion_choices(AUTHOR, "")) == 12


async def test_used_in_a_chapter_to_come_is_told_when_it_is_out(store: Database) -> None:
    world = await world_of(store, ideas=2)
    for n in (1, 2):
        await world.decisions.decide(AUTHOR, n, Decision.ACCEPT)
    await world.notification_outbox.sweep()
    world.messenger.notices.clear()
    made = await world.decisions.decide(AUTHOR, 1, Decision.USED, DecisionDetails(chapter="Three"))
    assert made.suggestion.state is SuggestionState.USED
    await world.decisions.decide(AUTHOR, 2, Decision.USED, DecisionDetails(chapter="2"))
    world.clock.advance(world.submissions._limits.cooldown)
    await world.notification_outbox.sweep()
    assert [(n.kind, n.facts["number"]) for n in world.messenger.notices] == [("idea-used", "2")]
    view = await world.review_queue.get(AUTHOR, 1)
    assert view.titles == {"three": "Three"}
    assert view.released == frozenset()
    world.messenger.notices.clear()
    await world.later(days=1)
    await world.notification_outbox.sweep()
    world.clock.advance(world.submissions._limits.cooldown)
    await world.notification_outbox.sweep()
    assert [(n.kind, n.facts["number"]) for n in world.messenger.notices] == [("idea-used", "1")]


async def test_the_list_has_pages_that_are_found_by_what_stands_on_them(store: Database) -> None:
    world = await world_of(store, ideas=20)

    async def page(number: int = 0, step: int = 0, **look: object) -> tuple[int, list[int]]:
        shown = await world.review_queue.list_page(AUTHOR, QueueFilter(**look), number, step)  # type: ignore[arg-type]
        return shown.page, [entry.suggestion.number for entry in shown.entries]

    assert await page() == (0, list(range(20, 12, -1)))
    assert await page(13, 1) == (1, list(range(12, 4, -1)))
    assert await page(7) == (1, list(range(12, 4, -1)))
    assert await page(12, -1) == (0, list(range(20, 12, -1)))
    assert await page(5, 1) == await page(1, 1) == (2, [4, 3, 2, 1])
    await world.decisions.decide(AUTHOR, 7, Decision.DECLINE)
    assert await page(7) == (1, [12, 11, 10, 9, 8, 6, 5, 4]), "back to where it was"
    assert await page(state=SuggestionState.DECLINED) == (0, [7])
    assert await page(999, search="number 7", state=None) == (0, [7])
    shown = await world.review_queue.list_page(AUTHOR, QueueFilter(story="lamps", search="nothing"))
    assert (shown.filter.story, shown.entries, shown.page_count, shown.total) == ("lamps", (), 1, 0)
    with pytest.raises(NotAnyAuthor):
        await world.review_queue.list_page(READER, QueueFilter())
