"""Components of a page's own blocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.chat.interactions.outgoing_message import Attachment, Item
from bot.chat.pages import page_texts
from bot.chat.text.user_text import clip, literal_line, one_line, utf16_length
from bot.domain.pages import Page, Picture, Prose, Role, SceneBreak, escape
from bot.domain.releases.release import PictureFile
from bot.domain.stories.scene_break_style import ASTERISM, BLANK, RULE, scene_break_text

MOST_PARTS = 18
"""Components that a page's body may have, so that its frame and the controls fit into the message."""

_MOST_FILES = 10
_ALT_LIMIT = 1024
_MISSING_ALT = 100

ENDINGS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp"}


@dataclass(frozen=True, slots=True)
class _Text:
    text: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """A separator: of scenes, around an author's note, or both where they meet."""

    scene: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class _Blank:
    """A blank space between scenes."""


@dataclass(frozen=True, slots=True)
class _Shown:
    file: Attachment


_Part = _Text | _Rule | _Blank | _Shown


@dataclass(frozen=True, slots=True)
class PageBody:
    """The components and files of a page's blocks, and the units of text in them."""

    parts: tuple[Item, ...]
    files: tuple[Attachment, ...]
    length: int


def page_body(page: Page, pictures: Sequence[PictureFile], room: int, scene_break: str = RULE) -> PageBody:
    """Render a page's blocks in order: adjacent prose becomes one text, scene breaks are shown in the story's style.

    A page of more parts than a message may have keeps every word and loses ornament: separators become a line of text,
    and if even that exceeds `room` units, only line breaks remain.

    Args:
        page: The page.
        pictures: The files of its pictures.
        room: Units of text that its blocks may have.
        scene_break: The story's style of scene breaks, see `bot.domain.stories.scene_break_style`.
    """
    raw = list(_join_adjacent(_parts(page, pictures), "\n\n"))
    sign = _sign(scene_break)
    made = list(_in_style(raw, scene_break, sign))
    if not _fits(made, room):
        # A rule costs no text.
        made = list(_in_style(raw, RULE, ASTERISM))
    for between in (sign, ASTERISM, None):
        if _fits(made, room):
            break
        made = _joined(raw, between)
    return PageBody(
        parts=tuple(_item(part) for part in made),
        files=tuple(part.file for part in made if isinstance(part, _Shown)),
        length=_length(made),
    )


def _parts(page: Page, pictures: Sequence[PictureFile]) -> Iterator[_Part]:
    kept = {picture.path: picture for picture in pictures}
    role = Role.TEXT
    for index, block in enumerate(page.blocks):
        match block:
            case Prose(text, whose):
                if whose is not role:
                    yield _Rule(note=True)
                if whose is Role.NOTE and role is not Role.NOTE:
                    yield _Text(f"-# {page_texts.authors_note()}\n{text}")
                else:
                    yield _Text(text)
                role = whose
            case SceneBreak():
                yield _Rule(scene=True)
            case Picture(alt, path):
                yield _picture(alt, kept.get(path), index)


def _picture(alt: str, file: PictureFile | None, index: int) -> _Part:
    if file is None:
        return _Text(page_texts.picture(literal_line(alt, _MISSING_ALT) if alt else ""))
    name = f"picture-{index + 1}.{ENDINGS.get(file.media_type, 'png')}"
    return _Shown(Attachment(name, file.data, one_line(alt, _ALT_LIMIT) if alt else ""))


def _join_adjacent(parts: Iterable[_Part], between: str) -> Iterator[_Part]:
    """Join adjacent texts and adjacent separators, and drop separators at the beginning."""
    held: _Part | None = None
    for part in parts:
        if isinstance(held, _Text) and isinstance(part, _Text):
            held = _Text(f"{held.text}{between}{part.text}")
        elif isinstance(held, _Rule) and isinstance(part, _Rule):
            held = _Rule(held.scene or part.scene, held.note or part.note)
        elif held is None and isinstance(part, _Rule):
            continue
        else:
            if held is not None:
                yield held
            held = part
    if held is not None:
        yield held


def _sign(scene_break: str) -> str:
    """Return the line of text that can stand for a scene break in any style."""
    text = scene_break_text(scene_break)
    return ASTERISM if text is None else escape(text)


def _in_style(parts: Sequence[_Part], scene_break: str, sign: str) -> Iterator[_Part]:
    """Show scene breaks in the story's style.

    As in print, one at the end of the page is always a sign: a rule or a space would not be recognized there.
    """
    for number, part in enumerate(parts, 1):
        if not isinstance(part, _Rule) or (part.note and number < len(parts)):
            yield part
        elif number == len(parts) or scene_break_text(scene_break) is not None:
            yield _Text(sign)
        else:
            yield _Blank() if scene_break == BLANK else part


def _fits(parts: Sequence[_Part], room: int) -> bool:
    return len(parts) <= MOST_PARTS and _files(parts) <= _MOST_FILES and _length(parts) <= room


def _files(parts: Sequence[_Part]) -> int:
    return sum(isinstance(part, _Shown) for part in parts)


def _joined(parts: Sequence[_Part], sign: str | None) -> list[_Part]:
    """Write separators as a line of text, or as a line end only if there is no sign, to have fewer parts."""
    lines = (_as_text(part, sign) if isinstance(part, _Rule) else part for part in parts)
    made = list(_join_adjacent((part for part in lines if part is not None), "\n"))
    many = len(made) > MOST_PARTS or _files(made) > _MOST_FILES
    return _text_before_pictures(made) if many else made


def _as_text(rule: _Rule, sign: str | None) -> _Part | None:
    return None if sign is None else _Text(ASTERISM if rule.note else sign)


def _text_before_pictures(parts: Sequence[_Part]) -> list[_Part]:
    """Join all text and put the pictures after it; those beyond Discord's limit become a line of text."""
    files = [part for part in parts if isinstance(part, _Shown)]
    rest = [_Text(page_texts.picture("")) for _ in files[_MOST_FILES:]]
    written = [part for part in parts if isinstance(part, _Text)]
    return [*_join_adjacent([*written, *rest], "\n"), *files[:_MOST_FILES]]


def _length(parts: Iterable[_Part]) -> int:
    return sum(utf16_length(part.text) for part in parts if isinstance(part, _Text))


def _item(part: _Part) -> Item:
    match part:
        case _Text(text):
            return ui.TextDisplay(text)
        case _Rule(scene):
            spacing = discord.SeparatorSpacing.large if scene else discord.SeparatorSpacing.small
            return ui.Separator(visible=True, spacing=spacing)
        case _Blank():
            return ui.Separator(visible=False, spacing=discord.SeparatorSpacing.large)
        case _Shown(file):
            gallery: ui.MediaGallery[Any] = ui.MediaGallery()
            description = clip(file.description, _ALT_LIMIT) or None
            gallery.add_item(media=f"attachment://{file.name}", description=description)
            return gallery
