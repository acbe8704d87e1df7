"""What authors do: go through ideas, decide, and move the calendar. The services check who is one."""

from __future__ import annotations

import discord
from discord import app_commands

from bot.chat.i18n import command_descriptions
from bot.chat.interactions.autocomplete import one_of
from bot.chat.interactions.context import Interaction, changed, services
from bot.chat.interactions.contexts import BY_ANYBODY, WITH_THE_BOT, allowing
from bot.chat.interactions.message import plain
from bot.chat.interactions.responses import respond, think
from bot.chat.interactions.viewer import viewer_of
from bot.chat.notifications.answer_views import calendar
from bot.chat.pages.chapter_labels import chapter_label
from bot.chat.stories import list_texts
from bot.chat.stories.story_autocomplete import stories
from bot.chat.suggestions import board_view, panel_texts, review_queue_texts, review_queue_view
from bot.chat.suggestions.queue_position import QueuePosition
from bot.chat.suggestions.review_queue_controls import ask_for
from bot.chat.suggestions.suggestion_autocomplete import all_ideas, ideas, merge_targets, used_chapters
from bot.chat.suggestions.suggestion_commands import LARGEST
from bot.chat.text.user_text import literal_line
from bot.domain.suggestions.panel_views import QueueFilter
from bot.domain.suggestions.panels import POLL_ANSWERS
from bot.domain.suggestions.suggestion import AUTHOR_DECISIONS, Decision, SuggestionState
from bot.services.stories.catalogue import ChoicePurpose

_ANY = "any"
_REASON = 500
_MOMENT = 40
_TITLE = 100

_STATES = [
    *(app_commands.Choice(name=list_texts.STATES[state], value=state.value) for state in SuggestionState),
    app_commands.Choice(name=command_descriptions.QUEUE_ANY, value=_ANY),
]
_DECISIONS = [
    app_commands.Choice(name=review_queue_texts.CHOICES[decision], value=decision.value)
    for decision in AUTHOR_DECISIONS
]


class Place(app_commands.Transformer):
    """A channel or thread for a message, by id: what Discord caches of it does not matter."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        """A channel."""
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        """Whatever takes messages of the bot's."""
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.public_thread, kinds.private_thread, kinds.news_thread]

    async def transform(self, _interaction: Interaction, value: app_commands.AppCommandChannel, /) -> int:
        """Its id."""
        return value.id


Room = app_commands.Transform[int, Place]
Reason = app_commands.Range[str, 1, _REASON]
Number = app_commands.Range[int, 1, LARGEST]

author = app_commands.Group(
    name="author",
    description=command_descriptions.AUTHOR,
)


@author.command(description=command_descriptions.QUEUE)
@app_commands.describe(story=command_descriptions.QUEUE_STORY, state=command_descriptions.QUEUE_STATE)
@app_commands.choices(state=_STATES)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def queue(
    interaction: Interaction, story: str | None = None, state: str = SuggestionState.NEW.value
) -> None:
    """The queue, from its newest idea."""
    wanted = one_of(SuggestionState, state) if state != _ANY else None
    view = await services(interaction).review_queue.show(viewer_of(interaction), QueueFilter(story, wanted))
    await respond(interaction, review_queue_view.queue(view))


@author.command(description=command_descriptions.DECIDE)
@app_commands.describe(
    number=command_descriptions.DECIDE_NUMBER,
    decision=command_descriptions.DECIDE_DECISION,
    reason=command_descriptions.DECIDE_REASON,
    chapter=command_descriptions.DECIDE_CHAPTER,
    into=command_descriptions.DECIDE_INTO,
)
@app_commands.choices(decision=_DECISIONS)
@app_commands.autocomplete(number=ideas, into=merge_targets)
@app_commands.autocomplete(chapter=used_chapters)
async def decide(
    interaction: Interaction,
    number: Number,
    decision: str,
    reason: Reason | None = None,
    chapter: str | None = None,
    into: Number | None = None,
) -> None:
    """Decide on one idea; what it needs and is not named is asked for."""
    desk, viewer, what = services(interaction).decisions, viewer_of(interaction), one_of(Decision, decision)
    lacks = (what is Decision.USED and not chapter) or (what is Decision.MERGE and into is None)
    # A form would lose the reason; without one it is the quickest way.
    if lacks and reason is None:
        await desk.require(viewer, number, what)
        await ask_for(interaction, QueuePosition(number), what)
        return
    made = await desk.decide(
        viewer, number, what, reason=reason, chapter=chapter, into=into, label=chapter_label
    )
    changed(interaction)
    await respond(interaction, plain(review_queue_view.decided_words(made.suggestion)))


@author.command(description=panel_texts.BOARD)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY, channel=panel_texts.BOARD_CHANNEL)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def board(interaction: Interaction, story: str, channel: Room) -> None:
    """A story's best ideas, always current."""
    await think(interaction)
    done = await services(interaction).panels.board(viewer_of(interaction), story, channel)
    changed(interaction)
    await respond(interaction, board_view.board_done(done))


@author.command(description=panel_texts.POLL)
@app_commands.describe(
    story=command_descriptions.AUTHOR_STORY,
    channel=panel_texts.POLL_CHANNEL,
    length=panel_texts.POLL_LENGTH,
    answers=panel_texts.POLL_IDEAS,
)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def poll(
    interaction: Interaction,
    story: str,
    channel: Room | None = None,
    length: app_commands.Range[str, 1, _MOMENT] = "3 days",
    answers: app_commands.Range[int, POLL_ANSWERS[0], POLL_ANSWERS[-1]] = 5,
) -> None:
    """A poll about a story's best ideas."""
    await think(interaction)
    viewer = viewer_of(interaction)
    done = await services(interaction).polls.start(
        viewer, story, channel or viewer.channel_id or 0, length=length, answers=answers
    )
    changed(interaction)
    await respond(interaction, board_view.poll_done(done))


@author.command(description=panel_texts.BLOCK)
@app_commands.describe(number=panel_texts.BLOCK_NUMBER, undo=panel_texts.BLOCK_UNDO)
@app_commands.autocomplete(number=all_ideas)
async def block(interaction: Interaction, number: Number, undo: bool = False) -> None:
    """No more ideas from whoever made that one."""
    desk, viewer = services(interaction).block_list, viewer_of(interaction)
    done = await (desk.unblock if undo else desk.block)(viewer, number)
    said = panel_texts.unblocked if undo else panel_texts.blocked
    await respond(interaction, plain(said(number, literal_line(done.story.title, _TITLE))))


@author.command(description=command_descriptions.PUBLISH)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def publish(interaction: Interaction, story: str) -> None:
    """The next chapter now."""
    await think(interaction)
    done = await services(interaction).calendar_overrides.publish(viewer_of(interaction), story)
    changed(interaction)
    await respond(interaction, calendar(done))


@author.command(description=command_descriptions.DELAY)
@app_commands.describe(
    story=command_descriptions.AUTHOR_STORY,
    until=command_descriptions.DELAY_UNTIL,
    reason=command_descriptions.HOLD_REASON,
)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def delay(
    interaction: Interaction,
    story: str,
    until: app_commands.Range[str, 1, _MOMENT],
    reason: Reason | None = None,
) -> None:
    """No slot before then."""
    await think(interaction)
    done = await services(interaction).calendar_overrides.delay(viewer_of(interaction), story, until, reason)
    changed(interaction)
    await respond(interaction, calendar(done))


@author.command(description=command_descriptions.HIATUS)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY, reason=command_descriptions.HOLD_REASON)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def hiatus(interaction: Interaction, story: str, reason: Reason | None = None) -> None:
    """Nothing until further notice."""
    await think(interaction)
    done = await services(interaction).calendar_overrides.hiatus(viewer_of(interaction), story, reason)
    changed(interaction)
    await respond(interaction, calendar(done))


@author.command(name="continue", description=command_descriptions.CONTINUE)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY)
@app_commands.autocomplete(story=stories(ChoicePurpose.AUTHOR))
async def go_on(interaction: Interaction, story: str) -> None:
    """On again."""
    await think(interaction)
    done = await services(interaction).calendar_overrides.resume(viewer_of(interaction), story)
    changed(interaction)
    await respond(interaction, calendar(done))


COMMANDS = allowing(author, contexts=WITH_THE_BOT, installs=BY_ANYBODY)
