"""Break candidates: places inside a run where a page may end, with their costs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from bot.domain.pages.inline_markup import MarkPosition
from bot.domain.pages.page import PageEnd
from bot.domain.pages.sentences import sentence_ends, word_ends
from bot.domain.pages.text_length import cluster_starts, extends, utf16_length
from bot.domain.pages.text_runs import RunKind, TextRun

MARKS_MOST = 80
"""Inline marks that a page may show; Discord's clients stop rendering near 100."""

_LONE_LINE = 60
_LONG_SHARE = 5
_CANDIDATES_TO_A_PAGE = 48

# What a cut costs, in hundredths of a squared deviation from the pages' common length: 6 is as bad as a page
# that is a quarter too long or too short.
COSTS = {
    PageEnd.END: 0.0,
    PageEnd.SCENE: 0.0,
    PageEnd.PARAGRAPH: 2.5,
    PageEnd.SENTENCE: 7.0,
    PageEnd.WORD: 60.0,
    PageEnd.GRAPHEME: 250.0,
}
_CLAUSE_GAINS = (0.0, 25.0, 35.0)
_BARE_LINE = 4.0
_RESTING_LINE = 1.0
_RESTS = frozenset(";:；：—…")
_FIRST_LINE_ALONE = 15.0
_LAST_LINE_ALONE = 45.0


@dataclass(frozen=True, slots=True)
class BreakCandidate:
    """A place to cut inside a run, with the kind of cut and its cost."""

    spot: MarkPosition
    cut: PageEnd
    cost: float


def find_break_candidates(run: TextRun, limit: int) -> tuple[list[BreakCandidate], int]:
    """Return places to cut inside a long run, in order, and the size of the whole as measured from them.

    Sentences and lines come first; words only where a sentence does not fit a page; graphemes only where a word
    does not; code points only where one grapheme is longer than a page. A short run has no candidates.
    """
    if run.size * _LONG_SHARE <= limit and run.marks * 2 <= MARKS_MOST:
        return [], run.size
    kinds: dict[int, tuple[PageEnd, float]] = {}
    lines = [at for at, char in enumerate(run.content, 1) if char == "\n"]
    cost = COSTS[PageEnd.SENTENCE]
    kinds.update(
        (
            at,
            (
                PageEnd.SENTENCE,
                cost + (_RESTING_LINE if run.content[at - 2 : at - 1] in _RESTS else _BARE_LINE),
            ),
        )
        for at in lines
        if not _inside(run.content, at)
    )
    if run.shape is not RunKind.CODE:
        kinds.update((at, (PageEnd.SENTENCE, cost)) for at in sentence_ends(run.content))
    spots = _spots(run, kinds)
    for finer in (_words, _graphemes, _code_points):
        gaps = [(a, b) for a, b in pairwise(spots) if not _fits(run, a, b, limit)]
        if not gaps:
            break
        for before, after in gaps:
            kinds.update(finer(run, before.at, after.at))
        spots = _spots(run, kinds)
    inner = [_inner(run, spot, *kinds[spot.at]) for spot in spots[1:-1]]
    return inner, utf16_length(run.first) + spots[-1].size + utf16_length(run.tail)


def _inner(run: TextRun, spot: MarkPosition, cut: PageEnd, cost: float) -> BreakCandidate:
    """Make a candidate, dearer if it leaves a single line on a page."""
    if len(run.content) - spot.at < _LONE_LINE:
        cost += _LAST_LINE_ALONE
    if spot.at < _LONE_LINE:
        cost += _FIRST_LINE_ALONE
    return BreakCandidate(spot, cut, cost)


def _spots(run: TextRun, kinds: Iterable[int]) -> list[MarkPosition]:
    """Return the positions at these offsets, between those at the run's very start and end."""
    end = len(run.content)
    wanted = sorted(at for at in kinds if 0 < at < end)
    return [MarkPosition(0, 0, 0, (), ()), *run.inline.spots([*wanted, end], run.rest)]


def _fits(run: TextRun, start: MarkPosition, end: MarkPosition, limit: int) -> bool:
    """Return whether the text between two positions fits a page of its own."""
    size = (
        end.size
        - start.size
        + start.open_size
        + end.close_size
        + utf16_length(run.first)
        + utf16_length(run.tail)
        + 2
    )
    return size <= limit and end.marks - start.marks + len(start.opening) <= MARKS_MOST


def _words(run: TextRun, start: int, end: int) -> Iterator[tuple[int, tuple[PageEnd, float]]]:
    """Yield some of the places between words, and every end of a clause."""
    for at, clause in _sparse(word_ends(run.content, start, end), start, run.limit):
        yield at, (PageEnd.WORD, COSTS[PageEnd.WORD] - _CLAUSE_GAINS[clause])


def _graphemes(run: TextRun, start: int, end: int) -> Iterator[tuple[int, tuple[PageEnd, float]]]:
    """Yield some of the places where a grapheme ends both in the source and in its visible text."""
    for at, _ in _sparse(_cluster_starts(run, start, end), start, run.limit):
        yield at, (PageEnd.GRAPHEME, COSTS[PageEnd.GRAPHEME])


def _sparse(places: Iterable[tuple[int, int]], start: int, limit: int) -> Iterator[tuple[int, int]]:
    """Thin out rising places, each with a mark of distinction.

    Of the ordinary ones, those with 0, only some dozens to a page are kept, with those around any long gap.
    """
    apart = limit // _CANDIDATES_TO_A_PAGE
    before = last = start
    for at, special in places:
        if at - before > apart and before > last:
            last = before
            yield before, 0
        if special or at - last > apart:
            last = at
            yield at, special
        before = at
    if before > last:
        yield before, 0


def _cluster_starts(run: TextRun, start: int, end: int) -> list[tuple[int, int]]:
    """Return every place in `content[start:end]` where a cluster starts both in the source and in the visible text.

    Those beside marks are distinguished, for they may be the only ones outside of links.
    """
    in_source = [start + at for at in cluster_starts(run.content[start:end])]
    pieces = list(run.inline.between(start, end))
    if len(pieces) == 1 and not pieces[0].shown:
        return [(at, 0) for at in in_source]
    known = set(in_source)
    places: list[list[tuple[int, int]]] = []
    shown: list[str] = []
    done = start
    for piece in pieces:
        first, last = max(start, piece.start), min(end, piece.end)
        text = piece.shown or run.content[first:last]
        shown.append(text)
        # Marks stand between two pieces: each place among them is one between what is seen before and behind.
        places.append([(at, int(done < first)) for at in range(done, first + 1) if at in known])
        places += [
            [(at, 0)] if not piece.shown and at in known else [] for at in range(first + 1, first + len(text))
        ]
        done = last
    return [place for seen in cluster_starts("".join(shown)) for place in places[seen]]


def _code_points(run: TextRun, start: int, end: int) -> Iterator[tuple[int, tuple[PageEnd, float]]]:
    """Yield some of the places inside a grapheme that no page can hold."""
    for at, _ in _sparse(((at, 0) for at in range(start + 1, end)), start, run.limit):
        yield at, (PageEnd.GRAPHEME, COSTS[PageEnd.GRAPHEME] * 2)


def _inside(text: str, at: int) -> bool:
    """Return whether the character there belongs to the one before it."""
    return at < len(text) and extends(text[at])
