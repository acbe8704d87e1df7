"""A whole chapter as one row of stops, each with the running totals of what is shown before it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from bot.domain.pages.break_candidates import COSTS, find_break_candidates
from bot.domain.pages.inline_markup import MarkPosition
from bot.domain.pages.page import PageEnd, Role
from bot.domain.pages.text_length import utf16_length
from bot.domain.pages.text_runs import RunKind, TextRun

_AFTER_HEADING = 1000.0
_BEFORE_LETTER = 3.0
_NO_WORD = re.compile(r"\W*+")
_LAST_WORD = re.compile(r"\w\W*+\Z")
_VIEW_OF = re.compile(r"(?:pov|point of view)\s*+[:–—-]\s*+(?P<who>.+)", re.IGNORECASE)
_OWN_VIEW = re.compile(r"['’]s?\s++(?:pov|point of view|perspective)\Z", re.IGNORECASE)
_A_VIEW = re.compile(r"\bpov\Z", re.IGNORECASE)
_BEFORE_VIEW = "([–—:-"
_POINT_OF_VIEW_MOST = 60


@dataclass(frozen=True, slots=True)
class PageStop:
    """A place between two pages: before run `run`, or at `spot` inside it.

    `size`, `marks`, `blocks` and `pictures` count what is shown before it. `opening` and `closing` are the
    units a page adds that begins or ends here, `reopened` the marks and `resumed` the block it begins with
    besides.
    """

    run: int
    spot: MarkPosition | None
    source: int
    cut: PageEnd
    cost: float
    size: int
    marks: int
    blocks: int
    pictures: int
    opening: int = 0
    closing: int = 0
    reopened: int = 0
    resumed: int = 0


@dataclass(slots=True)
class StopSequence:
    """The runs of a chapter and its notes, and every stop between and inside them."""

    limit: int
    pov: str | None
    runs: list[TextRun] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    povs: list[str | None] = field(default_factory=list)
    stops: list[PageStop] = field(default_factory=list)
    _size: int = 0
    _marks: int = 0
    _blocks: int = 0
    _pictures: int = 0

    def add(self, runs: list[TextRun], role: Role, source: int | None) -> None:
        """Take up a text's runs; all of a note stands at one `source` offset, the story's where its runs say."""
        pov = self.pov if role is Role.TEXT else None
        if runs and self.runs:
            runs[0].glue = ""
        for number, run in enumerate(runs):
            apart = number == 0 or run.is_break or runs[number - 1].is_break
            self._boundary(run, role, source, apart)
            pov = self._point_of_view(run, role, pov)
            self._take(run, role, source, pov, apart)

    def finish(self, source: int) -> None:
        """Add the last stop, and the first if there is nothing to show."""
        if not self.stops:
            self._stop(0, None, 0, PageEnd.END, 0.0)
        self._stop(len(self.runs), None, source, PageEnd.END, 0.0)

    def _boundary(self, run: TextRun, role: Role, source: int | None, apart: bool) -> None:
        """The stop before a run; none before a scene break, which belongs to the page it ends."""
        at = run.start if source is None else source
        if not self.runs:
            self._stop(0, None, 0, PageEnd.PARAGRAPH, 0.0)
            return
        before = self.runs[-1]
        if self.roles[-1] is not role:
            at = 0 if source is None else source
            cut, cost = PageEnd.END, COSTS[PageEnd.END]
        elif run.shape is RunKind.SCENE:
            return
        else:
            cut = PageEnd.SCENE if before.shape is RunKind.SCENE else PageEnd.PARAGRAPH
            cost = COSTS[cut]
        if before.shape is RunKind.HEADING or _label(before):
            cost += _AFTER_HEADING
        elif before.last_char == ":":
            cost += _BEFORE_LETTER
        self._stop(
            len(self.runs), None, at, cut, cost, opening=-utf16_length(run.glue), resumed=int(not apart)
        )

    def _take(self, run: TextRun, role: Role, source: int | None, pov: str | None, apart: bool) -> None:
        """Count a run in, with the stops inside it."""
        number = len(self.runs)
        self.runs.append(run)
        self.roles.append(role)
        self.povs.append(pov)
        self._blocks += apart
        if run.is_break:
            self._pictures += run.shape is RunKind.PICTURE
            return
        before, again, tail = (
            utf16_length(run.glue) + utf16_length(run.first),
            utf16_length(run.again),
            utf16_length(run.tail),
        )
        inners, size = find_break_candidates(run, self.limit)
        for inner in inners:
            spot = inner.spot
            self._stop(
                number,
                spot,
                run.source(spot.at) if source is None else source,
                inner.cut,
                inner.cost,
                inside=before + spot.size,
                marks=spot.marks,
                opening=again + spot.open_size + 1,
                closing=tail + spot.close_size,
                reopened=len(spot.opening),
                resumed=1,
            )
        self._size += utf16_length(run.glue) + size
        self._marks += run.marks

    def _stop(
        self,
        run: int,
        spot: MarkPosition | None,
        source: int,
        cut: PageEnd,
        cost: float,
        *,
        inside: int = 0,
        marks: int = 0,
        opening: int = 0,
        closing: int = 0,
        reopened: int = 0,
        resumed: int = 0,
    ) -> None:
        size, count = self._size + inside, self._marks + marks
        totals = (size, count, self._blocks, self._pictures)
        self.stops.append(
            PageStop(run, spot, source, cut, cost, *totals, opening, closing, reopened, resumed)
        )

    def _point_of_view(self, run: TextRun, role: Role, pov: str | None) -> str | None:
        """The point of view from this run on: a label sets it, a plain heading gives it back to the
        chapter's.
        """
        if role is Role.NOTE or run.is_break:
            return pov
        named = _label(run)
        if named:
            return named
        return self.pov if run.shape is RunKind.HEADING else pov

    def starts_section(self, number: int) -> bool:
        """Whether a page that begins with this run begins a section, so that its point of view goes without
        saying.
        """
        run = self.runs[number]
        first = number == 0 or self.roles[number - 1] is not self.roles[number]
        after_break = not first and self.runs[number - 1].shape is RunKind.SCENE
        return first or after_break or run.shape is RunKind.HEADING or bool(_label(run))


def _label(run: TextRun) -> str | None:
    """Whose point of view a run announces: `## Victor's POV`, or a paragraph that is one mark: `**Victor's
    POV**`.
    """
    if run.is_break or run.size > _POINT_OF_VIEW_MOST * 2 or run.shape is RunKind.CODE:
        return None
    pieces = run.inline.pieces
    if run.shape is not RunKind.HEADING and not all(piece.marks for piece in pieces):
        return None
    shown = run.inline.shown.strip()
    return _point_of_view(shown) if len(shown) <= _POINT_OF_VIEW_MOST else None


def _point_of_view(shown: str) -> str | None:
    """Who is named in `POV: Victor`, `Victor's perspective` or `Victor (POV)`, whatever signs stand around it."""
    first, last = _NO_WORD.match(shown), _LAST_WORD.search(shown)
    if last is None or first is None:
        return None
    said = shown[first.end() : last.start() + 1]
    if found := _VIEW_OF.fullmatch(said):
        return found["who"].strip()
    if found := _OWN_VIEW.search(said):
        who = said[: found.start()]
    elif found := _A_VIEW.search(said):
        who = said[: found.start()].rstrip()
        who = who[:-1].rstrip() if who and who[-1] in _BEFORE_VIEW else who
    else:
        return None
    return who.strip() or None if "\n" not in who else None
