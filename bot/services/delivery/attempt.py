"""One attempt at one delivery, for every release style."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from bot.domain.delivery.fault_messages import HISTORY_UNREADABLE
from bot.domain.delivery.outcomes import Dropped, Outcome, Refused, Sent, Unfit, Unknown
from bot.domain.delivery.post_identity import chapter_mark
from bot.domain.delivery.retry import NONCE_WINDOW
from bot.domain.subscriptions.release_styles import MessageForm, message_form
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.services.delivery.delivery_dependencies import DeliveryDependencies
from bot.services.delivery.post_messenger import Destination, FoundPost, SearchOutcome
from bot.services.delivery.preconditions import DestinationCheck
from bot.services.delivery.refusal_causes import explain_missing_tag, explain_time_out
from bot.services.delivery.role_mentions import RoleMentions
from bot.services.guilds.guild_members import GuildMembers
from bot.services.transaction_retry import commit_with_retry
from bot.store.delivery.delivery_records import ClaimedDelivery
from bot.store.delivery.post_records import Post
from bot.store.engine.errors import DatabaseAway

_log = logging.getLogger(__name__)

_CHANNEL_GONE = "discord-10003"

BLIND = "I cannot tell whether the last chapter arrived: allow Read Message History here"

SettleDestination = Callable[[ClaimedDelivery, datetime], Awaitable[ClaimedDelivery | Outcome | Dropped]]
"""Resolves doubts about a destination that may hold posts unknown to the database.

It returns the delivery to attempt, with the message if it was found, or the outcome that ends it.
"""


class DeliveryAttempt:
    """Sends the message of a delivery and opens the thread that belongs to it."""

    def __init__(
        self,
        dependencies: DeliveryDependencies,
        *,
        members: GuildMembers,
        settle: SettleDestination | None = None,
    ) -> None:
        self._store = dependencies.store
        self._messenger = dependencies.messenger
        self._composer = dependencies.composer
        self._clock = dependencies.clock
        self._limiter = dependencies.limiter
        self._settle = settle
        self._mentions = RoleMentions(
            dependencies.store, dependencies.messenger, dependencies.clock, limiter=dependencies.limiter
        )
        self._destination_check = DestinationCheck(
            dependencies.messenger, members, dependencies.clock, limiter=dependencies.limiter
        )

    async def attempt(self, job: ClaimedDelivery, claimed_at: datetime) -> Outcome | Dropped:
        """Make one attempt.

        1. Try nothing during an outage of the guild.
        2. Resolve doubts about posts that the database may not know.
        3. Send the message, or find it; if it is there already, do only the rest.
        4. If a thread belongs to it, record the message first, so that a crash repeats only the rest.
        5. Open the thread.
        """
        outage = self._destination_check.check_outage(job.subscription)
        if outage is not None:
            return outage
        if self._settle is None or job.delivery.message_id is not None:
            return await self._post(job, claimed_at)
        settled = await self._settle(job, claimed_at)
        if not isinstance(settled, ClaimedDelivery):
            return settled
        outcome = await self._post(settled, claimed_at)
        found = settled.delivery.message_id is not None
        return replace(outcome, found=True) if found and isinstance(outcome, Sent) else outcome

    async def _post(self, job: ClaimedDelivery, claimed_at: datetime) -> Outcome | Dropped:
        """Do steps 3 to 5 of an attempt."""
        delivery, subscription = job.delivery, job.subscription
        shape = message_form(subscription.options.style, delivery.part, forum=subscription.forum)
        if delivery.message_id is None:
            outcome = await self._make(job, shape, claimed_at)
            if not isinstance(outcome, Sent) or outcome.message_id is None:
                return outcome
            message_id = outcome.message_id
            if shape is MessageForm.OPENING:
                await commit_with_retry(
                    self._store, lambda tx: tx.deliveries.record_message(delivery.id, message_id)
                )
        else:
            message_id = delivery.message_id
        if shape is MessageForm.OPENING:
            await self._limiter.acquire()
            return await self._messenger.open_thread(subscription.channel_id, message_id, job.release.title)
        return Sent(message_id)

    async def _make(
        self, job: ClaimedDelivery, shape: MessageForm, claimed_at: datetime
    ) -> Outcome | Dropped:
        """Send the message, or find the one that an earlier attempt sent.

        1. If the outcome of an earlier attempt is unknown and Discord's nonce no longer protects (a forum's starter:
           ever), search for the message.
        2. If it is there, adopt it; if its absence cannot be proved, refuse.
        3. If the story may no longer be posted there, refuse.
        4. Otherwise post with the nonce that all attempts share, and without a mention that would reach nobody.
        """
        delivery, subscription = job.delivery, job.subscription
        to = Destination(
            delivery.thread_id or subscription.channel_id,
            subscription.guild_id,
            subscription.user_id,
            forum=shape is MessageForm.STARTER,
        )
        tried, now = delivery.first_tried_at, self._clock.now()
        if tried is not None and tried != claimed_at and (to.forum or abs(now - tried) > NONCE_WINDOW):
            # A clock that was wrong then may have named a moment to come; none is released before its time.
            found = await self._look(to, job, min(tried, job.release.released_at) if tried > now else tried)
            if found is not None:
                return found
        post = await self._composer.compose_delivery(job)
        if post is None:
            return Dropped("a revision left no such page")
        objection = await self._destination_check.reason_not_to_post(subscription, post.story)
        if objection is not None:
            return objection
        if post.mention is not None and not await self._mentions.reaches_role(subscription):
            post = replace(post, mention=None)
        await self._limiter.acquire()
        if (trouble := self._store.find_trouble()) is not None:
            # What cannot be written down is not sent.
            raise DatabaseAway(trouble)
        outcome = await self._messenger.post(to, post, delivery.nonce)
        if shape is MessageForm.PART and isinstance(outcome, Refused) and outcome.fault.code == _CHANNEL_GONE:
            # Whoever deleted the thread does not want the rest of the chapter there; the next has its own.
            return Dropped("its thread was deleted")
        return outcome

    async def explain_refusal(self, job: ClaimedDelivery, outcome: Outcome | Dropped) -> Outcome | Dropped:
        """Add the cause to a refusal where Discord's answer alone does not name it. Never raises."""
        if not isinstance(outcome, Refused | Unfit):
            return outcome
        subscription, now = job.subscription, self._clock.now()
        try:
            outcome = await explain_time_out(self._messenger, subscription.guild_id, outcome, now)
            return await explain_missing_tag(
                self._messenger, subscription.channel_id, subscription.options, outcome, now
            )
        except Exception:
            _log.exception("a refusal could not be explained", extra={"action": "explain_failed"})
            return outcome

    async def _look(self, to: Destination, job: ClaimedDelivery, since: datetime) -> Outcome | None:
        """Search for a message that may have been sent; None if it surely was not."""
        await self._limiter.acquire()
        chapter = chapter_mark(job.release.story, job.release.chapter, job.delivery.part)
        found = await self._messenger.find(to, job.delivery.id, since, chapter)
        match found:
            case FoundPost(message_id):
                return Sent(message_id)
            case SearchOutcome.LATER:
                return Unknown("Discord did not answer when I looked for the post")
            case SearchOutcome.BLIND:
                return Refused(
                    DeliveryFault(HISTORY_UNREADABLE.code, HISTORY_UNREADABLE(), self._clock.now())
                )
        return None


def build_post(job: ClaimedDelivery, message_id: int, *, pages: int, revision: int) -> Post:
    """Build the record of a delivery's message.

    Only a shared post has pages to turn, and only the last part of a thread gets a star.
    """
    subscription, part = job.subscription, job.delivery.part
    shape = message_form(subscription.options.style, part, forum=subscription.forum)
    channel_id = job.delivery.thread_id or subscription.channel_id
    starless = shape in (MessageForm.OPENING, MessageForm.STARTER) or (
        shape is MessageForm.PART and part < pages
    )
    return Post(
        message_id=message_id,
        channel_id=message_id if shape is MessageForm.STARTER else channel_id,
        guild_id=subscription.guild_id,
        release_id=job.release.id,
        delivery_id=job.delivery.id,
        page=1,
        page_count=pages if shape is MessageForm.PAGES else 1,
        revision=revision,
        decorated=starless,
        shape=shape,
        part=part,
    )


def is_to_be_crossposted(job: ClaimedDelivery) -> bool:
    """Return whether a delivery's message is to be crossposted to the channel's followers."""
    subscription = job.subscription
    shape = message_form(subscription.options.style, job.delivery.part, forum=subscription.forum)
    return subscription.options.publish and shape is MessageForm.CARD


def thread_of_next_part(job: ClaimedDelivery, message_id: int | None) -> int | None:
    """Return the thread that continues after a delivery's message: its id is that of its starter (docs.

    Topics/threads).
    """
    subscription = job.subscription
    shape = message_form(subscription.options.style, job.delivery.part, forum=subscription.forum)
    if not shape.in_thread:
        return None
    return job.delivery.thread_id if shape is MessageForm.PART else message_id
