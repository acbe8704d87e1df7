"""Buttons that follow a story and end that."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.responses import defer, respond, update
from bot.chat.interactions.story_resolution import slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.subscriptions.follow_view import follow_answer, unfollow_answer


class FollowButton(Component, template=custom_ids.FOLLOW):
    """Follows the story, as `/follow` does."""

    async def act(self, interaction: Interaction) -> None:
        await defer(interaction)
        container, viewer = services(interaction), viewer_of(interaction)
        done = await container.followers.follow(viewer, await slug_of(container, viewer, self.facts["story"]))
        wake_background_jobs(interaction)
        await respond(interaction, follow_answer(done))


class UnfollowButton(Component, template=custom_ids.UNFOLLOW):
    """Stops following the story, as `/unfollow` does; pressed under the answer that says that one follows it."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        slug = await slug_of(container, viewer, self.facts["story"])
        await update(interaction, unfollow_answer(await container.followers.unfollow(viewer, slug)))


CONTROLS = (FollowButton, UnfollowButton)
