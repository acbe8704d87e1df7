"""The commands with which authors decide on suggestions: `/author queue` and `/author decide`."""

from __future__ import annotations

from typing import Any

from discord import app_commands

from bot.chat.interactions.autocomplete import parse_choice
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.option_types import ReasonText, SuggestionNumber
from bot.chat.interactions.responses import respond
from bot.chat.interactions.viewer import viewer_of
from bot.chat.pages.chapter_labels import chapter_label
from bot.chat.stories.story_autocomplete import stories
from bot.chat.suggestions import (
    decision_texts,
    decision_undo_view,
    review_queue_texts,
    review_queue_view,
    suggestion_texts,
)
from bot.chat.suggestions.queue_position import QueuePosition
from bot.chat.suggestions.review_queue_controls import open_picker
from bot.chat.suggestions.suggestion_autocomplete import merge_targets, open_suggestions, used_chapters
from bot.domain.suggestions.panel_contents import QueueFilter
from bot.domain.suggestions.suggestion import AUTHOR_DECISIONS, Decision, SuggestionState
from bot.services.stories.autocomplete_choices import ChoicePurpose
from bot.services.suggestions.decisions import DecisionDetails

_ANY = "any"
_TITLE = 100
_STATES = [
    *(
        app_commands.Choice(name=suggestion_texts.STATES[state], value=state.value)
        for state in SuggestionState
    ),
    app_commands.Choice(name=review_queue_texts.QUEUE_ANY, value=_ANY),
]
_DECISIONS = [
    app_commands.Choice(name=decision_texts.CHOICES[decision], value=decision.value)
    for decision in AUTHOR_DECISIONS
]


@app_commands.command(description=review_queue_texts.QUEUE)
@app_commands.describe(story=review_queue_texts.QUEUE_STORY, state=review_queue_texts.QUEUE_STATE)
@app_commands.choices(state=_STATES)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def queue(
    interaction: Interaction, story: str | None = None, state: str = SuggestionState.NEW.value
) -> None:
    """Show the queue, starting with the newest suggestion."""
    wanted = parse_choice(SuggestionState, state) if state != _ANY else None
    view = await services(interaction).review_queue.browse(viewer_of(interaction), QueueFilter(story, wanted))
    await respond(interaction, review_queue_view.queue_message(view))


@app_commands.command(description=decision_texts.DECIDE)
@app_commands.describe(
    number=decision_texts.DECIDE_NUMBER,
    decision=decision_texts.DECIDE_DECISION,
    reason=decision_texts.DECIDE_REASON,
    chapter=decision_texts.DECIDE_CHAPTER,
    into=decision_texts.DECIDE_INTO,
)
@app_commands.choices(decision=_DECISIONS)
@app_commands.autocomplete(number=open_suggestions, into=merge_targets)
@app_commands.autocomplete(chapter=used_chapters)
async def decide(
    interaction: Interaction,
    number: SuggestionNumber,
    decision: str,
    reason: ReasonText | None = None,
    chapter: str | None = None,
    into: SuggestionNumber | None = None,
) -> None:
    """Decide on one suggestion, asking for what the decision lacks."""
    decisions, viewer, what = (
        services(interaction).decisions,
        viewer_of(interaction),
        parse_choice(Decision, decision),
    )
    lacks = (what is Decision.USED and not chapter) or (what is Decision.MERGE and into is None)
    # A form would lose the reason; without one it is the quickest way.
    if lacks and reason is None:
        await decisions.require_allowed(viewer, number, what)
        await open_picker(interaction, QueuePosition(number), what)
        return
    made = await decisions.decide(
        viewer, number, what, DecisionDetails(reason=reason, chapter=chapter, into=into), label=chapter_label
    )
    wake_background_jobs(interaction)
    await respond(
        interaction, decision_undo_view.decided_answer(decision_undo_view.decided_text(made), made.undo)
    )


AUTHOR_COMMANDS: tuple[app_commands.Command[Any, ..., Any], ...] = (queue, decide)
"""Members of the group `/author`."""
