"""Readers’ ideas."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.suggestions.history import Change
from bot.domain.suggestions.suggestion import Suggestion, SuggestionState


@dataclass(frozen=True, slots=True)
class NewSuggestion:
    """An idea to be queued."""

    story: str
    chapter: str | None
    idea: str
    maker: int
    maker_name: str
    anonymous: bool
    name_me: bool
    created_at: datetime
    guild_id: int | None
    channel_id: int | None
    held: bool = False


@dataclass(frozen=True, slots=True)
class Stake:
    """What somebody has to do with an idea, each person once. `number` is the idea itself or one merged into it, and
    `made` says whether they made that one or support it; making goes before supporting, the idea itself before others.
    """

    user_id: int
    number: int
    made: bool


@dataclass(frozen=True, slots=True)
class Comparable:
    """What is needed of an idea to find others that are alike. `public` is whether readers see it now."""

    number: int
    folded: str
    public: bool


class Suggestions(Protocol):
    """The queue. Whatever changes who stands behind an idea brings its number of supporters up to date with it, and
    that of the ideas it was merged into."""

    async def add(self, new: NewSuggestion) -> Suggestion:
        """Queue it under the bot's next number, with the first entry of its record."""
        ...

    async def get(self, number: int) -> Suggestion | None: ...

    async def of_maker(self, user_id: int) -> list[Suggestion]:
        """Everything one reader made, newest first."""
        ...

    async def queue(
        self,
        stories: Collection[str] | None,
        state: SuggestionState | None,
        *,
        offset: int = 0,
        limit: int | None = None,
    ) -> list[Suggestion]:
        """The queue of these stories (None: all), newest first, in that state (None: any)."""
        ...

    async def count(self, stories: Collection[str] | None, state: SuggestionState | None) -> int: ...

    async def undecided_by(self, user_id: int, hashed: str, story: str) -> int:
        """How many ideas somebody made for a story wait for their decision, those of before an erasure too."""
        ...

    async def last_made(self, user_id: int, hashed: str) -> datetime | None:
        """When somebody last suggested something, also before an erasure."""
        ...

    async def decide(
        self,
        number: int,
        *,
        was: SuggestionState,
        to: SuggestionState,
        by: int | None,
        at: datetime,
        reason: str | None = None,
        into: int | None = None,
        used_in: str | None = None,
    ) -> bool:
        """One update that names the old state, plus the entry in the record; False if somebody was first, which for a
        merge includes that `into` is not an open idea of the same story any more. Accepting ends that it is held."""
        ...

    async def use(self, number: int, chapter: str, at: datetime) -> SuggestionState | None:
        """A released chapter thanks for it: it becomes used if it is new or accepted. The state it was in; None if it
        was in another, and nothing was changed."""
        ...

    async def history(self, number: int) -> list[Change]: ...

    async def of_numbers(self, numbers: Collection[int]) -> dict[int, Suggestion]:
        """Those of these numbers that there are."""
        ...

    async def used_in(self, story: str, chapter: str) -> list[Suggestion]:
        """The used ones that name that chapter, by number."""
        ...

    async def merged_into(self, number: int) -> list[Suggestion]:
        """What was merged into it, and into those, and so on; by number."""
        ...

    async def people_of(self, number: int) -> list[Stake]:
        """Everybody who is to hear what becomes of it: its maker first, the makers of what was merged into it, then
        all supporters; nobody twice, nobody who was erased."""
        ...

    async def alone(self, stories: Iterable[str]) -> None:
        """Wait until nobody else is changing the ideas of these stories, and keep others waiting until the end of the
        transaction: for what first looks and then changes."""
        ...

    async def support(self, number: int, user_id: int, at: datetime) -> bool:
        """Count somebody as a supporter; False if they were one. Whether they may is the caller's to know."""
        ...

    async def unsupport(self, number: int, user_id: int) -> bool:
        """Count them no more; False if they were none."""
        ...

    async def supported_by(self, user_id: int, numbers: Collection[int]) -> set[int]:
        """Those of these ideas that somebody supports by their own press."""
        ...

    async def top(self, story: str, *, offset: int = 0, limit: int | None = None) -> list[Suggestion]:
        """The open ideas of a story that readers may see, the most supported first, of equals the oldest."""
        ...

    async def count_public(self, story: str) -> int:
        """How many open ideas of a story readers may see."""
        ...

    async def undecided_for(self, story: str) -> int:
        """How many ideas of a story wait for their decision."""
        ...

    async def name(self, number: int, *, maker: int, wanted: bool) -> bool:
        """Its maker wants, or does not want, to be named if it is used; False if it is not theirs."""
        ...

    async def same(self, story: str, maker: int, idea: str) -> int | None:
        """The newest of somebody's ideas for a story with that text, as folded texts are the same, that they have not
        taken back."""
        ...

    async def last_change(self) -> int:
        """A mark that grows with every entry in any record."""
        ...

    async def comparable(self, story: str, *, limit: int) -> list[Comparable]:
        """The ideas of a story that readers may see, the newest `limit` of them."""
        ...

    async def compared_since(self, story: str, mark: int, *, limit: int) -> list[Comparable] | None:
        """Those of a story whose record has entries after the mark; None if more than `limit` entries are."""
        ...

    async def forget(self, user_id: int, hashed: str) -> None:
        """Their ideas stay without their maker but for this keyed hash; they support nothing any more, and the records
        name them no more."""
        ...

    async def remove(self, numbers: Collection[int], at: datetime) -> list[int]:
        """Erase these ideas with their record. What was merged into one of them, and is not erased itself, is open
        again; returns the numbers of these."""
        ...


class Blocks(Protocol):
    """Readers from whom a story takes no more ideas, known only by a keyed hash of their id.

    There is one block for each idea that somebody was blocked by, whoever that was: so nothing that an author can do
    with blocks tells whether two ideas are of one person.
    """

    async def add(self, suggestion: int, story: str, hashed: str | None, *, by: int, at: datetime) -> None:
        """Block whoever made that idea, None where that cannot be known any more; once more changes nothing."""
        ...

    async def has(self, story: str, hashed: str) -> bool:
        """Whether any block of that story stands for them."""
        ...

    async def story_of(self, suggestion: int) -> str | None:
        """The story of the block made with that idea, which may be gone; None where there is no such block."""
        ...

    async def lift(self, suggestion: int) -> bool:
        """Undo the block made with that idea, and no other; False if there is none."""
        ...
