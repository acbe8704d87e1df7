"""The world of the soak test: a sandbox that lives on, a database, a story, and a bot that keeps being killed."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

import yaml
from discord_sandbox.seed import AUTHOR
from discord_sandbox.server import Sandbox

from tests.e2e.programs import environment
from tests.soak.places import Place, chapter_text, seed
from tests.soak.tally import Tally

STORY = "the-lamp"
BEAT = "every 2 seconds"

_AHEAD = 40
"""Chapters that are always ready to come out."""

_PATIENCE = 150.0
"""Seconds after which a chapter that has not come counts as lost."""

_POLL = 0.02


class World:
    """Where the rounds take place. `caught_up` waits for the chapters, `tally` counts them."""

    def __init__(self, sandbox: Sandbox, folder: Path, database: str, places: list[Place]) -> None:
        self.sandbox = sandbox
        self.places = places
        self.folder = folder
        self.database = database
        self.story = folder / "content" / STORY
        self._order = folder / "order"
        self._clock = folder / "clock"
        self._log = folder / "log.txt"
        self._written = 0
        self._process: asyncio.subprocess.Process | None = None

    def set_up(self) -> None:
        """Write the configuration and the story."""
        settings = {
            "discord": {"api_url": self.sandbox.api_url, "gateway_url": self.sandbox.gateway_url},
            "database": {"url": self.database},
            "content": {"path": "content"},
            "reading": {"page_length": 200, "reactions": False},
            "http": {"port": 0},
            "log": {"format": "json"},
        }
        (self.folder / "config.yaml").write_text(yaml.safe_dump(settings), encoding="utf-8")
        (self.story / "chapters").mkdir(parents=True)
        about = {
            "title": "The Lamp",
            "authors": [{"name": "Ada Quill", "discord": AUTHOR}],
            "release": {"schedule": BEAT, "timezone": "UTC", "catch_up": "all"},
        }
        (self.story / "story.yaml").write_text(yaml.safe_dump(about), encoding="utf-8")

    # --- the bot's life ----------------------------------------------------------------------------------------------

    async def start(self, *, order: str | None = None, forgotten: bool = False) -> None:
        """Start the bot, with an order to die at some step if that is wished. `forgotten`: no nonce counts any more."""
        self.write_chapters()
        self._order.unlink(missing_ok=True)
        if order is not None:
            self._order.write_text(order, encoding="utf-8")
        more = {"XDG_CACHE_HOME": str(self.folder.resolve() / "cache")}
        more |= {"SOAK_CLOCK": str(self._clock.resolve())}
        more |= {"SOAK_FORGOTTEN": "yes"} if forgotten else {}
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                *("-m", "tests.soak.killer", "run", "-c", "config.yaml"),
                cwd=self.folder,
                env=environment(
                    DISCORD_TOKEN=self.sandbox.bot_token, SOAK_ORDER=str(self._order.resolve()), **more
                ),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def order(self, order: str) -> None:
        """Order the running bot to die at some step."""
        self._order.write_text(order, encoding="utf-8")
        self._signal(signal.SIGUSR2)

    def set_clock(self, off: float) -> None:
        """Have the bot's wall clock be wrong by so many seconds, at once and at its next starts."""
        self._clock.write_text(str(off), encoding="utf-8")
        self._signal(signal.SIGUSR2)

    async def dies(self, seconds: float) -> bool:
        """Wait for it to die by itself; if it has not done so by then, it is killed. Whether it did."""
        assert self._process is not None
        try:
            async with asyncio.timeout(seconds):
                await self._process.wait()
        except TimeoutError:
            await self.kill()
            return False
        assert self._process.returncode == -signal.SIGKILL, self.said()
        return True

    async def kill(self) -> None:
        """SIGKILL."""
        self._signal(signal.SIGKILL)
        if self._process is not None:
            await self._process.wait()

    def _signal(self, number: signal.Signals) -> None:
        if self._process is not None and self._process.returncode is None:
            self._process.send_signal(number)

    def logged(self) -> int:
        """How long the log is by now."""
        return self._log.stat().st_size if self._log.exists() else 0

    def lines(self, since: int) -> list[str]:
        """The log's lines since it was that long."""
        with self._log.open("rb") as log:
            log.seek(since)
            return log.read().decode(errors="replace").splitlines()

    @property
    def running(self) -> bool:
        """Whether the bot lives."""
        return self._process is not None and self._process.returncode is None

    def said(self, last: int = 60) -> str:
        """The end of the log."""
        return "\n".join(self._log.read_text(encoding="utf-8").splitlines()[-last:])

    def write_chapters(self) -> None:
        """See that enough chapters are ready to come out."""
        wanted = self.newest() + _AHEAD
        for number in range(self._written + 1, wanted + 1):
            file = self.chapter_file(number)
            file.write_text(chapter_text(number), encoding="utf-8")
        self._written = max(self._written, wanted)

    def chapter_file(self, number: int) -> Path:
        """Where a chapter's text is."""
        return self.story / "chapters" / f"{number:05}.md"

    # --- the chapters ------------------------------------------------------------------------------------------------

    async def subscribe_all(self) -> None:
        """Have every place subscribed, by slash commands."""
        await self.sandbox.until(lambda: list(self.sandbox.commands.everywhere()), _PATIENCE)
        for place in self.places:
            await place.subscribe(self.sandbox, STORY)

    def newest(self) -> int:
        """The newest chapter that is to be seen anywhere."""
        return max((chapter for place in self.places for chapter, _ in place.seen(self.sandbox)), default=0)

    async def caught_up(self, until: int) -> bool:
        """Wait until every place shows the whole of chapter `until`; whether they came to do that in time."""

        def shown() -> bool:
            return all(
                max(place.seen(self.sandbox), default=(0, 0)) >= (until, place.kind.parts[-1])
                for place in self.places
            )

        try:
            async with asyncio.timeout(_PATIENCE):
                while not shown():  # noqa: ASYNC110 - many places, one look
                    await asyncio.sleep(_POLL)
        except TimeoutError:
            return False
        return True

    async def whole(self, until: int) -> Tally:
        """The tally once nothing is missing, or when the time for that is over: in threads the end of one chapter may
        follow the beginning of the next."""
        tally = self.tally(until)
        with suppress(TimeoutError):
            async with asyncio.timeout(_PATIENCE):
                while tally.lost:
                    await asyncio.sleep(_POLL)
                    tally = self.tally(until)
        return tally

    def shown(self, last: int = 40) -> str:
        """The last parts that each place shows."""
        return "\n".join(
            f"{place.name} ({place.channel_id(self.sandbox)}): {place.seen(self.sandbox)[-last:]}"
            for place in self.places
        )

    def tally(self, until: int) -> Tally:
        """Hold all places against the story up to a chapter."""
        tally = Tally()
        for place in self.places:
            tally.count(place.seen(self.sandbox), place.kind.parts, until)
        return tally


@asynccontextmanager
async def soaking(folder: Path, database: str, places: list[Place]) -> AsyncIterator[World]:
    """A world whose bot is at work and has its places subscribed."""
    # The bot inherits it: told before it can listen, as on a busy machine, it does not end, and reads the files later.
    signal.signal(signal.SIGUSR2, signal.SIG_IGN)
    async with Sandbox(port=0, limits=False, seed=seed(places)) as sandbox:
        world = World(sandbox, folder, database, places)
        world.set_up()
        try:
            await world.start()
            await world.subscribe_all()
            assert await world.caught_up(1), world.said()
            yield world
        finally:
            await world.kill()
