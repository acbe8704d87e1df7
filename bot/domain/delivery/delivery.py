"""The ledger's rules: the states of a delivery, what an attempt can end in, and when to try again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.schedule.calendar import CatchUp
from bot.domain.subscriptions.subscription import DeliveryFault, Style

NONCE_LENGTH = 25
"""Discord's limit for a nonce, in characters (docs: resources/message, Create Message)."""

NONCE_WINDOW = timedelta(minutes=2)
"""How long an enforced nonce is trusted to answer with the message already made.

Discord says only "past few minutes" (docs: resources/message), so the shorter reading is taken."""

LEASE = timedelta(minutes=3)
"""How long a claim holds before another worker may look into it: longer than discord.py's own retries of a call."""

_FIRST_WAIT = timedelta(seconds=5)
_LONGEST_WAIT = timedelta(minutes=5)


class DeliveryState(StrEnum):
    """Where a ledger row stands. `SKIPPED`: another post named its chapter instead, or its subscription ended."""

    DUE = "due"
    CLAIMED = "claimed"
    SENT = "sent"
    PARKED = "parked"
    SKIPPED = "skipped"


class MessageForm(StrEnum):
    """What one message of a chapter is: the shared post whose pages are turned; an announcement with a Read button;
    the announcement that a thread hangs under; a forum post's plain first message; one page in a thread."""

    PAGES = "pages"
    CARD = "card"
    OPENING = "opening"
    STARTER = "starter"
    PART = "part"

    @property
    def in_thread(self) -> bool:
        """Whether it begins or continues a chapter that is posted in parts."""
        return self in (MessageForm.OPENING, MessageForm.STARTER, MessageForm.PART)


def shape_of(style: Style, part: int, *, forum: bool) -> MessageForm:
    """What the message of that part is in that style. Part 0 comes first; the thread's pages are numbered from 1."""
    if part > 0:
        return MessageForm.PART
    if style is Style.THREAD:
        return MessageForm.STARTER if forum else MessageForm.OPENING
    return MessageForm.CARD if style is Style.CARD else MessageForm.PAGES


@dataclass(frozen=True, slots=True)
class Delivery:
    """One ledger row: one part of one release for one subscription.

    `nonce` is fixed when the row is made, so every attempt of it carries the same one. `first_tried_at` is set before
    the first attempt is made, `attempts` counts them. `skipped` are the numbers of releases this post names instead
    of posting them. `message_id` is known once the message exists, though its thread may still have to be opened.
    `thread_id` is the thread that a part after the first goes to.
    """

    id: int
    subscription_id: int
    release_id: int
    part: int
    state: DeliveryState
    due_at: datetime
    nonce: str
    mention: bool
    attempts: int = 0
    first_tried_at: datetime | None = None
    claimed_until: datetime | None = None
    message_id: int | None = None
    skipped: tuple[int, ...] = ()
    thread_id: int | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """The message exists. `message_id` is None where Discord says it was posted and has been deleted since. `found`:
    this database did not know of it (any more), so it may show anything."""

    message_id: int | None
    found: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """The destination will not take it until somebody changes something: park it. `until` is when that ends by itself,
    if it does."""

    fault: DeliveryFault
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Unfit:
    """This one post is at fault (its content), the destination is not: skip it and tell the operator."""

    fault: DeliveryFault


@dataclass(frozen=True, slots=True)
class Delayed:
    """It was not sent and may succeed later; `wait` is Discord's own word for when, if it gave one."""

    reason: str
    wait: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """It may or may not have been sent: look before sending again."""

    reason: str


Outcome = Sent | Refused | Unfit | Delayed | Unknown


def brief(outcome: Outcome) -> str:
    """What came of it, for the log, without a reason's words: Discord's may quote the message, and with it ideas."""
    match outcome:
        case Refused(fault) | Unfit(fault):
            return f"{type(outcome).__name__} ({fault.code})"
        case Sent() | Delayed() | Unknown():
            return str(outcome)


@dataclass(frozen=True, slots=True)
class Dropped:
    """There is nothing to send any more: the page is not there since a revision, or somebody deleted the thread."""

    reason: str


def wait_after(attempts: int, jitter: float) -> timedelta:
    """How long to wait after that many failed attempts: doubling from 5 seconds to 5 minutes.

    `jitter` between 0 and 1 spreads those that failed together over the last quarter of the wait.
    """
    longest = min(_LONGEST_WAIT, _FIRST_WAIT * 2 ** min(attempts - 1, 12) if attempts > 0 else _FIRST_WAIT)
    return longest * (0.75 + 0.25 * jitter)


@dataclass(frozen=True, slots=True)
class Planned:
    """A post to be entered in the ledger: which release, when, whether it mentions, and which others it names."""

    number: int
    due_at: datetime
    mention: bool
    skipped: tuple[int, ...] = ()


def plan_posts(
    numbers: Sequence[int],
    *,
    rule: CatchUp,
    gap: timedelta,
    now: datetime,
    not_before: datetime | None = None,
    most: int = 1,
    wished: int = 0,
) -> tuple[Planned, ...]:
    """The posts that bring one destination up to date with the releases `numbers`, ascending, all of them out.

    `ALL` posts them in order, `gap` apart; `LATEST` posts the newest, which names the others; `ONE` posts the oldest
    (`most` of them, where several have just come out together) and leaves the rest to the slots that follow. Releases
    up to the number `wished` were asked for: they are posted in order, whatever the rule, which is for those after
    them. Only the last of several mentions the role. Nothing is due before `not_before`, the time of the destination's
    last planned post.
    """
    if not numbers:
        return ()
    first = max(now, not_before) if not_before is not None else now
    asked = bisect_right(numbers, wished)
    posted, skipped = [*numbers[:asked]], tuple[int, ...]()
    match rule:
        case CatchUp.ALL:
            posted += numbers[asked:]
        case CatchUp.LATEST:
            posted += numbers[asked:][-1:]
            skipped = tuple(numbers[asked:-1])
        case CatchUp.ONE:
            posted += numbers[asked : asked + most]
    return tuple(
        Planned(number, first + gap * i, number == numbers[-1], skipped if number == numbers[-1] else ())
        for i, number in enumerate(posted)
    )
