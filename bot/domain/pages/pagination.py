"""Pagination of a chapter."""

from __future__ import annotations

from itertools import pairwise

from bot.domain.pages.break_selection import choose_page_breaks
from bot.domain.pages.chapter_breakpoints import Breakpoint, BreakpointSequence
from bot.domain.pages.markdown_parser import parse_markdown
from bot.domain.pages.page import Page, PageBlock, Picture, Prose, Role, SceneBreak
from bot.domain.pages.text_runs import RunKind, TextRun

PAGE_LENGTH = 3200
"""The most UTF-16 units of text on a page, unless configured otherwise."""

LEAST_LENGTH, MOST_LENGTH = 200, 4000


def paginate(
    text: str,
    *,
    limit: int = PAGE_LENGTH,
    note_before: str | None = None,
    note_after: str | None = None,
    pov: str | None = None,
) -> tuple[Page, ...]:
    """Split a chapter's Markdown into pages; at least one, even of nothing.

    The pages' `[start, end)` tile `text`. A scene break before or after all of the text is not on them. Notes
    share a page with the story where they fit, as blocks of their own role. `bot.domain.pages.markdown_parser`
    documents how Markdown is read.

    Args:
        text: The chapter's Markdown.
        limit: The most UTF-16 units of prose on a page.
        note_before: The author's note before the story.
        note_after: The author's note after the story.
        pov: The chapter's point of view, until a label in the text sets another.

    Raises:
        ValueError: `limit` is not between 200 and 4000, the most that one message may show.
    """
    if not LEAST_LENGTH <= limit <= MOST_LENGTH:
        raise ValueError(f"a page's length must be between {LEAST_LENGTH} and {MOST_LENGTH}, not {limit}")
    flow = BreakpointSequence(limit, pov)
    flow.add(parse_markdown(note_before or "", limit), Role.NOTE, 0)
    flow.add(_without_outer_breaks(parse_markdown(text, limit)), Role.TEXT, None)
    flow.add(parse_markdown(note_after or "", limit), Role.NOTE, len(text))
    flow.finish(len(text))
    ends = [flow.breakpoints[index] for index in choose_page_breaks(flow.breakpoints, limit)]
    return tuple(_page(flow, start, end) for start, end in pairwise(ends))


def _without_outer_breaks(runs: list[TextRun]) -> list[TextRun]:
    """Return the runs without scene breaks before and after all others, which separate nothing."""
    first, end = 0, len(runs)
    while first < end and runs[first].shape is RunKind.SCENE:
        first += 1
    while end > first and runs[end - 1].shape is RunKind.SCENE:
        end -= 1
    return runs[first:end] or runs


def _page(flow: BreakpointSequence, start: Breakpoint, end: Breakpoint) -> Page:
    pov = None
    if start.run < len(flow.runs) and (start.spot or not flow.starts_section(start.run)):
        pov = flow.povs[start.run]
    return Page(_blocks(flow, start, end), start.source, end.source, pov, end.cut)


def _blocks(flow: BreakpointSequence, start: Breakpoint, end: Breakpoint) -> tuple[PageBlock, ...]:
    blocks: list[PageBlock] = []
    prose: list[str] = []
    last = end.run if end.spot else end.run - 1
    role = Role.TEXT
    for number in range(start.run, last + 1):
        run = flow.runs[number]
        if run.is_break or flow.roles[number] is not role:
            _close(blocks, prose, role)
            role = flow.roles[number]
        if run.is_break:
            blocks.append(SceneBreak() if run.shape is RunKind.SCENE else Picture(run.content, run.path))
            continue
        first = start.spot.at if start.spot and number == start.run else 0
        stop = end.spot.at if end.spot and number == end.run else len(run.content)
        if text := _text(run, first, stop):
            prose += (run.glue if prose else "", text)
    _close(blocks, prose, role)
    return tuple(blocks)


def _text(run: TextRun, first: int, stop: int) -> str:
    return run.text if not first and stop == len(run.content) else run.write(first, stop)


def _close(blocks: list[PageBlock], prose: list[str], role: Role) -> None:
    """End a block of prose."""
    if prose:
        blocks.append(Prose("".join(prose), role))
        prose.clear()
