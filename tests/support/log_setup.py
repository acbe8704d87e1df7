"""Logging as the bot sets it up, undone afterwards: the next test of the process expects the defaults."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bot.observability.logs import set_up_logging


@contextmanager
def bot_log(level: str, form: str = "text") -> Iterator[io.StringIO]:
    """The bot's own log at that level."""
    root, stream = logging.getLogger(), io.StringIO()
    handlers, root_level = root.handlers[:], root.level
    levels = {name: logger.level for name, logger in _loggers()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.stderr", stream)
        set_up_logging(level, form)
    try:
        yield stream
    finally:
        root.handlers[:] = handlers
        root.setLevel(root_level)
        for name, logger in _loggers():
            logger.setLevel(levels.get(name, logging.NOTSET))


def _loggers() -> list[tuple[str, logging.Logger]]:
    known = logging.Logger.manager.loggerDict.items()
    return [(name, logger) for name, logger in known if isinstance(logger, logging.Logger)]
