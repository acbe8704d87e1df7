"""Chapters’ messages in Discord."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol

from bot.domain.delivery.delivery import Shape
from bot.domain.releases.release import Release


@dataclass(frozen=True, slots=True)
class Post:
    """A message of a chapter in Discord. `page` counts from 1; `delivery_id` is None once the ledger has forgotten it.
    Only a `PAGES` post has more than one page to turn; `part` is the page that a `PART` shows."""

    message_id: int
    channel_id: int
    guild_id: int | None
    release_id: int
    delivery_id: int | None
    page: int
    page_count: int
    revision: int
    decorated: bool
    restored: bool = False
    shape: Shape = Shape.PAGES
    part: int = 0


class Posts(Protocol):
    """Posts by message id."""

    async def add(self, post: Post) -> None:
        """Remember a post; the same message again changes nothing."""
        ...

    async def add_all(self, posts: Sequence[Post]) -> None:
        """Remember several."""
        ...

    async def get(self, message_id: int) -> Post | None: ...

    async def many(self, message_ids: Collection[int]) -> dict[int, Post]:
        """Those of these messages that are posts."""
        ...

    async def of_delivery(self, delivery_id: int) -> Post | None: ...

    async def about(self, id_: int) -> Release | None:
        """The chapter that a message shows, or that a thread of that id is about: one that hangs under a chapter's
        post, or that has its pages in it."""
        ...

    async def following(self, post: Post) -> Post | None:
        """The message with the page after that of a thread."""
        ...

    async def show(self, message_id: int, page: int, page_count: int, revision: int) -> None:
        """The post shows another page or revision now. One that had no pages to turn and has some now wants its
        controls again."""
        ...

    async def stale(self, limit: int, avoid: Collection[int] = ()) -> list[Post]:
        """Posts that show an older revision than the current one, or other credits than the chapter has now, newest
        first, without the messages `avoid`."""
        ...

    async def leave(self, message_id: int, revision: int) -> None:
        """That revision cannot be shown on the post: it is stale no more until the next one."""
        ...

    async def bare(self, limit: int) -> list[Post]:
        """Posts that still want their reactions, newest first."""
        ...

    async def decorated(self, message_id: int) -> None: ...

    async def stripped(self, message_id: int) -> bool:
        """A moderator cleared the controls: they are to be restored if that has not been done before."""
        ...

    async def forget(self, message_id: int) -> None:
        """The message is gone from Discord."""
        ...
