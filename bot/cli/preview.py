"""The command `fascicle preview`: a story's pages as a web page or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from bot.cli.command_resources import (
    config_option,
    content_option,
    find_chapter,
    find_story,
    json_option,
    load_settings_or_fail,
    read_content,
)
from bot.cli.output import FAULTS_FOUND, print_json, report
from bot.cli.preview_page import PagedChapter, render
from bot.content.content_folder import ContentFolder
from bot.domain.pages import Page, Picture, Prose, paginate
from bot.domain.pages.page import PageBlock
from bot.domain.stories.story import Chapter, Serial

_OUT = Path("build/preview")


@click.command()
@click.argument("story")
@click.argument("chapter", required=False)
@content_option
@config_option
@json_option
def preview(
    story: str, chapter: str | None, content: Path | None, config: Path | None, as_json: bool
) -> None:
    """Show each page of STORY, or of one CHAPTER of it, as readers will see it.

    Writes a web page below build/preview and prints its path.
    """
    settings = load_settings_or_fail(config)
    content_folder = read_content(content or settings.content.path)
    serial = _serial(content_folder, story)
    chapters = serial.chapters if chapter is None else (find_chapter(chapter, serial),)
    length = settings.reading.page_length
    paged = [PagedChapter(each, pages_of(each, length)) for each in chapters]
    if as_json:
        print_json([row for each in paged for row in _rows(serial, each)])
        return
    name = serial.story.slug if chapter is None else f"{serial.story.slug}-{chapters[0].key}"
    file = _OUT / f"{''.join(c if c.isalnum() or c in '-_' else '-' for c in name)}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(render(serial.story, paged, content_folder.root), encoding="utf-8")
    click.echo(str(file))


def pages_of(chapter: Chapter, length: int) -> tuple[Page, ...]:
    """Return a chapter's pages as the bot would post them."""
    return paginate(
        chapter.text,
        limit=length,
        note_before=chapter.note_before,
        note_after=chapter.note_after,
        pov=chapter.pov,
    )


def _serial(content_folder: ContentFolder, story: str) -> Serial:
    serials = content_folder.serials()
    faults = [
        fault
        for fault in content_folder.list_faults()
        if (content_folder.root / story) in Path(fault.file).parents
    ]
    report(faults)
    if not all(fault.warning for fault in faults):
        raise SystemExit(FAULTS_FOUND)
    return serials[find_story(story, {slug: serial.story.title for slug, serial in serials.items()})]


def _rows(serial: Serial, paged: PagedChapter) -> Iterator[dict[str, Any]]:
    for number, page in enumerate(paged.pages, 1):
        yield {
            "story": serial.story.slug,
            "chapter": paged.chapter.key,
            "page": number,
            "pages": len(paged.pages),
            "blocks": [_block(block, serial.story.scene_break) for block in page.blocks],
        }


def _block(block: PageBlock, scene_break: str) -> dict[str, str]:
    if isinstance(block, Prose):
        return {"type": "note" if block.role.value == "note" else "text", "text": block.text}
    if isinstance(block, Picture):
        return {"type": "picture", "alt": block.alt, "path": block.path}
    return {"type": "break", "shown": scene_break}
