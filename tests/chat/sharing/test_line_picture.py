"""The picture of a shared line, in every script that it can be drawn in, and in those that it cannot."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from bot.chat.sharing import line_fonts
from bot.chat.sharing.line_colors import contrast, palette_of, palette_of_cover
from bot.chat.sharing.line_picture import WIDTH, LinePicture, draw
from bot.domain.pages.shareable_paragraphs import EmphasizedText

TITLE = LinePicture((), "The Lamplighters", "Ada Quill", "Chapter 4 · The Lamp", 0x4F6D7A)


def written(text: str, **more: object) -> LinePicture:
    return replace(TITLE, spans=(EmphasizedText(text),), **more)  # type: ignore[arg-type]


def drawn(picture: LinePicture) -> Image.Image:
    data = draw(picture)
    assert data is not None
    image = Image.open(io.BytesIO(data))
    image.load()
    return image


def cover(color: str, size: tuple[int, int] = (300, 450), form: str = "PNG") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, color).save(out, form)
    return out.getvalue()


@pytest.fixture(autouse=True)
def no_system_fonts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Whatever is installed here, the machine has no fonts."""
    line_fonts._find_wide_font.cache_clear()
    monkeypatch.setattr(line_fonts, "_font_folders", lambda: iter([tmp_path]))


@pytest.mark.parametrize(
    "text",
    [
        "Nobody put it out.",
        "“You came back,” she said — and smiled…",
        "Все счастливые семьи похожи друг на друга.",
        "Ὅσο μπορεῖς, σὰν τὴν Ἰθάκη.",
        "Trăm năm trong cõi người ta.",
        "Zażółć gęślą jaźń; příliš žluťoučký kůň.",
        "Cafe\u0301 de\u0301ja\u0300 vu",  # decomposed
        "½ · 3 × 4 → 12 °C, 5 €",
    ],
)
def test_latin_greek_and_cyrillic_are_drawn(text: str) -> None:
    image = drawn(written(text))
    assert image.format == "JPEG"
    assert image.width == WIDTH
    assert 600 <= image.height <= 700


@pytest.mark.parametrize(
    "text",
    [
        "كان يا ما كان",
        "היה היה פעם",
        "एक समय की बात है",
        "กาลครั้งหนึ่ง",
        "I love it 😀",
        "我輩は猫である。",
        "❤️",
        "a\u0338b",
    ],
)
def test_what_the_font_lacks_is_no_picture_of_boxes(text: str) -> None:
    assert draw(written(text)) is None
    assert draw(written("Fine.", title=text)) is None, "nor in the title"


def test_a_long_line_has_a_higher_picture_and_never_an_endless_one() -> None:
    short, long = drawn(written("Short.")), drawn(written("A sentence of several words. " * 14))
    assert short.height < long.height
    assert drawn(written("Wide " * 6 + "W" * 390)).height <= 1800
    assert drawn(written("\n".join(["A line of a verse"] * 12))).height <= 1800
    named = written("Short.", title="The title " * 30, chapter="A chapter " * 30)
    assert drawn(named).size == short.size


def test_it_has_the_colors_of_its_cover() -> None:
    dark = drawn(written("Short.", cover=cover("#102a43")))
    light = drawn(written("Short.", cover=cover("#f4ead5")))
    assert sum(dark.getpixel((5, 5))) < 200 < 600 < sum(light.getpixel((5, 5)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "data",
    [
        b"no picture",
        cover("red", (1, 1)),
        cover("red", (3000, 2)),
        cover("blue", form="GIF"),
        cover("red", form="WEBP"),
        b"",
    ],
)
def test_no_cover_costs_the_picture(data: bytes) -> None:
    assert drawn(written("Short.", cover=data)).width == WIDTH


@pytest.mark.parametrize(
    "color", [0x8C5E58, 0x5B7553, 0x4F6D7A, 0x8A6D3B, 0x000000, 0xFFFFFF, 0xFF0000, 0x00FF00]
)
def test_everything_can_be_read_on_its_ground(color: int) -> None:
    rgb = (color >> 16 & 255, color >> 8 & 255, color & 255)
    for palette in (palette_of(color), palette_of_cover(Image.new("RGB", (30, 40), rgb))):
        for ground in (palette.top, palette.bottom):
            assert contrast(palette.ink, ground) >= 7
            assert contrast(palette.muted, ground) >= 4.5
