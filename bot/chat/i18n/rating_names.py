"""Names of the stories' ratings.

Seen by: readers.
"""

from __future__ import annotations

from bot.chat.i18n.gettext import later, t
from bot.domain.stories.story import Rating

_RATINGS = {
    Rating.GENERAL: later("for everyone"),
    Rating.TEEN: later("for teens and up"),
    Rating.MATURE: later("mature"),
    Rating.EXPLICIT: later("explicit"),
}


def rating_name(rating: Rating) -> str:
    """Return the audience a rating stands for."""
    return t(_RATINGS[rating])
