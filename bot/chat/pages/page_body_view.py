"""Components of a page's own blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import discord
from discord import ui

from bot.chat.interactions.outgoing_message import Attachment, Item
from bot.chat.pages import page_texts
from bot.chat.text.user_text import clip, literal_line, one_line, utf16_length
from bot.domain.pages import Page, Picture, Prose, Role, SceneBreak
from bot.domain.releases.release import PictureFile

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
    """A separator; `large` for a scene break, small around an author's note."""

    large: bool


@dataclass(frozen=True, slots=True)
class _Shown:
    file: Attachment


_Part = _Text | _Rule | _Shown


@dataclass(frozen=True, slots=True)
class PageBody:
    """The components and files of a page's blocks, and the units of text in them."""

    parts: tuple[Item, ...]
    files: tuple[Attachment, ...]
    length: int


def page_body(page: Page, pictures: Sequence[PictureFile], room: int) -> PageBody:
    """Render a page's blocks in order: adjacent prose becomes one text, scene breaks become separators.

    A page of more parts than a message may have keeps every word and loses ornament: separators become a line of text,
    and if even that exceeds `room` units, only line breaks remain.
    """
    parts = list(_join_adjacent(_parts(page, pictures), "\n\n"))
    if parts and isinstance(parts[-1], _Rule):
        # As in print: at the end of a page a separator would not be recognized as a scene break.
        parts[-1] = _Text(page_texts.SCENE_BREAK)
    if len(parts) > MOST_PARTS or _length(parts) > room:
        parts = list(_join_adjacent(_separators_as_text(parts), "\n"))
    if len(parts) > MOST_PARTS or sum(isinstance(part, _Shown) for part in parts) > _MOST_FILES:
        parts = _text_before_pictures(parts)
    if _length(parts) > room:
        parts = [
            part for part in parts if not (isinstance(part, _Text) and part.text == page_texts.SCENE_BREAK)
        ]
        parts = [_Text(_without_ornaments(part.text)) if isinstance(part, _Text) else part for part in parts]
    return PageBody(
        parts=tuple(_item(part) for part in parts),
        files=tuple(part.file for part in parts if isinstance(part, _Shown)),
        length=_length(parts),
    )


def _parts(page: Page, pictures: Sequence[PictureFile]) -> Iterator[_Part]:
    kept = {picture.path: picture for picture in pictures}
    role = Role.TEXT
    for index, block in enumerate(page.blocks):
        match block:
            case Prose(text, whose):
                if whose is not role:
                    yield _Rule(large=False)
                if whose is Role.NOTE and role is not Role.NOTE:
                    yield _Text(f"-# {page_texts.authors_note()}\n{text}")
                else:
                    yield _Text(text)
                role = whose
            case SceneBreak():
                yield _Rule(large=True)
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
            held = _Rule(large=held.large or part.large)
        elif held is None and isinstance(part, _Rule):
            continue
        else:
            if held is not None:
                yield held
            held = part
    if held is not None:
        yield held


def _separators_as_text(parts: Iterable[_Part]) -> Iterator[_Part]:
    for part in parts:
        yield _Text(page_texts.SCENE_BREAK) if isinstance(part, _Rule) else part


def _text_before_pictures(parts: Sequence[_Part]) -> list[_Part]:
    """Join all text and put the pictures after it; those beyond Discord's limit become a line of text."""
    files = [part for part in parts if isinstance(part, _Shown)]
    rest = [_Text(page_texts.picture("")) for _ in files[_MOST_FILES:]]
    written = [part for part in parts if isinstance(part, _Text)]
    return [*_join_adjacent([*written, *rest], "\n"), *files[:_MOST_FILES]]


def _without_ornaments(text: str) -> str:
    return re.sub(rf"(?m)^{page_texts.SCENE_BREAK}\n|\n{page_texts.SCENE_BREAK}$", "", text)


def _length(parts: Iterable[_Part]) -> int:
    return sum(utf16_length(part.text) for part in parts if isinstance(part, _Text))


def _item(part: _Part) -> Item:
    match part:
        case _Text(text):
            return ui.TextDisplay(text)
        case _Rule(large):
            spacing = discord.SeparatorSpacing.large if large else discord.SeparatorSpacing.small
            return ui.Separator(visible=True, spacing=spacing)
        case _Shown(file):
            gallery: ui.MediaGallery[Any] = ui.MediaGallery()
            description = clip(file.description, _ALT_LIMIT) or None
            gallery.add_item(media=f"attachment://{file.name}", description=description)
            return gallery
