"""Port to Discord: panels that show suggestions, and polls about them."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from bot.domain.delivery.outcomes import Outcome
from bot.domain.suggestions.panel_contents import PanelPost, PollPost, PollResult
from bot.services.delivery.post_messenger import Destination, FoundPost, PostMessenger, SearchOutcome
from bot.services.guilds.channel_survey import ChannelSurveyor


class PanelMessenger(PostMessenger, ChannelSurveyor, Protocol):
    """Sends and updates panels and polls; finds and deletes them as chapter posts are found and deleted."""

    async def post_panel(self, to: Destination, panel: PanelPost, nonce: str) -> Outcome:
        """Post a board or a review panel once; see `PostMessenger.post`."""
        ...

    async def edit_panel(self, channel_id: int, message_id: int, panel: PanelPost) -> Outcome:
        """Replace the contents of a panel."""
        ...

    async def post_poll(self, to: Destination, poll: PollPost, nonce: str) -> Outcome:
        """Open a native poll once; see `PostMessenger.post`."""
        ...

    async def find_poll(
        self, to: Destination, poll: PollPost, others: Collection[int], since: datetime
    ) -> FoundPost | SearchOutcome:
        """Search for a poll about the same suggestions, opened at or after `since`, other than the messages `others`.

        A poll's message has no place for a marker that people do not see.
        """
        ...

    async def read_poll(self, channel_id: int, message_id: int) -> PollResult | Outcome:
        """Return the votes of a poll; `Sent(None)` where the poll was deleted."""
        ...

    async def end_poll(self, channel_id: int, message_id: int) -> Outcome:
        """End a poll of the bot now; succeeds too if it is over already."""
        ...
