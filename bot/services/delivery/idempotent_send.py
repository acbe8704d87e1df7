"""Making a message once, whatever becomes of the answers: the steps that boards, reviews and polls share."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent, Unknown
from bot.domain.delivery.retry import NONCE_WINDOW
from bot.domain.subscriptions.subscription import DeliveryFault
from bot.kit.rate_limiter import RateLimiter
from bot.services.delivery.post_messenger import Destination, FoundPost, PostMessenger, SearchOutcome

_OUTAGE_WAIT = timedelta(seconds=30)
_WHILE_WRONG = timedelta(days=1)
"""How long ago a message may have been tried whose moment a wrong clock wrote down."""

_BLIND = "I may have posted it already and cannot look: let me read the message history there."


@dataclass(frozen=True, slots=True)
class SendAttempt:
    """A message that is to exist once. `tried` is when it was first tried, which is `now` at the first attempt."""

    to: Destination
    marker: int
    first_tried_at: datetime
    now: datetime

    @property
    def is_first(self) -> bool:
        """Whether nothing can be there yet."""
        return self.first_tried_at == self.now


async def send_once(
    messenger: PostMessenger,
    pace: RateLimiter,
    attempt: SendAttempt,
    send: Callable[[], Awaitable[Outcome]],
) -> Outcome:
    """One attempt:

    1. Nothing is tried where a server has an outage.
    2. If an earlier attempt's outcome is unknown and Discord's nonce protects no more, look for the message.
    3. If it is there, adopt it; if its absence cannot be believed, refuse.
    4. Otherwise send, with the nonce that every attempt carries.
    """
    to = attempt.to
    if to.guild_id is not None and messenger.has_outage(to.guild_id):
        return Delayed("the server has an outage", _OUTAGE_WAIT)
    if not attempt.is_first and abs(attempt.now - attempt.first_tried_at) > NONCE_WINDOW:
        await pace.acquire()
        # A clock that was wrong then may have named a moment to come.
        since = (
            min(attempt.first_tried_at, attempt.now - _WHILE_WRONG)
            if attempt.first_tried_at > attempt.now
            else attempt.first_tried_at
        )
        match await messenger.find(to, attempt.marker, since):
            case FoundPost(message_id):
                return Sent(message_id)
            case SearchOutcome.BLIND:
                return Refused(DeliveryFault("blind", _BLIND, attempt.now))
            case SearchOutcome.LATER:
                return Unknown("Discord did not answer when I looked for the message")
            case SearchOutcome.ABSENT:
                pass
    await pace.acquire()
    return await send()
