"""`fascicle sandbox`: the local Discord alone, for pointing any bot at it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

import click

from bot.cli.output import UsageFailure
from bot.process.signals import handle_signals

if TYPE_CHECKING:
    from discord_sandbox.server import Sandbox


@click.command()
@click.option("--port", default=8710, show_default=True, help="Where the page is; 0 takes any free port.")
def sandbox(port: int) -> None:
    """Start a local Discord for trying any bot, with one server, a few channels and people."""
    asyncio.run(_serve(port))


async def _serve(port: int) -> None:
    stop = asyncio.Event()
    with handle_signals(stop=stop.set, again=lambda: None):
        async with local_discord(port, "sandbox") as running:
            click.echo(f"page      {running.url}")
            click.echo(f"API       {running.api_url}")
            click.echo(f"gateway   {running.gateway_url}")
            click.echo(f"token     {running.bot_token}")
            click.echo("Stop with Ctrl-C.")
            await stop.wait()


@contextlib.asynccontextmanager
async def local_discord(port: int, what: str) -> AsyncIterator[Sandbox]:
    """The sandbox, serving at that port.

    Raises:
        Unusable: the port cannot be had.
    """
    from discord_sandbox.server import Sandbox

    async with contextlib.AsyncExitStack() as stack:
        try:
            sandbox = await stack.enter_async_context(Sandbox(port=port))
        except OSError as error:
            raise UsageFailure(
                f"Port {port} cannot be had: {error.strerror or error}. Is a {what} running already? Try --port 8711."
            ) from error
        yield sandbox
