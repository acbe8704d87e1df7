"""Controls of the private reader, and those that open it."""

from __future__ import annotations

import re

from discord import ui

from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component, selected_value
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.modals import FormValues, open_modal
from bot.chat.interactions.outgoing_message import plain
from bot.chat.interactions.responses import defer, respond, update
from bot.chat.interactions.story_resolution import slug_of
from bot.chat.interactions.viewer import viewer_of
from bot.chat.reading import reader_texts
from bot.chat.reading.reader_view import reader_message
from bot.chat.text.user_text import one_line
from bot.domain.errors import ControlOld
from bot.domain.reading.reading_refusals import PageUnknown

_DIGITS = 6


class OpenChapterButton(Component, template=custom_ids.READ):
    """Opens the chapter of a post in the private reader."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        await respond(
            interaction,
            reader_message(await container.private_reader.open_release(viewer, int(self.facts["release"]))),
        )


class OpenStoryButton(Component, template=custom_ids.OPEN):
    """Opens a story at the reader's bookmark."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        view = await container.private_reader.open(
            viewer, await slug_of(container, viewer, self.facts["story"]), None
        )
        await respond(interaction, reader_message(view))


class PageButton(Component, template=custom_ids.PAGE):
    """Shows another page, or the first page of another chapter."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        await update(
            interaction,
            reader_message(await container.private_reader.show_page(viewer, *_page_of(self.facts))),
        )


class OfferedChapterButton(Component, template=custom_ids.GO):
    """Opens the chapter that the reader suggests to read next."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        view = await container.private_reader.open_release(viewer, int(self.facts["release"]), visit=False)
        await update(interaction, reader_message(view))


class BackToBookmarkButton(Component, template=custom_ids.BACK):
    """Goes back to the bookmark after looking something up."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        await update(
            interaction,
            reader_message(
                await container.private_reader.return_to_bookmark(viewer, int(self.facts["release"]))
            ),
        )


class ReadOnHereButton(Component, template=custom_ids.SETTLE):
    """Moves the bookmark to the page that is shown."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        await update(
            interaction,
            reader_message(await container.private_reader.set_bookmark(viewer, *_page_of(self.facts))),
        )


class ChapterMenu(Component, template=custom_ids.CHAPTERS):
    """Goes to a chapter, or shows an earlier or later part of the list."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        picked = re.fullmatch(custom_ids.PICKED, selected_value(interaction))
        if picked is None:
            raise ControlOld
        if picked["start"] is not None:
            view = await container.private_reader.show_page(
                viewer, *_page_of(self.facts), list_from=int(picked["start"])
            )
        else:
            view = await container.private_reader.open_release(viewer, int(picked["release"]), visit=False)
        await update(interaction, reader_message(view))


class JumpToPageButton(Component, template=custom_ids.JUMP):
    """Opens the form that asks for a page number."""

    async def act(self, interaction: Interaction) -> None:
        release, count, revision = (int(self.facts[name]) for name in ("release", "count", "revision"))
        await open_modal(interaction, _page_number_modal(release, count, revision))


async def handle_jump_form(interaction: Interaction, facts: re.Match[str], form: FormValues) -> None:
    """Show the page that was asked for, or the nearest one."""
    typed = str(form.get(PAGE, "")).strip()
    if not typed.isdecimal():
        raise PageUnknown
    container, viewer = services(interaction), viewer_of(interaction)
    revision = int(facts["revision"]) or None
    # Beyond the last page is the last page, however far.
    page = max(int(typed), 1) if len(typed) <= _DIGITS else 10**_DIGITS
    view = await container.private_reader.show_page(viewer, int(facts["release"]), page, revision)
    await update(interaction, reader_message(view))


class StarButton(Component, template=custom_ids.STAR):
    """Votes for the chapter, or takes the vote back."""

    async def act(self, interaction: Interaction) -> None:
        container, viewer = services(interaction), viewer_of(interaction)
        await update(
            interaction,
            reader_message(await container.private_reader.toggle_star(viewer, *_page_of(self.facts))),
        )


class FollowHereButton(Component, template=custom_ids.FOLLOW_HERE):
    """Follows the story that is being read, or ends that. The greeting may take longer than three seconds."""

    async def act(self, interaction: Interaction) -> None:
        on = self.facts["on"] == "1"
        if on:
            await interaction.response.defer()
        container, viewer = services(interaction), viewer_of(interaction)
        page = _page_of(self.facts)
        view = await container.private_reader.show_page(viewer, *page)
        await container.followers.set_following(viewer, view.story.slug, on=on)
        wake_background_jobs(interaction)
        await update(interaction, reader_message(await container.private_reader.show_page(viewer, *page)))


class SendPageButton(Component, template=custom_ids.SEND):
    """Sends the page as a direct message, which may take longer than three seconds."""

    async def act(self, interaction: Interaction) -> None:
        await defer(interaction)
        container, viewer = services(interaction), viewer_of(interaction)
        release, page, revision = _page_of(self.facts)
        sent = await container.dm_pages.send_page(viewer, release, page, revision or 0)
        if sent.is_repeated:
            link = f"https://discord.com/channels/@me/{sent.channel_id}/{sent.message_id}"
            await respond(interaction, plain(reader_texts.sent_before(link)))
            return
        wake_background_jobs(interaction)
        answer = reader_texts.send_answer_with_turns() if sent.is_turnable else reader_texts.send_answer()
        await respond(interaction, plain(answer))


def _page_of(facts: re.Match[str]) -> tuple[int, int, int | None]:
    """Return the release, page and revision that an id names; revision is None for the current one."""
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
    FollowHereButton,
    SendPageButton,
)


PAGE = "page"


def _page_number_modal(release_id: int, count: int, revision: int) -> ui.Modal:
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
