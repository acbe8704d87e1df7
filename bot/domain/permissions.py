"""Discord's permissions that posts, boards and polls need, as Discord's settings call them.

Seen by: server managers.
"""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.message_templates import Listing, MessageTemplate

PERMISSIONS = {
    "view_channel": MessageTemplate("permission-view-channel", "View Channel"),
    "send_messages": MessageTemplate("permission-send-messages", "Send Messages"),
    "send_messages_in_threads": MessageTemplate("permission-send-in-threads", "Send Messages in Threads"),
    "create_public_threads": MessageTemplate("permission-create-threads", "Create Public Threads"),
    "embed_links": MessageTemplate("permission-embed-links", "Embed Links"),
    "attach_files": MessageTemplate("permission-attach-files", "Attach Files"),
    "read_message_history": MessageTemplate("permission-read-history", "Read Message History"),
    "add_reactions": MessageTemplate("permission-add-reactions", "Add Reactions"),
    "send_polls": MessageTemplate("permission-create-polls", "Create Polls"),
}
"""Permissions as a list of missing ones names them, by the name that Discord's API gives them."""


def permission_names(permissions: Iterable[str]) -> Listing:
    """Return the names of these permissions as one fact of a message."""
    return Listing(tuple(PERMISSIONS[each]() for each in permissions))
