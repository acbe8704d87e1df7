"""Small bar charts as PNG.

They contain bars and numbers only; the words around them are text, which can be translated and read aloud. They are
drawn at twice the size of a phone's display, so that lines are sharp and the smallest number is twelve pixels high.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

_WIDTH, _HEIGHT = 780, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 20, 28, 52
_SIZE = 25

_GROUND = "#1e1f22"
_LINE = "#46484f"
_TEXT = "#e6e7ea"
BLUE, GOLD, GREEN = "#7aa8ff", "#ffc94d", "#62d391"

_MOST_NUMBERED = 8
"""The most bars with a value above each: the numbers of more bars would overlap."""

_WIDEST = 110
_THIN = 5

_ROUND = [step * 10**power for power in range(6) for step in (1, 2, 5)]


@dataclass(frozen=True, slots=True)
class Chart:
    """A bar chart, with its bars from left to right."""

    names: Sequence[str]
    bars: Sequence[float | None]
    """One value for each name; None draws no bar."""
    format_value: Callable[[float], str]
    color: str = BLUE
    marks: Sequence[float] = ()
    """Values of a second kind, on the same scale."""
    top: float | None = None
    """The end of the scale; by default just above the highest value."""
    last_color: str | None = None


def draw(chart: Chart) -> bytes:
    """Draw a chart as PNG. It takes some milliseconds, so call it in a thread."""
    image = Image.new("RGB", (_WIDTH, _HEIGHT), _GROUND)
    pen = ImageDraw.Draw(image)
    font = ImageFont.load_default(_SIZE)
    steps = _steps(chart)
    top = steps[-1]

    def height(value: float) -> float:
        return _HEIGHT - _BOTTOM - (value / top) * (_HEIGHT - _BOTTOM - _TOP)

    for step in steps:
        y = height(step)
        pen.line((_LEFT, y, _WIDTH - _RIGHT, y), fill=_LINE, width=2)
        pen.text((_LEFT - 12, y), _plain(chart.format_value(step)), fill=_TEXT, font=font, anchor="rm")
    _bars(pen, chart, height, font)
    _names(pen, chart.names, font)
    out = io.BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()


def _bars(
    pen: ImageDraw.ImageDraw,
    chart: Chart,
    height: Callable[[float], float],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    room = _room(len(chart.names))
    half = max(0.5, min(room * 0.36, _WIDEST / 2))
    ground = height(0)
    numbered = len(chart.bars) <= _MOST_NUMBERED
    for index, value in enumerate(chart.bars):
        x = _middle(index, room)
        if value is not None:
            last = index == len(chart.bars) - 1
            color = chart.last_color if last and chart.last_color else chart.color
            y = height(value)
            pen.rectangle((x - half, min(y, ground - 2), x + half, ground), fill=color)
            if numbered:
                pen.text((x, y - 4), _plain(chart.format_value(value)), fill=_TEXT, font=font, anchor="mb")
        if index < len(chart.marks) and chart.marks[index]:
            _mark(pen, x, half, min(height(chart.marks[index]), ground - 3), ground)


def _mark(pen: ImageDraw.ImageDraw, x: float, half: float, y: float, ground: float) -> None:
    """Draw a value of the second kind: a line across its bar, or a bar of its own across a very thin one."""
    if half < _THIN:
        pen.rectangle((x - half, y, x + half, ground), fill=GOLD)
        return
    pen.rectangle((x - half - 1, y - 5, x + half + 1, y + 5), fill=_GROUND)
    pen.rectangle((x - half, y - 3, x + half, y + 3), fill=GOLD)


def _names(
    pen: ImageDraw.ImageDraw,
    names: Sequence[str],
    font: ImageFont.FreeTypeFont | ImageFont.ImageFont,
) -> None:
    """Draw the first name, the last, and as many of the others as fit at even distances."""
    if not names:
        return
    room, gap, taken = _room(len(names)), 18.0, list[tuple[float, float]]()
    widest = max((font.getlength(_plain(name)) for name in names), default=0) + gap
    step = next(each for each in _ROUND if each * room >= widest)
    for index in (0, len(names) - 1, *range(step - 1, len(names), step)):
        width = font.getlength(_plain(names[index])) + gap
        x = min(_middle(index, room), _WIDTH - (width - gap) / 2 - 4)
        if all(x + width / 2 <= left or x - width / 2 >= right for left, right in taken):
            taken.append((x - width / 2, x + width / 2))
            pen.text((x, _HEIGHT - _BOTTOM + 12), _plain(names[index]), fill=_TEXT, font=font, anchor="mt")


def _steps(chart: Chart) -> list[float]:
    """Return three to six round values from 0 to above the highest."""
    highest = max((value for value in (*chart.bars, *chart.marks) if value is not None), default=0)
    if chart.top is not None:
        return [chart.top * quarter / 4 for quarter in range(5)]
    whole = max(1, highest)
    size = 1
    while True:
        for step in (size, 2 * size, 5 * size):
            if step * 5 >= whole:
                # Room for the number above the highest bar.
                count = int(-(-whole * 1.08 // step))
                return [step * each for each in range(max(2, count) + 1)]
        size *= 10


def _room(count: int) -> float:
    return (_WIDTH - _LEFT - _RIGHT) / max(1, count)


def _middle(index: int, room: float) -> float:
    return _LEFT + (index + 0.5) * room


def _plain(text: str) -> str:
    """Replace the narrow spaces of number formats, for which the font has no glyph."""
    return text.replace("\u202f", " ").replace("\xa0", " ")
