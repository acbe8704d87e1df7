"""Boards and reviews: messages that show suggestions and are kept current."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from bot.clock import Clock
from bot.domain.authorization import Viewer, require_author
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unfit, Unknown, describe_outcome
from bot.domain.delivery.retry import backoff
from bot.domain.errors import Refusal
from bot.domain.message_json import encode
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import ServerNotAllowed
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.domain.suggestions.panel_contents import BoardPost, PanelPost, ReviewPost
from bot.domain.suggestions.panels import Panel, PanelKind
from bot.domain.suggestions.suggestion import Suggestion
from bot.domain.suggestions.suggestion_refusals import BoardGone
from bot.kit.message_nonces import new_nonce
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.idempotent_send import SendAttempt, send_once
from bot.services.delivery.parking import fault_from
from bot.services.delivery.post_messenger import Destination
from bot.services.delivery.refusal_causes import explain_time_out
from bot.services.leased_work_queue import LeasedWorkQueue
from bot.services.stories.story_lookup import find_story
from bot.services.suggestions.boards import compose_board
from bot.services.suggestions.panel_channels import check_channel_rating, require_panel_channel
from bot.services.suggestions.panel_messenger import PanelMessenger
from bot.services.suggestions.review_channel_policy import ReviewChannelPolicy
from bot.services.suggestions.review_queue import ReviewQueue
from bot.services.transaction_retry import commit_with_retry
from bot.store.database import Database
from bot.store.engine.errors import DatabaseAway
from bot.store.notifications.notice_records import NewNotice
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

_BATCH = 8
"""Messages processed at once."""

REVIEW_REFUSED = "review-refused"
"""The kind of the notice that suggestions cannot be shown in their review channel."""


@dataclass(frozen=True, slots=True)
class BoardResult:
    """The result of /author board."""

    story: Story
    board: Panel
    faulty: tuple[Panel, ...]


class Panels:
    """Posts, updates and removes boards and reviews."""

    def __init__(
        self,
        store: Database,
        messenger: PanelMessenger,
        review_queue: ReviewQueue,
        clock: Clock,
        *,
        limiter: RateLimiter,
        channel_policy: ReviewChannelPolicy | None = None,
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._review_queue = review_queue
        self._clock = clock
        self._limiter = limiter
        self._channel_policy = channel_policy or ReviewChannelPolicy()
        self._work = LeasedWorkQueue(store, clock, lambda tx: tx.panels, _BATCH)

    async def show_new_suggestion(
        self, tx: Transaction, story: Story, suggestion: Suggestion, now: datetime
    ) -> None:
        """Schedule the panels that show a new suggestion.

        These are the story's boards, and a review if the story has a review channel.
        """
        await tx.panels.wake(story.slug, [], now)
        channel = await self._channel_policy.channel_for(tx, story)
        if channel is not None:
            await tx.panels.add_review(
                story.slug,
                suggestion.number,
                guild_id=channel.guild_id,
                channel_id=channel.channel_id,
                nonce=new_nonce(),
                now=now,
            )

    async def post_board(self, viewer: Viewer, story: str, channel_id: int) -> BoardResult:
        """Post a board in a channel. One that is there already is replaced by a new one at the channel's end.

        Raises:
            Refusal: The story is not the viewer's, or the bot may not post there.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            require_author(record.story, viewer)
            earlier = await tx.panels.get_board(record.story.slug, channel_id)
        await require_panel_channel(self._messenger, viewer, record.story, channel_id)
        if earlier is not None and earlier.message_id is not None:
            await self._limiter.acquire()
            await self._messenger.delete(channel_id, earlier.message_id)
        async with self._store.begin() as tx:
            board = await tx.panels.add_board(
                record.story.slug,
                guild_id=viewer.guild_id,
                channel_id=channel_id,
                by=viewer.user_id,
                nonce=new_nonce(),
                now=self._clock.now(),
            )
            others = await tx.panels.list_boards(record.story.slug)
        faulty = tuple(each for each in others if each.fault and each.id != board.id)
        return BoardResult(record.story, board, faulty)

    async def remove_board(self, viewer: Viewer, panel_id: int) -> Outcome:
        """Remove a board and delete its message.

        Raises:
            BoardGone: It is no longer stored.
            NotAnAuthor: It is not the viewer's.
        """
        async with self._store.begin() as tx:
            panel = await tx.panels.get(panel_id)
            record = await tx.stories.get(panel.story) if panel is not None else None
            if panel is None or record is None or panel.kind is not PanelKind.BOARD:
                raise BoardGone
            require_author(record.story, viewer)
            await tx.panels.delete(panel_id)
        if panel.message_id is None:
            return Sent(None)
        await self._limiter.acquire()
        return await self._messenger.delete(panel.channel_id, panel.message_id)

    async def take_over(self) -> None:
        """Take up unfinished posts and edits of an earlier process. To be called before the first sweep."""
        await self._work.take_over()

    async def sweep(self) -> datetime | None:
        """Post and edit what is due. Return when there will be more, if that is known."""
        return await self._work.sweep(self._show_all)

    async def _show_all(self, panels: Sequence[Panel], now: datetime) -> None:
        async with asyncio.TaskGroup() as group:
            for panel in panels:
                group.create_task(self._show(panel, now))

    async def _show(self, panel: Panel, now: datetime) -> None:
        """Bring one message up to date.

        A panel with nothing left to show is forgotten. One that may no longer be shown there records why.
        """
        outcome: Outcome
        post: PanelPost | None = None
        try:
            post = await self._post(panel)
            if post is None:
                await commit_with_retry(self._store, lambda tx: tx.panels.delete(panel.id))
                return
            outcome = await self._objection(panel, post) or await self._send(panel, post, now)
        except DatabaseAway:
            # It is read before anything is sent.
            outcome = Delayed("the database is away")
        except Exception as error:
            _log.exception("panel %d failed", panel.id, extra={"action": "panel_crashed", "panel": panel.id})
            outcome = Unknown(f"an error of ours ({type(error).__name__})")
        outcome = await explain_time_out(self._messenger, panel.guild_id, outcome, self._clock.now())
        await self._settle(panel, outcome, now, post.outdated_at if isinstance(post, ReviewPost) else None)

    async def _send(self, panel: Panel, post: PanelPost, now: datetime) -> Outcome:
        if panel.message_id is not None:
            await self._limiter.acquire_idle()
            return await self._messenger.edit_panel(panel.channel_id, panel.message_id, post)
        to = Destination(panel.channel_id, panel.guild_id)
        find = partial(self._messenger.find, to, panel.marker)
        attempt = SendAttempt(to, find, panel.first_tried_at or now, now)
        send = partial(self._messenger.post_panel, to, post, panel.nonce)
        return await send_once(self._messenger, self._limiter, attempt, send)

    async def _settle(self, panel: Panel, outcome: Outcome, now: datetime, again: datetime | None) -> None:
        first = panel.message_id is None and panel.first_tried_at == now
        pause = backoff(panel.attempts, random.random())

        async def settle(tx: Transaction) -> None:
            match outcome:
                case Sent(None):
                    # Somebody has deleted it, so nobody wants it.
                    await tx.panels.delete(panel.id)
                case Sent(message_id):
                    # What an earlier attempt has made shows how things stood then.
                    stale = panel.message_id is None and not first
                    await tx.panels.settle(panel, message_id=message_id, again=now if stale else again)
                case Delayed(reason) | Unknown(reason):
                    wait = outcome.wait if isinstance(outcome, Delayed) else None
                    await tx.panels.settle(
                        panel,
                        message_id=panel.message_id,
                        again=self._clock.now() + max(wait or pause, pause),
                        fault=reason,
                        fresh=first and isinstance(outcome, Delayed),
                    )
                case Refused(fault, datetime() as until):
                    await tx.panels.settle(
                        panel, message_id=panel.message_id, again=until, fault=fault.reason, fresh=first
                    )
                case Refused(fault) | Unfit(fault):
                    await tx.panels.settle(
                        panel, message_id=panel.message_id, fault=fault.reason, fresh=first
                    )
                    if panel.kind is PanelKind.REVIEW:
                        await _tell_authors(tx, panel, fault, now)

        await commit_with_retry(self._store, settle)
        _log.info(
            "%s %d in channel %d: %s",
            panel.kind,
            panel.id,
            panel.channel_id,
            describe_outcome(outcome),
            extra={"action": f"panel_{outcome.code}", "panel": panel.id},
        )

    async def _post(self, panel: Panel) -> PanelPost | None:
        if panel.suggestion is not None:
            if not await self._may_review(panel):
                return None
            view = await self._review_queue.get_for_panel(panel.suggestion)
            return ReviewPost(view, panel.marker, panel.guild_id) if view is not None else None
        async with self._store.read() as tx:
            return await compose_board(tx, panel)

    async def _objection(self, panel: Panel, post: PanelPost) -> Outcome | None:
        """Return an outcome that forbids showing the post there now, or None.

        The story's rating counts, and for boards, which everybody sees, its guilds too.
        """
        story = post.view.story if isinstance(post, ReviewPost) else post.story
        if story is None:
            return None
        if (
            isinstance(post, BoardPost)
            and panel.guild_id is not None
            and not story.allows_guild(panel.guild_id)
        ):
            return self._refused(ServerNotAllowed(story=story.title))
        return await check_channel_rating(
            self._messenger, self._limiter, story, panel.channel_id, self._clock.now()
        )

    async def _may_review(self, panel: Panel) -> bool:
        """Return whether that channel still shows the story's suggestions.

        Reviews posted before the channel's acceptance was revoked remain and are kept current.
        """
        if panel.message_id is not None:
            return True
        async with self._store.read() as tx:
            record = await tx.stories.get(panel.story)
            channel = await self._channel_policy.channel_for(tx, record.story) if record is not None else None
        return channel is not None and channel.channel_id == panel.channel_id

    def _refused(self, refusal: Refusal) -> Refused:
        fault: DeliveryFault = fault_from(refusal, self._clock.now())
        return Refused(fault)


async def _tell_authors(tx: Transaction, panel: Panel, fault: DeliveryFault, now: datetime) -> None:
    """Notify the story's authors, once a day at most, that nobody sees new suggestions."""
    record = await tx.stories.get(panel.story)
    if record is None:
        return
    facts = {"story": record.story.title, "channel": str(panel.channel_id), "reason": encode(fault.reason)}
    authors = {author.discord for author in record.story.authors if author.discord is not None}
    await tx.notices.add_all(
        [
            NewNotice(
                user_id,
                REVIEW_REFUSED,
                facts,
                key=f"review:{panel.channel_id}:{panel.story}:{user_id}:{now.date().isoformat()}",
                nonce=new_nonce(),
            )
            for user_id in authors
        ],
        now=now,
    )
