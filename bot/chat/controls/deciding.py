"""The author's queue: going through it and deciding, by buttons and forms."""

from __future__ import annotations

import re
from typing import Any

from bot.chat import ids
from bot.chat.answering import refusal_words, update
from bot.chat.controls.control import Control
from bot.chat.desk import Interaction, changed, services
from bot.chat.forms import ANSWER, Filled, decision_form, show
from bot.chat.ids import QueueSpot
from bot.chat.rendering.suggestions import decided_words, queue
from bot.chat.viewer import viewer_of
from bot.chat.words import queue as words
from bot.domain.access import Viewer
from bot.domain.errors import Refusal
from bot.domain.suggestion import Decision
from bot.services.bundle import Services
from bot.services.decide import QueueView

_ASKING = (Decision.DECLINE, Decision.MERGE, Decision.USED)


class QueueButton(Control, template=ids.QUEUE):
    """Moves through the queue, decides, or asks for what a decision needs."""

    async def act(self, interaction: Interaction) -> None:
        spot, what = QueueSpot.of(self.facts), self.facts["what"]
        if what not in set(Decision):
            await _refresh(interaction, spot)
        elif (decision := Decision(what)) in _ASKING:
            await show(interaction, decision_form(decision, spot))
        else:
            await _decide(interaction, spot, decision)


async def decision_sent(interaction: Interaction, facts: re.Match[str], form: Filled) -> None:
    """The form of a decision came back."""
    spot, decision = QueueSpot.of(facts), Decision(facts["what"])
    answer = str(form.get(ANSWER, "")).strip()
    match decision:
        case Decision.MERGE:
            number = answer.removeprefix("#")
            if not (number.isascii() and number.isdecimal() and len(number) < 16):
                await _refresh(interaction, spot, words.NOT_A_NUMBER)
                return
            await _decide(interaction, spot, decision, into=int(number))
        case Decision.USED:
            await _decide(interaction, spot, decision, chapter=answer)
        case _:
            await _decide(interaction, spot, decision, reason=answer or None)


async def _decide(interaction: Interaction, spot: QueueSpot, decision: Decision, **more: Any) -> None:
    """Decide, and show the queue as it is then: also where somebody else was first, with the reason."""
    try:
        made = await services(interaction).decide.decide(
            viewer_of(interaction), spot.number, decision, **more
        )
    except Refusal as refusal:
        await _refresh(interaction, spot, refusal_words(refusal))
        return
    changed(interaction)
    await _refresh(interaction, spot, decided_words(made.suggestion))


async def _refresh(interaction: Interaction, spot: QueueSpot, note: str = "") -> None:
    view = await _view(services(interaction), viewer_of(interaction), spot)
    await update(interaction, queue(view, note=note))


async def _view(desk: Services, viewer: Viewer, spot: QueueSpot) -> QueueView:
    """The queue at that spot. A queue of one story is known by the story of the idea on show."""
    scope = None
    if spot.scoped:
        looked = await desk.decide.look(viewer, spot.number)
        scope = looked.story.slug if looked.story is not None else None
    return await desk.decide.queue(viewer, scope, spot.state, spot.position)


CONTROLS = (QueueButton,)
