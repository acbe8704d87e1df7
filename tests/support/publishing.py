"""Publishing and pausing as authors do it: a command, and the button under its question."""

from __future__ import annotations

from discord_sandbox.message_view import InteractionOutcome
from discord_sandbox.people.person import Person


async def publish_now(author: Person, channel: int, story: str = "the-lamp") -> InteractionOutcome:
    """Publish the next chapter; return what the command answers if it does not ask."""
    return await confirm(author, channel, "publish", "Publish now", story=story)


async def confirm(
    author: Person, channel: int, command: str, button: str, **options: object
) -> InteractionOutcome:
    """Give an author's command and press a button of its answer, if it has that."""
    asked = await author.invoke(channel, f"/author {command}", **options)
    if not button or not asked.message or button not in str(asked.message.data["components"]):
        return asked
    return await author.press(asked.message, button)
