"""The command `fascicle plan`: upcoming releases, and when the buffer runs dry."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from zoneinfo import ZoneInfo

import click
from pydantic_core import PydanticCustomError
from rich.table import Table

from bot.cli.command_resources import (
    config_option,
    content_option,
    find_story,
    json_option,
    load_settings_or_fail,
    read_content,
    read_database,
    to_iso,
)
from bot.cli.held_chapters import MEND, foresee_serials, held_reason
from bot.cli.output import FAULTS_FOUND, plain_text, print_json, report, results_console
from bot.clock import SystemClock
from bot.content.content_folder import ContentFolder
from bot.content.dates import parse_moment, to_instant
from bot.domain.schedule.calendar_state import PlannedRelease
from bot.domain.stories.story import Serial
from bot.domain.text.terminal_escaping import printable
from bot.services.releases.release_outlook import (
    ReleaseOutlook,
    outlook_from_files,
    outlook_from_record,
)
from bot.store.stories.story_records import StoryRecord
from bot.store.transaction import Transaction


class _MomentType(click.ParamType[datetime]):
    name = "ISO"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return parse_moment(value)
        except PydanticCustomError as error:
            context = error.context or {}
            self.fail(f"{context.get('problem')}. {context.get('mend')}", param, ctx)


@click.command()
@click.argument("story", required=False)
@click.option(
    "--from", "start", type=_MomentType(), help="From when on; without offset, in each story's time zone."
)
@click.option("--count", type=click.IntRange(min=1), help="At most so many releases.")
@content_option
@config_option
@json_option
def plan(
    story: str | None,
    start: datetime | None,
    count: int | None,
    content: Path | None,
    config: Path | None,
    as_json: bool,
) -> None:
    """Show the release calendar of one STORY or all.

    With -c it goes on from what the database remembers; without, it is the calendar of the files alone, as if every
    story began at --from.
    """
    settings = load_settings_or_fail(config)
    content_folder = read_content(content or settings.content.path)
    serials, sound = _chosen(content_folder, story)
    now = SystemClock().now().replace(microsecond=0)
    if config is None:
        outlooks = [
            outlook_from_files(serial, to_instant(start, _zone(serial)) if start else now)
            for serial in serials
        ]
    else:
        records = read_database(settings.database.url, _records)
        serials = list(foresee_serials(settings, serials).values())
        outlooks = [_remembered(serial, records.get(serial.story.slug), start, now) for serial in serials]
    releases = sorted(
        ((outlook, due) for outlook in outlooks for due in outlook.coming),
        key=lambda release: (release[1].at, release[0].serial.story.slug),
    )
    _show(list(islice(releases, count)), outlooks, as_json)
    if not sound:
        raise SystemExit(FAULTS_FOUND)


def _chosen(content_folder: ContentFolder, story: str | None) -> tuple[list[Serial], bool]:
    """Return the requested serials and whether all of them are sound; faults are reported."""
    serials = content_folder.serials()
    faults = content_folder.list_faults()
    if story is None:
        report(faults)
        return list(serials.values()), all(fault.warning for fault in faults)
    folder = str(content_folder.root / story)
    own = [fault for fault in faults if fault.file == folder or Path(folder) in Path(fault.file).parents]
    if own:
        report(own)
    if not all(fault.warning for fault in own):
        return [serials[story]] if story in serials else [], False
    slug = find_story(story, {serial.story.slug: serial.story.title for serial in serials.values()})
    return [serials[slug]], True


async def _records(tx: Transaction) -> dict[str, StoryRecord]:
    return {record.story.slug: record for record in await tx.stories.list_all()}


def _zone(serial: Serial) -> ZoneInfo:
    return serial.story.release_rules.zone


def _remembered(
    serial: Serial, record: StoryRecord | None, start: datetime | None, now: datetime
) -> ReleaseOutlook:
    outlook = outlook_from_record(serial, record, now)
    if start is None:
        return outlook
    since = to_instant(start, _zone(serial))
    return replace(outlook, coming=tuple(due for due in outlook.coming if due.at >= since))


def _show(
    releases: list[tuple[ReleaseOutlook, PlannedRelease]], outlooks: list[ReleaseOutlook], as_json: bool
) -> None:
    if as_json:
        print_json(
            [
                {
                    "story": outlook.serial.story.slug,
                    "chapter": due.chapter,
                    "title": outlook.title(due),
                    "at": to_iso(due.at),
                }
                for outlook, due in releases
            ]
        )
        return
    if releases:
        table = Table("When", "Story", "Chapter", box=None, pad_edge=False)
        for outlook, due in releases:
            story = outlook.serial.story
            table.add_row(_local(due.at, outlook), plain_text(story.title), plain_text(outlook.title(due)))
        results_console().print(table)
    for outlook in outlooks:
        click.echo(printable(_dry(outlook)))
        for held in outlook.serial.held:
            click.echo(printable(f"{outlook.serial.story.title}, {held.file}: {held_reason(held)}. {MEND}"))
        for broken in outlook.serial.broken[:1]:
            said = f"{outlook.serial.story.title}, {broken.file}: neither it nor what comes after it can come out."
            click.echo(printable(said))


def _local(at: datetime, outlook: ReleaseOutlook) -> str:
    local = at.astimezone(outlook.serial.story.release_rules.zone)
    clock = "%H:%M:%S" if local.second else "%H:%M"
    return local.strftime(f"%a %d %b %Y {clock} %Z")


def _dry(outlook: ReleaseOutlook) -> str:
    title = outlook.serial.story.title
    if outlook.dry_at is None:
        more = "no more chapters" if outlook.coming else "no chapters"
        return f"{title}: {more} and no release times are planned."
    needed = _local(outlook.dry_at, outlook)
    if not outlook.coming:
        return f"{title}: no chapter is finished for the next release time, {needed}."
    last = outlook.title(outlook.coming[-1])
    return f"{title}: “{last}” is the last finished chapter. The next is needed by {needed}."
