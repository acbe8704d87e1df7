"""Contents of what shows suggestions: the review queue, boards and polls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.stories.story import Story
from bot.domain.suggestions.panels import Poll
from bot.domain.suggestions.suggestion import Decision, Suggestion, SuggestionChange, SuggestionState


class QueueOrder(StrEnum):
    """Order of the review queue."""

    NEWEST = "newest"
    SUPPORTED = "supported"
    CHAPTER = "chapter"


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """An author's filter of the review queue."""

    story: str | None = None
    """The text typed or a slug; None for all of the author's stories."""
    state: SuggestionState | None = SuggestionState.NEW
    order: QueueOrder = QueueOrder.NEWEST
    chapter: int | None = None
    """Number of a release; 0 for suggestions under no chapter, None for any."""
    held: bool = False
    search: str = ""
    """The text typed."""


@dataclass(frozen=True, slots=True)
class UndoOffer:
    """A decision that can still be undone."""

    change: int
    """The id of its entry in the suggestion's record."""
    until: datetime


@dataclass(frozen=True, slots=True)
class QueueView:
    """One suggestion of the review queue, with its position in it."""

    filter: QueueFilter
    """Its `story` is a slug if a single story is looked at."""
    suggestion: Suggestion | None = None
    story: Story | None = None
    position: int = 0
    """Counted from 1; 0 in an empty queue."""
    total: int = 0
    stories: tuple[Story, ...] = ()
    """All stories that the author may look at."""
    possible: tuple[Decision, ...] = ()
    """The decisions open now."""
    history: tuple[SuggestionChange, ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)
    """Titles of the chapters that the suggestion refers to, by key."""
    released: frozenset[str] = frozenset()
    """Keys of those chapters that are out."""
    release_number: int | None = None
    """Number of the release that the suggestion was made under."""
    similar: tuple[Suggestion, ...] = ()
    """Similar open suggestions of the same story, the most similar first."""
    votes: int | None = None
    """Votes in the last poll that had the suggestion."""
    digest: bool | None = None
    """Set if the author gets the morning card; None where the story has a review channel."""
    undo: UndoOffer | None = None
    """Set while the last decision can be undone."""


@dataclass(frozen=True, slots=True)
class QueueListEntry:
    """One suggestion in a list of the review queue."""

    suggestion: Suggestion
    story: Story
    chapter: str | None = None
    """The title of the chapter it was made under."""
    release_number: int | None = None


@dataclass(frozen=True, slots=True)
class QueueListView:
    """One page of the review queue as a list."""

    filter: QueueFilter
    """Its `story` is a slug if a single story is looked at."""
    entries: tuple[QueueListEntry, ...] = ()
    page: int = 0
    """Counted from 0."""
    page_count: int = 1
    total: int = 0
    stories: tuple[Story, ...] = ()
    """All stories that the author may look at."""
    digest: bool | None = None
    """As in `QueueView`."""


@dataclass(frozen=True, slots=True)
class BoardPost:
    """A story's best suggestions as a board shows them."""

    story: Story
    suggestions: tuple[Suggestion, ...]
    total: int
    """The number of open suggestions that readers may see."""
    titles: Mapping[str, str]
    """Titles of the chapters under which they were made."""
    votes: Mapping[int, int]
    """Votes in the last poll that had them."""
    marker: int
    guild_id: int | None = None


@dataclass(frozen=True, slots=True)
class ReviewPost:
    """A suggestion shown to its author in a channel."""

    view: QueueView
    marker: int
    guild_id: int | None = None

    @property
    def outdated_at(self) -> datetime | None:
        """The time at which it looks otherwise although nothing happens: its Undo button goes."""
        return self.view.undo.until if self.view.undo is not None else None


PanelPost = BoardPost | ReviewPost


@dataclass(frozen=True, slots=True)
class PollPost:
    """A poll to be opened."""

    story: Story
    question: str
    """The author's question, empty where there is none."""
    suggestions: Mapping[int, Suggestion | None]
    """By answer, counted from 1; None for a suggestion that was erased meanwhile."""
    length: timedelta


@dataclass(frozen=True, slots=True)
class PollDraft:
    """A poll as it would be opened now, or the one that is running there."""

    story: Story
    channel_id: int
    question: str
    suggestions: tuple[Suggestion, ...]
    length: timedelta
    answers: int
    """How many answers were asked for."""
    running: Poll | None = None
    """A poll of the story in that channel, which has to end first."""


@dataclass(frozen=True, slots=True)
class PollResult:
    """Votes of a poll by answer."""

    votes: Mapping[int, int]
    final: bool


@dataclass(frozen=True, slots=True)
class PollCommandResult:
    """The result of /author poll."""

    story: Story
    poll: Poll
    is_new: bool
    """Whether this command started the poll."""
