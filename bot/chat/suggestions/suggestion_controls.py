"""Looking at ideas, one's own and others', and supporting them."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component
from bot.chat.interactions.context import Interaction, changed, desk, services
from bot.chat.interactions.responses import respond, update
from bot.chat.interactions.story_refs import slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.suggestions import suggestion_view
from bot.chat.suggestions.review_queue_view import queue_message
from bot.domain.suggestions.panel_views import QueueFilter
from bot.services.suggestions.support import Whereabouts


class OwnSuggestionsButton(Component, template=custom_ids.MINE):
    """Another page of one's own ideas."""

    async def act(self, interaction: Interaction) -> None:
        made = await services(interaction).submissions.mine(viewer_of(interaction))
        await update(interaction, suggestion_view.own_suggestions(made, int(self.facts["page"])))


class OwnSuggestionButton(Component, template=custom_ids.LOOK):
    """All of one's own idea, page by page."""

    async def act(self, interaction: Interaction) -> None:
        made = await services(interaction).submissions.own(viewer_of(interaction), int(self.facts["number"]))
        await update(
            interaction,
            suggestion_view.own_suggestion(made, int(self.facts["page"]), int(self.facts["list"])),
        )


class FullSuggestionButton(Component, template=custom_ids.PEEK):
    """All of another's idea, page by page, in a private message of its own."""

    async def act(self, interaction: Interaction) -> None:
        found = await services(interaction).support.look(viewer_of(interaction), int(self.facts["number"]))
        answer = update if self.facts["shown"] == "1" else respond
        await answer(interaction, suggestion_view.full_suggestion(found, int(self.facts["page"])))


class WhereaboutsButton(Component, template=custom_ids.WHERE):
    """Beside an idea whose text may not stand there: where it can be read, or, where it may stand after all, itself."""

    async def act(self, interaction: Interaction) -> None:
        cases, viewer, number = services(interaction), viewer_of(interaction), int(self.facts["number"])
        found = await cases.support.where(viewer, number)
        if not found.here:
            known = age_restricted_channels(interaction, found)
            await respond(interaction, suggestion_view.whereabouts(found, known))
        elif found.is_author_of:
            await respond(
                interaction,
                queue_message(await cases.review_queue.show(viewer, QueueFilter(state=None), number)),
            )
        elif found.own:
            await respond(
                interaction, suggestion_view.own_suggestion(await cases.submissions.own(viewer, number), 0, 0)
            )
        else:
            await respond(
                interaction, suggestion_view.full_suggestion(await cases.support.look(viewer, number), 0)
            )


def age_restricted_channels(interaction: Interaction, found: Whereabouts) -> list[int]:
    """The channels among those that come into question of which it is known that they are age-restricted."""
    roster = desk(interaction).roster
    return [channel for guild, channel in found.places if roster.is_age_restricted(guild, channel)]


class TopSuggestionsButton(Component, template=custom_ids.TOP):
    """Another page of the most supported ideas."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        slug = await slug_of(desk, viewer, self.facts["story"])
        await update(
            interaction,
            suggestion_view.top_suggestions(await desk.support.top(viewer, slug, int(self.facts["page"]))),
        )


class SupportButton(Component, template=custom_ids.SUPPORT):
    """Beside an idea: one press supports it, another takes that back. A private list shows it; on a message for
    everybody the answer is private."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction).support, viewer_of(interaction)
        result = await desk.toggle(viewer, int(self.facts["number"]))
        changed(interaction)
        if self.facts["page"]:
            shown = await desk.top(viewer, result.story.slug, int(self.facts["page"]))
            await update(interaction, suggestion_view.top_suggestions(shown))
        else:
            await respond(interaction, suggestion_view.support_answer(result))


CONTROLS = (
    OwnSuggestionsButton,
    OwnSuggestionButton,
    FullSuggestionButton,
    WhereaboutsButton,
    TopSuggestionsButton,
    SupportButton,
)
