"""Checks of new suggestions: limits, blocked suggesters, unwanted words and likely mistakes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.authorization import Viewer
from bot.domain.stories.story import Story
from bot.domain.suggestions.similarity import find_unwanted_word, fold_words
from bot.domain.suggestions.submission_refusals import (
    IdeaAgain,
    IdeaBare,
    ReaderBlocked,
    SuggestingTooFast,
    SuggestionsFull,
    TooManyOpenSuggestions,
    WordUnwelcome,
)
from bot.domain.suggestions.suggestion import is_bare
from bot.domain.text.normalization import fold, split_at_apostrophes
from bot.services.people.pseudonyms import pseudonym
from bot.services.stories.chapter_lookup import SHOWN_TEXT
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class SuggestionLimits:
    """The limits on suggestions."""

    open_per_reader: int = 5
    open_per_story: int = 500
    cooldown: timedelta = timedelta(seconds=30)
    words: tuple[str, ...] = ()
    """Words that suggestions may not contain, compared without case or accents."""


async def check_reader(
    tx: Transaction, viewer: Viewer, story: Story, text: str, limits: SuggestionLimits
) -> None:
    """Refuse suggesters whom the story's author has blocked, and texts with an unwanted word.

    Raises:
        ReaderBlocked: The author has blocked the viewer.
        WordUnwelcome: The text has an unwanted word.
    """
    if await tx.blocks.is_blocked(story.slug, await pseudonym(tx, viewer.user_id)):
        raise ReaderBlocked(story=story.title)
    words = fold_words(limits.words)
    # An apostrophe neither hides a word nor what it stands beside.
    for folded in (fold(text), fold(split_at_apostrophes(text))):
        word = find_unwanted_word(folded, words)
        if word is not None:
            raise WordUnwelcome(word=word)


async def check_limits(
    tx: Transaction, viewer: Viewer, story: Story, now: datetime, limits: SuggestionLimits
) -> None:
    """Refuse a suggestion beyond the limits. The caller must hold the story's lock.

    Suggestions that remained when the reader's data was erased count as theirs.

    Raises:
        SuggestingTooFast: The reader made one a moment ago, for any story.
        TooManyOpenSuggestions: The reader has the maximum of undecided ones.
        SuggestionsFull: The story has the maximum of undecided ones.
    """
    hashed = await pseudonym(tx, viewer.user_id)
    last = await tx.suggestions.find_last_submission(viewer.user_id, hashed)
    if last is not None and now - last < limits.cooldown:
        raise SuggestingTooFast(at=int((last + limits.cooldown).timestamp()) + 1)
    count = await tx.suggestions.count_undecided_by(viewer.user_id, hashed, story.slug)
    if count >= limits.open_per_reader:
        raise TooManyOpenSuggestions(count=count, story=story.title)
    waiting = await tx.suggestions.count_undecided(story.slug)
    if waiting >= limits.open_per_story:
        raise SuggestionsFull(story=story.title, count=waiting)


async def check_mistakes(tx: Transaction, viewer: Viewer, story: Story, text: str) -> None:
    """Refuse what looks like a mistake.

    Raises:
        IdeaAgain: The viewer has an equal suggestion.
        IdeaBare: The text says too little.
    """
    known = await tx.suggestions.find_duplicate(story.slug, viewer.user_id, text)
    if known is not None:
        raise IdeaAgain(story=story.title, number=known)
    if is_bare(text):
        raise IdeaBare(idea=text[:SHOWN_TEXT])
