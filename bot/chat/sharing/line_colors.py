"""Colors of a shared line's picture, taken from the story's cover or from its own color."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

from PIL import Image

Color = tuple[int, int, int]

_LIGHT_COVER = 0.55
"""The mean luminance from which a cover gives a light picture."""


@dataclass(frozen=True, slots=True)
class Palette:
    """The colors of one picture. The contrast of text with its ground is at least 4.5."""

    top: Color
    bottom: Color
    ink: Color
    muted: Color
    accent: Color
    is_light: bool = False


def palette_of(color: int) -> Palette:
    """Return the colors of a picture without a cover."""
    return _palette(((color >> 16) & 255, (color >> 8) & 255, color & 255), is_light=False, depth=1.45)


def palette_of_cover(cover: Image.Image) -> Palette:
    """Return colors that go with a cover: light for a light one, in its strongest hue."""
    small = cover.convert("RGB").resize((48, 48))
    quantized = small.quantize(8)
    table = quantized.getpalette() or []
    counted = [
        (count, (table[3 * index], table[3 * index + 1], table[3 * index + 2]))
        for count, index in quantized.getcolors() or []
        if isinstance(index, int)
    ]
    total = sum(count for count, _ in counted)
    mean = sum(count * luminance(color) for count, color in counted) / max(1, total)
    strongest = max(
        counted, key=lambda each: each[0] * (0.15 + _vividness(each[1])), default=(0, (90, 90, 100))
    )
    return _palette(strongest[1], is_light=mean > _LIGHT_COVER)


def luminance(color: Color) -> float:
    """Return the relative luminance from 0 to 1 (WCAG 2.2)."""
    red, green, blue = (
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (channel / 255 for channel in color)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Return the contrast ratio from 1 to 21 (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def _palette(color: Color, *, is_light: bool, depth: float = 1.0) -> Palette:
    """Return the colors in the hue of one; `depth` lightens a dark ground."""
    hue, _, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in color))
    soft = min(saturation, 0.45)
    if is_light:
        return Palette(
            top=_hls(hue, 0.955, min(soft, 0.35)),
            bottom=_hls(hue, 0.90, min(soft, 0.32)),
            ink=_hls(hue, 0.12, soft * 0.8),
            muted=_hls(hue, 0.27, soft * 0.6),
            accent=_hls(hue, 0.42, min(saturation, 0.6)),
            is_light=True,
        )
    return Palette(
        top=_hls(hue, 0.16 * depth, soft * 0.9),
        bottom=_hls(hue, 0.09 * depth, soft * 0.9),
        ink=_hls(hue, 0.955, min(soft, 0.3)),
        muted=_hls(hue, 0.78, min(soft, 0.22)),
        accent=_hls(hue, 0.64, min(saturation, 0.6)),
    )


def _hls(hue: float, lightness: float, saturation: float) -> Color:
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _vividness(color: Color) -> float:
    _, lightness, saturation = colorsys.rgb_to_hls(*(channel / 255 for channel in color))
    return saturation * (1 - abs(2 * lightness - 1))
