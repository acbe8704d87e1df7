"""The answer to `/help`."""

from __future__ import annotations

from bot.chat.interactions.outgoing_message import Message, plain
from bot.chat.stories import help_texts
from bot.chat.text.user_text import literal_line
from bot.services.stories.catalogue import Help

_TITLE = 120


def help_message(what: Help) -> Message:
    """Render the help for this person's role."""
    parts = [help_texts.for_reader()]
    if what.manages:
        parts.append(help_texts.for_manager())
    if what.is_author_of:
        titles = ", ".join(literal_line(story.title, _TITLE) for story in what.is_author_of[:_TITLES])
        more = "…" if len(what.is_author_of) > _TITLES else ""
        parts.append(help_texts.for_author(titles + more))
    return plain("\n".join(parts))


_TITLES = 10
