"""A shared post under many hands: whatever is pressed, by whomever, and wherever the bot restarts in between."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import count, permutations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.subscriptions.subscription import Start
from bot.store.database import Database
from tests.services.fakes import CHANNEL, World, chapter, serial
from tests.services.releases.revision_helpers import LONG, post_of
from tests.support.profiles import examples


def turned(page: int, steps: Sequence[int], pages: int) -> int:
    """Where a post is after these turns: it stops at its ends."""
    for step in steps:
        page = min(max(page + step, 1), pages)
    return page


PRESSES = st.lists(
    st.one_of(
        st.lists(st.sampled_from([-1, +1]), min_size=1, max_size=3),
        st.just("restart"),
    ),
    max_size=15,
)
_FRESH = count(1)


@settings(
    max_examples=examples(25), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(presses=PRESSES)
async def test_every_press_counts_and_a_restart_forgets_none(
    store: Database, presses: list[list[int] | str]
) -> None:
    """Presses in one list come at once, from as many readers: in whatever order they are taken, none is lost."""
    tale = serial(chapter("one", LONG), schedule=None, backlog=1)
    world = World(store, tale)
    await world.run()
    fresh = next(_FRESH)
    world.messenger.ids_from = 10_000 * fresh
    await world.subscribe(channel_id=CHANNEL + fresh, start=Start.LATEST)
    await world.deliver()
    (message,) = world.messenger.posts
    pages, expected = (await post_of(store, message)).page_count, 1
    for press in presses:
        if isinstance(press, str):
            world = World(store, tale)
            continue
        await asyncio.gather(
            *(world.page_turns.turn_by(message, step, reader) for reader, step in enumerate(press, 1))
        )
        await world.page_turns.drain()
        kept = await post_of(store, message)
        assert kept.page in {turned(expected, steps, pages) for steps in permutations(press)}
        expected = kept.page
        if world.messenger.edits:
            assert world.messenger.edits[-1][1].page_number == expected
