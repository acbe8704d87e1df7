"""Controls for submitting a suggestion: the Suggest button, the form, and the buttons under the answer."""

from __future__ import annotations

import re

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component, selected_value
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.modals import FormValues, open_modal
from bot.chat.interactions.responses import defer, respond, update
from bot.chat.interactions.story_resolution import chapter_option, slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.suggestions import submission_view
from bot.chat.suggestions.draft_recovery import draft_text, return_draft
from bot.chat.suggestions.submission_modal import ANONYMOUS, NAME_ME, TEXT, submission_modal
from bot.chat.suggestions.submission_view import Draft
from bot.services.suggestions.submission import SubmissionResult, SuggestionDraft


class SuggestButton(Component, template=custom_ids.SUGGEST):
    """Opens the form for a suggestion, for the story or chapter of the message."""

    async def act(self, interaction: Interaction) -> None:
        await open_form(interaction, Draft("", self.facts["story"], int(self.facts["chapter"])))


class EditDraftButton(Component, template=custom_ids.EDIT):
    """Opens the form with a draft that was given back."""

    async def act(self, interaction: Interaction) -> None:
        facts = self.facts
        await open_form(
            interaction,
            Draft(
                await draft_text(interaction),
                facts["story"],
                int(facts["chapter"]),
                anonymous=facts["anonymous"] == "1",
                named=facts["named"] == "1",
            ),
        )


class DraftStoryMenu(Component, template=custom_ids.EDIT_FOR):
    """Opens the form with a draft, for the story picked."""

    async def act(self, interaction: Interaction) -> None:
        text = await draft_text(interaction)
        anonymous, named = self.facts["anonymous"] == "1", self.facts["named"] == "1"
        await open_form(
            interaction, Draft(text, selected_value(interaction), anonymous=anonymous, named=named)
        )


class SendAnywayButton(Component, template=custom_ids.SURE):
    """Sends a draft that was given back because it looked like a mistake.

    The message with the button becomes the answer, so a draft is sent once.
    """

    async def act(self, interaction: Interaction) -> None:
        facts = self.facts
        await interaction.response.defer()
        draft = Draft(
            await draft_text(interaction),
            facts["story"],
            int(facts["chapter"]),
            anonymous=facts["anonymous"] == "1",
            named=facts["named"] == "1",
        )
        try:
            made = await _submit(interaction, draft, sure=True)
        except Exception as error:
            await return_draft(interaction, error, draft)
            return
        wake_background_jobs(interaction)
        await update(interaction, submission_view.submit_answer(made))


class CreditMeButton(Component, template=custom_ids.NAME_ME):
    """Changes whether the suggester is named if the suggestion is used."""

    async def act(self, interaction: Interaction) -> None:
        made = await services(interaction).submissions.toggle_credit_name(
            viewer_of(interaction), int(self.facts["number"])
        )
        wake_background_jobs(interaction)
        await update(interaction, submission_view.submit_answer(made))


class OutcomeMessagesButton(Component, template=custom_ids.TOLD):
    """Changes whether the suggester gets the outcome by direct message."""

    async def act(self, interaction: Interaction) -> None:
        submissions, viewer = services(interaction).submissions, viewer_of(interaction)
        await submissions.set_dm_notices(viewer, wanted=self.facts["told"] == "1")
        await update(
            interaction,
            submission_view.submit_answer(
                await submissions.get_own_with_similar(viewer, int(self.facts["number"]))
            ),
        )


class SupportInsteadButton(Component, template=custom_ids.INSTEAD):
    """Supports a similar suggestion and withdraws one's own."""

    async def act(self, interaction: Interaction) -> None:
        own, number = int(self.facts["own"]), int(self.facts["number"])
        result = await services(interaction).supporters.replace_own(viewer_of(interaction), number, own=own)
        wake_background_jobs(interaction)
        await update(interaction, submission_view.support_instead_answer(result, own))


async def open_form(interaction: Interaction, draft: Draft) -> None:
    """Open the form for an idea with what is known of it.

    Raises:
        Refusal: the story takes none for that; nothing that was not in a file before is lost by it.
    """
    container, viewer = services(interaction), viewer_of(interaction)
    slug = await slug_of(container, viewer, draft.story or "")
    chapter = chapter_option(draft.chapter)
    target = await container.submissions.require_target(viewer, slug, chapter)
    await open_modal(
        interaction, submission_modal(target, anonymous=draft.anonymous, named=draft.named, text=draft.text)
    )


async def _submit(interaction: Interaction, draft: Draft, *, sure: bool = False) -> SubmissionResult:
    container, viewer = services(interaction), viewer_of(interaction)
    return await container.submissions.submit(
        viewer,
        SuggestionDraft(
            draft.text,
            story=await slug_of(container, viewer, draft.story or ""),
            chapter=chapter_option(draft.chapter),
            anonymous=draft.anonymous,
            name_me=draft.named,
        ),
        sure=sure,
    )


async def handle_form(interaction: Interaction, facts: re.Match[str], form: FormValues) -> None:
    """Submit the suggestion. A refused one is given back, so that nobody has to type it again."""
    draft = Draft(
        str(form.get(TEXT, "")),
        facts["story"],
        int(facts["chapter"]),
        anonymous=bool(form.get(ANONYMOUS, facts["anonymous"] == "1")),
        named=bool(form.get(NAME_ME, False)),
    )
    # A database that is busy may take longer than the three seconds, and the text must not be lost by that.
    await defer(interaction)
    try:
        made = await _submit(interaction, draft)
    except Exception as error:
        await return_draft(interaction, error, draft)
        return
    wake_background_jobs(interaction)
    await respond(interaction, submission_view.submit_answer(made))


CONTROLS = (
    SuggestButton,
    EditDraftButton,
    DraftStoryMenu,
    SendAnywayButton,
    CreditMeButton,
    OutcomeMessagesButton,
    SupportInsteadButton,
)
