"""`fascicle sandbox`: the local Discord alone, for pointing any bot at it."""

from __future__ import annotations

import asyncio

import click

from bot.cli.output import Unusable
from bot.signals import heeded


@click.command()
@click.option("--port", default=8710, show_default=True, help="Where the page is; 0 takes any free port.")
def sandbox(port: int) -> None:
    """Start a local Discord for trying any bot, with one server, a few channels and people."""
    try:
        asyncio.run(_serve(port))
    except OSError as error:
        raise Unusable(
            f"Port {port} cannot be had: {error.strerror or error}. Is a sandbox running already? Try --port 8711."
        ) from error


async def _serve(port: int) -> None:
    from bot.sandbox.server import Sandbox

    stop = asyncio.Event()
    with heeded(stop=stop.set, again=lambda: None):
        async with Sandbox(port=port) as running:
            click.echo(f"page      {running.url}")
            click.echo(f"API       {running.api_url}")
            click.echo(f"gateway   {running.gateway_url}")
            click.echo(f"token     {running.bot_token}")
            click.echo("Stop with Ctrl-C.")
            await stop.wait()
