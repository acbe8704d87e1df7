"""Chapter posts by REST: sending, editing, deleting, finding and decorating."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from functools import partial

import discord

from bot.chat.delivery.announcement_view import starter_text
from bot.chat.delivery.chapter_post_view import chapter_post
from bot.chat.gateway.joined_guilds import JoinedGuilds
from bot.chat.i18n.gettext import in_language
from bot.chat.interactions.responses import NO_PINGS, uploads
from bot.chat.rest.channel_lookup import ChannelLookup
from bot.chat.rest.discord_calls import DiscordCalls
from bot.chat.rest.post_search import PostSearch
from bot.chat.rest.threads import Threads, forum_post_name
from bot.chat.text import post_markers
from bot.chat.text.reaction_emoji import controls
from bot.clock import Clock
from bot.domain.delivery.outcomes import Outcome
from bot.domain.delivery.post_identity import PostIdentity
from bot.domain.subscriptions.release_styles import MessageForm
from bot.services.delivery.post_messenger import ChapterPost, Destination, FoundPost, SearchOutcome
from bot.services.people.languages import Languages

_ALREADY_CROSSPOSTED = 40033


class DiscordPostMessenger(DiscordCalls):
    """Implements the services' port `PostMessenger`, except for what it asks about guilds."""

    has_buttons = True
    """Whether chapter posts have buttons."""

    def __init__(self, client: JoinedGuilds, clock: Clock, languages: Languages) -> None:
        super().__init__(client, clock, languages)
        self._threads = Threads(client)
        self._search = PostSearch(client, ChannelLookup(client, clock))

    async def post(self, to: Destination, post: ChapterPost, nonce: str) -> Outcome:
        """Send a post, at most once for a nonce."""
        locale = await self._locale(to.guild_id, to.user_id)
        if post.shape is MessageForm.STARTER:
            with in_language(locale):
                text = starter_text(post)
            return await self._attempt(partial(self._open_forum_post, to.channel_id, post, text))
        with in_language(locale):
            message = chapter_post(post, buttons=self.has_buttons)
        pings = NO_PINGS
        if post.mention is not None:
            pings = discord.AllowedMentions(
                everyone=False, users=False, roles=[discord.Object(post.mention)], replied_user=False
            )

        async def send() -> int:
            channel = self._client.get_partial_messageable(to.channel_id, guild_id=to.guild_id)
            sent = await channel.send(
                view=message.view(), files=uploads(message.files), nonce=nonce, allowed_mentions=pings
            )
            return sent.id

        return await self._attempt(send)

    async def _open_forum_post(self, forum_id: int, post: ChapterPost, text: str) -> int:
        name = forum_post_name(post.release.number, post.edition.title, post.story.title)
        return await self._threads.open_post(forum_id, name, text, tag=post.options.tag, mention=post.mention)

    async def edit(self, channel_id: int, message_id: int, post: ChapterPost) -> Outcome:
        """Show another page on a post, in place of the earlier one and its pictures."""
        with in_language(await self._locale_of_post(post.guild_id, channel_id)):
            message = chapter_post(post, buttons=self.has_buttons)
            text = starter_text(post) if post.shape is MessageForm.STARTER else ""

        async def change() -> int:
            shown = self._client.get_partial_messageable(channel_id).get_partial_message(message_id)
            # Every edit states that nobody is mentioned: otherwise Discord parses the text for mentions again.
            if post.shape is MessageForm.STARTER:
                await shown.edit(content=text, allowed_mentions=NO_PINGS)
                return message_id
            await shown.edit(
                view=message.view(), attachments=uploads(message.files), allowed_mentions=NO_PINGS
            )
            return message_id

        return await self._attempt(self._reopening(channel_id, change))

    async def delete(self, channel_id: int, message_id: int) -> Outcome:
        """Delete a post. One that is gone already is no failure."""

        async def remove() -> int:
            await self._client.http.delete_message(channel_id, message_id)
            return message_id

        return await self._attempt(self._reopening(channel_id, remove))

    async def decorate(self, channel_id: int, message_id: int, *, turnable: bool) -> Outcome:
        """Add the reactions that control a post, in order; those already there stay."""

        async def react() -> int:
            for emoji in controls(turnable=turnable):
                await self._client.http.add_reaction(channel_id, message_id, emoji)
            return message_id

        return await self._attempt(self._reopening(channel_id, react))

    async def open_thread(self, channel_id: int, message_id: int, name: str) -> Outcome:
        """Open the thread under a message."""
        return await self._attempt(partial(self._threads.open_under, channel_id, message_id, name))

    async def publish(self, channel_id: int, message_id: int) -> Outcome:
        """Crosspost a post to the channel's followers. One that was crossposted before is no failure."""

        async def crosspost() -> int:
            try:
                await self._client.http.publish_message(channel_id, message_id)
            except discord.HTTPException as error:
                if error.code != _ALREADY_CROSSPOSTED:
                    raise
            return message_id

        return await self._attempt(crosspost)

    async def find(
        self, to: Destination, marker: int, since: datetime, chapter: int | None = None
    ) -> FoundPost | SearchOutcome:
        """Search for the bot's own post with that marker, made at or after `since`."""
        is_wanted = partial(post_markers.is_marked, marker=marker, chapter=chapter)
        return await self._search.find(to, is_wanted, since)

    async def list_chapter_posts(
        self, to: Destination, since: datetime
    ) -> list[PostIdentity] | SearchOutcome:
        """List the bot's own chapter posts made at or after `since`."""
        return await self._search.list_chapter_posts(to, since)

    def watch(self, channel_ids: Iterable[int]) -> None:
        """Keep the newest message's id of these channels and threads."""
        self._client.guild_cache.watch(channel_ids)

    def newest_in(self, channel_id: int) -> int | None:
        """Return the newest message's id of a watched channel; None if no event named one."""
        return self._client.guild_cache.newest_in(channel_id)

    def discord_time(self) -> datetime | None:
        """Return the time by Discord's own clock, or slightly earlier."""
        return self._client.discord_clock.now()
