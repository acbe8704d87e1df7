"""What happens to the bot in the soak test: an event strikes, is over, and the bot has to have it behind it."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.soak.deaths import TROUBLES, Held, blows
from tests.soak.places import chapter_text
from tests.soak.servers import Database
from tests.soak.world import World
from tests.support.databases import put_back

Strike = Callable[[World, Database], Awaitable[None]]

KINDS = ("kill", "database", "clock", "backup", *(f"files.{name}" for name in (
    "broken", "half", "renamed", "copy", "gone", "about", "unreadable", "undecodable",
)))  # fmt: skip
"""Every kind of event. `files` stands for all of the files'."""

BACKUP = "backup"
"""The file in the world's folder that holds a copy of the database."""

_SEEN = 1.2
"""Seconds until the bot has surely seen what changed in its files."""

_AHEAD = 30
"""How far ahead of the newest chapter a broken one is."""

_MINUTES, _DAYS = 60.0, 86_400.0


@dataclass(frozen=True)
class Event:
    """One of them. `name` tells of it in the report."""

    kind: str
    name: str
    strike: Strike


def chosen(names: str) -> list[str]:
    """The kinds that a list with commas names.

    Raises:
        ValueError: there is none of such a name.
    """
    wanted = [name.strip() for name in names.split(",") if name.strip()]
    found = [kind for kind in KINDS for name in wanted if kind == name or kind.startswith(f"{name}.")]
    if not found:
        raise ValueError(f"none of {names!r} is among {', '.join(KINDS)}")
    return found


def events(count: int, seed: int, kinds: list[str]) -> list[Event]:
    """So many events of these kinds, the same ones for the same seed. Two in five are deaths, if those are wanted."""
    dice = random.Random(seed)
    makers = _makers(dice)
    others = [kind for kind in kinds if kind != "kill"]
    order = _shuffled(others, dice)
    made = []
    for _ in range(count):
        kind = "kill" if not others or ("kill" in kinds and dice.random() < 0.4) else next(order)
        made.append(makers[kind]())
    return made


def _shuffled(kinds: list[str], dice: random.Random) -> Iterator[str]:
    while kinds:
        some = list(kinds)
        dice.shuffle(some)
        yield from some


def _makers(dice: random.Random) -> dict[str, Callable[[], Event]]:
    ways, troubles = blows(dice), _shuffled(list(TROUBLES), dice)
    strikes = {"broken": broken, "half": half_written, "renamed": renamed, "copy": conflict_copy, "gone": folder_gone,
               "about": about_broken, "unreadable": unreadable, "undecodable": undecodable}  # fmt: skip

    def death() -> Event:
        blow, trouble, forgotten = next(ways), next(troubles), dice.random() < 0.25
        # A post that Discord still holds arrives within its window: it is not forgotten before it is made.
        forgotten = forgotten and blow != Held("delay")

        async def strike(world: World, _: Database) -> None:
            TROUBLES[trouble](world.sandbox)
            await blow(world)
            if forgotten:
                world.sandbox.world.nonces.clear()
            await world.start(forgotten=forgotten)

        return Event("kill", f"{blow}; {trouble}{'; nonces forgotten' if forgotten else ''}", strike)

    def away() -> Event:
        seconds = dice.choice([0.0, 0.5, 1.5, 4.0])
        return Event("database", f"away for {seconds} s", lambda _, database: database.away(seconds))

    def wrong() -> Event:
        off = dice.choice([-1, 1]) * dice.choice([2 * _MINUTES, 60 * _MINUTES, _DAYS, 10 * _DAYS])
        starting = dice.random() < 0.5
        return Event("clock", f"{off:+.0f} s{' at a start' if starting else ''}", clock_set(off, starting))

    made: dict[str, Callable[[], Event]] = {"kill": death, "database": away, "clock": wrong}
    made["backup"] = lambda: Event("backup", "put back", restored)
    for name, strike in strikes.items():
        made[f"files.{name}"] = lambda name=name, strike=strike: Event(f"files.{name}", "", strike)  # type: ignore[misc]
    return made


# --- clocks and backups ----------------------------------------------------------------------------------------------


def clock_set(off: float, starting: bool) -> Strike:
    """The wall clock is wrong for some seconds, then right again."""

    async def strike(world: World, _: Database) -> None:
        if starting:
            await world.kill()
        world.set_clock(off)
        if starting:
            await world.start()
        await asyncio.sleep(3)
        world.set_clock(0)

    return strike


async def restored(world: World, database: Database) -> None:
    """The bot is stopped, and an older copy of its database put back."""
    await world.kill()
    await put_back(database.url, world.folder / BACKUP)
    await world.start()


# --- files -----------------------------------------------------------------------------------------------------------


async def _for_a_while(do: Callable[[], object], undo: Callable[[], object]) -> None:
    do()
    try:
        await asyncio.sleep(_SEEN)
    finally:
        undo()


async def broken(world: World, _: Database) -> None:
    """A chapter far ahead is broken, the bot starts, and it is mended."""
    number = world.newest() + _AHEAD
    file = world.chapter_file(number)
    file.write_text(f"---\ntitle: a: b\n---\n{chapter_text(number)}", encoding="utf-8")
    await world.kill()
    await world.start()
    await _for_a_while(lambda: None, lambda: file.write_text(chapter_text(number), encoding="utf-8"))


async def half_written(world: World, _: Database) -> None:
    """A chapter far ahead is seen half written."""
    number = world.newest() + _AHEAD
    file, text = world.chapter_file(number), chapter_text(number)
    half = "---\ntitle: “Chap"
    await _for_a_while(
        lambda: file.write_text(half, encoding="utf-8"), lambda: file.write_text(text, encoding="utf-8")
    )


async def renamed(world: World, _: Database) -> None:
    """A chapter that is out gets another name, and keeps it."""
    file = world.chapter_file(max(1, world.newest() - 2))
    file.rename(file.with_name(f"{file.stem}-again.md"))
    await asyncio.sleep(_SEEN)


async def conflict_copy(world: World, _: Database) -> None:
    """A sync tool leaves a copy of a chapter that is out."""
    file = world.chapter_file(world.newest())
    copy = file.with_name(f"{file.stem} (conflicted copy 2026-05-01).md")
    await _for_a_while(lambda: copy.write_bytes(file.read_bytes()), copy.unlink)


async def folder_gone(world: World, _: Database) -> None:
    """The story's folder is away for a while."""
    away = world.folder / "away"
    await _for_a_while(lambda: world.story.rename(away), lambda: away.rename(world.story))


async def about_broken(world: World, _: Database) -> None:
    """`story.yaml` is broken for a while, over a start."""
    about = world.story / "story.yaml"
    sound = about.read_text(encoding="utf-8")
    about.write_text("title: [The Lamp", encoding="utf-8")
    await world.kill()
    await world.start()
    await _for_a_while(lambda: None, lambda: about.write_text(sound, encoding="utf-8"))


async def unreadable(world: World, _: Database) -> None:
    """A folder beside the story may not be read. (Root may read everything; then it is a dangling link.)"""
    found = world.story.parent / "lost+found"
    if os.geteuid() == 0:
        await _for_a_while(lambda: found.symlink_to("nowhere"), found.unlink)
        return

    def make() -> None:
        found.mkdir()
        found.chmod(0)

    await _for_a_while(make, found.rmdir)


async def undecodable(world: World, _: Database) -> None:
    """A file whose name is no text appears among the chapters."""
    file = Path(os.fsdecode(os.fsencode(world.story / "chapters") + b"/caf\xe9.md"))
    await _for_a_while(lambda: file.write_bytes(b"# Cafe\n"), file.unlink)
