"""Native polls about a story's best suggestions: posted once, and counted when they end."""

from __future__ import annotations

import logging
import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial

from bot.clock import Clock
from bot.domain.authorization import Viewer, require_author
from bot.domain.delivery.fault_messages import MESSAGE_DELETED
from bot.domain.delivery.outcomes import Delayed, Refused, Sent, Unfit, Unknown, describe_outcome
from bot.domain.delivery.retry import backoff
from bot.domain.errors import DiscordSlow
from bot.domain.message_json import encode
from bot.domain.message_templates import Reason
from bot.domain.stories.story import Story
from bot.domain.suggestions.panel_contents import PollCommandResult, PollDraft, PollPost, PollResult
from bot.domain.suggestions.panels import Poll, PollState
from bot.domain.suggestions.suggestion_refusals import PollUnknown
from bot.kit.message_nonces import new_nonce
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.idempotent_send import SendAttempt, send_once
from bot.services.delivery.post_messenger import Destination
from bot.services.delivery.refusal_causes import explain_time_out
from bot.services.leased_work_queue import LeasedWorkQueue
from bot.services.stories.story_lookup import find_story
from bot.services.suggestions.panel_channels import check_channel_rating, require_panel_channel
from bot.services.suggestions.panel_messenger import PanelMessenger
from bot.services.suggestions.poll_drafts import (
    DraftOutdated,
    compose_draft,
    draft_digest,
    is_just_started,
    parse_length,
)
from bot.services.suggestions.poll_results import result_facts
from bot.services.transaction_retry import commit_with_retry
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway
from bot.store.suggestions.poll_records import NewPoll
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

_BATCH = 8
COUNTED = "poll-counted"
FAILED = "poll-failed"
"""The kinds of notices to the author who started a poll."""

_PATIENCE = timedelta(hours=1)
"""How long after a poll's end a final result is waited for; then the result counts as it is."""


class Polls:
    """Posts and ends polls, and stores their results."""

    def __init__(
        self, store: Database, messenger: PanelMessenger, clock: Clock, *, limiter: RateLimiter
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._clock = clock
        self._limiter = limiter
        self._work = LeasedWorkQueue(store, clock, lambda tx: tx.polls, _BATCH)

    async def draft(
        self, viewer: Viewer, story: str, channel_id: int, *, length: str, answers: int
    ) -> PollDraft:
        """Return the poll about the most supported suggestions as `start` would open it now.

        Raises:
            Refusal: The story is not the viewer's, there are too few suggestions, or the bot may not open
                polls there.
        """
        found = await self._check(viewer, story, channel_id)
        async with self._store.read() as tx:
            return await compose_draft(tx, found, channel_id, length=parse_length(length), answers=answers)

    async def start(
        self,
        viewer: Viewer,
        story: str,
        channel_id: int,
        *,
        length: str,
        answers: int,
        seen: str | None = None,
    ) -> PollCommandResult:
        """Start a poll about the most supported suggestions.

        If one about that story is running in the channel, it is returned instead. `seen` is the digest of the
        draft that the viewer agreed to.

        Raises:
            DraftOutdated: It would be another poll than the viewer has seen.
            Refusal: As for `draft`.
        """
        found = await self._check(viewer, story, channel_id)
        now = self._clock.now()
        async with self._store.begin() as tx:
            await tx.suggestions.lock_stories([found.slug])
            draft = await compose_draft(tx, found, channel_id, length=parse_length(length), answers=answers)
            if draft.running is not None:
                twice = seen is not None and is_just_started(draft.running, seen, viewer.user_id, now)
                return PollCommandResult(found, draft.running, is_new=twice)
            if seen is not None and seen != draft_digest(draft):
                raise DraftOutdated(draft)
            poll = await tx.polls.add(
                NewPoll(
                    found.slug,
                    guild_id=viewer.guild_id,
                    channel_id=channel_id,
                    question=draft.question,
                    choices=[suggestion.number for suggestion in draft.suggestions],
                    nonce=new_nonce(),
                    by=viewer.user_id,
                    now=now,
                    ends_at=now + draft.length,
                )
            )
        return PollCommandResult(found, poll, is_new=True)

    async def get_running(self, viewer: Viewer, poll_id: int) -> PollCommandResult:
        """Return a poll that the viewer may end.

        Raises:
            PollUnknown: It is not running.
            NotAnAuthor: It is not the viewer's.
        """
        async with self._store.read() as tx:
            poll = await tx.polls.get(poll_id)
            record = await tx.stories.get(poll.story) if poll is not None else None
        if poll is None or record is None or poll.state is not PollState.OPEN or poll.message_id is None:
            raise PollUnknown
        require_author(record.story, viewer)
        return PollCommandResult(record.story, poll, is_new=False)

    async def end(self, viewer: Viewer, poll_id: int) -> Poll:
        """End a poll now.

        Raises:
            PollUnknown: It is not running.
            NotAnAuthor: It is not the viewer's.
            DiscordSlow: Discord did not end it.
        """
        poll = (await self.get_running(viewer, poll_id)).poll
        await self._limiter.acquire()
        outcome = await self._messenger.end_poll(poll.channel_id, poll.message_id or 0)
        if not isinstance(outcome, Sent):
            raise DiscordSlow

        async def end(tx: Transaction) -> Poll:
            if not await tx.polls.end(poll_id, self._clock.now()):
                raise PollUnknown
            return await tx.polls.get(poll_id) or poll

        return await commit_with_retry(self._store, end)

    async def _check(self, viewer: Viewer, story: str, channel_id: int) -> Story:
        async with self._store.read() as tx:
            found = (await find_story(tx, viewer, story)).story
        require_author(found, viewer)
        await require_panel_channel(self._messenger, viewer, found, channel_id, poll=True)
        return found

    async def take_over(self) -> None:
        """Take up unfinished posts of an earlier process. To be called before the first sweep."""
        await self._work.take_over()

    async def sweep(self) -> datetime | None:
        """Post and count the polls that are due. Return when there will be more, if that is known."""
        return await self._work.sweep(self._process_all)

    async def _process_all(self, polls: Sequence[Poll], now: datetime) -> None:
        for poll in polls:
            await self._work_on(poll, now)

    async def _work_on(self, poll: Poll, now: datetime) -> None:
        try:
            await (self._open(poll, now) if poll.state is PollState.DUE else self._count(poll))
        except DatabaseAway:
            # It is read before anything is sent, and what is written after that is written until it is.
            first = poll.first_tried_at == now
            await self._again(poll, Delayed("the database is away"), fresh=first)
        except Exception:
            _log.exception("poll %d failed", poll.id, extra={"action": "poll_crashed"})
            await self._again(poll, Unknown("it broke"), fresh=False)

    async def _open(self, poll: Poll, now: datetime) -> None:
        async with self._store.read() as tx:
            record = await tx.stories.get(poll.story)
            found = await tx.suggestions.get_many(set(poll.choices.values()))
            others = await tx.polls.list_message_ids(poll.channel_id)
        if record is None:
            return
        length = poll.ends_at - poll.created_at
        answers = range(1, max(poll.choices, default=0) + 1)
        post = PollPost(
            story=record.story,
            question=poll.question,
            suggestions={answer: found.get(poll.choices.get(answer, 0)) for answer in answers},
            length=length,
        )
        to = Destination(poll.channel_id, poll.guild_id)
        find = partial(self._messenger.find_poll, to, post, others)
        attempt = SendAttempt(to, find, poll.first_tried_at or now, now)
        send = partial(self._messenger.post_poll, to, post, poll.nonce)
        outcome = await check_channel_rating(
            self._messenger, self._limiter, record.story, poll.channel_id, now
        )
        outcome = outcome or await send_once(self._messenger, self._limiter, attempt, send)
        outcome = await explain_time_out(self._messenger, poll.guild_id, outcome, self._clock.now())
        match outcome:
            case Sent(int(message_id)):
                # What was found was opened when it was first tried.
                begun = self._clock.now() if attempt.is_first else attempt.first_tried_at
                await commit_with_retry(
                    self._store, lambda tx: tx.polls.mark_open(poll, message_id, begun + length)
                )
            case Sent():
                await self._fail(poll, record.story, MESSAGE_DELETED())
            case Refused(fault, datetime() as until):
                wait = Delayed(fault.reason, until - self._clock.now())
                await self._again(poll, wait, fresh=attempt.is_first)
            case Refused(fault) | Unfit(fault):
                await self._fail(poll, record.story, fault.reason)
            case Delayed() | Unknown():
                await self._again(poll, outcome, fresh=attempt.is_first and isinstance(outcome, Delayed))
        _log.info(
            "poll %d in channel %d: %s",
            poll.id,
            poll.channel_id,
            describe_outcome(outcome),
            extra={"action": f"poll_{outcome.code}", "poll": poll.id},
        )

    async def _count(self, poll: Poll) -> None:
        """Store the result, or look again later while Discord still counts."""
        if poll.message_id is None:
            return
        await self._limiter.acquire()
        result = await self._messenger.read_poll(poll.channel_id, poll.message_id)
        async with self._store.read() as tx:
            record = await tx.stories.get(poll.story)
        if record is None:
            return
        match result:
            case PollResult(votes, final):
                if not final and self._clock.now() < poll.ends_at + _PATIENCE:
                    await self._again(poll, Unknown("Discord is still counting"), fresh=False)
                    return
                await self._put(poll, record.story, votes)
            case Sent():
                await self._fail(poll, record.story, MESSAGE_DELETED())
            case Refused(fault) | Unfit(fault):
                await self._fail(poll, record.story, fault.reason)
            case Delayed() | Unknown():
                await self._again(poll, result, fresh=False)

    async def _put(self, poll: Poll, story: Story, votes: Mapping[int, int]) -> None:
        async def put(tx: Transaction) -> None:
            if not await tx.polls.save_result(poll, votes):
                return
            numbers = set(poll.choices.values())
            await tx.panels.wake(poll.story, numbers, self._clock.now())
            await self._tell(tx, poll, story, COUNTED, await result_facts(tx, poll, votes))

        await commit_with_retry(self._store, put)

    async def _fail(self, poll: Poll, story: Story, reason: Reason) -> None:
        async def fail(tx: Transaction) -> None:
            await tx.polls.mark_failed(poll, reason)
            await self._tell(tx, poll, story, FAILED, {"reason": encode(reason)})

        await commit_with_retry(self._store, fail)

    async def _tell(
        self, tx: Transaction, poll: Poll, story: Story, kind: str, facts: dict[str, str]
    ) -> None:
        """Notify the author who started the poll."""
        if poll.created_by is None:
            return
        facts = facts | {"story": story.title, "channel": str(poll.channel_id)}
        now = self._clock.now()
        await tx.notices.add(poll.created_by, kind, facts, key=f"poll:{poll.id}", nonce=new_nonce(), now=now)

    async def _again(self, poll: Poll, outcome: Delayed | Unknown, *, fresh: bool) -> None:
        pause = backoff(poll.attempts, random.random())
        if isinstance(outcome, Delayed) and outcome.wait is not None:
            pause = max(pause, outcome.wait)
        due_at = self._clock.now() + pause
        await commit_with_retry(
            self._store, lambda tx: tx.polls.postpone(poll, due_at, outcome.reason, fresh=fresh)
        )
