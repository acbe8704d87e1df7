"""The commands for readers: `/suggest`, `/suggestions` and the context menu "Suggest this"."""

from __future__ import annotations

from dataclasses import replace

import discord
from discord import app_commands

from bot.chat.interactions import custom_ids, modals
from bot.chat.interactions.command_availability import ALL_INSTALLS, EVERYWHERE, make_available
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.option_types import SuggestionNumber
from bot.chat.interactions.responses import defer, respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.pages.chapter_labels import chapter_label
from bot.chat.stories.story_autocomplete import chapters, stories
from bot.chat.suggestions import (
    submission_modal,
    submission_texts,
    submission_view,
    suggestion_texts,
    suggestion_view,
    withdrawal_view,
)
from bot.chat.suggestions.draft_recovery import return_draft
from bot.chat.suggestions.submission_view import Draft
from bot.chat.suggestions.suggestion_autocomplete import own_suggestions
from bot.domain.errors import Refusal
from bot.domain.suggestions.submission_refusals import NothingToSuggest
from bot.domain.suggestions.suggestion import SUGGESTION_LENGTH
from bot.services.stories.autocomplete_choices import ChoicePurpose
from bot.services.suggestions.submission import SuggestionDraft
from bot.services.suggestions.withdrawal import require_withdrawable


@app_commands.command(description=submission_texts.SUGGEST)
@app_commands.describe(
    idea=submission_texts.SUGGEST_TEXT,
    story=submission_texts.SUGGEST_STORY,
    chapter=submission_texts.SUGGEST_CHAPTER,
    anonymous=submission_texts.SUGGEST_ANONYMOUS,
    name_me=submission_texts.SUGGEST_NAME_ME,
)
@app_commands.autocomplete(story=stories(ChoicePurpose.SUGGEST), chapter=chapters)
async def suggest(
    interaction: Interaction,
    idea: app_commands.Range[str, 1, SUGGESTION_LENGTH] | None = None,
    story: str | None = None,
    chapter: str | None = None,
    anonymous: bool = False,
    name_me: bool = False,
) -> None:
    """Submit a suggestion, or open the form for one."""
    container, viewer = services(interaction), viewer_of(interaction)
    if idea is None:
        target = await container.submissions.require_target(viewer, story, chapter, label=chapter_label)
        await modals.open_modal(
            interaction, submission_modal.submission_modal(target, anonymous=anonymous, named=name_me)
        )
        return
    await defer(interaction)
    try:
        made = await container.submissions.submit(
            viewer,
            SuggestionDraft(idea, story=story, chapter=chapter, anonymous=anonymous, name_me=name_me),
            label=chapter_label,
        )
    except Exception as error:
        token, number = await _intended_target(interaction, story, chapter)
        await return_draft(interaction, error, Draft(idea, token, number, anonymous=anonymous, named=name_me))
        return
    wake_background_jobs(interaction)
    await respond(interaction, submission_view.submit_answer(made))


async def _intended_target(
    interaction: Interaction, story: str | None, chapter: str | None
) -> tuple[str | None, int]:
    """Return the token of the story and the chapter's number, as far as they can be found."""
    try:
        target = await services(interaction).submissions.find_target(
            viewer_of(interaction), story, chapter, label=chapter_label
        )
    except Exception:
        # The refusal itself is reported already; without a story the person is asked for one.
        return None, 0
    return custom_ids.story_token(
        target.story.slug
    ), target.chapter.number if target.chapter is not None else 0


@app_commands.context_menu(name=submission_texts.SUGGEST_THIS)
async def suggest_this(interaction: Interaction, message: discord.Message) -> None:
    """Open the form with a message's text, for the channel's story; ask for the story if it is unclear."""
    text = message.content.strip()
    if not text:
        raise NothingToSuggest
    try:
        viewer = replace(viewer_of(interaction), about=_referenced_message(message))
        target = await services(interaction).submissions.require_target(viewer, None, None)
    except Refusal as refusal:
        await return_draft(interaction, refusal, Draft(text, None))
        return
    await modals.open_modal(interaction, submission_modal.submission_modal(target, text=text))


def _referenced_message(message: discord.Message) -> int:
    """Return the message that this one replies to, else this one; either may be a chapter's post."""
    answered = message.reference.message_id if message.reference is not None else None
    return answered or message.id


suggestions = app_commands.Group(
    name="suggestions",
    description=suggestion_texts.SUGGESTIONS,
)


@suggestions.command(name="mine", description=suggestion_texts.MINE)
async def list_own(interaction: Interaction) -> None:
    """List one's own suggestions."""
    made = await services(interaction).submissions.list_own(viewer_of(interaction))
    await respond(interaction, suggestion_view.own_suggestions(made))


@suggestions.command(description=suggestion_texts.WITHDRAW)
@app_commands.describe(number=suggestion_texts.WITHDRAW_NUMBER)
@app_commands.autocomplete(number=own_suggestions)
async def withdraw(interaction: Interaction, number: SuggestionNumber) -> None:
    """Ask whether to withdraw one's own suggestion."""
    made = await services(interaction).submissions.get_own(viewer_of(interaction), number)
    require_withdrawable(made.suggestion)
    await respond(interaction, withdrawal_view.withdrawal_question(made))


@suggestions.command(description=suggestion_texts.TOP)
@app_commands.describe(story=suggestion_texts.TOP_STORY)
@app_commands.autocomplete(story=stories(ChoicePurpose.READ))
async def top(interaction: Interaction, story: str) -> None:
    """List a story's most supported suggestions."""
    shown = await services(interaction).supporters.list_top(viewer_of(interaction), story)
    await respond(interaction, suggestion_view.top_suggestions(shown))


COMMANDS = make_available(suggest, suggest_this, suggestions, contexts=EVERYWHERE, installs=ALL_INSTALLS)
