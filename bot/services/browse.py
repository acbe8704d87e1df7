"""What there is to read, and the choices that commands offer while somebody types."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.clock import Clock
from bot.domain.access import Viewer, may_see
from bot.domain.errors import Refusal
from bot.domain.release import Release
from bot.domain.story import Story
from bot.services.lookup import find_story, fold
from bot.services.outlook import Hold, Outlook, Silence
from bot.services.ports import Store
from bot.services.storage import StoryRecord, Transaction

CHOICES = 25
"""Discord's limit for the suggestions of an autocomplete (docs: interactions/application-commands)."""

_LABEL = 100
_MARKED = 70


class Purpose(StrEnum):
    """What a story is picked for, which decides whose titles are offered."""

    READ = "read"
    SUBSCRIBE = "subscribe"
    SUBSCRIBED = "subscribed"
    SUGGEST = "suggest"
    AUTHOR = "author"


@dataclass(frozen=True, slots=True)
class StoryCard:
    """A story in a list: how much is out, what came last, and when the next chapter comes or why it does not."""

    story: Story
    released: int
    latest: Release | None
    next_at: datetime | None
    hold: Hold | None
    silence: Silence | None = None


@dataclass(frozen=True, slots=True)
class StoryDetail:
    """One story with all its chapters. `waiting` is the number of finished chapters not yet out: for its authors only,
    None for everybody else."""

    card: StoryCard
    releases: tuple[Release, ...]
    waiting: int | None
    directs: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """One suggestion of an autocomplete: what is shown (100 characters at most) and what is sent."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Help:
    """What matters to the help page: whether they manage this server, and which stories they direct."""

    manages: bool
    directs: tuple[Story, ...]


class Browsing:
    """Looks into the store; changes nothing."""

    def __init__(self, store: Store, outlook: Outlook, clock: Clock) -> None:
        self._store = store
        self._outlook = outlook
        self._clock = clock

    async def library(self, viewer: Viewer) -> list[StoryCard]:
        """Every story that may be shown to them here, by title."""
        async with self._store.read() as tx:
            return [
                await self._card(tx, record)
                for record in await tx.stories.all()
                if may_see(record.story, viewer)
            ]

    async def story(self, viewer: Viewer, story: str) -> StoryDetail:
        """One story.

        Raises:
            Refusal: there is no such story for them here.
        """
        async with self._store.read() as tx:
            record = await find_story(tx, viewer, story)
            directs = viewer.directs(record.story)
            releases = tuple(await tx.releases.of(record.story.slug))
            return StoryDetail(
                card=await self._card(tx, record),
                releases=releases,
                waiting=self._waiting(record, releases) if directs else None,
                directs=directs,
            )

    async def story_choices(self, viewer: Viewer, typed: str, purpose: Purpose) -> list[Choice]:
        """Stories to pick from, those whose title begins with what was typed first."""
        async with self._store.read() as tx:
            records = await tx.stories.all()
            subscribed = (
                await tx.subscriptions.stories_in(viewer.guild_id)
                if purpose is Purpose.SUBSCRIBED and viewer.guild_id is not None
                else set()
            )
        offered = [record.story for record in records if _offers(record.story, viewer, purpose, subscribed)]
        return matching(((story.title, story.slug) for story in offered), typed)

    async def chapter_choices(
        self, viewer: Viewer, story: str | None, typed: str, *, unreleased: bool = False
    ) -> list[Choice]:
        """Released chapters to pick from; with `unreleased`, also those to come, for the story's authors."""
        if story is None:
            return []
        try:
            async with self._store.read() as tx:
                record = await find_story(tx, viewer, story)
                released = await tx.releases.of(record.story.slug)
        except Refusal:
            return []
        pairs = [(_chapter_label(release), release.chapter) for release in reversed(released)]
        serial = self._outlook.serial(record.story.slug)
        if unreleased and serial is not None and viewer.directs(record.story):
            out = {release.chapter for release in released}
            pairs += [(chapter.title, chapter.key) for chapter in serial.chapters if chapter.key not in out]
        return matching(pairs, typed)

    async def help(self, viewer: Viewer) -> Help:
        """What that person can do here."""
        async with self._store.read() as tx:
            records = await tx.stories.all()
        return Help(
            manages=viewer.guild_id is not None and viewer.manages_server,
            directs=tuple(record.story for record in records if viewer.directs(record.story)),
        )

    async def _card(self, tx: Transaction, record: StoryRecord) -> StoryCard:
        now = self._clock.now()
        released = await tx.releases.count(record.story.slug)
        return StoryCard(
            story=record.story,
            released=released,
            latest=await tx.releases.by_number(record.story.slug, released) if released else None,
            next_at=self._outlook.next_at(record, now),
            hold=self._outlook.hold(record, now),
            silence=self._outlook.silence(record, now),
        )

    def _waiting(self, record: StoryRecord, releases: Iterable[Release]) -> int:
        serial = self._outlook.serial(record.story.slug)
        if serial is None:
            return 0
        out = {release.chapter for release in releases}
        return sum(1 for chapter in serial.chapters if not chapter.draft and chapter.key not in out)


def matching(pairs: Iterable[tuple[str, str]], typed: str) -> list[Choice]:
    """The (label, value) pairs that what was typed may mean: beginnings first, then words within, `CHOICES` at most."""
    wanted = fold(typed)
    ranked: list[tuple[int, Choice]] = []
    for label, value in pairs:
        folded = fold(label)
        if folded.startswith(wanted) or fold(value).startswith(wanted):
            rank = 0
        elif f" {wanted}" in folded:
            rank = 1
        elif wanted in folded:
            rank = 2
        else:
            continue
        shown = label if len(label) <= _LABEL else label[: _LABEL - 1] + "…"
        ranked.append((rank, Choice(shown, value)))
    ranked.sort(key=lambda pair: pair[0])
    return [choice for _, choice in ranked[:CHOICES]]


def _chapter_label(release: Release) -> str:
    label = f"{release.number}. {release.title}"
    return f"{label[:_MARKED]} (withdrawn for now)" if release.withdrawn else label


def _offers(story: Story, viewer: Viewer, purpose: Purpose, subscribed: set[str]) -> bool:
    match purpose:
        case Purpose.AUTHOR:
            return viewer.directs(story)
        case Purpose.SUBSCRIBED:
            return story.slug in subscribed and may_see(story, viewer)
        case Purpose.SUGGEST:
            return may_see(story, viewer) and story.suggestions.open
        case Purpose.READ | Purpose.SUBSCRIBE:
            return may_see(story, viewer)
