"""Buttons that publish, start or end a hiatus, and tell channels of it."""

from __future__ import annotations

from datetime import UTC, datetime

from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.responses import update
from bot.chat.interactions.story_resolution import slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.releases import calendar_ids, calendar_news_view, calendar_question_view
from bot.chat.releases.calendar_view import calendar
from bot.domain.releases.calendar_news import CalendarChange, NewsKind
from bot.services.releases.calendar_questions import (
    AlreadyReleased,
    HiatusMark,
    HiatusQuestion,
    PublicationMark,
    PublicationQuestion,
)


class PublishButton(Component, template=calendar_ids.PUBLISH):
    """Publishes the chapter that the message asks about."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        use, viewer = services(interaction), viewer_of(interaction)
        slug = await slug_of(use, viewer, self.facts["story"])
        mark = PublicationMark(self.facts["chapter"], self.facts["state"], int(self.facts["count"]))
        match await use.calendar_confirmations.confirm_publication(viewer, slug, mark):
            case PublicationQuestion() as question:
                message = calendar_question_view.publication_question(question)
            case AlreadyReleased() as out:
                message = calendar_question_view.already_released(out)
            case done:
                wake_background_jobs(interaction)
                message = calendar(done)
        await update(interaction, message)


class HiatusButton(Component, template=calendar_ids.HIATUS):
    """Starts the hiatus that the message asks about."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        use, viewer = services(interaction), viewer_of(interaction)
        noted = self.facts["noted"] == "1"
        reason = calendar_question_view.read_note(interaction.message) if noted else None
        slug = await slug_of(use, viewer, self.facts["story"])
        mark = HiatusMark(int(self.facts["change"]), self.facts["chapter"])
        done = await use.calendar_confirmations.confirm_hiatus(viewer, slug, mark, reason)
        if isinstance(done, HiatusQuestion):
            await update(interaction, calendar_question_view.hiatus_question(done))
            return
        wake_background_jobs(interaction)
        await update(interaction, calendar(done))


class ContinueButton(Component, template=calendar_ids.RESUME):
    """Ends the delay or the hiatus that the message shows."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        use, viewer = services(interaction), viewer_of(interaction)
        slug = await slug_of(use, viewer, self.facts["story"])
        done = await use.calendar_overrides.resume(viewer, slug, int(self.facts["change"]))
        wake_background_jobs(interaction)
        await update(interaction, calendar(done))


class LeaveButton(Component, template=calendar_ids.LEAVE):
    """Leaves everything as it is."""

    async def act(self, interaction: Interaction) -> None:
        await update(interaction, calendar_question_view.nothing_done())


class TellButton(Component, template=calendar_ids.TELL):
    """Shows the notice of a change, sends it, or shows how far it has come."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        notices, viewer = services(interaction).calendar_notices, viewer_of(interaction)
        slug = await slug_of(services(interaction), viewer, self.facts["story"])
        change, with_reason = self._change(), self.facts["reason"] == "1"
        match self.facts["step"]:
            case "ask":
                seen = await notices.preview(viewer, slug, change, with_reason=with_reason)
                message = calendar_news_view.news_preview(seen, with_reason=with_reason)
            case "send":
                report = await notices.send(viewer, slug, change, with_reason=with_reason)
                wake_background_jobs(interaction)
                message = calendar_news_view.news_report(report)
            case _:
                message = calendar_news_view.news_report(await notices.report(viewer, slug, change))
        await update(interaction, message)

    def _change(self) -> CalendarChange:
        instead = int(self.facts["instead"])
        return CalendarChange(
            NewsKind(self.facts["kind"]),
            int(self.facts["change"]),
            datetime.fromtimestamp(instead, UTC) if instead else None,
        )


CONTROLS = (PublishButton, HiatusButton, ContinueButton, LeaveButton, TellButton)
