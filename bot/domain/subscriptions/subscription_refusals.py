"""Refusals about subscriptions of channels and followers.

Seen by: server managers.
"""

from __future__ import annotations

from bot.domain.errors import Refusal


class OptionsConflict(Refusal):
    """Options of `/subscribe` that do not fit together; the reason is a message of its own."""

    code = "options-conflict"
    template = "{reason}"


class NotSubscribed(Refusal):
    """A command about a subscription that does not exist."""

    code = "not-subscribed"
    template = "“{story}” has no subscription in <#{channel}>. `/subscriptions` lists all there are."


class NotPaused(Refusal):
    """`/resume` of a running subscription."""

    code = "not-paused"
    template = "“{story}” is not paused in <#{channel}>. `/subscriptions` shows the details."


class AlreadyPaused(Refusal):
    """`/pause` of a paused subscription."""

    code = "already-paused"
    template = "“{story}” is already paused in <#{channel}>. To continue, use `/resume`."


class FollowRestricted(Refusal):
    """`/follow` of a story for adults.

    Seen by: readers.
    """

    code = "follow-restricted"
    template = (
        "“{story}” is rated {rating}, so I can’t send it by direct message. Read it with "
        "`/read` in an age-restricted channel."
    )


class MessagesClosed(Refusal):
    """`/follow` of somebody whose direct messages are closed.

    Seen by: readers.
    """

    code = "messages-closed"
    template = (
        "I can’t send you direct messages, so “{story}” would not reach you. Allow them in "
        "this server’s privacy settings (or unblock me), then use `/follow` again."
    )


class NotFollowed(Refusal):
    """`/unfollow` of a story that they do not follow.

    Seen by: readers.
    """

    code = "not-followed"
    template = "You do not follow “{story}”. `/library` shows what there is to follow."


class MaybePosted(Refusal):
    """A subscription that waits for a decision after a backup was restored."""

    code = "maybe-posted"
    template = (
        "I may have posted chapters here that I no longer know about, because my database "
        "was restored from a backup. If all chapters are here, use `/unsubscribe` and then "
        "`/subscribe`, and I continue with the next one. If some are missing, use `/resume`, "
        "and I post them."
    )
