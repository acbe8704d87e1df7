"""One plain line for what discord.py says, many times over, when the machine has slept or stood still."""

from __future__ import annotations

import logging

_LIBRARY = "discord.gateway"
_OF_LAG = ("Can't keep up", "Shard ID %s heartbeat blocked", "Shard ID %s has stopped responding")

LINE = "This machine slept or was very busy for a while. The demo goes on from here."


class LagFilter(logging.Filter):
    """Replaces the library's warnings of a lagging connection by one line in all."""

    def __init__(self) -> None:
        super().__init__()
        self._told = False

    def filter(self, record: logging.LogRecord) -> bool:
        """Return whether to log a record."""
        if not str(record.msg).startswith(_OF_LAG):
            return True
        if self._told:
            return False
        self._told = True
        record.msg, record.args = LINE, ()
        return True

    def install(self) -> None:
        """Filter what the library logs from now on."""
        logging.getLogger(_LIBRARY).addFilter(self)
