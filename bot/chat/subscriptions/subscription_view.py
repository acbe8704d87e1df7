"""A server's subscriptions, and the answers to the commands that change them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.list_pages import arrows, cut
from bot.chat.interactions.message import Item, Message, panel, plain
from bot.chat.rest.fault_reason import reason_line
from bot.chat.stories import list_texts
from bot.chat.text.user_text import literal_line, when
from bot.domain.subscriptions.subscription import Subscription, SubscriptionState
from bot.services.subscriptions.channel_subscriptions import ListedSubscription, SubscribeResult
from bot.services.subscriptions.followers import FollowResult
from bot.store.delivery.crosspost_records import PendingCrosspost

_LINES = 4
_TITLE = 120
_REASON = 250
_PACE = 100


def subscriptions(listed: Sequence[ListedSubscription], page: int = 0) -> Message:
    """How every subscription of a server stands."""
    if not listed:
        return plain(list_texts.subscriptions_empty())
    shown, number, count = cut(listed, page, _LINES)
    text = "\n".join([list_texts.subscriptions(), *("\n".join(_lines(each)) for each in shown)])
    parts: list[Item] = [ui.TextDisplay(text), *arrows(number, count, custom_ids.subscriptions)]
    return Message((panel(parts),))


def _lines(listed: ListedSubscription) -> list[str]:
    subscription = listed.subscription
    title = literal_line(listed.story.title, _TITLE)
    lines = [list_texts.subscription(title, subscription.channel_id, subscription.state)]
    running = subscription.state is SubscriptionState.ACTIVE
    lines.append(_wishes(subscription))
    if running and listed.next_number is not None and listed.next_at is not None:
        lines.append(list_texts.subscription_next(listed.next_number, when(listed.next_at)))
    if listed.waiting:
        lines.append(list_texts.subscription_waiting(listed.waiting))
    if listed.unpublished is not None:
        lines.append(_unpublished(listed.unpublished))
    if listed.hitch is not None:
        lines.append(list_texts.subscription_hitch(listed.hitch))
    fault = subscription.fault
    if fault is not None:
        lines.append(
            list_texts.subscription_fault(reason_line(fault.reason, _REASON), int(fault.at.timestamp()))
        )
    elif running and listed.revived_at is not None:
        lines.append(list_texts.subscription_revived(int(listed.revived_at.timestamp())))
    return lines


def _unpublished(waiting: PendingCrosspost) -> str:
    reason = reason_line(waiting.reason, _REASON) if waiting.reason else None
    return list_texts.subscription_unpublished(waiting.count, int(waiting.next_at.timestamp()), reason)


def _wishes(subscription: Subscription) -> str:
    """What was chosen for it: style, pace, start, role."""
    options, pace = subscription.options, subscription.options.pace
    said = [
        list_texts.subscription_style(options.style),
        list_texts.subscription_pace(literal_line(pace, _PACE) if pace is not None else None),
    ]
    if subscription.start is not None:
        said.append(list_texts.subscription_start(subscription.start))
    if options.mention is not None and subscription.mention_fault is not None:
        said.append(list_texts.subscription_unmentioned(options.mention, subscription.mention_fault))
    elif options.mention is not None:
        said.append(list_texts.subscription_mention(options.mention))
    return f"-# {' · '.join(said)}"


def subscribed(done: SubscribeResult) -> Message:
    """After /subscribe."""
    return _answer(
        done, lambda title, channel: list_texts.subscribed(title, channel, created=done.created), ahead=True
    )


def unsubscribed(done: SubscribeResult) -> Message:
    """After /unsubscribe."""
    return _answer(done, list_texts.unsubscribed)


def paused(done: SubscribeResult) -> Message:
    """After /pause."""
    return _answer(done, list_texts.paused)


def resumed(done: SubscribeResult) -> Message:
    """After /resume."""
    return _answer(done, list_texts.resumed, ahead=True)


def followed(done: FollowResult) -> Message:
    """After /follow."""
    lines = [list_texts.followed(literal_line(done.story.title, _TITLE), news=done.news)]
    if done.next_at is not None:
        lines.append(f"-# {list_texts.comes(when(done.next_at))}")
    return plain("\n".join(lines))


def unfollowed(done: FollowResult) -> Message:
    """After /unfollow."""
    return plain(list_texts.unfollowed(literal_line(done.story.title, _TITLE)))


def _answer(done: SubscribeResult, say: Callable[[str, int], str], *, ahead: bool = False) -> Message:
    lines = [say(literal_line(done.story.title, _TITLE), done.subscription.channel_id)]
    if ahead and done.posting:
        lines.append(list_texts.posting(done.posting))
    if ahead and done.subscription.pacing is not None:
        lines.append(
            list_texts.own_pace([when(slot) for slot in done.slots])
            if done.slots
            else list_texts.own_pace_over()
        )
    elif ahead and done.next_at is not None:
        lines.append(f"-# {list_texts.comes(when(done.next_at))}")
    return plain("\n".join(lines))
