"""Command `discord-sandbox`: start the server and print its addresses."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import IO, Any

import click

from discord_sandbox.server import DEFAULT_PORT, LOOPBACK, Sandbox


class PortUnavailable(click.ClickException):
    """Port that another program holds or that the system refuses."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        """Print the message without click's prefix."""
        click.echo(self.message, file=file or sys.stderr)


@asynccontextmanager
async def open_sandbox(
    port: int,
    program: str = "sandbox",
    *,
    host: str = LOOPBACK,
    retry: str = "discord-sandbox --port {port}",
) -> AsyncIterator[Sandbox]:
    """Serve a sandbox at a port.

    In the error message `program` is the word for it, and `retry` what to type for another port.

    Raises:
        PortUnavailable: the port cannot be opened.
    """
    async with AsyncExitStack() as stack:
        try:
            sandbox = await stack.enter_async_context(Sandbox(port=port, host=host))
        except OSError as error:
            another = retry.format(port=port + 1 if port < 65535 else 0)
            raise PortUnavailable(
                f"Port {port} cannot be had: {error.strerror or error}. Is a {program} running already? "
                f"For another port: {another}"
            ) from error
        yield sandbox


async def serve(port: int, stop: asyncio.Event, *, retry: str = "discord-sandbox --port {port}") -> None:
    """Serve a sandbox, print where it can be reached, and run until `stop` is set.

    Raises:
        PortUnavailable: the port cannot be opened; the message ends with `retry`, for another port.
    """
    async with open_sandbox(port, retry=retry) as running:
        click.echo(f"page      {running.url}")
        click.echo(f"API       {running.api_url}")
        click.echo(f"gateway   {running.gateway_url}")
        click.echo(f"token     {running.bot_token}")
        click.echo("Stop with Ctrl-C.")
        await stop.wait()


@click.command()
@click.option(
    "--port", default=DEFAULT_PORT, show_default=True, help="Port of the page; 0 takes any free one."
)
def main(port: int) -> None:
    """Start a local Discord for testing any bot, with one guild, a few channels and people."""
    asyncio.run(_serve_until_signalled(port))


async def _serve_until_signalled(port: int) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        # Not loop.add_signal_handler, which Windows does not have.
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    await serve(port, stop)
