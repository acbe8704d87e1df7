"""The command `fascicle run`: the bot itself."""

from __future__ import annotations

import asyncio
import logging
import os
from pathlib import Path

import click

from bot.cli.command_resources import config_option, load_settings_or_fail
from bot.cli.output import UsageFailure
from bot.config import MissingToken, Secret, load_token, unknown_variables


@click.command()
@config_option
def run(config: Path | None) -> None:
    """Connect to Discord and serve until stopped (Ctrl-C, or SIGTERM).

    Pages that were made once are kept in $XDG_CACHE_HOME/fascicle, else ~/.cache/fascicle; it may be deleted at any
    time.
    """
    settings = load_settings_or_fail(config)
    token = _token()

    from prometheus_client import CollectorRegistry

    from bot.app import run as serve
    from bot.chat.client import TokenRejected, VersionRefused
    from bot.content.prerender.disk_cache import cache_folder
    from bot.observability.health import PortUnavailable
    from bot.observability.logs import set_up_logging
    from bot.store.engine.errors import StoreError

    registry = CollectorRegistry()
    set_up_logging(settings.log.level, settings.log.format, secrets=(token.reveal(),), registry=registry)
    for stray in unknown_variables(os.environ):
        logging.getLogger(__name__).warning("%s", stray, extra={"action": "stray_variable"})
    try:
        asyncio.run(serve(settings, token, registry=registry, cache=cache_folder(os.environ)))
    except (StoreError, TokenRejected, VersionRefused, PortUnavailable) as error:
        raise UsageFailure(str(error)) from error


def _token() -> Secret:
    try:
        return load_token(os.environ)
    except MissingToken as error:
        raise UsageFailure(str(error)) from error
