"""Messages, threads, reactions and votes of one person."""

from __future__ import annotations

from collections.abc import Sequence

from discord_sandbox.discord_objects import Channel, Json
from discord_sandbox.errors import ApiError
from discord_sandbox.message_view import MessageView
from discord_sandbox.operations import message_edits, message_sending, polls, reactions, threads
from discord_sandbox.operations.attachments import Upload
from discord_sandbox.people.observer import Observer, Place
from discord_sandbox.permissions import P
from discord_sandbox.validation.message_draft import read_draft

SLOWMODE_ACTIVE = 20016


class MessageAuthor(Observer):
    """Person who writes and reacts."""

    # --- writing -----------------------------------------------------------------------------------------------------

    def say(
        self, place: Place, content: str, *, reply_to: MessageView | None = None, files: Sequence[Upload] = ()
    ) -> MessageView:
        """Write a message."""
        channel = self.channel(place)
        body: Json = {"content": content}
        if reply_to is not None:
            body["message_reference"] = {"message_id": reply_to.id}
            body["allowed_mentions"] = {"parse": ["users", "roles", "everyone"], "replied_user": True}
        self._await_turn(channel)
        if files:
            body["attachments"] = [
                {"id": number, "description": each.description} for number, each in enumerate(files)
            ]
        sent = message_sending.send(self.world, self.id, channel, read_draft(body), dict(enumerate(files)))
        return self.view(sent)

    def _await_turn(self, channel: Channel) -> None:
        """Enforce slow mode, which does not apply to moderators.

        Raises:
            ApiError: 20016 too early.
        """
        if not channel.slowmode or self.world.may(self.id, channel, P.BYPASS_SLOWMODE):
            return
        own = (each for each in reversed(channel.messages.values()) if each.author_id == self.id)
        last = next(own, None)
        waited = (self.world.now() - last.created_at).total_seconds() if last else channel.slowmode
        if waited < channel.slowmode:
            raise ApiError(SLOWMODE_ACTIVE, extra={"retry_after": channel.slowmode - waited})

    def edit(self, message: MessageView, content: str) -> MessageView:
        """Change one's own message."""
        channel, found = self._locate(message)
        return self.view(
            message_edits.edit(self.world, self.id, channel, found, read_draft({"content": content}), {})
        )

    def delete(self, message: MessageView) -> None:
        """Delete a message."""
        channel, found = self._locate(message)
        message_edits.delete(self.world, self.id, channel, found)

    def pin(self, message: MessageView, pinned: bool = True) -> None:
        """Pin or unpin a message."""
        channel, found = self._locate(message)
        message_edits.pin(self.world, self.id, channel, found, pinned)

    def open_thread(
        self,
        place: Place,
        name: str,
        *,
        under: MessageView | None = None,
        content: str = "",
        tags: Sequence[int] = (),
    ) -> Channel:
        """Open a thread, under a message or alone; in a forum, a post with its first message."""
        channel = self.channel(place)
        body: Json = {"name": name, "applied_tags": list(tags), "type": 11}
        if channel.is_forum:
            return threads.open_post(
                self.world, self.id, channel, body, read_draft({"content": content}), {}
            )[0]
        if under is not None:
            return threads.open_from(
                self.world, self.id, channel, self.world.message(channel, under.id), body
            )
        thread = threads.open_alone(self.world, self.id, channel, body)
        if content:
            self.say(thread, content)
        return thread

    # --- reacting ----------------------------------------------------------------------------------------------------

    def react(self, message: MessageView, emoji: str, *, burst: bool = False) -> MessageView:
        """Add a reaction; `burst` makes it a super reaction."""
        channel, found = self._locate(message)
        read = reactions.read_emoji(self.world, emoji)
        reactions.add(self.world, self.id, channel, found, read, burst=burst)
        return self.view(found)

    def unreact(self, message: MessageView, emoji: str, user: int | None = None) -> MessageView:
        """Remove one's own reaction, or another's as a moderator."""
        channel, found = self._locate(message)
        read = reactions.read_emoji(self.world, emoji)
        reactions.remove(self.world, self.id, user or self.id, channel, found, read)
        return self.view(found)

    def clear_reactions(self, message: MessageView, emoji: str | None = None) -> None:
        """Clear all reactions, or those of one emoji, as a moderator."""
        channel, found = self._locate(message)
        read = reactions.read_emoji(self.world, emoji) if emoji else None
        reactions.clear(self.world, self.id, channel, found, read)

    def vote(self, message: MessageView, *answers: int) -> MessageView:
        """Vote in a poll for exactly these answers."""
        channel, found = self._locate(message)
        polls.vote(self.world, self.id, channel, found, list(answers))
        return self.view(found)
