"""Drafts of polls: what an author is shown before a poll is posted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.domain.schedule.vocabulary import ScheduleError, parse_duration
from bot.domain.stories.story import Story
from bot.domain.suggestions.panel_contents import PollDraft
from bot.domain.suggestions.panels import LONGEST_POLL, POLL_ANSWERS, Poll
from bot.domain.suggestions.suggestion_refusals import NothingToPoll, PollLengthUnclear
from bot.services.stories.story_lookup import SHOWN_TEXT
from bot.store.transaction import Transaction

_SHORTEST = timedelta(hours=1)

_JUST_NOW = timedelta(minutes=1)
"""How old a poll may be that a second press on the same draft is taken to mean."""


class DraftOutdated(Exception):
    """A poll would be another one now than its author was shown."""

    def __init__(self, draft: PollDraft) -> None:
        super().__init__()
        self.draft = draft


async def compose_draft(
    tx: Transaction, story: Story, channel_id: int, *, length: timedelta, answers: int
) -> PollDraft:
    """Return the poll as it would be opened now.

    Raises:
        NothingToPoll: None is running there, and there are too few suggestions for one.
    """
    running = await tx.polls.list_running(story.slug)
    suggestions = await tx.suggestions.list_top(story.slug, limit=min(answers, POLL_ANSWERS[-1]))
    draft = PollDraft(
        story,
        channel_id,
        story.suggestions.prompt or "",
        tuple(suggestions),
        length,
        answers,
        next((poll for poll in running if poll.channel_id == channel_id), None),
    )
    if draft.running is None and len(suggestions) < POLL_ANSWERS[0]:
        raise NothingToPoll(story=story.title, count=len(suggestions))
    return draft


def draft_digest(draft: PollDraft) -> str:
    """Return what tells a draft from others of the same story, place, length and number of answers."""
    return _digest(draft.question, (one.number for one in draft.suggestions))


def is_just_started(poll: Poll, digest: str, by: int, now: datetime) -> bool:
    """Return whether that person started the poll a moment ago from the draft with that digest."""
    choices = (poll.choices[answer] for answer in sorted(poll.choices))
    same = poll.created_by == by and _digest(poll.question, choices) == digest
    return same and now - poll.created_at < _JUST_NOW


def parse_length(text: str) -> timedelta:
    """Parse the length of a poll, in whole hours as Discord counts them.

    Raises:
        PollLengthUnclear: It is no length, or one that Discord does not allow.
    """
    try:
        length = parse_duration(text)
    except ScheduleError:
        raise PollLengthUnclear(text=text[:SHOWN_TEXT]) from None
    if not _SHORTEST <= length <= LONGEST_POLL:
        raise PollLengthUnclear(text=text[:SHOWN_TEXT])
    return timedelta(hours=round(length / _SHORTEST))


def _digest(question: str, numbers: Iterable[int]) -> str:
    shown = f"{question}\n{','.join(map(str, numbers))}"
    return hashlib.blake2b(shown.encode(), digest_size=5).hexdigest()
