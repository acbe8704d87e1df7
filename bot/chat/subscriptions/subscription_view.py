"""A guild's subscriptions, and the answers to the commands that change them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from discord import ui

from bot.chat.i18n.refusal_line import refusal_line
from bot.chat.interactions import custom_ids
from bot.chat.interactions.list_pages import page_buttons, paginate
from bot.chat.interactions.outgoing_message import Item, Message, container, plain
from bot.chat.stories import catalogue_texts
from bot.chat.subscriptions import subscription_texts
from bot.chat.text.user_text import literal_line, when
from bot.domain.subscriptions.subscription import Subscription, SubscriptionState
from bot.services.subscriptions.subscription_requests import ListedSubscription, SubscribeResult
from bot.store.delivery.crosspost_records import PendingCrosspost

_LINES = 4
_TITLE = 120
_REASON = 250
_PACE = 100


def subscription_list(listed: Sequence[ListedSubscription], page: int = 0) -> Message:
    """Render one page of a guild's subscriptions."""
    if not listed:
        return plain(subscription_texts.list_empty())
    shown, number, count = paginate(listed, page, _LINES)
    text = "\n".join([subscription_texts.list_title(), *("\n".join(_lines(each)) for each in shown)])
    parts: list[Item] = [ui.TextDisplay(text), *page_buttons(number, count, custom_ids.subscriptions)]
    return Message((container(parts),))


def _lines(listed: ListedSubscription) -> list[str]:
    subscription = listed.subscription
    title = literal_line(listed.story.title, _TITLE)
    lines = [subscription_texts.summary(title, subscription.channel_id, subscription.state)]
    running = subscription.state is SubscriptionState.ACTIVE
    lines.append(_options_line(subscription))
    if running and listed.next_number is not None and listed.next_at is not None:
        lines.append(subscription_texts.next_chapter(listed.next_number, when(listed.next_at)))
    if listed.waiting:
        lines.append(subscription_texts.pending_posts(listed.waiting))
    if listed.unpublished is not None:
        lines.append(_crossposts_line(listed.unpublished))
    if listed.hitch is not None:
        lines.append(subscription_texts.content_hitch(listed.hitch))
    fault = subscription.fault
    if fault is not None:
        lines.append(subscription_texts.fault(refusal_line(fault.reason, _REASON), int(fault.at.timestamp())))
    elif running and listed.revived_at is not None:
        lines.append(subscription_texts.automatic_resumption(int(listed.revived_at.timestamp())))
    return lines


def _crossposts_line(waiting: PendingCrosspost) -> str:
    reason = refusal_line(waiting.reason, _REASON) if waiting.reason else None
    return subscription_texts.pending_crossposts(waiting.count, int(waiting.next_at.timestamp()), reason)


def _options_line(subscription: Subscription) -> str:
    options, pace = subscription.options, subscription.options.pace
    parts = [
        subscription_texts.style(options.style),
        subscription_texts.pace(literal_line(pace, _PACE) if pace is not None else None),
    ]
    if subscription.start is not None:
        parts.append(subscription_texts.start(subscription.start))
    if options.mention is not None and subscription.mention_fault is not None:
        parts.append(subscription_texts.mention_lost(options.mention, subscription.mention_fault))
    elif options.mention is not None:
        parts.append(subscription_texts.mention(options.mention))
    return f"-# {' · '.join(parts)}"


def subscribe_answer(done: SubscribeResult) -> Message:
    """Render the answer to `/subscribe`."""
    return _answer(
        done,
        lambda title, channel: subscription_texts.subscribe_answer(title, channel, created=done.created),
        ahead=True,
    )


def unsubscribe_answer(done: SubscribeResult) -> Message:
    """Render the answer to `/unsubscribe`."""
    return _answer(done, subscription_texts.unsubscribe_answer)


def pause_answer(done: SubscribeResult) -> Message:
    """Render the answer to `/pause`."""
    return _answer(done, subscription_texts.pause_answer)


def resume_answer(done: SubscribeResult) -> Message:
    """Render the answer to `/resume`."""
    return _answer(done, subscription_texts.resume_answer, ahead=True)


def _answer(done: SubscribeResult, say: Callable[[str, int], str], *, ahead: bool = False) -> Message:
    lines = [say(literal_line(done.story.title, _TITLE), done.subscription.channel_id)]
    if ahead and done.posts_due:
        lines.append(subscription_texts.immediate_posts(done.posts_due))
    if ahead and done.subscription.pace_state is not None:
        lines.append(
            subscription_texts.pace_times([when(slot) for slot in done.slots])
            if done.slots
            else subscription_texts.pace_exhausted()
        )
    elif ahead and done.next_at is not None:
        lines.append(f"-# {catalogue_texts.next_chapter(when(done.next_at))}")
    return plain("\n".join(lines))
