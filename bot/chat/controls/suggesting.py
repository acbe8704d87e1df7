"""The Suggest button, the form behind it, and the pages of one's own ideas and of subscriptions."""

from __future__ import annotations

import re

from bot.chat import ids
from bot.chat.answering import refusal_words, respond, update
from bot.chat.controls.control import Control
from bot.chat.controls.stories import chapter_of, slug_of
from bot.chat.desk import Interaction, changed, services
from bot.chat.forms import ANONYMOUS, IDEA, Filled, idea_form, show
from bot.chat.rendering.message import TEXT_LIMIT, plain
from bot.chat.rendering.subscriptions import subscriptions
from bot.chat.rendering.suggestions import mine, suggested
from bot.chat.text import literal_block, units
from bot.chat.viewer import viewer_of
from bot.chat.words import queue as words
from bot.domain.errors import Refusal, SuggestionsClosed


class SuggestButton(Control, template=ids.SUGGEST):
    """Under a chapter or on a story's page: opens the form for an idea."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        slug = await slug_of(desk, viewer, self.facts["story"])
        chapter = await chapter_of(desk, viewer, slug, int(self.facts["chapter"]))
        await show(interaction, idea_form(await desk.suggest.target(viewer, slug, chapter)))


class MineButton(Control, template=ids.MINE):
    """Another page of one's own ideas."""

    async def act(self, interaction: Interaction) -> None:
        made = await services(interaction).suggest.mine(viewer_of(interaction))
        await update(interaction, mine(made, int(self.facts["page"])))


class SubscriptionsButton(Control, template=ids.SUBSCRIPTIONS):
    """Another page of a server's subscriptions."""

    async def act(self, interaction: Interaction) -> None:
        listed = await services(interaction).subscribe.listing(viewer_of(interaction))
        await update(interaction, subscriptions(listed, int(self.facts["page"])))


async def idea_sent(interaction: Interaction, facts: re.Match[str], form: Filled) -> None:
    """The form for an idea came back. What cannot be queued is given back, so that nobody types it twice."""
    desk, viewer = services(interaction), viewer_of(interaction)
    idea = str(form.get(IDEA, ""))
    anonymous = bool(form.get(ANONYMOUS, facts["anonymous"] == "1"))
    try:
        slug = await slug_of(desk, viewer, facts["story"])
        chapter = await chapter_of(desk, viewer, slug, int(facts["chapter"]))
        made = await desk.suggest.suggest(viewer, idea, story=slug, chapter=chapter, anonymous=anonymous)
    except Refusal as refusal:
        await respond(interaction, plain(_with_text(refusal, idea)))
        return
    await respond(interaction, suggested(made))
    changed(interaction)


def _with_text(refusal: Refusal, idea: str) -> str:
    sentence = refusal_words(refusal)
    if isinstance(refusal, SuggestionsClosed) or not idea.strip():
        return sentence
    room = TEXT_LIMIT - units(sentence) - units(words.kept_text("")) - 1
    return f"{sentence}\n{words.kept_text(literal_block(idea, room))}"


CONTROLS = (SuggestButton, MineButton, SubscriptionsButton)
