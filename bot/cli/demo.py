"""The command `fascicle demo`: the bot in the local Discord."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.command_resources import content_option, require_stories
from bot.cli.output import UsageFailure, report
from bot.cli.sandbox import require_sandbox
from bot.domain.authorization import Viewer
from bot.domain.diagnostics import ContentProblems, Diagnostic
from bot.domain.errors import Refusal
from bot.domain.releases.release import PictureFile
from bot.domain.schedule.schedule import Schedule, parse_schedule
from bot.domain.schedule.vocabulary import ScheduleError
from bot.domain.stories.story import Serial, Story
from bot.domain.subscriptions.subscription import Start, SubscriptionOptions
from bot.domain.text.terminal_escaping import printable
from bot.process.signals import handle_signals
from bot.services.stories.content_source import ContentSource
from bot.services.subscriptions.subscription_requests import SubscribeRequest

if TYPE_CHECKING:
    from discord_sandbox.server import Sandbox

    from bot.app import App
    from bot.config import Settings

_PATIENCE = 30.0
"""Seconds until the bot must have found the sandbox, which is in the same process."""

_SHOWN = 5


class Rescheduled:
    """Content whose stories all keep one schedule, from the moment they are first seen."""

    def __init__(self, content: ContentSource, schedule: Schedule) -> None:
        self._content = content
        self._schedule = schedule

    def with_description(self, story: Story) -> Serial | None:
        """Return a story's chapters with the given description."""
        serial = self._content.with_description(story)
        return None if serial is None else self._on_schedule(serial)

    def serials(self) -> Mapping[str, Serial]:
        """Return the stories on the other schedule."""
        return {slug: self._on_schedule(serial) for slug, serial in self._content.serials().items()}

    def list_faults(self) -> tuple[Diagnostic, ...]:
        """Return the content's faults."""
        return self._content.list_faults()

    def problems(self) -> ContentProblems:
        """Return the content's problems."""
        return self._content.problems()

    async def picture(self, slug: str, path: str) -> PictureFile | None:
        """Return a picture of a story."""
        return await self._content.picture(slug, path)

    def _on_schedule(self, serial: Serial) -> Serial:
        release_rules = replace(serial.story.release_rules, schedule=self._schedule, start=None)
        return replace(serial, story=replace(serial.story, release_rules=release_rules))


@click.command()
@click.option("--port", default=8710, show_default=True, help="Where the page is; 0 takes any free port.")
@click.option("--every", default="every 20 seconds", show_default=True, help="How often a chapter comes out.")
@content_option
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@click.option(
    "--keep", type=click.Path(path_type=Path, file_okay=False), help="Keep the bot's memory in DIR."
)
def demo(port: int, every: str, content: Path | None, no_browser: bool, keep: Path | None) -> None:
    """Try everything on this machine: no account, no token, no network."""
    require_sandbox("In a clone of the repository: make demo.")
    schedule = _schedule(every)
    folder = content or Path("content")
    require_stories(folder)

    from bot.observability.logs import set_up_logging

    for name in [each for each in os.environ if each.startswith(("DISCORD_", "FASCICLE_"))]:
        # The demo needs none of them, and the browser that it starts is not to inherit a token.
        del os.environ[name]
    set_up_logging("warning", "text")
    with contextlib.ExitStack() as stack:
        memory = keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fascicle-")))
        asyncio.run(_play(port, schedule, folder, memory, browse=not no_browser))


def _schedule(text: str) -> Schedule:
    """Parse a schedule; `20 seconds` is read as `every 20 seconds`."""
    try:
        return parse_schedule(text)
    except ScheduleError as error:
        try:
            return parse_schedule(f"every {text}")
        except ScheduleError:
            raise UsageFailure(f"--every: {error}") from error


async def _play(port: int, schedule: Schedule, folder: Path, memory: Path, *, browse: bool) -> None:
    from discord_sandbox.command_line import open_sandbox

    stop = asyncio.Event()
    with handle_signals(stop=stop.set, again=lambda: None):
        async with (
            open_sandbox(port, "demo") as sandbox,
            _bot(sandbox, schedule, folder, memory, stop) as app,
        ):
            await _set_the_stage(app, sandbox)
            click.echo(f"Fascicle is ready at {sandbox.url}")
            click.echo(f"{schedule.describe()} a chapter comes out. Stop with Ctrl-C.")
            report(app.content.list_faults())
            if browse and _has_browser():
                await asyncio.to_thread(webbrowser.open, sandbox.url)
            await stop.wait()


@contextlib.asynccontextmanager
async def _bot(
    sandbox: Sandbox, schedule: Schedule, folder: Path, memory: Path, stop: asyncio.Event
) -> AsyncIterator[App]:
    """Run the bot connected to the sandbox; when it ends or fails, `stop` is set."""
    from bot.app import open_app
    from bot.config import Secret
    from bot.store.engine.errors import StoreError

    settings = _settings(sandbox, folder, memory)
    try:
        async with open_app(
            settings, Secret(sandbox.bot_token), view=lambda source: Rescheduled(source, schedule)
        ) as app:
            serving = asyncio.create_task(app.serve(stop))
            serving.add_done_callback(lambda _: stop.set())
            await _settled(app, serving)
            try:
                yield app
            finally:
                stop.set()
                await serving
    except StoreError as error:
        raise UsageFailure(str(error)) from error


async def _settled(app: App, serving: asyncio.Task[None]) -> None:
    async with asyncio.timeout(_PATIENCE):
        while not app.settled:
            if serving.done():
                await serving
            await asyncio.sleep(0.05)


def _settings(sandbox: Sandbox, folder: Path, memory: Path) -> Settings:
    """Return default settings pointed at the sandbox, with its author as an operator."""
    from discord_sandbox import seed

    from bot.config import load_settings

    overrides = {
        "FASCICLE_DISCORD__API_URL": sandbox.api_url,
        "FASCICLE_DISCORD__GATEWAY_URL": sandbox.gateway_url,
        "FASCICLE_DATABASE__URL": f"sqlite+aiosqlite:///{memory.resolve() / 'fascicle.db'}",
        "FASCICLE_CONTENT__PATH": str(folder),
        "FASCICLE_OPERATORS": f"[{seed.AUTHOR}]",
        "FASCICLE_SUGGESTIONS__COOLDOWN": "0 seconds",
        "FASCICLE_SUGGESTIONS__UNDO": "10 seconds",
        "FASCICLE_HTTP__PORT": "0",
    }
    return load_settings(None, overrides)


async def _set_the_stage(app: App, sandbox: Sandbox) -> None:
    """Subscribe a channel to the first story as the sandbox's admin would, and add the page's button."""
    from discord_sandbox import seed
    from discord_sandbox.sandbox_state import Action

    serials = app.content.serials()
    if not serials:
        return
    story = serials[min(serials)].story
    operator = Viewer(seed.AUTHOR, "Ada Quill", age_restricted=True, operator=True)

    async def release_next() -> str:
        try:
            calendar = await app.services.calendar_overrides.publish(operator, story.slug)
        except Refusal as refusal:
            return str(refusal)
        app.wake()
        return f"“{calendar.published.title}” is out." if calendar.published else "Nothing came out."

    async def upcoming() -> list[dict[str, Any]]:
        calendars = [
            await app.services.calendar_overrides.show(operator, slug) for slug in app.content.serials()
        ]
        coming = [(due, calendar) for calendar in calendars for due in calendar.upcoming]
        coming.sort(key=lambda pair: pair[0].at)
        return [
            {
                "story": calendar.story.title,
                "chapter": due.chapter,
                "title": calendar.titles.get(due.chapter, due.chapter),
                "at": due.at.isoformat().replace("+00:00", "Z"),
            }
            for due, calendar in coming[:_SHOWN]
        ]

    sandbox.actions["release"] = Action("Release the next chapter now", release_next)
    sandbox.state.upcoming = upcoming
    await _subscribe(app, story)


async def _subscribe(app: App, story: Story) -> None:
    from discord_sandbox import seed

    admin = Viewer(seed.ADMIN, "Mara Lind", guild_id=seed.GUILD, manages_guild=True, administrator=True)
    channel = seed.AFTER_DARK if story.rating.age_restricted else seed.CHAPTERS
    try:
        await app.services.channel_subscriptions.subscribe(
            admin, story.slug, channel, SubscribeRequest(SubscriptionOptions(), start=Start.LATEST)
        )
    except Refusal as refusal:
        click.echo(printable(str(refusal)), err=True)
    app.wake()


def _has_browser() -> bool:
    """Return whether opening a page shows a window rather than a text browser in the terminal."""
    graphical = sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return graphical and sys.stdout.isatty()
