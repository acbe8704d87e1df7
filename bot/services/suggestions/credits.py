"""Crediting: what a chapter thanks for becomes used when it is released, and everybody behind it is told, once.

An idea that its author marked as used in a chapter to come is announced by that chapter's release too.
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
from bot.kit.nonces import new_nonce
from bot.store.delivery.post_records import PostLocation
from bot.store.notifications.notice_records import NewNotice, PendingNotice
from bot.store.suggestions.suggestion_records import Involvement
from bot.store.transaction import Transaction

_log = logging.getLogger(__name__)

USED = "idea-used"
"""The kind of the news that an idea is in a chapter that is out."""

IGNORED = "thanks-ignored"
"""The kind of the news to an author that a chapter thanks for what it cannot."""

_TOLD_IDEA = 200
_TOLD_FLAWS = 10

_FIRST_LOOK = timedelta(seconds=5)
"""How long news wait for their chapter's posts, which go before them."""

_NEXT_LOOK = timedelta(seconds=15)
_LONGEST_WAIT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class _Ignored:
    """A number that a chapter thanks for in vain. `into` is what it was merged into."""

    number: int
    flaw: CreditFlaw
    into: int | None = None


async def credit_release(
    tx: Transaction, story: Story, release: Release, thanks: Sequence[int], now: datetime
) -> None:
    """A chapter is out: use what it thanks for, and announce that with what it was known to use before.

    Part of the release's own transaction, so nobody is told of a chapter that is not out.
    """
    await _use(tx, story, release, thanks, now)
    for idea in await tx.suggestions.list_used_in(story.slug, release.chapter):
        await notify_of_use(tx, story, release, idea, now)


async def credit_revision(
    tx: Transaction, story: Story, release: Release, thanks: Sequence[int], now: datetime
) -> None:
    """A chapter that is out thanks for more than it did: use that and announce it."""
    for idea in await _use(tx, story, release, thanks, now):
        await notify_of_use(tx, story, release, idea, now)


async def notify_of_use(
    tx: Transaction, story: Story, release: Release, idea: Suggestion, now: datetime
) -> None:
    """Owe everybody behind a used idea word of the chapter it is in; those who were told of it are not told again.

    `release` must be out; also for an idea whose author marks it as used in a chapter that is.
    """
    stakes = await tx.suggestions.list_involved(idea.number)
    theirs = await tx.suggestions.get_many({stake.number for stake in stakes})
    await tx.notices.add_all(
        [
            _news(story, release, idea, theirs.get(stake.number, idea), stake)
            for stake in stakes
            if stake.user_id != idea.decided_by
        ],
        now=now,
        due=now + _FIRST_LOOK,
    )
    await tx.credits.mark_stale([idea.number])


def _news(story: Story, release: Release, idea: Suggestion, own: Suggestion, stake: Involvement) -> NewNotice:
    part = "supported" if not stake.made else "made" if own.number == idea.number else "joined"
    facts = {
        "part": part,
        "number": str(own.number),
        "into": str(idea.number),
        "story": story.title,
        "chapter": release.title,
        "idea": excerpt(own.text, _TOLD_IDEA),
        "release": str(release.id),
    }
    if stake.made and own.guild_id is not None:
        facts |= {"guild": str(own.guild_id), "channel": str(own.channel_id or "")}
    return NewNotice(
        stake.user_id, USED, facts, key=f"used:{release.id}:{own.number}:{stake.user_id}", nonce=new_nonce()
    )


async def _use(
    tx: Transaction, story: Story, release: Release, thanks: Sequence[int], now: datetime
) -> list[Suggestion]:
    """Make used what can be, and return that; the authors are told of what cannot."""
    used, ignored = [], []
    for number in dict.fromkeys(thanks):
        idea = await tx.suggestions.get(number)
        fresh = None
        if idea is not None and idea.story == story.slug:
            # Only if it is still new or accepted: whoever decides otherwise at this moment may be first.
            fresh = await tx.suggestions.use(number, release.chapter, now)
            idea = await tx.suggestions.get(number)
        flaw = find_credit_flaw(idea, story.slug, release.chapter)
        if flaw is not None:
            ignored.append(_Ignored(number, flaw, idea.merged_into if idea is not None else None))
        elif idea is not None and fresh is not None:
            used.append(idea)
    if used:
        await tx.panels.wake(story.slug, [idea.number for idea in used], now)
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
    """Makers of these ideas want to be named, or not any more: posts that credit them are to be edited."""
    await tx.credits.mark_stale(numbers)


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """News that can be told now, with a link to its chapter if there is one; else when to look again."""

    facts: dict[str, str]
    retry_at: datetime | None = None


async def add_chapter_link(tx: Transaction, pending: PendingNotice, now: datetime) -> NoticeFacts:
    """News of a chapter, with the link to a post of it where its reader made their idea, or in their direct messages.

    While the post is on its way there, the news waits a little: the chapter goes first.
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
