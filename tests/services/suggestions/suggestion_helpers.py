"""What tests of readers' ideas have in common."""

from __future__ import annotations

from bot.domain.authorization import Viewer
from bot.domain.suggestions.suggestion import Suggestion
from bot.services.suggestions.submission import SubmissionResult, SuggestionDraft
from bot.store.database import Database
from tests.services.fakes import CHANNEL, GUILD, LIMITS, READER, World, chapter, serial


def reader(user_id: int) -> Viewer:
    """A reader of that id."""
    return Viewer(user_id, f"Reader {user_id}", guild_id=GUILD, channel_id=CHANNEL)


async def world_of(store: Database, **more: object) -> World:
    """A world with one chapter out and one to come."""
    world = World(store, serial(chapter("one"), chapter("two"), backlog=1, **more))  # type: ignore[arg-type]
    await world.run()
    return world


async def make(
    world: World,
    who: Viewer = READER,
    idea: str = "Let the lamp speak.",
    *,
    sure: bool = True,
    **more: object,
) -> SubmissionResult:
    """Queue an idea for `lamps`, and let its maker's cool-down pass."""
    options = {"story": "lamps", "chapter": None, "anonymous": False} | more
    made = await world.submissions.submit(who, SuggestionDraft(idea, **options), sure=sure)  # type: ignore[arg-type]
    world.clock.advance(LIMITS.cooldown)
    return made


async def find(world: World, number: int) -> Suggestion:
    """The idea as it stands."""
    async with world.store.read() as tx:
        found = await tx.suggestions.get(number)
    assert found is not None
    return found


async def told(world: World) -> list[tuple[int, str, str]]:
    """Everything people were told: whom, of what kind, as what (their part and number)."""
    await world.notification_outbox.sweep()
    return [
        (n.user_id, n.kind.removeprefix("idea-"), f"{n.facts['part']} {n.facts['number']}")
        for n in world.messenger.notices
    ]
