"""Filter of discord.py's log records that turns an outage into one line."""

from __future__ import annotations

import logging

import discord

from bot.chat.gateway.connection_errors import GARBLED, UNREACHABLE, describe_error

_log = logging.getLogger(__name__)

_SHARD_LOGGER = "discord.shard"
_LOGGERS = (_SHARD_LOGGER, "discord.client", "discord.gateway")


class OutageLogFilter(logging.Filter):
    """Drops discord.py's tracebacks of connection failures and logs one line for each outage instead."""

    def __init__(self) -> None:
        super().__init__()
        self._reported = False

    @property
    def is_reported(self) -> bool:
        """True if the current outage has been logged."""
        return self._reported

    def install(self) -> None:
        """Add the filter to discord.py's loggers."""
        for name in _LOGGERS:
            logging.getLogger(name).addFilter(self)

    def uninstall(self) -> None:
        """Remove the filter from discord.py's loggers."""
        for name in _LOGGERS:
            logging.getLogger(name).removeFilter(self)

    def filter(self, record: logging.LogRecord) -> bool:
        """Report a connection failure and drop its record; let everything else through."""
        error = record.exc_info[1] if record.exc_info else None
        expected: tuple[type[BaseException], ...] = (*UNREACHABLE, discord.ConnectionClosed)
        if record.name == _SHARD_LOGGER:
            # This logger reports nothing but events that discord.py could not read.
            expected = (*expected, *GARBLED)
        if error is None or not isinstance(error, expected):
            return True
        self.report(error)
        return False

    def report(self, error: BaseException) -> None:
        """Log that Discord is unreachable, once for each outage."""
        if not self._reported:
            _log.warning(
                "Discord cannot be reached (%s); waiting for it",
                describe_error(error),
                extra={"action": "unreachable"},
            )
            self._reported = True

    def end_outage(self) -> None:
        """Log that Discord is reached again, if an outage was reported."""
        if self._reported:
            _log.info("Discord is reached again", extra={"action": "reached"})
            self._reported = False
