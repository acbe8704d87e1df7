"""Queries for everything stored about one person: reading, suggestions, and what they set up for others."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from bot.store.tables import (
    blocked,
    bookmark,
    chapter_read,
    delivery,
    erased,
    notice,
    panel,
    person,
    poll,
    post,
    release,
    review_channel,
    subscription,
    suggestion,
    suggestion_change,
    supporter,
    vote,
)


def build_export_queries(user_id: int, hashed: str, direct: int | None) -> dict[str, Select[Any]]:
    """Build the export queries, keyed by section."""
    return _reading(user_id, direct) | _suggestions(user_id) | _set_up(user_id) | _hashed(hashed)


def is_sent_to_one(user_id: int, direct: int | None) -> ColumnElement[bool]:
    """Match posts sent to one person only: in direct messages, by subscription or on request."""
    followed = select(subscription.c.channel_id).where(subscription.c.user_id == user_id)
    channels: ColumnElement[bool] = post.c.channel_id.in_(followed)
    if direct is not None:
        channels = or_(channels, post.c.channel_id == direct)
    return and_(post.c.guild_id.is_(None), channels)


_CHAPTER = (release.c.story, release.c.number.label("chapter"), release.c.title)


def _reading(user_id: int, direct: int | None) -> dict[str, Select[Any]]:
    return {
        "you": select(
            person.c.user_id.label("discord_id"),
            person.c.locale.label("language"),
            person.c.told.label("news_by_direct_message"),
            person.c.digest.label("morning_card"),
            person.c.digested_at.label("last_morning_card_at"),
        ).where(person.c.user_id == user_id),
        "bookmarks": select(
            bookmark.c.story,
            bookmark.c.last_number.label("chapter"),
            bookmark.c.last_offset.label("character"),
            bookmark.c.last_revision.label("revision"),
            bookmark.c.furthest_number.label("furthest_chapter"),
            bookmark.c.furthest_offset.label("furthest_character"),
            bookmark.c.furthest_revision.label("furthest_revision"),
            bookmark.c.place_number.label("read_on_to_chapter"),
            bookmark.c.place_offset.label("read_on_to_character"),
            bookmark.c.place_revision.label("read_on_to_revision"),
            bookmark.c.seen_at,
        ).where(bookmark.c.user_id == user_id),
        "chapters_read": select(
            *_CHAPTER, chapter_read.c.at, chapter_read.c.furthest.label("furthest_character")
        )
        .join(release, release.c.id == chapter_read.c.release_id)
        .where(chapter_read.c.user_id == user_id),
        "stars": select(*_CHAPTER, vote.c.at, vote.c.message_id)
        .join(release, release.c.id == vote.c.release_id)
        .where(vote.c.user_id == user_id),
        "stories_followed": select(
            subscription.c.story,
            subscription.c.created_at,
            subscription.c.state,
            subscription.c.place.label("chapters_brought"),
            subscription.c.channel_id,
        ).where(subscription.c.user_id == user_id),
        "chapters_brought": select(
            *_CHAPTER, delivery.c.part, delivery.c.state, delivery.c.sent_at, delivery.c.message_id
        )
        .join(subscription, subscription.c.id == delivery.c.subscription_id)
        .join(release, release.c.id == delivery.c.release_id)
        .where(subscription.c.user_id == user_id),
        "pages_in_direct_messages": select(*_CHAPTER, post.c.channel_id, post.c.message_id, post.c.page)
        .join(release, release.c.id == post.c.release_id)
        .where(is_sent_to_one(user_id, direct)),
        "messages_to_you": select(
            notice.c.kind, notice.c.facts, notice.c.state, notice.c.created_at, notice.c.told_at
        ).where(notice.c.user_id == user_id),
    }


def _suggestions(user_id: int) -> dict[str, Select[Any]]:
    """Build the queries for suggestions they made, support or decided on.

    Decisions about their own suggestions leave out the decider, who is another person.
    """
    c = suggestion.c
    return {
        "ideas": select(
            c.number,
            c.story,
            c.chapter,
            c.idea,
            c.maker_name.label("your_name"),
            c.anonymous,
            c.name_me.label("named_if_used"),
            c.state,
            c.created_at,
            c.guild_id,
            c.channel_id,
            c.into.label("merged_into"),
            c.used_in,
            c.decided_at,
            c.reason,
            c.support.label("supporters"),
        ).where(c.maker == user_id),
        "ideas_supported": select(supporter.c.suggestion.label("number"), c.story, supporter.c.at)
        .join(suggestion, c.number == supporter.c.suggestion)
        .where(supporter.c.user_id == user_id),
        "ideas_changed": select(
            suggestion_change.c.suggestion.label("number"),
            suggestion_change.c.was,
            suggestion_change.c.became,
            suggestion_change.c.at,
            suggestion_change.c.reason,
        ).where(suggestion_change.c.by == user_id),
        "ideas_decided": select(c.number, c.story, c.state, c.decided_at, c.reason).where(
            c.decided_by == user_id
        ),
    }


def _set_up(user_id: int) -> dict[str, Select[Any]]:
    return {
        "subscriptions_set_up": select(
            subscription.c.story,
            subscription.c.guild_id,
            subscription.c.channel_id,
            subscription.c.created_at,
            subscription.c.state,
            subscription.c.style,
            subscription.c.pace,
        ).where(subscription.c.created_by == user_id, subscription.c.user_id.is_(None)),
        "boards_set_up": select(
            panel.c.kind,
            panel.c.story,
            panel.c.guild_id,
            panel.c.channel_id,
            panel.c.message_id,
            panel.c.made_at,
        ).where(panel.c.made_by == user_id),
        "polls_set_up": select(
            poll.c.story,
            poll.c.question,
            poll.c.guild_id,
            poll.c.channel_id,
            poll.c.message_id,
            poll.c.made_at,
            poll.c.ends_at,
        ).where(poll.c.made_by == user_id),
        "channels_for_ideas": select(
            review_channel.c.story,
            review_channel.c.guild_id,
            review_channel.c.channel_id,
            (review_channel.c.asked_by == user_id).label("asked_by_you"),
            (review_channel.c.accepted_by == user_id).label("accepted_by_you"),
            review_channel.c.accepted_at,
        ).where(or_(review_channel.c.asked_by == user_id, review_channel.c.accepted_by == user_id)),
        "readers_blocked": select(blocked.c.story, blocked.c.suggestion, blocked.c.at).where(
            blocked.c.by == user_id
        ),
    }


def _hashed(hashed: str) -> dict[str, Select[Any]]:
    """Build the queries for data stored under a keyed hash, without their id."""
    return {
        "blocked_from_suggesting": select(blocked.c.story, blocked.c.at).where(blocked.c.hash == hashed),
        "ideas_that_stayed": select(
            suggestion.c.number,
            suggestion.c.story,
            suggestion.c.idea,
            suggestion.c.anonymous,
            suggestion.c.state,
            suggestion.c.created_at,
        ).where(suggestion.c.maker_hash == hashed),
        "erased_before": select(erased.c.at).where(erased.c.hash == hashed),
    }
