"""The controls of the private reader and those that open it."""

from __future__ import annotations

import re

from bot.chat import ids
from bot.chat.answering import respond, update
from bot.chat.controls.control import Control, chosen
from bot.chat.controls.stories import slug_of
from bot.chat.desk import Interaction, services
from bot.chat.rendering.library import library, story
from bot.chat.rendering.message import Message
from bot.chat.rendering.reader import reader
from bot.chat.viewer import viewer_of
from bot.domain.access import Viewer
from bot.services.bundle import Services
from bot.services.read import ReaderView


async def opened(desk: Services, viewer: Viewer, view: ReaderView, list_from: int | None = None) -> Message:
    """A page with the story's chapters at hand."""
    return reader(view, await desk.read.chapters(viewer, view.story.slug), list_from=list_from)


async def _shown(desk: Services, viewer: Viewer, facts: re.Match[str]) -> ReaderView:
    """The page of an id that names one, as it is in the revision the id was made for."""
    revision = int(facts["revision"]) or None
    return await desk.read.show(viewer, int(facts["release"]), int(facts["page"]), revision)


class ReadButton(Control, template=ids.READ):
    """Under a post: opens its chapter for whoever pressed it."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        view = await desk.read.open_release(viewer, int(self.facts["release"]))
        await respond(interaction, await opened(desk, viewer, view))


class OpenButton(Control, template=ids.OPEN):
    """On a story's page: opens it where the reader left it."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        view = await desk.read.open(viewer, await slug_of(desk, viewer, self.facts["story"]), None)
        await respond(interaction, await opened(desk, viewer, view))


class PageButton(Control, template=ids.PAGE):
    """In the reader: another page, or another chapter's first."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        view = await _shown(desk, viewer, self.facts)
        await update(interaction, await opened(desk, viewer, view))


class ChapterMenu(Control, template=ids.CHAPTERS):
    """In the reader: goes to a chapter, or moves the list itself."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        picked = chosen(interaction)
        if picked.startswith("from:"):
            view = await _shown(desk, viewer, self.facts)
            message = await opened(desk, viewer, view, list_from=int(picked.removeprefix("from:")))
        else:
            message = await opened(desk, viewer, await desk.read.open_release(viewer, int(picked)))
        await update(interaction, message)


class StoryButton(Control, template=ids.STORY):
    """On a story's page: another page of its chapters."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        detail = await desk.browse.story(viewer, await slug_of(desk, viewer, self.facts["story"]))
        await update(interaction, story(detail, int(self.facts["page"])))


class ShelfButton(Control, template=ids.SHELF):
    """Another page of the library."""

    async def act(self, interaction: Interaction) -> None:
        cards = await services(interaction).browse.library(viewer_of(interaction))
        await update(interaction, library(cards, int(self.facts["page"])))


class ShelfMenu(Control, template=ids.SHELF_PICK):
    """In the library: looks into a story."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        detail = await desk.browse.story(viewer, await slug_of(desk, viewer, chosen(interaction)))
        await update(interaction, story(detail))


CONTROLS = (ReadButton, OpenButton, PageButton, ChapterMenu, StoryButton, ShelfButton, ShelfMenu)
