"""Threads: opened under a message, or as a forum's post."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import discord
from discord.http import Route

from bot.chat.gateway.session import Session
from bot.chat.text.user_text import one_line

Json = Mapping[str, Any]

NAME_LIMIT = 100
"""Units in a thread's name (docs: resources/channel)."""

_EXISTS = 160004


class RepeatedThread(TimeoutError):
    """discord.py was about to send a request again whose first outcome is unknown."""


class _Once(discord.File):
    """Keeps discord.py from repeating a request: it rewinds the files of one before each attempt (http.py, request)."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), filename="once")

    def reset(self, *, seek: int | bool = True) -> None:
        """Let the first attempt through."""
        if seek:
            raise RepeatedThread


def thread_name(title: str) -> str:
    """A chapter's title as the name of its thread."""
    return one_line(title, NAME_LIMIT)


class Threads:
    """Threads by REST. Every method raises what discord.py raises."""

    def __init__(self, client: Session) -> None:
        self._client = client

    async def open_under(self, channel_id: int, message_id: int, title: str) -> int:
        """Open the thread under a message; its id is the message's (docs: resources/channel, Start Thread from
        Message). One that is there is as good."""
        route = Route(
            "POST",
            "/channels/{channel_id}/messages/{message_id}/threads",
            channel_id=channel_id,
            message_id=message_id,
        )
        try:
            await self._client.http.request(route, json={"name": thread_name(title)})
        except discord.HTTPException as error:
            if error.code != _EXISTS:
                raise
        return message_id

    async def open_post(
        self, forum_id: int, title: str, content: str, *, tag: int | None, mention: int | None
    ) -> int:
        """Make a forum's post, once: nothing protects it from being made twice (docs: resources/channel, Start Thread
        in Forum). Its first message has the thread's id.

        Raises:
            Repeated: whether it was made is unknown.
        """
        message = {
            "content": content,
            "flags": discord.MessageFlags(suppress_embeds=True).value,
            "allowed_mentions": {"parse": [], "roles": [str(mention)] if mention is not None else []},
        }
        body = {"name": thread_name(title), "message": message}
        if tag is not None:
            body["applied_tags"] = [str(tag)]
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=forum_id)
        made: Json = await self._client.http.request(route, json=body, files=[_Once()])
        return int(made["id"])
