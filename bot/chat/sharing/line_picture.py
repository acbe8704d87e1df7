"""The picture of a shared line: its words set as in a book, above the cover, title, author and chapter."""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw, ImageFilter, ImageOps

from bot.chat.sharing.line_colors import Palette, palette_of, palette_of_cover
from bot.chat.sharing.line_fonts import Face, FontFamily, find_fonts
from bot.chat.sharing.line_layout import SetLine, set_lines
from bot.domain.pages.shareable_paragraphs import EmphasizedText
from bot.domain.pages.text_length import utf16_length

WIDTH = 1200
_MARGIN = 96
_BAR, _BAR_GAP = 8, 40
_TOP, _GAP, _BOTTOM = 92, 76, 76
_LEAST_HEIGHT, _MOST_HEIGHT = 600, 1800
_COVER = (150, 216)
_COVER_GAP = 40
_LEAST_COVER = 40
_LEADING = 1.32
_SIZES = ((50, 92), (110, 78), (200, 66), (300, 56), (10_000, 50))
"""The most units of text for each size of type, in pixels."""

_TITLE_SIZE, _SMALL_SIZE = 44, 34
_WORDS_HEIGHT = 140
"""The height of title, author and chapter."""

_TEXTURE = 0.16
_QUALITY = 92


@dataclass(frozen=True, slots=True)
class LinePicture:
    """The words of a picture, as they are shown."""

    spans: tuple[EmphasizedText, ...]
    title: str
    author: str
    chapter: str
    color: int
    """The story's color, for a picture without a cover."""
    language: str = "en"
    cover: bytes | None = None


def draw(picture: LinePicture) -> bytes | None:
    """Draw a picture as JPEG, 1,200 pixels wide; None where no font has all of its characters.

    It takes some tenths of a second, so call it in a thread.
    """
    picture = _normalized(picture)
    words = "".join(span.text for span in picture.spans)
    fonts = find_fonts(words, picture.language)
    around = find_fonts(f"{picture.title}{picture.author}{picture.chapter}", picture.language)
    if fonts is None or around is None:
        return None
    cover = _open_cover(picture.cover)
    palette = palette_of_cover(cover) if cover is not None else palette_of(picture.color)
    size = next(size for most, size in _SIZES if utf16_length(words) <= most)
    lines = _set(picture.spans, fonts, size)
    leading = round(size * _LEADING)
    foot = _foot_height(cover)
    height = _TOP + leading * len(lines) + _GAP + foot + _BOTTOM
    spare = max(0, _LEAST_HEIGHT - height)
    image = _ground((WIDTH, min(_MOST_HEIGHT, height + spare)), palette, cover)
    pen = ImageDraw.Draw(image)
    top = _TOP + spare // 2
    _draw_words(pen, lines, fonts, (top, size, leading), palette)
    _draw_foot(image, pen, picture, around, cover, palette)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=_QUALITY, subsampling=0, optimize=True)
    return out.getvalue()


def _normalized(picture: LinePicture) -> LinePicture:
    def composed(text: str) -> str:
        return unicodedata.normalize("NFC", text)

    spans = tuple(replace(span, text=composed(span.text)) for span in picture.spans)
    return replace(
        picture,
        spans=spans,
        title=composed(picture.title),
        author=composed(picture.author),
        chapter=composed(picture.chapter),
    )


def _face(span: EmphasizedText) -> Face:
    return Face.ITALIC if span.italic else Face.BOLD if span.bold else Face.REGULAR


def _set(spans: Sequence[EmphasizedText], fonts: FontFamily, size: int) -> list[SetLine]:
    width = WIDTH - 2 * _MARGIN - _BAR - _BAR_GAP
    return set_lines(
        spans, width, lambda span: fonts.at(size, _face(span)).getlength(span.text), indent=size * 1.5
    )


def _draw_words(
    pen: ImageDraw.ImageDraw,
    lines: Sequence[SetLine],
    fonts: FontFamily,
    place: tuple[int, int, int],
    palette: Palette,
) -> None:
    """Draw the lines from `place` on: its top, the size of the type and the height of a line."""
    top, size, leading = place
    left = _MARGIN + _BAR + _BAR_GAP
    for number, line in enumerate(lines):
        x = left + (size * 1.5 if line.continues else 0)
        baseline = top + number * leading + round(leading * 0.74)
        for part in line.parts:
            font = fonts.at(size, _face(part))
            pen.text((x, baseline), part.text, font=font, fill=palette.ink, anchor="ls")
            x += font.getlength(part.text)
    end = top + leading * len(lines)
    pen.rounded_rectangle(
        (_MARGIN, top + leading * 0.12, _MARGIN + _BAR, end - leading * 0.1), _BAR / 2, fill=palette.accent
    )


def _foot_height(cover: Image.Image | None) -> int:
    return _COVER[1] if cover is not None else _WORDS_HEIGHT


def _draw_foot(
    image: Image.Image,
    pen: ImageDraw.ImageDraw,
    picture: LinePicture,
    fonts: FontFamily,
    cover: Image.Image | None,
    palette: Palette,
) -> None:
    """Draw the cover, and beside it title, author and chapter, at the lower end."""
    top = image.height - _BOTTOM - _foot_height(cover)
    left = _MARGIN
    if cover is not None:
        shown = _fit_cover(cover)
        _paste_cover(image, shown, (left, top + _COVER[1] - shown.height))
        left += shown.width + _COVER_GAP
    room = WIDTH - _MARGIN - left
    rows = [(picture.title, _TITLE_SIZE, Face.BOLD, palette.ink)]
    rows += [
        (text, _SMALL_SIZE, face, palette.muted)
        for text, face in ((picture.author, Face.ITALIC), (picture.chapter, Face.REGULAR))
        if text
    ]
    y = float(image.height - _BOTTOM)
    for text, size, face, color in reversed(rows):
        font = fonts.at(size, face)
        shortened = text
        while shortened and font.getlength(shortened + ("…" if shortened != text else "")) > room:
            shortened = shortened[:-1].rstrip()
        shown_text = shortened if shortened == text else f"{shortened}…"
        pen.text((left, y - size * 0.22), shown_text, font=font, fill=color, anchor="ls")
        y -= size * 1.36


def _ground(size: tuple[int, int], palette: Palette, cover: Image.Image | None) -> Image.Image:
    """Return a ground that darkens downwards, with the cover shining through."""
    ramp = Image.linear_gradient("L").resize(size)
    ground = Image.composite(
        Image.new("RGB", size, palette.bottom), Image.new("RGB", size, palette.top), ramp
    )
    if cover is None:
        return ground
    texture = ImageOps.fit(cover.convert("RGB").resize((96, 96)), (size[0] // 8, size[1] // 8))
    texture = texture.filter(ImageFilter.GaussianBlur(14)).resize(size, Image.Resampling.BICUBIC)
    return Image.blend(ground, texture, _TEXTURE)


def _open_cover(data: bytes | None) -> Image.Image | None:
    """Return a small copy of the cover; None where there is none, or it cannot be read."""
    if data is None:
        return None
    try:
        with Image.open(io.BytesIO(data)) as found:
            found.draft("RGB", (600, 600))
            found.thumbnail((600, 600))
            return _flattened(found) if min(_fit_cover(found).size) >= _LEAST_COVER else None
    except Exception:  # a cover of any kind must not cost the picture
        return None


def _flattened(image: Image.Image) -> Image.Image:
    """Return the picture without transparency, which would be black."""
    whole = image.convert("RGBA")
    ground = Image.new("RGBA", whole.size, "white")
    ground.alpha_composite(whole)
    return ground.convert("RGB")


def _fit_cover(cover: Image.Image) -> Image.Image:
    return ImageOps.contain(cover, (_COVER[0] * 2, _COVER[1]))


def _paste_cover(image: Image.Image, cover: Image.Image, place: tuple[int, int]) -> None:
    """Paste the cover with round corners and a soft shadow."""
    mask = Image.new("L", (cover.width * 2, cover.height * 2), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, mask.width - 1, mask.height - 1), 16, fill=255)
    mask = mask.resize(cover.size)
    shadow = Image.new("L", (cover.width + 48, cover.height + 48), 0)
    ImageDraw.Draw(shadow).rounded_rectangle((24, 28, 24 + cover.width, 28 + cover.height), 8, fill=110)
    shadow = shadow.filter(ImageFilter.GaussianBlur(10))
    image.paste((0, 0, 0), (place[0] - 24, place[1] - 24), shadow)
    image.paste(cover, place, mask)
