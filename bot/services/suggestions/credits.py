"""Credits of suggestions in the chapters that use them.

A suggestion becomes used when the chapter that thanks for it is released, and everybody involved is notified
once. One that an author marked as used in an upcoming chapter is announced by that chapter's release too.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.pages import excerpt
from bot.domain.releases.release import Release
from bot.domain.stories.story import Story
from bot.domain.suggestions.credits import CreditFlaw, find_credit_flaw
from bot.domain.suggestions.suggestion import Suggestion
from bot.kit.message_nonces import new_nonce
from bot.services.suggestions.held_notices import recall_untold
from bot.store.delivery.post_records import PostLocation
from bot.store.notifications.notice_records import NewNotice, PendingNotice
from bot.store.suggestions.suggestion_records import Involvement
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

USED = "idea-used"
"""The kind of the notice that a suggestion is used in a released chapter."""

IGNORED = "thanks-ignored"
"""The kind of the notice to authors that a chapter thanks for something that cannot be credited."""

_TOLD_IDEA = 200
_TOLD_FLAWS = 10

_FIRST_LOOK = timedelta(seconds=5)
"""How long notices wait for the chapter's posts, which go first."""

_NEXT_LOOK = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class _Ignored:
    number: int
    flaw: CreditFlaw
    into: int | None = None
    """The suggestion it was merged into."""


async def credit_release(
    tx: Transaction, story: Story, release: Release, thanks: Sequence[int], now: datetime
) -> None:
    """Mark what a released chapter thanks for as used, and notify everybody involved.

    Uses that were marked before the release are announced too. This is part of the release's transaction, so
    nobody is notified of a chapter that is not released.
    """
    await _use(tx, story, release, thanks, now)
    for suggestion in await tx.suggestions.list_used_in(story.slug, release.chapter):
        await notify_of_use(tx, story, release, suggestion, now)


async def credit_revision(
    tx: Transaction, story: Story, release: Release, thanks: Sequence[int], now: datetime
) -> None:
    """Mark and announce what a released chapter additionally thanks for."""
    for suggestion in await _use(tx, story, release, thanks, now):
        await notify_of_use(tx, story, release, suggestion, now)


async def notify_of_use(
    tx: Transaction, story: Story, release: Release, suggestion: Suggestion, now: datetime
) -> None:
    """Queue notices to everybody involved in a used suggestion who has not had one for this chapter.

    `release` must be released. This also serves authors who mark a suggestion as used in a released chapter,
    which they can undo before anybody is told.
    """
    changes = await tx.suggestions.list_changes(suggestion.number)
    await recall_untold(tx, suggestion.number, changes)
    involved = await tx.suggestions.list_involved(suggestion.number)
    theirs = await tx.suggestions.get_many({involvement.number for involvement in involved})
    await tx.notices.add_all(
        [
            _news(story, release, suggestion, theirs.get(involvement.number, suggestion), involvement)
            for involvement in involved
            if involvement.user_id != suggestion.decided_by
        ],
        now=now,
        due=max(now + _FIRST_LOOK, changes[-1].undo_until or now),
    )
    await tx.credits.mark_stale([suggestion.number])


async def recall_use(tx: Transaction, release: Release, suggestion: Suggestion, since: datetime) -> set[int]:
    """Cancel the notices about a use since then that is being undone. Return who got one, or is getting it now."""
    told: set[int] = set()
    for own in (suggestion, *await tx.suggestions.list_merged_into(suggestion.number)):
        told |= await tx.notices.recall(_key(release, own.number), since=since)
    await tx.credits.mark_stale([suggestion.number])
    return told


async def follow_use(
    tx: Transaction, story: Story, suggestion: Suggestion, above: int | None, now: datetime
) -> None:
    """Have the notices of a use that are still held follow a suggestion that left what is used, or is back in it.

    `above` is the suggestion it was, or is again, merged into.
    """
    while above is not None:
        used = await tx.suggestions.get(above)
        if used is None:
            return
        above = used.merged_into
        changes = await tx.suggestions.list_changes(used.number)
        release = await tx.releases.get_by_chapter(story.slug, used.used_in or "")
        if release is None or changes[-1].undo_until is None or changes[-1].undo_until <= now:
            continue
        await recall_use(tx, release, suggestion, changes[-1].at)
        await notify_of_use(tx, story, release, used, now)


def _key(release: Release, number: int) -> str:
    return f"used:{release.id}:{number}:"


def _news(
    story: Story, release: Release, suggestion: Suggestion, own: Suggestion, involvement: Involvement
) -> NewNotice:
    part = "supported" if not involvement.made else "made" if own.number == suggestion.number else "joined"
    facts = {
        "part": part,
        "number": str(own.number),
        "into": str(suggestion.number),
        "story": story.title,
        "chapter": release.title,
        "idea": excerpt(own.text, _TOLD_IDEA),
        "release": str(release.id),
    }
    if involvement.made and own.guild_id is not None:
        facts |= {"guild": str(own.guild_id), "channel": str(own.channel_id or "")}
    return NewNotice(
        involvement.user_id,
        USED,
        facts,
        key=f"{_key(release, own.number)}{involvement.user_id}",
        nonce=new_nonce(),
    )


async def _use(
    tx: Transaction, story: Story, release: Release, thanks: Sequence[int], now: datetime
) -> list[Suggestion]:
    """Mark as used what can be, and return it; notify the authors of the rest."""
    used, ignored = [], []
    for number in dict.fromkeys(thanks):
        suggestion = await tx.suggestions.get(number)
        fresh = None
        if suggestion is not None and suggestion.story == story.slug:
            # Only if it is still new or accepted: whoever decides otherwise at this moment may be first.
            fresh = await tx.suggestions.use(number, release.chapter, now)
            suggestion = await tx.suggestions.get(number)
        flaw = find_credit_flaw(suggestion, story.slug, release.chapter)
        if flaw is not None:
            ignored.append(_Ignored(number, flaw, suggestion.merged_into if suggestion is not None else None))
        elif suggestion is not None and fresh is not None:
            used.append(suggestion)
    if used:
        await tx.panels.wake(story.slug, [suggestion.number for suggestion in used], now)
    if ignored:
        await _tell_authors(tx, story, release, ignored, now)
    return used


async def _tell_authors(
    tx: Transaction, story: Story, release: Release, ignored: Sequence[_Ignored], now: datetime
) -> None:
    for each in ignored:
        _log.warning(
            "%s/%s thanks for suggestion %d in vain: %s",
            story.slug,
            release.chapter,
            each.number,
            each.flaw,
            extra={"action": "thanks_ignored", "story": story.slug, "chapter": release.chapter},
        )
    facts = {"story": story.title, "chapter": release.title, "count": str(len(ignored))}
    for place, each in enumerate(ignored[:_TOLD_FLAWS]):
        facts |= {f"{place}.number": str(each.number), f"{place}.flaw": each.flaw.value}
        facts |= {f"{place}.into": str(each.into or "")}
    authors = dict.fromkeys(author.discord for author in story.authors if author.discord is not None)
    numbers = ",".join(str(each.number) for each in ignored)
    await tx.notices.add_all(
        [
            NewNotice(
                author, IGNORED, facts, key=f"thanks:{release.id}:{author}:{numbers}", nonce=new_nonce()
            )
            for author in authors
        ],
        now=now,
    )


async def mark_credits_stale(tx: Transaction, numbers: Collection[int]) -> None:
    """Schedule edits of the posts that credit these suggestions."""
    await tx.credits.mark_stale(numbers)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """The facts of a notice that can be sent now, or the time to look again."""

    facts: dict[str, str]
    retry_at: datetime | None = None
    """When to look again, if the notice cannot be sent now."""


async def add_chapter_link(tx: Transaction, pending: PendingNotice, now: datetime) -> NoticeFacts:
    """Add a link to the chapter's post in the reader's guild or direct messages.

    While that post is on its way, the notice is delayed a little, so that the chapter arrives first.
    """
    facts = dict(pending.facts)
    release_id, guild = int(facts["release"]), facts.get("guild")
    channel = facts.get("channel")
    place = await tx.credits.find_post(
        release_id,
        pending.user_id,
        guild_id=int(guild) if guild else None,
        channel_id=int(channel) if channel else None,
    )
    if place is not None:
        return NoticeFacts(facts | {"link": _link(place)})
    latest = pending.created_at + _LONGEST_WAIT
    waits = guild and now < latest and await tx.credits.is_planned(release_id, int(guild), by=latest)
    return NoticeFacts(facts, retry_at=now + _NEXT_LOOK if waits else None)


def _link(place: PostLocation) -> str:
    return f"https://discord.com/channels/{place.guild_id or '@me'}/{place.channel_id}/{place.message_id}"
