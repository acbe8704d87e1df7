"""Discord as the services use it: one class that implements every messenger port.

What Discord answers is sorted in `outcomes`; nothing here depends on what discord.py has cached.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial
from typing import TypeVar

import discord

from bot.chat.delivery.announcement_view import starter_text
from bot.chat.delivery.chapter_post_view import chapter_post
from bot.chat.gateway.guild_membership import GuildMembership
from bot.chat.i18n import discord_error_texts
from bot.chat.i18n.gettext import speaking
from bot.chat.interactions.responses import NO_PINGS, files
from bot.chat.notifications.notice_view import guild_notice_message, notice_message
from bot.chat.rest.channel_survey import ChannelSurvey
from bot.chat.rest.dm_channels import DmChannels
from bot.chat.rest.notice_channel import noticeboard
from bot.chat.rest.outcomes import ARCHIVED, CANNOT_REACH, NO_WORD, outcome_of
from bot.chat.rest.post_counts import ReactionCounts
from bot.chat.rest.post_search import PostSearch
from bot.chat.rest.threads import Threads
from bot.chat.suggestions.board_view import panel_message
from bot.chat.suggestions.panel_messages import PanelMessages
from bot.chat.suggestions.poll_view import poll_message
from bot.chat.text import post_markers
from bot.chat.text.reaction_emoji import controls
from bot.clock import Clock
from bot.domain.authorization import Viewer
from bot.domain.delivery.outcomes import Delayed, Outcome, Refused, Sent
from bot.domain.delivery.post_identity import PostIdentity
from bot.domain.errors import Refusal
from bot.domain.subscriptions.release_styles import MessageForm
from bot.domain.subscriptions.subscription import DeliveryFault, MentionReach, SubscriptionOptions
from bot.domain.suggestions.panel_views import PanelPost, PollPost, PollResult
from bot.services.delivery.post_messenger import ChapterPost, Destination, FoundPost, SearchOutcome
from bot.services.guilds.channel_survey import ChannelState, HeldPermissions
from bot.services.notifications.notice_messenger import Notice
from bot.services.people.languages import Languages
from bot.services.statistics.post_counts import PostCounts

T = TypeVar("T")

_PUBLISHED = 40033


class DiscordBusy(Refusal):
    __doc__ = discord_error_texts.DISCORD_BUSY


class DiscordMessenger:
    """Posts, edits, looks and asks, each by one REST call or a few."""

    def __init__(
        self, client: GuildMembership, clock: Clock, *, people: Languages, buttons: bool = True
    ) -> None:
        self._client = client
        self._people = people
        self._clock = clock
        self._buttons = buttons
        self._surveyor = ChannelSurvey(client, clock)
        self._threads = Threads(client)
        self._onlooker = ReactionCounts(client)
        self._search = PostSearch(client, self._surveyor)
        self._billboard = PanelMessages(client)
        self._direct = DmChannels(client)

    async def post(self, to: Destination, post: ChapterPost, nonce: str) -> Outcome:
        """Post once; see `bot.services.delivery.post_messenger.PostMessenger`."""
        locale = await self._locale(to.guild_id, to.user_id)
        if post.shape is MessageForm.STARTER:
            with speaking(locale):
                text = starter_text(post)
            return await self._try(partial(self._open_post, to.channel_id, post, text))
        with speaking(locale):
            message = chapter_post(post, buttons=self._buttons)
        pings = NO_PINGS
        if post.mention is not None:
            pings = discord.AllowedMentions(
                everyone=False, users=False, roles=[discord.Object(post.mention)], replied_user=False
            )

        async def send() -> int:
            channel = self._client.get_partial_messageable(to.channel_id, guild_id=to.guild_id)
            sent = await channel.send(
                view=message.view(), files=files(message.files), nonce=nonce, allowed_mentions=pings
            )
            return sent.id

        return await self._try(send)

    async def edit(self, channel_id: int, message_id: int, post: ChapterPost) -> Outcome:
        """Show another page on a post; the pictures of the page before go with it."""
        with speaking(await self._locale_there(post.guild_id, channel_id)):
            message = chapter_post(post, buttons=self._buttons)
            text = starter_text(post) if post.shape is MessageForm.STARTER else ""

        async def change() -> int:
            shown = self._client.get_partial_messageable(channel_id).get_partial_message(message_id)
            if post.shape is MessageForm.STARTER:
                await shown.edit(content=text, allowed_mentions=NO_PINGS)
                return message_id
            # Mentions are named on every edit: without a word Discord reads the text for them again.
            await shown.edit(view=message.view(), attachments=files(message.files), allowed_mentions=NO_PINGS)
            return message_id

        return await self._try(self._reopening(channel_id, change))

    async def _open_post(self, forum_id: int, post: ChapterPost, text: str) -> int:
        return await self._threads.open_post(
            forum_id, post.edition.title, text, tag=post.options.tag, mention=post.mention
        )

    async def open_thread(self, channel_id: int, message_id: int, name: str) -> Outcome:
        """Open the thread under a message."""
        return await self._try(partial(self._threads.open_under, channel_id, message_id, name))

    async def publish(self, channel_id: int, message_id: int) -> Outcome:
        """Hand a post on to the followers; one that was handed on before is as good."""

        async def crosspost() -> int:
            try:
                await self._client.http.publish_message(channel_id, message_id)
            except discord.HTTPException as error:
                if error.code != _PUBLISHED:
                    raise
            return message_id

        return await self._try(crosspost)

    async def direct(self, user_id: int) -> int | Outcome:
        """The channel for direct messages to somebody."""
        if not self._client.usable:
            return Delayed(CANNOT_REACH)
        try:
            return await self._direct.to(user_id)
        except Exception as error:
            return outcome_of(error, self._clock.now())

    async def reader(self, channel_id: int) -> int | None:
        """Whose channel for direct messages that is."""
        return await self._direct.reader(channel_id)

    async def is_member(self, guild_id: int, user_id: int) -> bool | Outcome:
        """Whether somebody is in a server that the bot is in."""
        if not self._client.usable:
            return Delayed(CANNOT_REACH)
        if guild_id not in self._client.guild_cache:
            return False
        try:
            await self._client.http.get_member(guild_id, user_id)
        except discord.NotFound:
            return False
        except Exception as error:
            return outcome_of(error, self._clock.now())
        return True

    async def delete(self, channel_id: int, message_id: int) -> Outcome:
        """Delete a post; one that is gone already is as good."""

        async def remove() -> int:
            await self._client.http.delete_message(channel_id, message_id)
            return message_id

        return await self._try(self._reopening(channel_id, remove))

    async def decorate(self, channel_id: int, message_id: int, *, turnable: bool) -> Outcome:
        """Add the controls in order; those that are there already stay."""

        async def react() -> int:
            for emoji in controls(turnable=turnable):
                await self._client.http.add_reaction(channel_id, message_id, emoji)
            return message_id

        return await self._try(self._reopening(channel_id, react))

    async def notify(self, notice: Notice) -> Outcome:
        """Send a direct message."""

        async def send() -> int:
            channel = self._client.get_partial_messageable(await self._direct.to(notice.user_id))
            with speaking(await self._locale(None, notice.user_id)):
                message = notice_message(notice)
            sent = await channel.send(view=message.view(), nonce=notice.nonce, allowed_mentions=NO_PINGS)
            return sent.id

        return await self._try(send)

    async def find(
        self, to: Destination, marker: int, since: datetime, chapter: int | None = None
    ) -> FoundPost | SearchOutcome:
        """Look for the bot's own post from `since` on."""
        return await self._search.find(to, partial(post_markers.bears, marker=marker, chapter=chapter), since)

    async def traces(self, to: Destination, since: datetime) -> list[PostIdentity] | SearchOutcome:
        """The bot's own chapters there from `since` on."""
        return await self._search.traces(to, since)

    def watch(self, channel_ids: Iterable[int]) -> None:
        """Keep the newest message's id of these channels and threads."""
        self._client.guild_cache.watch(channel_ids)

    def newest_in(self, channel_id: int) -> int | None:
        """The newest message's id there, by the last that Discord told."""
        return self._client.guild_cache.newest_in(channel_id)

    def discord_time(self) -> datetime | None:
        """The time by Discord's own clock, or a little earlier."""
        return self._client.discord_time.now()

    async def survey(self, channel_id: int, options: SubscriptionOptions) -> ChannelState | None:
        """How things stand in a channel now.

        Raises:
            DiscordBusy: Discord did not answer; somebody is waiting for this, so it is said in words for them.
        """
        if not self._client.usable:
            raise DiscordBusy
        try:
            return await self._surveyor.survey(channel_id, options)
        except NO_WORD as error:
            raise DiscordBusy from error

    async def survey_room(self, channel_id: int, *, poll: bool) -> ChannelState | None:
        """The same for a message that shows ideas, or a poll about them.

        Raises:
            DiscordBusy: Discord did not answer.
        """
        if not self._client.usable:
            raise DiscordBusy
        try:
            return await self._surveyor.survey_room(channel_id, poll=poll)
        except NO_WORD as error:
            raise DiscordBusy from error

    async def rights(self, channel_id: int, viewer: Viewer) -> HeldPermissions | None:
        """What that person may do in a channel now.

        Raises:
            DiscordBusy: Discord did not answer.
        """
        if not self._client.usable:
            raise DiscordBusy
        try:
            return await self._surveyor.rights(channel_id, viewer)
        except NO_WORD as error:
            raise DiscordBusy from error

    async def hearing(self, guild_id: int, channel_id: int, role_id: int) -> MentionReach | None:
        """How a mention of that role by the bot fares there."""
        fares = await self._ask(partial(self._surveyor.hearing, guild_id, channel_id, role_id))
        return fares if isinstance(fares, MentionReach) else None

    async def time_out(self, guild_id: int) -> datetime | None:
        """When the bot's last time-out in that server ends."""
        ends = await self._ask(partial(self._surveyor.time_out, guild_id))
        return ends if isinstance(ends, datetime) else None

    async def post_panel(self, to: Destination, panel: PanelPost, nonce: str) -> Outcome:
        """Post a board or a review once."""
        with speaking(await self._locale(to.guild_id)):
            message = panel_message(panel)
        return await self._try(partial(self._billboard.put_up, to.channel_id, message, nonce))

    async def edit_panel(self, channel_id: int, message_id: int, panel: PanelPost) -> Outcome:
        """Bring one up to date."""
        with speaking(await self._locale(panel.guild_id)):
            message = panel_message(panel)
        change = partial(self._billboard.repaint, channel_id, message_id, message)
        return await self._try(self._reopening(channel_id, change))

    async def post_poll(self, to: Destination, poll: PollPost, nonce: str) -> Outcome:
        """Open a native poll once."""
        with speaking(await self._locale(to.guild_id)):
            made = poll_message(poll)
        return await self._try(partial(self._billboard.ask, to.channel_id, made, nonce))

    async def read_poll(self, channel_id: int, message_id: int) -> PollResult | Outcome:
        """How a poll stands."""
        if not self._client.usable:
            return Delayed(CANNOT_REACH)
        try:
            return await self._billboard.result(channel_id, message_id)
        except Exception as error:
            return outcome_of(error, self._clock.now())

    async def end_poll(self, channel_id: int, message_id: int) -> Outcome:
        """End a poll of the bot's now."""
        return await self._try(partial(self._billboard.close, channel_id, message_id))

    async def age_restricted(self, channel_id: int) -> bool | Outcome:
        """Whether Discord marks the channel as age-restricted now."""
        if not self._client.usable:
            return Delayed(CANNOT_REACH)
        try:
            return await self._surveyor.age_restricted(channel_id)
        except Exception as error:
            return outcome_of(error, self._clock.now())

    async def glance(self, channel_id: int, message_id: int) -> PostCounts | Outcome:
        """What Discord says of a post."""
        return await self._ask(partial(self._onlooker.glance, channel_id, message_id))

    async def stars(
        self, channel_id: int, message_id: int, *, burst: bool, after: int
    ) -> tuple[set[int], int | None] | Outcome:
        """People whose star stands under a post, a hundred at most."""
        return await self._ask(
            partial(self._onlooker.stars, channel_id, message_id, burst=burst, after=after)
        )

    async def comments(self, thread_id: int) -> int | Outcome:
        """How many messages a thread has."""
        return await self._ask(partial(self._onlooker.comments, thread_id))

    def has_outage(self, guild_id: int) -> bool:
        """Whether Discord has told of an outage there."""
        return self._client.has_outage(guild_id)

    async def notify_server(self, guild_id: int, notice: Notice) -> Outcome:
        """Put news where a message can reach a server's admins: one message, in no way loud."""

        async def send() -> int | None:
            board = await noticeboard(self._client, guild_id, self._clock)
            if board is None:
                return None
            with speaking(await self._locale(guild_id)):
                message = guild_notice_message(notice)
            channel = self._client.get_partial_messageable(board, guild_id=guild_id)
            sent = await channel.send(view=message.view(), nonce=notice.nonce, allowed_mentions=NO_PINGS)
            return sent.id

        outcome = await self._try(send)
        if outcome == Sent(None):
            return Refused(DeliveryFault("no-channel", discord_error_texts.NO_CHANNEL, self._clock.now()))
        return outcome

    async def _locale(self, guild_id: int | None, user_id: int | None = None) -> str | None:
        """The language of a post: the server's, or in a DM that of its reader."""
        if guild_id is not None:
            return self._client.locale_of(guild_id)
        return None if user_id is None else await self._people.locale(user_id)

    async def _locale_there(self, guild_id: int | None, channel_id: int) -> str | None:
        """The same for a post that stands."""
        reader = await self._direct.reader(channel_id) if guild_id is None else None
        return await self._locale(guild_id, reader)

    def _reopening(self, channel_id: int, call: Callable[[], Awaitable[int]]) -> Callable[[], Awaitable[int]]:
        """The call, made again after opening the thread where it is archived (docs: topics/threads)."""

        async def made() -> int:
            try:
                return await call()
            except discord.HTTPException as error:
                if error.code != ARCHIVED:
                    raise
                await self._client.http.edit_channel(channel_id, archived=False)
                return await call()

        return made

    async def _ask(self, call: Callable[[], Awaitable[T]]) -> T | Outcome:
        """What was asked for, or the outcome of asking."""
        if not self._client.usable:
            return Delayed(CANNOT_REACH)
        try:
            return await call()
        except Exception as error:
            return outcome_of(error, self._clock.now())

    async def _try(self, call: Callable[[], Awaitable[int | None]]) -> Outcome:
        if not self._client.usable:
            return Delayed(CANNOT_REACH)
        try:
            return Sent(await call())
        except Exception as error:
            return outcome_of(error, self._clock.now())
