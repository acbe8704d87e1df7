"""Troubles that Discord makes, and ways for the bot to die amid them."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from discord_sandbox.server import Sandbox

from tests.soak.killer import STARTING_STEPS, STEPS
from tests.soak.world import World

POSTS = {"method": "POST", "route": "/channels/{channel}/*"}

_REACHED = 3.0
"""Seconds in which a step must be reached; where it is not, the bot is killed then, wherever it is."""

_OFFLINE = 1.5
"""Seconds that stand for the minutes that Discord is away."""


# --- troubles --------------------------------------------------------------------------------------------------------

Trouble = Callable[[Sandbox], object]


def fault(kind: str, count: int, **more: object) -> Trouble:
    """Some posts meet a fault."""
    return lambda sandbox: sandbox.add_fault(kind, count=count, **POSTS, **more)


TROUBLES: dict[str, Trouble] = {
    "calm": lambda sandbox: None,
    "answers dropped after the effect": fault("drop_after", 3),
    "requests dropped": fault("drop_before", 3),
    "500": fault("error", 2, status=500),
    "502": fault("error", 1, status=502),
    "503": fault("error", 3, status=503),
    "502 after the effect": fault("error_after", 1, status=502),
    "503 after the effect": fault("error_after", 3, status=503),
    "429 of the user": fault("limit", 3, scope="user", retry_after=0.3),
    "429 of all": fault("limit", 2, scope="global", retry_after=0.3),
    "429 shared": fault("limit", 3, scope="shared", retry_after=0.3),
    "slow answers": fault("delay_answer", 6, seconds=0.3),
    "gateway closed": lambda sandbox: sandbox.hub.disconnect(4000),
    "gateway cut": lambda sandbox: sandbox.hub.cut(),
    "session invalid": lambda sandbox: sandbox.hub.invalidate(),
    "offline": lambda sandbox: sandbox.go_offline(_OFFLINE),
}


# --- blows -----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class AtStep:
    """The bot dies at a step of its work, or, `starting`, on its first way there."""

    step: str
    count: int
    starting: bool = False

    async def __call__(self, world: World) -> bool:
        order = f"{self.step} {self.count}"
        if self.starting:
            await world.kill()
            await world.start(order=order)
        else:
            world.order(order)
        return await world.dies(_REACHED)

    def __str__(self) -> str:
        return f"at {self.step} no. {self.count}{' of a new start' if self.starting else ''}"


@dataclass(frozen=True)
class Held:
    """The bot dies while Discord holds a post: before it is made (`delay`; it is made then), or after."""

    kind: str

    async def __call__(self, world: World) -> bool:
        held = world.sandbox.add_fault(self.kind, count=1, seconds=0.8, **POSTS)
        await world.sandbox.until(lambda: held.used)
        await asyncio.sleep(0.05)
        await world.kill()
        return True

    def __str__(self) -> str:
        return f"while Discord holds a post ({self.kind})"


@dataclass(frozen=True)
class AtMoment:
    """The bot dies some seconds from now, or, `starting`, from a new start."""

    seconds: float
    starting: bool = False

    async def __call__(self, world: World) -> bool:
        if self.starting:
            await world.kill()
            await world.start()
        await asyncio.sleep(self.seconds)
        await world.kill()
        return True

    def __str__(self) -> str:
        return f"{self.seconds:.1f} s after {'a new start' if self.starting else 'the last round'}"


Blow = AtStep | Held | AtMoment


def blows(dice: random.Random) -> Iterator[Blow]:
    """Every way to die, over and over, in an order of chance."""
    while True:
        some: list[Blow] = [AtStep(step, dice.randint(1, 5)) for step in STEPS]
        some += [AtStep(step, dice.randint(1, 3), starting=True) for step in STEPS]
        some += [AtStep(step, 1, starting=True) for step in STARTING_STEPS]
        some += [Held("delay"), Held("delay_answer")] * 2
        some += [AtMoment(dice.uniform(0, 1.5)) for _ in range(4)]
        some += [AtMoment(dice.uniform(0.3, 2.5), starting=True) for _ in range(4)]
        dice.shuffle(some)
        yield from some
