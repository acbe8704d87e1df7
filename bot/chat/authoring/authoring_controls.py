"""Buttons and forms of a new story, its schedule, and notes to its readers."""

from __future__ import annotations

import re

from bot.chat.authoring import authoring_ids, authoring_texts
from bot.chat.authoring.authoring_modals import (
    RATING,
    SCHEDULE,
    SUMMARY,
    TEXT,
    TITLE,
    ZONE,
    schedule_modal,
    story_modal,
)
from bot.chat.authoring.authoring_view import created, form_fault, note_preview, note_report, schedule
from bot.chat.authoring.story_tokens import own_slug_of
from bot.chat.interactions.component import Component
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.modals import FormValues, open_modal
from bot.chat.interactions.outgoing_message import plain
from bot.chat.interactions.responses import defer, refusal_text, respond, update
from bot.chat.interactions.viewer import viewer_of
from bot.domain.releases.calendar_news import CalendarChange, NewsKind
from bot.domain.stories.authoring_refusals import ScheduleUnclear, TitleNeeded
from bot.services.authoring.story_creation import StoryForm


async def handle_story_form(interaction: Interaction, _facts: re.Match[str], values: FormValues) -> None:
    """Make a story, or say what its form lacks."""
    await defer(interaction)
    creation, viewer = services(interaction).authoring.creation, viewer_of(interaction)
    typed = (str(values.get(name, "")) for name in (TITLE, SUMMARY, RATING, SCHEDULE, ZONE))
    form = StoryForm(*typed)
    try:
        message = created(await creation.create(viewer, form))
    except (ScheduleUnclear, TitleNeeded) as fault:
        again = authoring_ids.new_again(await creation.keep(viewer, form))
        message = form_fault(refusal_text(fault), form.schedule, form.zone, again)
    else:
        wake_background_jobs(interaction)
    await respond(interaction, message)


class NewAgainButton(Component, template=authoring_ids.NEW_AGAIN):
    """Opens the form of a new story with what was typed."""

    async def act(self, interaction: Interaction) -> None:
        creation = services(interaction).authoring.creation
        form = await creation.kept_form(viewer_of(interaction), self.facts["draft"])
        await open_modal(interaction, story_modal(form))


class ScheduleButton(Component, template=authoring_ids.SCHEDULE):
    """Shows a story's schedule, or opens its form."""

    async def act(self, interaction: Interaction) -> None:
        schedules, viewer = services(interaction).authoring.schedules, viewer_of(interaction)
        slug = await own_slug_of(interaction, self.facts["story"])
        view = await schedules.show(viewer, slug)
        if self.facts["what"] == "form":
            await open_modal(interaction, schedule_modal(view.story.slug, view.schedule, view.zone))
            return
        await update(interaction, schedule(view))


async def handle_schedule_form(interaction: Interaction, facts: re.Match[str], values: FormValues) -> None:
    """Show what a schedule means, or what it lacks."""
    await interaction.response.defer()
    schedules, viewer = services(interaction).authoring.schedules, viewer_of(interaction)
    slug = await own_slug_of(interaction, facts["story"])
    typed, zone = (str(values.get(name, "")) for name in (SCHEDULE, ZONE))
    draft_id = await schedules.keep(viewer, slug, typed, zone)
    try:
        message = schedule(await schedules.preview(viewer, draft_id))
    except ScheduleUnclear as fault:
        again = authoring_ids.schedule_draft("again", draft_id)
        message = form_fault(refusal_text(fault), typed, zone, again)
    await update(interaction, message)


class ScheduleDraftButton(Component, template=authoring_ids.SCHEDULE_DRAFT):
    """Saves a previewed schedule, or opens the form with it again."""

    async def act(self, interaction: Interaction) -> None:
        schedules, viewer = services(interaction).authoring.schedules, viewer_of(interaction)
        draft_id = self.facts["draft"]
        if self.facts["what"] == "again":
            view = await schedules.typed(viewer, draft_id)
            await open_modal(interaction, schedule_modal(view.story.slug, view.schedule, view.zone))
            return
        await interaction.response.defer()
        saved = await schedules.save(viewer, draft_id)
        wake_background_jobs(interaction)
        await update(interaction, schedule(saved, saved=True))


async def handle_note_form(interaction: Interaction, facts: re.Match[str], values: FormValues) -> None:
    """Show a note before it goes out."""
    await defer(interaction)
    notes, viewer = services(interaction).authoring.notes, viewer_of(interaction)
    slug = await own_slug_of(interaction, facts["story"])
    draft_id = await notes.keep(viewer, slug, str(values.get(TEXT, "")))
    await respond(interaction, note_preview(await notes.preview(viewer, draft_id)))


class NoteButton(Component, template=authoring_ids.NOTE):
    """Sends a note, or discards it."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        notes, viewer = services(interaction).authoring.notes, viewer_of(interaction)
        if self.facts["what"] == "discard":
            await notes.discard(viewer, self.facts["draft"])
            await update(interaction, plain(authoring_texts.note_discarded()))
            return
        report = await notes.send(viewer, self.facts["draft"])
        wake_background_jobs(interaction)
        await update(interaction, note_report(report))


class NoteLookButton(Component, template=authoring_ids.NOTE_LOOK):
    """Shows how far a note has come."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        slug = await own_slug_of(interaction, self.facts["story"])
        change = CalendarChange(NewsKind.NOTE, -int(self.facts["number"]))
        report = await services(interaction).calendar_notices.report(viewer_of(interaction), slug, change)
        await update(interaction, note_report(report))


CONTROLS = (NewAgainButton, ScheduleButton, ScheduleDraftButton, NoteButton, NoteLookButton)
FORMS = (
    (re.compile(authoring_ids.NEW_FORM), handle_story_form),
    (re.compile(authoring_ids.SCHEDULE_FORM), handle_schedule_form),
    (re.compile(authoring_ids.NOTE_FORM), handle_note_form),
)
