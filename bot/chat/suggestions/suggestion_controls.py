"""Buttons of lists of suggestions, and the one that supports a suggestion."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.outgoing_message import plain
from bot.chat.interactions.responses import respond, update
from bot.chat.interactions.story_resolution import slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.suggestions import confirmation_ids, suggestion_view, withdrawal_texts
from bot.chat.suggestions.review_queue_view import queue_message
from bot.domain.suggestions.panel_contents import QueueFilter
from bot.services.suggestions.supporters import SuggestionLocations


class OwnSuggestionsButton(Component, template=custom_ids.MINE):
    """Shows another page of one's own suggestions."""

    async def act(self, interaction: Interaction) -> None:
        made = await services(interaction).submissions.list_own(viewer_of(interaction))
        await update(interaction, suggestion_view.own_suggestions(made, int(self.facts["page"])))


class OwnSuggestionButton(Component, template=custom_ids.LOOK):
    """Shows a page of the full text of one's own suggestion."""

    async def act(self, interaction: Interaction) -> None:
        made = await services(interaction).submissions.get_own(
            viewer_of(interaction), int(self.facts["number"])
        )
        await update(
            interaction,
            suggestion_view.own_suggestion(made, int(self.facts["page"]), int(self.facts["list"])),
        )


class FullSuggestionButton(Component, template=custom_ids.PEEK):
    """Shows a page of the full text of another reader's suggestion, privately."""

    async def act(self, interaction: Interaction) -> None:
        found = await services(interaction).supporters.get(viewer_of(interaction), int(self.facts["number"]))
        answer = update if self.facts["shown"] == "1" else respond
        await answer(interaction, suggestion_view.full_suggestion(found, int(self.facts["page"])))


class WhereaboutsButton(Component, template=custom_ids.WHERE):
    """Shows a withheld suggestion if this channel may show it, else the channels that may."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer, number = services(interaction), viewer_of(interaction), int(self.facts["number"])
        found = await container.supporters.locate(viewer, number)
        if not found.is_visible_here:
            known = age_restricted_channels(interaction, found)
            await respond(interaction, suggestion_view.whereabouts(found, known))
        elif found.is_author:
            await respond(
                interaction,
                queue_message(await container.review_queue.browse(viewer, QueueFilter(state=None), number)),
            )
        elif found.is_own:
            await respond(
                interaction,
                suggestion_view.own_suggestion(await container.submissions.get_own(viewer, number), 0, 0),
            )
        else:
            await respond(
                interaction,
                suggestion_view.full_suggestion(await container.supporters.get(viewer, number), 0),
            )


def age_restricted_channels(interaction: Interaction, found: SuggestionLocations) -> list[int]:
    """Return those of the found channels that are known to be age-restricted."""
    roster = interaction.client.guild_cache
    return [channel for guild, channel in found.channels if roster.is_age_restricted(guild, channel)]


class WithdrawalButton(Component, template=confirmation_ids.WITHDRAWAL):
    """Withdraws one's own suggestion, or keeps it."""

    async def act(self, interaction: Interaction) -> None:
        number = int(self.facts["number"])
        if self.facts["what"] == "no":
            await update(interaction, plain(withdrawal_texts.kept(number)))
            return
        made = await services(interaction).submissions.withdraw(viewer_of(interaction), number)
        wake_background_jobs(interaction)
        await update(interaction, suggestion_view.withdraw_answer(made))


class TopSuggestionsButton(Component, template=custom_ids.TOP):
    """Shows another page of the most supported suggestions."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        slug = await slug_of(container, viewer, self.facts["story"])
        await update(
            interaction,
            suggestion_view.top_suggestions(
                await container.supporters.list_top(viewer, slug, int(self.facts["page"]))
            ),
        )


class SupportButton(Component, template=custom_ids.SUPPORT):
    """Supports a suggestion, or takes the support back.

    A private list is updated; on a message for everybody the answer is private.
    """

    async def act(self, interaction: Interaction) -> None:
        supporters, viewer = services(interaction).supporters, viewer_of(interaction)
        result = await supporters.toggle(viewer, int(self.facts["number"]))
        wake_background_jobs(interaction)
        if self.facts["page"]:
            shown = await supporters.list_top(viewer, result.story.slug, int(self.facts["page"]))
            await update(interaction, suggestion_view.top_suggestions(shown))
        else:
            await respond(interaction, suggestion_view.support_answer(result))


CONTROLS = (
    OwnSuggestionsButton,
    OwnSuggestionButton,
    FullSuggestionButton,
    WhereaboutsButton,
    WithdrawalButton,
    TopSuggestionsButton,
    SupportButton,
)
