"""Where chapters go in the soak test, a kind a line: how it is subscribed, and what is to be seen there."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

from discord_sandbox.discord_objects import Channel, ChannelType
from discord_sandbox.seed import ADMIN, GUILD, READERS, one_guild
from discord_sandbox.server import Sandbox
from discord_sandbox.validation import component_rules
from discord_sandbox.world import World

PARTS = 2
"""Pages of every chapter."""

_TRIES = 20
_SOON = 0.2

_PAGE = re.compile(r"Part (\d+) of chapter (\d+)")
_TITLE = re.compile(r"Chapter (\d+)")

Part = tuple[int, int]
"""Chapter and part, counted from 1; part 0 is what announces the chapter."""

PAGE_ONE: tuple[int, ...] = (1,)
ANNOUNCED: tuple[int, ...] = (0,)
WHOLE = (0, *range(1, PARTS + 1))


def chapter_text(number: int) -> str:
    """A chapter of `PARTS` pages at the smallest page length, each of which says what it is. No two chapters are alike:
    the bot would hold one of them for a copy of the other."""
    parts = [f"Part {part} of chapter {number}. {_filling(number, part)}." for part in range(1, PARTS + 1)]
    return f"# Chapter {number}\n\n" + "\n\n".join(parts) + "\n"


def _filling(number: int, part: int) -> str:
    return " ".join(f"{crc32(f'{number} {part} {word}'.encode()):08x}" for word in range(14))


def pages_in(sandbox: Sandbox, channel_id: int) -> list[Part]:
    """The pages that a channel shows."""
    messages = sandbox.world.channel(channel_id).messages.values()
    found = (
        _PAGE.findall(text) for message in messages for text in component_rules.texts(message.components)
    )
    return [(int(chapter), int(part)) for some in found for part, chapter in some]


def titles_in(sandbox: Sandbox, channel_id: int) -> list[Part]:
    """The chapters that are announced in a channel."""
    return [title for _, title in _titles(sandbox, channel_id)]


def _titles(sandbox: Sandbox, channel_id: int) -> list[tuple[int, Part]]:
    """The same with the messages' ids."""
    found = []
    for message in sandbox.world.channel(channel_id).messages.values():
        title = _TITLE.search("\n".join([message.content, *component_rules.texts(message.components)]))
        if title is not None:
            found.append((message.id, (int(title[1]), 0)))
    return found


def threads_in(sandbox: Sandbox, channel_id: int) -> list[Part]:
    """The chapters announced in a channel, or posted in a forum, each with the pages in its thread; oldest first."""
    channel = sandbox.world.channel(channel_id)
    threads = [
        each for each in sandbox.world.channels.values() if each.is_thread and each.parent_id == channel_id
    ]
    if channel.is_forum:
        begun = [(each.id, (int(_TITLE.findall(each.name)[0]), 0)) for each in threads]
    else:
        begun = _titles(sandbox, channel_id)
    whole: list[Part] = []
    for message_id, title in sorted(begun):
        # A thread shares the id of the message that it is about.
        whole += [title, *(pages_in(sandbox, message_id) if message_id in sandbox.world.channels else [])]
    orphans = [each.id for each in threads if each.id not in dict(begun)]
    return whole + [part for thread in orphans for part in pages_in(sandbox, thread)]


@dataclass(frozen=True)
class Kind:
    """A kind of destination: the channel it needs (none: a reader's DMs), the options of `/subscribe`, how it is read,
    and the parts of each chapter to expect."""

    channel: ChannelType | None
    options: dict[str, Any] = field(default_factory=dict)
    read: Callable[[Sandbox, int], list[Part]] = pages_in
    parts: tuple[int, ...] = PAGE_ONE


KINDS: dict[str, Kind] = {
    "pages": Kind(ChannelType.TEXT),
    "thread": Kind(ChannelType.TEXT, {"style": "thread"}, threads_in, WHOLE),
    "forum": Kind(ChannelType.FORUM, {"style": "thread"}, threads_in, WHOLE),
    "card": Kind(ChannelType.ANNOUNCEMENT, {"style": "card", "publish": True}, titles_in, ANNOUNCED),
    "direct": Kind(None),
}


@dataclass(frozen=True)
class Place:
    """One destination of the soak test."""

    name: str
    kind: Kind
    number: int

    def channel_id(self, sandbox: Sandbox) -> int:
        """The channel, or the DMs of one of the readers."""
        if self.kind.channel is None:
            return sandbox.person(READERS[self.number % len(READERS)]).dm().id
        return GUILD + 100 + self.number

    async def subscribe(self, sandbox: Sandbox, story: str) -> None:
        """Have its admin subscribe it, from the beginning, or its reader follow the story; on a busy machine it may
        take more than one try."""
        channel = self.channel_id(sandbox)
        if self.kind.channel is None:
            person, command, options = READERS[self.number % len(READERS)], "/follow", {"story": story}
        else:
            person, command = ADMIN, "/subscribe"
            options = {"story": story, "channel": channel, "start": "beginning"} | self.kind.options
        for _ in range(_TRIES):
            outcome = await sandbox.person(person).invoke(channel, command, options)
            if outcome.state == "done" and "no story" not in outcome.text:
                return
            # A new bot takes in stories only when Discord has told it the time.
            await asyncio.sleep(_SOON)
        raise AssertionError((self.name, outcome.state, outcome.error, outcome.text))

    def seen(self, sandbox: Sandbox) -> list[Part]:
        """The parts that are there, in the order in which a reader meets them."""
        return self.kind.read(sandbox, self.channel_id(sandbox))


def make_places(plan: dict[str, int]) -> list[Place]:
    """So many destinations of each kind."""
    kinds = [(name, KINDS[name]) for name, count in plan.items() for _ in range(count)]
    return [Place(f"{name} {number}", kind, number) for number, (name, kind) in enumerate(kinds)]


def seed(places: list[Place]) -> Callable[[World], None]:
    """A world with a channel for each."""

    def fill(world: World) -> None:
        one_guild(world)
        guild = world.guilds[GUILD]
        for place in places:
            if place.kind.channel is not None:
                own = GUILD + 100 + place.number
                channel = Channel(own, place.kind.channel, place.name.replace(" ", "-"), GUILD)
                guild.channels[own] = world.channels[own] = channel

    return fill
