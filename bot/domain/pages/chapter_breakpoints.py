"""Breakpoints: all possible page ends of a chapter, with running totals of the content before each."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.domain.pages.break_candidates import COSTS, find_break_candidates
from bot.domain.pages.inline_markup import MarkPosition
from bot.domain.pages.page import PageEnd, Role
from bot.domain.pages.point_of_view import announced_point_of_view
from bot.domain.pages.text_length import utf16_length
from bot.domain.pages.text_runs import RunKind, TextRun

_AFTER_HEADING = 1000.0
_BEFORE_LETTER = 3.0


@dataclass(frozen=True, slots=True)
class Breakpoint:
    """A possible page end: before a run, or inside it."""

    run: int
    """Index of the run."""
    spot: MarkPosition | None
    """The place inside the run; None for the place before it."""
    source: int
    cut: PageEnd
    cost: float
    size: int
    """Units of text before the breakpoint, as `marks`, `blocks` and `pictures` count the other totals."""
    marks: int
    blocks: int
    pictures: int
    opening: int = 0
    """Units that a page adds that begins here."""
    closing: int = 0
    """Units that a page adds that ends here."""
    reopened: int = 0
    """Marks that a page beginning here reopens."""
    resumed: int = 0
    """One if a page beginning here begins inside a block."""


@dataclass(slots=True)
class BreakpointSequence:
    """The runs of a chapter and its notes, and every possible page end between and inside them."""

    limit: int
    pov: str | None
    runs: list[TextRun] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    povs: list[str | None] = field(default_factory=list)
    breakpoints: list[Breakpoint] = field(default_factory=list)
    _size: int = 0
    _marks: int = 0
    _blocks: int = 0
    _pictures: int = 0

    def add(self, runs: list[TextRun], role: Role, source: int | None) -> None:
        """Add a text's runs.

        Args:
            runs: The runs in order.
            role: The voice of the text.
            source: The source offset of every run of a note; None for the story, whose runs have their own.
        """
        pov = self.pov if role is Role.TEXT else None
        if runs and self.runs:
            runs[0].glue = ""
        for number, run in enumerate(runs):
            apart = number == 0 or run.is_break or runs[number - 1].is_break
            self._add_boundary(run, role, source, apart)
            pov = self._point_of_view(run, role, pov)
            self._add_run(run, role, source, pov, apart)

    def finish(self, source: int) -> None:
        """Add the last breakpoint, and the first if there is nothing to show."""
        if not self.breakpoints:
            self._add_breakpoint(0, 0, PageEnd.END, 0.0)
        self._add_breakpoint(len(self.runs), source, PageEnd.END, 0.0)

    def _add_boundary(self, run: TextRun, role: Role, source: int | None, apart: bool) -> None:
        """Add the breakpoint before a run; none before a scene break, which belongs to the page that it ends."""
        at = run.start if source is None else source
        if not self.runs:
            self._add_breakpoint(0, 0, PageEnd.PARAGRAPH, 0.0)
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
        if before.shape is RunKind.HEADING or announced_point_of_view(before):
            cost += _AFTER_HEADING
        elif before.last_char == ":":
            cost += _BEFORE_LETTER
        self._add_breakpoint(
            len(self.runs), at, cut, cost, opening=-utf16_length(run.glue), resumed=int(not apart)
        )

    def _add_run(self, run: TextRun, role: Role, source: int | None, pov: str | None, apart: bool) -> None:
        """Add a run to the totals, with the breakpoints inside it."""
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
            self.breakpoints.append(
                Breakpoint(
                    run=number,
                    spot=spot,
                    source=run.source(spot.at) if source is None else source,
                    cut=inner.cut,
                    cost=inner.cost,
                    size=self._size + before + spot.size,
                    marks=self._marks + spot.marks,
                    blocks=self._blocks,
                    pictures=self._pictures,
                    opening=again + spot.open_size + 1,
                    closing=tail + spot.close_size,
                    reopened=len(spot.opening),
                    resumed=1,
                )
            )
        self._size += utf16_length(run.glue) + size
        self._marks += run.marks

    def _add_breakpoint(self, run: int, source: int, cut: PageEnd, cost: float, **added: int) -> None:
        """Add the breakpoint before a run; `added` are the totals that a page beginning there adds."""
        totals = (self._size, self._marks, self._blocks, self._pictures)
        self.breakpoints.append(Breakpoint(run, None, source, cut, cost, *totals, **added))

    def _point_of_view(self, run: TextRun, role: Role, pov: str | None) -> str | None:
        """Return the point of view from this run on; a plain heading restores the chapter's."""
        if role is Role.NOTE or run.is_break:
            return pov
        named = announced_point_of_view(run)
        if named:
            return named
        return self.pov if run.shape is RunKind.HEADING else pov

    def starts_section(self, number: int) -> bool:
        """Return whether a page beginning with this run begins a section, so its point of view is evident."""
        run = self.runs[number]
        first = number == 0 or self.roles[number - 1] is not self.roles[number]
        after_break = not first and self.runs[number - 1].shape is RunKind.SCENE
        return first or after_break or run.shape is RunKind.HEADING or bool(announced_point_of_view(run))
