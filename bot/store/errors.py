"""Why a database cannot be used, in one sentence for whoever runs the bot."""

from __future__ import annotations


class StoreError(Exception):
    """The database cannot be used; the message says why and what to do."""


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
