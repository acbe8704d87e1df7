"""Review channels, where a story's new suggestions appear for its author.

A channel is named by a file, the configuration or an author, and used once somebody who manages its guild has
accepted it in Discord.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.clock import Clock
from bot.domain.authorization import Viewer, require_author
from bot.domain.stories.story import Story
from bot.domain.stories.story_refusals import NotAnAuthor, StoryNeeded
from bot.domain.subscriptions.channel_refusals import NeedsManageServer, NotInServer
from bot.domain.subscriptions.subscription import SubscriptionOptions
from bot.domain.suggestions.suggestion_refusals import ReviewUnasked
from bot.kit.message_nonces import new_nonce
from bot.services.delivery.eligibility import ineligibility
from bot.services.guilds.channel_permissions import ChannelTask, require_permissions
from bot.services.guilds.channel_survey import ChannelSurveyor
from bot.services.stories.autocomplete_choices import Choice, match_choices
from bot.services.stories.story_lookup import find_named, find_story
from bot.services.suggestions.review_channel_policy import ReviewChannelPolicy
from bot.store.database import Database
from bot.store.notifications.notice_records import NewNotice
from bot.store.stories.story_records import StoryRecord
from bot.store.suggestions.review_channel_records import EVERY_STORY
from bot.store.transaction import Transaction

REVIEW_ASKED = "review-asked"
"""The kind of the notice that a file names a channel which nobody has accepted."""


class ReviewState(StrEnum):
    """The state of a review channel after the command."""

    ACCEPTED = "accepted"
    """Suggestions appear in a channel."""

    ASKED = "asked"
    """A guild manager has to accept the channel."""

    NONE = "none"
    """Suggestions appear in no channel."""


@dataclass(frozen=True, slots=True)
class ReviewChannelResult:
    """The result of /author review channel."""

    state: ReviewState
    story: Story | None
    """The story, or None for all stories."""

    channel_id: int | None


class ReviewChannels:
    """Requests, accepts and revokes review channels."""

    def __init__(
        self,
        store: Database,
        messenger: ChannelSurveyor,
        channel_policy: ReviewChannelPolicy,
        clock: Clock,
        *,
        operators: Collection[int] = (),
    ) -> None:
        self._store = store
        self._messenger = messenger
        self._channel_policy = channel_policy
        self._clock = clock
        self._operators = tuple(operators)

    async def choose(self, viewer: Viewer, typed: str | None, channel_id: int) -> ReviewChannelResult:
        """Make new suggestions appear in a channel of the viewer's guild.

        Guild managers accept the channel, and authors without that permission request it. A guild manager who
        is no author can accept only what was requested.

        Args:
            viewer: The author or guild manager.
            typed: The story's name; without one, the channel is the configured one for all stories.
            channel_id: The channel.

        Raises:
            Refusal: The viewer may not request or accept it, or the channel cannot show the story's
                suggestions.
        """
        if viewer.guild_id is None:
            raise NotInServer
        async with self._store.read() as tx:
            record = await self._meant(tx, viewer, typed, channel_id)
        story = record.story if record is not None else None
        await self._require_place(viewer, story, channel_id)
        slug, author = (EVERY_STORY, False) if story is None else (story.slug, viewer.is_author_of(story))
        async with self._store.begin() as tx:
            if viewer.manages_guild:
                await tx.review_channels.accept(
                    slug,
                    channel_id,
                    guild_id=viewer.guild_id,
                    by=viewer.user_id,
                    now=self._clock.now(),
                    asked_by=viewer.user_id if author else None,
                )
                return ReviewChannelResult(ReviewState.ACCEPTED, story, channel_id)
            if author:
                await tx.review_channels.request(
                    slug, channel_id, guild_id=viewer.guild_id, by=viewer.user_id
                )
        return ReviewChannelResult(ReviewState.ASKED, story, channel_id)

    async def revoke(self, viewer: Viewer, typed: str | None) -> ReviewChannelResult:
        """Make new suggestions appear in no channel.

        For an author in none at all, for a guild manager in none of the guild.

        Raises:
            Refusal: The story is not the viewer's, and nothing of it is shown in a guild that they manage.
        """
        async with self._store.begin() as tx:
            story = await self._named_to(tx, viewer, typed)
            mine = viewer.operator if story is None else viewer.is_author_of(story)
            slug = EVERY_STORY if story is None else story.slug
            await tx.review_channels.revoke(slug, guild_id=None if mine else viewer.guild_id)
        return ReviewChannelResult(ReviewState.NONE, story, None)

    async def get_status(self, viewer: Viewer, typed: str | None) -> ReviewChannelResult:
        """Return the state of a story's review channel.

        Only the story's authors and the guild's managers may know it.

        Raises:
            Refusal: The viewer is neither.
        """
        async with self._store.read() as tx:
            story = await self._named_to(tx, viewer, typed)
            slug = EVERY_STORY if story is None else story.slug
            rows = await tx.review_channels.list_by_story(slug)
            used = await self._channel_policy.channel_for(tx, story) if story is not None else None
        named = (
            self._channel_policy.named_channels(story)
            if story is not None
            else {self._channel_policy.channel_id}
        )
        if story is None:
            used = next((each for each in rows if each.accepted_at and each.channel_id in named), None)
        if used is not None:
            return ReviewChannelResult(ReviewState.ACCEPTED, story, used.channel_id)
        asked = [each.channel_id for each in rows if each.asked] + sorted(each for each in named if each)
        return ReviewChannelResult(
            ReviewState.ASKED if asked else ReviewState.NONE, story, asked[0] if asked else None
        )

    async def choices(self, viewer: Viewer, typed: str) -> list[Choice]:
        """Return the stories that the viewer may use the command for.

        These are their own stories, and those that request a channel of this guild.
        """
        async with self._store.read() as tx:
            stories = [record.story for record in await tx.stories.list_all()]
            rows = await tx.review_channels.list_all()
        here = {
            each.story
            for each in rows
            if viewer.manages_guild and each.guild_id is not None and each.guild_id == viewer.guild_id
        }
        offered = [each for each in stories if viewer.is_author_of(each) or each.slug in here]
        return match_choices(((each.title, each.slug) for each in offered), typed)

    async def sweep(self) -> None:
        """Notify authors, once for each channel, that the channel in their file must be accepted.

        Operators are notified likewise of the configured channel.
        """
        async with self._store.read() as tx:
            stories = [record.story for record in await tx.stories.list_all()]
            known = {(each.story, each.channel_id) for each in await tx.review_channels.list_all()}
        news = [
            (story.slug, channel, story)
            for story in stories
            if (channel := story.suggestions.review_channel) is not None
        ]
        config = self._channel_policy.channel_id
        wanted: list[tuple[str, int, Story | None]] = [*news]
        if config is not None:
            wanted.append((EVERY_STORY, config, None))
        for slug, channel_id, story in wanted:
            if (slug, channel_id) not in known:
                await self._note(slug, channel_id, story)

    async def _note(self, slug: str, channel_id: int, story: Story | None) -> None:
        people = self._operators if story is None else _authors(story)
        facts = {"channel": str(channel_id), "story": story.title if story is not None else ""}
        async with self._store.begin() as tx:
            if not await tx.review_channels.add(slug, channel_id):
                return
            await tx.notices.add_all(
                [
                    NewNotice(
                        user_id,
                        REVIEW_ASKED,
                        facts,
                        key=f"{REVIEW_ASKED}:{slug}:{channel_id}:{user_id}",
                        nonce=new_nonce(),
                    )
                    for user_id in people
                ],
                now=self._clock.now(),
            )

    async def _meant(
        self, tx: Transaction, viewer: Viewer, typed: str | None, channel_id: int
    ) -> StoryRecord | None:
        """Return the story that may be shown there.

        That is the viewer's own story or, for guild managers, one that requests this channel. None means all
        stories: the configuration names the channel.
        """
        if typed is None:
            if channel_id != self._channel_policy.channel_id:
                raise StoryNeeded if viewer.operator else ReviewUnasked(channel=channel_id)
            if not (viewer.manages_guild or viewer.operator):
                raise NeedsManageServer
            return None
        record = await find_named(tx, viewer, typed)
        if record is not None and viewer.is_author_of(record.story):
            return record
        if record is not None and viewer.manages_guild:
            rows = await tx.review_channels.list_by_story(record.story.slug)
            asked = {each.channel_id for each in rows if each.asked} | self._channel_policy.named_channels(
                record.story
            )
            if channel_id in asked:
                return record
        # Whoever may know of the story is told whose it is, and that nothing was asked; the others that there is none.
        seen = await find_story(tx, replace(viewer, age_restricted=True), typed)
        raise (
            ReviewUnasked(channel=channel_id) if viewer.manages_guild else NotAnAuthor(story=seen.story.title)
        )

    async def _named_to(self, tx: Transaction, viewer: Viewer, typed: str | None) -> Story | None:
        """Return the story if it is the viewer's or requests a channel of their guild.

        None is for all stories.
        """
        if typed is None:
            if not (viewer.operator or viewer.manages_guild):
                raise StoryNeeded
            return None
        record = await find_named(tx, viewer, typed)
        if record is not None and viewer.manages_guild and viewer.guild_id is not None:
            rows = await tx.review_channels.list_by_story(record.story.slug)
            if any(each.guild_id == viewer.guild_id for each in rows):
                return record.story
        record = await find_story(tx, replace(viewer, age_restricted=True), typed)
        require_author(record.story, viewer)
        return record.story

    async def _require_place(self, viewer: Viewer, story: Story | None, channel_id: int) -> None:
        """Refuse a channel where the viewer may not post, or that cannot show the story's suggestions.

        The guilds that a story is written for do not matter, because the suggestions are for the author.
        """
        assert viewer.guild_id is not None
        await require_permissions(self._messenger, viewer, channel_id, ChannelTask.POST)
        survey = await self._messenger.survey_for_panel(channel_id, poll=False)
        for_ideas = replace(story, guilds=None) if story is not None else None
        refusal = ineligibility(for_ideas, viewer.guild_id, channel_id, SubscriptionOptions(), survey)
        if refusal is not None:
            raise refusal


def _authors(story: Story) -> Sequence[int]:
    return [author.discord for author in story.authors if author.discord is not None]
