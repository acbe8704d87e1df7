"""Controls of sharing a line: from the private reader to a post in the channel."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence

import discord

from bot.chat.i18n.gettext import in_language
from bot.chat.interactions import custom_ids
from bot.chat.interactions.component import Component, selected_value, selected_values
from bot.chat.interactions.interaction_context import Interaction, services
from bot.chat.interactions.responses import NO_PINGS, respond, update, uploads
from bot.chat.interactions.viewer import viewer_of
from bot.chat.sharing import line_ids, line_view
from bot.domain.authorization import Viewer
from bot.domain.errors import ControlOld
from bot.domain.permissions import permission_names
from bot.domain.reading.reading_refusals import LineChanged
from bot.domain.subscriptions.channel_refusals import MissingPermissions, MissingRights
from bot.services.sharing.shareable_lines import PageReference, SharedLine


class ShareLineButton(Component, template=custom_ids.SHARE):
    """Asks which paragraph of the reader's page is to be shared."""

    async def act(self, interaction: Interaction) -> None:
        page = await services(interaction).shareable_lines.list_paragraphs(
            viewer_of(interaction), _reference(self.facts)
        )
        await respond(interaction, line_view.picker_message(page))


class ParagraphListButton(Component, template=line_ids.LIST):
    """Goes back to the menu of paragraphs."""

    async def act(self, interaction: Interaction) -> None:
        await _show_list(interaction, _reference(self.facts))


class ParagraphMenu(Component, template=line_ids.PICK):
    """Shows the picture of a paragraph, or other paragraphs of the page."""

    async def act(self, interaction: Interaction) -> None:
        reference = _reference(self.facts)
        picked = re.fullmatch(line_ids.PICKED, selected_value(interaction))
        if picked is None:
            raise ControlOld
        if picked["start"] is not None:
            await _show_list(interaction, reference, int(picked["start"]))
            return
        await _show_preview(interaction, reference, int(picked["paragraph"]))


class SentenceMenu(Component, template=line_ids.CUT):
    """Shows the picture of some of a paragraph's sentences, from the first to the last that was picked."""

    async def act(self, interaction: Interaction) -> None:
        picked = [int(each) for each in selected_values(interaction) if re.fullmatch(line_ids.SENTENCE, each)]
        if not picked:
            raise ControlOld
        await _show_preview(
            interaction, _reference(self.facts), int(self.facts["paragraph"]), min(picked), max(picked)
        )


class PostLineButton(Component, template=line_ids.POST):
    """Posts the line for everybody in the channel, as it was shown in the preview."""

    async def act(self, interaction: Interaction) -> None:
        sharing, viewer = services(interaction).shareable_lines, viewer_of(interaction)
        facts = self.facts
        line = await sharing.compose(
            viewer,
            _reference(facts),
            int(facts["paragraph"]),
            int(facts["first"]),
            int(facts["last"]),
        )
        if line.checksum != int(facts["check"]):
            raise LineChanged
        alone = _is_alone(interaction)
        sharing.require_shareable(viewer, line.page.story, alone=alone)
        _require_permissions(interaction, viewer)
        sharing.begin(viewer)
        try:
            await _post(
                interaction, line, viewer, ahead=await sharing.is_ahead(viewer, line.page, alone=alone)
            )
        except BaseException:
            sharing.undo(viewer)
            raise
        await update(interaction, line_view.posted_message())


async def _show_list(interaction: Interaction, reference: PageReference, start: int = 0) -> None:
    page = await services(interaction).shareable_lines.list_paragraphs(viewer_of(interaction), reference)
    await update(interaction, line_view.picker_message(page, start))


async def _show_preview(
    interaction: Interaction,
    reference: PageReference,
    paragraph: int,
    first: int = 0,
    last: int | None = None,
) -> None:
    sharing, viewer = services(interaction).shareable_lines, viewer_of(interaction)
    line = await sharing.compose(viewer, reference, paragraph, first, last)
    ahead = await sharing.is_ahead(viewer, line.page, alone=_is_alone(interaction))
    # Drawing may outlast the three seconds on a busy machine.
    await interaction.response.defer()
    picture = await asyncio.to_thread(line_view.picture_of, line)
    await update(interaction, line_view.preview_message(line, picture, ahead=ahead))


async def _post(interaction: Interaction, line: SharedLine, viewer: Viewer, *, ahead: bool) -> None:
    """Post a line in the language of the server, whoever shares it."""
    await interaction.response.defer()
    with in_language((interaction.guild_locale or interaction.locale).value):
        picture = await asyncio.to_thread(line_view.picture_of, line)
        message = line_view.shared_message(line, picture, ahead=ahead, person=viewer.user_id)
    await interaction.followup.send(
        view=message.view(), files=uploads(message.files), ephemeral=False, allowed_mentions=NO_PINGS
    )


def _require_permissions(interaction: Interaction, viewer: Viewer) -> None:
    """Refuse a post in a server's channel where the person, or the bot, may not post pictures.

    Raises:
        MissingRights: The person may not.
        MissingPermissions: The bot may not. Where somebody brought it along, Discord itself decides.
    """
    if viewer.guild_id is None or viewer.channel_id is None:
        return
    needed = ("send_messages" if viewer.parent_id is None else "send_messages_in_threads", "attach_files")
    if missing := _missing(needed, interaction.permissions):
        raise MissingRights(channel=viewer.channel_id, missing=permission_names(missing))
    if not viewer.guest and (missing := _missing(needed, interaction.app_permissions)):
        raise MissingPermissions(channel=viewer.channel_id, missing=permission_names(missing))


def _missing(needed: Sequence[str], held: discord.Permissions) -> list[str]:
    return [each for each in needed if not getattr(held, each)]


def _is_alone(interaction: Interaction) -> bool:
    """Return whether this is the person's own conversation with the bot, where nobody else reads."""
    return interaction.context.dm_channel


def _reference(facts: re.Match[str]) -> PageReference:
    return PageReference(int(facts["release"]), int(facts["page"]), int(facts["revision"]))


CONTROLS = (ShareLineButton, ParagraphListButton, ParagraphMenu, SentenceMenu, PostLineButton)
