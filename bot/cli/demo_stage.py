"""The demo's additions to a bot in the sandbox: a subscribed channel, the list of what comes, the page's buttons."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from discord_sandbox import seed
from discord_sandbox.sandbox_state import Action

from bot.cli.command_resources import to_iso
from bot.cli.demo_pace import QUIET, PacedContent, QuietSpellWait
from bot.clock import SystemClock
from bot.domain.authorization import Viewer
from bot.domain.errors import Refusal
from bot.domain.stories.story import Story
from bot.domain.subscriptions.subscription import Start, SubscriptionOptions
from bot.domain.text.terminal_escaping import printable
from bot.services.releases.calendar_overrides import Calendar
from bot.services.subscriptions.subscription_requests import SubscribeRequest

if TYPE_CHECKING:
    from discord_sandbox.server import Sandbox

    from bot.app import App

_SHOWN = 5
_LOOK_EVERY = 1.0
"""Seconds between two looks for somebody who is busy."""

BEGINNING = "The story is about to begin."
_WAITS = "It waits until you have finished."
_HELD = "The story pauses; its author can go on with /author continue."
_ALL_OUT = "Every chapter is out."
_ANEW = "Every chapter is out. Start over to see them come again."
_SURE = "The demo forgets everything that was said and done here, and the story begins anew."

_OPERATOR = Viewer(seed.AUTHOR, "Ada Quill", age_restricted=True, operator=True)


class _NextChapter(NamedTuple):
    """A chapter to come."""

    at: datetime
    chapter: str
    calendar: Calendar


class DemoStage:
    """The demo's additions to one bot and one world. `start_over` is None where the world cannot begin anew."""

    def __init__(
        self, app: App, sandbox: Sandbox, content: PacedContent, start_over: Callable[[], None] | None
    ) -> None:
        self._app = app
        self._sandbox = sandbox
        self._content = content
        self._start_over = start_over
        self._wait = QuietSpellWait()
        self._clock = SystemClock()

    async def set_up(self) -> None:
        """Subscribe a channel to the first story as the sandbox's admin would, and add the page's buttons."""
        serials = self._app.content.serials()
        if not serials:
            return
        self._add_buttons(release=True)
        self._sandbox.state.upcoming = self._list_upcoming
        self._sandbox.state.refresh_pages()
        await self._subscribe(serials[min(serials)].story)

    def leave(self) -> None:
        """Take away what asks the bot, which is about to stop."""
        self._sandbox.state.upcoming = _list_nothing
        self._sandbox.state.upcoming_note = BEGINNING
        self._sandbox.actions.clear()

    async def keep_pace(self) -> None:
        """Move releases that would come while somebody is busy; runs until cancelled."""
        while True:
            await asyncio.sleep(_LOOK_EVERY)
            busy = self._sandbox.state.is_anybody_busy(QUIET)
            if not busy or self._content.step is None:
                continue
            coming, _ = await self._look()
            if not coming:
                continue
            moved = self._wait.move(coming[0].chapter, coming[0].at, self._clock.now(), busy=busy)
            if moved is not None:
                await self._move_releases(moved)

    async def _move_releases(self, start: datetime) -> None:
        self._content.start = start
        await self._app.content_reloaded()

    def _add_buttons(self, *, release: bool) -> None:
        actions = self._sandbox.actions
        actions.clear()
        if release:
            actions["release"] = Action("Release it now", self._release_next)
        if self._start_over is not None:
            actions["start-over"] = Action("Start over", self._begin_anew, confirm=_SURE)

    async def _release_next(self) -> str:
        """Release the next chapter of the first story that has one."""
        answer = "Nothing came out."
        for slug in sorted(self._app.content.serials()):
            try:
                calendar = await self._app.services.calendar_overrides.publish(_OPERATOR, slug)
            except Refusal as refusal:
                answer = str(refusal)
                continue
            if calendar.published is None:
                continue
            if self._content.step is not None:
                # The next one a whole step from now, rather than at the slot after the one that this has emptied.
                await self._move_releases(self._clock.now() + self._content.step)
            self._app.wake()
            return f"“{calendar.published.title}” is out."
        return answer

    async def _begin_anew(self) -> str:
        assert self._start_over is not None
        self._start_over()
        return "The demo starts over. This takes a few seconds."

    async def _look(self) -> tuple[list[_NextChapter], list[Calendar]]:
        """Return the next chapters of all stories by their time, and the stories' calendars."""
        calendars = [
            await self._app.services.calendar_overrides.show(_OPERATOR, slug)
            for slug in self._app.content.serials()
        ]
        coming = [_NextChapter(due.at, due.chapter, each) for each in calendars for due in each.upcoming]
        return sorted(coming, key=lambda each: each.at), calendars

    async def _list_upcoming(self) -> list[dict[str, Any]]:
        coming, calendars = await self._look()
        self._note(coming, held=any(each.hold is not None for each in calendars))
        return [
            {
                "story": each.calendar.story.title,
                "chapter": each.chapter,
                "title": each.calendar.titles.get(each.chapter, each.chapter),
                "at": to_iso(each.at),
            }
            for each in coming[:_SHOWN]
        ]

    def _note(self, coming: list[_NextChapter], *, held: bool) -> None:
        """Say what there is to say about the next chapter, and offer to release one only if there is one."""
        if coming:
            self._wait.move(coming[0].chapter, coming[0].at, self._clock.now(), busy=False)
            note = _WAITS if self._wait.waiting else ""
        elif held:
            note = _HELD
        else:
            note = _ALL_OUT if self._start_over is None else _ANEW
        self._sandbox.state.upcoming_note = note
        releasable = bool(coming) or held
        if releasable != ("release" in self._sandbox.actions):
            self._add_buttons(release=releasable)
            self._sandbox.state.refresh_pages()

    async def _subscribe(self, story: Story) -> None:
        admin = Viewer(seed.ADMIN, "Mara Lind", guild_id=seed.GUILD, manages_guild=True, administrator=True)
        channel = seed.AFTER_DARK if story.rating.age_restricted else seed.CHAPTERS
        try:
            await self._app.services.channel_subscriptions.subscribe(
                admin, story.slug, channel, SubscribeRequest(SubscriptionOptions(), start=Start.LATEST)
            )
        except Refusal as refusal:
            click.echo(printable(str(refusal)), err=True)
        self._app.wake()


async def _list_nothing() -> list[dict[str, Any]]:
    return []
