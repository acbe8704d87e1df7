"""Port to Discord: reactions and comments counted on posts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.domain.delivery.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class PostCounts:
    """Discord's counts for one post, without the bot's own reactions."""

    stars: int
    super_stars: int
    messages: int | None = None
    """Messages in the thread under the post; None if there is no thread."""


class PostCountReader(Protocol):
    """Reads counts from posts and their threads."""

    async def get_post_counts(self, channel_id: int, message_id: int) -> PostCounts | Outcome:
        """Return the counts of a post; an outcome if Discord gives none, `Sent(None)` if the post is gone."""
        ...

    async def list_star_givers(
        self, channel_id: int, message_id: int, *, burst: bool, after: int
    ) -> tuple[set[int], int | None] | Outcome:
        """Return up to a hundred people (no bots) with ids above `after` whose star is on a post.

        The second item is the `after` of the next page, or None if these were all. `burst` selects super reactions,
        which Discord lists separately.
        """
        ...

    async def count_comments(self, thread_id: int) -> int | Outcome:
        """Return the number of messages in a thread, without its first message and without deleted ones."""
        ...
