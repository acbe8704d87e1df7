"""What a transaction raises when not the bot but the database is at fault."""

from __future__ import annotations

from bot.observability.outage_log import Away


class DatabaseAway(Away):
    """The database cannot be used for a while: it cannot be reached, is locked, or has no space left.

    The message says which, in words that hold nothing of what was to be written. What was under way is not committed,
    unless it was the commit itself whose answer was lost: whatever is tried again must be harmless to do twice.
    """


class DatabaseLost(DatabaseAway):
    """The database is not this process's any more, and never will be again: the bot has to end."""
