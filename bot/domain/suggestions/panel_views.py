"""What is shown of readers' ideas: to their author one at a time, to everybody on boards and in polls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from bot.domain.stories.story import Story
from bot.domain.suggestions.suggestion import Decision, Suggestion, SuggestionChange, SuggestionState


class QueueOrder(StrEnum):
    """Order of the review queue."""

    NEWEST = "newest"
    SUPPORTED = "supported"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """How an author looks at the queue. `story` is what was typed or a slug, None for all of theirs; `chapter` the
    number of a release, 0 for ideas made under none, None for any; `search` what was typed."""

    story: str | None = None
    state: SuggestionState | None = SuggestionState.NEW
    order: QueueOrder = QueueOrder.NEWEST
    chapter: int | None = None
    held: bool = False
    search: str = ""


@dataclass(frozen=True, slots=True)
class QueueView:
    """One idea of a queue, with its place in it: `position` of `total`, counted from 1, 0 in an empty queue.

    `look.story` is the slug of the one story looked at, if it is one. `stories` are all that could be. `possible` are
    the decisions open now. `titles` has the titles of the chapters that the idea speaks of, by key, `released` the keys
    of those that are out. `alike` are open ideas of the same story that resemble it, the likeliest first. `votes` is
    what it got in the last poll it was in. `under` is the number of the release it was made under. `digest` says
    whether the author hears of new ideas once a day; None where the story has a channel for that.
    """

    look: QueueFilter
    suggestion: Suggestion | None = None
    story: Story | None = None
    position: int = 0
    total: int = 0
    stories: tuple[Story, ...] = ()
    possible: tuple[Decision, ...] = ()
    history: tuple[SuggestionChange, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    released: frozenset[str] = frozenset()
    under: int | None = None
    alike: tuple[Suggestion, ...] = ()
    votes: int | None = None
    digest: bool | None = None


@dataclass(frozen=True, slots=True)
class BoardPost:
    """A story's best ideas as a board shows them: `total` counts all open ones that readers may see. `titles` are those
    of the chapters under which they were made, `votes` what they got in the last poll they were in."""

    story: Story
    ideas: tuple[Suggestion, ...]
    total: int
    titles: Mapping[str, str]
    votes: Mapping[int, int]
    marker: int
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewPost:
    """An idea as it stands before its author in a channel."""

    view: QueueView
    marker: int
    guild_id: int | None = None


PanelPost = BoardPost | ReviewPost


@dataclass(frozen=True, slots=True)
class PollPost:
    """A poll to be opened. `question` is the author's, empty where there is none. `ideas` are by answer, counted from
    1; None stands for one that was erased meanwhile."""

    story: Story
    question: str
    ideas: Mapping[int, Suggestion | None]
    length: timedelta
    marker: int


@dataclass(frozen=True, slots=True)
class PollResult:
    """How a poll stands: votes by answer, final or not."""

    votes: Mapping[int, int]
    final: bool
