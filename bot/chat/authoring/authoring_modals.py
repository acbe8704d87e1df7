"""Forms of a new story, a schedule, a note, and a chapter's place or time."""

from __future__ import annotations

from typing import Any

import discord
from discord import ui

from bot.chat.authoring import authoring_ids, authoring_texts, chapter_list_texts
from bot.chat.i18n.rating_names import rating_name
from bot.chat.interactions.custom_ids import story_token
from bot.chat.text.user_text import clip, one_line
from bot.domain.stories.story import Rating
from bot.services.authoring.chapter_overview import ChapterOverview
from bot.services.authoring.reader_notes import NOTE_LENGTH
from bot.services.authoring.story_creation import StoryForm

TITLE, SUMMARY, RATING, SCHEDULE, ZONE, TEXT = "title", "summary", "rating", "schedule", "zone", "text"

_LABEL, _HINT, _TITLE = 45, 100, 45
_LONGEST_TITLE, _LONGEST_SUMMARY, _LONGEST_LINE = 200, 2000, 200


def story_modal(form: StoryForm) -> ui.Modal:
    """Build the form of a new story, with what was typed before."""
    texts = authoring_texts
    modal = ui.Modal(title=one_line(texts.new_title(), _TITLE), custom_id=authoring_ids.NEW_FORM)
    menu: ui.Select[Any] = ui.Select(
        custom_id=RATING,
        options=[
            discord.SelectOption(label=rating_name(each), value=each.value, default=each.value == form.rating)
            for each in Rating
        ],
    )
    _add(modal, texts.title_label(), "", _input(TITLE, form.title, _LONGEST_TITLE, required=True))
    summary = _input(SUMMARY, form.summary, _LONGEST_SUMMARY, long=True)
    _add(modal, texts.summary_label(), texts.summary_hint(), summary)
    _add(modal, texts.rating_label(), "", menu)
    _add(modal, texts.schedule_label(), texts.schedule_hint(), _input(SCHEDULE, form.schedule, _LONGEST_LINE))
    _add(modal, texts.zone_label(), texts.zone_hint(), _input(ZONE, form.zone, _LONGEST_LINE))
    return modal


def schedule_modal(slug: str, schedule: str, zone: str) -> ui.Modal:
    """Build the form of a schedule."""
    texts = authoring_texts
    title = one_line(texts.schedule_form_title(), _TITLE)
    modal = ui.Modal(title=title, custom_id=authoring_ids.schedule_form(slug))
    _add(modal, texts.schedule_label(), texts.schedule_hint(), _input(SCHEDULE, schedule, _LONGEST_LINE))
    _add(modal, texts.zone_label(), texts.zone_hint(), _input(ZONE, zone, _LONGEST_LINE))
    return modal


def note_modal(slug: str) -> ui.Modal:
    """Build the form of a note."""
    texts = authoring_texts
    title = one_line(texts.note_form_title(), _TITLE)
    modal = ui.Modal(title=title, custom_id=authoring_ids.note_form(slug))
    field = _input(TEXT, "", NOTE_LENGTH, long=True, required=True)
    return _add(modal, texts.note_label(), texts.note_hint(), field)


def chapter_modal(what: str, listing: ChapterOverview, token: str) -> ui.Modal:
    """Build the form that asks for a chapter's `place` or `time`."""
    texts, chapter = chapter_list_texts, listing.chapter(token)
    slug_token = story_token(listing.story.slug)
    custom_id = authoring_ids.change_form(what, slug_token, listing.mark, token)
    if what == "place":
        modal = ui.Modal(title=one_line(texts.place_title(), _TITLE), custom_id=custom_id)
        label = texts.place_label(listing.first_free_place, len(listing.chapters))
        return _add(modal, label, chapter.title, _input(TEXT, str(chapter.place), 6, required=True))
    modal = ui.Modal(title=one_line(texts.time_title(), _TITLE), custom_id=custom_id)
    zone = listing.story.release_rules.zone
    typed = (
        chapter.at.astimezone(zone).strftime("%Y-%m-%d %H:%M") if chapter.at and chapter.has_own_time else ""
    )
    return _add(modal, texts.time_label(), texts.time_hint(zone.key), _input(TEXT, typed, 100))


def _input(
    name: str, typed: str, longest: int, *, long: bool = False, required: bool = False
) -> ui.TextInput[Any]:
    style = discord.TextStyle.paragraph if long else discord.TextStyle.short
    default = clip(typed, longest) or None
    return ui.TextInput(custom_id=name, style=style, required=required, max_length=longest, default=default)


def _add(modal: ui.Modal, label: str, hint: str, field: ui.Item[Any]) -> ui.Modal:
    described = one_line(hint, _HINT) if hint else None
    return modal.add_item(ui.Label(text=one_line(label, _LABEL), description=described, component=field))
