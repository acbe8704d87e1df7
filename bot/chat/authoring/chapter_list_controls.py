"""Buttons, menus and forms that order and plan a story's chapters."""

from __future__ import annotations

import re

from bot.chat.authoring import authoring_ids, chapter_list_texts
from bot.chat.authoring.authoring_modals import TEXT, chapter_modal
from bot.chat.authoring.chapter_list_view import chapter_card, chapter_list, remove_question, removed_list
from bot.chat.authoring.story_tokens import own_slug_of
from bot.chat.interactions.component import Component, selected_value
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.modals import FormValues, open_modal
from bot.chat.interactions.outgoing_message import Message
from bot.chat.interactions.responses import update
from bot.chat.interactions.viewer import viewer_of
from bot.chat.text.user_text import literal_line
from bot.services.authoring.chapter_overview import ChapterOverview

_TITLE = 80


class ChapterPageButton(Component, template=authoring_ids.LIST):
    """Shows a page of the list."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        listing = await _present(interaction, self.facts["story"])
        await update(interaction, chapter_list(listing, int(self.facts["page"])))


class ChapterMenu(Component, template=authoring_ids.PICK):
    """Shows the chapter that is picked."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        listing = await _present(interaction, self.facts["story"])
        await update(interaction, chapter_card(listing, selected_value(interaction)))


class ChapterButton(Component, template=authoring_ids.CHANGE):
    """Changes a chapter, or asks what is needed for it."""

    async def act(self, interaction: Interaction) -> None:
        what, mark, token = self.facts["what"], self.facts["mark"], self.facts["chapter"]
        lists, viewer = services(interaction).authoring.chapters, viewer_of(interaction)
        if what in ("place", "time"):
            listing = await _present(interaction, self.facts["story"])
            await open_modal(interaction, chapter_modal(what, listing, token))
            return
        await interaction.response.defer()
        slug = await own_slug_of(interaction, self.facts["story"])
        match what:
            case "up" | "down":
                listing = await lists.move(viewer, slug, mark, token, what)
            case "draft" | "ready":
                listing = await lists.set_draft(viewer, slug, mark, token, draft=what == "draft")
            case "remove":
                listing = await lists.remove(viewer, slug, mark, token)
            case _:
                await update(interaction, _question(await lists.show(viewer, slug), what, token))
                return
        wake_background_jobs(interaction)
        await update(interaction, _after(listing, token))


class RemovedPageButton(Component, template=authoring_ids.REMOVED):
    """Shows a page of what was taken out."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        listing = await _present(interaction, self.facts["story"])
        await update(interaction, removed_list(listing, int(self.facts["page"])))


class RemovedMenu(Component, template=authoring_ids.REMOVED_PICK):
    """Brings back the chapter that is picked."""

    async def act(self, interaction: Interaction) -> None:
        await _restore(interaction, self.facts["story"], selected_value(interaction))


class RestoreButton(Component, template=authoring_ids.RESTORE):
    """Brings back the chapter that was just taken out."""

    async def act(self, interaction: Interaction) -> None:
        await _restore(interaction, self.facts["story"], self.facts["chapter"])


async def _restore(interaction: Interaction, story: str, token: str) -> None:
    await interaction.response.defer()
    lists, viewer = services(interaction).authoring.chapters, viewer_of(interaction)
    listing = await lists.restore(viewer, await own_slug_of(interaction, story), token)
    wake_background_jobs(interaction)
    if listing.just_restored:
        said = chapter_list_texts.restored()
        await update(interaction, chapter_card(listing, listing.just_restored, said=said))
    else:
        await update(interaction, chapter_list(listing))


async def handle_form(interaction: Interaction, facts: re.Match[str], values: FormValues) -> None:
    """Move a chapter to a place, or give it a time."""
    await interaction.response.defer()
    lists, viewer = services(interaction).authoring.chapters, viewer_of(interaction)
    slug = await own_slug_of(interaction, facts["story"])
    change = lists.move if facts["what"] == "place" else lists.set_time
    listing = await change(viewer, slug, facts["mark"], facts["chapter"], str(values.get(TEXT, "")))
    wake_background_jobs(interaction)
    await update(interaction, _after(listing, facts["chapter"]))


async def _present(interaction: Interaction, token: str) -> ChapterOverview:
    slug = await own_slug_of(interaction, token)
    return await services(interaction).authoring.chapters.show(viewer_of(interaction), slug)


def _question(listing: ChapterOverview, what: str, token: str) -> Message:
    if what == "ask":
        return remove_question(listing, token)
    said = ""
    if what == "replace":
        title = literal_line(listing.chapter(token).title, _TITLE)
        said = chapter_list_texts.how_to_replace(title)
    return chapter_card(listing, token, said=said)


def _after(listing: ChapterOverview, token: str) -> Message:
    """Return the chapter after a change; the list where that was refused, or the chapter is gone."""
    if listing.is_stale or all(each.token != token for each in listing.chapters):
        return chapter_list(listing)
    return chapter_card(listing, token, said=chapter_list_texts.done())


CONTROLS = (ChapterPageButton, ChapterMenu, ChapterButton, RemovedPageButton, RemovedMenu, RestoreButton)
FORMS = ((re.compile(authoring_ids.CHANGE_FORM), handle_form),)
