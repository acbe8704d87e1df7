"""Buttons and menus under the preview of an upload."""

from __future__ import annotations

from bot.chat.authoring import authoring_ids, upload_texts
from bot.chat.authoring.upload_view import decision_list, upload_preview, upload_result, uploaded_page
from bot.chat.interactions.component import Component, selected_value
from bot.chat.interactions.interaction_context import Interaction, services, wake_background_jobs
from bot.chat.interactions.outgoing_message import plain
from bot.chat.interactions.responses import update
from bot.chat.interactions.viewer import viewer_of


class UploadButton(Component, template=authoring_ids.UPLOAD):
    """Shows an upload, writes it, or discards it."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        uploads, viewer = services(interaction).authoring.uploads, viewer_of(interaction)
        draft_id, what = self.facts["draft"], self.facts["what"]
        match what:
            case "show":
                message = upload_preview(await uploads.show(viewer, draft_id))
            case "all":
                seen = await uploads.show(viewer, draft_id)
                message = decision_list(seen, int(self.facts["page"]))
            case "discard":
                await uploads.discard(viewer, draft_id)
                message = plain(upload_texts.discarded())
            case _:
                done = await uploads.accept(viewer, draft_id, replace=what == "replace")
                wake_background_jobs(interaction)
                message = upload_result(done)
        await update(interaction, message)


class UploadPageButton(Component, template=authoring_ids.UPLOAD_PAGE):
    """Shows a page of an uploaded chapter."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        number, page = int(self.facts["number"]), int(self.facts["page"])
        uploads = services(interaction).authoring.uploads
        seen = await uploads.page(viewer_of(interaction), self.facts["draft"], number, page)
        await update(interaction, uploaded_page(seen))


class UploadPickMenu(Component, template=authoring_ids.UPLOAD_PICK):
    """Shows the first page of the chapter that is picked."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        picked = selected_value(interaction)
        number = int(picked) if picked.isdecimal() else 1
        uploads = services(interaction).authoring.uploads
        seen = await uploads.page(viewer_of(interaction), self.facts["draft"], number, 1)
        await update(interaction, uploaded_page(seen))


class UploadUndoMenu(Component, template=authoring_ids.UPLOAD_UNDO):
    """Undoes the decision that is picked, or makes it again."""

    async def act(self, interaction: Interaction) -> None:
        await interaction.response.defer()
        uploads, viewer = services(interaction).authoring.uploads, viewer_of(interaction)
        seen = await uploads.toggle(viewer, self.facts["draft"], selected_value(interaction))
        await update(interaction, decision_list(seen, int(self.facts["page"])))


CONTROLS = (UploadButton, UploadPageButton, UploadPickMenu, UploadUndoMenu)
