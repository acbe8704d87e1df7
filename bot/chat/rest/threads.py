"""Threads by REST: under a message, or as a forum's post."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import discord
from discord.http import Route

from bot.chat.gateway.session import Session
from bot.chat.text.user_text import clip, one_line, utf16_length

Json = Mapping[str, Any]

NAME_LIMIT = 100
"""Units in a thread's name (docs: resources/channel)."""

_DIGITS = re.compile(r"[0-9]++")

_CHAPTER_TITLE = 60
"""Units of a forum post's name that the chapter's number and title may always take."""

_ALREADY_EXISTS = 160004


class RepeatedThread(TimeoutError):
    """discord.py was about to repeat a request whose first outcome is unknown."""


class _RepetitionGuard(discord.File):
    """An empty file that keeps a request from being repeated: discord.py rewinds files before each attempt."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), filename="once")

    def reset(self, *, seek: int | bool = True) -> None:
        """Let the first attempt through, and fail the second."""
        if seek:
            raise RepeatedThread


def thread_name(title: str) -> str:
    """Return a chapter's title as the name of its thread."""
    return one_line(title, NAME_LIMIT)


def forum_post_name(number: int, title: str, story: str) -> str:
    """Return the name of a chapter's post in a forum, where posts of all stories stand in one list.

    What is too long is cut: of the chapter's title everything beyond `_CHAPTER_TITLE`, then of the story's.
    """
    chapter = one_line(title, NAME_LIMIT)
    if str(number) not in _DIGITS.findall(title):
        chapter = f"{number} · {chapter}"
    whole = f"{chapter} — {one_line(story, NAME_LIMIT)}"
    if utf16_length(whole) <= NAME_LIMIT:
        return whole
    chapter = clip(chapter, max(_CHAPTER_TITLE, NAME_LIMIT - utf16_length(one_line(story, NAME_LIMIT)) - 3))
    return f"{chapter} — {one_line(story, NAME_LIMIT - utf16_length(chapter) - 3)}"


class Threads:
    """Opens threads. Every method raises what discord.py raises."""

    def __init__(self, client: Session) -> None:
        self._client = client

    async def open_under(self, channel_id: int, message_id: int, title: str) -> int:
        """Open the thread under a message and return its id, which is the message's; an existing one is no failure.

        See docs: resources/channel, Start Thread from Message.
        """
        route = Route(
            "POST",
            "/channels/{channel_id}/messages/{message_id}/threads",
            channel_id=channel_id,
            message_id=message_id,
        )
        try:
            await self._client.http.request(route, json={"name": thread_name(title)})
        except discord.HTTPException as error:
            if error.code != _ALREADY_EXISTS:
                raise
        return message_id

    async def open_post(
        self, forum_id: int, name: str, content: str, *, tag: int | None, mention: int | None
    ) -> int:
        """Open a forum's post with one request, and return the id of the thread and its first message.

        No nonce protects it from being made twice (docs: resources/channel, Start Thread in Forum).

        Raises:
            RepeatedThread: It is unknown whether the post was made.
        """
        message = {
            "content": content,
            "flags": discord.MessageFlags(suppress_embeds=True).value,
            "allowed_mentions": {"parse": [], "roles": [str(mention)] if mention is not None else []},
        }
        body = {"name": name, "message": message}
        if tag is not None:
            body["applied_tags"] = [str(tag)]
        route = Route("POST", "/channels/{channel_id}/threads", channel_id=forum_id)
        thread: Json = await self._client.http.request(route, json=body, files=[_RepetitionGuard()])
        return int(thread["id"])
