"""Why a database cannot be used, in one sentence for whoever runs the bot."""

from __future__ import annotations

from bot.observability.outage_log import Outage


class DatabaseAway(Outage):
    """The database cannot be used for a while: it cannot be reached, is locked, or has no space left.

    The message says which, in words that hold nothing of what was to be written. What was under way is not committed,
    unless it was the commit itself whose answer was lost: whatever is tried again must be harmless to do twice.
    """


class DatabaseLost(DatabaseAway):
    """The database is not this process's any more, and never will be again: the bot has to end."""


class StoreError(Exception):
    """The database cannot be used; the message says why and what to do."""

    def __copy__(self) -> StoreError:
        """The same, to be raised elsewhere."""
        return type(self).said(*self.args)

    @classmethod
    def said(cls, *words: str) -> StoreError:
        """One with that message."""
        new = cls.__new__(cls)
        new.args = words
        return new


class DatabaseBusy(StoreError):
    """Another process holds the database."""

    def __init__(self, where: str) -> None:
        super().__init__(
            f"Another fascicle is already running on {where}: stop it first, or use another database."
        )


class DatabaseTooNew(StoreError):
    """A newer version of the bot has changed the database."""

    def __init__(self, where: str, version: str) -> None:
        super().__init__(
            f"{where} was made by a newer fascicle (its version is {version}): update fascicle, or use a backup."
        )


class DatabaseUnusable(StoreError):
    """It cannot be opened, or is not what it should be."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"The database {where} cannot be used: {reason}")


class DatabaseNotThere(DatabaseUnusable):
    """Its server cannot be reached, or is not ready yet: it may be worth waiting for."""


class HoldLost(DatabaseBusy, DatabaseLost):
    """While this process ran on it, its hold on the database was lost, and another process has it now."""

    def __init__(self, where: str) -> None:
        Exception.__init__(
            self, f"Another fascicle has taken over {where} while this one ran on it: this one ends."
        )


class FilesGone(DatabaseUnusable, DatabaseLost):
    """While this process ran on it, the database's files were deleted or replaced."""
