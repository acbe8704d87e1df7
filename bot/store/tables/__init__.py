"""Every table, as the code uses it; `migrations/` creates them, and a test compares the two.

Discord's ids are 64-bit integers; ours have the same size, so that no number a person can type is too large to be
looked up. Ids that people or posts may still name after their row is gone are never reused.
"""

from bot.store.tables.base import metadata
from bot.store.tables.calendar_notices import calendar_notice
from bot.store.tables.delivery import delivery
from bot.store.tables.notifications import NoticeState, notice, setting, trouble
from bot.store.tables.posts import page_in_thread, post
from bot.store.tables.reading import (
    bookmark,
    chapter_read,
    comment_growth,
    comments,
    erased,
    person,
    vote,
    wants_card,
)
from bot.store.tables.stories import (
    edition,
    emptied_slot,
    picture,
    release,
    release_picture,
    sound_chapter,
    story,
)
from bot.store.tables.subscriptions import guild, paced_and_active, parking, subscription
from bot.store.tables.suggestions import (
    blocked,
    panel,
    poll,
    poll_choice,
    review_channel,
    suggestion,
    suggestion_change,
    supporter,
)

__all__ = [
    "NoticeState",
    "blocked",
    "bookmark",
    "calendar_notice",
    "chapter_read",
    "comment_growth",
    "comments",
    "delivery",
    "edition",
    "emptied_slot",
    "erased",
    "guild",
    "metadata",
    "notice",
    "paced_and_active",
    "page_in_thread",
    "panel",
    "parking",
    "person",
    "picture",
    "poll",
    "poll_choice",
    "post",
    "release",
    "release_picture",
    "review_channel",
    "setting",
    "sound_chapter",
    "story",
    "subscription",
    "suggestion",
    "suggestion_change",
    "supporter",
    "trouble",
    "vote",
    "wants_card",
]
