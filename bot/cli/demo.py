"""The command `fascicle demo`: the bot in the local Discord."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import os
import sys
import tempfile
import webbrowser
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.command_resources import content_option
from bot.cli.demo_lag import LagFilter
from bot.cli.demo_pace import PacedContent
from bot.cli.output import UsageFailure, report
from bot.cli.sample_content import choose_demo_content
from bot.cli.sandbox import host_option, require_sandbox, retry_command
from bot.domain.schedule.schedule import Schedule, parse_schedule
from bot.domain.schedule.vocabulary import ScheduleError
from bot.process.signals import handle_signals
from bot.services.stories.content_source import ContentSource

if TYPE_CHECKING:
    from discord_sandbox.server import Sandbox

    from bot.app import App
    from bot.config import Settings

_PATIENCE = 30.0
"""Seconds until the bot must have found the sandbox, which is in the same process."""


@dataclass(frozen=True, slots=True)
class _Demo:
    """The stories of a demo and its circumstances."""

    schedule: Schedule
    content: Path
    samples: bool
    """Whether the stories are the samples though a folder of one's own was looked for."""
    keep: Path | None
    browse: bool


@click.command()
@click.option("--port", default=8710, show_default=True, help="Where the page is; 0 takes any free port.")
@click.option("--every", default="every 75 seconds", show_default=True, help="How often a chapter comes out.")
@content_option
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
@click.option(
    "--keep", type=click.Path(path_type=Path, file_okay=False), help="Keep the bot's memory in DIR."
)
@host_option
def demo(port: int, every: str, content: Path | None, no_browser: bool, keep: Path | None, host: str) -> None:
    """Try everything on this machine: no account, no token, no network.

    Shows the stories in the folder `content`, or the sample stories where there is none.
    """
    require_sandbox("In a clone of the repository: make demo, or docker compose up demo.")
    retry = retry_command("demo")
    schedule = _schedule(every)
    folder, samples = choose_demo_content(content)

    from bot.observability.logs import set_up_logging

    for name in [each for each in os.environ if each.startswith(("DISCORD_", "FASCICLE_"))]:
        # The demo needs none of them, and the browser that it starts is not to inherit a token.
        del os.environ[name]
    set_up_logging("warning", "text")
    LagFilter().install()
    # Takes a second or two, in which a server that is open already could not answer.
    importlib.import_module("bot.app")
    asyncio.run(_play(_Demo(schedule, folder, samples, keep, not no_browser), port, host, retry))


def _schedule(text: str) -> Schedule:
    """Parse a schedule; `20 seconds` is read as `every 20 seconds`."""
    try:
        return parse_schedule(text)
    except ScheduleError as error:
        try:
            return parse_schedule(f"every {text}")
        except ScheduleError:
            raise UsageFailure(f"--every: {error}") from error


async def _play(demo: _Demo, port: int, host: str, retry: str) -> None:
    from discord_sandbox.command_line import open_sandbox

    stop, again = asyncio.Event(), asyncio.Event()
    with handle_signals(stop=stop.set, again=lambda: None):
        async with open_sandbox(port, "demo", host=host, retry=retry) as sandbox:
            await _play_once(demo, sandbox, stop, again, first=True)
            while again.is_set() and not stop.is_set():
                again.clear()
                await sandbox.start_over()
                await _play_once(demo, sandbox, stop, again, first=False)


async def _play_once(
    demo: _Demo, sandbox: Sandbox, stop: asyncio.Event, again: asyncio.Event, *, first: bool
) -> None:
    """Run the demo until `stop` is set or it shall start over."""
    from bot.cli.demo_stage import BEGINNING, DemoStage

    sandbox.state.upcoming_note = BEGINNING
    with contextlib.ExitStack() as stack:
        memory = demo.keep or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="fascicle-")))
        paced: list[PacedContent] = []

        def view(content: ContentSource) -> ContentSource:
            paced.append(PacedContent(content, demo.schedule))
            return paced[0]

        async with _bot(_settings(sandbox, demo.content, memory), sandbox, view) as (app, serving):
            stage = DemoStage(app, sandbox, paced[0], None if demo.keep else again.set)
            await stage.set_up()
            pace = asyncio.create_task(stage.keep_pace(), name="pace of the demo")
            if first:
                _greet(demo, app, sandbox)
                if demo.browse and has_browser():
                    await asyncio.to_thread(webbrowser.open, sandbox.url)
            told = [asyncio.create_task(each.wait()) for each in (stop, again)]
            try:
                await asyncio.wait([serving, *told], return_when=asyncio.FIRST_COMPLETED)
            finally:
                stage.leave()
                for task in (pace, *told):
                    task.cancel()
                await asyncio.gather(pace, *told, return_exceptions=True)


def _greet(demo: _Demo, app: App, sandbox: Sandbox) -> None:
    click.echo(f"Fascicle is ready at {sandbox.url}")
    click.echo(f"{demo.schedule.describe()} a chapter comes out. Stop with Ctrl-C.")
    if demo.samples:
        click.echo("These are the sample stories. To see your own: fascicle demo --content FOLDER")
    report(app.content.list_faults())


@contextlib.asynccontextmanager
async def _bot(
    settings: Settings, sandbox: Sandbox, view: Callable[[ContentSource], ContentSource]
) -> AsyncIterator[tuple[App, asyncio.Task[None]]]:
    """Run the bot connected to the sandbox; it comes with the task that ends when it does."""
    from bot.app import open_app
    from bot.config import Secret
    from bot.store.engine.errors import StoreError

    stop = asyncio.Event()
    try:
        async with open_app(settings, Secret(sandbox.bot_token), view=view) as app:
            serving = asyncio.create_task(app.serve(stop))
            try:
                await _settled(app, serving)
                yield app, serving
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


def has_browser() -> bool:
    """Return whether opening a page shows a window rather than a text browser in the terminal."""
    graphical = sys.platform in ("darwin", "win32") or bool(
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    )
    return graphical and sys.stdout.isatty()
