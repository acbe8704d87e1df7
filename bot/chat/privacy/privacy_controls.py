"""The buttons of `/privacy delete`: erasure takes two presses."""

from __future__ import annotations

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.responses import update
from bot.chat.interactions.viewer import viewer_of
from bot.chat.notifications import notice_controls
from bot.chat.privacy import privacy_view


class EraseButton(Component, template=custom_ids.PRIVACY):
    """Asks for confirmation, erases, or keeps everything."""

    async def act(self, interaction: Interaction) -> None:
        personal_data, viewer = services(interaction).personal_data, viewer_of(interaction)
        stay = self.facts["stay"] == "1"
        match self.facts["what"]:
            case "ask":
                await update(
                    interaction,
                    privacy_view.confirmation(await personal_data.count_suggestions(viewer), stay=stay),
                )
            case "erase":
                # Erasing asks Discord too, which may take longer than three seconds.
                await interaction.response.defer()
                done = await personal_data.erase(viewer, keep_suggestions=stay)
                wake_background_jobs(interaction)
                await update(interaction, privacy_view.erasure_answer(done))
            case _:
                await update(interaction, privacy_view.nothing_erased())


CONTROLS = (EraseButton, notice_controls.MessagePreferenceButton)
