"""The command `fascicle doctor`: checks token, Discord, guilds, database, clock and content."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import shlex
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.output import FAULTS_FOUND, UNUSABLE, print_json
from bot.cli.resources import config_option, json_option, load_settings_or_fail
from bot.clock import SystemClock
from bot.config import (
    MissingToken,
    Secret,
    Settings,
    load_token,
    unknown_variables,
    world_readable_token_file,
)
from bot.content.content_check import check_content
from bot.content.content_folder import ContentFolder
from bot.domain.stories.story import Story
from bot.domain.subscriptions.subscription import Subscription, SubscriptionState
from bot.domain.text.terminal_escaping import printable

if TYPE_CHECKING:
    from bot.chat.connection_checks import ConnectionChecks
    from bot.store.database import Database

LARGEST_SKEW = timedelta(seconds=5)
"""How far the machine's clock may be off: chapters come out by it, and history is searched by it."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One line: what was looked at, whether it is ok, what was found, and the mend if it is not."""

    subject: str
    ok: bool
    found: str
    mend: str = ""
    fatal: bool = False

    def __str__(self) -> str:
        said = " ".join(f"{self.found} {self.mend}".split())
        return f"{'ok    ' if self.ok else 'NOT OK'}  {self.subject}: {said}"


_Destinations = tuple[tuple[Subscription, Story], ...]
"""Subscriptions in servers, with their stories."""


@click.command()
@config_option
@json_option
def doctor(config: Path | None, as_json: bool) -> None:
    """Look at everything the bot needs, and say what is wrong and what to do.

    Nothing is changed, and a bot may run meanwhile.
    """
    settings = load_settings_or_fail(config)
    found: list[Diagnosis] = []

    async def examine() -> None:
        async for finding in _examine(settings):
            found.append(finding)
            if not as_json:
                click.echo(printable(str(finding)), err=not finding.ok)

    asyncio.run(examine())
    if as_json:
        print_json([_json(finding) for finding in found])
    if any(finding.fatal for finding in found):
        raise SystemExit(UNUSABLE)
    if not all(finding.ok for finding in found):
        raise SystemExit(FAULTS_FOUND)


def _json(finding: Diagnosis) -> dict[str, str | bool]:
    fields = dataclasses.asdict(finding)
    del fields["fatal"]
    return fields


async def _examine(settings: Settings) -> AsyncIterator[Diagnosis]:
    yield await asyncio.to_thread(_content, settings.content.path)
    for stray in unknown_variables(os.environ):
        yield Diagnosis("environment", True, f"{stray}")
    kept, database = await _database(settings.database.url)
    for finding in database:
        yield finding
    waited = {story.slug: story for _, story in kept}
    for finding in await asyncio.to_thread(_away, settings.content.path, waited):
        yield finding
    try:
        token = load_token(os.environ)
    except MissingToken as error:
        yield Diagnosis("token", False, f"{error.fault.problem}.", error.fault.mend, fatal=True)
        return
    exposed = world_readable_token_file(os.environ)
    if exposed is not None:
        mend = f"It is the bot’s password: chmod 600 {exposed}"
        yield Diagnosis("token file", False, f"every user of this machine can read {exposed}.", mend)
    async for finding in _discord(settings, token, kept):
        yield finding


def _content(folder: Path) -> Diagnosis:
    report = check_content(folder)
    faults = [fault for fault in report.faults if not fault.warning]
    if faults:
        number = len(faults)
        first = " ".join(str(faults[0]).split())
        return Diagnosis(
            "content",
            False,
            f"{number} fault{'s' if number > 1 else ''}, the first: {first}",
            "`fascicle check` lists all.",
        )
    return Diagnosis(
        "content", True, f"no fault in {folder} (stories: {report.stories}, chapters: {report.chapters})."
    )


def _away(folder: Path, waited: Mapping[str, Story]) -> list[Diagnosis]:
    """Find subscribed stories whose files are missing."""
    library = ContentFolder(folder)
    library.load_now()
    ills = library.problems()
    if not waited:
        return []
    if ills.content is not None:
        problem = f"{ills.content.problem}, though {len(waited)} of its stories are subscribed to."
        return [
            Diagnosis("stories", False, problem, "Is a disk not mounted? Nothing is forgotten meanwhile.")
        ]
    mend = "Put its folder back; nothing is forgotten meanwhile."
    gone = [slug for slug, story in sorted(waited.items()) if library.with_description(story) is None]
    return [
        Diagnosis(f"story {slug}", False, "channels are subscribed to it, and its chapters are gone.", mend)
        for slug in gone
    ] or [Diagnosis("stories", True, "the files of all that channels are subscribed to are there.")]


async def _database(url: str) -> tuple[_Destinations, list[Diagnosis]]:
    from bot.store.database import Database
    from bot.store.database_inspection import is_held, is_missing, readable_by_others, where_is
    from bot.store.engine.errors import StoreError

    try:
        where = where_is(url)
        if is_missing(url):
            return (), [Diagnosis("database", True, f"{where} is not there yet; `fascicle run` makes it.")]
        store = await Database.open(url, read_only=True)
        try:
            kept = await _kept(store)
        finally:
            await store.close()
        holder = "a bot is running on it" if await is_held(url) else "no bot is running on it"
        opened = readable_by_others(url)
    except StoreError as error:
        return (), [Diagnosis("database", False, str(error))]
    found = [Diagnosis("database", True, f"{where} can be read and is up to date; {holder}.")]
    return kept, [*found, *_secrecy(opened)]


def _secrecy(opened: list[Path]) -> list[Diagnosis]:
    """Warn if others can read the database, which contains what readers wrote and who they are."""
    if not opened:
        return []
    files = " ".join(shlex.quote(str(each)) for each in opened)
    return [
        Diagnosis(
            "database files",
            False,
            f"others on this machine may read or replace {', '.join(map(str, opened))}.",
            f"Run: chmod go-rwx {files}",
        )
    ]


async def _kept(store: Database) -> _Destinations:
    async with store.read() as tx:
        found = [
            (subscription, record.story)
            for record in await tx.stories.list_all()
            for state in (SubscriptionState.ACTIVE, SubscriptionState.PAUSED, SubscriptionState.PARKED)
            for subscription in await tx.subscriptions.list_by_story(record.story.slug, state)
            if subscription.guild_id is not None
        ]
    return tuple(found)


async def _discord(settings: Settings, token: Secret, kept: _Destinations) -> AsyncIterator[Diagnosis]:
    from bot.chat.connection_checks import Unreachable, open_connection_checks
    from bot.chat.gateway.connection_errors import TokenRejected

    where = settings.discord.api_url
    try:
        async with open_connection_checks(where, token.reveal(), SystemClock()) as discord:
            yield Diagnosis("token", True, "Discord accepts it.")
            async for finding in _application(discord):
                yield finding
            async for finding in _servers(discord, kept):
                yield finding
            yield _clock(discord.skew)
    except TokenRejected as error:
        yield Diagnosis("token", False, str(error), fatal=True)
    except Unreachable as error:
        yield Diagnosis(
            "Discord",
            False,
            f"{where} does not answer ({error}).",
            "Check the network and discord.api_url, or wait until https://discordstatus.com is green.",
        )


async def _application(discord: ConnectionChecks) -> AsyncIterator[Diagnosis]:
    application = await discord.application()
    yield Diagnosis("application", True, f"{application.name}, {application.id}.")
    yield Diagnosis("intents", True, "none is needed that Discord would have to grant.")
    if application.endpoint:
        yield Diagnosis(
            "interactions",
            False,
            f"Discord sends commands and buttons to {application.endpoint} instead of to this bot.",
            "Empty “Interactions Endpoint URL” on the application’s General Information page.",
        )
    else:
        yield Diagnosis("interactions", True, "commands and buttons come to this bot.")
    if application.needs_code_grant:
        yield Diagnosis(
            "invitation",
            False,
            "“Requires OAuth2 Code Grant” is on, so the bot cannot be invited.",
            "Turn it off on the application’s Bot page.",
        )
    servers = await discord.servers()
    if servers:
        named = ", ".join(sorted(servers.values())[:5])
        more = f" and {len(servers) - 5} more" if len(servers) > 5 else ""
        yield Diagnosis("servers", True, f"the bot is in {named}{more}.")
    else:
        yield Diagnosis("servers", False, "the bot is in none.", f"Invite it: {application.invite}")


async def _servers(discord: ConnectionChecks, kept: _Destinations) -> AsyncIterator[Diagnosis]:
    """Check every subscribed channel for whether it would take its story now."""
    servers = await discord.servers()
    away: set[int] = set()
    for subscription, story in kept:
        guild = subscription.guild_id
        if guild is None or guild in away:
            continue
        if guild not in servers:
            away.add(guild)
            yield Diagnosis(
                f"server {guild}",
                False,
                "the bot is not in it, though it has subscriptions.",
                "Invite it again; what the server set up is kept for 90 days.",
            )
            continue
        yield await _destination(discord, servers[guild], subscription, story)


async def _destination(
    discord: ConnectionChecks, server: str, subscription: Subscription, story: Story
) -> Diagnosis:
    from bot.services.delivery.eligibility import ineligibility
    from bot.services.delivery.parking import fault_from

    assert subscription.guild_id is not None
    survey = await discord.survey(subscription.channel_id, subscription.options)
    name = f"#{survey.name}" if survey is not None else f"channel {subscription.channel_id}"
    subject = f"{server}, {name}, “{story.title}”"
    found = ineligibility(story, subscription.guild_id, subscription.channel_id, subscription.options, survey)
    if found is not None:
        return Diagnosis(subject, False, fault_from(found, SystemClock().now()).reason)
    state = "" if subscription.state is SubscriptionState.ACTIVE else f" It is {subscription.state.value}."
    return Diagnosis(subject, True, f"nothing is missing.{state}")


def _clock(skew: timedelta | None) -> Diagnosis:
    if skew is None:
        return Diagnosis("clock", True, "Discord’s answers bear no date to compare it with.")
    seconds = skew.total_seconds()
    if abs(skew) > LARGEST_SKEW:
        return Diagnosis(
            "clock",
            False,
            f"this machine’s clock is {abs(seconds):.0f} s {'ahead of' if seconds > 0 else 'behind'} Discord’s.",
            "Have it set by NTP (on most systems: timedatectl set-ntp true).",
        )
    return Diagnosis("clock", True, f"it agrees with Discord’s to {max(1, abs(seconds)):.0f} s.")
