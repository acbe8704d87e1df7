"""Publishing and pausing as authors do it: a command, and the button under its question."""

from __future__ import annotations

from discord_sandbox.message_view import MessageView
from discord_sandbox.people.person import Person


async def publish_now(author: Person, channel: int, story: str = "the-lamp") -> MessageView:
    """Publish the next chapter; return what the command answers if it does not ask."""
    return await confirm(author, channel, "publish", "Publish now", story=story)


async def confirm(author: Person, channel: int, command: str, button: str, **options: object) -> MessageView:
    """Give an author's command and press a button of its answer, if it has that."""
    asked = await author.invoke(channel, f"/author {command}", **options)
    assert asked.message is not None
    return await press(author, asked.message, button) if has_button(asked.message, button) else asked.message


def has_button(message: MessageView, label: str) -> bool:
    """Whether a message has a button with that label."""
    return any(each.get("label") == label for each in message.controls)


async def press(person: Person, message: MessageView, button: str) -> MessageView:
    """Press a button and wait for what becomes of its message, or for an answer of its own."""
    before = {each.id: each.data for each in person.messages(message.channel_id)}
    await person.press(message, button)
    return await person.sees(
        message.channel_id,
        lambda seen: seen.private and not seen.thinking and before.get(seen.id) != seen.data,
    )
