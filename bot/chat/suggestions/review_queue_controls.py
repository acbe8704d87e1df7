"""Buttons, menus and forms of an author's review queue and of review messages.

A press on a message of any age concerns the suggestion that this message shows.
"""

from __future__ import annotations

import re
from dataclasses import replace

import discord

from bot.chat.interactions.component import Component, selected_value
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.modals import FormValues, open_modal
from bot.chat.interactions.outgoing_message import plain
from bot.chat.interactions.responses import refusal_text, respond, update
from bot.chat.interactions.viewer import viewer_of
from bot.chat.pages.chapter_labels import chapter_label
from bot.chat.stories import morning_card_texts
from bot.chat.suggestions import blocking_texts, decision_texts, review_queue_texts
from bot.chat.suggestions.decision_modals import ANSWER, PICKED, picker_modal, reason_modal, search_modal
from bot.chat.suggestions.decision_undo_view import (
    decided_answer,
    decided_text,
    undone_text,
)
from bot.chat.suggestions.queue_position import (
    ALL,
    GIVEN,
    QUEUE,
    SHOWN,
    QueuePosition,
    fit_search,
    story_token,
)
from bot.chat.suggestions.review_queue_list_view import list_message
from bot.chat.suggestions.review_queue_view import queue_message, review_message, undo_button
from bot.chat.suggestions.suggestion_view import suggestion_label
from bot.chat.text.user_text import literal_line
from bot.domain.errors import ControlOld, FormOld, Refusal
from bot.domain.suggestions.panel_contents import QueueFilter, QueueOrder, UndoOffer
from bot.domain.suggestions.suggestion import AUTHOR_DECISIONS, Decision, SuggestionState
from bot.domain.suggestions.suggestion_refusals import SuggestionUnknown
from bot.services.suggestions.decisions import NO_DETAILS, DecisionDetails
from bot.services.suggestions.review_queue import Direction

_TITLE = 100


_DIRECTIONS = {"on": Direction.ON, "back": Direction.BACK}
_STEPS = {Direction.STAY: 0, Direction.ON: 1, Direction.BACK: -1}
"""How far it goes from the suggestion that a page of the list ends or begins with."""


class QueueControl(Component, template=QUEUE):
    """Moves through the queue, decides, or opens the form that a decision needs."""

    async def act(self, interaction: Interaction) -> None:
        position = QueuePosition.of(self.facts)
        try:
            await _handle(interaction, position, self.facts["what"])
        except SuggestionUnknown:
            if not position.review:
                raise
            await respond(interaction, plain(review_queue_texts.only_for_authors()))


async def _handle(interaction: Interaction, position: QueuePosition, what: str) -> None:
    match what:
        case "on" | "back":
            await _show(interaction, position.at(0), _DIRECTIONS[what])
        case "list" | "single" | "pick" | "clear":
            await _show(interaction, _switch(interaction, position, what))
        case "undo":
            await _undo(interaction, position)
        case "search":
            await open_modal(interaction, search_modal(position))
        case "state" | "order" | "scope":
            await _show(interaction, _apply_menu(what, position, selected_value(interaction)), anew=True)
        case "daily" | "hush":
            await _set_digest(interaction, position, wanted=what == "daily")
        case "block":
            await _block(interaction, position)
        case _ if what in AUTHOR_DECISIONS:
            await _start_decision(interaction, position, Decision(what))
        case _ if what in set(Decision):
            raise ControlOld
        case _:
            await _refresh(interaction, position)


async def handle_form(interaction: Interaction, facts: re.Match[str], form: FormValues) -> None:
    """Apply the form of a decision or of a search."""
    position, what = QueuePosition.of(facts), facts["what"]
    answer = str(form.get(ANSWER) or "").strip()
    if what == "search":
        kept, whole = fit_search(answer)
        note = "" if whole else review_queue_texts.search_shortened(literal_line(kept, _TITLE))
        await _show(interaction, replace(position, search=kept).at(0), note=note)
        return
    if what not in AUTHOR_DECISIONS:
        raise FormOld
    answer = answer or str(form.get(PICKED) or "")
    match Decision(what):
        case Decision.MERGE:
            number = answer.removeprefix("#")
            if not (number.isascii() and number.isdecimal() and len(number) < 16):
                await _refresh(interaction, position, decision_texts.not_a_number())
                return
            await _decide(interaction, position, Decision.MERGE, DecisionDetails(into=int(number)))
        case Decision.USED:
            await _decide(interaction, position, Decision.USED, DecisionDetails(chapter=answer))
        case decision:
            await _decide(interaction, position, decision, DecisionDetails(reason=answer or None))


async def _start_decision(interaction: Interaction, position: QueuePosition, decision: Decision) -> None:
    """Decide at once, or open the form in which the author may say more."""
    viewer = viewer_of(interaction)
    match decision:
        case Decision.ACCEPT | Decision.DECLINE:
            try:
                await services(interaction).decisions.require_allowed(viewer, position.number, decision)
            except Refusal as refusal:
                await _show_refused(interaction, position, refusal)
                return
            await open_modal(interaction, reason_modal(decision, position))
        case Decision.MERGE | Decision.USED:
            await open_picker(interaction, position, decision)
        case _:
            await _decide(interaction, position, decision)


async def open_picker(interaction: Interaction, position: QueuePosition, decision: Decision) -> None:
    """Open the form that asks for the suggestion to merge into, or for the chapter of use."""
    review_queue, viewer = services(interaction).review_queue, viewer_of(interaction)
    if decision is Decision.MERGE:
        choices = await review_queue.merge_choices(viewer, position.number, label=suggestion_label)
    else:
        choices = await review_queue.chapter_options(viewer, position.number, label=chapter_label)
    await open_modal(interaction, picker_modal(decision, position, choices))


async def _decide(
    interaction: Interaction,
    position: QueuePosition,
    decision: Decision,
    details: DecisionDetails = NO_DETAILS,
) -> None:
    """Decide and show the result, also if somebody else has decided meanwhile."""
    container, viewer = services(interaction), viewer_of(interaction)
    try:
        made = await container.decisions.decide(
            viewer, position.number, decision, details, label=chapter_label
        )
    except Refusal as refusal:
        await _show_refused(interaction, position, refusal)
        return
    wake_background_jobs(interaction)
    await _refresh(interaction, position, decided_text(made), made.undo)


async def _undo(interaction: Interaction, position: QueuePosition) -> None:
    """Undo a decision, whose id stands in the place of the suggestion's number."""
    try:
        made = await services(interaction).decisions.undo(viewer_of(interaction), position.number)
    except Refusal as refusal:
        if "number" not in refusal.facts or isinstance(refusal, SuggestionUnknown):
            raise
        await _show_refused(interaction, position.of_number(int(str(refusal.facts["number"]))), refusal)
        return
    wake_background_jobs(interaction)
    one = made.suggestion
    await _refresh(interaction, position.of_number(one.number), undone_text(one))


async def _show_refused(interaction: Interaction, position: QueuePosition, refusal: Refusal) -> None:
    """Show the suggestion as it is now, and why nothing was done."""
    if position.review:
        # Others may read there, so the refusal is for one pair of eyes; the message follows if it can.
        await _refresh(interaction, position)
        await respond(interaction, plain(refusal_text(refusal)))
    else:
        await _refresh(interaction, position, refusal_text(refusal))


async def _block(interaction: Interaction, position: QueuePosition) -> None:
    done = await services(interaction).block_list.block(viewer_of(interaction), position.number)
    await respond(
        interaction,
        plain(blocking_texts.block_answer(position.number, literal_line(done.story.title, _TITLE))),
    )


async def _set_digest(interaction: Interaction, position: QueuePosition, *, wanted: bool) -> None:
    await services(interaction).morning_cards.set_enabled(viewer_of(interaction), wanted)
    note = morning_card_texts.on_answer() if wanted else morning_card_texts.off_answer()
    await _show(interaction, position, note=note)


async def _refresh(
    interaction: Interaction, position: QueuePosition, note: str = "", undo: UndoOffer | None = None
) -> None:
    """Show the same idea as it is now; `undo` is the decision that was just made."""
    if interaction.message is None:
        # A command asked for what it needed: there is no message that shows the suggestion.
        await respond(interaction, decided_answer(note, undo))
        return
    if not position.review:
        await _show(interaction, position, note=note, undo=undo)
        return
    view = await services(interaction).review_queue.get(viewer_of(interaction), position.number)
    await update(interaction, review_message(view, page=position.page, marker=_marker(interaction)))


async def _show(
    interaction: Interaction,
    position: QueuePosition,
    step: Direction = Direction.STAY,
    *,
    note: str = "",
    undo: UndoOffer | None = None,
    anew: bool = False,
) -> None:
    """Show an idea of the queue, or the list; `anew`: the first of one that is looked at in another way."""
    container, viewer = services(interaction), viewer_of(interaction)
    look = await _filter(interaction, position)
    if position.listed:
        number = 0 if anew else position.number
        shown = await container.review_queue.list_page(viewer, look, number, _STEPS[step])
        await update(interaction, list_message(shown, note=note))
        return
    view = await container.review_queue.browse(
        viewer, look, None if anew or not position.number else position.number, step
    )
    page = position.page if view.suggestion is not None and view.suggestion.number == position.number else 0
    button = undo_button(position, undo) if undo is not None else None
    await update(interaction, queue_message(view, page=page, note=note, undo=button))


async def _filter(interaction: Interaction, position: QueuePosition) -> QueueFilter:
    """Return the filter at a position. A queue of one story is known by the story of the suggestion shown."""
    review_queue, viewer = services(interaction).review_queue, viewer_of(interaction)
    story = None
    if position.scope == SHOWN:
        shown = await review_queue.get(viewer, position.number)
        story = shown.story.slug if shown.story is not None else None
    elif position.scope != ALL:
        theirs = (await review_queue.browse(viewer, QueueFilter())).stories
        story = next((each.slug for each in theirs if GIVEN + story_token(each.slug) == position.scope), None)
    return QueueFilter(
        story=story,
        state=position.state,
        order=position.order,
        chapter=position.chapter if story is not None else None,
        held=position.held,
        search=position.search,
    )


def _switch(interaction: Interaction, position: QueuePosition, what: str) -> QueuePosition:
    """Return the position in the list, out of it at a suggestion, or without a search."""
    if what == "clear":
        return replace(position, search="")
    picked = selected_value(interaction) if what == "pick" else ""
    # A value that the list does not offer opens the suggestion on top.
    number = int(picked) if re.fullmatch(r"[0-9]{1,18}", picked) else position.number
    return replace(position.of_number(number), listed=what == "list")


def _apply_menu(what: str, position: QueuePosition, value: str) -> QueuePosition:
    """Return the position with another filter; a value that no menu offers changes nothing."""
    if what == "order" and value in set(QueueOrder):
        return replace(position, order=QueueOrder(value))
    if what == "state" and value == "held":
        return replace(position, state=None, held=True)
    if what == "state" and (value == "any" or value in set(SuggestionState)):
        return replace(position, state=SuggestionState(value) if value != "any" else None, held=False)
    if what == "scope" and re.fullmatch(r"c[0-9]{1,9}", value):
        return replace(position, scope=SHOWN, chapter=int(value[1:]))
    if what == "scope" and (value == ALL or value.startswith(GIVEN)):
        return replace(position, scope=value, chapter=None)
    return position


def _marker(interaction: Interaction) -> int | None:
    """Return the marker of the message that was pressed, which an edit must keep."""
    message = interaction.message
    boxes = message.components if message is not None else ()
    return next((each.id for each in boxes if isinstance(each, discord.components.Container)), None)


CONTROLS = (QueueControl,)
