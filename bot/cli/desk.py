"""The command `fascicle desk`: the author's desk, a page on this machine."""

from __future__ import annotations

import asyncio
import webbrowser
from pathlib import Path

import click

from bot.cli.command_resources import config_option, content_option, load_settings_or_fail
from bot.cli.demo import has_browser
from bot.cli.output import UsageFailure
from bot.cli.sandbox import require_sandbox
from bot.clock import SystemClock
from bot.config import Settings
from bot.process.signals import handle_signals

_USUAL_CONFIG = Path("config.yaml")


@click.command()
@click.option("--port", default=8712, show_default=True, help="Where the page is; 0 takes any free port.")
@content_option
@config_option
@click.option("--no-browser", is_flag=True, help="Do not open the page.")
def desk(port: int, content: Path | None, config: Path | None, no_browser: bool) -> None:
    """Write, see and schedule your stories on a page on this machine.

    Your text stays in plain files in the folder `content`. With a configuration the calendar goes on from what the
    bot's database remembers, and readers' ideas and figures are shown.
    """
    require_sandbox("In a clone of the repository: fascicle desk.")
    settings = load_settings_or_fail(config)
    folder = content or settings.content.path
    if folder.exists() and not folder.is_dir():
        raise UsageFailure(f"{folder}: this is no folder. Name the one with your stories in --content.")
    folder.mkdir(parents=True, exist_ok=True)
    named = config or (_USUAL_CONFIG if _USUAL_CONFIG.exists() else None)
    database = settings.database.url if named else None
    asyncio.run(_serve(folder, port, settings, database, browse=not no_browser))


async def _serve(folder: Path, port: int, settings: Settings, database: str | None, *, browse: bool) -> None:
    from bot.desk.desk import Desk
    from bot.desk.desk_server import DeskServer

    stop = asyncio.Event()
    opened = Desk.open(
        folder,
        SystemClock(),
        page_length=settings.reading.page_length,
        database=database,
        undo_time=settings.suggestions.undo,
    )
    with handle_signals(stop=stop.set, again=lambda: None):
        server = DeskServer(opened, port)
        try:
            await server.__aenter__()
        except OSError as error:
            another = f"fascicle desk --port {port + 1 if port < 65535 else 0}"
            raise UsageFailure(
                f"Port {port} cannot be had: {error.strerror or error}. Is a desk open already? "
                f"For another port: {another}"
            ) from error
        try:
            click.echo(f"Your desk is ready at {server.url}")
            click.echo(f"Your stories are in {folder}. Stop with Ctrl-C.")
            if browse and has_browser():
                await asyncio.to_thread(webbrowser.open, server.url)
            await stop.wait()
        finally:
            await server.__aexit__(None, None, None)
