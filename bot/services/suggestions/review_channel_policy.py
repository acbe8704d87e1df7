"""The choice among a story's review channels."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.stories.story import Story
from bot.store.suggestions.review_channel_records import ReviewChannel
from bot.store.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ReviewChannelPolicy:
    """The choice of a story's review channel."""

    channel_id: int | None = None
    """The configured channel for all stories."""

    async def channel_for(self, tx: Transaction, story: Story) -> ReviewChannel | None:
        """Return the story's accepted channel, its own before the configured one.

        Without one, authors only see the queue.
        """
        accepted = [
            each
            for each in await tx.review_channels.list_by_story(story.slug)
            if each.accepted_at is not None
        ]
        own = (each for each in accepted if each.story == story.slug and self._is_wanted(each, story))
        for_all = (each for each in accepted if each.channel_id == self.channel_id)
        return next(own, None) or next(for_all, None)

    def _is_wanted(self, channel: ReviewChannel, story: Story) -> bool:
        return channel.asked or channel.channel_id == story.suggestions.review_channel

    def named_channels(self, story: Story) -> set[int]:
        """Return the channels that files name for a story's suggestions."""
        return {each for each in (story.suggestions.review_channel, self.channel_id) if each is not None}
