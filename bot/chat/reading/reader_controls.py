"""The controls of the private reader and those that open it."""

from __future__ import annotations

import re

from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component, chosen
from bot.chat.interactions.context import Interaction, changed, services
from bot.chat.interactions.message import plain
from bot.chat.interactions.modals import FormValues, open_modal
from bot.chat.interactions.responses import respond, think, update
from bot.chat.interactions.story_refs import slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.reading import reader_texts
from bot.chat.reading.reader_view import reader_message
from bot.chat.text.user_text import one_line
from bot.domain.errors import ControlOld, PageUnknown

_DIGITS = 6


class OpenChapterButton(Component, template=custom_ids.READ):
    """Under a post: opens its chapter for whoever pressed it."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        await respond(
            interaction,
            reader_message(await desk.private_reader.open_release(viewer, int(self.facts["release"]))),
        )


class OpenStoryButton(Component, template=custom_ids.OPEN):
    """On a story's page: opens it where the reader left it."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        view = await desk.private_reader.open(viewer, await slug_of(desk, viewer, self.facts["story"]), None)
        await respond(interaction, reader_message(view))


class PageButton(Component, template=custom_ids.PAGE):
    """In the reader: another page, or another chapter's first."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        await update(
            interaction, reader_message(await desk.private_reader.show(viewer, *_page_of(self.facts)))
        )


class OfferedChapterButton(Component, template=custom_ids.GO):
    """In the reader: the chapter that it offers."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        view = await desk.private_reader.open_release(viewer, int(self.facts["release"]), visit=False)
        await update(interaction, reader_message(view))


class BackToBookmarkButton(Component, template=custom_ids.BACK):
    """In the reader: to where they were before they looked something up."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        await update(
            interaction, reader_message(await desk.private_reader.back(viewer, int(self.facts["release"])))
        )


class ReadOnHereButton(Component, template=custom_ids.SETTLE):
    """In the reader: they read on from here."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        await update(
            interaction, reader_message(await desk.private_reader.settle(viewer, *_page_of(self.facts)))
        )


class ChapterMenu(Component, template=custom_ids.CHAPTERS):
    """In the reader: goes to a chapter, or moves the list itself."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        picked = re.fullmatch(custom_ids.PICKED, chosen(interaction))
        if picked is None:
            raise ControlOld
        if picked["start"] is not None:
            view = await desk.private_reader.show(
                viewer, *_page_of(self.facts), list_from=int(picked["start"])
            )
        else:
            view = await desk.private_reader.open_release(viewer, int(picked["release"]), visit=False)
        await update(interaction, reader_message(view))


class JumpToPageButton(Component, template=custom_ids.JUMP):
    """In the reader: asks for a page's number."""

    async def act(self, interaction: Interaction) -> None:
        release, count, revision = (int(self.facts[name]) for name in ("release", "count", "revision"))
        await open_modal(interaction, _page_number_modal(release, count, revision))


async def handle_jump_form(interaction: Interaction, facts: re.Match[str], form: FormValues) -> None:
    """The number is there: the reader shows that page, or the nearest there is."""
    typed = str(form.get(PAGE, "")).strip()
    if not typed.isdecimal():
        raise PageUnknown
    desk, viewer = services(interaction), viewer_of(interaction)
    revision = int(facts["revision"]) or None
    # Beyond the last page is the last page, however far.
    page = max(int(typed), 1) if len(typed) <= _DIGITS else 10**_DIGITS
    view = await desk.private_reader.show(viewer, int(facts["release"]), page, revision)
    await update(interaction, reader_message(view))


class StarButton(Component, template=custom_ids.STAR):
    """In the reader: gives the chapter one's vote, or takes it back."""

    async def act(self, interaction: Interaction) -> None:
        desk, viewer = services(interaction), viewer_of(interaction)
        await update(
            interaction, reader_message(await desk.private_reader.star(viewer, *_page_of(self.facts)))
        )


class SendPageButton(Component, template=custom_ids.SEND):
    """In the reader: puts the page into one's direct messages, which may take longer than three seconds."""

    async def act(self, interaction: Interaction) -> None:
        await think(interaction)
        desk, viewer = services(interaction), viewer_of(interaction)
        release, page, revision = _page_of(self.facts)
        turns = await desk.dm_pages.page(viewer, release, page, revision or 0)
        changed(interaction)
        await respond(
            interaction, plain(reader_texts.send_answer_with_turns() if turns else reader_texts.send_answer())
        )


def _page_of(facts: re.Match[str]) -> tuple[int, int, int | None]:
    """The page of an id that names one: of which chapter, its number, and the revision in which that counts."""
    return int(facts["release"]), int(facts["page"]), int(facts["revision"]) or None


CONTROLS = (
    OpenChapterButton,
    OpenStoryButton,
    PageButton,
    OfferedChapterButton,
    BackToBookmarkButton,
    ReadOnHereButton,
    ChapterMenu,
    JumpToPageButton,
    StarButton,
    SendPageButton,
)


PAGE = "page"


def _page_number_modal(release_id: int, count: int, revision: int) -> ui.Modal:
    """For a chapter that has so many pages in that revision."""
    form = ui.Modal(
        title=one_line(reader_texts.jump_title(), _TITLE),
        custom_id=custom_ids.jump_form(release_id, revision),
    )
    form.add_item(
        ui.Label(
            text=one_line(reader_texts.jump_label(count), _LABEL),
            component=ui.TextInput(custom_id=PAGE, max_length=_DIGITS, placeholder=str(count)),
        )
    )
    return form


_TITLE, _LABEL = 45, 45
