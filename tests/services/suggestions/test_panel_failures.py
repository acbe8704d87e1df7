"""Whatever Discord answers, and wherever the bot dies: one message each, and in the end it is current."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Unknown
from bot.domain.delivery.retry import LEASE
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.domain.suggestions.panel_contents import BoardPost
from bot.domain.suggestions.panels import REFUSAL_PAUSE, Panel
from bot.services.suggestions.submission import SuggestionDraft
from tests.services.fakes import AUTHOR, CHANNEL, NOON, World, chapter, serial
from tests.support.databases import fresh_store
from tests.support.profiles import examples

LOST, NOT_SENT, FAILED = "lost", "not sent", "failed"
STEPS = st.lists(
    st.sampled_from(
        [
            ("change", ""),
            ("sweep", ""),
            ("sweep", LOST),
            ("sweep", NOT_SENT),
            ("sweep", FAILED),
            ("crash", ""),
            ("crash", LOST),
            ("wait", "seconds"),
            ("wait", "minutes"),
            ("edit", FAILED),
            ("edit", LOST),
        ]
    ),
    max_size=14,
)


class Dying(Exception):
    """The process ends here."""


@settings(max_examples=examples(50), deadline=None)
@given(STEPS)
def test_one_board_that_is_current_in_the_end(steps: list[tuple[str, str]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        world, board, open_ = asyncio.run(play(Path(folder), steps))
    assert (board.wake_at, board.fault) == (None, None)
    assert list(world.messenger.panels) == [board.message_id], "one message, and it is known"
    shown = [world.messenger.panels[board.message_id or 0][1]]
    shown += [post for _, post in world.messenger.panel_edits]
    assert isinstance(shown[-1], BoardPost)
    assert [idea.number for idea in shown[-1].suggestions] == open_


async def play(folder: Path, steps: list[tuple[str, str]]) -> tuple[World, Panel, list[int]]:
    """Go through the steps and let all come to rest: the world, what is stored of the board, and the open ideas."""
    async with fresh_store(folder, "sqlite") as store:
        world = World(store, serial(chapter("one"), backlog=1))
        await world.run()
        await world.panels.post_board(AUTHOR, "lamps", CHANNEL)
        for n, (step, how) in enumerate(steps):
            await take(world, n, step, how)
        async with store.begin() as tx:
            # What was refused is tried again with the next change.
            await tx.panels.wake("lamps", [], world.clock.now())
        for _ in range(3):
            world.clock.advance(REFUSAL_PAUSE + LEASE)
            await world.panels.sweep()
        async with store.read() as tx:
            (board,) = await tx.panels.list_boards("lamps")
            open_ = [idea.number for idea in await tx.suggestions.list_top("lamps", limit=8)]
        return world, board, open_


async def take(world: World, n: int, step: str, how: str) -> None:
    messenger = world.messenger
    messenger.lost_answers = how == LOST
    outcome: list[Outcome] = {
        LOST: [Unknown("no answer")],
        NOT_SENT: [Unknown("no answer")],
        FAILED: [Delayed("limit")],
    }.get(how, [])  # type: ignore[assignment]
    match step:
        case "change":
            maker = Viewer(100 + n, "Reader")
            await world.submissions.submit(
                maker, SuggestionDraft(f"Idea {n}", story="lamps", chapter=None, anonymous=False)
            )
        case "sweep":
            messenger.answers = outcome
            await world.panels.sweep()
        case "edit":
            refused = Refused(DeliveryFault("discord-50013", "no", NOON))
            messenger.edit_answers = [refused if how == FAILED else Unknown("no answer")]
            await world.panels.sweep()
        case "crash":
            await crash(world, sent=how == LOST)
        case "wait":
            world.clock.advance(timedelta(seconds=5) if how == "seconds" else timedelta(minutes=4))
    messenger.answers, messenger.edit_answers = [], []


async def crash(world: World, *, sent: bool) -> None:
    """The bot dies in the middle of a post, and another takes over."""
    post = world.messenger.post_panel

    async def dying(*what: object) -> Outcome:
        if sent:
            await post(*what)  # type: ignore[arg-type]
        raise Dying

    async def never(*_: object, **__: object) -> None:
        """Nothing is settled by a process that is dead."""

    world.messenger.post_panel = dying  # type: ignore[method-assign,assignment]
    settle, world.panels._settle = world.panels._settle, never  # type: ignore[method-assign,assignment]
    await world.panels.sweep()
    world.messenger.post_panel, world.panels._settle = post, settle  # type: ignore[method-assign]
    world.clock.advance(timedelta(seconds=1))
    await world.panels.take_over()
