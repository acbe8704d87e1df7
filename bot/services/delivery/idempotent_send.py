"""Sending a message at most once, whatever becomes of the answers: the steps shared by panels and polls."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.delivery.fault_messages import SENT_UNVERIFIABLE
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unknown
from bot.domain.delivery.retry import NONCE_WINDOW
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.post_messenger import Destination, FoundPost, PostMessenger, SearchOutcome

_OUTAGE_WAIT = timedelta(seconds=30)
_WHILE_WRONG = timedelta(days=1)
"""Longest time ago at which a message may have been tried if a wrong clock recorded a future time."""


@dataclass(frozen=True, slots=True)
class SendAttempt:
    """A message that must exist only once."""

    to: Destination
    find: Callable[[datetime], Awaitable[FoundPost | SearchOutcome]]
    """Search for the message among those sent since then."""
    first_tried_at: datetime
    """When it was first tried; equal to `now` at the first attempt."""
    now: datetime

    @property
    def is_first(self) -> bool:
        """Return whether no message can exist yet."""
        return self.first_tried_at == self.now


async def send_once(
    messenger: PostMessenger,
    limiter: RateLimiter,
    attempt: SendAttempt,
    send: Callable[[], Awaitable[Outcome]],
) -> Outcome:
    """Make one attempt.

    1. Try nothing during an outage of the guild.
    2. If the outcome of an earlier attempt is unknown and Discord's nonce no longer protects, search for the message.
    3. If it is there, adopt it; if its absence cannot be proved, refuse.
    4. Otherwise send with the nonce that all attempts share.
    """
    to = attempt.to
    if to.guild_id is not None and messenger.has_outage(to.guild_id):
        return Delayed("the server has an outage", _OUTAGE_WAIT)
    if not attempt.is_first and abs(attempt.now - attempt.first_tried_at) > NONCE_WINDOW:
        await limiter.acquire()
        # A clock that was wrong then may have named a moment to come.
        since = (
            min(attempt.first_tried_at, attempt.now - _WHILE_WRONG)
            if attempt.first_tried_at > attempt.now
            else attempt.first_tried_at
        )
        match await attempt.find(since):
            case FoundPost(message_id):
                return Sent(message_id)
            case SearchOutcome.BLIND:
                return Refused(DeliveryFault(SENT_UNVERIFIABLE.code, SENT_UNVERIFIABLE(), attempt.now))
            case SearchOutcome.LATER:
                return Unknown("Discord did not answer when I looked for the message")
            case SearchOutcome.ABSENT:
                pass
    await limiter.acquire()
    return await send()
