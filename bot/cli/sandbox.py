"""`fascicle sandbox`: the local Discord alone, for testing any bot against it."""

from __future__ import annotations

import asyncio
import importlib.util
import os

import click

from bot.cli.output import UsageFailure
from bot.process.signals import handle_signals

_CALLED_BY = "FASCICLE_CALLED_BY"
"""Set by the Makefile, so that hints name what was typed."""

host_option = click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    help="The address to listen at. Whoever reaches it can act as anybody there: change it in a container only.",
)


def retry_command(command: str) -> str:
    """Return what to type to have a command at another port, with `{port}` in it."""
    if os.environ.get(_CALLED_BY) == "make":
        return f'make {command} ARGS="--port {{port}}"'
    return f"fascicle {command} --port {{port}}"


@click.command()
@click.option("--port", default=8710, show_default=True, help="Where the page is; 0 takes any free port.")
def sandbox(port: int) -> None:
    """Start a local Discord for trying any bot, with one server, a few channels and people."""
    require_sandbox("In a clone of the repository: pip install ./sandbox, then discord-sandbox.")
    asyncio.run(_serve(port))


async def _serve(port: int) -> None:
    from discord_sandbox.command_line import serve

    stop = asyncio.Event()
    with handle_signals(stop=stop.set, again=lambda: None):
        await serve(port, stop, retry=retry_command("sandbox"))


def require_sandbox(instead: str) -> None:
    """Refuse to continue where the sandbox is not installed, as in the container image.

    Raises:
        UsageFailure: it is not installed; the message ends with what to do `instead`.
    """
    if importlib.util.find_spec("discord_sandbox") is None:
        raise UsageFailure(f"The local Discord is not part of the container image. {instead}")
