"""Refusals about subscriptions of channels and followers."""

from __future__ import annotations

from bot.domain.errors import Refusal


class OptionsConflict(Refusal):
    code = "options-conflict"
    template = "{reason}"


class NotSubscribed(Refusal):
    code = "not-subscribed"
    template = "“{story}” is not subscribed in <#{channel}>. `/subscriptions` lists what is."


class NotPaused(Refusal):
    code = "not-paused"
    template = "“{story}” is not paused in <#{channel}>. `/subscriptions` shows how it stands."


class AlreadyPaused(Refusal):
    code = "already-paused"
    template = "“{story}” is paused in <#{channel}> already. `/resume` continues it."


class FollowRestricted(Refusal):
    code = "follow-restricted"
    template = (
        "“{story}” is rated {rating}, so I do not bring it to direct messages. Read it with `/read` in an "
        "age-restricted channel."
    )


class MessagesClosed(Refusal):
    code = "messages-closed"
    template = (
        "I cannot write to you, so “{story}” would not reach you. Allow direct messages in this server’s "
        "privacy settings (or unblock me), then use `/follow` again."
    )


class NotFollowed(Refusal):
    code = "not-followed"
    template = "You do not follow “{story}”. `/library` shows what there is to follow."


class MaybePosted(Refusal):
    code = "maybe-posted"
    template = (
        "I may have posted chapters here of which I know nothing any more, because my database was restored "
        "from a backup. If they are all here, use `/unsubscribe` and then `/subscribe`: I go on with the "
        "next one. If some are missing, `/resume` posts them."
    )
