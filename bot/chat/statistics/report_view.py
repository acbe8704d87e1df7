"""A story's statistics for its authors: three charts with descriptions, and a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from discord import ui

from bot.chat.i18n.gettext import compact
from bot.chat.interactions import custom_ids
from bot.chat.interactions.list_pages import page_buttons, paginate
from bot.chat.interactions.outgoing_message import Attachment, Item, Message, button, container, row
from bot.chat.pages.page_frame_view import story_color
from bot.chat.statistics import report_texts
from bot.chat.statistics.chart import GREEN, Chart, draw
from bot.chat.stories import morning_card_texts
from bot.chat.text.user_text import literal_line
from bot.services.statistics.reports import ChapterStats, StoryStats

_TITLE = 180
_ROWS = 25
"""Chapters in one table: nothing to scroll for long on a phone, where a line has room for some forty letters."""


_NONE = "–"


_WIDTHS = (4, 6, 5, 4, 4, 4)


@dataclass(frozen=True, slots=True)
class _Figure:
    """A chart with its heading."""

    title: str
    file: Attachment


def report_message(story: StoryStats, page: int | None = None) -> Message:
    """Render the charts and one page of the table, by default that of the newest chapters.

    Drawing takes a tenth of a second, so call it in a thread.
    """
    count = -(-len(story.chapters) // _ROWS)
    shown, number, count = paginate(story.chapters, count - 1 if page is None else page, _ROWS)
    drawn = list(_figures(story))
    parts: list[Item] = [ui.TextDisplay(report_texts.title(literal_line(story.story.title, _TITLE)))]
    for each in drawn:
        parts += [ui.TextDisplay(each.title), _gallery(each.file)]
    if not drawn:
        parts.append(ui.TextDisplay(report_texts.empty()))
    parts.append(ui.TextDisplay(f"{_table(shown)}\n{report_texts.legend()}\n{report_texts.explanation()}"))
    parts += page_buttons(number, count, lambda to: custom_ids.stats(story.story.slug, to))
    if story.has_morning_card:
        parts.append(row(button(morning_card_texts.off_button(), custom_ids.card("off"))))
    else:
        parts.append(row(button(morning_card_texts.on_button(), custom_ids.card("on"), emoji="☀️")))
    return Message((container(parts, color=story_color(story.story)),), tuple(each.file for each in drawn))


def _figures(story: StoryStats) -> Iterator[_Figure]:
    """Yield the charts for which there is data."""
    chapters = story.chapters
    names = [str(chapter.number) for chapter in chapters]
    if story.has_readers:
        reads = [chapter.counters.reads for chapter in chapters]
        votes = [chapter.counters.votes for chapter in chapters]
        first, last = ((each.number, each.counters.reads) for each in (chapters[0], chapters[-1]))
        chart = Chart(names, reads, lambda value: compact(int(value)), marks=votes)
        yield _figure(
            report_texts.readers_title(), "readers", chart, report_texts.readers_description(first, last)
        )
    stayed = [chapter.retention for chapter in chapters]
    known = [share for share in stayed if share is not None]
    if known:
        description = report_texts.retention_description(median(known))
        if (loss := story.largest_loss) is not None:
            description += f" {report_texts.loss_description(loss.number, loss.retention or 0)}"
        yield _figure(
            report_texts.retention_title(),
            "stayed",
            Chart(names, stayed, report_texts.percent, top=1),
            description,
        )
    stops = story.drop_off
    if stops.people:
        bars = [*stops.tenths, stops.finished]
        worst = max(range(len(stops.tenths)), key=stops.tenths.__getitem__) if any(stops.tenths) else None
        chart = Chart(
            [str(tenth * 10) for tenth in range(len(bars))],
            bars,
            lambda value: compact(int(value)),
            last_color=GREEN,
        )
        description = report_texts.stops_description(stops.finished / stops.people, worst)
        yield _figure(report_texts.stops_title(), "stops", chart, description)


def _figure(title: str, name: str, chart: Chart, description: str) -> _Figure:
    return _Figure(title, Attachment(f"{name}.png", draw(chart), description))


def _gallery(file: Attachment) -> Item:
    gallery: ui.MediaGallery[Any] = ui.MediaGallery()
    gallery.add_item(media=f"attachment://{file.name}", description=file.description)
    return gallery


def _table(chapters: Sequence[ChapterStats]) -> str:
    rows = [report_texts.columns(), *(_row(chapter) for chapter in chapters)]
    lines = (
        " ".join(cell.rjust(width) for cell, width in zip(row, _WIDTHS, strict=True)).rstrip() for row in rows
    )
    return "```\n" + "\n".join(lines) + "\n```"


def _row(chapter: ChapterStats) -> tuple[str, ...]:
    figures, came_to = chapter.counters, chapter.drop_off.median
    return (
        str(chapter.number),
        compact(figures.reads),
        compact(figures.votes),
        compact(figures.comments),
        _NONE if chapter.retention is None else report_texts.percent(chapter.retention),
        _NONE if came_to is None else f"{came_to}%",
    )
