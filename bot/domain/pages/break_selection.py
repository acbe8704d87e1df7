"""Choice of page breaks: as few pages as fit, of similar length, ending where a reader would pause."""

from __future__ import annotations

from itertools import accumulate

from bot.domain.pages.break_candidates import MARKS_MOST
from bot.domain.pages.chapter_breakpoints import Breakpoint

BLOCKS_MOST = 16
PICTURES_MOST = 6
"""Components V2 allow 40 components and 10 attachments a message; titles, buttons and the cover need the rest."""

_GRAIN = 24
_DEVIATION = 100.0
_PICTURE_BULK = 400
"""Units of text that a picture counts as when page lengths are balanced."""

_FAR = 1e9


def choose_page_breaks(breakpoints: list[Breakpoint], limit: int) -> list[int]:
    """Return the indices of the breakpoints at which pages begin and end, from the first to the last.

    1. Thin out the breakpoints, so that each page has a few dozen to choose from, whatever the text.
    2. Find the least number of pages by filling each as far as possible; the total divided by it is the target
        length.
    3. Find the sequence of breakpoints with the least cost: for each page the square of its deviation from the target
        length,
       for each end the cost of its kind to the reader.
    """
    kept = _thinned(breakpoints, limit)
    row = [breakpoints[index] for index in kept]
    if len(row) < 3 or _fits(row[0], row[-1], limit):
        return [kept[0], kept[-1]]
    target = max(1.0, (_bulk(row[-1]) - _bulk(row[0])) / (len(_greedy(row, limit)) - 1))
    return [kept[index] for index in _cheapest(row, limit, target)]


def _fits(start: Breakpoint, end: Breakpoint, limit: int) -> bool:
    """Return whether the content between two breakpoints may be one page."""
    return (
        end.size + end.closing - start.size + start.opening <= limit
        and end.marks - start.marks + start.reopened <= MARKS_MOST
        and end.blocks - start.blocks + start.resumed <= BLOCKS_MOST
        and end.pictures - start.pictures <= PICTURES_MOST
    )


def _bulk(point: Breakpoint) -> int:
    return point.size + point.pictures * _PICTURE_BULK


def _thinned(breakpoints: list[Breakpoint], limit: int) -> list[int]:
    """Keep the cheapest breakpoint of each grain, a small part of a page, and the nearest ones around an empty grain.

    So no gap grows by more than a grain, and a wide one stays as it was: content that fitted a page still does.
    """
    grains: dict[int, list[int]] = {}
    for index, point in enumerate(breakpoints):
        weight = (
            point.size / limit
            + point.marks / MARKS_MOST
            + point.blocks / BLOCKS_MOST
            + point.pictures / PICTURES_MOST
        )
        grains.setdefault(int(weight * _GRAIN), []).append(index)
    kept = {0, len(breakpoints) - 1}
    before = -1
    for grain, members in grains.items():
        kept.add(min(members, key=lambda index: breakpoints[index].cost))
        if grain > before + 1:
            kept.update((members[0], members[0] - 1))
        before = grain
    return sorted(kept - {-1})


def _greedy(row: list[Breakpoint], limit: int) -> list[int]:
    """Return the page ends if every page is filled as far as possible."""
    ends = [0]
    last = len(row) - 1
    while ends[-1] < last:
        at = ends[-1] + 1
        while at < last and _fits(row[ends[-1]], row[at + 1], limit):
            at += 1
        ends.append(at)
    return ends


def _cheapest(row: list[Breakpoint], limit: int, target: float) -> list[int]:
    """Return the page ends with the least total cost, by dynamic programming.

    For each breakpoint, all starts of a page that may end there are tried, the nearest first.
    """
    least = [0.0] + [_FAR * len(row)] * (len(row) - 1)
    came_from = [0] * len(row)
    starts = [point.size - point.opening for point in row]
    earliest = list(accumulate(reversed(starts), min))[::-1]
    for at in range(1, len(row)):
        point = row[at]
        filled = point.size + point.closing
        for back in range(at - 1, -1, -1):
            length = filled - starts[back]
            fits = length <= limit and _fits(row[back], point, limit)
            if not fits and back < at - 1:
                if filled - earliest[back] > limit or point.marks - row[back].marks > MARKS_MOST:
                    break
                if (
                    point.blocks - row[back].blocks > BLOCKS_MOST
                    or point.pictures - row[back].pictures > PICTURES_MOST
                ):
                    break
                continue
            off = (length + (point.pictures - row[back].pictures) * _PICTURE_BULK - target) / target
            cost = least[back] + _DEVIATION * off * off + point.cost + (0.0 if fits else _FAR)
            if cost < least[at]:
                least[at], came_from[at] = cost, back
    chosen = [len(row) - 1]
    while chosen[-1]:
        chosen.append(came_from[chosen[-1]])
    return chosen[::-1]
