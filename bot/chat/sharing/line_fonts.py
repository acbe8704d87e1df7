"""Fonts of a shared line's picture: one that comes with the bot, and for Chinese, Japanese and Korean the system's.

EB Garamond has the Latin, Greek and Cyrillic letters. Fonts for Chinese characters take twenty megabytes, so Noto's
are used where the system has them. Of what no font can draw, or only with rules for joining letters that not every
machine has, there is no picture: see `find_fonts`.
"""

from __future__ import annotations

import os
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

from PIL import ImageFont
from uniseg.emoji import emoji_presentation

_SPACES = frozenset("\n\t \xa0\u2002\u2003\u2009\u202f\u3000")
_WIDE_NAMES = (
    "NotoSerifCJK-Regular.ttc",
    "NotoSerifCJK-VF.otf.ttc",
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJK-VF.otf.ttc",
)
_FACES = {"ja": 0, "ko": 1, "zh": 2, "zh-tw": 3, "zh-hant": 3, "zh-hk": 4}
"""Numbers of the languages' faces in Noto's collections, which begin with the Japanese one."""


class Face(Enum):
    """A style of the bot's own font."""

    REGULAR = "EBGaramond-Regular.ttf"
    ITALIC = "EBGaramond-Italic.ttf"
    BOLD = "EBGaramond-SemiBold.ttf"


@dataclass(frozen=True, slots=True)
class FontFamily:
    """The fonts of one picture."""

    wide: tuple[Path, int] | None = None
    """The file and face for a text with Chinese, Japanese or Korean characters, all of which is set in it."""

    def at(self, size: int, face: Face = Face.REGULAR) -> ImageFont.FreeTypeFont:
        """Return a font of that size in pixels."""
        if self.wide is not None:
            return _system_font(*self.wide, size * 4 // 5)
        return _own_font(face, size)


def find_fonts(text: str, language: str) -> FontFamily | None:
    """Return the fonts that draw every character of a text, or None.

    None stands for emoji, for scripts that are written from right to left or whose letters join, and for characters
    without a glyph.
    """
    text = unicodedata.normalize("NFC", text)
    if all(_is_drawn(char, Face.REGULAR) for char in text):
        return FontFamily()
    if any(_is_joined(char) for char in text):
        return None
    wide = _find_wide_font(_FACES.get(language.lower(), _FACES.get(language.lower().partition("-")[0], 2)))
    if wide is None or not all(_is_drawn_by(_system_font(*wide, 40), char) for char in text):
        return None
    return FontFamily(wide)


@lru_cache(maxsize=4096)
def _is_joined(char: str) -> bool:
    if char.isascii():
        return False
    direction = unicodedata.bidirectional(char)
    return (
        direction in ("R", "AL", "AN", "NSM") or unicodedata.combining(char) > 0 or emoji_presentation(char)
    )


@lru_cache(maxsize=4096)
def _is_drawn(char: str, face: Face) -> bool:
    return not _is_joined(char) and _is_drawn_by(_own_font(face, 40), char)


def _is_drawn_by(font: ImageFont.FreeTypeFont, char: str) -> bool:
    """Return whether a font has a glyph: another picture than that of a character that no font has."""
    if char in _SPACES:
        return True
    if not char.isprintable():
        return False
    return bytes(font.getmask(char)) != bytes(font.getmask("\U0010ffff"))


@lru_cache(maxsize=64)
def _own_font(face: Face, size: int) -> ImageFont.FreeTypeFont:
    with as_file(files(__package__) / "fonts" / face.value) as path:
        return ImageFont.truetype(path, size)


@lru_cache(maxsize=32)
def _system_font(path: Path, face: int, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=face)


@lru_cache(maxsize=8)
def _find_wide_font(face: int) -> tuple[Path, int] | None:
    """Find Noto's font for Chinese, Japanese and Korean in the system's folders, once."""
    found = {path.name: path for folder in _font_folders() for path in folder.rglob("Noto*CJK*.ttc")}
    best = next((found[name] for name in _WIDE_NAMES if name in found), None)
    return None if best is None else (best, face)


def _font_folders() -> Iterator[Path]:
    home = Path.home()
    if sys.platform == "win32":
        yield Path(os.environ.get("WINDIR", r"C:\Windows")) / "Fonts"
    elif sys.platform == "darwin":
        yield from (home / "Library/Fonts", Path("/Library/Fonts"))
    else:
        yield from (home / ".local/share/fonts", Path("/usr/local/share/fonts"), Path("/usr/share/fonts"))
