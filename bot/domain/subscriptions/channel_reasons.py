"""Reasons why a channel cannot take chapters in a style, each with the mend.

Seen by: server managers.
"""

from __future__ import annotations

from bot.domain.message_templates import MessageTemplate

PUBLISH_NEEDS_CARD = MessageTemplate(
    "publish-needs-card",
    "only a `card` can be published to followers; choose the style `card`, or leave `publish` out.",
)
PUBLISH_NEEDS_ANNOUNCEMENT_CHANNEL = MessageTemplate(
    "publish-needs-announcement-channel",
    "only an announcement channel has followers; pick one, or leave `publish` out.",
)
TAG_NEEDS_FORUM = MessageTemplate("tag-needs-forum", "only forums have tags; leave `tag` out.")
TAG_GONE = MessageTemplate(
    "tag-gone",
    "this forum no longer has that tag; choose one with /subscribe and its `tag` option: {tags}.",
)
TAG_UNKNOWN = MessageTemplate("tag-unknown", "this forum has no tag “{tag}”; it has {tags}.")
NO_TAGS = MessageTemplate("no-tags", "only forums have tags, and this channel has none; leave `tag` out.")
TAG_REQUIRED = MessageTemplate(
    "tag-required",
    "this forum needs a tag on every post; choose one with the `tag` option: {tags}.",
)
THREADS_UNSUPPORTED = MessageTemplate("threads-unsupported", "threads need a text channel or a forum.")
FORUM_NEEDS_THREADS = MessageTemplate(
    "forum-needs-threads",
    "forums take only the style `thread`, a post for each chapter; choose that, or pick a text channel.",
)
THREAD_LOCKED = MessageTemplate("thread-locked", "this thread is locked; unlock it.")
NOT_POSTABLE = MessageTemplate("not-postable", "pick a text channel, an announcement channel or a thread.")

CHANNEL_REASONS = (
    PUBLISH_NEEDS_CARD,
    PUBLISH_NEEDS_ANNOUNCEMENT_CHANNEL,
    TAG_NEEDS_FORUM,
    TAG_GONE,
    TAG_UNKNOWN,
    NO_TAGS,
    TAG_REQUIRED,
    THREADS_UNSUPPORTED,
    FORUM_NEEDS_THREADS,
    THREAD_LOCKED,
    NOT_POSTABLE,
)
