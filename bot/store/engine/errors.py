"""Errors for a database that cannot be used, each with one sentence for the operator."""

from __future__ import annotations

from bot.observability.outage_log import Outage


class DatabaseAway(Outage):
    """The database is unavailable for a while: unreachable, locked, or out of space.

    The message names the reason without quoting any stored value. The transaction is not committed, unless the answer
    to the commit itself was lost, so anything retried must be harmless to do twice.
    """


class DatabaseLost(DatabaseAway):
    """The database permanently stopped belonging to this process, and the bot has to end."""


class StoreError(Exception):
    """The database cannot be used; the message names the reason and the remedy."""

    def __copy__(self) -> StoreError:
        """Copy the error, to be raised elsewhere."""
        return type(self).said(*self.args)

    @classmethod
    def said(cls, *words: str) -> StoreError:
        """Create an error with that message."""
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
    """The database cannot be opened, or is not a database of the bot."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"The database {where} cannot be used: {reason}")


class DatabaseEmpty(DatabaseUnusable):
    """No bot has used the database yet: it has no tables."""

    def __init__(self, where: str) -> None:
        super().__init__(where, "it is empty; there is nothing in it to keep.")


class DatabaseNotThere(DatabaseUnusable):
    """The database server is unreachable or not ready yet; waiting may help."""


class HoldLost(DatabaseBusy, DatabaseLost):
    """Another process took the database over while this process was running."""

    def __init__(self, where: str) -> None:
        Exception.__init__(
            self, f"Another fascicle has taken over {where} while this one ran on it: this one ends."
        )


class FilesGone(DatabaseUnusable, DatabaseLost):
    """The database's files were deleted or replaced while this process was running."""
