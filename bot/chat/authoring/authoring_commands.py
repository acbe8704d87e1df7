"""The commands with which authors publish from Discord alone: `/author new`, `upload`, `chapters` and more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import discord
from discord import app_commands

from bot.chat.authoring import authoring_texts as texts
from bot.chat.authoring.authoring_modals import note_modal, story_modal
from bot.chat.authoring.authoring_view import schedule as schedule_message
from bot.chat.authoring.chapter_list_view import chapter_list
from bot.chat.authoring.upload_view import upload_preview
from bot.chat.i18n import command_descriptions
from bot.chat.interactions.autocomplete import make_autocomplete
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.modals import open_modal
from bot.chat.interactions.responses import defer, respond
from bot.chat.interactions.viewer import viewer_of
from bot.domain.stories.authoring_refusals import UploadUnreadable
from bot.services.stories.autocomplete_choices import Choice

_NAME = 80


async def _stories(interaction: Interaction, typed: str) -> Sequence[Choice]:
    return await services(interaction).authoring.own.offer(viewer_of(interaction), typed)


_own_stories = make_autocomplete(_stories, str)


@app_commands.command(description=texts.NEW)
async def new(interaction: Interaction) -> None:
    """Open the form of a new story."""
    form = services(interaction).authoring.creation.blank_form(viewer_of(interaction))
    await open_modal(interaction, story_modal(form))


@app_commands.command(description=texts.UPLOAD)
@app_commands.describe(
    story=command_descriptions.AUTHOR_STORY,
    file=texts.UPLOAD_FILE,
    file2=texts.UPLOAD_MORE,
    file3=texts.UPLOAD_MORE,
    file4=texts.UPLOAD_MORE,
    file5=texts.UPLOAD_MORE,
)
@app_commands.autocomplete(story=_own_stories)
async def upload(  # noqa: PLR0913 - each is an option of the command
    interaction: Interaction,
    story: str,
    file: discord.Attachment,
    file2: discord.Attachment | None = None,
    file3: discord.Attachment | None = None,
    file4: discord.Attachment | None = None,
    file5: discord.Attachment | None = None,
) -> None:
    """Show the chapters in the files before they are written."""
    await defer(interaction)
    uploads, viewer = services(interaction).authoring.uploads, viewer_of(interaction)
    sent = [each for each in (file, file2, file3, file4, file5) if each is not None]
    draft = await uploads.begin(viewer, story, [(each.filename, each.size) for each in sent])
    try:
        for number, each in enumerate(sent, 1):
            # The order in which they were given is that of the chapters.
            name = Path(each.filename).name[-_NAME:] or "file"
            target = draft.files / (name if len(sent) == 1 else f"{number:02} {name}")
            await each.save(target)
    except (discord.HTTPException, OSError, ValueError):
        await uploads.discard(viewer, draft.id)
        raise UploadUnreadable(file=each.filename, problem=texts.download_failed()) from None
    await respond(interaction, upload_preview(await uploads.prepare(viewer, draft.id)))


@app_commands.command(description=texts.CHAPTERS)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY)
@app_commands.autocomplete(story=_own_stories)
async def chapters(interaction: Interaction, story: str) -> None:
    """List a story's chapters."""
    await defer(interaction)
    listing = await services(interaction).authoring.chapters.show(viewer_of(interaction), story)
    await respond(interaction, chapter_list(listing))


@app_commands.command(description=texts.SCHEDULE)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY)
@app_commands.autocomplete(story=_own_stories)
async def schedule(interaction: Interaction, story: str) -> None:
    """Show a story's schedule."""
    await defer(interaction)
    view = await services(interaction).authoring.schedules.show(viewer_of(interaction), story)
    await respond(interaction, schedule_message(view))


@app_commands.command(description=texts.NOTE)
@app_commands.describe(story=command_descriptions.AUTHOR_STORY)
@app_commands.autocomplete(story=_own_stories)
async def note(interaction: Interaction, story: str) -> None:
    """Open the form of a note to the readers."""
    found = await services(interaction).authoring.notes.find(viewer_of(interaction), story)
    await open_modal(interaction, note_modal(found.slug))


AUTHOR_COMMANDS: tuple[app_commands.Command[Any, ..., Any], ...] = (new, upload, chapters, schedule, note)
"""Members of the group `/author`."""
