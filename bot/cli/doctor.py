"""The command `fascicle doctor`: checks token, Discord, guilds, database, clock and content."""

from __future__ import annotations

import asyncio
import dataclasses
import os
import shlex
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.command_resources import config_option, json_option, load_settings_or_fail
from bot.cli.discord_checks import check_discord
from bot.cli.doctor_result import Destinations, DoctorResult
from bot.cli.output import FAULTS_FOUND, UNUSABLE, print_json
from bot.config import MissingToken, Settings, load_token, unknown_variables, world_readable_token_file
from bot.content.content_check import check_content
from bot.content.content_folder import ContentFolder
from bot.domain.stories.story import Story
from bot.domain.subscriptions.subscription import SubscriptionState
from bot.domain.text.terminal_escaping import printable

if TYPE_CHECKING:
    from bot.store.database import Database


@click.command()
@config_option
@json_option
def doctor(config: Path | None, as_json: bool) -> None:
    """Look at everything the bot needs, and say what is wrong and what to do.

    Nothing is changed, and a bot may run meanwhile.
    """
    settings = load_settings_or_fail(config)
    found: list[DoctorResult] = []

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


def _json(finding: DoctorResult) -> dict[str, str | bool]:
    fields = dataclasses.asdict(finding)
    del fields["fatal"]
    return fields


async def _examine(settings: Settings) -> AsyncIterator[DoctorResult]:
    yield await asyncio.to_thread(_content, settings.content.path)
    for stray in unknown_variables(os.environ):
        yield DoctorResult("environment", True, f"{stray}")
    kept, database = await _database(settings.database.url)
    for finding in database:
        yield finding
    waited = {story.slug: story for _, story in kept}
    for finding in await asyncio.to_thread(_away, settings.content.path, waited):
        yield finding
    try:
        token = load_token(os.environ)
    except MissingToken as error:
        yield DoctorResult("token", False, f"{error.fault.problem}.", error.fault.mend, fatal=True)
        return
    exposed = world_readable_token_file(os.environ)
    if exposed is not None:
        mend = f"It is the bot’s password: chmod 600 {exposed}"
        yield DoctorResult("token file", False, f"every user of this machine can read {exposed}.", mend)
    async for finding in check_discord(settings, token, kept):
        yield finding


def _content(folder: Path) -> DoctorResult:
    report = check_content(folder)
    faults = [fault for fault in report.faults if not fault.warning]
    if faults:
        number = len(faults)
        first = " ".join(str(faults[0]).split())
        return DoctorResult(
            "content",
            False,
            f"{number} fault{'s' if number > 1 else ''}, the first: {first}",
            "`fascicle check` lists all.",
        )
    return DoctorResult(
        "content", True, f"no fault in {folder} (stories: {report.stories}, chapters: {report.chapters})."
    )


def _away(folder: Path, waited: Mapping[str, Story]) -> list[DoctorResult]:
    """Find subscribed stories whose files are missing."""
    content_folder = ContentFolder(folder)
    content_folder.load_now()
    ills = content_folder.problems()
    if not waited:
        return []
    if ills.content is not None:
        problem = f"{ills.content.problem}, though {len(waited)} of its stories are subscribed to."
        return [
            DoctorResult("stories", False, problem, "Is a disk not mounted? Nothing is forgotten meanwhile.")
        ]
    mend = "Put its folder back; nothing is forgotten meanwhile."
    gone = [slug for slug, story in sorted(waited.items()) if content_folder.with_description(story) is None]
    return [
        DoctorResult(
            f"story {slug}", False, "channels are subscribed to it, and its chapters are gone.", mend
        )
        for slug in gone
    ] or [DoctorResult("stories", True, "the files of all that channels are subscribed to are there.")]


async def _database(url: str) -> tuple[Destinations, list[DoctorResult]]:
    from bot.store.database import Database
    from bot.store.database_inspection import describe_location, is_held, is_missing, list_readable_by_others
    from bot.store.engine.errors import StoreError

    try:
        where = describe_location(url)
        if is_missing(url):
            return (), [DoctorResult("database", True, f"{where} is not there yet; `fascicle run` makes it.")]
        store = await Database.open(url, read_only=True)
        try:
            kept = await _kept(store)
        finally:
            await store.close()
        holder = "a bot is running on it" if await is_held(url) else "no bot is running on it"
        opened = list_readable_by_others(url)
    except StoreError as error:
        return (), [DoctorResult("database", False, str(error))]
    found = [DoctorResult("database", True, f"{where} can be read and is up to date; {holder}.")]
    return kept, [*found, *_secrecy(opened)]


def _secrecy(opened: list[Path]) -> list[DoctorResult]:
    """Warn if others can read the database, which contains what readers wrote and who they are."""
    if not opened:
        return []
    files = " ".join(shlex.quote(str(each)) for each in opened)
    return [
        DoctorResult(
            "database files",
            False,
            f"others on this machine may read or replace {', '.join(map(str, opened))}.",
            f"Run: chmod go-rwx {files}",
        )
    ]


async def _kept(store: Database) -> Destinations:
    async with store.read() as tx:
        found = [
            (subscription, record.story)
            for record in await tx.stories.list_all()
            for state in (SubscriptionState.ACTIVE, SubscriptionState.PAUSED, SubscriptionState.PARKED)
            for subscription in await tx.subscriptions.list_by_story(record.story.slug, state)
            if subscription.guild_id is not None
        ]
    return tuple(found)
