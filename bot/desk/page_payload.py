"""Pages as the messages that Discord would get, for the page kit to draw."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from bot.chat.interactions.outgoing_message import container
from bot.chat.pages.page_frame_view import PageFrame, story_color
from bot.chat.pages.page_view import page_items
from bot.content.pictures.picture_files import read_picture
from bot.desk.typed_words import counts_in_words
from bot.domain.pages import Page, Picture
from bot.domain.releases.release import Edition, PictureFile, Release
from bot.domain.stories.story import Chapter, Story

_WORD = "word"
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
"""Time of a release that has none yet; no page shows it."""

_MOST_KEPT = 4000
"""Pages that are remembered; typing changes one or two at a time."""


class PagePayloads:
    """Makes each page's message once, for as long as nothing in it changes."""

    def __init__(self) -> None:
        self._made: dict[object, dict[str, Any]] = {}
        self._kinds: dict[Path, tuple[tuple[int, int], str]] = {}

    def make(
        self, folder: Path, story: Story, chapter: Chapter, pages: Sequence[Page], *, number: int, words: int
    ) -> list[dict[str, Any]]:
        """Return the payload of each page: `id`, the message's `components`, and where its `attachments` are.

        Args:
            folder: The story's folder.
            story: Its description.
            chapter: The chapter.
            pages: Its pages.
            number: The chapter's number.
            words: The number of its words.
        """
        if len(self._made) > _MOST_KEPT:
            self._made.clear()
        release = _release(story, chapter, number, words)
        edition = _edition(chapter)
        made = []
        for index, page in enumerate(pages, 1):
            pictures = self._pictures(folder, page)
            frame = (chapter.title, chapter.pov, number, len(pages), index)
            first = (words, chapter.warnings) if index == 1 else ()
            last = chapter.thanks if index == len(pages) else ()
            # A picture that was drawn anew has another address, else the browser shows the one that it has.
            versions = {picture.path: self._look(folder, picture.path)[1] for picture in pictures}
            key = (page.blocks, page.pov, pictures, tuple(versions.values()), frame, first, last, story)
            if key not in self._made:
                leaf = PageFrame(story, release, edition, page, index, len(pages), None)
                self._made[key] = _payload(story, leaf, pictures, versions)
            made.append(self._made[key])
        return made

    def _pictures(self, folder: Path, page: Page) -> tuple[PictureFile, ...]:
        """Return the page's pictures without their bytes, which the page's own request gets."""
        return tuple(
            PictureFile(block.path, kind, b"")
            for block in page.blocks
            if isinstance(block, Picture) and (kind := self._look(folder, block.path)[0])
        )

    def _look(self, folder: Path, path: str) -> tuple[str, str]:
        """Return a picture's media type, nothing without one, and what tells this version of it from others."""
        file = folder / path
        try:
            stat = file.stat()
        except (OSError, ValueError):
            return "", ""
        stamp = (stat.st_mtime_ns, stat.st_size)
        known = self._kinds.get(file)
        if known is None or known[0] != stamp:
            read = read_picture(folder, path)
            known = self._kinds[file] = (stamp, "" if read is None else read.media_type)
        return known[1], f"{stamp[0]:x}-{stamp[1]:x}"


def _payload(
    story: Story, leaf: PageFrame, pictures: tuple[PictureFile, ...], versions: Mapping[str, str]
) -> dict[str, Any]:
    items, files, _ = page_items(leaf, pictures)
    box = container(items, color=story_color(story)).to_component_dict()
    sources = {
        f"picture-{index + 1}": block.path
        for index, block in enumerate(leaf.page.blocks)
        if isinstance(block, Picture)
    }
    attachments = []
    for file in files:
        path = sources[file.name.rpartition(".")[0]]
        attachments.append({"filename": file.name, "url": _url(story.slug, path, versions.get(path, ""))})
    message: Mapping[str, Any] = {"components": [box], "attachments": attachments}
    digest = hashlib.blake2b(json.dumps(message, default=str).encode(), digest_size=9).hexdigest()
    return {"id": digest, **message}


def _url(slug: str, path: str, version: str) -> str:
    return f"/pictures?{urlencode({'story': slug, 'path': path, 'version': version})}"


def _release(story: Story, chapter: Chapter, number: int, words: int) -> Release:
    return Release(
        id=0,
        story=story.slug,
        chapter=chapter.key,
        number=number,
        title=chapter.title,
        at=_NO_TIME,
        released_at=_NO_TIME,
        revision=1,
        words=words,
    )


def _measured(text: str) -> str:
    """Return as much of a text as tells in which unit it is counted: its words are counted already."""
    return _WORD if counts_in_words(text) else text


def _edition(chapter: Chapter) -> Edition:
    return Edition(
        release_id=0,
        revision=1,
        title=chapter.title,
        text=_measured(chapter.text),
        warnings=chapter.warnings,
        note_before=chapter.note_before,
        note_after=chapter.note_after,
        pov=chapter.pov,
        thanks=chapter.thanks,
        digest="",
        prompt=chapter.prompt,
    )
